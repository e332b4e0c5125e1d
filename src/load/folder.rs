//! A site's folder that is read again and again: what did not change is kept, what changed is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use super::LoadError;
use super::listing::{Found, list};
use super::names::is_passed_over;
use super::read::{Content, Reading, read};
use super::stamp::Stamp;
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;

/// How often a folder is looked at anew whose files go away while it is read. Then what is missing is an error: the
/// system lists something that cannot be opened.
const LOOKS: usize = 3;

/// A site's folder as it was when it was last read. Its files and diagnostics are those of a [`load`](super::load) at
/// that time.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// By path below the root.
    pub(super) files: BTreeMap<String, Known>,
    /// What is wrong with names, links and folders.
    listed: Vec<Diagnostic>,
    has_links: bool,
    tree: SourceTree,
    diagnostics: Vec<Diagnostic>,
}

/// What reading a folder again brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Everything is as it was.
    Nothing,
    /// Texts that were there and still are have other words, and nothing else changed: the new texts by path.
    Texts(BTreeMap<String, String>),
    /// Anything more: files that came, went or cannot be read, files of `static/`. The paths of all that changed.
    Everything(BTreeSet<String>),
}

/// A file that was read.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) content: Content,
    /// As long as a file has this stamp it has this content. None when it has to be read to know.
    pub(super) stamp: Option<Stamp>,
}

/// One look at everything.
pub(super) struct Scan {
    pub(super) files: BTreeMap<String, Known>,
    listed: Vec<Diagnostic>,
    has_links: bool,
}

impl Folder {
    /// Reads this folder.
    ///
    /// # Errors
    ///
    /// When it cannot be read or has no `content`.
    pub fn open(root: &Path) -> Result<Self, LoadError> {
        let Scan { files, listed, has_links } = scan(root, &BTreeMap::new(), SystemTime::now())?;
        let mut folder = Self {
            root: root.to_path_buf(),
            files,
            listed,
            has_links,
            tree: SourceTree::default(),
            diagnostics: Vec::new(),
        };
        folder.collect();
        Ok(folder)
    }

    /// The site's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What was read.
    #[must_use]
    pub fn tree(&self) -> &SourceTree {
        &self.tree
    }

    /// What was wrong when it was read.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// What was read, and what was wrong.
    #[must_use]
    pub fn into_parts(self) -> (SourceTree, Vec<Diagnostic>) {
        (self.tree, self.diagnostics)
    }

    /// Looks at everything again, and reads the files that were touched.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or has no `content` any more. Then all is kept as it was read last.
    pub fn again(&mut self) -> Result<Change, LoadError> {
        self.again_at(SystemTime::now())
    }

    pub(super) fn again_at(&mut self, now: SystemTime) -> Result<Change, LoadError> {
        let scan = scan(&self.root, &self.files, now)?;
        Ok(self.take(scan))
    }

    /// Reads these files only, given by their paths below the root. What else changed is not seen.
    ///
    /// None when they do not tell enough: when one of them came or went, is no text, or cannot be read, or when there are
    /// links, by which a file can be several. Then nothing is taken over, and [`again`](Self::again) is to be used.
    /// Files whose names are passed over change nothing.
    pub fn reread(&mut self, paths: &BTreeSet<String>) -> Option<BTreeMap<String, String>> {
        if self.has_links {
            return None;
        }
        let now = SystemTime::now();
        let mut read = Vec::new();
        for path in paths.iter().filter(|path| !is_passed_over(path)) {
            let disk = self.root.join(path);
            match fs::symlink_metadata(&disk) {
                Ok(metadata) if metadata.is_file() => {
                    let Some(Known { content: Content::Text(_), .. }) = self.files.get(path) else { return None };
                    let (known, _) = look_at(&Found { disk, path: path.clone() }, now);
                    let Content::Text(_) = known.content else { return None };
                    read.push((path.clone(), known));
                }
                // It came and went, as the temporary files of editors do.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !self.knows(path) => {}
                _ => return None,
            }
        }
        let mut changed = BTreeSet::new();
        for (path, known) in read {
            let old = self.files.insert(path.clone(), known.clone());
            if old.is_none_or(|old| old.content != known.content) {
                changed.insert(path);
            }
        }
        Some(self.hand_over(changed))
    }

    /// Whether something at this path or below it was read or refused.
    fn knows(&self, path: &str) -> bool {
        let is_at_or_below =
            |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let below = format!("{path}/");
        self.files.contains_key(path)
            || self.files.range(below..).next().is_some_and(|(next, _)| is_at_or_below(next))
            || self.listed.iter().filter_map(|found| found.path.as_deref()).any(is_at_or_below)
    }

