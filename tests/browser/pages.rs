//! The pages of the site in which every part of the format stands once.

use libtest_mimic::Failed;

use crate::server::complaints;
use crate::sites::{TODAY, built, repository};

fn told(found: Vec<String>) -> Result<(), Failed> {
    if found.is_empty() { Ok(()) } else { Err(found.join("\n").into()) }
}

/// Copying, choosing a language, the theme, and looking for a model.
pub(crate) fn scripts_do_what_they_promise() -> Result<(), Failed> {
    let files = built(&repository().join("tests/fixtures/complete"), &TODAY)?;
    told(complaints(files, include_str!("scripts.js"))?)
}

/// Without scripts every word is there, and nothing promises what only a script could do.
pub(crate) fn pages_are_complete_without_scripts() -> Result<(), Failed> {
    let files = built(&repository().join("tests/fixtures/complete"), &TODAY)?;
    told(complaints(files, include_str!("noscript.js"))?)
}

/// Names of charts keep apart from each other, from points and from the edge at every width, in the fonts of this machine.
pub(crate) fn names_on_charts_keep_apart() -> Result<(), Failed> {
    let files = built(&repository(), &["--date", "2026-11-23"])?;
    told(complaints(files, include_str!("charts.js"))?)
}

/// Minifying changes nothing that a reader sees: the text of every page, as the browser lays it out, is the same.
pub(crate) fn minified_pages_say_the_same() -> Result<(), Failed> {
    let root = repository();
    let mut files = built(&root, &["--date", "2026-11-23"])?;
    let plain = built(&root, &["--date", "2026-11-23", "--no-minify"])?;
    let paths: Vec<String> = plain.keys().filter(|path| path.ends_with(".html")).cloned().collect();
    files.extend(plain.into_iter().map(|(path, bytes)| (format!("plain/{path}"), bytes)));
    files.insert("paths.json".to_owned(), serde_json::to_vec(&paths).map_err(|error| error.to_string())?);
    told(complaints(files, include_str!("minified.js"))?)
}
