//! Where the preview listens, and what it says when it cannot.

use std::net::TcpListener;

use crate::at_root;
use crate::http::get;
use crate::program::{Program, complete, modelfolio};

#[test]
fn a_port_that_was_asked_for_and_is_taken_is_an_error_with_a_cure() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("it listens").port().to_string();
    let output = modelfolio().args(["serve", "--port", &port, "--root"]).arg(complete()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.starts_with(&format!("error: port {port} of 127.0.0.1 is taken")), "{words}");
    assert!(words.contains("--port"), "{words}");
}

#[test]
fn without_a_port_the_next_free_one_is_taken() {
    // Whoever has it, it is taken.
    let _held = TcpListener::bind("127.0.0.1:3000");
    let mut command = modelfolio();
    command.args(["serve", "--base-url", "https://a.example/", "--root"]).arg(complete());
    let program = Program::start(command);
    assert!((3001..3100).contains(&program.address.port()), "{}", program.url);
    assert_eq!(get(program.address, "/").status, 200);
}

#[test]
fn a_host_that_is_none_is_wrong_usage() {
    let output =
        modelfolio().args(["serve", "--host", "no host at all", "--root"]).arg(complete()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no host at all"));
}

#[test]
fn whoever_can_be_seen_by_others_is_told() {
    let mut command = modelfolio();
    command.args(["serve", "--port", "0", "--host", "0.0.0.0", "--root"]).arg(complete());
    command.args(["--format", "json"]).stdout(std::process::Stdio::piped());
    let mut process = command.spawn().expect("it runs");
    let output = process.stdout.take().expect("its output is a pipe");
    let lines = std::io::BufRead::lines(std::io::BufReader::new(output));
    let mut told: Vec<serde_json::Value> = Vec::new();
    for line in lines {
        told.push(serde_json::from_str(&line.expect("it prints text")).expect("it prints JSON"));
        if told.last().is_some_and(|line| line["event"] == "serving") {
            break;
        }
    }
    process.kill().and_then(|()| process.wait().map(drop)).expect("it can be ended");
    let note = told.iter().find(|line| line["event"] == "note").expect("a note");
    assert!(note["message"].as_str().is_some_and(|words| words.contains("everyone who can reach this machine")));
    let url = told.iter().find(|line| line["event"] == "serving").expect("an address")["url"].clone();
    assert!(url.as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")), "{url}");
}

#[cfg(unix)]
#[test]
fn it_ends_quietly_when_it_is_told_to() {
    use std::os::unix::process::ExitStatusExt as _;
    let mut program = at_root(&[]);
    assert_eq!(get(program.address, "/").status, 200);
    let told = std::process::Command::new("kill").args(["-INT", &program.process.id().to_string()]).status();
    assert!(told.expect("kill is there").success());
    let status = program.process.wait().expect("it can be waited for");
    assert_eq!((status.code(), status.signal()), (None, Some(2)), "as every program that Ctrl-C ends");
}
