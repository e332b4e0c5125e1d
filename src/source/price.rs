//! Prices as written: a short table for the common case, rows for everything else.

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::one_of;
use super::words;
use super::{Amount, DateText, Located, Number};

/// A price table. The short keys are prices per 1M tokens; `[[row]]` can say anything.
///
/// A key that is absent is unknown; `0` is no charge; `"not applicable"` and `"in plan"` say just that.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceTable {
    /// ISO 4217 code of the currency; USD when absent.
    pub currency: Option<Located<String>>,
    /// Input, per 1M tokens.
    pub input: Option<Located<Amount>>,
    /// Output, per 1M tokens.
    pub output: Option<Located<Amount>>,
    /// Input read from the prompt cache, per 1M tokens.
    pub cache_read: Option<Located<Amount>>,
    /// Input written to the prompt cache, per 1M tokens.
    pub cache_write: Option<Located<Amount>>,
    /// Reasoning tokens, per 1M tokens, where they have a price of their own.
    pub reasoning: Option<Located<Amount>>,
    /// Prices of requests above a size: one `[[price.tier]]` for each threshold.
    #[serde(default)]
    pub tier: Vec<ContextTier>,
    /// Prices of the batch service tier, per 1M tokens.
    pub batch: Option<PriceSet>,
    /// Prices of the flex service tier, per 1M tokens.
    pub flex: Option<PriceSet>,
    /// Prices of the priority service tier, per 1M tokens.
    pub priority: Option<PriceSet>,
    /// Prices in full: one `[[price.row]]` each.
    #[serde(default)]
    pub row: Vec<PriceRow>,
    /// First day on which the prices of this table hold.
    pub from: Option<Located<DateText>>,
    /// Last day on which the prices of this table hold.
    pub until: Option<Located<DateText>>,
    /// Key of the source of the prices of this table.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// What a reader should know about these prices.
    pub note: Option<Located<String>>,
}

/// Prices per 1M tokens under one condition.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceSet {
    /// Input, per 1M tokens.
    pub input: Option<Located<Amount>>,
    /// Output, per 1M tokens.
    pub output: Option<Located<Amount>>,
    /// Input read from the prompt cache, per 1M tokens.
    pub cache_read: Option<Located<Amount>>,
    /// Input written to the prompt cache, per 1M tokens.
    pub cache_write: Option<Located<Amount>>,
    /// Reasoning tokens, per 1M tokens.
    pub reasoning: Option<Located<Amount>>,
}

/// Prices per 1M tokens of requests whose prompt is longer than a number of tokens.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextTier {
    /// The prompt has more than this many tokens; the tier then prices the whole request.
    pub above: Located<Number>,
    /// Input, per 1M tokens.
    pub input: Option<Located<Amount>>,
    /// Output, per 1M tokens.
    pub output: Option<Located<Amount>>,
    /// Input read from the prompt cache, per 1M tokens.
    pub cache_read: Option<Located<Amount>>,
    /// Input written to the prompt cache, per 1M tokens.
    pub cache_write: Option<Located<Amount>>,
    /// Reasoning tokens, per 1M tokens.
    pub reasoning: Option<Located<Amount>>,
}

/// One price in full.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceRow {
    /// What is paid for: input, output, cache read, cache write, cache storage, reasoning, web search, request, session, training.
    #[schemars(transform = one_of(words::COMPONENTS))]
    pub component: Located<String>,
    /// What the amount is per: 1M tokens (when absent), 1M characters, image, second, minute, hour, page, request, 1K requests, session, 1M tokens per hour.
    #[schemars(transform = one_of(words::UNITS))]
    pub unit: Option<Located<String>>,
    /// The amount, or "not applicable" or "in plan".
    pub amount: Located<Amount>,
    /// ISO 4217 code of the currency, where it differs from the table's.
    pub currency: Option<Located<String>>,
    /// Only for this modality: text, image, audio, video, pdf.
    #[schemars(transform = one_of(words::MODALITIES))]
    pub modality: Option<Located<String>>,
    /// Only for requests whose prompt has more than this many tokens.
    pub above: Option<Located<Number>>,
    /// Service tier: standard (when absent), batch, flex, priority.
    #[schemars(transform = one_of(words::SERVICE_TIERS))]
    pub service_tier: Option<Located<String>>,
    /// How long a cache entry lives: 5m, 1h.
    pub cache_ttl: Option<Located<String>>,
    /// Only in this region.
    pub region: Option<Located<String>>,
    /// Only at these hours, in UTC: `16:30-00:30`.
    pub hours: Option<Located<String>>,
    /// Size, quality or another condition in words: `1024x1024, high`.
    pub quality: Option<Located<String>>,
    /// First day on which the price holds.
    pub from: Option<Located<DateText>>,
    /// Last day on which the price holds.
    pub until: Option<Located<DateText>>,
    /// Key of the source.
    pub source: Option<Located<String>>,
    /// The day on which the source said so.
    pub as_of: Option<Located<DateText>>,
    /// What a reader should know about this price.
    pub note: Option<Located<String>>,
}