    /// Takes over what was seen and says what is new.
    fn take(&mut self, scan: Scan) -> Change {
        let mut texts = BTreeSet::new();
        let mut others = BTreeSet::new();
        for (path, new) in &scan.files {
            match (self.files.get(path).map(|old| &old.content), &new.content) {
                (Some(old), new) if old == new => {}
                (Some(Content::Text(_)), Content::Text(_)) => drop(texts.insert(path.clone())),
                _ => drop(others.insert(path.clone())),
            }
        }
        others.extend(self.files.keys().filter(|path| !scan.files.contains_key(*path)).cloned());
        let (old, new) = (by_path(&self.listed), by_path(&scan.listed));
        let differ = old.keys().chain(new.keys()).filter(|path| old.get(*path) != new.get(*path));
        others.extend(differ.map(|path| (*path).to_owned()));

        (self.files, self.listed, self.has_links) = (scan.files, scan.listed, scan.has_links);
        if others.is_empty() {
            return if texts.is_empty() { Change::Nothing } else { Change::Texts(self.hand_over(texts)) };
        }
        self.collect();
        others.append(&mut texts);
        Change::Everything(others)
    }

    /// Puts the texts of these files, which are known already, into the tree, and hands them over.
    fn hand_over(&mut self, paths: BTreeSet<String>) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for path in paths {
            let Some(Known { content: Content::Text(file), .. }) = self.files.get(&path) else { continue };
            if let Some(id) = self.tree.find(&path) {
                self.tree = std::mem::take(&mut self.tree).with_text(id, file.text.clone());
                texts.insert(path, file.text.clone());
            }
        }
        texts
    }

    /// Puts together what is to be had from here.
    fn collect(&mut self) {
        let (mut texts, mut copies) = (Vec::new(), Vec::new());
        let mut diagnostics = self.listed.clone();
        // The path of what could not be read, text or folder, is remembered, so that nobody calls it missing.
        let refused = self.listed.iter().filter(|diagnostic| diagnostic.is_error());
        let mut unread: Vec<String> = refused.filter_map(|diagnostic| diagnostic.path.clone()).collect();
        for (path, known) in &self.files {
            match &known.content {
                Content::Text(file) => texts.push(Arc::clone(file)),
                Content::Copy(file) => copies.push(file.clone()),
                Content::Refused(diagnostic) => {
                    diagnostics.push(diagnostic.clone());
                    unread.extend(path.starts_with("content/").then(|| path.clone()));
                }
            }
        }
        self.tree = SourceTree::shared(texts, copies).with_unread(unread);
        crate::diagnostic::sort(&self.tree, &mut diagnostics);
        self.diagnostics = diagnostics;
    }
}

/// Looks at everything in a folder; reads what is not known or was touched since.
pub(super) fn scan(root: &Path, known: &BTreeMap<String, Known>, now: SystemTime) -> Result<Scan, LoadError> {
    let mut look = 1;
    loop {
        let listing = list(root)?;
        let gone = AtomicBool::new(listing.is_torn);
        let look_at = |found: Found| {
            let old = known.get(&found.path);
            if let Some(old) = old.filter(|old| old.is_as_before(&found.disk)) {
                return (found.path, old.clone());
            }
            let (mut new, is_gone) = look_at(&found, now);
            gone.fetch_or(is_gone, Ordering::Relaxed);
            if let Some(old) = old.filter(|old| old.content == new.content) {
                // Others have it too.
                new.content = old.content.clone();
            }
            (found.path, new)
        };
        let files: Vec<(String, Known)> = listing.files.into_par_iter().map(look_at).collect();
        if !gone.into_inner() || look == LOOKS {
            let files = files.into_iter().collect();
            return Ok(Scan { files, listed: listing.diagnostics, has_links: listing.has_links });
        }
        look += 1;
    }
}

/// Findings by the path that they are about.
fn by_path(found: &[Diagnostic]) -> BTreeMap<&str, Vec<&Diagnostic>> {
    let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for found in found {
        by_path.entry(found.path.as_deref().unwrap_or_default()).or_default().push(found);
    }
    by_path
}

/// Reads a file, and says whether it is not there any more. `now` is no later than this.
fn look_at(found: &Found, now: SystemTime) -> (Known, bool) {
    let Reading { content, stamp, is_gone } = read(found);
    (Known { content, stamp: stamp.filter(|stamp| !stamp.is_young(now)) }, is_gone)
}

impl Known {
    /// Whether the file on disk has the content that is known, going by its stamp.
    fn is_as_before(&self, disk: &Path) -> bool {
        let Some(stamp) = &self.stamp else { return false };
        fs::metadata(disk).is_ok_and(|metadata| Stamp::of(&metadata) == *stamp)
    }
}
