//! What open pages are told, and that everybody is answered while the site changes.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use modelfolio::Options;
use modelfolio::catalog::{Date, WebUrl};
use modelfolio::preview::server::{Limits, Server};
use modelfolio::preview::state::{Problems, State};
use modelfolio::workspace::Workspace;
use serde_json::Value;

use crate::http::{connect, get};
use crate::program::{TODAY, complete};

/// A site in memory.
pub(crate) fn workspace(root: &Path) -> Workspace {
    let (tree, found) = modelfolio::load::load(root).expect("it can be read");
    Workspace::new(tree, found, options())
}

fn options() -> Options {
    Options { today: Date::parse(TODAY).expect("a day"), base_url: WebUrl::of_folder("https://a.example/") }
}

fn served(state: &Arc<State>) -> (Server, SocketAddr) {
    let listener = modelfolio::preview::listen::listen("127.0.0.1", Some(0)).expect("a port is free");
    let server = Server::start(listener, "127.0.0.1", Arc::clone(state), Limits::default(), |_| {}).expect("it starts");
    let address = server.address();
    (server, address)
}

/// A copy of the complete site in which a text was replaced by another.
fn edited(path: &str, old: &str, new: &str) -> Workspace {
    let (tree, found) = modelfolio::load::load(&complete()).expect("it can be read");
    let id = tree.find(path).expect("the file is there");
    let text = tree.get(id).text.replace(old, new);
    assert_ne!(text, tree.get(id).text, "{path} has no `{old}`");
    Workspace::new(tree.with_text(id, text), found, options())
}

/// The version that an open page knows.
fn opened(address: SocketAddr, path: &str) -> String {
    let page = get(address, path).text();
    let (_, rest) = page.split_once("data-version=\"").expect("the page has the script");
    rest.split('"').next().expect("it ends").to_owned()
}

/// What a page that was opened with this version is told now.
fn told(address: SocketAddr, path: &str, version: &str) -> Value {
    let answer = get(address, &format!("/.modelfolio/state?path={path}&version={version}"));
    assert_eq!(answer.status, 200);
    serde_json::from_slice(&answer.body).expect("it is JSON")
}

#[test]
fn only_pages_that_show_the_change_load_again() {
    let state = Arc::new(State::new(workspace(&complete())));
    let (_server, address) = served(&state);
    let pages = ["/models/acme/sonata/", "/", "/about/", "/404.html", "/models/borealis/nothing/"];
    let versions = pages.map(|page| opened(address, page));
    let reload = |at: usize| told(address, pages[at], &versions[at])["reload"] == true;
    assert!((0..pages.len()).all(|at| !reload(at)), "nothing has changed");

    let mended = edited("content/models/acme/sonata.toml", "summary = \"", "summary = \"Edited: ");
    state.show(mended, Problems::None);
    assert!(reload(0), "the card");
    for at in [2, 3, 4] {
        assert!(!reload(at), "{} does not show it", pages[at]);
    }
}

#[test]
fn a_stylesheet_is_renewed_without_the_page() {
    let state = Arc::new(State::new(workspace(&complete())));
    let (_server, address) = served(&state);
    let version = opened(address, "/about/");
    let folder = copy(&complete());
    std::fs::create_dir_all(folder.path().join("static/theme/css")).expect("a folder");
    std::fs::write(folder.path().join("static/theme/css/custom.css"), "h1 { color: teal }").expect("it is written");
    state.show(workspace(folder.path()), Problems::None);
    let news = told(address, "/about/", &version);
    assert_eq!(news["reload"], false, "{news}");
    let style = news["styles"][0].as_str().expect("a style sheet");
    assert!(get(address, style).text().ends_with("h1{color:teal}"), "{style}");
    assert_eq!(news["version"], opened(address, "/about/"), "after it, the page is as one that is opened now");
}

fn copy(root: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("it can be listed")) {
        let to = folder.path().join(entry.path().strip_prefix(root).expect("it is below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).expect("a folder");
        } else {
            std::fs::copy(entry.path(), to).expect("it can be copied");
        }
    }
    folder
}

