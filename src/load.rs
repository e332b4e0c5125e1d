//! The one reader of folders: from a site's folder on disk to its texts and files in memory.
//!
//! Names and links are looked at first, one folder after the other; then the files are read in parallel. What is
//! wrong with a single file is a diagnostic and the others are still read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::Diagnostic;
use crate::files::{SourceFile, SourceTree, StaticFile, line_column};

/// A text file of `content/` larger than this many bytes is refused: it is not one that a person wrote.
pub const TEXT_LIMIT: u64 = 8 * 1024 * 1024;

/// Folder of the texts, below the root.
const CONTENT: &str = "content";

/// Folder of the files that are copied as they are, below the root.
const STATIC: &str = "static";

/// Why a folder cannot be read as a site at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder is not there or cannot be entered.
    #[error("cannot read the folder {}: {source}", path.display())]
    Root {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no `content` folder in it.
    #[error(
        "there is no folder `content` in {}: `modelfolio new site <folder>` makes a site to begin with, \
         and `--root <folder>` names one that is elsewhere",
        path.display()
    )]
    NoContent {
        /// The folder that was taken for a site.
        path: PathBuf,
    },
}

impl LoadError {
    /// Whether the folder is not one that holds a site, so that naming another mends it; otherwise the machine failed.
    #[must_use]
    pub fn is_wrong_folder(&self) -> bool {
        match self {
            Self::Root { source, .. } => {
                matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
            }
            Self::NoContent { .. } => true,
        }
    }
}

/// The folder, from this one upwards, that holds a site: the nearest with a `content/site.toml`.
#[must_use]
pub fn find_root(start: &Path) -> Option<PathBuf> {
    // `.` has no parents by its name; the absolute path has.
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|folder| folder.join(CONTENT).join("site.toml").is_file()).map(Path::to_path_buf)
}

/// Reads `content/**/*.toml` and `*.md` as text and `static/**` as bytes, below this folder.
///
/// A byte order mark is taken off; line ends stay as they are.
///
/// # Errors
///
/// When the folder cannot be read or has no `content`.
pub fn load(root: &Path) -> Result<(SourceTree, Vec<Diagnostic>), LoadError> {
    let real_root = fs::canonicalize(root).map_err(|source| LoadError::Root { path: root.to_path_buf(), source })?;
    let is_link = |metadata: fs::Metadata| metadata.is_symlink();
    if !root.join(CONTENT).is_dir() && !fs::symlink_metadata(root.join(CONTENT)).is_ok_and(is_link) {
        return Err(LoadError::NoContent { path: root.to_path_buf() });
    }
    let site = Site { root, real_root };
    let mut diagnostics = Vec::new();
    let texts = site.list(CONTENT, text_rule, &mut diagnostics);
    let copies = site.list(STATIC, static_rule, &mut diagnostics);

    // The path of what could not be read, text or folder, is remembered, so that nobody calls it missing.
    let refused = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let mut unread: Vec<String> = refused.filter_map(|diagnostic| diagnostic.path.clone()).collect();
    let mut files = Vec::with_capacity(texts.len());
    let read: Vec<_> =
        texts.into_par_iter().map(|found| read_text(&found).map_err(|error| (found.path, error))).collect();
    for result in read {
        match result {
            Ok(file) => files.push(file),
            Err((path, diagnostic)) => {
                unread.push(path);
                diagnostics.push(*diagnostic);
            }
        }
    }
    let mut statics = Vec::with_capacity(copies.len());
    let read: Vec<_> = copies.into_par_iter().map(|found| read_bytes(&found)).collect();
    for result in read {
        match result {
            Ok(file) => statics.push(file),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let tree = SourceTree::new(files, statics).with_unread(unread);
    crate::diagnostic::sort(&tree, &mut diagnostics);
    Ok((tree, diagnostics))
}

/// A file to read: where it is on disk, and its path below the root.
struct Found {
    disk: PathBuf,
    path: String,
}

/// What is done with a file or folder, going by its name.
enum Rule {
    Take,
    /// Left out, and nobody needs to know: hidden files, what editors leave behind.
    Ignore,
    /// Left out, and the author is told.
    Refuse(Diagnostic),
}

struct Site<'a> {
    root: &'a Path,
    real_root: PathBuf,
}

impl Site<'_> {
    /// The files of one folder of the site that the rule takes, in the order of their names.
    fn list(&self, folder: &str, rule: fn(&str, bool) -> Rule, diagnostics: &mut Vec<Diagnostic>) -> Vec<Found> {
        let top = self.root.join(folder);
        let Ok(metadata) = fs::symlink_metadata(&top) else { return Vec::new() };
        // walkdir follows a link that is its starting point, so this one is looked at here.
        if metadata.is_symlink()
            && let Some(diagnostic) = self.refuse_link(&top, folder, true)
        {
            diagnostics.push(diagnostic);
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut walk = WalkDir::new(&top).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    diagnostics.push(self.unlisted(folder, &error));
                    continue;
                }
            };
            let taken = self.look_at(&entry, rule);
            match taken {
                Ok(Some(path)) if entry.file_type().is_dir() => drop(path),
                Ok(Some(path)) => found.push(Found { disk: entry.into_path(), path }),
                Ok(None) | Err(_) => {
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    diagnostics.extend(taken.err().map(|diagnostic| *diagnostic));
                }
            }
        }
        found
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

