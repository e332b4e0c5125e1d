//! Charts: what one gets for one's money, and when. Each is drawn once for all screens and stands beside a table of the same.

mod listed;
mod market;
mod prices;
mod releases;
mod words;

use self::market::MarketChart;
use super::{Context, Page};
use crate::catalog::{Benchmark, BenchmarkId, ComparableKey, Date, Market, Model, Status};
use crate::urls::{self, SiteUrl};

/// A chart that has a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// The first headline index against price, and the list of all charts.
    First,
    /// A benchmark against price.
    Score(BenchmarkId),
    /// Context windows against price.
    Contexts,
    /// Releases over time.
    Releases,
    /// Prices over time.
    Prices,
}

/// So many models a benchmark must have that can be drawn, to have a chart.
const FEWEST: usize = 5;

/// So many models a headline index must have, or context windows.
const FEWEST_OF_HEADLINE: usize = 2;

/// Every chart with its address. The first is there always.
pub(super) fn list(cx: &Context<'_>) -> Vec<(SiteUrl, Chart)> {
    let mut list = vec![(urls::charts(), Chart::First)];
    let first = first(cx).map(|(benchmark, _)| &benchmark.id);
    let scores = cx.catalog.benchmarks.keys().filter(|id| Some(*id) != first);
    let scores = scores.filter(|id| score(cx, id).is_some());
    list.extend(scores.map(|id| (urls::chart(id), Chart::Score(id.clone()))));
    if contexts(cx).is_some() {
        list.push((urls::chart_of_contexts(), Chart::Contexts));
    }
    if releases::is_drawn(cx) {
        list.push((urls::chart_of_releases(), Chart::Releases));
    }
    if prices::is_drawn(cx) {
        list.push((urls::chart_of_prices(), Chart::Prices));
    }
    list
}

/// The address of the chart of a benchmark against price, where there is one.
pub(super) fn of_benchmark(cx: &Context<'_>, id: &BenchmarkId) -> Option<SiteUrl> {
    score(cx, id)?;
    let is_first = first(cx).is_some_and(|(benchmark, _)| benchmark.id == *id);
    Some(if is_first { urls::charts() } else { urls::chart(id) })
}

/// What of a model decides which charts there are.
pub(super) fn footprint(model: &Model, today: Date) -> impl PartialEq + use<> {
    let scores: Vec<(BenchmarkId, ComparableKey)> =
        model.scores.iter().map(|score| (score.benchmark.clone(), score.comparable_key())).collect();
    let can_be_bought = model.status != Status::Retired && model.blended_price(today).is_some();
    (scores, can_be_bought, model.context_window.known().is_some(), prices::moved(model))
}

/// A chart. `None` when there is none any more.
pub(super) fn render(cx: &Context<'_>, chart: &Chart) -> Option<Page> {
    match chart {
        Chart::First => Some(listed::render(cx)),
        Chart::Score(id) => {
            let (benchmark, market) = score(cx, id)?;
            Some(market::render(cx, &urls::chart(id), &MarketChart::Score(benchmark, market)))
        }
        Chart::Releases => releases::is_drawn(cx).then(|| releases::render(cx)),
        Chart::Prices => prices::is_drawn(cx).then(|| prices::render(cx)),
        Chart::Contexts => Some(market::render(cx, &urls::chart_of_contexts(), &MarketChart::Contexts(contexts(cx)?))),
    }
}

/// The first headline index, where it can be drawn.
fn first<'a>(cx: &Context<'a>) -> Option<(&'a Benchmark, &'a Market)> {
    score(cx, cx.catalog.settings.headline.first()?)
}

/// A benchmark and its market, where it can be drawn.
fn score<'a>(cx: &Context<'a>, id: &BenchmarkId) -> Option<(&'a Benchmark, &'a Market)> {
    let market = cx.listings.market(cx.catalog, cx.rankings, id, cx.today)?;
    let is_headline = cx.catalog.settings.headline.contains(id);
    let fewest = if is_headline { FEWEST_OF_HEADLINE } else { FEWEST };
    (market.all().len() >= fewest).then_some((cx.catalog.benchmarks.get(id)?, market))
}

/// The market of context windows, where it can be drawn.
fn contexts<'a>(cx: &Context<'a>) -> Option<&'a Market> {
    Some(cx.listings.contexts(cx.catalog, cx.today)).filter(|market| market.all().len() >= FEWEST_OF_HEADLINE)
}

#[cfg(test)]
mod tests;
