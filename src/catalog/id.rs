//! Ids: what names a developer, a provider, a benchmark, a model; and the path segments made from them.
//!
//! Lists of the catalogue name the same things again and again, so copies of an id share its text.

use std::fmt;
use std::sync::Arc;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// An id from its text, which the caller has validated.
            pub(crate) fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id! {
    /// Id of a developer: the name of its file and of the folder of its models.
    DeveloperId
}
id! {
    /// Id of a provider: the name of its file.
    ProviderId
}
id! {
    /// Id of a benchmark: the name of its file.
    BenchmarkId
}
id! {
    /// ID of a model as people call it. It can hold `/ : @ . ~`, capitals and non-ASCII letters.
    ModelId
}
id! {
    /// One segment of a URL's path: lower-case letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    Slug
}

impl Slug {
    /// The path segment for a name: lower case, everything that is not a letter, digit, `.` or `_` becomes one hyphen.
    ///
    /// Two names can get one slug; whoever gives paths away must refuse the second. Letters beyond ASCII stay,
    /// since hosts serve them percent-encoded. `None` when nothing is left.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut slug = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() || c == '.' || c == '_' {
                slug.push(c);
            } else if !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_matches(['-', '.']);
        if slug.is_empty() { None } else { Some(Self::new(slug)) }
    }

    /// Whether this text is a slug already, and ASCII: what ids of files must be.
    #[must_use]
    pub fn is_plain(text: &str) -> bool {
        text.is_ascii() && Self::from_name(text).is_some_and(|slug| slug.as_str() == text)
    }
}

impl ModelId {
    /// The path segment of the model's card below its developer's folder: the ID without the developer's prefix.
    #[must_use]
    pub fn slug(&self, developer: &DeveloperId) -> Option<Slug> {
        let rest = self.as_str().strip_prefix(developer.as_str()).and_then(|rest| rest.strip_prefix('/'));
        Slug::from_name(rest.unwrap_or(self.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_readable_segments_from_real_model_ids() {
        for (id, slug) in [
            ("openai/o3-mini", "o3-mini"),
            ("openai/gpt-5.4", "gpt-5.4"),
            ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "us.anthropic.claude-haiku-4-5-20251001-v1-0"),
            ("KBLab/kb-whisper-large", "kblab-kb-whisper-large"),
            ("claude-opus-4@20250514", "claude-opus-4-20250514"),
            ("~openai/gpt-mini-latest", "openai-gpt-mini-latest"),
            ("openai/\u{3c4}\u{b2}", "\u{3c4}\u{b2}"),
            ("openai/../x", "x"),
        ] {
            let made = ModelId::new(id).slug(&DeveloperId::new("openai"));
            assert_eq!(made.as_ref().map(Slug::as_str), Some(slug), "{id}");
        }
        assert_eq!(ModelId::new("openai/::").slug(&DeveloperId::new("openai")), None);
    }
}
