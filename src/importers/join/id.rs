//! The forms that providers give to the IDs of models.

/// Where a model can be called in Amazon Bedrock, in front of its ID.
const REGIONS: [&str; 9] = ["us", "eu", "apac", "au", "jp", "ca", "global", "us-gov", "sa"];

/// The last part of an ID: `b` of `a/b`.
pub(super) fn last(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The part before the last one, where there are two: `a` of `a/b`. Of a longer path nobody knows what its parts are, and the
/// size of an image, as in `1024-x-1024/b`, is nobody's name.
pub(super) fn namespace(id: &str) -> Option<&str> {
    let (namespace, stem) = id.split_once('/')?;
    let namespace = namespace.trim_start_matches(['~', '@']);
    (!stem.contains('/') && !namespace.is_empty() && !namespace.contains("-x-")).then_some(namespace)
}

/// The ID without the `:free` by which resellers mark the same model at no charge.
pub(super) fn without_free(id: &str) -> Option<&str> {
    id.strip_suffix(":free")
}

/// Amazon Bedrock's form: `us.anthropic.claude-haiku-4-5-20251001-v1:0` is anthropic's `claude-haiku-4-5-20251001`.
pub(super) fn bedrock(id: &str) -> Option<(&str, String)> {
    let (first, rest) = id.split_once('.')?;
    let (developer, stem) = if REGIONS.contains(&first) { rest.split_once('.')? } else { (first, rest) };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let lettered = developer.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    if !lettered || !plain(developer) || id.contains('/') {
        return None;
    }
    let stem = match stem.rsplit_once("-v") {
        Some((stem, version)) if version.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') => stem,
        _ => stem,
    };
    Some((developer, stem.to_owned()))
}

/// Vertex AI's form: `claude-opus-4@20250514` is `claude-opus-4-20250514`, and `@default` is the model itself.
pub(super) fn vertex(id: &str) -> Option<String> {
    let (stem, version) = id.split_once('@').filter(|(stem, _)| !stem.is_empty())?;
    match version {
        "default" | "latest" => Some(stem.to_owned()),
        _ if version.len() == 8 && version.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("{stem}-{version}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_providers() {
        let bedrock = |id| bedrock(id).map(|(developer, stem)| format!("{developer}/{stem}"));
        let haiku = Some("anthropic/claude-haiku-4-5-20251001".to_owned());
        assert_eq!(bedrock("us.anthropic.claude-haiku-4-5-20251001-v1:0"), haiku);
        assert_eq!(bedrock("anthropic.claude-haiku-4-5-20251001-v1:0"), haiku);
        assert_eq!(bedrock("gpt-5.5"), None);
        assert_eq!(bedrock("a/b.c"), None);
        assert_eq!(vertex("claude-opus-4@20250514").as_deref(), Some("claude-opus-4-20250514"));
        assert_eq!(vertex("claude-opus-4@default").as_deref(), Some("claude-opus-4"));
        assert_eq!(vertex("claude-opus-4@east"), None);
        assert_eq!(namespace("Qwen/Qwen3-32B"), Some("Qwen"));
        assert_eq!(namespace("accounts/fireworks/models/x"), None);
        assert_eq!(namespace("1024-x-1024/gpt-image-1.5"), None);
        assert_eq!(namespace("~openai/gpt-mini-latest"), Some("openai"));
        assert_eq!(last("accounts/fireworks/models/x"), "x");
        assert_eq!(without_free("a/b:free"), Some("a/b"));
    }
}
