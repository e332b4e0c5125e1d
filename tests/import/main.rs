//! `modelfolio import` through the front door: what it writes, what it keeps, what it accounts for.

mod account;
mod against;
mod docs;
mod formats;
mod models_dev;
mod refresh;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The day of the first import.
pub(crate) const FIRST: &str = "2026-07-01";

/// A site and a foreign catalogue, each in a folder of its own.
pub(crate) struct Place {
    folder: TempDir,
}

/// How a run ended, and what it said.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

impl Place {
    /// An empty site, and a copy of this fixture.
    pub(crate) fn new(format: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        copy(&fixture(format), &folder.path().join("upstream"));
        Self { folder }
    }

    /// An empty site, and no catalogue yet.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    pub(crate) fn upstream(&self) -> PathBuf {
        self.folder.path().join("upstream")
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    /// Runs with a text coming through the pipe.
    pub(crate) fn run_with(&self, args: &[&str], piped: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_modelfolio"));
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        // A run that fails before it reads closes the pipe, and what it says is what is looked at.
        let _ = child.stdin.take().expect("it is piped").write_all(piped.as_bytes());
        let output = child.wait_with_output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Imports on this day.
    pub(crate) fn import(&self, day: &str, more: &[&str]) -> Run {
        let (upstream, content) = (self.upstream(), self.site().join("content"));
        let (upstream, content) = (upstream.to_string_lossy(), content.to_string_lossy());
        let mut args = vec!["import", "models-dev", &upstream, "--into", &content, "--date", day];
        args.extend(more);
        let run = self.run(&args);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        run
    }

    /// Has the site checked, warnings as errors.
    pub(crate) fn check(&self, day: &str) {
        let site = self.site();
        let run = self.run(&["check", "--strict", "--root", &site.to_string_lossy(), "--date", day]);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    }

    /// Every file of the site by its path.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        files(&self.site())
    }

    pub(crate) fn read(&self, path: &str) -> String {
        let path = self.site().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Replaces words in a file of the site or of the catalogue: `site/…` or `upstream/…`.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.folder.path().join(path);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(text.contains(from), "{} has no `{from}`:\n{text}", path.display());
        fs::write(&path, text.replacen(from, to, 1)).expect("it can be written");
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).expect("it can be removed");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }
}

/// Every file below a folder by its path there.
pub(crate) fn files(root: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("it can be listed"));
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(root).expect("it is below").to_string_lossy().replace('\\', "/");
        (path, fs::read_to_string(entry.path()).expect("it is a text"))
    });
    files.collect()
}

/// Copies a folder. `%3A` in a name stands for a colon, which some systems cannot check out.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (path, text) in files(from) {
        let path = to.join(path.replace("%3A", ":"));
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("it can be written");
    }
}

/// Holds texts against those of a folder; `BLESS=1` writes them there.
pub(crate) fn golden(folder: &Path, now: &BTreeMap<String, String>) {
    if std::env::var_os("BLESS").is_some() {
        if folder.exists() {
            fs::remove_dir_all(folder).expect("it can be removed");
        }
        for (path, text) in now {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
            fs::write(path, text).expect("it can be written");
        }
    }
    let held = files(folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(now), names(&held), "BLESS=1 cargo test --test import writes them anew");
    for (path, text) in now {
        assert_eq!(*text, held[path], "{path}: BLESS=1 cargo test --test import writes it anew");
    }
}
