//! Words about scores that several sections of the card share.

use crate::catalog::{Benchmark, Measure, ScoreValue, Standing};

/// `rank 14 of 23, cheapest first`, `top 12%, longest first`
pub(super) fn rank_in_words(standing: Standing, measure: &Measure) -> String {
    let order = measure.order_in_words();
    match standing {
        Standing::Rank { rank, of } => format!("rank {rank} of {of}, {order}"),
        Standing::Top { percent } => format!("top {percent}%, {order}"),
    }
}

/// `/100` on a scale from zero to a hundred, else the unit.
pub(super) fn scale_end(benchmark: &Benchmark) -> String {
    match (&benchmark.unit, benchmark.max) {
        (Some(unit), _) if unit == "%" => "%".to_owned(),
        (None, Some(max)) => format!("/{}", ScoreValue(max.normalize())),
        (Some(unit), _) => unit.clone(),
        (None, None) => String::new(),
    }
}

/// A score with its unit: `77.3%`, `1,240 Elo`, `18.4 out of 100`.
pub(super) fn score_in_words(value: ScoreValue, benchmark: &Benchmark) -> String {
    match (&benchmark.unit, benchmark.max) {
        (Some(unit), _) if unit == "%" => format!("{value}%"),
        (Some(unit), _) => format!("{value} {unit}"),
        (None, Some(max)) => format!("{value} out of {}", ScoreValue(max.normalize())),
        (None, None) => value.to_string(),
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
    }
}
