//! `content/models/<developer>/<model>.toml`: the facts of one model.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::schema::{each_of, one_of};
use super::words;
use super::{
    Amount, Capability, DateText, Located, Number, PriceTable, Provenance, ScoreDefaults, ScoreRow, SourceDef,
};

/// The facts of one model. Its developer is the folder; a key that is absent is unknown.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Name as the developer writes it.
    pub name: Located<String>,
    /// Model ID by which this catalogue calls it; `<developer>/<file name>` when absent.
    pub id: Option<Located<String>>,
    /// One paragraph of plain text: what it is and for whom.
    pub summary: Option<Located<String>>,
    /// Line of models that it belongs to.
    pub family: Option<Located<String>>,
    /// active, preview, deprecated (still served) or retired (off). When absent it follows from the dates.
    #[schemars(transform = one_of(words::STATUSES))]
    pub status: Option<Located<String>>,
    /// Day on which it was announced.
    pub announced: Option<Located<DateText>>,
    /// Day on which it could first be used.
    pub released: Option<Located<DateText>>,
    /// Day of its last update.
    pub updated: Option<Located<DateText>>,
    /// End of its training knowledge.
    pub knowledge_cutoff: Option<Located<DateText>>,
    /// Day on which it was declared deprecated.
    pub deprecated: Option<Located<DateText>>,
    /// Day on which the developer turns it off, or did.
    pub retired: Option<Located<DateText>>,
    /// ID of the model to use instead.
    pub successor: Option<Located<String>>,
    /// Longest prompt and answer together, in tokens.
    pub context_window: Option<Located<Amount>>,
    /// Longest prompt, in tokens, where it has a limit of its own.
    pub max_input: Option<Located<Amount>>,
    /// Longest answer, in tokens.
    pub max_output: Option<Located<Amount>>,
    /// What it takes and what it gives.
    pub modalities: Option<Modalities>,
    /// open or closed.
    #[schemars(transform = one_of(words::WEIGHTS))]
    pub weights: Option<Located<String>>,
    /// Where open weights can be had.
    pub weights_url: Option<Located<String>>,
    /// Licence of the weights: an SPDX identifier or its name.
    pub license: Option<Located<String>>,
    /// Text of the licence.
    pub license_url: Option<Located<String>>,
    /// Number of parameters.
    pub parameters: Option<Located<Amount>>,
    /// Number of parameters that are active for one token.
    pub active_parameters: Option<Located<Amount>>,
    /// How its reasoning is set.
    pub reasoning: Option<Reasoning>,
    /// What it can do.
    #[serde(default)]
    pub capabilities: Capabilities,
    /// How it is called.
    #[serde(default)]
    pub api: Api,
    /// Moving names of this model.
    #[serde(default)]
    pub aliases: Vec<Located<String>>,
    /// Old addresses of its card, which lead to it: paths from the site's root that end in a slash or in `.html`.
    #[serde(default)]
    pub redirect_from: Vec<Located<String>>,
    /// Dated names of this model, newest first.
    #[serde(default)]
    pub snapshots: Vec<Located<String>>,
    /// The developer's list prices.
    pub price: Option<PriceTable>,
    /// What holds for all scores of `[scores]`.
    #[serde(default)]
    pub scores_from: ScoreDefaults,
    /// Scores in short: benchmark id = value.
    #[serde(default)]
    pub scores: BTreeMap<Located<String>, Located<Number>>,
    /// Scores in full: one `[[score]]` each.
    #[serde(default)]
    pub score: Vec<ScoreRow>,
    /// Media and discussions: one `[[link]]` each.
    #[serde(default)]
    pub link: Vec<Link>,
    /// IDs of models that compete with this one.
    #[serde(default)]
    pub competitors: Vec<Located<String>>,
    /// What was looked for and not found: one `[[unknown]]` each.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
    /// Key of the source of all facts of this file that name no other.
    pub source: Option<Located<String>>,
    /// The day on which that source said so.
    pub as_of: Option<Located<DateText>>,
    /// Source, date or note of single facts, by their key: `[provenance.max_output]`.
    #[serde(default)]
    pub provenance: BTreeMap<Located<String>, Provenance>,
    /// Sources of this file.
    #[serde(default)]
    pub sources: BTreeMap<Located<String>, SourceDef>,
}

/// Modalities: text, image, audio, video, pdf.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Modalities {
    /// What it takes.
    #[schemars(transform = each_of(words::MODALITIES))]
    pub input: Vec<Located<String>>,
    /// What it gives.
    #[schemars(transform = each_of(words::MODALITIES))]
    pub output: Vec<Located<String>>,
}

/// How reasoning is set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reasoning {
    /// Reasoning efforts to choose from: none, minimal, low, medium, high, xhigh, max.
    #[serde(default)]
    #[schemars(transform = each_of(words::EFFORTS))]
    pub efforts: Vec<Located<String>>,
    /// The effort when none is asked for.
    #[schemars(transform = one_of(words::EFFORTS))]
    pub default: Option<Located<String>>,
}

/// What the model can do: `true`, `false`, or a few words on how. Absent is unknown.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capabilities {
    /// Calls tools.
    pub tool_calling: Option<Located<Capability>>,
    /// Answers in a given structure.
    pub structured_output: Option<Located<Capability>>,
    /// Reasons before it answers.
    pub reasoning: Option<Located<Capability>>,
    /// Reads images.
    pub vision: Option<Located<Capability>>,
    /// Reads repeated prompts from a cache.
    pub prompt_caching: Option<Located<Capability>>,
    /// Sends its answer as it is made.
    pub streaming: Option<Located<Capability>>,
    /// Searches the web.
    pub web_search: Option<Located<Capability>>,
    /// Operates a computer's screen and keyboard.
    pub computer_use: Option<Located<Capability>>,
}

/// How the model is called.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Method and path of each endpoint, the main one first: `POST /v1/chat/completions`.
    #[serde(default)]
    pub endpoints: Vec<Located<String>>,
    /// Request parameters: one `[[api.parameter]]` each.
    #[serde(default)]
    pub parameter: Vec<ApiParameter>,
}

/// A request parameter.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiParameter {
    /// Name in the request.
    pub name: Located<String>,
    /// What it accepts, in words.
    pub accepts: Located<String>,
    /// Its default, in words.
    pub default: Option<Located<String>>,
}

/// A link to something about the model. Nothing is embedded.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// announcement, blog, docs, paper, model card, weights, code, video, post, discussion or other.
    #[schemars(transform = one_of(words::LINK_KINDS))]
    pub kind: Located<String>,
    /// Title.
    pub title: Located<String>,
    /// Address, http or https.
    pub url: Located<String>,
    /// Who published it.
    pub publisher: Option<Located<String>>,
    /// When it was published.
    pub date: Option<Located<DateText>>,
}

/// Something that was looked for and not found.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// What is not known.
    pub what: Located<String>,
    /// What is known about it all the same.
    pub why: Located<String>,
}
