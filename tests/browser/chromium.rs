//! Headless Chromium: found, started, and ended with the test.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// The browser, if this machine has one.
pub(crate) fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let known = folders.iter().flat_map(|folder| names.map(|name| folder.join(name)));
    named.into_iter().chain(known).find(|path| path.is_file())
}

/// With what it is started.
pub(crate) const OPTIONS: &[&str] = &[
    "--headless",
    // Containers run as root, where Chromium has no sandbox; the pages are our own.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
];

/// A running browser with a profile of its own.
pub(crate) struct Browser {
    process: Child,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens an address.
    pub(crate) fn open(url: &str) -> Result<Self, String> {
        let path = find().ok_or("there is no Chromium on this machine; install the package `chromium`")?;
        let profile = tempfile::tempdir().map_err(|error| error.to_string())?;
        let process = Command::new(path)
            .args(OPTIONS)
            .arg("--remote-debugging-port=0")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Chromium does not start: {error}"))?;
        Ok(Self { process, _profile: profile })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
