//! Where a value comes from: sources named once, and referred to by their keys.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{DateText, Located};

/// A source, named once under `[sources.<key>]` and referred to by its key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceDef {
    /// Title of the page or document.
    pub title: Located<String>,
    /// Who publishes it.
    pub publisher: Option<Located<String>>,
    /// Its address, http or https.
    pub url: Option<Located<String>>,
    /// The day on which it was last read for this catalogue.
    pub checked: Option<Located<DateText>>,
}

/// Source and date of one fact, where they differ from the file's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Key of a source.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// What a reader should know about the value.
    pub note: Option<Located<String>>,
}
