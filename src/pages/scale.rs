//! Words and numbers of the scales of benchmarks.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use crate::catalog::{Axis, Benchmark, Direction, ScoreValue, decimals};
use crate::charts::Extent;

/// A number on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScaleLabel {
    /// Where, in percent.
    pub place: usize,
    /// The number.
    pub text: String,
}

/// `/100` on a scale with an end, else the unit.
pub(super) fn scale_end(benchmark: &Benchmark) -> String {
    match (benchmark.unit.as_deref(), benchmark.max) {
        (Some("%"), _) => "%".to_owned(),
        (_, Some(max)) => format!("/{}", ScoreValue(max.normalize())),
        (Some(unit), None) => format!(" {unit}"),
        (None, None) => String::new(),
    }
}

/// A score with its unit: `77.3%`, `1240 Elo`, `18.4 out of 100`.
pub(super) fn score_in_words(value: ScoreValue, benchmark: &Benchmark) -> String {
    match (benchmark.unit.as_deref(), benchmark.max) {
        (Some("%"), _) => format!("{value}%"),
        (_, Some(max)) => format!("{value} out of {}", ScoreValue(max.normalize())),
        (Some(unit), None) => format!("{value} {unit}"),
        (None, None) => value.to_string(),
    }
}

/// Five numbers where they are round, else those of the ends.
pub(super) fn scale_labels(axis: Axis) -> Vec<ScaleLabel> {
    let (low, high) = axis.ends();
    let label = |place: usize| {
        let value = Decimal::from_f64(low + (high - low) * place as f64 / 100.0).unwrap_or_default().round_dp(6);
        (value.normalize().scale(), ScaleLabel { place, text: decimals(value, 0) })
    };
    let all: Vec<_> = [0, 25, 50, 75, 100].map(label).into();
    let round = all.iter().all(|(decimals, _)| *decimals <= 1);
    all.into_iter().map(|(_, label)| label).filter(|label| round || label.place % 100 == 0).collect()
}

/// `0 to 100`, `from 0, open above`
pub(super) fn ends_in_words(axis: Axis, benchmark: &Benchmark) -> String {
    let labels = scale_labels(axis);
    let (Some(low), Some(high)) = (labels.first(), labels.last()) else { return String::new() };
    match (benchmark.min, benchmark.max) {
        (Some(_), Some(_)) => format!("{} to {}", low.text, high.text),
        (Some(_), None) => format!("from {}, open above, drawn to {}", low.text, high.text),
        (None, Some(_)) => format!("up to {}, open below, drawn from {}", high.text, low.text),
        (None, None) => format!("open, drawn from {} to {}", low.text, high.text),
    }
}

/// What a bar for a value covers of its axis. On a scale whose low end is open a length would mean nothing.
pub(super) fn extent(benchmark: &Benchmark, axis: Axis, value: Decimal) -> Extent {
    let place = axis.position(value);
    match benchmark.min {
        // A scale that begins below zero has its bars begin at zero.
        Some(min) if min <= Decimal::ZERO => Extent::Between(axis.position(Decimal::ZERO), place),
        Some(_) => Extent::Between(0.0, place),
        None => Extent::At(place),
    }
}

/// What a column of scores is in: `%`, `out of 100`, `Elo`; empty where nothing is said.
pub(super) fn column_unit(benchmark: &Benchmark) -> String {
    scale_end(benchmark).trim().replace('/', "out of ")
}

/// The declared scale and which way is better: `0 to 100%, higher is better`.
pub(super) fn scale_in_words(benchmark: &Benchmark) -> String {
    let end = |end: Decimal| ScoreValue(end.normalize()).to_string();
    let unit = match benchmark.unit.as_deref() {
        Some("%") => "%".to_owned(),
        Some(unit) => format!(" {unit}"),
        None => String::new(),
    };
    let scale = match (benchmark.min, benchmark.max) {
        (Some(min), Some(max)) => format!("{} to {}{unit}", end(min), end(max)),
        (Some(min), None) => format!("from {}{unit}, open above", end(min)),
        (None, Some(max)) => format!("up to {}{unit}, open below", end(max)),
        (None, None) if unit.is_empty() => "open".to_owned(),
        (None, None) => format!("{}, open", unit.trim()),
    };
    let better = match benchmark.direction {
        Direction::Higher => "higher is better",
        Direction::Lower => "lower is better",
    };
    format!("{scale}, {better}")
}
