//! What a workload costs on each model, and where it has no cost.

use super::MOST_WITHOUT;
use crate::catalog::{Cost, CostPart, Date, Model, ModelIndex, Provenance, Tokens, Workload, WorkloadCosts};
use crate::charts;
use crate::html::Html;
use crate::pages::figure::{Figure, align};
use crate::pages::pricing::{PRICES, whose};
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::{Text, capital, counted, grouped, listed, sentence};
use crate::pages::{Context, cost, model_row};
use crate::urls::{self, LinkBase};

/// The models on which it costs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CostTable {
    /// The kinds of tokens that the workload has.
    pub kinds: Vec<Kind>,
    /// Whether reading from the cache is one of them.
    pub cached: bool,
    pub rows: Vec<CostRow>,
    /// Whether something is to be said of a row.
    pub remarks: bool,
}

/// A kind of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kind {
    /// `Input`
    pub name: &'static str,
    /// How many of them, as in `12,000`.
    pub tokens: String,
}

/// A model on which it costs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CostRow {
    pub rank: String,
    pub name: String,
    pub href: String,
    pub status: Option<&'static str>,
    pub total: Figure,
    /// Where the money goes.
    pub bar: Html,
    /// Of each kind the price per 1M tokens, and what all of them cost.
    pub parts: Vec<(Figure, Figure)>,
    pub remarks: String,
    pub whose: Text,
    pub as_of: Option<Date>,
    pub mark: Option<Mark>,
}

/// The models on which it has no cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Without {
    /// How many, and why.
    pub note: String,
    /// Whether a row has a limit that is too low.
    pub limits: bool,
    pub rows: Vec<WithoutRow>,
}

/// A model on which it has no cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WithoutRow {
    pub name: String,
    pub href: String,
    pub status: Option<&'static str>,
    pub why: String,
    /// What it would need, and what there is.
    pub beyond: String,
}

pub(super) fn costs<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    workload: &Workload,
    costs: &WorkloadCosts,
    room: usize,
    citations: &mut Citations<'a>,
) -> Option<CostTable> {
    let kinds = [("Input", workload.input), ("Cache read", workload.cache_read), ("Output", workload.output)];
    let has = kinds.map(|(_, tokens)| tokens > 0);
    let kinds = kinds.iter().filter(|(_, tokens)| *tokens > 0);
    let kinds = kinds.map(|(name, tokens)| Kind { name, tokens: Tokens(*tokens).grouped() }).collect();
    let mut rows: Vec<CostRow> = Vec::new();
    let mut rank = 0;
    for (place, (total, index)) in costs.ranked.iter().take(room).enumerate() {
        let model = cx.catalog.model(*index);
        // Equal costs share a rank.
        if place == 0 || costs.ranked[place - 1].0 != *total {
            rank = place + 1;
        }
        rows.extend(row(cx, base, workload, (model, rank), has, citations));
    }
    align(rows.iter_mut().map(|row| &mut row.total));
    for kind in 0..has.iter().filter(|has| **has).count() {
        align(rows.iter_mut().filter_map(|row| row.parts.get_mut(kind)).map(|(rate, _)| rate));
        align(rows.iter_mut().filter_map(|row| row.parts.get_mut(kind)).map(|(_, amount)| amount));
    }
    let remarks = rows.iter().any(|row| !row.remarks.is_empty());
    (!rows.is_empty()).then_some(CostTable { kinds, cached: has[1], rows, remarks })
}

fn row<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    workload: &Workload,
    (model, rank): (&'a Model, usize),
    has: [bool; 3],
    citations: &mut Citations<'a>,
) -> Option<CostRow> {
    let cost = Cost::of(workload, model, cx.today).ok()?;
    let figures = |part: &CostPart<'_>| {
        let rate = part.price.and_then(|price| price.usd_per_million());
        (rate.map_or_else(Figure::unknown, Figure::dollars), Figure::dollars(part.amount))
    };
    let parts = cost.parts();
    let (mut as_of, mut mark) = (None, None);
    for price in parts.iter().filter_map(|part| part.price) {
        let from: &Provenance = &price.provenance;
        as_of = as_of.into_iter().chain(from.as_of).min();
        let cited = citations.cite(from, PRICES);
        mark = mark.or(cited);
    }
    let mut remarks: Vec<String> =
        cost.above().map(|above| format!("the price above {above} tokens")).into_iter().collect();
    remarks.extend(cost::remarks(&cost, workload));
    Some(CostRow {
        rank: grouped(rank),
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        status: model_row::status(model),
        total: Figure::dollars(cost.total()),
        bar: charts::stack(&cost::shares(&cost).map(|(_, percent, fill)| (percent, fill))),
        parts: parts.iter().zip(has).filter(|(_, has)| *has).map(|(part, _)| figures(part)).collect(),
        remarks: capital(&remarks.join("; ")),
        whose: model.reference_offer(cx.today).map(|offer| whose(cx, base, model, offer)).unwrap_or_default(),
        as_of,
        mark,
    })
}

pub(super) fn without(cx: &Context<'_>, base: &LinkBase, costs: &WorkloadCosts) -> Option<Without> {
    let row = |index: &ModelIndex, why: String, beyond: String| {
        let model = cx.catalog.model(*index);
        let (name, href) = (model.name.clone(), base.href(&urls::model(model)));
        WithoutRow { name, href, status: model_row::status(model), why, beyond }
    };
    let free = costs.free.iter().map(|index| row(index, "no charge".to_owned(), String::new()));
    let others = costs.without.iter().map(|(why, index)| row(index, cost::why(why), cost::beyond(why)));
    let rows: Vec<WithoutRow> = free.chain(others).take(MOST_WITHOUT).collect();
    let all = costs.free.len() + costs.without.len();
    let mut sentences = Vec::new();
    if all > 0 {
        sentences.push(reasons(costs));
    }
    if all > rows.len() {
        sentences.push(format!("The first {} of them.", rows.len()));
    }
    sentences.extend(unlike(costs));
    let limits = rows.iter().any(|row| !row.beyond.is_empty());
    (!sentences.is_empty()).then(|| Without { note: sentences.join(" "), limits, rows })
}

/// `2 further models do not both read and write text, and 1 further model has no context window.`
fn unlike(costs: &WorkloadCosts) -> Option<String> {
    let say = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| format!("{} {}", counted(count, "further model"), if count == 1 { one } else { many }))
    };
    let text = say(costs.no_text, "does not both read and write text", "do not both read and write text");
    let window = say(costs.no_window, "has no context window", "have no context window");
    let parts: Vec<String> = [text, window].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| sentence(&parts.join(", and ")))
}

/// What a cost is worked out from.
const PRICE: &str = "a plain price in US dollars per 1M tokens for a part of it";

/// `3 models ask nothing, 5 models are too small for it and 4 models lack a plain price for a part of it.`
fn reasons(costs: &WorkloadCosts) -> String {
    let unfit = costs.without.iter().filter(|(why, _)| why.is_limit()).count();
    let unknown = costs.without.len() - unfit;
    let verb = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| format!("{} {}", counted(count, "model"), if count == 1 { one } else { many }))
    };
    let parts: Vec<String> = [
        verb(costs.free.len(), "asks nothing", "ask nothing"),
        verb(unfit, "is too small for it", "are too small for it"),
        verb(unknown, &format!("lacks {PRICE}"), &format!("lack {PRICE}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    sentence(&capital(&listed(&parts)))
}
