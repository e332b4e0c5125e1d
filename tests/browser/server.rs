//! A site in memory over HTTP on the loopback, and what the page in the browser answers.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use crate::chromium::Browser;

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Serves the files, opens the harness with a script, and returns what the script reports: an array of complaints.
///
/// No page is served with a content security policy, so that nothing but the pages themselves keeps scripts out.
pub(crate) fn complaints(files: Files, script: &str) -> Result<Vec<String>, String> {
    let mut files = files;
    files.insert("harness.js".to_owned(), [include_str!("harness.js"), script].concat().into_bytes());
    let harness = "<!doctype html><title>harness</title><body><script type=module src=harness.js></script>";
    files.insert("harness.html".to_owned(), harness.as_bytes().to_vec());
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (sender, answers): (Sender<String>, Receiver<String>) = mpsc::channel();
    let files = Arc::new(files);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (files, sender) = (Arc::clone(&files), sender.clone());
            // A browser that goes away in the middle of an answer is no fault of the site.
            std::thread::spawn(move || answer(stream, &files, &sender).ok());
        }
    });
    let _browser = Browser::open(&format!("http://{address}/harness.html"))?;
    let answer = answers.recv_timeout(Duration::from_secs(120)).map_err(|_| "the browser did not answer in 120 s")?;
    serde_json::from_str(&answer).map_err(|error| format!("{error}: {answer}"))
}

fn answer(stream: TcpStream, files: &Files, answers: &Sender<String>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if request.starts_with("POST /answer") {
        // The test may have given up already.
        let _ = answers.send(String::from_utf8_lossy(&body).into_owned());
    }
    let url = request.split(' ').nth(1).unwrap_or("/");
    let path = url.split(['?', '#']).next().unwrap_or("/").trim_start_matches('/');
    let path = percent_decoded(path);
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    let (status, bytes) = match files.get(&path) {
        Some(bytes) => ("200 OK", bytes.as_slice()),
        None => ("404 Not Found", &b""[..]),
    };
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "text/plain",
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    )?;
    stream.write_all(bytes)
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = rest.get(1..3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
