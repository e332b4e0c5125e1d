//! The real binary, serving.

use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// The day for which every test builds and serves.
pub(crate) const TODAY: &str = "2026-06-30";

/// The binary, with nothing of the tester's environment that could change what it does.
pub(crate) fn modelfolio() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_modelfolio"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "CI", "TERM", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command
}

/// The site in which every part of the format stands once.
pub(crate) fn complete() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/complete")
}

/// A running preview. It ends with the test.
pub(crate) struct Program {
    /// The process.
    pub(crate) process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Its address, as it printed it.
    pub(crate) url: String,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Serves a site on a free port with these options, and waits until it says that it does.
    pub(crate) fn serve(root: &Path, more: &[&str]) -> Self {
        let mut command = modelfolio();
        command.args(["serve", "--port", "0", "--date", TODAY, "--root"]).arg(root).args(more);
        Self::start(command)
    }

    /// Runs a command that serves, and waits until it says so.
    pub(crate) fn start(mut command: Command) -> Self {
        command.args(["--format", "json"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("the binary can be started");
        let lines = BufReader::new(process.stdout.take().expect("its output is a pipe")).lines();
        let address = SocketAddr::from(([0; 4], 0));
        let mut program = Self { process, lines, url: String::new(), address };
        program.url = program.wait("serving")["url"].as_str().expect("a line with the address").to_owned();
        let host = program.url.trim_start_matches("http://").split('/').next().unwrap_or_default();
        program.address = host.parse().expect("an address");
        program
    }

    /// The next line about an event of this name. Those before it are passed over.
    pub(crate) fn wait(&mut self, event: &str) -> Value {
        for line in self.lines.by_ref() {
            let line = line.expect("the program prints text");
            let told: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
            if told["event"] == event {
                return told;
            }
        }
        panic!("the program ended before it told of `{event}`");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
