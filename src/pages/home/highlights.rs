//! What stands out: only what the data supports.

use rust_decimal::Decimal;

use super::{Entrant, dollars, lower_is_better};
use crate::catalog::{Benchmark, Status, Weights};
use crate::pages::Context;
use crate::urls::{self, LinkBase};

/// A figure that stands out, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Highlight {
    pub(super) label: String,
    pub(super) figure: String,
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) note: String,
}

/// The highlights among the models that new work can use.
pub(super) fn of(cx: &Context<'_>, entrants: &[Entrant<'_>], base: &LinkBase) -> Vec<Highlight> {
    let usable: Vec<Entrant<'_>> = entrants
        .iter()
        .copied()
        .filter(|entrant| matches!(entrant.model.status, Status::Active | Status::Preview))
        .collect();
    let index = cx.catalog.settings.headline.first().and_then(|id| cx.catalog.benchmarks.get(id));
    let mut highlights = Vec::new();
    if let Some(index) = index {
        highlights.extend(best(&usable, index, base));
        highlights.extend(best_below_a_dollar(&usable, index, base));
        highlights.extend(cheapest_of_the_best(&usable, index, base));
    }
    highlights.extend(longest_context(&usable, base));
    highlights.extend(newest(cx, &usable, base));
    highlights
}

fn highlight(
    label: &str,
    (figure, unit): (String, String),
    entrant: &Entrant<'_>,
    note: String,
    base: &LinkBase,
) -> Highlight {
    Highlight {
        label: label.to_owned(),
        figure,
        unit,
        name: entrant.model.name.clone(),
        href: base.href(&urls::model(entrant.model)),
        note,
    }
}

/// A score with its scale: `57.2` and `/100`.
fn score(entrant: &Entrant<'_>, index: &Benchmark) -> Option<(String, String)> {
    let unit = match (index.max, &index.unit) {
        (Some(max), _) => format!("/{}", max.normalize()),
        (None, Some(unit)) => unit.clone(),
        (None, None) => String::new(),
    };
    Some((entrant.score?.value.to_string(), unit))
}

/// Entrants are in the order of their scores, the best first.
fn best(usable: &[Entrant<'_>], index: &Benchmark, base: &LinkBase) -> Option<Highlight> {
    let first = usable.first()?;
    let label = if lower_is_better(index) { "Lowest index" } else { "Highest index" };
    Some(highlight(label, score(first, index)?, first, first.developer_and_price(), base))
}

fn best_below_a_dollar(usable: &[Entrant<'_>], index: &Benchmark, base: &LinkBase) -> Option<Highlight> {
    let first = usable.iter().find(|entrant| entrant.blended.is_some_and(|blended| blended < Decimal::ONE))?;
    Some(highlight("Best below $1", score(first, index)?, first, weights_and_price(first), base))
}

/// The cheapest of the best quarter, whose low end is told as a round number.
fn cheapest_of_the_best(usable: &[Entrant<'_>], index: &Benchmark, base: &LinkBase) -> Option<Highlight> {
    let scored: Vec<_> = usable.iter().filter(|entrant| entrant.score.is_some()).collect();
    if scored.len() < 8 || lower_is_better(index) {
        return None;
    }
    let ten = Decimal::TEN;
    let bar = (scored.get(scored.len() / 4)?.score?.value.0 / ten).floor() * ten;
    let above = scored.iter().filter(|entrant| entrant.score.is_some_and(|score| score.value.0 >= bar));
    let (blended, cheapest) = above
        .filter_map(|entrant| Some((entrant.blended.filter(|blended| !blended.is_zero())?, *entrant)))
        .min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.model.id.cmp(&y.model.id)))?;
    let (figure, unit) = score(cheapest, index)?;
    let scale = unit.strip_prefix('/').map_or_else(String::new, |max| format!("/{max}"));
    let label = format!("Cheapest from {}{scale}", bar.normalize());
    Some(highlight(
        &label,
        (dollars(blended), "/M".to_owned()),
        cheapest,
        format!("{}, index {figure}", weights(cheapest)),
        base,
    ))
}

fn longest_context(usable: &[Entrant<'_>], base: &LinkBase) -> Option<Highlight> {
    let context = |entrant: &Entrant<'_>| entrant.model.context_window.known().copied();
    let longest = usable.iter().filter_map(context).max()?;
    // Of equally long ones the best, which comes first.
    let mut holders = usable.iter().filter(|entrant| context(entrant) == Some(longest));
    let first = holders.next()?;
    let note = match holders.count() {
        0 => first.developer_and_price(),
        others => format!("{}, one of {}", first.developer, others + 1),
    };
    Some(highlight("Longest context", (longest.to_string(), "tokens".to_owned()), first, note, base))
}

fn newest(cx: &Context<'_>, usable: &[Entrant<'_>], base: &LinkBase) -> Option<Highlight> {
    let (date, newest) = usable
        .iter()
        .filter_map(|entrant| Some((*entrant.model.dates.released.known()?, entrant)))
        .filter(|(date, _)| !cx.today.is_before(*date))
        .max_by(|(a, x), (b, y)| a.cmp(b).then_with(|| y.model.id.cmp(&x.model.id)))?;
    let long = date.long();
    let (figure, unit) = long.rsplit_once(' ').unwrap_or((&long, ""));
    Some(highlight("Newest", (figure.to_owned(), unit.to_owned()), newest, newest.developer_and_price(), base))
}

fn weights<'a>(entrant: &Entrant<'a>) -> &'a str {
    match entrant.model.weights.known() {
        Some(Weights::Open) => "open weights",
        _ => entrant.developer,
    }
}

fn weights_and_price(entrant: &Entrant<'_>) -> String {
    match entrant.blended {
        Some(blended) if blended.is_zero() => format!("{}, no charge", weights(entrant)),
        Some(blended) => format!("{}, {} blended", weights(entrant), dollars(blended)),
        None => weights(entrant).to_owned(),
    }
}
