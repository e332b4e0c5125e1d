//! `content/benchmarks/<id>.toml`: what a benchmark measures, on which scale, and its results.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::one_of;
use super::words;
use super::{DateText, Located, Number, ResultRow, SourceDef};

/// A benchmark, which may carry the results of many models. The id is the file's name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchmarkFile {
    /// Name as its makers write it.
    pub name: Located<String>,
    /// What it measures, in a few words.
    pub measures: Located<String>,
    /// Category under which it stands.
    pub category: Located<String>,
    /// Version that the results are of.
    pub version: Option<Located<String>>,
    /// What is counted: `accuracy`, `pass@1`, `resolve rate`.
    pub metric: Option<Located<String>>,
    /// Unit of the scores: `%`, `points`, `Elo`, `seconds`. None when absent.
    pub unit: Option<Located<String>>,
    /// The ends of the scale. An end that is absent is open.
    #[serde(default)]
    pub scale: Scale,
    /// Which way is better: `higher` (when absent) or `lower`.
    #[schemars(transform = one_of(words::DIRECTIONS))]
    pub direction: Option<Located<String>>,
    /// Home page.
    pub url: Option<Located<String>>,
    /// One paragraph: how it is done and what to beware of.
    pub description: Option<Located<String>>,
    /// Lines to compare with: guessing, experts.
    #[serde(default)]
    pub baseline: Vec<Baseline>,
    /// Key of the source of all results that name no other.
    pub source: Option<Located<String>>,
    /// The day on which that source said so.
    pub as_of: Option<Located<DateText>>,
    /// Who measured them: self-reported, independent, community.
    #[schemars(transform = one_of(words::MEASURED))]
    pub measured: Option<Located<String>>,
    /// Reasoning effort or another setting of the models.
    pub variant: Option<Located<String>>,
    /// Program or agent around the models.
    pub harness: Option<Located<String>>,
    /// Sources of this file.
    #[serde(default)]
    pub sources: BTreeMap<Located<String>, SourceDef>,
    /// Results in short: `"openai/o3-mini" = 77.3`.
    #[serde(default)]
    pub results: BTreeMap<Located<String>, Located<Number>>,
    /// Results in full: one `[[result]]` each.
    #[serde(default)]
    pub result: Vec<ResultRow>,
}

/// The ends of a scale.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Lowest possible score.
    pub min: Option<Located<Number>>,
    /// Highest possible score.
    pub max: Option<Located<Number>>,
}

/// A value to compare scores with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// What it is: `Guessing`, `Human experts`.
    pub name: Located<String>,
    /// The score, in the benchmark's unit.
    pub value: Located<Number>,
    /// Key of the source.
    pub source: Option<Located<String>>,
}
