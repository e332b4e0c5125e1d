//! What is wrong with the author's data: plain values, collected and never thrown.
//!
//! `text` turns them into the form of rustc, `json` into one JSON object a line.

use crate::files::Origin;

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
    /// The places: the first is the main one.
    pub labels: Vec<Label>,
    /// The cure; "did you mean" goes here.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error of this kind.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), path: None, labels: Vec::new(), help: None }
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
