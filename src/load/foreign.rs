//! The files of a foreign catalogue: all that is there, also what cannot be read, since an import accounts for everything.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::files::ForeignFile;

/// A file of a foreign catalogue larger than this many bytes is not read: a hundred times the largest that is known.
pub const FOREIGN_LIMIT: u64 = 256 * 1024 * 1024;

/// A file that is there: where on disk and below the folder, where it leads as a link, and whether it can be read.
struct Found {
    disk: PathBuf,
    path: String,
    link_to: Option<String>,
    sound: Result<(), String>,
}

/// The one hidden folder that holds records: results of models at Hugging Face.
const RESULTS: &str = ".eval_results";

/// Reads a file, a folder, or what comes through a pipe (`-`). Hidden files and folders are passed over, as `.git` is one, but
/// for results beside a model's card.
///
/// Links to files within the folder are followed. One that leads nowhere, to a folder or out of it is a file without a text.
///
/// # Errors
///
/// When there is no such file or folder.
pub fn foreign(path: &Path) -> io::Result<Vec<ForeignFile>> {
    if path.as_os_str() == "-" {
        let text = text_of(io::stdin().lock());
        return Ok(vec![ForeignFile { path: "-".to_owned(), link_to: None, text }]);
    }
    let real = fs::canonicalize(path)?;
    if real.is_file() {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        return Ok(vec![ForeignFile { path: name, link_to: None, text: read(&real) }]);
    }
    let mut found: Vec<Found> = Vec::new();
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.') && name != RESULTS;
    let walk = WalkDir::new(&real).min_depth(1).follow_links(false).into_iter();
    for entry in walk.filter_entry(|entry| !is_hidden(entry.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let below = below(&real, entry.path());
                let (link_to, sound) = if entry.path_is_symlink() {
                    link(&real, entry.path())
                } else if entry.file_type().is_file() {
                    (None, Ok(()))
                } else {
                    (None, Err("not a regular file".to_owned()))
                };
                found.push(Found { disk: entry.into_path(), path: below, link_to, sound });
            }
            Err(error) => {
                let path = error.path().unwrap_or(&real);
                let (below, sound) = (below(&real, path), Err(format!("cannot be read: {error}")));
                found.push(Found { disk: path.to_owned(), path: below, link_to: None, sound });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let files = found.into_par_iter().map(|Found { disk, path, link_to, sound }| {
        let text = sound.and_then(|()| read(&disk));
        ForeignFile { path, link_to, text }
    });
    Ok(files.collect())
}

/// The path below a folder with `/`.
fn below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Where a link leads, and whether it can be followed.
fn link(root: &Path, path: &Path) -> (Option<String>, Result<(), String>) {
    let written = fs::read_link(path).map(|target| target.to_string_lossy().into_owned()).unwrap_or_default();
    match fs::canonicalize(path) {
        Err(_) => (Some(written.clone()), Err(format!("a symbolic link that leads nowhere: {written}"))),
        Ok(target) if !target.starts_with(root) => {
            (Some(written.clone()), Err(format!("a symbolic link that leaves the folder: {written}")))
        }
        Ok(target) if !target.is_file() => {
            (Some(written.clone()), Err(format!("a symbolic link that leads to no file: {written}")))
        }
        Ok(target) => (Some(below(root, &target)), Ok(())),
    }
}

fn read(path: &Path) -> Result<String, String> {
    let failed = |error| format!("cannot be read: {error}");
    let file = File::open(path).map_err(failed)?;
    // Weights of models lie beside their cards: what is known to be too large is not read to find that out.
    if file.metadata().map_err(failed)?.len() > FOREIGN_LIMIT {
        return Err(too_large());
    }
    text_of(file)
}

fn too_large() -> String {
    format!("larger than {} MiB", FOREIGN_LIMIT >> 20)
}

fn text_of(reader: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    reader.take(FOREIGN_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > FOREIGN_LIMIT {
        return Err(too_large());
    }
    let mut text = String::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}
