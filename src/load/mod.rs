//! The one reader of folders: from a site's folder on disk to its texts and files in memory.
//!
//! Names and links are looked at first, one folder after the other; then the files are read in parallel. What is
//! wrong with a single file is a diagnostic and the others are still read.
//!
//! A [`Folder`] is one that is read again and again.

mod folder;
mod foreign;
mod inputs;
mod listing;
mod names;
mod read;
pub(crate) mod stamp;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;

pub use folder::{Change, Folder};
pub use foreign::{FOREIGN_LIMIT, foreign};
pub use inputs::inputs;
pub(crate) use names::{is_left_behind, is_passed_over};

/// A text file of `content/` larger than this many bytes is refused: it is not one that a person wrote.
pub const TEXT_LIMIT: u64 = 8 * 1024 * 1024;

/// Folder of the texts, below the root.
const CONTENT: &str = "content";

/// Folder of the files that are copied as they are, below the root.
const STATIC: &str = "static";

/// The folders below the root that are read.
pub(crate) const FOLDERS: [&str; 2] = [CONTENT, STATIC];

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
    Folder::open(root).map(Folder::into_parts)
}
