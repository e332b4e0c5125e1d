//! Importing again: what upstream changed is taken, what a person wrote stays.

use crate::{FIRST, Place};

const SECOND: &str = "2026-08-01";

/// A site after its first import.
fn imported() -> Place {
    let place = Place::new("models-dev");
    place.import(FIRST, &[]);
    place
}

#[test]
fn a_changed_price_becomes_a_dated_row() {
    let place = imported();
    place.edit("upstream/providers/acme/models/sonata-2.toml", "input = 1.10", "input = 2.20");
    let run = place.import(SECOND, &["--dry-run"]);
    assert!(run.out.contains("acme, sonata-2: price of input  1.1 → 2.2, +100%"), "{}", run.out);
    place.import(SECOND, &[]);
    place.check(SECOND);
    let provider = place.read("content/providers/acme.toml");
    let rows = "[[offer.price.row]]\ncomponent = \"input\"\namount = 1.1\nuntil = 2026-07-31\n\n\
                [[offer.price.row]]\ncomponent = \"input\"\namount = 2.2\nfrom = 2026-08-01\n";
    assert!(provider.contains(rows), "{provider}");
    assert!(provider.contains("as_of = 2026-08-01"), "{provider}");
    // The same again on the same day, and back on a later one.
    let second = place.files();
    place.import(SECOND, &[]);
    assert_eq!(place.files(), second);
    place.edit("upstream/providers/acme/models/sonata-2.toml", "input = 2.20", "input = 1.10");
    place.import("2026-09-01", &[]);
    place.check("2026-09-01");
    let provider = place.read("content/providers/acme.toml");
    assert!(provider.contains("from = 2026-08-01\nuntil = 2026-08-31\n"), "{provider}");
    assert!(provider.contains("amount = 1.1\nfrom = 2026-09-01\n"), "{provider}");
}

