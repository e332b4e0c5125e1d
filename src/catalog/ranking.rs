//! One measure: its values in order, the line on which they lie, and where a value stands among them.

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Benchmark, BenchmarkId, ComparableKey, Direction, Model, Score};

/// Something that every model can be measured by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Input price in US dollars per 1M tokens.
    InputPrice,
    /// Output price in US dollars per 1M tokens.
    OutputPrice,
    /// Context window in tokens.
    ContextWindow,
    /// Max output in tokens.
    MaxOutput,
    /// A benchmark, in its unit.
    Benchmark(BenchmarkId),
}

impl Measure {
    /// A name that does not change: the name of its ruler.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::InputPrice => "input-price".to_owned(),
            Self::OutputPrice => "output-price".to_owned(),
            Self::ContextWindow => "context-window".to_owned(),
            Self::MaxOutput => "max-output".to_owned(),
            Self::Benchmark(id) => format!("benchmark-{id}"),
        }
    }

    /// What first means in a ranking by this measure.
    #[must_use]
    pub fn order_in_words(&self) -> &'static str {
        match self {
            Self::InputPrice | Self::OutputPrice => "cheapest first",
            Self::ContextWindow | Self::MaxOutput => "longest first",
            Self::Benchmark(_) => "best first",
        }
    }
}

/// Up to this many models a rank is told exactly; beyond, as a whole percentile, so that one edit changes few cards.
pub const EXACT_UP_TO: usize = 50;

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The rank, counted from one, among a number of models. Equal values share the better rank.
    Rank {
        /// One more than the number of models that are better.
        rank: usize,
        /// How many are ranked.
        of: usize,
    },
    /// In the best so many percent, when more than [`EXACT_UP_TO`] models are ranked and it is in their better half.
    Top {
        /// 1 to 51.
        percent: usize,
    },
    /// In the last so many percent: a share of nearly all would say nothing.
    Last {
        /// 1 to 50.
        percent: usize,
    },
}

/// All values of one measure.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Best first.
    values: Vec<Decimal>,
    direction: Direction,
    axis: Axis,
    /// Which scores are ranked; `None` for measures that are not benchmarks.
    pub key: Option<ComparableKey>,
}

/// The line on which the values of a measure lie, from 0 to 100. Its ends are round, so that few edits move them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    logarithmic: bool,
}

impl Axis {
    fn linear(low: f64, high: f64) -> Self {
        Self { low, high, logarithmic: false }
    }

    /// From a power of ten below the lowest value to one above the highest.
    pub(super) fn powers_of_ten(values: &[Decimal]) -> Self {
        let positive = || values.iter().filter_map(ToPrimitive::to_f64).filter(|value| *value > 0.0).map(f64::log10);
        let low = positive().fold(f64::INFINITY, f64::min).floor();
        let high = positive().fold(f64::NEG_INFINITY, f64::max).ceil();
        let low = if low.is_finite() { low } else { 0.0 };
        Self { low, high: if high > low { high } else { low + 1.0 }, logarithmic: true }
    }

    /// The declared scale; an open end lies at the next round number beyond the values.
    #[must_use]
    pub fn of_benchmark(benchmark: &Benchmark, values: &[Decimal]) -> Self {
        let floats = || values.iter().filter_map(ToPrimitive::to_f64);
        let declared = |end: Option<Decimal>| end.and_then(|end| end.to_f64());
        let highest = floats().fold(f64::NEG_INFINITY, f64::max);
        let lowest = floats().fold(f64::INFINITY, f64::min);
        let step = 10f64.powf((highest - lowest).abs().max(1.0).log10().floor());
        let low = declared(benchmark.min).unwrap_or_else(|| (lowest / step).floor() * step);
        let high = declared(benchmark.max).unwrap_or_else(|| (highest / step).ceil() * step);
        Self::linear(low, if high > low { high } else { low + 1.0 })
    }

    /// Where a value lies, from 0 to 100. Zero lies at the low end of a logarithmic axis.
    #[must_use]
    pub fn position(&self, value: Decimal) -> f64 {
        let value = value.to_f64().unwrap_or(0.0);
        let value = if self.logarithmic { if value > 0.0 { value.log10() } else { self.low } } else { value };
        ((value - self.low) / (self.high - self.low) * 100.0).clamp(0.0, 100.0)
    }

