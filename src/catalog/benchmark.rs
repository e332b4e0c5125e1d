//! Benchmarks, their scales, and scores on them.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::money::decimals;
use super::{BenchmarkId, Direction, Measured, Provenance, SourceId, WebUrl};
use crate::files::Origin;

/// A benchmark.
#[derive(Debug, Clone)]
pub struct Benchmark {
    /// Its id.
    pub id: BenchmarkId,
    /// Name as its makers write it.
    pub name: String,
    /// What it measures, in a few words.
    pub measures: String,
    /// Category under which it stands.
    pub category: String,
    /// Version that results are of unless they say otherwise.
    pub version: Option<Arc<str>>,
    /// What is counted.
    pub metric: Option<Arc<str>>,
    /// Unit of the scores.
    pub unit: Option<String>,
    /// Lowest possible score.
    pub min: Option<Decimal>,
    /// Highest possible score.
    pub max: Option<Decimal>,
    /// Which way is better.
    pub direction: Direction,
    /// Home page.
    pub url: Option<WebUrl>,
    /// How it is done and what to beware of.
    pub description: Option<String>,
    /// Values to compare with.
    pub baselines: Vec<Baseline>,
    /// Where it was written.
    pub origin: Origin,
}

/// A value to compare scores with.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// What it is.
    pub name: String,
    /// The score.
    pub value: ScoreValue,
    /// Where it comes from.
    pub source: Option<SourceId>,
}

/// The value of a score with the digits that its author wrote: `86` and `86.0` are one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScoreValue(pub Decimal);

impl fmt::Display for ScoreValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimals(self.0, self.0.scale()))
    }
}

/// One result of one model on one benchmark.
#[derive(Debug, Clone)]
pub struct Score {
    /// The benchmark.
    pub benchmark: BenchmarkId,
    /// The value in the benchmark's unit.
    pub value: ScoreValue,
    /// Half the width of the interval around the value.
    pub uncertainty: Option<ScoreValue>,
    /// Reasoning effort or another setting of the model.
    pub variant: Option<Arc<str>>,
    /// Program or agent around the model.
    pub harness: Option<Arc<str>>,
    /// Version of the benchmark.
    pub version: Option<Arc<str>>,
    /// What was counted, where it differs from the benchmark's metric.
    pub metric: Option<Arc<str>>,
    /// Who measured.
    pub measured: Option<Measured>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it was written.
    pub origin: Origin,
}

/// What must be equal for two scores to be ranked against each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComparableKey {
    /// Version of the benchmark.
    pub version: Option<Arc<str>>,
    /// Program or agent around the model.
    pub harness: Option<Arc<str>>,
    /// What was counted.
    pub metric: Option<Arc<str>>,
    /// Whether the developer measured its own model.
    pub self_reported: bool,
}

impl ComparableKey {
    /// Whether this is the key of a score: [`Score::comparable_key`] without a copy.
    #[must_use]
    pub fn is_of(&self, score: &Score) -> bool {
        (self.self_reported, &self.version, &self.harness, &self.metric)
            == (score.is_self_reported(), &score.version, &score.harness, &score.metric)
    }
}

impl Score {
    /// Whether it is what the developer reports.
    #[must_use]
    pub fn is_self_reported(&self) -> bool {
        self.measured == Some(Measured::SelfReported)
    }

    /// What must be equal for this score to be ranked against another.
    #[must_use]
    pub fn comparable_key(&self) -> ComparableKey {
        ComparableKey {
            version: self.version.clone(),
            harness: self.harness.clone(),
            metric: self.metric.clone(),
            self_reported: self.is_self_reported(),
        }
    }
}
