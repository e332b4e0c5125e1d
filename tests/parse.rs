//! Parsing believes nothing, tells everything, and never fails as a whole.

use modelfolio::diagnostic::Diagnostic;
use modelfolio::files::{SourceFile, SourceTree};
use modelfolio::source::{Kind, ParsedModel, Sources, parse};

/// A model file that uses much of the format.
const RICH: &str = r#"#:schema ../../../schema/model.json
name = "o3-mini"
id = "openai/o3-mini"
released = 2025-01-31
knowledge_cutoff = "2023-10"
context_window = 200_000
max_output = 100_000
aliases = ["o3-mini-latest", 'o3 "mini"']
modalities = { input = ["text"], output = ["text"] }
source = "docs"

[capabilities]
vision = false
structured_output = "JSON Schema, strict"

[price]
input = 1.10
output = "in plan"
batch.input = 0.55

[[price.tier]]
above = 128_000
input = 2.20

[[price.row]]
component = "web search"
unit = "1K requests"
amount = 10.00

[scores]
gpqa-diamond = 77.0
"mmlu pro" = 79.1

[[score]]
benchmark = "lmarena"
value = 1_305
uncertainty = 4

[provenance.max_output]
note = """
Several
lines."""

[sources.docs]
title = "Models"
url = "https://example.org/docs"
"#;

fn read(files: &[(&str, &str)]) -> (SourceTree, Sources, Vec<Diagnostic>) {
    let files = files.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() });
    let tree = SourceTree::new(files.collect(), Vec::new());
    let (sources, diagnostics) = parse(&tree);
    (tree, sources, diagnostics)
}

