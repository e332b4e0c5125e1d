//! Where a site may be published, and where the record of it lies.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Target;
use super::error::PublishError;

/// The output folder and what lies beside it, held against other builds as long as this lives.
#[derive(Debug)]
pub(super) struct Place {
    /// The output folder, absolute and without links.
    pub(super) out: PathBuf,
    /// The record of the last build.
    pub(super) manifest: PathBuf,
    /// A new record before it has its name.
    pub(super) manifest_temp: PathBuf,
    /// What tells that there is nothing to do.
    pub(super) settled: PathBuf,
    /// The same before it has its name.
    pub(super) settled_temp: PathBuf,
    lock: File,
}

impl Place {
    /// Looks whether the folder may be written to, and holds it.
    pub(super) fn take(target: &Target) -> Result<Self, PublishError> {
        let out = safe_folder(target)?;
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(refuse(&target.out, "it is the root of the file system"));
        };
        fs::create_dir_all(parent).map_err(PublishError::io("create the folder", parent))?;
        let beside = |ending: &str| {
            let mut file = std::ffi::OsString::from(".");
            file.push(name);
            file.push(ending);
            parent.join(file)
        };
        let lock = lock(&beside(".modelfolio.lock"), &out)?;
        let manifest = beside(".modelfolio");
        let manifest_temp = beside(".modelfolio.tmp");
        let (settled, settled_temp) = (beside(".modelfolio.settled"), beside(".modelfolio.settled.tmp"));
        Ok(Self { out, manifest, manifest_temp, settled, settled_temp, lock })
    }

    /// Whether the output folder holds anything but what Git and file managers put into an empty one.
    pub(super) fn has_files(&self) -> Result<bool, PublishError> {
        let entries = match fs::read_dir(&self.out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            entries => entries.map_err(PublishError::io("read the folder", &self.out))?,
        };
        for entry in entries {
            let name = entry.map_err(PublishError::io("read the folder", &self.out))?.file_name();
            if ![".git", ".gitignore", ".gitattributes", ".gitkeep", ".DS_Store"].iter().any(|known| name == *known) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Closing alone does not do it while a program that was just started still has a copy.
        let _ = self.lock.unlock();
    }
}

/// Takes the lock, which the system lets go when the process ends, however it does.
///
/// The file of the lock stays: if it were removed, one build could hold the removed file and another a new one.
fn lock(path: &Path, out: &Path) -> Result<File, PublishError> {
    let mut options = File::options();
    let file = options.write(true).create(true).truncate(false).open(path).map_err(PublishError::io("write", path))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(PublishError::Busy { out: out.to_owned() }),
        // A file system that has no locks is no reason not to build.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn refuse(out: &Path, reason: impl Into<String>) -> PublishError {
    PublishError::UnsafeFolder { out: out.to_owned(), reason: reason.into() }
}

fn safe_folder(target: &Target) -> Result<PathBuf, PublishError> {
    // Without a `/` at the end, which would make the system look through a link.
    let asked: PathBuf = target.out.components().collect();
    match fs::symlink_metadata(&asked) {
        Ok(metadata) if metadata.is_symlink() => return Err(PublishError::Link { path: asked }),
        Ok(metadata) if !metadata.is_dir() => return Err(refuse(&asked, "it is a file")),
        _ => {}
    }
    let out = real(&asked)?;
    if out.components().any(|part| part == Component::Normal(".git".as_ref())) {
        return Err(refuse(&asked, "it belongs to Git"));
    }
    let root = real(&target.root)?;
    if root == out {
        return Err(refuse(&asked, "it is the site's own folder"));
    }
    if root.starts_with(&out) {
        return Err(refuse(&asked, "the site's own folder is in it"));
    }
    for source in &target.sources {
        let folder = real(source)?;
        if out.starts_with(&folder) || folder.starts_with(&out) {
            return Err(refuse(&asked, format!("the site is read from `{}`", source.display())));
        }
    }
    Ok(out)
}

/// The path without links and `..`; its last parts need not exist.
fn real(path: &Path) -> Result<PathBuf, PublishError> {
    let path = std::path::absolute(path).map_err(PublishError::io("find", path))?;
    match fs::canonicalize(&path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => Ok(real(parent)?.join(name)),
            _ => Err(refuse(&path, "it goes through a folder that does not exist")),
        },
        Err(error) => Err(PublishError::io("find", &path)(error)),
    }
}
