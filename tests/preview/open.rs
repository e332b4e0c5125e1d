//! `--open`: the browser is opened, and a machine without one is none the worse.

use crate::http::get;
use crate::program::{Program, complete, modelfolio};

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_at_the_address() {
    use std::io::Read as _;
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().expect("a folder");
    let (opener, told) = (folder.path().join("xdg-open"), folder.path().join("told"));
    assert!(std::process::Command::new("mkfifo").arg(&told).status().expect("mkfifo is there").success());
    std::fs::write(&opener, format!("#!/bin/sh\nprintf %s \"$1\" > '{}'\n", told.display())).expect("it is written");
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).expect("it can be run");

    let mut command = modelfolio();
    command.args(["serve", "--port", "0", "--open", "--base-url", "https://a.example/", "--root"]).arg(complete());
    let path = std::env::var("PATH").expect("there is a path");
    command.env("PATH", format!("{}:{path}", folder.path().display()));
    let program = Program::start(command);
    let mut opened = String::new();
    std::fs::File::open(&told).and_then(|mut pipe| pipe.read_to_string(&mut opened)).expect("the opener was called");
    assert_eq!(opened, program.url);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_the_site_is_served_all_the_same() {
    let nothing = tempfile::tempdir().expect("a folder");
    let mut command = modelfolio();
    command
        .args(["serve", "--port", "0", "--open", "--base-url", "https://a.example/", "--root"])
        .arg(complete())
        .env("PATH", nothing.path());
    let mut program = Program::start(command);
    let told = program.wait("note");
    assert!(told["message"].as_str().is_some_and(|words| words.contains("no browser could be opened")), "{told}");
    assert_eq!(get(program.address, "/").status, 200);
}