/// What is done with an entry of `content/`.
fn text_rule(path: &str, is_folder: bool) -> Rule {
    let name = file_name(path);
    if name.starts_with('.') || is_left_behind(name) {
        Rule::Ignore
    } else if is_folder || is_text(path) {
        Rule::Take
    } else {
        Rule::Refuse(unknown_text(path))
    }
}

/// What is done with an entry of `static/`: everything is copied, but of hidden ones only those meant for a host.
fn static_rule(path: &str, _is_folder: bool) -> Rule {
    let name = file_name(path);
    let below = path.strip_prefix("static/").unwrap_or(path);
    if is_left_behind(name) || matches!(name, ".gitkeep" | ".gitignore" | ".gitattributes") {
        Rule::Ignore
    } else if !name.starts_with('.')
        || matches!(below, ".nojekyll" | ".well-known")
        || below.starts_with(".well-known/")
    {
        Rule::Take
    } else {
        Rule::Refuse(
            Diagnostic::warning("hidden-static", format!("the hidden file `{path}` is not published"))
                .in_file(path)
                .help("remove it, or take the dot from its name; only `.nojekyll` and `.well-known/` are published"),
        )
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether editors and systems leave files of this name behind.
fn is_left_behind(name: &str) -> bool {
    name == ".DS_Store"
        || name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end)))
}

fn is_text(path: &str) -> bool {
    path.starts_with("content/") && (path.ends_with(".toml") || path.ends_with(".md"))
}

fn unknown_text(path: &str) -> Diagnostic {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let help = match extension.to_ascii_lowercase().as_str() {
        "toml" | "tml" => format!("did you mean `{stem}.toml`?"),
        "md" | "markdown" | "mdown" | "mkd" => format!("did you mean `{stem}.md`?"),
        "json" | "yaml" | "yml" | "csv" => "facts are written in TOML, texts in Markdown".to_owned(),
        _ => format!("a file to be published as it is belongs in `static/`, as `static/{}`", file_name(path)),
    };
    Diagnostic::warning("unknown-file", format!("`{path}` is neither TOML nor Markdown and is ignored"))
        .in_file(path)
        .help(help)
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("`{path}` cannot be read: {error}"))
        .in_file(path)
        .help("check its permissions")
}

fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("`{path}` is not a regular file"))
        .in_file(path)
        .help("remove it: pipes, sockets and devices are not read")
}

fn read_bytes(found: &Found) -> Result<StaticFile, Box<Diagnostic>> {
    let bytes = fs::read(&found.disk).map_err(|error| Box::new(unreadable(&found.path, &error)))?.into();
    let path = found.path.strip_prefix("static/").unwrap_or(&found.path).to_owned();
    Ok(StaticFile { path, bytes })
}

fn read_text(found: &Found) -> Result<SourceFile, Box<Diagnostic>> {
    let path = &found.path;
    let bytes = read_limited(&found.disk).map_err(|error| Box::new(unreadable(path, &error)))?;
    if bytes.len() as u64 > TEXT_LIMIT {
        return Err(Box::new(
            Diagnostic::error("file-too-large", format!("`{path}` is larger than {} MiB", TEXT_LIMIT >> 20))
                .in_file(path)
                .help("split it: one file for each model, provider or benchmark"),
        ));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(SourceFile { path: path.clone(), text })
        }
        Err(error) => Err(Box::new(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to()))),
    }
}

/// The bytes of a file, at most one more than the limit, also when it grows while it is read.
fn read_limited(disk: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(disk)?;
    let size = file.metadata()?.len().min(TEXT_LIMIT);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(TEXT_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let text = String::from_utf8_lossy(&bytes[..valid]);
    let (line, column) = line_column(&text, text.len());
    let what = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "it looks like UTF-16".to_owned()
    } else {
        format!("the byte 0x{:02x} at line {line}, column {column}", bytes[valid])
    };
    Diagnostic::error("not-utf8", format!("`{path}` is not UTF-8: {what}"))
        .in_file(path)
        .at_position(line, column)
        .help("save the file as UTF-8")
}
