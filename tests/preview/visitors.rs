//! The preview behaves as static hosts do.

use crate::at_root;
use crate::http::{ask, get};
use crate::program::{Program, complete};

#[test]
fn a_folder_has_a_slash() {
    let program = at_root(&[]);
    let answer = get(program.address, "/models/acme/sonata?x=1&y=%20");
    assert_eq!((answer.status, answer.header("location")), (301, Some("/models/acme/sonata/?x=1&y=%20")));
    assert_eq!(answer.header("cache-control"), Some("no-cache"), "no browser remembers it beyond the preview");
    assert_eq!(get(program.address, "/models/acme/sonata/").status, 200);
    assert_eq!(get(program.address, "/models/acme/sonata/index.html").status, 200);
}

#[test]
fn what_is_not_there_is_the_page_of_the_site_that_says_so() {
    let program = at_root(&[]);
    for target in ["/nothing", "/nothing/", "/a/b/c/d.png", "/models/", "/robots.txt/", "/INDEX.HTML"] {
        let answer = get(program.address, target);
        assert_eq!((answer.status, answer.text().contains("Page not found")), (404, true), "{target}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{target}");
    }
}

#[test]
fn a_site_below_a_path_is_there_only() {
    let program = Program::serve(&complete(), &["--base-url", "https://a.example/team/cards/"]);
    assert!(program.url.ends_with("/team/cards/"), "{}", program.url);
    for target in ["/", "/team/", "/team/cards"] {
        let answer = get(program.address, target);
        assert_eq!((answer.status, answer.header("location")), (302, Some("/team/cards/")), "{target}");
    }
    assert_eq!(get(program.address, "/team/cards/robots.txt").status, 200);
    let answer = get(program.address, "/team/cards/models/acme/sonata");
    assert_eq!(answer.header("location"), Some("/team/cards/models/acme/sonata/"));
    for target in ["/robots.txt", "/models/acme/sonata/", "/team/cardsrobots.txt", "/team/robots.txt"] {
        let answer = get(program.address, target);
        assert_eq!(answer.status, 404, "{target}");
        assert!(answer.text().contains("href=\"/team/cards/\""), "the page leads to the site from everywhere");
    }
}

#[test]
fn types_and_times_are_those_of_production() {
    let program = at_root(&[]);
    let home = get(program.address, "/").text();
    let at = home.find("assets/style-").expect("the page has a style sheet");
    let style = home[at..].split('"').next().expect("the name ends");
    let at = home.find("/.modelfolio/client.js?").expect("the page has the preview's script");
    let script = home[at..].split('"').next().expect("the address ends");
    for (target, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/robots.txt", "text/plain; charset=utf-8", "no-cache"),
        ("/assets/rulers.svg", "image/svg+xml", "no-cache"),
        (&format!("/{style}"), "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        (script, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/.modelfolio/client.js?other", "text/javascript; charset=utf-8", "no-cache"),
        ("/.modelfolio/client.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/.modelfolio/worker.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/.modelfolio/overlay.css", "text/css; charset=utf-8", "no-cache"),
        ("/.modelfolio/problems", "text/html; charset=utf-8", "no-store"),
    ] {
        let answer = get(program.address, target);
        let found = (answer.status, answer.header("content-type"), answer.header("cache-control"));
        assert_eq!(found, (200, Some(kind), Some(cache)), "{target}");
    }
}

#[test]
fn a_browser_that_has_it_is_told_so() {
    let program = at_root(&[]);
    let host = format!("Host: {}", program.address);
    for target in ["/", "/robots.txt", "/assets/rulers.svg", "/.modelfolio/client.js"] {
        let first = get(program.address, target);
        let tag = first.header("etag").expect("a tag");
        assert!(tag.starts_with('"'), "a strong one: {tag}");
        let again = ask(program.address, "GET", target, &[&host, &format!("If-None-Match: \"x\", {tag}")]);
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag)), "{target}");
        assert_eq!(ask(program.address, "GET", target, &[&host, "If-None-Match: \"x\""]).status, 200, "{target}");
    }
    assert_eq!(ask(program.address, "GET", "/nothing", &[&host, "If-None-Match: *"]).status, 404);
}

#[test]
fn the_head_is_the_same_without_the_body() {
    let program = at_root(&[]);
    let host = format!("Host: {}", program.address);
    for target in ["/", "/robots.txt", "/nothing", "/models/acme/sonata", "/.modelfolio/client.js", "/%00"] {
        let [whole, head] = ["GET", "HEAD"].map(|method| ask(program.address, method, target, &[&host]));
        assert_eq!((head.status, head.headers()), (whole.status, whole.headers()), "{target}");
        assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()), "{target}");
        assert!(head.body.is_empty(), "{target}");
    }
}