#[test]
fn listeners_hear_the_generation_at_once_and_each_change() {
    let state = Arc::new(State::new(workspace(&complete())));
    let (_server, address) = served(&state);
    let mut stream = connect(address);
    let request = format!("GET /.modelfolio/events HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is heard");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("it is text"));
    let mut next = || lines.find(|line| line.starts_with("data: ")).expect("there is a next one");
    assert_eq!(next(), "data: 1");
    for generation in 2..5 {
        assert_eq!(state.set_problems(Problems::Machine(format!("{generation}"))), Some(generation));
        assert_eq!(next(), format!("data: {generation}"));
    }
    drop(state);
}

#[test]
fn problems_are_told_over_the_last_good_page() {
    let state = Arc::new(State::new(workspace(&complete())));
    let (_server, address) = served(&state);
    let version = opened(address, "/about/");
    let broken = edited("content/models/acme/sonata.toml", "name = ", "nmae = ");
    let problems = Problems::of(broken.diagnostics(), broken.tree());
    state.set_problems(problems);
    let news = told(address, "/about/", &version);
    assert_eq!((&news["reload"], news["problems"].as_str().map(str::is_empty)), (&Value::from(false), Some(false)));
    let html = get(address, "/.modelfolio/problems").text();
    assert!(html.contains("content/models/acme/sonata.toml:") && html.contains("unknown-key"), "{html}");
    state.set_problems(Problems::None);
    assert_eq!(told(address, "/about/", &version)["problems"], "");
    assert_eq!(get(address, "/.modelfolio/problems").text(), "");
}

#[test]
fn without_a_site_every_page_says_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("content")).expect("a folder");
    std::fs::write(folder.path().join("content/site.toml"), "title = <b>").expect("it is written");
    let state = Arc::new(State::new(workspace(folder.path())));
    let (_server, address) = served(&state);
    for path in ["/", "/models/acme/sonata/"] {
        let answer = get(address, path);
        assert_eq!((answer.status, answer.header("cache-control")), (500, Some("no-store")), "{path}");
        let page = answer.text();
        assert!(
            page.contains("content/site.toml:1:9") && page.contains("&#60;b&#62;") && !page.contains("<b>\n"),
            "{page}"
        );
        assert!(page.contains("/.modelfolio/client.js"), "it goes by itself");
        let version = opened(address, path);
        assert_eq!(told(address, path, &version)["reload"], false);
        state.show(workspace(&complete()), Problems::None);
        assert_eq!(told(address, path, &version)["reload"], true);
        let broken = workspace(folder.path());
        let problems = Problems::of(broken.diagnostics(), broken.tree());
        state.show(broken, problems);
    }
}

#[test]
fn everybody_is_answered_while_the_site_changes() {
    let state = Arc::new(State::new(workspace(&complete())));
    let (_server, address) = served(&state);
    let path = "content/models/acme/sonata.toml";
    let sites = ["One", "Two"].map(|name| move || edited(path, "summary = \"", &format!("summary = \"{name}: ")));
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut seen = [0; 3];
                    for _ in 0..50 {
                        let page = get(address, "/models/acme/sonata/");
                        assert_eq!(page.status, 200);
                        let text = page.text();
                        assert!(text.ends_with("</html>"), "a page is whole");
                        seen[usize::from(text.contains("One: ")) + 2 * usize::from(text.contains("Two: "))] += 1;
                    }
                    seen
                })
            })
            .collect();
        for turn in 0..20 {
            state.show(sites[turn % 2](), Problems::None);
        }
        for reader in readers {
            let seen = reader.join().expect("every page was whole and of one site");
            assert_eq!(seen.iter().sum::<i32>(), 50);
        }
    });
    assert_eq!(state.generation(), 21);
    assert!(get(address, "/models/acme/sonata/").text().contains("Two: "), "the last one is shown");
}
