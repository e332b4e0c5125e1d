//! Whoever should not be answered is not: other names, other origins, other methods, paths that climb, floods.

use crate::at_root;
use crate::http::{Answer, ask, get, raw};

/// The headers that come with everything, refusals too.
fn is_guarded(answer: &Answer) {
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
    assert!(answer.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    assert!(answer.header("referrer-policy").is_some());
    assert_eq!(answer.header("strict-transport-security"), None, "it would outlast the preview");
    assert_eq!(answer.header("access-control-allow-origin"), None, "no other origin may read");
}

/// That this is refused with this status, and says nothing of the site.
fn is_refused(answer: &Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {answer:?}");
    is_guarded(answer);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{what}");
    assert!(!answer.text().contains("Sonata"), "{what}");
}

#[test]
fn only_our_names_are_answered() {
    let program = at_root(&[]);
    let port = program.address.port();
    let asked = |headers: &[&str]| ask(program.address, "GET", "/", headers);
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        assert_eq!(asked(&[&format!("Host: {host}:{port}")]).status, 200, "{host}");
    }
    for host in [
        "evil.test".to_owned(),
        format!("evil.test:{port}"),
        format!("localhost.evil.test:{port}"),
        "localhost:1".to_owned(),
        format!("192.168.1.7:{port}"),
        format!("0.0.0.0:{port}"),
        String::new(),
    ] {
        is_refused(&asked(&[&format!("Host: {host}")]), 403, &host);
        let own = ask(program.address, "GET", "/.modelfolio/events", &[&format!("Host: {host}")]);
        is_refused(&own, 403, &host);
    }
    let ours = format!("Host: localhost:{port}");
    is_refused(&asked(&[]), 400, "no host");
    is_refused(&asked(&[&ours, "Host: evil.test"]), 400, "two hosts");
    is_refused(&asked(&[&ours, &ours]), 400, "the same host twice");
    is_refused(&raw(program.address, b"GET / HTTP/1.0\r\n\r\n"), 400, "as of old");
    let proxied = raw(program.address, format!("GET http://evil.test/ HTTP/1.1\r\n{ours}\r\n\r\n").as_bytes());
    is_refused(&proxied, 400, "the name of another in the target");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_was_given_is_answered() {
    let program = at_root(&["--host", "127.0.0.2"]);
    assert_eq!(get(program.address, "/").status, 200);
    is_refused(&ask(program.address, "GET", "/", &["Host: 127.0.0.3"]), 403, "an address that was not given");
}

#[test]
fn pages_of_others_are_not_answered() {
    let program = at_root(&[]);
    let host = format!("Host: {}", program.address);
    let asked = |headers: &[&str]| ask(program.address, "GET", "/", &[&[host.as_str()], headers].concat());
    assert_eq!(asked(&[&format!("Origin: http://{}", program.address)]).status, 200);
    let other_port = format!("Origin: http://127.0.0.1:{}", program.address.port().wrapping_add(1));
    for origin in ["Origin: http://evil.test", "Origin: null", "Origin: https://127.0.0.1", &other_port] {
        is_refused(&asked(&[origin]), 403, origin);
    }
    for site in ["cross-site", "same-site"] {
        let site = format!("Sec-Fetch-Site: {site}");
        is_refused(&asked(&[&site, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"]), 403, &site);
        is_refused(&asked(&[&site, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"]), 403, &site);
        assert_eq!(asked(&[&site, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]).status, 200, "a link");
    }
}

#[test]
fn only_reading_is_answered() {
    let program = at_root(&[]);
    let host = format!("Host: {}", program.address);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = ask(program.address, method, "/", &[&host]);
        is_refused(&answer, 405, method);
        assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method}");
    }
    for body in ["Content-Length: 5\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"] {
        let answer = raw(program.address, format!("GET / HTTP/1.1\r\n{host}\r\n{body}").as_bytes());
        is_refused(&answer, 413, body);
        assert_eq!(answer.header("connection"), Some("close"), "{body}");
    }
}

#[test]
fn no_path_leads_out() {
    let program = at_root(&[]);
    for target in [
        "/../Cargo.toml",
        "/assets/../../content/site.toml",
        "/./index.html",
        "/%2e%2e%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/.%2e/Cargo.toml",
        "/..%5cCargo.toml",
        "/..\\Cargo.toml",
        "/assets%2f..%2findex.html",
        "/index.html%00",
        "/%00",
        "/a%0d%0aSet-Cookie:x",
        "/%c0%ae%c0%ae/Cargo.toml",
        "/%c0%af",
        "/%ff",
        "/%",
        "/%zz",
        "/%u002e",
    ] {
        is_refused(&get(program.address, target), 400, target);
    }
    // These are names like any other, which the site does not have.
    for target in [
        "/C:/Windows/win.ini",
        "/C:",
        "//etc/passwd",
        "/%252e%252e%252fCargo.toml",
        "/...",
        "/content/site.toml",
        "/.git/config",
        "/.modelfolio",
        "/models/acme/sonata/index.html/",
        "/index.html::$DATA",
        "/~root/",
        "/con",
    ] {
        let answer = get(program.address, target);
        assert_eq!(answer.status, 404, "{target}");
        is_guarded(&answer);
    }
    is_refused(&get(program.address, "/.modelfolio/nothing"), 404, "a file that the preview has not");
}

#[test]
fn a_redirect_stays_on_this_host() {
    let program = at_root(&[]);
    for target in ["//evil.test", "//evil.test/", "//models/acme/sonata", "/models/acme//sonata"] {
        let answer = get(program.address, target);
        assert_eq!((answer.status, answer.header("location")), (404, None), "{target}");
    }
    let answer = get(program.address, "/models/acme/sonata?next=//evil.test");
    assert_eq!(answer.header("location"), Some("/models/acme/sonata/?next=//evil.test"));
}

#[test]
fn too_much_is_refused() {
    let program = at_root(&[]);
    let address = program.address;
    assert_eq!(get(address, &format!("/{}", "a".repeat(8 * 1024))).status, 414);
    assert_eq!(get(address, &format!("/?{}", "a".repeat(100 * 1024))).status, 414);
    let long = format!("Cookie: {}", "a".repeat(33 * 1024));
    is_refused(&ask(address, "GET", "/", &[&format!("Host: {address}"), &long]), 431, "a long header");
    let endless = format!("Cookie: {}", "a".repeat(1024 * 1024));
    assert_eq!(ask(address, "GET", "/", &[&format!("Host: {address}"), &endless]).status, 431);
    let many: Vec<String> = (0..500).map(|at| format!("X-{at}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(ask(address, "GET", "/", &[&[&*format!("Host: {address}")], &*many].concat()).status, 431);
    for nonsense in [&b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"] {
        assert_eq!(raw(address, nonsense).status, 400);
    }
    assert_eq!(get(address, "/").status, 200, "everybody else is answered");
}
