//! Every diagnostic: a broken site for each code gives exactly it, and the documentation explains it.
//!
//! `BLESS=1 cargo test --test diagnostics` writes the expected texts anew; look at what changed before committing.

mod broken;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use broken::{all_diagnostics, codes_of};
use modelfolio::diagnostic::codes::CODES;
use modelfolio::diagnostic::text;

/// Codes of the stages after parsing, whose broken sites come with those stages.
const RESOLVE_CODES: &[&str] = &[
    "broken-anchor",
    "broken-link",
    "cache-above-input",
    "date-order",
    "duplicate-anchor",
    "duplicate-fact",
    "duplicate-id",
    "duplicate-path",
    "empty-catalogue",
    "faq-without-question",
    "invalid-base-url",
    "invalid-date",
    "invalid-endpoint",
    "invalid-id",
    "invalid-url",
    "missing-source",
    "negative-number",
    "no-site-file",
    "not-a-number",
    "output-above-context",
    "path-clash",
    "raw-html",
    "retired-but-active",
    "score-outside-scale",
    "status-conflict",
    "successor-circle",
    "unit-mismatch",
    "unknown-benchmark",
    "unknown-category",
    "unknown-developer",
    "unknown-model",
    "unknown-provider",
    "unknown-source",
    "unknown-successor",
    "unknown-word",
    "unreachable-tier",
    "unsafe-url",
    "unused-source",
];

/// Codes whose broken sites are made in a temporary folder, in `tests/folders.rs`: git or some system cannot hold them.
const MADE: &[&str] = &[
    "bad-file-name",
    "dangling-symlink",
    "file-too-large",
    "not-utf8",
    "symlink-folder",
    "symlink-outside",
    "unreadable-file",
];

fn crate_folder(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// Names of the folders of `tests/fixtures/broken/`, which are codes.
fn fixtures() -> BTreeSet<String> {
    let entries = fs::read_dir(crate_folder("tests/fixtures/broken")).expect("the fixtures are there");
    entries.map(|entry| entry.expect("it can be listed").file_name().into_string().expect("codes are ASCII")).collect()
}

#[test]
fn every_fixture_gives_exactly_its_code() {
    let mut wrong = Vec::new();
    for code in fixtures() {
        let root = crate_folder("tests/fixtures/broken").join(&code);
        let (tree, diagnostics) = all_diagnostics(&root);
        let shown = text::render_all(&tree, &diagnostics, false);
        if codes_of(&diagnostics) != BTreeSet::from([code.as_str()]) {
            wrong.push(format!("==== {code}: other codes than this one are reported\n{shown}"));
        }
        let expected = root.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &shown).expect("the fixture can be written");
        }
        let old = fs::read_to_string(&expected).unwrap_or_default();
        if old != shown {
            wrong.push(format!("==== {code}: expected\n{old}\n---- found\n{shown}"));
        }
    }
    let help = "If the new texts are right, run: BLESS=1 cargo test --test diagnostics";
    assert!(wrong.is_empty(), "{}\n{help}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_broken_site() {
    let known: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
    let later: BTreeSet<&str> = RESOLVE_CODES.iter().copied().collect();
    assert!(later.is_subset(&known), "RESOLVE_CODES that are no codes: {:?}", later.difference(&known));
    let fixtures = fixtures();
    let tested: BTreeSet<&str> = fixtures.iter().map(String::as_str).chain(MADE.iter().copied()).collect();
    let missing: Vec<_> = known.difference(&tested).filter(|code| !later.contains(*code)).collect();
    assert!(missing.is_empty(), "codes without a folder in tests/fixtures/broken/: {missing:?}");
    let unknown: Vec<_> = tested.difference(&known).collect();
    assert!(unknown.is_empty(), "broken sites for codes that are not in src/diagnostic/codes.rs: {unknown:?}");
}

#[test]
fn every_code_is_explained_and_nothing_else() {
    let docs = fs::read_to_string(crate_folder("docs/diagnostics.md")).expect("docs/diagnostics.md is there");
    let mut explained = Vec::new();
    let mut in_example = false;
    for line in docs.lines() {
        in_example ^= line.starts_with("```");
        if !in_example {
            explained.extend(line.strip_prefix("## "));
        }
    }
    let codes: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(explained, codes, "docs/diagnostics.md has one `## code` for each of CODES, in the same order");
}

#[test]
fn every_code_in_the_sources_is_in_the_table() {
    let known: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
    let mut used = BTreeSet::new();
    for entry in walkdir::WalkDir::new(crate_folder("src")) {
        let path = entry.expect("it can be listed").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("sources are UTF-8");
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            for start in ["Diagnostic::error(", "Diagnostic::warning("] {
                let calls = source.split(start).skip(1);
                used.extend(
                    calls.filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned)),
                );
            }
        }
    }
    let unknown: Vec<_> = used.iter().filter(|code| !known.contains(code.as_str())).collect();
    assert!(unknown.is_empty(), "codes that are not in src/diagnostic/codes.rs: {unknown:?}");
    assert!(used.contains("unknown-key"), "the search finds the codes");
}
