//! Disks that fail.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use modelfolio::publish::{Disk, RealDisk};
#[cfg(target_os = "linux")]
use tempfile::TempDir;

/// A disk on which the power goes after so many changes: the last write is half done, and nothing follows.
pub(crate) struct Mortal {
    left: AtomicUsize,
    dead: AtomicBool,
}

impl Mortal {
    pub(crate) fn after(changes: usize) -> Self {
        Self { left: AtomicUsize::new(changes), dead: AtomicBool::new(false) }
    }

    fn tick(&self) -> io::Result<()> {
        let left = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_err() {
            self.dead.store(true, Ordering::SeqCst);
            return Err(io::Error::other("killed"));
        }
        Ok(())
    }
}

impl Disk for Mortal {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.tick()?;
        RealDisk.create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let dead = self.dead.load(Ordering::SeqCst);
        self.tick().inspect_err(|_| {
            if !dead {
                let _ = RealDisk.write(path, &bytes[..bytes.len() / 2]);
            }
        })?;
        RealDisk.write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.tick()?;
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.tick()?;
        RealDisk.remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.tick()?;
        RealDisk.remove_dir(path)
    }
}

/// A disk that is full after so many new files and folders, or that cannot be written to at all.
pub(crate) struct Refusing {
    pub(crate) takes_left: AtomicUsize,
    pub(crate) kind: io::ErrorKind,
}

impl Refusing {
    fn take(&self) -> io::Result<()> {
        let left = self.takes_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map(|_| ()).map_err(|_| self.kind.into())
    }
}

impl Disk for Refusing {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        if !path.exists() {
            self.take()?;
        }
        RealDisk.create_dir(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.take().inspect_err(|_| {
            let _ = RealDisk.write(path, &bytes[..bytes.len() / 2]);
        })?;
        RealDisk.write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_dir(path)
    }
}

/// A tiny file system of its own, where the machine lets the test have one (root on Linux); else `None`.
#[cfg(target_os = "linux")]
pub(crate) struct Mount(pub(crate) TempDir);

#[cfg(target_os = "linux")]
impl Mount {
    pub(crate) fn new() -> Option<Self> {
        let mount = Self(tempfile::tempdir().unwrap());
        mount.run("mount", &["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).then_some(mount)
    }

    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let mut command = std::process::Command::new(program);
        command.args(arguments).arg(self.0.path()).stderr(std::process::Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        self.run("umount", &[]);
    }
}
