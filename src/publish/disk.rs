//! The few things that publishing does to a disk, so that tests can make each of them fail.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Every change that publishing makes to the output and to its own record goes through these.
pub trait Disk: Sync {
    /// Makes a folder that everybody may read; one that is there is fine and made readable.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Writes a new file that everybody may read, in place of a leftover of that name.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file its name, in place of the file that has it.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder that is empty.
    ///
    /// # Errors
    ///
    /// What the system says.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

/// Hosts refuse sites with files or folders that not everybody may read, so the umask has no say.
#[cfg(unix)]
const FILE_MODE: u32 = 0o644;
#[cfg(unix)]
const FOLDER_MODE: u32 = 0o755;

impl Disk for RealDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        let new = match fs::create_dir(path) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            Err(error) => return Err(error),
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::symlink_metadata(path)?.permissions().mode() & 0o7777;
            // A folder that was there keeps what its owner gave it beyond that; special bits come from its parent.
            let wanted = if new { (mode & 0o7000) | FOLDER_MODE } else { mode | FOLDER_MODE };
            if mode != wanted {
                fs::set_permissions(path, fs::Permissions::from_mode(wanted))?;
            }
        }
        #[cfg(not(unix))]
        let _ = new;
        Ok(())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        // Only ever a new file: a link of that name is not followed.
        options.write(true).create_new(true);
        let mut file = match options.open(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::remove_file(path)?;
                options.open(path)?
            }
            opened => opened?,
        };
        file.write_all(bytes)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.set_permissions(fs::Permissions::from_mode(FILE_MODE))?;
        }
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
