//! Sites for the browser, built by the real binary.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::server::Files;

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The day for which the tests build.
pub(crate) const TODAY: [&str; 2] = ["--date", "2026-06-30"];

/// Builds a site with these options and reads it.
pub(crate) fn built(root: &Path, more: &[&str]) -> Result<Files, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let output = Command::new(env!("CARGO_BIN_EXE_modelfolio"))
        .args(["build", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out.path().join("public"))
        .args(more)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(read(&out.path().join("public")))
}

/// Reads a folder.
pub(crate) fn read(folder: &Path) -> Files {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).ok()?.to_string_lossy().into_owned();
            Some((path, std::fs::read(entry.path()).ok()?))
        })
        .collect()
}
