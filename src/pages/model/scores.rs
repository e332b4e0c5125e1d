//! Words about scores that several sections of the card share.

use std::sync::Arc;

use super::Card;
use crate::catalog::{BenchmarkId, Measure, Score, Standing};

/// `rank 14 of 23, cheapest first`, `top 12%, longest first`
pub(super) fn rank_in_words(standing: Standing, measure: &Measure) -> String {
    let order = measure.order_in_words();
    match standing {
        Standing::Rank { rank, of } => format!("rank {rank} of {of}, {order}"),
        Standing::Top { percent } => format!("top {percent}%, {order}"),
        Standing::Last { percent } => format!("last {percent}%, {order}"),
    }
}

/// What most scores of a card have in common, said once.
pub(super) struct Common<'a> {
    /// A score that has it.
    pub example: &'a Score,
    /// Whether all have it.
    pub all_alike: bool,
    /// What the author says of most of them.
    pub note: Option<&'a str>,
}

impl<'a> Common<'a> {
    /// `None` when there are no scores. Of equally common ones the first counts.
    pub(super) fn of(card: &Card<'a>) -> Option<Self> {
        let scores = &card.model.scores;
        let alike = |example: &Score| scores.iter().filter(|score| same_origin(score, example)).count();
        let example = scores.iter().rev().max_by_key(|score| alike(score))?;
        let notes = || scores.iter().map(|score| score.provenance.note.as_deref());
        let note = notes().rev().max_by_key(|note| notes().filter(|other| other == note).count()).flatten();
        Some(Self { example, all_alike: alike(example) == scores.len(), note })
    }

    pub(super) fn holds_for(&self, score: &Score) -> bool {
        same_origin(score, self.example)
    }
}

fn same_origin(a: &Score, b: &Score) -> bool {
    let (from, other) = (&a.provenance, &b.provenance);
    a.measured == b.measured && (from.source, from.as_of) == (other.source, other.as_of)
}

impl Card<'_> {
    /// The score of a headline index that the card shows: the ranked one, else the first that there is.
    pub(super) fn headline_score(&self, index: &BenchmarkId) -> Option<&Score> {
        let ranked = self.cx.rankings.ranked_score(self.model, index);
        ranked.or_else(|| self.model.scores.iter().find(|score| score.benchmark == *index))
    }

    /// Why a score has no rank.
    pub(super) fn why_unranked(&self, score: &Score) -> String {
        let Some(ranking) = self.cx.rankings.get(&Measure::Benchmark(score.benchmark.clone())) else {
            return "no other result".to_owned();
        };
        let (Some(ranked), own) = (&ranking.key, score.comparable_key()) else { return "no other result".to_owned() };
        let told = |words: &Option<Arc<str>>| words.as_deref().unwrap_or("not named").to_owned();
        if *ranked == own {
            "no other result".to_owned()
        } else if own.version != ranked.version {
            format!("version {}", told(&own.version))
        } else if own.harness != ranked.harness {
            own.harness.as_ref().map_or_else(|| "harness not named".to_owned(), |harness| format!("with {harness}"))
        } else if own.metric != ranked.metric {
            format!("metric {}", told(&own.metric))
        } else if own.self_reported {
            "self-reported".to_owned()
        } else {
            "others are self-reported".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_exact_for_few_models_and_percentiles_for_many() {
        let exact = Standing::Rank { rank: 14, of: 23 };
        assert_eq!(rank_in_words(exact, &Measure::InputPrice), "rank 14 of 23, cheapest first");
        assert_eq!(rank_in_words(Standing::Top { percent: 12 }, &Measure::MaxOutput), "top 12%, longest first");
        assert_eq!(rank_in_words(Standing::Last { percent: 2 }, &Measure::InputPrice), "last 2%, cheapest first");
    }
}
