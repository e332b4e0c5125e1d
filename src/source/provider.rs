//! `content/providers/<id>.toml`: who serves models, at what price and under what terms.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Amount, DateText, Located, PriceTable, SourceDef};

/// Who serves models, with its offers. The id is the file's name.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProviderFile {
    /// Name as the provider writes it.
    pub name: Located<String>,
    /// Home page.
    pub url: Option<Located<String>>,
    /// Id of the developer whose own service this is. The list prices in that developer's model files are this provider's.
    pub developer: Option<Located<String>>,
    /// Base URL of the API.
    pub base_url: Option<Located<String>>,
    /// Page of the API's documentation.
    pub docs: Option<Located<String>>,
    /// One paragraph about the provider.
    pub description: Option<Located<String>>,
    /// What happens to prompts and answers.
    pub data_policy: Option<DataPolicy>,
    /// Key of the source of all values of this file that name no other.
    pub source: Option<Located<String>>,
    /// The day on which that source said so.
    pub as_of: Option<Located<DateText>>,
    /// Sources of this file.
    #[serde(default)]
    pub sources: BTreeMap<Located<String>, SourceDef>,
    /// What the provider serves: one `[[offer]]` a model and region.
    #[serde(default)]
    pub offer: Vec<Offer>,
}

/// What a provider does with prompts and answers. Keys that are absent are unknown.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DataPolicy {
    /// How long they are kept, in words: `30 days`.
    pub retention: Option<Located<String>>,
    /// Whether models are trained on them.
    pub trains_on_data: Option<Located<bool>>,
    /// Where they are processed, in words.
    pub regions: Option<Located<String>>,
    /// Page on which the provider says so.
    pub url: Option<Located<String>>,
}

/// One provider serving one model.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// ID of the model.
    pub model: Located<String>,
    /// ID of the model at this provider.
    pub id: Option<Located<String>>,
    /// Region or deployment that this offer is for, in words.
    pub region: Option<Located<String>>,
    /// Context window here, in tokens, where it differs from the model's.
    pub context_window: Option<Located<Amount>>,
    /// Max output here, in tokens, where it differs from the model's.
    pub max_output: Option<Located<Amount>>,
    /// Quantisation of the weights: `fp8`.
    pub quantization: Option<Located<String>>,
    /// Prices.
    pub price: Option<PriceTable>,
    /// Key of the source.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// What a reader should know about this offer.
    pub note: Option<Located<String>>,
}
