//! A small site for the tests of the preview.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::assemble::Options;
use crate::catalog::{Date, WebUrl};
use crate::files::{SourceFile, SourceTree, StaticFile};
use crate::load::Folder;
use crate::workspace::Workspace;

/// The texts of a site of one model, but for its settings.
const TEXTS: [(&str, &str); 2] = [
    ("content/developers/acme.toml", "name = \"Acme\""),
    ("content/models/acme/sonata.toml", "name = \"Sonata\"\nsummary = \"A model.\""),
];

/// A site of one model, with these settings.
pub(super) fn workspace(site: &str) -> Workspace {
    with(site, &[], None)
}

/// The same with more files of `static/`, published at this address.
pub(super) fn with(site: &str, statics: &[(&str, &str)], base_url: Option<&str>) -> Workspace {
    let files = [TEXTS[0], TEXTS[1], ("content/site.toml", site)];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text: text.to_owned() });
    let statics =
        statics.iter().map(|(path, text)| StaticFile { path: (*path).to_owned(), bytes: text.as_bytes().into() });
    let base_url = base_url.map(|url| WebUrl::of_folder(url).expect("an address"));
    Workspace::new(SourceTree::new(files.to_vec(), statics.collect()), Vec::new(), Options { base_url, ..options() })
}

/// What the site is made for.
pub(super) fn options() -> Options {
    Options { today: Date::parse("2026-06-30").expect("a date"), base_url: None }
}

/// The site of what was read in this folder.
pub(super) fn made(folder: &Folder, options: &Options) -> Workspace {
    Workspace::new(folder.tree().clone(), folder.diagnostics().to_vec(), options.clone())
}

/// The same site in a temporary folder, which has others beside it.
pub(super) struct Place(TempDir);

impl Place {
    pub(super) fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder can be made"));
        for (path, text) in [TEXTS[0], TEXTS[1], ("content/site.toml", "title = \"A\"")] {
            place.write(path, text);
        }
        place
    }

    pub(super) fn root(&self) -> PathBuf {
        self.0.path().join("site")
    }

    pub(super) fn disk(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let disk = self.disk(path);
        fs::create_dir_all(disk.parent().expect("it is below the root")).expect("the folder can be made");
        fs::write(disk, text).expect("the file can be written");
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.disk(from), self.disk(to)).expect("it can be renamed");
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.disk(path)).expect("it can be removed");
    }

    pub(super) fn open(&self) -> Folder {
        Folder::open(&self.root()).expect("it is a site")
    }
}
