//! What there is to read below a site's folder: one folder after the other, names and links looked at, nothing opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::names::{Rule, static_rule, text_rule};
use super::read::{not_a_file, unreadable};
use super::{CONTENT, LoadError, STATIC};
use crate::diagnostic::Diagnostic;

/// The files that are to be read, and what is wrong with the names, links and folders on the way to them.
pub(super) struct Listing {
    /// The texts, then the files to be copied, each in the order in which they were met.
    pub(super) files: Vec<Found>,
    /// What is wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether a file is reached by a link, so that it can change without being touched where the link is.
    pub(super) has_links: bool,
    /// Whether something went away while it was listed, so that another look sees more truly.
    pub(super) is_torn: bool,
}

/// A file to read: where it is on disk, and its path below the root.
pub(super) struct Found {
    pub(super) disk: PathBuf,
    pub(super) path: String,
}

/// What there is below this folder.
pub(super) fn list(root: &Path) -> Result<Listing, LoadError> {
    let real_root = fs::canonicalize(root).map_err(|source| LoadError::Root { path: root.to_path_buf(), source })?;
    let is_link = |metadata: fs::Metadata| metadata.is_symlink();
    if !root.join(CONTENT).is_dir() && !fs::symlink_metadata(root.join(CONTENT)).is_ok_and(is_link) {
        return Err(LoadError::NoContent { path: root.to_path_buf() });
    }
    let mut listing = Listing { files: Vec::new(), diagnostics: Vec::new(), has_links: false, is_torn: false };
    let site = Site { root, real_root };
    if !site.list(CONTENT, text_rule, &mut listing) {
        return Err(LoadError::NoContent { path: root.to_path_buf() });
    }
    site.list(STATIC, static_rule, &mut listing);
    Ok(listing)
}

struct Site<'a> {
    root: &'a Path,
    real_root: PathBuf,
}

impl Site<'_> {
    /// Adds the files of one folder of the site that the rule takes, in the order of their names. Says whether the
    /// folder is there.
    fn list(&self, folder: &str, rule: fn(&str, bool) -> Rule, listing: &mut Listing) -> bool {
        let top = self.root.join(folder);
        let Ok(metadata) = fs::symlink_metadata(&top) else { return false };
        // walkdir follows a link that is its starting point, so this one is looked at here.
        if metadata.is_symlink()
            && let Some(diagnostic) = self.refuse_link(&top, folder, true)
        {
            listing.diagnostics.push(diagnostic);
            return true;
        }
        let mut walk = WalkDir::new(&top).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    listing.is_torn |= error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
                    listing.diagnostics.push(self.unlisted(folder, &error));
                    continue;
                }
            };
            let taken = self.look_at(&entry, rule);
            match taken {
                Ok(Some(path)) if entry.file_type().is_dir() => drop(path),
                Ok(Some(path)) => {
                    listing.has_links |= entry.path_is_symlink();
                    listing.files.push(Found { disk: entry.into_path(), path });
                }
                Ok(None) | Err(_) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    listing.diagnostics.extend(taken.err().map(|diagnostic| *diagnostic));
                }
            }
        }
        true
    }

    /// The path below the root of an entry that is taken, none when it is ignored, the diagnostic when it is refused.
    fn look_at(&self, entry: &DirEntry, rule: fn(&str, bool) -> Rule) -> Result<Option<String>, Box<Diagnostic>> {
        let path = self.below_root(entry.path())?;
        let verdict = rule(&path, entry.file_type().is_dir());
        if matches!(verdict, Rule::Ignore) {
            return Ok(None);
        }
        // A link is looked at before its name is: one that leads to a folder has no extension.
        if entry.path_is_symlink()
            && let Some(diagnostic) = self.refuse_link(entry.path(), &path, false)
        {
            return Err(Box::new(diagnostic));
        }
        if let Rule::Refuse(diagnostic) = verdict {
            return Err(Box::new(diagnostic));
        }
        if entry.path_is_symlink() {
            return Ok(Some(path));
        }
        if !entry.file_type().is_dir() && !entry.file_type().is_file() {
            return Err(Box::new(not_a_file(&path)));
        }
        Ok(Some(path))
    }

    /// The path of a file of the site as text with `/`.
    fn below_root(&self, path: &Path) -> Result<String, Box<Diagnostic>> {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        let mut text = String::new();
        let mut sound = true;
        for part in below.components() {
            if !text.is_empty() {
                text.push('/');
            }
            let name = part.as_os_str().to_string_lossy();
            sound &= part.as_os_str().to_str().is_some() && !name.chars().any(|c| c.is_control() || c == '\\');
            text.push_str(&name);
        }
        if sound {
            return Ok(text);
        }
        Err(Box::new(
            Diagnostic::error("bad-file-name", format!("the name of `{text}` cannot be used on every system"))
                .in_file(text)
                .help("rename it: UTF-8, without control characters and backslashes"),
        ))
    }

    /// Why a symbolic link is not followed, if so.
    fn refuse_link(&self, link: &Path, path: &str, may_be_folder: bool) -> Option<Diagnostic> {
        let Ok(target) = fs::canonicalize(link) else {
            return Some(
                Diagnostic::error("dangling-symlink", format!("the symbolic link `{path}` leads nowhere"))
                    .in_file(path)
                    .help("remove the link, or restore what it points to"),
            );
        };
        if !target.starts_with(&self.real_root) {
            return Some(
                Diagnostic::error("symlink-outside", format!("the symbolic link `{path}` leaves the site's folder"))
                    .in_file(path)
                    .help("copy the file into the site; only links within it are followed"),
            );
        }
        match fs::metadata(&target) {
            Ok(metadata) if metadata.is_file() || (may_be_folder && metadata.is_dir()) => None,
            Ok(metadata) if metadata.is_dir() => Some(
                Diagnostic::error("symlink-folder", format!("the symbolic link `{path}` leads to a folder"))
                    .in_file(path)
                    .help(
                        "links are followed to files only, so that no folder contains itself; link or copy its files",
                    ),
            ),
            Ok(_) => Some(not_a_file(path)),
            Err(error) => Some(unreadable(path, &error)),
        }
    }

    /// A folder that walkdir could not list.
    fn unlisted(&self, folder: &str, error: &walkdir::Error) -> Diagnostic {
        let path = error.path().and_then(|path| self.below_root(path).ok()).unwrap_or_else(|| folder.to_owned());
        match error.io_error() {
            Some(error) => unreadable(&path, error),
            None => unreadable(&path, &io::Error::other("the folder contains itself")),
        }
    }
}
