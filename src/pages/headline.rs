//! The headline indices of the site as lists of models show them: a short name, a figure, a bar.

use super::Context;
use super::figure::Figure;
use super::scale::extent;
use crate::catalog::{Benchmark, Catalog, Measure, Model, Score};
use crate::charts::{self, Fill};
use crate::html::Html;

/// The first headline index; `None` when the site has none.
pub(super) fn index<'a>(cx: &Context<'a>) -> Option<&'a Benchmark> {
    cx.catalog.settings.headline.first().and_then(|id| cx.catalog.benchmarks.get(id))
}

/// The score with which a model is ranked on the first headline index.
pub(super) fn ranked<'a>(cx: &Context<'_>, model: &'a Model) -> Option<&'a Score> {
    cx.rankings.ranked_score(model, cx.catalog.settings.headline.first()?)
}

/// The score with which a model is ranked on an index, or why there is none.
pub(super) fn score(cx: &Context<'_>, model: &Model, index: Option<&Benchmark>) -> Figure {
    let has_any = || index.is_some_and(|index| model.scores.iter().any(|score| score.benchmark == index.id));
    match index.and_then(|index| cx.rankings.ranked_score(model, &index.id)) {
        Some(score) => Figure::of(score.value.to_string()),
        None => Figure::words(if has_any() { "not comparable" } else { "no score" }),
    }
}

/// The same as a bar on the scale of the index.
pub(super) fn bar(cx: &Context<'_>, model: &Model, index: Option<&Benchmark>, fill: Fill) -> Option<Html> {
    let index = index?;
    let score = cx.rankings.ranked_score(model, &index.id)?;
    let axis = cx.rankings.get(&Measure::Benchmark(index.id.clone()))?.axis();
    Some(charts::bar(extent(index, axis, score.value.0), fill))
}

/// The name of a headline index without the words that all of them begin with.
pub(super) fn short_name(catalog: &Catalog, benchmark: &Benchmark) -> String {
    let indices = catalog.settings.headline.iter().filter_map(|id| catalog.benchmarks.get(id));
    let names: Vec<&str> = indices.map(|index| index.name.as_str()).collect();
    without_shared_words(&benchmark.name, &names).to_owned()
}

/// The words that a headline index shares with all others are left out where there is little room.
fn without_shared_words<'a>(name: &'a str, all: &[&str]) -> &'a str {
    let mut rest = name;
    while let Some((word, behind)) = rest.split_once(' ') {
        let taken = &name[..name.len() - behind.len()];
        if all.len() < 2 || word.is_empty() || behind.is_empty() || !all.iter().all(|other| other.starts_with(taken)) {
            break;
        }
        rest = behind;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_indices_lose_the_words_that_all_share_and_keep_at_least_one() {
        let all = ["Artificial Analysis Intelligence Index", "Artificial Analysis Coding Index"];
        assert_eq!(without_shared_words(all[0], &all), "Intelligence Index");
        assert_eq!(without_shared_words("Arena", &["Arena", "Arena"]), "Arena");
        assert_eq!(without_shared_words("A B", &["A B"]), "A B");
        assert_eq!(without_shared_words("A B", &["A B", "C D"]), "A B");
    }
}
