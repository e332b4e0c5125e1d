//! What is wrong with the author's data: plain values, collected and never thrown.
//!
//! `text` turns them into the form of rustc, `json` into one JSON object a line.

pub mod codes;
pub mod json;
pub mod suggest;
pub mod text;

use crate::files::{Origin, SourceTree};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built; `--strict` makes an error of it.
    Warning,
}

/// A place that a diagnostic points at, with a word on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub origin: Origin,
    /// What is to see there; may be empty.
    pub text: String,
}

/// One finding about the author's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the kind of finding, as in `unknown-key`; the heading of its paragraph in the documentation.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, with the record's name and the value; one sentence without a full stop.
    pub message: String,
    /// The file it is about when no place in a text can be shown (an unreadable file, say).
    pub path: Option<String>,
    /// Line and column in that file, both from 1, when its text is not in the tree (it is not UTF-8, say).
    pub position: Option<(usize, usize)>,
    /// The places: the first is the main one.
    pub labels: Vec<Label>,
    /// The cure; "did you mean" goes here.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error of this kind.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            path: None,
            position: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// A warning of this kind.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same, pointing at this place too.
    #[must_use]
    pub fn at(mut self, origin: Origin, text: impl Into<String>) -> Self {
        self.labels.push(Label { origin, text: text.into() });
        self
    }

    /// The same, about this file as a whole.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same, about this line and column of the file of `in_file`.
    #[must_use]
    pub fn at_position(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }

    /// The same, with this cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order in which they are shown (path, position, code, message) and drops repetitions.
///
/// Parallel stages find them in any order; after this, equal input gives equal output.
pub fn sort(tree: &SourceTree, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| sort_key(tree, a).cmp(&sort_key(tree, b)));
    diagnostics.dedup();
}

type SortKey<'a> = (&'a str, (usize, usize), usize, &'a str, &'a str, &'a [Label]);

fn sort_key<'a>(tree: &'a SourceTree, diagnostic: &'a Diagnostic) -> SortKey<'a> {
    let (path, offset) = match diagnostic.labels.first() {
        Some(label) => (tree.get(label.origin.file).path.as_str(), label.origin.span.start()),
        None => (diagnostic.path.as_deref().unwrap_or_default(), 0),
    };
    let position = diagnostic.position.unwrap_or_default();
    (path, position, offset, diagnostic.code, &diagnostic.message, &diagnostic.labels)
}

/// How many errors and warnings there are, in words: `2 errors and 1 warning`. None when there is nothing.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    match (counted(errors, "error"), counted(diagnostics.len() - errors, "warning")) {
        (Some(errors), Some(warnings)) => Some(format!("{errors} and {warnings}")),
        (errors, warnings) => errors.or(warnings),
    }
}

fn counted(count: usize, word: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    }
}

/// The text with nothing in it that a terminal obeys: control characters and those that turn the direction of
/// writing become visible signs of the same number of characters.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// Whether a terminal or a viewer acts on this character instead of showing it.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn visible_char(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        _ if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_counts_in_words() {
        let error = Diagnostic::error("unknown-key", "");
        let warning = Diagnostic::warning("unknown-file", "");
        assert_eq!(summary(&[]), None);
        assert_eq!(summary(std::slice::from_ref(&error)).as_deref(), Some("1 error"));
        assert_eq!(summary(&[warning.clone(), warning.clone()]).as_deref(), Some("2 warnings"));
        assert_eq!(summary(&[error.clone(), error, warning]).as_deref(), Some("2 errors and 1 warning"));
    }

    #[test]
    fn nothing_that_a_terminal_obeys_stays() {
        assert_eq!(visible("a\u{1b}[31m\u{9b}\u{202e}\u{7f}\nb"), "a␛[31m\u{fffd}\u{fffd}␡␊b");
        assert_eq!(visible("café 日本"), "café 日本");
    }

    #[test]
    fn equal_findings_are_shown_once_and_in_order() {
        let tree = SourceTree::default();
        let b = Diagnostic::error("unreadable-file", "b").in_file("b");
        let a = Diagnostic::error("unreadable-file", "a").in_file("a");
        let mut found = vec![b.clone(), a.clone(), b.clone()];
        sort(&tree, &mut found);
        assert_eq!(found, [a, b]);
    }
}
