//! The real binary in an environment of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The day for which every test builds.
pub(crate) const TODAY: &str = "2026-06-30";

/// The binary, with nothing of the tester's environment that could change what it does.
pub(crate) fn modelfolio() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_modelfolio"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "CI", "TERM", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command
}

/// The repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The site in which every part of the format stands once.
pub(crate) fn complete() -> PathBuf {
    repository().join("tests/fixtures/complete")
}

/// Builds a site for [`TODAY`] and expects that it works.
pub(crate) fn build(root: &Path, out: &Path, more: &[&str]) -> Output {
    let output =
        run(modelfolio().args(["build", "--date", TODAY]).arg("--root").arg(root).arg("--out").arg(out).args(more));
    assert!(output.status.success(), "the build failed:\n{}{}", text(&output.stdout), text(&output.stderr));
    output
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Output {
    command.output().expect("the binary can be started")
}

/// What was printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
