//! A fact and where it comes from.

use std::sync::Arc;

use super::Date;
use crate::files::Origin;

/// Index of a source in the catalogue's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(super) u32);

/// A source that facts refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key by which it is referred to.
    pub key: String,
    /// Where the key was written.
    pub origin: Origin,
    /// Title of the page or document.
    pub title: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<WebUrl>,
    /// The day on which it was last read for this catalogue.
    pub checked: Option<Date>,
}

/// Where a value comes from and when that was so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The source.
    pub source: Option<SourceId>,
    /// The day on which the source said so.
    pub as_of: Option<Date>,
    /// What a reader should know about the value.
    pub note: Option<Arc<str>>,
    /// The day on which a figure was last checked, where that lies further back than the site allows; see
    /// [`Recheck`](super::Recheck).
    pub overdue: Option<Date>,
}

/// What is known of a value. Unknown is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State<T> {
    /// It is this.
    Known(T),
    /// There is no such thing for this model.
    NotApplicable,
    /// Nobody has said.
    Unknown,
}

/// A value, or why there is none, with its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is known.
    pub state: State<T>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it was written, when it was.
    pub origin: Option<Origin>,
}

impl<T> Fact<T> {
    /// A known value without provenance.
    #[must_use]
    pub fn of(value: T) -> Self {
        Self { state: State::Known(value), ..Self::default() }
    }

    /// The value, when it is known.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match &self.state {
            State::Known(value) => Some(value),
            State::NotApplicable | State::Unknown => None,
        }
    }
}

impl<T> Default for Fact<T> {
    fn default() -> Self {
        Self { state: State::Unknown, provenance: Provenance::default(), origin: None }
    }
}

/// An address on the web: http or https, nothing that could run as a script.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebUrl(String);

impl WebUrl {
    /// An address from its text. `None` when it is not http or https, has no host, or has a space or control character.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let clean = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !r#"<>"\^`{|}"#.contains(c));
        (clean && !host.is_empty() && !host.starts_with([':', '.'])).then(|| Self(text.to_owned()))
    }

    /// The address of a folder, where a site can be published: one without query and fragment. It gets a slash at its end.
    #[must_use]
    pub fn of_folder(text: &str) -> Option<Self> {
        let url = Self::parse(text).filter(|_| !text.contains(['?', '#']))?;
        if text.ends_with('/') { Some(url) } else { Some(Self(format!("{text}/"))) }
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host without `www.`: `openai.com`.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_web_addresses_and_refuses_whatever_could_run() {
        for url in ["https://a.example/x?y=1#z", "http://localhost:3000/", "https://[::1]/"] {
            assert!(WebUrl::parse(url).is_some(), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " https://a.example",
            "https://",
            "data:text/html,x",
            "//a.example",
            "https://a b",
            "https://me@",
            "https://me@:80/",
        ] {
            assert!(WebUrl::parse(url).is_none(), "{url}");
        }
        assert_eq!(WebUrl::parse("https://www.youtube.com/watch?v=1").unwrap().host(), "youtube.com");
    }
}
