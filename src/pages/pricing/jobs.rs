//! What the workloads of the site cost at least: the way to their pages.

use crate::catalog::{Cheapest, Workload};
use crate::pages::figure::{Figure, align};
use crate::pages::text::{Text, counted, grouped};
use crate::pages::{Context, headline, workload};
use crate::urls::{self, LinkBase};

/// The table of workloads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Jobs {
    pub note: Text,
    /// What is good, as the head of its columns says it; `None` where the site has no headline index.
    pub good: Option<String>,
    pub rows: Vec<Job>,
}

/// A workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Job {
    pub name: String,
    /// Its page.
    pub href: String,
    /// What happens in it.
    pub note: Option<String>,
    /// How many tokens of which kind it has.
    pub tokens: String,
    /// The cheapest model.
    pub cheapest: Example,
    /// The cheapest good one.
    pub good: Example,
}

/// A model and what the workload costs on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Example {
    pub cost: Figure,
    /// The model; none where there is no such.
    pub model: Text,
}

pub(super) fn jobs(cx: &Context<'_>, base: &LinkBase) -> Option<Jobs> {
    let workloads = &cx.catalog.settings.workloads;
    let mut rows: Vec<Job> = workloads.iter().enumerate().filter_map(|(at, job)| row(cx, base, at, job)).collect();
    align(rows.iter_mut().map(|row| &mut row.cheapest.cost));
    align(rows.iter_mut().map(|row| &mut row.good.cost));
    let index = headline::index(cx);
    let good = index.map(|index| format!("Top quarter, {}", headline::short_name(cx.catalog, index)));
    let mut note = Text::of("Tokens times their price, exact; behind each name are all models and the arithmetic. ");
    note = match index {
        Some(index) => note
            .say("The top quarter are those of the models for new work that score best on ")
            .link(index.name.clone(), base.href(&urls::benchmark(&index.id)))
            .say(". Deprecated models and offers at no charge are not among the examples."),
        None => note.say("Deprecated models and offers at no charge are not among the examples."),
    };
    (!rows.is_empty()).then_some(Jobs { note, good, rows })
}

fn row(cx: &Context<'_>, base: &LinkBase, at: usize, workload: &Workload) -> Option<Job> {
    let costs = cx.listings.costs(cx.catalog, cx.rankings, cx.today, at)?;
    Some(Job {
        name: workload.name.clone(),
        href: base.href(&urls::workload(workload)),
        note: workload.note.clone(),
        tokens: tokens(workload),
        cheapest: example(cx, base, costs.cheapest.as_ref()),
        good: example(cx, base, costs.cheapest_good.as_ref()),
    })
}

/// `12,000 in, 3,000 cached, 600 out, in 25 requests, batch`
fn tokens(job: &Workload) -> String {
    let mut words = vec![workload::tokens(job)];
    if let Ok(requests) = usize::try_from(job.requests)
        && requests > 1
    {
        words.push(format!("in {}", counted(requests, "request")));
    }
    words.extend(job.service_tier.map(|tier| tier.word().to_owned()));
    words.join(", ")
}

fn example(cx: &Context<'_>, base: &LinkBase, cheapest: Option<&Cheapest>) -> Example {
    let found = cheapest.map(|cheapest| (cheapest, cx.catalog.model(cheapest.model)));
    let Some((cheapest, model)) = found else {
        return Example { cost: Figure::words("none known"), model: Text::default() };
    };
    let text = Text::default().link(model.name.clone(), base.href(&urls::model(model)));
    let model = match cheapest.others {
        0 => text,
        1 => text.say(" and 1 other"),
        others => text.say(format!(" and {} others", grouped(others))),
    };
    Example { cost: Figure::dollars(cheapest.total), model }
}
