//! A program in its source tree gives its place to the one that is built of it anew.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::http::get;
use crate::program::{Program, TODAY, complete};

/// Runs a shell in this folder. What is run later is written by it and not by the test, of which other threads start
/// programs too: as long as one of these has the file open for writing it cannot be run.
fn shell(folder: &Path, script: &str) {
    let done = Command::new("sh").arg("-c").arg(script).current_dir(folder).status().expect("there is a shell");
    assert!(done.success(), "{script}");
}

#[cfg(unix)]
#[test]
fn the_new_program_takes_over_in_the_same_place() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let tree = folder.path();
    for path in ["src", "templates", "target/debug"] {
        fs::create_dir_all(tree.join(path)).expect("the folder can be made");
    }
    fs::write(tree.join("Cargo.toml"), "[package]\nname = \"modelfolio\"\n").expect("it can be written");
    shell(tree, &format!("cp '{}' target/debug/modelfolio", env!("CARGO_BIN_EXE_modelfolio")));
    // A cargo that needs no compiler: the program that it makes is the same, and another file.
    let script = "#!/bin/sh\\ncp target/debug/modelfolio made && mv made target/debug/modelfolio\\n";
    shell(tree, &format!("printf '{script}' > cargo && chmod +x cargo"));

    let mut command = Command::new(tree.join("target/debug/modelfolio"));
    command.env("CARGO", tree.join("cargo")).env_remove("SOURCE_DATE_EPOCH");
    command
        .args(["serve", "--port", "0", "--date", TODAY, "--base-url", "https://a.example/", "--root"])
        .arg(complete());
    let mut program = Program::start(command);
    let (url, id) = (program.url.clone(), program.process.id());
    let page = get(program.address, "/models/acme/sonata/");
    assert_eq!(page.status, 200);
    // The folders are watched before the first check is through.
    program.wait("checked");

    for round in ["first", "second"] {
        fs::write(tree.join("templates/base.html"), round).expect("it can be written");
        program.wait("rebuilding");
        program.wait("restarting");
        assert_eq!(program.wait("serving")["url"], url.as_str(), "the {round} time");
        assert_eq!(program.process.id(), id);
        let again = get(program.address, "/models/acme/sonata/");
        assert_eq!((again.status, again.text()), (200, page.text()));
        program.wait("checked");
    }
}
