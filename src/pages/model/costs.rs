//! What typical workloads cost, worked out with exact decimals.

use rust_decimal::Decimal;

use super::Card;
use crate::catalog::{Cost, Status, Tokens, Workload};
use crate::charts;
use crate::html::Html;
use crate::pages::cost;
use crate::pages::figure::{Figure, align};
use crate::pages::text::Text;

/// The section of workloads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Costs {
    /// How it is worked out.
    pub note: Text,
    /// Whether any workload reads from the cache.
    pub cached: bool,
    /// One row a workload.
    pub rows: Vec<CostRow>,
}

/// One workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CostRow {
    /// Its name.
    pub name: String,
    /// What happens in it.
    pub note: Option<String>,
    /// What it costs once, or why it has no cost.
    pub each: Figure,
    /// What it costs a thousand times.
    pub thousand: Figure,
    /// Where the money goes; none when there is no cost.
    pub parts: Option<Parts>,
    /// Input tokens.
    pub input: String,
    /// Input tokens read from the cache.
    pub cache_read: String,
    /// Output tokens.
    pub output: String,
}

/// Where the money of a workload goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The parts side by side.
    pub bar: Html,
    /// The same in words.
    pub words: String,
}

pub(super) fn costs(card: &Card<'_>) -> Option<Costs> {
    if card.model.status == Status::Retired {
        return None;
    }
    let workloads = &card.cx.catalog.settings.workloads;
    let mut rows: Vec<CostRow> = workloads.iter().map(|workload| row(card, workload)).collect();
    if !rows.iter().any(|row| row.parts.is_some() || !row.each.quiet) {
        return None;
    }
    align(rows.iter_mut().map(|row| &mut row.each));
    align(rows.iter_mut().map(|row| &mut row.thousand));
    Some(Costs {
        note: Text::of("Tokens times the price of their kind above, exact. Output includes the reasoning."),
        cached: workloads.iter().any(|workload| workload.cache_read > 0),
        rows,
    })
}

fn row(card: &Card<'_>, workload: &Workload) -> CostRow {
    let tokens = |number: u64| Tokens(number).grouped();
    let cost = Cost::of(workload, card.model, card.cx.today);
    let said = cost.as_ref().map_or_else(|_| Vec::new(), |cost| cost::remarks(cost, workload));
    let (each, thousand, parts) = match &cost {
        Ok(cost) if cost.total().is_zero() => (Figure::words("no charge"), Figure::words("no charge"), None),
        Ok(cost) => {
            let total = cost.total();
            let thousand = total.checked_mul(Decimal::ONE_THOUSAND).map_or_else(Figure::unknown, Figure::dollars);
            (Figure::dollars(total), thousand, Some(parts(cost)))
        }
        Err(why) => (Figure::words(cost::why(why)), Figure::words(""), None),
    };
    let note: Vec<String> = workload.note.iter().cloned().chain(said).collect();
    CostRow {
        name: workload.name.clone(),
        note: (!note.is_empty()).then(|| note.join("; ")),
        each,
        thousand,
        parts,
        input: tokens(workload.input),
        cache_read: tokens(workload.cache_read),
        output: tokens(workload.output),
    }
}

fn parts(cost: &Cost<'_>) -> Parts {
    let parts = cost::shares(cost);
    let bar = charts::stack(&parts.map(|(_, percent, fill)| (percent, fill)));
    let words: Vec<String> = parts
        .iter()
        .filter(|(_, percent, _)| *percent > 0.0)
        .map(|(name, percent, _)| format!("{name} {percent:.0}%"))
        .collect();
    Parts { bar, words: format!("about {}", words.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::*;

    fn rows(model: &str) -> Vec<(String, String)> {
        let settings = "title = \"Cards\"\n\
            [[workload]]\nname = \"Short\"\ninput = 800\ncache_read = 1200\noutput = 400\n\
            [[workload]]\nname = \"Long\"\ninput = 60_000\noutput = 600\n\
            [[workload]]\nname = \"Many\"\ninput = 60_000\noutput = 6_000\nrequests = 20";
        let files = [("site.toml", settings), ("models/acme/a.toml", model)];
        let costs = with(&files, "acme/a", |card, _| costs(card));
        costs.map_or_else(Vec::new, |costs| {
            costs
                .rows
                .into_iter()
                .map(|row| (row.each.text.trim_end().to_owned(), row.thousand.text.trim_end().to_owned()))
                .collect()
        })
    }

    fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn costs_are_exact_and_say_when_a_workload_does_not_fit() {
        let model = "name = \"A\"\ncontext_window = 50_000\nmax_output = 4_000\n\
            [price]\ninput = 1.10\noutput = 4.40\ncache_read = 0.55";
        let expected = [("$0.0033", "$3.30"), ("does not fit its context", ""), ("$0.0924", "$92.40")];
        assert_eq!(rows(model), pairs(&expected));
    }

    #[test]
    fn what_stands_in_for_a_price_is_said_beside_the_workload() {
        let settings = "title = \"Cards\"\n[[workload]]\nname = \"Night\"\nnote = \"sorted\"\ninput = 1_000_000\n\
            output = 0\nservice_tier = \"batch\"";
        let row = |prices: &str| {
            let model = format!("name = \"A\"\n[price]\ninput = 1\noutput = 2\n{prices}");
            let files = [("site.toml", settings), ("models/acme/a.toml", model.as_str())];
            let row = with(&files, "acme/a", |card, _| costs(card).expect("a section").rows.remove(0));
            (row.each.text, row.note.expect("a note"))
        };
        let said = |each: &str, note: &str| (each.to_owned(), note.to_owned());
        assert_eq!(row("[price.batch]\ninput = 0.5"), said("$0.50", "sorted"));
        assert_eq!(row(""), said("$1.00", "sorted; at the standard price: no batch price for it is known"));
    }

    #[test]
    fn a_missing_price_is_said_and_nothing_known_is_no_section() {
        let model = "name = \"A\"\n[price]\ninput = 1\noutput = 2";
        assert_eq!(rows(model)[0].0, "cache price not known");
        assert!(rows("name = \"A\"").is_empty());
        assert!(
            rows("name = \"A\"\n[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0.04").is_empty()
        );
        assert!(
            rows("name = \"A\"\n[price]\ninput = 0\noutput = 0\ncache_read = 0").is_empty(),
            "free: nothing to work out"
        );
    }
}
