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
        let Some((_, path)) = line.strip_prefix("```").and_then(|line| line.split_once(' ')) else { continue };
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

/// Imports the files of the page that are in this folder, and holds the site against those that it shows.
fn shown(folder: &str, format: &str, more: &[&str], count: usize) {
    let place = Place::empty();
    let blocks: BTreeMap<String, String> = blocks()
        .into_iter()
        .filter_map(|(path, text)| Some((path.strip_prefix(&format!("{folder}/"))?.to_owned(), text)))
        .collect();
    for (path, text) in blocks.iter().filter(|(path, _)| !path.starts_with("content/")) {
        place.write(&format!("upstream/{path}"), text);
    }
    let (upstream, content) = (place.upstream(), place.site().join("content"));
    let (upstream, content) = (upstream.to_string_lossy(), content.to_string_lossy());
    let columns = place.path("upstream/columns.toml");
    let columns = columns.to_string_lossy();
    let mut args = vec!["import", format, &upstream, "--into", &content, "--date", FIRST];
    args.extend(more.iter().map(|&word| if word == "columns.toml" { &*columns } else { word }));
    let run = place.run(&args);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    place.check(FIRST);
    let expected: Vec<_> = blocks.iter().filter(|(path, _)| path.starts_with("content/")).collect();
    assert_eq!(expected.len(), count);
    for (path, text) in expected {
        assert_eq!(place.read(path), *text, "{path}");
    }
}

#[test]
fn the_example_of_a_table_gives_what_the_page_says() {
    shown("table", "csv", &["--columns", "columns.toml"], 2);
}

#[test]
fn the_example_of_a_card_gives_what_the_page_says() {
    shown("cards", "huggingface", &[], 1);
}

#[test]
fn the_example_of_a_cross_check_says_what_the_page_says() {
    let place = Place::empty();
    let blocks = blocks();
    for (path, text) in blocks.iter().filter(|(path, _)| path.starts_with("upstream/")) {
        place.write(path, text);
    }
    place.import(FIRST, &[]);
    place.write("prices.json", &blocks["prices.json"]);
    let (prices, site) = (place.path("prices.json"), place.site());
    let (prices, site) = (prices.to_string_lossy(), site.to_string_lossy());
    let run = place.run(&["check", "--against", "litellm", &prices, "--root", &site, "--date", FIRST]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    let (_, numbers) = run.out.split_once('\n').expect("the time comes first");
    for shown in [run.err.trim_end(), numbers.trim_end()] {
        assert!(page.contains(&format!("```text\n{shown}\n```")), "the page does not show\n{shown}");
    }
}

#[test]
fn the_page_speaks_of_every_format_and_every_option() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("it is there");
    for format in modelfolio::importers::FORMATS {
        assert!(page.contains(&format!("| `{}` |", format.name)), "{}", format.name);
    }
    for option in ["--into", "--dry-run", "--unjoined", "--report", "--date", "--columns", "--as"] {
        assert!(page.contains(&format!("| `{option} ")) || page.contains(&format!("| `{option}`")), "{option}");
    }
}
