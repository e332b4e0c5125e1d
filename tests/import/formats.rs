//! Every format but models.dev: what comes of its fixture, and that doing it again changes nothing.

use serde_json::Value;

use super::{FIRST, Place, files, fixture, golden};

/// Imports the fixture of a format, and holds the site against what was approved.
fn whole(format: &str) {
    let place = Place::new(format);
    let content = place.site().join("content");
    let (content, report) = (content.to_string_lossy().into_owned(), place.path("report.jsonl"));
    let (upstream, report_path) = (place.upstream(), report.to_string_lossy().into_owned());
    let upstream = upstream.to_string_lossy();
    let args = ["import", format, &upstream, "--into", &content, "--date", FIRST, "--report", &report_path];
    let first = place.run(&args);
    assert_eq!(first.code, Some(0), "{}{}", first.out, first.err);

    let lines = std::fs::read_to_string(&report).expect("the report is there");
    let mut now = place.files();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        assert_ne!(line["fate"], "lost", "{line}");
    }
    now.insert("account.jsonl".to_owned(), lines);
    golden(&fixture(&format!("{format}.expected")), &now);

    let site = place.site();
    let check = place.run(&["check", "--root", &site.to_string_lossy(), "--date", FIRST]);
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);

    let before = files(&site);
    let second = place.run(&args);
    assert_eq!(second.code, Some(0), "{}{}", second.out, second.err);
    assert!(files(&site) == before, "importing again changes something: {}", second.out);
}

#[test]
fn litellm() {
    whole("litellm");
}

#[test]
fn openrouter() {
    whole("openrouter");
}

#[test]
fn llm_prices() {
    whole("llm-prices");
}