fn read_model(text: &str) -> (Option<ParsedModel>, Vec<Diagnostic>) {
    let (_, sources, diagnostics) = read(&[("content/models/openai/o3-mini.toml", text)]);
    (sources.models.into_iter().next(), diagnostics)
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn places_are_those_in_the_text_of_keys_too() {
    let (model, diagnostics) = read_model(RICH);
    assert_eq!(diagnostics, []);
    let model = model.expect("it is sound").value;
    let at = |span: modelfolio::files::Span| &RICH[span.start()..span.end()];
    let written: Vec<_> = model.scores.iter().map(|(key, value)| (at(key.span), at(value.span))).collect();
    assert_eq!(written, [("gpqa-diamond", "77.0"), ("\"mmlu pro\"", "79.1")]);
    let price = model.price.expect("it is given");
    assert_eq!(at(price.input.expect("it is given").span), "1.10");
    assert_eq!(at(price.batch.expect("it is given").input.expect("it is given").span), "0.55");
    assert_eq!(at(model.score[0].value.span), "1_305");
    assert_eq!(model.released.expect("it is given").value.0, "2025-01-31");
    assert_eq!(model.aliases[1].value, "o3 \"mini\"");
    assert_eq!(model.sources.keys().map(|key| at(key.span)).collect::<Vec<_>>(), ["docs"]);
}

#[test]
fn what_a_file_is_goes_by_its_path() {
    let path = |path: &str| Kind::of(path);
    assert_eq!(path("content/site.toml"), Some(Kind::Site));
    assert_eq!(path("content/developers/a.toml"), Some(Kind::Developer("a".to_owned())));
    assert_eq!(path("content/providers/a.toml"), Some(Kind::Provider("a".to_owned())));
    assert_eq!(path("content/benchmarks/a.b.toml"), Some(Kind::Benchmark("a.b".to_owned())));
    let model = "content/models/a/b.toml".to_owned();
    assert_eq!(path(&model), Some(Kind::Model { developer: "a".to_owned(), stem: "b".to_owned() }));
    assert_eq!(path("content/models/a/b.md"), Some(Kind::ModelText { model: model.clone() }));
    assert_eq!(path("content/models/a/b.faq.md"), Some(Kind::ModelText { model }));
    assert_eq!(path("content/pages/deep/down/a.md"), Some(Kind::Page));
    for nothing in ["content/models/a.toml", "content/models/a/b/c.toml", "content/pages/a.toml", "content/a.md"] {
        assert_eq!(path(nothing), None, "{nothing}");
    }
}

#[test]
fn texts_are_found_beside_their_model() {
    let (tree, sources, diagnostics) = read(&[
        ("content/models/x/b.toml", "name = \"b\""),
        ("content/models/x/b.md", ""),
        ("content/models/x/b.faq.md", ""),
        ("content/models/x/a.toml", "name = \"a\""),
        ("content/pages/about.md", ""),
    ]);
    assert_eq!(diagnostics, []);
    let stems: Vec<_> = sources.models.iter().map(|model| (model.developer.as_str(), model.stem.as_str())).collect();
    assert_eq!(stems, [("x", "a"), ("x", "b")]);
    assert_eq!((sources.models[0].description, sources.models[0].faq), (None, None));
    assert_eq!(sources.models[1].faq.map(|file| tree.get(file).path.as_str()), Some("content/models/x/b.faq.md"));
    assert_eq!(sources.pages.len(), 1);
}

#[test]
fn a_wrong_value_costs_only_itself() {
    let (model, diagnostics) = read_model(&RICH.replace("above = 128_000", "above = 'x'").replace("77.0", "'x'"));
    assert_eq!(codes(&diagnostics), ["wrong-type", "wrong-type"]);
    let model = model.expect("the rest is sound").value;
    assert!(model.price.as_ref().is_some_and(|price| price.tier.is_empty() && price.row.len() == 1));
    assert_eq!(model.scores.len(), 1);
    assert_eq!(model.score.len(), 1);
}

#[test]
fn a_key_of_the_wrong_type_is_not_missing_as_well() {
    let (model, diagnostics) = read_model("name = 3\n[modalities]\ninput = 1\noutput = ['text']\n");
    assert_eq!(codes(&diagnostics), ["wrong-type", "wrong-type"]);
    assert!(model.is_none(), "a model without a name is none");
}

#[test]
fn a_misspelt_key_is_not_missing_as_well() {
    let (_, diagnostics) = read_model("nmae = 'x'\n");
    assert_eq!(codes(&diagnostics), ["unknown-key"]);
}

#[test]
fn everything_is_told_in_one_run() {
    let text =
        "relased = 1\nfamily = 1\nstatus = 1\n[[score]]\n[[score]]\nvalue = true\n[[link]]\nkind = 1\nextra = 1\n";
    let (model, diagnostics) = read_model(text);
    assert!(model.is_none());
    let count = |code: &str| diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count();
    assert_eq!(count("unknown-key"), 2);
    assert_eq!(count("wrong-type"), 4);
    assert_eq!(count("missing-key"), 1 + 2 + 1 + 2, "name; benchmark and value; benchmark; title and url");
}

#[test]
fn a_broken_record_exists_all_the_same() {
    let (_, sources, diagnostics) = read(&[
        ("content/models/x/a.toml", "name = "),
        ("content/models/x/a.md", ""),
        ("content/developers/x.toml", "url = 'https://example.org'"),
    ]);
    assert_eq!(codes(&diagnostics), ["missing-key", "invalid-toml"], "and no orphan");
    let kinds: Vec<_> = sources.broken.iter().map(|broken| broken.kind.clone()).collect();
    let model = Kind::Model { developer: "x".to_owned(), stem: "a".to_owned() };
    assert_eq!(kinds, [Kind::Developer("x".to_owned()), model]);
}

#[test]
fn numbers_of_any_length_keep_their_digits() {
    for digits in
        ["1e-7", "0.00000000000000000000012345678901234567890", "9007199254740993", "99999999999999999999", "inf"]
    {
        let text = format!("name = 'x'\n[price]\ninput = {digits}\n");
        let (model, diagnostics) = read_model(&text);
        assert_eq!(diagnostics, [], "{digits}");
        let span = model.expect("it is sound").value.price.expect("it is given").input.expect("it is given").span;
        assert_eq!(&text[span.start()..span.end()], digits);
    }
    for digits in ["1e999", &"9".repeat(80)] {
        let (_, diagnostics) = read_model(&format!("name = 'x'\ncontext_window = {digits}\n"));
        assert_eq!(codes(&diagnostics), ["absurd-number"], "{digits}");
    }
}

#[test]
fn a_list_is_no_table_and_a_date_no_string() {
    for text in ["name = 'x'\nprice = [1, 2]\n", "name = 2025-01-31\n", "name = 'x'\nreasoning = []\n"] {
        let (_, diagnostics) = read_model(text);
        assert_eq!(codes(&diagnostics), ["wrong-type"], "{text}");
    }
}

#[test]
fn no_part_of_a_file_makes_it_panic_or_passes_in_silence() {
    for end in (0..=RICH.len()).filter(|&end| RICH.is_char_boundary(end)) {
        let (model, diagnostics) = read_model(&RICH[..end]);
        assert!(model.is_some() || !diagnostics.is_empty(), "cut at {end}");
        let (model, diagnostics) = read_model(&RICH[end..]);
        assert!(model.is_some() || !diagnostics.is_empty(), "begun at {end}");
    }
    let wild = ["]", "[[", "=", "\"", "'''", "{", "\0", "\u{feff}", "9", "[a]", "\r", "é"];
    for (index, insert) in (0..RICH.len()).step_by(7).zip(wild.iter().cycle()) {
        let (model, diagnostics) = read_model(&format!("{}{insert}{}", &RICH[..index], &RICH[index..]));
        assert!(model.is_some() || !diagnostics.is_empty(), "{insert:?} at {index}");
    }
}

#[test]
fn a_file_that_is_wrong_everywhere_is_told_in_a_bounded_number_of_lines() {
    let twice = "name = 'x'\n".repeat(5_000);
    let unknown: String = (0..5_000).map(|number| format!("k{number} = 1\n")).collect();
    let wrong: String = (0..5_000).map(|number| format!("k{number} = true\n")).collect();
    let deep = format!("name = {}", "[".repeat(100_000));
    for text in [twice, unknown, format!("name = 'x'\n[scores]\n{wrong}"), "=\n".repeat(5_000), deep] {
        let (_, diagnostics) = read_model(&text);
        assert!((1..=201).contains(&diagnostics.len()), "{}", diagnostics.len());
    }
}
