//! What a command prints: findings, summaries and failures, for people or for programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use super::error::Failure;
use super::{Format, Global};
use crate::diagnostic::{self, Diagnostic, json, text};
use crate::files::SourceTree;

/// Prints every finding: for people to the error output, for programs to the output.
///
/// # Errors
///
/// When the output cannot be written, as for [`line`].
pub(super) fn findings(global: &Global, tree: &SourceTree, found: &[Diagnostic]) -> Result<(), Failure> {
    match global.format {
        Format::Text => {
            // The stream takes the colours out again where they are not wanted: no terminal, NO_COLOR, CLICOLOR.
            let mut out = anstream::stderr().lock();
            lose(write!(out, "{}", text::render_all(tree, found, true)));
            Ok(())
        }
        Format::Json => line(&json::render_all(tree, found)),
    }
}

/// Says how a run ended that built nothing.
///
/// # Errors
///
/// When the output cannot be written, as for [`line`].
pub(super) fn stopped(global: &Global, found: &[Diagnostic], what: &str) -> Result<(), Failure> {
    let count = diagnostic::summary(found).unwrap_or_default();
    match global.format {
        Format::Text => {
            note(&format!("{what}: {count}\n"));
            Ok(())
        }
        Format::Json => line(&format!("{}\n", json!({ "summary": what, "findings": found.len() }))),
    }
}

/// Whether anybody wants to hear that a command did its work: a program always does.
pub(super) fn wanted(global: &Global) -> bool {
    !global.quiet || global.format == Format::Json
}

/// Says which files were written, in these words for people.
///
/// # Errors
///
/// When the output cannot be written, as for [`line`].
pub(super) fn written(global: &Global, files: &[PathBuf], words: &str) -> Result<(), Failure> {
    match global.format {
        Format::Text => line(words),
        Format::Json => {
            let files: Vec<_> = files.iter().map(|path| path.to_string_lossy()).collect();
            line(&format!("{}\n", json!({ "summary": "written", "files": files })))
        }
    }
}

/// Prints to the output.
///
/// # Errors
///
/// When it cannot be written. That its reader has seen enough and is gone is none.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Print(error)),
        _ => Ok(()),
    }
}

/// Prints to the error output.
pub(super) fn note(text: &str) {
    let mut out = anstream::stderr().lock();
    lose(write!(out, "{text}").and_then(|()| out.flush()));
}

/// Says why a command could not do its work.
pub(super) fn failure(format: Format, failure: &Failure) {
    let words = failure.to_string().lines().map(diagnostic::visible).collect::<Vec<_>>().join("\n");
    match format {
        Format::Text => note(&format!("error: {words}\n")),
        Format::Json => {
            let object = json!({ "code": "failure", "severity": "error", "message": words });
            if let Err(lost) = line(&format!("{object}\n")) {
                note(&format!("error: {words}\nerror: {lost}\n"));
            }
        }
    }
}

/// A duration for people: `38 ms`, `1.24 s`.
pub(super) fn time(duration: Duration) -> String {
    if duration < Duration::from_secs(1) {
        format!("{} ms", duration.as_millis())
    } else {
        format!("{:.2} s", duration.as_secs_f64())
    }
}

/// A number of bytes for people: `212 KB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

/// A number of things: `1 file`, `38 files`.
pub(super) fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// A folder as one would type it from here.
pub(super) fn folder(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let text = short.to_string_lossy();
    diagnostic::visible(if text.is_empty() { "." } else { text.trim_end_matches('/') })
}

/// Where errors cannot be told there is nobody to tell that.
fn lose(_: io::Result<()>) {}
