//! A workload: what it costs on every model that is served, with the arithmetic, and on which it has no cost.

mod table;
mod words;

use askama::Template;

use self::table::{CostTable, Without};
pub(super) use self::words::tokens;
use super::figure::Figure;
use super::paging::MOST_WIDE_ROWS;
use super::plate::PlateLine;
use super::sources::{Citations, Sources};
use super::text::{self, DESCRIPTION, TITLE, Text, counted, first_that_fits, fitting, grouped, sentence};
use super::{Context, Head, Layout, Page, headline, link_base};
use crate::catalog::{Cheapest, ServiceTier, Tokens, Workload, WorkloadCosts};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// So many of the rows, of which both tables together have no more than a page may, are kept for models without a cost.
const MOST_WITHOUT: usize = 25;

/// The page of one workload.
#[derive(Debug, Template)]
#[template(path = "pages/workload.html")]
struct WorkloadPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// Link to all prices.
    pricing: String,
    name: String,
    /// Whether the name is so long that it needs smaller type.
    long_name: bool,
    lead: String,
    plate: Vec<PlateLine>,
    /// How the costs are worked out.
    note: Vec<String>,
    /// The first of them in one line.
    example: Option<Text>,
    costs: Option<CostTable>,
    /// Which of all costs these are, where there are more.
    shown: Option<String>,
    without: Option<Without>,
    /// The other workloads.
    others: Vec<Text>,
    sources: Sources,
}

/// The page of a workload, by its number in the settings.
pub(super) fn render(cx: &Context<'_>, at: usize) -> Option<Page> {
    let workload = cx.catalog.settings.workloads.get(at)?;
    let producer = format!("workload `{}`", workload.name);
    Some(Page::new(urls::workload(workload), producer, None, &view(cx, at, workload)?, Vec::new()))
}

fn view(cx: &Context<'_>, at: usize, workload: &Workload) -> Option<WorkloadPage> {
    let costs = cx.listings.costs(cx.catalog, cx.rankings, cx.today, at)?;
    let url = urls::workload(workload);
    let base = link_base(cx.catalog, &url);
    let mut citations = Citations::new(cx.catalog);
    let without = table::without(cx, &base, costs);
    let room = MOST_WIDE_ROWS - without.as_ref().map_or(0, |without| without.rows.len());
    let table = table::costs(cx, &base, workload, costs, room, &mut citations);
    let name = &workload.name;
    let served = costs.ranked.len() + costs.free.len();
    let titles =
        [format!("{name}: what it costs on each AI model"), format!("{name}: its cost by model"), name.clone()];
    let sentences = [
        format!("{name}: {}.", words::tokens(workload)),
        match served {
            0 => "No AI model with a known cost.".to_owned(),
            1 => "The cost on one AI model, worked out exactly.".to_owned(),
            models => format!("The cost on {}, worked out exactly.", counted(models, "AI model")),
        },
        "Cheapest first, with every price, its source and date.".to_owned(),
    ];
    let head = Head {
        url: &url,
        title: first_that_fits(titles, TITLE),
        description: fitting(sentences, DESCRIPTION),
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: citations.as_of(),
    };
    let others = cx.catalog.settings.workloads.iter().enumerate().filter(|(other, _)| *other != at);
    let others = others.map(|(_, other)| Text::default().link(other.name.clone(), base.href(&urls::workload(other))));
    Some(WorkloadPage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        pricing: base.href(&urls::pricing()),
        name: name.clone(),
        long_name: text::is_long_name(name),
        lead: workload
            .note
            .as_deref()
            .map_or_else(|| "What this work costs on each model.".to_owned(), |note| sentence(&text::capital(note))),
        plate: plate(cx, workload, costs, &base),
        note: words::notes(workload),
        example: words::example(cx, &base, workload, costs),
        shown: (costs.ranked.len() > room).then(|| {
            let more = grouped(costs.ranked.len() - room);
            format!("The {room} cheapest. On {more} others it costs as much or more.")
        }),
        costs: table,
        without,
        others: others.collect(),
        sources: citations.finish(None),
    })
}

fn plate(cx: &Context<'_>, workload: &Workload, costs: &WorkloadCosts, base: &LinkBase) -> Vec<PlateLine> {
    let said = |term, words: String| PlateLine::new(term, Some(Text::of(words)));
    let tier = workload.service_tier.unwrap_or(ServiceTier::Standard);
    let mut lines = vec![said("Tokens", words::tokens(workload))];
    if workload.requests > 1 {
        let each =
            workload.request().map_or_else(String::new, |tokens| format!(", each about {}", Tokens(tokens).grouped()));
        let requests = Tokens(workload.requests).grouped();
        lines.push(said("Requests", format!("{requests}{each} tokens long")));
    }
    lines.push(said("Tier", tier.word().to_owned()));
    let mut example = |term, cheapest: Option<&Cheapest>| {
        let found = cheapest.map(|cheapest| (cheapest, cx.catalog.model(cheapest.model)));
        if let Some((cheapest, model)) = found {
            let amount = Figure::dollars(cheapest.total).text;
            let text = Text::of(format!("{amount} ")).link(model.name.clone(), base.href(&urls::model(model)));
            lines.push(PlateLine::new(term, Some(text)));
        }
    };
    // Deprecated models are in the table, but nobody should begin with one.
    example("For new work", costs.cheapest.as_ref());
    if headline::index(cx).is_some() {
        example("Top quarter", costs.cheapest_good.as_ref());
    }
    lines
}

#[cfg(test)]
mod tests;
