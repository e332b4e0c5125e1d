//! Why a site could not be published: each names the path and says what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The output folder would endanger something else.
    #[error("cannot publish to `{}`: {reason}; choose another folder with --out", out.display())]
    UnsafeFolder {
        /// The folder asked for.
        out: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder has files and none of them is known to be ours.
    #[error(
        "`{}` is not empty and was not written by Modelfolio; choose another folder with --out, or say --force to \
         publish into it (files of yours that are not part of the site stay)",
        out.display()
    )]
    ForeignFolder {
        /// The folder.
        out: PathBuf,
    },
    /// The record of the last build cannot be read, so nobody knows whose the files are.
    #[error(
        "the record of the last build, `{}`, is damaged, so it is not known which files of `{}` are the site's; \
         empty that folder and build again, or say --force to write over them (pages that no longer exist then stay)",
        manifest.display(),
        out.display()
    )]
    DamagedManifest {
        /// The record.
        manifest: PathBuf,
        /// The output folder.
        out: PathBuf,
    },
    /// A file that is not ours has the path of a file of the site.
    #[error("`{}` was not written by Modelfolio; move it, or say --force to replace it", path.display())]
    ForeignFile {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link stands where the site has a file or folder.
    #[error("`{}` is a symbolic link, and Modelfolio does not write through links; remove it", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A file stands where the site needs a folder, or the other way round.
    #[error("`{}` is in the way of the site and was not written by Modelfolio; move it", path.display())]
    InTheWay {
        /// What is in the way.
        path: PathBuf,
    },
    /// The site has a path that belongs to somebody else.
    #[error("the site has a file `{path}`, but `.git` belongs to Git; rename it (it comes from {producer})")]
    ReservedPath {
        /// The path in the site.
        path: String,
        /// Who made the file.
        producer: String,
    },
    /// Another build is writing.
    #[error("another build is publishing to `{}`; wait until it is done", out.display())]
    Busy {
        /// The output folder.
        out: PathBuf,
    },
    /// The machine failed.
    #[error("cannot {doing} `{}`: {source}; {}", path.display(), advice(source))]
    Io {
        /// What was tried, as in `write`.
        doing: &'static str,
        /// On which path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl PublishError {
    /// Whether it was refused to do what was asked, which asking for something else mends; otherwise the machine failed,
    /// or another build is at it.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Io { .. } | Self::Busy { .. })
    }

    /// For `map_err`: the machine failed while doing this to this path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and build again: the pages that are there are whole"
        }
        io::ErrorKind::ReadOnlyFilesystem => "choose a folder that can be written with --out",
        io::ErrorKind::PermissionDenied => "allow yourself to write there, or choose another folder with --out",
        _ => "build again when it is mended: the pages that are there are whole",
    }
}
