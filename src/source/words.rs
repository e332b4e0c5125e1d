//! The closed vocabularies of the content format: the schemas offer these words and `catalog::resolve` takes no other.

/// Status of a model: served, served for trial, still served but not for long, off.
pub const STATUSES: &[&str] = &["active", "preview", "deprecated", "retired"];

/// Whether the weights of a model can be had.
pub const WEIGHTS: &[&str] = &["open", "closed"];

/// What a model takes and gives.
pub const MODALITIES: &[&str] = &["text", "image", "audio", "video", "pdf"];

/// What a price is paid for.
pub const COMPONENTS: &[&str] = &[
    "input",
    "output",
    "cache read",
    "cache write",
    "cache storage",
    "reasoning",
    "web search",
    "request",
    "session",
    "training",
];

/// What the amount of a price is per. The first is meant when none is given.
pub const UNITS: &[&str] = &[
    "1M tokens",
    "1M characters",
    "image",
    "second",
    "minute",
    "hour",
    "page",
    "request",
    "1K requests",
    "session",
    "1M tokens per hour",
];

/// Service tiers of a provider. The first is meant when none is given.
pub const SERVICE_TIERS: &[&str] = &["standard", "batch", "flex", "priority"];

/// Who measured a score.
pub const MEASURED: &[&str] = &["self-reported", "independent", "community"];

/// Which way a score is better. The first is meant when none is given.
pub const DIRECTIONS: &[&str] = &["higher", "lower"];

/// What a link leads to.
pub const LINK_KINDS: &[&str] =
    &["announcement", "blog", "docs", "paper", "model card", "weights", "code", "video", "post", "discussion", "other"];

/// Reasoning efforts, from none to most.
pub const EFFORTS: &[&str] = &["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/// Hosts whose limits are known.
pub const HOSTS: &[&str] = &["cloudflare-pages", "github-pages", "gitlab-pages", "netlify"];

/// What stands in the place of a number that there is none of.
pub const AMOUNT_WORDS: &[&str] = &["not applicable", "in plan"];
