//! The `modelfolio` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    modelfolio::cli::main()
}
