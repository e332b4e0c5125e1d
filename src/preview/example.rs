//! A small site for the tests of the preview.

use crate::assemble::Options;
use crate::catalog::{Date, WebUrl};
use crate::files::{SourceFile, SourceTree, StaticFile};
use crate::workspace::Workspace;

/// A site of one model, with these settings.
pub(super) fn workspace(site: &str) -> Workspace {
    with(site, &[], None)
}

/// The same with more files of `static/`, published at this address.
pub(super) fn with(site: &str, statics: &[(&str, &str)], base_url: Option<&str>) -> Workspace {
    let files = [
        ("content/site.toml", site),
        ("content/developers/acme.toml", "name = \"Acme\""),
        ("content/models/acme/sonata.toml", "name = \"Sonata\"\nsummary = \"A model.\""),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text: text.to_owned() });
    let statics =
        statics.iter().map(|(path, text)| StaticFile { path: (*path).to_owned(), bytes: text.as_bytes().into() });
    let today = Date::parse("2026-06-30").expect("a date");
    let base_url = base_url.map(|url| WebUrl::of_folder(url).expect("an address"));
    Workspace::new(SourceTree::new(files.to_vec(), statics.collect()), Vec::new(), Options { today, base_url })
}
