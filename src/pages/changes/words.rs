//! Changes of prices in words: `input $10.00 → $2.00 per 1M tokens, 80% lower`.

use rust_decimal::Decimal;

use crate::catalog::{Charge, Component, Price, PriceChange, Ratio, Rounded, Unit, decimals};
pub(in crate::pages) use crate::pages::figure::conditions;
use crate::pages::figure::{NOT_APPLICABLE, per};
use crate::pages::text::listed;

/// So many prices are told in one sentence; the others are counted.
const MOST_TOLD: usize = 4;

/// How a price changed: `80% lower`, `3.2 times as much`, `now free`, `begins`.
pub(in crate::pages) fn difference(change: PriceChange<'_>) -> String {
    let (before, after) = match change {
        PriceChange::Begun(_) => return "begins".to_owned(),
        PriceChange::Ended(_) => return "ends".to_owned(),
        PriceChange::Moved(before, after) => (&before.charge, &after.charge),
    };
    let words = match (before, after) {
        (Charge::Amount(from), Charge::Amount(to)) if from.currency != to.currency => "in another currency",
        (Charge::Amount(_), Charge::Amount(to)) if to.amount.is_zero() => "now free",
        (Charge::Amount(from), Charge::Amount(_)) if from.amount.is_zero() => "no longer free",
        (Charge::Amount(_), Charge::Amount(_)) => {
            return change.ratio().map_or_else(|| "changed".to_owned(), by_how_much);
        }
        (_, Charge::InPlan) => "now in a plan",
        (_, Charge::NotApplicable) => "no longer charged",
        (Charge::InPlan, Charge::Amount(_)) => "no longer in a plan",
        (Charge::NotApplicable, Charge::Amount(_)) => "now charged",
    };
    words.to_owned()
}

/// `80% lower`, `about 33.3% higher`, `3.2 times as much`
fn by_how_much(ratio: Ratio) -> String {
    let word = if ratio.is_rise() { "higher" } else { "lower" };
    if ratio.is_rise() && ratio.percent().is_some_and(|percent| percent.value > Decimal::ONE_HUNDRED) {
        return match ratio.times() {
            Some(times) => format!("{}{} times as much", about(times), decimals(times.value, 0)),
            None => word.to_owned(),
        };
    }
    percent(ratio).map_or_else(|| word.to_owned(), |(how, figure)| format!("{how}{figure} {word}"))
}

fn about(figure: Rounded) -> &'static str {
    if figure.exact { "" } else { "about " }
}

/// By how many percent an amount moved, and a word before where that was rounded: never to nothing, and never to all of it.
pub(in crate::pages) fn percent(ratio: Ratio) -> Option<(&'static str, String)> {
    let percent = ratio.percent()?;
    Some(if percent.value.is_zero() {
        ("less than ", "0.1%".to_owned())
    } else if percent.value == Decimal::ONE_HUNDRED && !ratio.is_rise() {
        ("more than ", "99.9%".to_owned())
    } else {
        (about(percent), format!("{}%", decimals(percent.value, 0)))
    })
}

/// What is told of one price.
struct Clause {
    /// `input $10.00 → $2.00`
    head: String,
    /// What the amounts are per, where there is one.
    unit: Option<Unit>,
    /// `80% lower`
    tail: String,
}

