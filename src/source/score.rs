//! Scores as written: in a model's file for many benchmarks, or in a benchmark's for many models.

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::one_of;
use super::words;
use super::{DateText, Located, Number};

/// What holds for all short scores of a file unless a row says otherwise.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreDefaults {
    /// Key of the source.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// Who measured: self-reported, independent, community.
    #[schemars(transform = one_of(words::MEASURED))]
    pub measured: Option<Located<String>>,
    /// Reasoning effort or another setting of the model.
    pub variant: Option<Located<String>>,
    /// Program or agent around the model.
    pub harness: Option<Located<String>>,
    /// What a reader should know about these scores.
    pub note: Option<Located<String>>,
}

/// One score of this model in full.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreRow {
    /// Id of the benchmark.
    pub benchmark: Located<String>,
    /// The score, in the benchmark's unit.
    pub value: Located<Number>,
    /// Half the width of the interval around the value, in the same unit.
    pub uncertainty: Option<Located<Number>>,
    /// Reasoning effort or another setting of the model.
    pub variant: Option<Located<String>>,
    /// Program or agent around the model.
    pub harness: Option<Located<String>>,
    /// Version of the benchmark, where it differs from the benchmark's own.
    pub version: Option<Located<String>>,
    /// What was counted, where it differs from the benchmark's own metric.
    pub metric: Option<Located<String>>,
    /// Unit of the value; must be the benchmark's.
    pub unit: Option<Located<String>>,
    /// Who measured: self-reported, independent, community.
    #[schemars(transform = one_of(words::MEASURED))]
    pub measured: Option<Located<String>>,
    /// Key of the source.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// What a reader should know about this score.
    pub note: Option<Located<String>>,
}

/// One result of this benchmark in full.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultRow {
    /// ID of the model.
    pub model: Located<String>,
    /// The score, in the benchmark's unit.
    pub value: Located<Number>,
    /// Half the width of the interval around the value, in the same unit.
    pub uncertainty: Option<Located<Number>>,
    /// Reasoning effort or another setting of the model.
    pub variant: Option<Located<String>>,
    /// Program or agent around the model.
    pub harness: Option<Located<String>>,
    /// Version of the benchmark, where it differs from the benchmark's own.
    pub version: Option<Located<String>>,
    /// What was counted, where it differs from the benchmark's own metric.
    pub metric: Option<Located<String>>,
    /// Unit of the value; must be the benchmark's.
    pub unit: Option<Located<String>>,
    /// Who measured: self-reported, independent, community.
    #[schemars(transform = one_of(words::MEASURED))]
    pub measured: Option<Located<String>>,
    /// Key of the source.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// What a reader should know about this score.
    pub note: Option<Located<String>>,
}
