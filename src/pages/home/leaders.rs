//! Who leads in each category of benchmarks: on the one with most ranked models, so that a lead means most.

use crate::catalog::{Benchmark, Measure};
use crate::pages::Context;
use crate::pages::benchmarks::{Leader, leader};
use crate::pages::text::counted;
use crate::urls::{self, LinkBase};

/// So many categories are told; all of them are on the page of benchmarks.
const MOST: usize = 12;

/// The leader of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) category: String,
    pub(super) benchmark: String,
    pub(super) benchmark_href: String,
    pub(super) leader: Leader,
    /// `31 models ranked`
    pub(super) ranked: String,
}

pub(super) fn of(cx: &Context<'_>, base: &LinkBase) -> Vec<Line> {
    let line = |category: &String| {
        let ranked = |benchmark: &&Benchmark| {
            cx.rankings.get(&Measure::Benchmark(benchmark.id.clone())).map_or(0, |ranking| ranking.len())
        };
        let of_it = cx.catalog.benchmarks.values().filter(|benchmark| benchmark.category == *category);
        // Of equal ones the index that orders the catalogue, else the first by its ID.
        let is_index = |benchmark: &Benchmark| cx.catalog.settings.headline.first() == Some(&benchmark.id);
        let widest = of_it.rev().max_by_key(|benchmark| (ranked(benchmark), is_index(benchmark)));
        let widest = widest.filter(|benchmark| ranked(benchmark) > 1)?;
        Some(Line {
            category: category.clone(),
            benchmark: widest.name.clone(),
            benchmark_href: base.href(&urls::benchmark(&widest.id)),
            leader: leader(cx, widest, base)?,
            ranked: format!("{} ranked", counted(ranked(&widest), "model")),
        })
    };
    cx.catalog.settings.categories.iter().filter_map(line).take(MOST).collect()
}
