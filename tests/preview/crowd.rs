//! Many, slow and silent visitors: everybody else is answered.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use modelfolio::preview::server::{Limits, Server};
use modelfolio::preview::state::State;

use crate::at_root;
use crate::http::{connect, get};
use crate::live::workspace;
use crate::program::{Program, complete};

/// A time that a test can wait for the server to end something.
const SHORT: Duration = Duration::from_millis(200);

fn served(limits: Limits) -> (Server, SocketAddr) {
    let listener = modelfolio::preview::listen::listen("127.0.0.1", Some(0)).expect("a port is free");
    let state = Arc::new(State::new(workspace(&complete())));
    let server = Server::start(listener, "127.0.0.1", state, limits, |_| {}).expect("it starts");
    let address = server.address();
    (server, address)
}

/// Reads until the server ends the connection, and says what it sent until then.
fn ended(mut stream: TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "the server lets go: {error}"),
    }
    bytes
}

#[test]
fn whoever_does_not_finish_asking_is_let_go() {
    let (_server, address) = served(Limits { head: SHORT, ..Limits::default() });
    let silent = connect(address);
    let mut slow = connect(address);
    slow.write_all(b"GET / HTTP/1.1\r\nHost:").expect("it is heard");
    let mut idle = connect(address);
    idle.write_all(format!("GET /robots.txt HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).expect("it is heard");
    // A byte now and then does not help.
    let mut trickle = connect(address);
    trickle.write_all(b"GET / HTTP/1.1\r\nX: ").expect("it is heard");
    let reader = trickle.try_clone().expect("it can be copied");
    let done = std::thread::spawn(move || ended(reader));
    while !done.is_finished() && trickle.write_all(b"a").is_ok() {
        std::thread::yield_now();
    }
    done.join().expect("the server lets go");
    assert!(ended(silent).is_empty());
    assert!(ended(slow).is_empty());
    assert!(ended(idle).starts_with(b"HTTP/1.1 200 OK"), "after its answer it is let go too");
}

#[test]
fn a_connection_does_not_last_for_ever() {
    let (_server, address) = served(Limits { life: SHORT, farewell: SHORT, ..Limits::default() });
    let mut listener = connect(address);
    let request = format!("GET /.modelfolio/events HTTP/1.1\r\nHost: {address}\r\n\r\n");
    listener.write_all(request.as_bytes()).expect("it is heard");
    let told = String::from_utf8(ended(listener)).expect("it is text");
    assert!(told.contains("retry: 500") && told.contains("data: 1"), "a browser knows when to come back: {told}");
}

#[test]
fn two_hundred_that_never_ask_keep_nobody_waiting() {
    let program = at_root(&[]);
    let open: Vec<TcpStream> = (0..200)
        .map(|at| {
            let mut stream = connect(program.address);
            if at % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").expect("it is heard");
            }
            stream
        })
        .collect();
    for _ in 0..20 {
        assert_eq!(get(program.address, "/").status, 200);
    }
    drop(open);
}

#[test]
fn more_than_there_are_places_for_wait_their_turn() {
    let (_server, address) = served(Limits { connections: 4, ..Limits::default() });
    let answered = answered(address, 100);
    assert_eq!(answered, 100);
}

#[test]
fn a_thousand_at_once_are_all_answered() {
    let program = at_root(&[]);
    assert_eq!(answered(program.address, 1000), 1000);
}

/// How many of so many have a whole page, when all have asked before the first one reads.
fn answered(address: SocketAddr, many: usize) -> usize {
    let right = AtomicUsize::new(0);
    let page = get(address, "/about/").body;
    let request = format!("GET /about/ HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let threads = 20;
    let asked = Barrier::new(threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let ask = |_| {
                    let mut stream = connect(address);
                    stream.write_all(request.as_bytes()).expect("it is heard");
                    stream
                };
                let streams: Vec<TcpStream> = (0..many / threads).map(ask).collect();
                asked.wait();
                for mut stream in streams {
                    let mut bytes = Vec::new();
                    stream.read_to_end(&mut bytes).expect("it is answered");
                    if bytes.starts_with(b"HTTP/1.1 200 OK") && bytes.ends_with(&page) {
                        right.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    right.into_inner()
}

#[cfg(unix)]
#[test]
fn too_many_open_files_are_not_the_end() {
    let mut command = std::process::Command::new("sh");
    let serve = "ulimit -n 40; exec \"$0\" \"$@\"";
    command.args(["-c", serve, env!("CARGO_BIN_EXE_modelfolio"), "serve", "--port", "0"]);
    command.args(["--base-url", "https://a.example/", "--root"]).arg(complete());
    let mut program = Program::start(command);
    let open: Vec<TcpStream> = (0..100).map(|_| connect(program.address)).collect();
    let told = program.wait("note");
    assert!(told["message"].as_str().is_some_and(|words| words.contains("no browser can connect for now")), "{told}");
    let asked = std::thread::spawn({
        let address = program.address;
        move || get(address, "/robots.txt").status
    });
    drop(open);
    assert_eq!(asked.join().expect("it is answered"), 200);
}
