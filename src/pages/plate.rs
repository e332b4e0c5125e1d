//! The plate at the head of a page: a few terms, each with what is known of it.

use super::text::Text;
use crate::catalog::WebUrl;

/// A line of the plate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlateLine {
    /// The term.
    pub term: &'static str,
    /// What is known; nothing is said of what is not.
    pub words: Option<Text>,
    /// What a button beside it copies.
    pub copy: Option<String>,
}

impl PlateLine {
    /// A line of words.
    pub(super) fn new(term: &'static str, words: Option<Text>) -> Self {
        Self { term, words, copy: None }
    }

    /// A line with a link to another site, which is told by its host.
    pub(super) fn web(term: &'static str, url: Option<&WebUrl>) -> Self {
        Self::new(term, url.map(|url| Text::default().web(url.host(), url.as_str())))
    }

    /// A line with something to copy.
    pub(super) fn copied(term: &'static str, text: Option<String>) -> Self {
        Self { term, words: None, copy: text }
    }
}
