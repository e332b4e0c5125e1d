//! The documentation of imports is true: its example gives what it says, its words are those that are printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{FIRST, Place};

/// The blocks of the page that name a path.
fn blocks() -> BTreeMap<String, String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    let mut blocks = BTreeMap::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(path) = line.strip_prefix("```toml ") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.insert(path.to_owned(), body.join("\n") + "\n");
    }
    blocks
}

#[test]
fn the_example_gives_what_the_page_says() {
    let place = Place::empty();
    let blocks = blocks();
    for (path, text) in blocks.iter().filter(|(path, _)| path.starts_with("upstream/")) {
        place.write(path, text);
    }
    place.import(FIRST, &[]);
    place.check(FIRST);
    let expected: Vec<_> = blocks.iter().filter(|(path, _)| path.starts_with("content/")).collect();
    assert_eq!(expected.len(), 2);
    for (path, text) in expected {
        assert_eq!(place.read(path), *text, "{path}");
    }
    // The review that the page shows.
    let offer = "upstream/providers/cloudy/models/sonata-2-fast.toml";
    place.edit(offer, "input = 1.10", "input = 1100");
    place.edit(offer, "output = 4.40", "output = 2.20");
    let run = place.import("2026-08-01", &["--dry-run"]);
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    let shown = run.out.split("\n\nRecords").next().expect("the review comes first");
    assert!(page.contains(shown), "the page does not show\n{shown}");
}

#[test]
fn the_page_speaks_of_every_format_and_every_option() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    for format in modelfolio::importers::FORMATS {
        assert!(page.contains(&format!("| `{}` |", format.name)), "{}", format.name);
    }
    for option in ["--into", "--dry-run", "--unjoined", "--report", "--date"] {
        assert!(page.contains(&format!("| `{option} ")) || page.contains(&format!("| `{option}`")), "{option}");
    }
}