/// What happened to the prices of one offer on one date, in a sentence without its full stop. Where prices moved, those
/// that began are only counted.
pub(in crate::pages) fn sentence(changes: &[PriceChange<'_>]) -> String {
    let moved: Vec<_> = changes.iter().filter(|change| matches!(change, PriceChange::Moved(..))).copied().collect();
    if moved.is_empty() {
        return of_a_kind(changes);
    }
    let others = match changes.len() - moved.len() {
        0 => String::new(),
        1 => "; 1 other price begins".to_owned(),
        count => format!("; {count} other prices begin"),
    };
    of_a_kind(&moved) + &others
}

/// Prices that all moved, all began or all ended; what is asked for most comes first.
fn of_a_kind(changes: &[PriceChange<'_>]) -> String {
    let mut changes = changes.to_vec();
    changes.sort_by_key(|change| {
        (!change.conditions().is_none(), !matches!(change.component(), Component::Input | Component::Output))
    });
    let clauses: Vec<Clause> = changes.iter().map(|change| clause(*change)).collect();
    let told = &clauses[..clauses.len().min(MOST_TOLD)];
    let more = match clauses.len() - told.len() {
        0 => None,
        1 => Some("1 more price".to_owned()),
        count => Some(format!("{count} more prices")),
    };
    let alike = |clause: &Clause| (clause.unit, &clause.tail) == (clauses[0].unit, &clauses[0].tail);
    if clauses.len() > 1 && clauses.iter().all(alike) {
        return told_alike(&changes, &clauses, more);
    }
    let mut words = Vec::new();
    let mut unit = None;
    for clause in told {
        let own = clause.unit.filter(|own| unit != Some(*own));
        unit = clause.unit.or(unit);
        words.push(format!("{}{}, {}", clause.head, own.map_or_else(String::new, said_per), clause.tail));
    }
    words.extend(more);
    words.join("; ")
}

/// Several prices of one unit that changed in the same way, which is said once for all of them.
fn told_alike(changes: &[PriceChange<'_>], clauses: &[Clause], more: Option<String>) -> String {
    let per = clauses[0].unit.map_or_else(String::new, said_per);
    let mut heads: Vec<String> = clauses.iter().take(MOST_TOLD).map(|clause| clause.head.clone()).collect();
    if let Some(last) = heads.last_mut() {
        last.push_str(&per);
    }
    heads.extend(more);
    let all = match (changes.first(), clauses.len()) {
        (Some(PriceChange::Moved(..)), 2) => "both ",
        (Some(PriceChange::Moved(..)), _) => "all ",
        _ => "",
    };
    format!("{}, {all}{}", listed(&heads), clauses[0].tail)
}

fn said_per(unit: Unit) -> String {
    format!(" {}", per(unit))
}

fn clause(change: PriceChange<'_>) -> Clause {
    let name = name(change.price());
    let unit = change.unit();
    let is_amount = |price: &Price| matches!(price.charge, Charge::Amount(_));
    let tail = match change {
        PriceChange::Begun(_) => "none on file before".to_owned(),
        PriceChange::Ended(_) => "none on file after".to_owned(),
        PriceChange::Moved(..) => difference(change),
    };
    match (change.before(), change.after()) {
        (Some(before), Some(after)) if is_amount(before) && is_amount(after) => {
            Clause { head: format!("{name} {} → {}", charge(before), charge(after)), unit: Some(unit), tail }
        }
        (Some(before), Some(after)) => {
            // What an amount is per stands beside it, since words are per nothing.
            let said = |price| {
                format!("{}{}", charge(price), if is_amount(price) { format!(" {}", per(unit)) } else { String::new() })
            };
            Clause { head: format!("{name} {} → {}", said(before), said(after)), unit: None, tail }
        }
        _ => {
            let price = change.price();
            Clause { head: format!("{name} {}", charge(price)), unit: Some(unit).filter(|_| is_amount(price)), tail }
        }
    }
}

/// What a price is for, with all of its conditions: `input (batch, above 200K tokens)`.
fn name(price: &Price) -> String {
    let conditions = conditions(&price.conditions);
    let component = price.component;
    if conditions.is_empty() { component.to_string() } else { format!("{component} ({})", conditions.join(", ")) }
}

fn charge(price: &Price) -> String {
    match &price.charge {
        Charge::Amount(money) => money.to_string(),
        Charge::NotApplicable => NOT_APPLICABLE.to_owned(),
        Charge::InPlan => "in a plan".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::catalog;

    /// The sentence about all prices of a model whose file has these rows, each `component|before|after|rest`: amounts
    /// as TOML has them, nothing where there is no price.
    fn told(rows: &[&str]) -> String {
        let row = |row: &str| {
            let parts: Vec<&str> = row.split('|').collect();
            let one = |amount: &str, day: &str| {
                if amount.is_empty() {
                    return String::new();
                }
                let rest = parts.get(3).unwrap_or(&"");
                format!("[[price.row]]\ncomponent = \"{}\"\namount = {amount}\n{day}\n{rest}\n", parts[0])
            };
            // A price that neither follows nor is followed begins or ends alone.
            one(parts[1], "until = 2025-12-31") + &one(parts[2], "from = 2026-01-01")
        };
        let text: String = rows.iter().map(|text| row(text)).collect();
        let catalog = catalog(&[("models/acme/a.toml", &format!("name = \"A\"\n{text}"))]);
        sentence(&catalog.models["acme/a"].offers[0].prices.changes())
    }

    #[test]
    fn one_price_is_told_with_its_percentage() {
        for (row, words) in [
            ("input|10|2", "input $10.00 → $2.00 per 1M tokens, 80% lower"),
            ("input|2|3", "input $2.00 → $3.00 per 1M tokens, 50% higher"),
            ("input|1|2", "input $1.00 → $2.00 per 1M tokens, 100% higher"),
            ("input|1|3.2", "input $1.00 → $3.20 per 1M tokens, 3.2 times as much"),
            ("input|3|10", "input $3.00 → $10.00 per 1M tokens, about 3.3 times as much"),
            ("input|0.001|12", "input $0.001 → $12.00 per 1M tokens, 12,000 times as much"),
            ("input|0.3|0.2", "input $0.30 → $0.20 per 1M tokens, about 33.3% lower"),
            ("input|3000|2999", "input $3,000.00 → $2,999.00 per 1M tokens, less than 0.1% lower"),
            ("input|3000|3001", "input $3,000.00 → $3,001.00 per 1M tokens, less than 0.1% higher"),
            ("input|3000|0.01", "input $3,000.00 → $0.01 per 1M tokens, more than 99.9% lower"),
            ("input|2|0", "input $2.00 → $0.00 per 1M tokens, now free"),
            ("input|0|2", "input $0.00 → $2.00 per 1M tokens, no longer free"),
            ("input|2|\"in plan\"", "input $2.00 per 1M tokens → in a plan, now in a plan"),
            ("input|2|", "input $2.00 per 1M tokens, none on file after"),
            ("input||2", "input $2.00 per 1M tokens, none on file before"),
            (
                "output|0.16|0.12|unit = \"image\"\nquality = \"1024x1024, high\"",
                "output (1024x1024, high) $0.16 → $0.12 per image, 25% lower",
            ),
            (
                "input|4|2|above = 200_000\nservice_tier = \"batch\"",
                "input (batch, above 200K tokens) $4.00 → $2.00 per 1M tokens, 50% lower",
            ),
        ] {
            assert_eq!(told(&[row]), words, "{row}");
        }
    }

    #[test]
    fn several_prices_are_told_together_where_they_changed_alike() {
        assert_eq!(
            told(&["input|10|2", "output|30|6"]),
            "input $10.00 → $2.00 and output $30.00 → $6.00 per 1M tokens, both 80% lower"
        );
        assert_eq!(
            told(&["input|10|2", "output|30|10"]),
            "input $10.00 → $2.00 per 1M tokens, 80% lower; output $30.00 → $10.00, about 66.7% lower"
        );
        assert_eq!(
            told(&["input|10|2", "output|30|30"]),
            "input $10.00 → $2.00 per 1M tokens, 80% lower",
            "what stays the same is not told"
        );
        assert_eq!(
            told(&["input|2|4", "output|4|2|unit = \"image\"", "request|1|2|unit = \"request\""]),
            "input $2.00 → $4.00 per 1M tokens, 100% higher; output $4.00 → $2.00 per image, 50% lower; \
             request $1.00 → $2.00 per request, 100% higher"
        );
        assert_eq!(told(&["input||2", "output||4"]), "input $2.00 and output $4.00 per 1M tokens, none on file before");
    }

    #[test]
    fn more_prices_than_a_sentence_holds_are_counted() {
        let alike = ["input|4|2", "cache read|2|1", "cache write|4|2", "output|8|4", "reasoning|8|4"];
        assert_eq!(
            told(&alike),
            "input $4.00 → $2.00, output $8.00 → $4.00, cache read $2.00 → $1.00, cache write $4.00 → $2.00 per 1M tokens \
             and 1 more price, all 50% lower"
        );
        let other = ["input|4|1", "cache read|2|1", "cache write|4|2", "output|8|4", "reasoning|8|4", "training|8|4"];
        assert_eq!(
            told(&other),
            "input $4.00 → $1.00 per 1M tokens, 75% lower; output $8.00 → $4.00, 50% lower; \
             cache read $2.00 → $1.00, 50% lower; cache write $4.00 → $2.00, 50% lower; 2 more prices"
        );
        assert_eq!(
            told(&["input|4|2|above = 9", "output|8|4", "input||1|service_tier = \"batch\""]),
            "output $8.00 → $4.00 and input (above 9 tokens) $4.00 → $2.00 per 1M tokens, both 50% lower; 1 other price begins"
        );
    }
}
