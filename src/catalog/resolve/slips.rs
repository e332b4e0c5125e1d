//! One slip is one finding: what follows from it is not told again, and what would be believed wrongly is refused.

use super::example::{codes, resolved};

const MODEL: &str = "models/acme/one.toml";

/// The help of each finding.
fn helps(files: &[(&str, &str)]) -> Vec<String> {
    resolved(files, None).2.into_iter().map(|found| found.help.unwrap_or_default()).collect()
}

#[test]
fn broken_settings_are_the_only_finding() {
    let one = "name = \"One\"\nsource = \"shared\"\n[price]\ninput = 1\nsource = \"other\"";
    for site in ["title = \"T\"\ntagline = \"x\n[sources.shared]\ntitle = \"S\"", "title = "] {
        assert_eq!(codes(&[("site.toml", site), (MODEL, one)]), ["invalid-toml"], "{site}");
    }
}

#[test]
fn a_model_whose_id_is_refused_is_still_there() {
    let one = "name = \"One\"\nid = \"acme/uno \"";
    for reference in ["acme/uno", "acme/uno ", "acme/one"] {
        let two = format!("name = \"Two\"\nsuccessor = \"{reference}\"");
        assert_eq!(codes(&[(MODEL, one), ("models/acme/two.toml", &two)]), ["invalid-id"], "{reference}");
    }
}

#[test]
fn no_more_suggestions_are_looked_for_than_are_read() {
    let wrong: String = (100..220).map(|n| format!("\"acme/onee{n}\", ")).collect();
    let text = format!("name = \"One\"\ncompetitors = [\"acme/two-long-nam\", {wrong}\"acme/two-long-nam\"]");
    let files = [(MODEL, text.as_str()), ("models/acme/two-long-name.toml", "name = \"Two\"")];
    let helps = helps(&files);
    let meant = |help: &&String| help.starts_with("did you mean `acme/");
    assert_eq!(helps.iter().filter(meant).count(), 50);
    assert_eq!(helps[0], "did you mean `acme/two-long-name`?");
    assert!(helps.iter().any(|help| help == "add content/models/acme/onee219.toml, or remove this"), "{helps:?}");
}

#[test]
fn one_claim_has_one_value() {
    let exam = |rest: &str| format!("name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\n{rest}");
    let twice = |rest: &str, a: &str, b: &str| {
        let row = |value: u8, details: &str| format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\n{details}\n");
        let one = format!("name = \"One\"\n{}{}", row(50, a), row(77, b));
        codes(&[(MODEL, &one), ("benchmarks/exam.toml", &exam(rest))]) == ["duplicate-fact"]
    };
    assert!(twice("", "", "measured = \"independent\""));
    assert!(twice("", "measured = \"self-reported\"", ""));
    assert!(!twice("", "measured = \"self-reported\"", "measured = \"independent\""));
    assert!(twice("", "", "metric = \"pass@1\""));
    assert!(twice("", "metric = \"pass@1\"\nmeasured = \"independent\"", "measured = \"independent\""));
    assert!(!twice("", "metric = \"pass@1\"", "metric = \"pass@5\""));
    assert!(!twice("metric = \"pass@1\"", "", "metric = \"pass@5\""), "the benchmark's own metric is meant");
    assert!(!twice("", "", "variant = \"high\""));
}

#[test]
fn a_claim_is_compared_with_every_other() {
    let rows = ["", "metric = \"a\"\nmeasured = \"independent\"", "metric = \"b\"\nmeasured = \"self-reported\""];
    let rows: String =
        rows.iter().map(|details| format!("[[score]]\nbenchmark = \"exam\"\nvalue = 1\n{details}\n")).collect();
    assert_eq!(codes(&[(MODEL, &format!("name = \"One\"\n{rows}"))]), ["duplicate-fact", "duplicate-fact"]);
}

#[test]
fn a_name_is_no_other_models_id() {
    let two = ("models/acme/two.toml", "name = \"Two\"");
    for names in ["aliases = [\"acme/two\"]", "snapshots = [\"acme/two\"]", "aliases = [\"two\"]"] {
        let one = format!("name = \"One\"\n{names}");
        assert_eq!(codes(&[(MODEL, &one), two]), ["duplicate-id"], "{names}");
    }
    assert!(codes(&[(MODEL, "name = \"One\"\naliases = [\"one\", \"one-latest\"]"), two]).is_empty());
}

#[test]
fn ids_that_unicode_forms_tell_apart_are_one() {
    let composed = "name = \"One\"\nid = \"acme/caf\u{e9}\"";
    let taken_apart = "name = \"Two\"\nid = \"acme/cafe\u{301}\"";
    assert_eq!(codes(&[(MODEL, composed), ("models/acme/two.toml", taken_apart)]), ["duplicate-id"]);
}