    /// The value at the low end and at the high end.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        if self.logarithmic { (10f64.powf(self.low), 10f64.powf(self.high)) } else { (self.low, self.high) }
    }
}

impl Default for Direction {
    /// What a benchmark has that says none.
    fn default() -> Self {
        Self::Higher
    }
}

impl Direction {
    /// The order of two values in which the better one comes first.
    #[must_use]
    pub fn order<T: Ord>(self, a: &T, b: &T) -> Ordering {
        match self {
            Self::Higher => b.cmp(a),
            Self::Lower => a.cmp(b),
        }
    }

    /// Whether the first of these is better than the second.
    #[must_use]
    pub fn is_better<T: Ord>(self, value: &T, other: &T) -> bool {
        self.order(value, other).is_lt()
    }
}

impl Ranking {
    /// A ranking of these values, which are sorted: lowest first.
    pub(super) fn new(mut values: Vec<Decimal>, direction: Direction, axis: Axis, key: Option<ComparableKey>) -> Self {
        if direction == Direction::Higher {
            values.reverse();
        }
        Self { values, direction, axis, key }
    }

    /// Whether the first of these stands before the second.
    pub(super) fn is_better(&self, value: Decimal, other: Decimal) -> bool {
        self.direction.is_better(&value, &other)
    }

    /// The score with which a model takes part in this ranking of a benchmark: the best of its comparable ones.
    pub(super) fn best_score<'a>(&self, model: &'a Model, benchmark: &BenchmarkId) -> Option<&'a Score> {
        self.best_of(model.scores.iter().filter(|score| score.benchmark == *benchmark))
    }

    /// The best of those scores on the benchmark that are ranked.
    pub(super) fn best_of<'a>(&self, scores: impl Iterator<Item = &'a Score>) -> Option<&'a Score> {
        let key = self.key.as_ref()?;
        let comparable = scores.filter(|score| key.is_of(score));
        comparable.reduce(|held, score| if self.is_better(score.value.0, held.value.0) { score } else { held })
    }

    /// How many models are ranked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every value, best first.
    #[must_use]
    pub fn values(&self) -> &[Decimal] {
        &self.values
    }

    /// The line on which the values lie.
    #[must_use]
    pub fn axis(&self) -> Axis {
        self.axis
    }

    /// Where a value that is part of this ranking stands. `None` when it is alone.
    #[must_use]
    pub fn standing(&self, value: Decimal) -> Option<Standing> {
        let of = self.values.len();
        if of < 2 {
            return None;
        }
        let rank = self.rank(value);
        // Itself and whatever is not better, so that of equal values all stand alike.
        let from_the_end = of + 1 - rank.min(of);
        Some(if of <= EXACT_UP_TO {
            Standing::Rank { rank, of }
        } else if rank <= from_the_end {
            Standing::Top { percent: (rank * 100).div_ceil(of) }
        } else {
            Standing::Last { percent: (from_the_end * 100).div_ceil(of) }
        })
    }

    /// The exact rank of a value, counted from one: one more than the number of models that are better.
    #[must_use]
    pub fn rank(&self, value: Decimal) -> usize {
        self.values.partition_point(|other| self.is_better(*other, value)) + 1
    }

    /// The median of the values; `None` when there are none.
    #[must_use]
    pub fn median(&self) -> Option<Decimal> {
        median(&self.values)
    }

    /// The medians of the better and of the worse half of the values, the middle one of an odd number being in neither.
    /// `None` when there are too few for that.
    #[must_use]
    pub fn quartiles(&self) -> Option<(Decimal, Decimal)> {
        let half = self.values.len() / 2;
        Some((median(self.values.get(..half)?)?, median(self.values.get(self.values.len() - half..)?)?))
    }
}

/// The median of sorted values.
pub(super) fn median(values: &[Decimal]) -> Option<Decimal> {
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values.get(middle).copied()
    } else {
        let sum = values.get(middle.checked_sub(1)?)?.checked_add(*values.get(middle)?)?;
        sum.checked_div(Decimal::TWO).map(|median| median.normalize())
    }
}
