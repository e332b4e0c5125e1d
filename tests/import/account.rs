//! Nothing vanishes: every record and every field of the input is in the account, with its fate.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{FIRST, Place, files};

/// The fields of a foreign file, counted without the importer: values, lists without tables, empty tables.
fn fields(value: &toml::Value, path: String, found: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) if !table.is_empty() => {
            for (key, value) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                fields(value, path, found);
            }
        }
        toml::Value::Array(items) if !items.is_empty() && items.iter().all(toml::Value::is_table) => {
            for (index, item) in items.iter().enumerate() {
                fields(item, format!("{path}[{index}]"), found);
            }
        }
        _ => found.push(path),
    }
}

/// The account of a first import: each line as an object.
fn account(place: &Place) -> Vec<Value> {
    let report = place.path("report.jsonl");
    place.import(FIRST, &["--report", &report.to_string_lossy()]);
    let text = std::fs::read_to_string(report).expect("it was written");
    text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}

#[test]
fn every_field_of_every_file_has_a_fate() {
    let place = Place::new("models-dev");
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in account(&place) {
        let text = |key: &str| line[key].as_str().map(str::to_owned);
        let fate = text("fate").expect("each line has a fate");
        assert!(["taken", "merged", "left out"].contains(&fate.as_str()), "{line}");
        let reason = ["at", "rule", "why"].into_iter().find_map(text).expect("each fate has a reason");
        assert!(!reason.is_empty(), "{line}");
        let fields = told.entry(text("file").expect("a file")).or_default();
        fields.extend(text("field"));
    }
    let upstream = files(&place.upstream());
    assert_eq!(told.keys().collect::<Vec<_>>(), upstream.keys().collect::<Vec<_>>(), "every file is in the account");
    for (path, text) in upstream {
        let mut expected = Vec::new();
        if let Some(table) = path.ends_with(".toml").then(|| text.parse::<toml::Table>().ok()).flatten() {
            fields(&toml::Value::Table(table), String::new(), &mut expected);
        }
        expected.sort();
        let mut found = told.remove(&path).expect("it is told");
        found.sort();
        assert_eq!(found, expected, "{path}");
    }
}

/// The fates of the fields whose path ends so, with their reasons.
fn fates(lines: &[Value], file: &str, field: &str) -> Vec<String> {
    let of = lines.iter().filter(|line| line["file"] == file && line["field"] == field);
    of.map(|line| {
        let reason = ["at", "into", "why"].into_iter().find_map(|key| line[key].as_str()).unwrap_or_default();
        format!("{}: {reason}", line["fate"].as_str().unwrap_or_default())
    })
    .collect()
}

