//! A first import of models.dev.

use std::collections::BTreeMap;

use crate::{FIRST, Place, fixture, golden};

#[test]
fn a_first_import_is_as_expected_and_builds() {
    let place = Place::new("models-dev");
    let run = place.import(FIRST, &["--verbose"]);
    place.check(FIRST);
    let mut now: BTreeMap<String, String> = place.files();
    // The time that it took is another one each time.
    let words = run.out.rsplit_once("\nWrote").expect("it says what it wrote").0.to_owned();
    now.insert("said.txt".to_owned(), words + "\n");
    golden(&fixture("models-dev.expected"), &now);
}

#[test]
fn importing_twice_changes_nothing() {
    let place = Place::new("models-dev");
    place.import(FIRST, &[]);
    let first = place.files();
    let run = place.import(FIRST, &[]);
    assert_eq!(place.files(), first, "byte for byte");
    assert!(run.out.starts_with("Nothing changes\n") && run.out.contains("\nWrote 0 files"), "{}", run.out);
    // On another day the settings say when the source was last read, and nothing else changes.
    place.import("2026-08-01", &[]);
    let changed: Vec<String> =
        place.files().into_iter().filter(|(path, text)| first.get(path) != Some(text)).map(|(path, _)| path).collect();
    assert_eq!(changed, ["content/site.toml", "imports/models-dev.lock"]);
}

#[test]
fn the_order_of_the_disk_does_not_matter() {
    let (one, other) = (Place::new("models-dev"), Place::new("models-dev"));
    // A file that is written anew comes last in many file systems.
    let path = "upstream/models/acme/sonata-2.toml";
    let text = std::fs::read_to_string(other.path(path)).expect("it is there");
    other.remove(path);
    other.write(path, &text);
    one.import(FIRST, &[]);
    other.import(FIRST, &[]);
    assert_eq!(one.files(), other.files());
}

#[test]
fn what_no_model_is_found_for_becomes_a_card_or_is_listed() {
    let place = Place::new("models-dev");
    place.import(FIRST, &["--unjoined", "list"]);
    place.check(FIRST);
    assert!(!place.files().contains_key("content/models/nova/nova-7b.toml"));
    place.import(FIRST, &[]);
    place.check(FIRST);
    let card = place.read("content/models/nova/nova-7b.toml");
    // Three providers, two names, two context windows: the card says what all of them say.
    assert!(card.contains("name = \"Nova 7B\"") && card.contains("max_output = 4096"), "{card}");
    assert!(!card.contains("context_window"), "{card}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new("models-dev");
    let run = place.import(FIRST, &["--dry-run"]);
    assert!(run.out.contains("New files: ") && run.out.contains("\nWould write "), "{}", run.out);
    assert!(!place.site().exists());
}

#[test]
fn wrong_usage_is_told() {
    let place = Place::new("models-dev");
    let upstream = place.upstream();
    let upstream = upstream.to_string_lossy();
    let run = place.run(&["import", "models.dov", &upstream]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("there is no format `models.dov`") && run.err.contains("models-dev"), "{}", run.err);
    let elsewhere = place.path("elsewhere");
    let run = place.run(&["import", "models-dev", &upstream, "--into", &elsewhere.to_string_lossy()]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("name the folder `content`"), "{}", run.err);
    let gone = place.path("gone");
    let content = place.site().join("content");
    let run = place.run(&["import", "models-dev", &gone.to_string_lossy(), "--into", &content.to_string_lossy()]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("cannot read"), "{}", run.err);
}

#[test]
fn a_damaged_lock_or_mapping_stops_the_import() {
    let place = Place::new("models-dev");
    place.import(FIRST, &[]);
    let before = place.files();
    for (path, text) in
        [("site/imports/models-dev.lock", "nonsense\n"), ("site/imports/models-dev.toml", "model = 1\n")]
    {
        let held = std::fs::read_to_string(place.path(path)).expect("it is there");
        place.write(path, text);
        let (upstream, content) = (place.upstream(), place.site().join("content"));
        let run = place.run(&[
            "import",
            "models-dev",
            &upstream.to_string_lossy(),
            "--into",
            &content.to_string_lossy(),
            "--date",
            FIRST,
        ]);
        assert_eq!(run.code, Some(2), "{}", run.out);
        assert!(run.err.contains("imports/models-dev."), "{}", run.err);
        place.write(path, &held);
    }
    assert_eq!(place.files(), before);
}
