//! What the keys of LiteLLM say: `bedrock/us-east-1/anthropic.claude-v2`, `low/1024-x-1024/gpt-image-1`.

use crate::importers::content::slug;

/// The provider that LiteLLM means. It has several names for one where its own code has several ways to call it.
pub(super) fn provider(named: &str) -> String {
    let name = match named {
        "bedrock_converse" => "bedrock",
        "cohere_chat" => "cohere",
        "azure_text" => "azure",
        _ => named.strip_prefix("text-completion-").unwrap_or(named),
    };
    let name = match name.split_once('-') {
        Some((service @ ("vertex_ai" | "fireworks_ai"), _)) => service,
        _ => name,
    };
    let id = slug(name);
    if id.is_empty() { "unknown".to_owned() } else { id }
}

/// The developer whose own service a provider is, by LiteLLM's name for it. Services that also serve models of others are not
/// among them.
pub(super) fn developer(provider: &str) -> Option<&'static str> {
    Some(match provider {
        "openai" => "openai",
        "anthropic" => "anthropic",
        "gemini" => "google",
        "deepseek" => "deepseek",
        "xai" => "xai",
        "cohere" => "cohere",
        "ai21" => "ai21",
        "moonshot" => "moonshotai",
        "minimax" => "minimax",
        "zai" => "zai",
        "voyage" => "voyage",
        "elevenlabs" => "elevenlabs",
        "deepgram" => "deepgram",
        "black_forest_labs" => "black-forest-labs",
        "recraft" => "recraft",
        "inception" => "inception",
        _ => return None,
    })
}

/// What a key says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// What the provider calls the model; where the key holds conditions too, the whole key.
    pub(super) id: String,
    /// Only there.
    pub(super) region: Option<String>,
    /// Size, quality and other conditions in words.
    pub(super) quality: Option<String>,
}

impl Key {
    pub(super) fn of(key: &str, named: &str, provider: &str) -> Self {
        let strip = |prefix: &str| key.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/'));
        let bare = strip(named).or_else(|| strip(provider)).filter(|bare| !bare.is_empty()).unwrap_or(key);
        let mut region = None;
        let mut words = Vec::new();
        let mut is_way = false;
        let mut parts: Vec<&str> = bare.split('/').collect();
        // The last part is the model itself.
        parts.pop();
        for part in parts {
            if is_region(part) {
                region = Some(part.to_owned());
            } else if is_condition(part) {
                words.push(part.replace("-x-", "x").replace('-', " "));
            } else if WAYS.contains(&part) {
                is_way = true;
            }
        }
        let plain = region.is_none() && words.is_empty() && !is_way && !bare.contains('*');
        let id = if plain { bare } else { key }.to_owned();
        Self { id, region, quality: (!words.is_empty()).then(|| words.join(", ")) }
    }
}

/// Parts that say how a model is called, and not whose it is.
const WAYS: [&str; 7] = ["claude_platform", "doc-intelligence", "invoke", "preset", "speech", "streaming", "us-gov"];

/// `eu` of Azure, `us-gov-west-1` of Amazon.
fn is_region(part: &str) -> bool {
    if matches!(part, "eu" | "us" | "apac" | "global" | "global-standard") {
        return true;
    }
    let mut ends = part.rsplit('-');
    let number = ends.next().is_some_and(|end| end.len() == 1 && end.bytes().all(|byte| byte.is_ascii_digit()));
    let way = ends.next().is_some_and(|way| {
        ["north", "south", "east", "west", "central"].iter().any(|name| way.starts_with(name) || way.ends_with(name))
    });
    number && way
}

/// A size, a number of steps, a grade of quality, a commitment.
fn is_condition(part: &str) -> bool {
    matches!(part, "low" | "medium" | "high" | "hd" | "standard" | "max")
        || part.contains("-x-")
        || part.ends_with("-steps")
        || part.ends_with("-month-commitment")
}