#[test]
fn each_awkward_value_has_its_rule() {
    let place = Place::new("models-dev");
    let lines = account(&place);
    let own = "providers/acme/models/sonata-2.toml";
    let cloudy = "providers/cloudy/models/acme/sonata-2.toml";
    let mini = "models/acme/sonata-mini.toml";
    let cases = [
        (mini, "limit.input", "left out: a limit of 0 is none: not known"),
        (mini, "limit.output", "left out: above the context window, which holds prompt and answer together"),
        (mini, "last_updated", "left out: the date of `updated` would be before that of `released`"),
        (mini, "knowledge", "left out: its knowledge would end after its last release"),
        (
            own,
            "cost.cached_write",
            "left out: unknown key `cached_write`: perhaps `cache_write` is meant, but models.dev does not say so",
        ),
        (own, "cost.image", "left out: models.dev does not say what this price is per"),
        (own, "cost.tiers[1].input", "left out: no prompt is long enough for this tier"),
        (own, "cost.tiers[2].input", "left out: a tier whose condition is not a number of tokens"),
        (own, "reasoning_options[1].min", "left out: the format has reasoning efforts, no switches and budgets"),
        (cloudy, "cost.output", "left out: a price below 0 stands for one that varies or is not known"),
        (cloudy, "relase_note", "left out: unknown key `relase_note`; perhaps `release_date` is meant"),
        ("providers/cloudy/provider.toml", "api", "left out: not a web address that readers can open"),
        ("providers/cloudy/models/Nova/Nova-7B.toml", "release_date", "left out: not a day, month or year"),
        ("providers/cloudy/models/Nova/Nova-7B.toml", "knowledge", "left out: an empty text says nothing"),
        ("providers/cloudy/models/Nova/Nova-7B.toml", "open_weights", "left out: neither true nor false"),
        ("providers/cloudy/models/zero.toml", "limit.context", "left out: not a whole number"),
        (
            "providers/cloudy/models/zero.toml",
            "cost.input",
            "left out: all prices of the offer are 0, which does not say that it is free",
        ),
        (
            "providers/acme/models/sonata-mini.toml",
            "cost.cache_read",
            "left out: reading from the cache would cost more than sending the tokens anew",
        ),
        ("models/acme/sonata-2.toml", "benchmarks[3].score", "left out: outside of the scale of the benchmark"),
        ("models/acme/sonata-2.toml", "benchmarks[4].score", "left out: not a number that 28 digits hold exactly"),
        ("models/acme/sonata-2.toml", "links[1].url", "left out: not a web address that readers can open"),
        ("providers/homebox/models/sonata-9.toml", "cost.input", "left out: no model is found for it"),
    ];
    for (file, field, fate) in cases {
        assert_eq!(fates(&lines, file, field), [fate], "{file}: {field}");
    }
    let twin = "left out: another score of the model has the same benchmark, version, harness, variant and metric";
    assert_eq!(fates(&lines, "models/acme/sonata-2.toml", "benchmarks[2].score"), [twin]);
    let repaired = lines.iter().find(|line| line["file"] == own && line["field"] == "cost.cache_read").expect("told");
    assert_eq!(repaired["put right"], "noise of a float: 0.060000000000000005 is 0.06");
    let quoted = lines.iter().find(|line| line["file"] == cloudy && line["field"] == "cost.input").expect("told");
    assert_eq!(quoted["put right"], "a number in quotes");
}

#[test]
fn what_is_no_record_is_told() {
    let place = Place::new("models-dev");
    let lines = account(&place);
    let why = |file: &str| {
        let line = lines.iter().find(|line| line["file"] == file && line["field"].is_null()).expect("it is told");
        line["why"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(why("providers/homebox/models/no-ending"), "a name without `.toml`: no record");
    assert!(why("providers/homebox/models/broken.toml").starts_with("no valid TOML: line 1"));
    assert!(why("providers/homebox/logo.svg").starts_with("a logo"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_catalogue_and_told_where_they_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let place = Place::new("models-dev");
    let link = |target: &str, name: &str| {
        symlink(target, place.path("upstream/providers/homebox/models").join(name)).expect("a link can be made");
    };
    link("../../acme/models/sonata-2.toml", "linked.toml");
    link("../../gone/models/sonata-2.toml", "dangling.toml");
    link("../../acme/models", "folder.toml");
    place.write("outside.toml", "name = \"Outside\"\n");
    link("../../../../outside.toml", "outside.toml");
    let lines = account(&place);
    let record = |file: &str| {
        let path = format!("providers/homebox/models/{file}");
        lines.iter().find(|line| line["file"] == path.as_str() && line["field"].is_null()).expect("it is told").clone()
    };
    assert_eq!(record("linked.toml")["fate"], "taken");
    assert!(place.read("imports/models-dev.toml").contains("link to an offer that is joined, or a form of it"));
    for (file, why) in [
        ("dangling.toml", "a symbolic link that leads nowhere: ../../gone/models/sonata-2.toml"),
        ("folder.toml", "a symbolic link that leads to no file: ../../acme/models"),
        ("outside.toml", "a symbolic link that leaves the folder: ../../../../outside.toml"),
    ] {
        assert_eq!(record(file)["why"], why);
    }
}

#[test]
fn what_is_too_large_is_told_without_being_read() {
    let place = Place::new("models-dev");
    let path = place.path("upstream/providers/homebox/models/huge.toml");
    let file = std::fs::File::create(path).expect("it can be made");
    file.set_len(modelfolio::load::FOREIGN_LIMIT + 1).expect("it can be long");
    let lines = account(&place);
    let line = lines.iter().find(|line| line["file"] == "providers/homebox/models/huge.toml").expect("it is told");
    assert_eq!(line["why"], "larger than 256 MiB");
}
