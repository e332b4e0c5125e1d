//! Every code that a diagnostic can have. Each has a paragraph in `docs/diagnostics.md`; a test holds the two equal.

/// A code and, in one line, what it stands for, in the order of the alphabet.
pub const CODES: &[(&str, &str)] = &[];