#[test]
fn a_changed_price_is_a_change_on_the_site() {
    let place = imported();
    place.edit("upstream/providers/acme/models/sonata-2.toml", "input = 1.10", "input = 2.20");
    place.import(SECOND, &[]);
    let (site, out) = (place.site(), place.path("public"));
    let run = place.run(&[
        "build",
        "--root",
        &site.to_string_lossy(),
        "--out",
        &out.to_string_lossy(),
        "--date",
        SECOND,
        "--no-minify",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let changes = std::fs::read_to_string(out.join("changes/index.html")).expect("the page is there");
    assert!(changes.contains("$1.10") && changes.contains("$2.20"), "the price has moved");
}

#[test]
fn suspicious_moves_are_marked() {
    let place = imported();
    place.edit("upstream/providers/acme/models/sonata-2.toml", "input = 1.10", "input = 1100");
    place.edit("upstream/providers/cloudy/models/SONATA-MINI.toml", "output = 0.004", "output = 0");
    let run = place.import(SECOND, &["--dry-run"]);
    let marks = ["×1000: per 1K tokens in the place of per 1M tokens?", "to zero: free, or not known any more?"];
    for mark in marks {
        assert!(run.out.contains(&format!("suspicious: {mark}")), "{}", run.out);
    }
}

#[test]
fn a_person_wins_and_is_told_when_upstream_moves_under_it() {
    let place = imported();
    let model = "site/content/models/acme/sonata-2.toml";
    place.edit(model, "max_output = 100_000", "max_output = 90_000   # measured by us");
    place.edit(model, "weights_url = \"https://example.com/weights/sonata-2\"\n", "");
    place.edit(model, "name = \"Sonata 2\"\n", "name = \"Sonata 2\"\nsummary = \"Written by hand.\"\n");
    let run = place.import(SECOND, &[]);
    assert!(run.out.starts_with("Nothing changes"), "{}", run.out);
    place.edit("upstream/models/acme/sonata-2.toml", "output = 100_000", "output = 80_000");
    place.edit("upstream/models/acme/sonata-2.toml", "context = 400_000", "context = 500_000");
    let run = place.import("2026-09-01", &[]);
    assert!(run.out.contains("max_output  100_000 → 80_000, -20% upstream; yours stays"), "{}", run.out);
    let text = place.read("content/models/acme/sonata-2.toml");
    assert!(text.contains("max_output = 90_000   # measured by us\n"), "{text}");
    assert!(text.contains("summary = \"Written by hand.\"\n") && text.contains("context_window = 500_000\n"), "{text}");
    assert!(!text.contains("weights_url"), "what was taken out stays out: {text}");
    place.check("2026-09-01");
    // Told once: the next import has no news.
    assert!(place.import("2026-09-01", &[]).out.starts_with("Nothing changes"));
    // Who takes the own value back has upstream's again.
    place.edit(model, "max_output = 90_000   # measured by us\n", "");
    place.import("2026-09-02", &[]);
    assert!(place.read("content/models/acme/sonata-2.toml").contains("max_output = 80_000\n"));
}

#[test]
fn what_disappears_is_marked() {
    let place = imported();
    place.remove("upstream/providers/cloudy/models/SONATA-MINI.toml");
    place.remove("upstream/models/acme/sonata-mini.toml");
    place.edit("upstream/providers/acme/models/sonata-2.toml", "output = 4.40\n", "");
    place.edit("upstream/models/acme/sonata-2.toml", "license = \"Apache-2.0\"\n", "");
    let run = place.import(SECOND, &[]);
    for words in [
        "acme/sonata-mini\n    the model  not listed any more",
        "cloudy, SONATA-MINI  not listed any more",
        "acme, sonata-2: price of output  4.4 → not said any more",
        "license  \"Apache-2.0\" → not said any more",
    ] {
        assert!(run.out.contains(words), "no `{words}` in\n{}", run.out);
    }
    place.check(SECOND);
    let provider = place.read("content/providers/cloudy.toml");
    assert!(provider.contains("note = \"Not listed by models.dev since 2026-08-01.\""), "{provider}");
    assert!(provider.contains("amount = 0.003\nuntil = 2026-07-31\n"), "{provider}");
    assert!(!place.read("content/models/acme/sonata-2.toml").contains("license"));
    assert!(place.files().contains_key("content/models/acme/sonata-mini.toml"), "models stay");
    let second = place.files();
    place.import(SECOND, &[]);
    assert_eq!(place.files(), second);
}

#[test]
fn what_a_person_deletes_stays_deleted() {
    let place = imported();
    place.remove("site/content/models/acme/sonata-mini.toml");
    place.import(SECOND, &[]);
    assert!(!place.files().contains_key("content/models/acme/sonata-mini.toml"));
}

#[test]
fn the_mapping_is_a_persons_to_edit() {
    let place = imported();
    let mapping = "site/imports/models-dev.toml";
    place.edit(
        mapping,
        "zero = { model = \"unknown/zero\", rule = \"card of its own\" }",
        "zero = \"acme/sonata-mini\" # sure",
    );
    place.edit(
        mapping,
        "SONATA-MINI = { model = \"acme/sonata-mini\"",
        "SONATA-MINI = false # { model = \"acme/sonata-mini\"",
    );
    place.remove("site/content/models/unknown/zero.toml");
    place.import(SECOND, &[]);
    let provider = place.read("content/providers/cloudy.toml");
    assert!(provider.contains("model = \"acme/sonata-mini\"\nid = \"zero\""), "{provider}");
    let text = place.read("imports/models-dev.toml");
    assert!(text.contains("zero = \"acme/sonata-mini\" # sure\n") && text.contains("SONATA-MINI = false"), "{text}");
}

#[test]
fn what_was_written_by_hand_before_the_first_import_is_never_changed() {
    let place = Place::new("models-dev");
    let by_hand = [
        ("content/site.toml", "title = \"Ours\"   # all of it\ncategories = [\"Code\"]\n"),
        ("content/developers/acme.toml", "name = \"ACME Inc.\"\n"),
        (
            "content/models/acme/sonata-2.toml",
            "name   = \"Sonata Two\"\nfamily = \"Sonata\"\nreleased = 2026-03-10\n\n[capabilities]\nvision = true\n\n\
             [price]\ninput = 1.00\nsource = \"ours\"\nas_of = 2026-01-01\n\n[sources.ours]\ntitle = \"A letter\"\n",
        ),
        (
            "content/providers/cloudy.toml",
            "name = \"The Cloud\"\n\n[[offer]]\nmodel = \"acme/sonata-2\"\nsource = \"them\"\nas_of = 2026-01-01\n\
             price = { input = 0.80 }\n\n[sources.them]\ntitle = \"A call\"\n",
        ),
    ];
    for (path, text) in by_hand {
        place.write(&format!("site/{path}"), text);
    }
    place.import(FIRST, &[]);
    place.check(FIRST);
    for (path, text) in by_hand {
        let now = place.read(path);
        // What is added stands between the lines, none of which is gone or changed.
        let mut lines = now.lines();
        for line in text.lines() {
            assert!(lines.any(|now| now == line), "`{line}` is not in {path} any more:\n{now}");
        }
    }
    let model = place.read("content/models/acme/sonata-2.toml");
    assert!(model.contains("context_window = 400_000\n"), "what was not known is added: {model}");
    assert!(model.contains("[provenance.context_window]\nsource = \"models-dev\"\nas_of = 2026-07-01\n"), "{model}");
    assert!(!model.contains("tool_calling"), "half a table is not added to: {model}");
    // Its last update would be before the release that a person has written.
    assert!(!model.contains("updated ="), "{model}");
    let mini = place.read("content/models/acme/sonata-mini.toml");
    assert!(mini.contains("family = \"Sonata\""), "spelled as by hand: {mini}");
    assert_eq!(place.read("content/providers/cloudy.toml").matches("model = \"acme/sonata-2\"").count(), 1);
    let first = place.files();
    place.import(FIRST, &[]);
    assert_eq!(place.files(), first);
}

#[test]
fn an_import_that_was_interrupted_is_taken_up_again() {
    let place = imported();
    place.edit("upstream/providers/acme/models/sonata-2.toml", "input = 1.10", "input = 2.20");
    place.edit("upstream/models/acme/sonata-2.toml", "context = 400_000", "context = 500_000");
    let before = place.files();
    place.import(SECOND, &[]);
    let whole = place.files();
    // As it is when the machine fails after half of the files.
    let (lock, provider) = ("imports/models-dev.lock", "content/providers/acme.toml");
    place.write("site/imports/models-dev.lock.new", &whole[lock]);
    place.write(&format!("site/{lock}"), &before[lock]);
    place.write(&format!("site/{provider}"), &before[provider]);
    place.import(SECOND, &[]);
    assert_eq!(place.files(), whole);
    // And when it fails in a first import, or after the last file.
    place.write("site/imports/models-dev.lock.new", &whole[lock]);
    place.remove(&format!("site/{lock}"));
    place.remove(&format!("site/{provider}"));
    place.import(SECOND, &[]);
    let again = place.files();
    assert_eq!(again.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    place.write("site/imports/models-dev.lock.new", &again[lock]);
    assert!(place.import(SECOND, &[]).out.starts_with("Nothing changes"));
    assert_eq!(place.files(), again);
}
