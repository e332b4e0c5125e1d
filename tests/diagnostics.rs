//! Every diagnostic: a broken site for each code gives exactly it, and the documentation explains it.
//!
//! `BLESS=1 cargo test --test diagnostics` writes the expected texts anew; look at what changed before committing.

mod broken;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use broken::{all_diagnostics, codes_of};
use modelfolio::checks::CHECKS;
use modelfolio::diagnostic::codes::CODES;
use modelfolio::diagnostic::text;

/// Codes of publishing, which no content can give: a build was disturbed. `tests/publish` has them.
const PUBLISHED: &[&str] = &["damaged-manifest", "left-file", "not-minified"];

/// Codes that need another catalogue beside the content. `tests/import` has them.
const AGAINST: &[&str] = &["disagrees-with-source"];

/// Codes whose broken sites are made in a temporary folder, in `tests/folders.rs`: git or some system cannot hold them.
const MADE: &[&str] = &[
    "bad-file-name",
    "dangling-symlink",
    "file-too-large",
    "invalid-path",
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
    let fixtures = fixtures();
    let elsewhere = MADE.iter().chain(PUBLISHED).chain(AGAINST).copied();
    let tested: BTreeSet<&str> = fixtures.iter().map(String::as_str).chain(elsewhere).collect();
    let missing: Vec<_> = known.difference(&tested).collect();
    assert!(missing.is_empty(), "codes without a folder in tests/fixtures/broken/: {missing:?}");
    let unknown: Vec<_> = tested.difference(&known).collect();
    assert!(unknown.is_empty(), "broken sites for codes that are not in src/diagnostic/codes.rs: {unknown:?}");
}

#[test]
fn codes_that_are_made_elsewhere_are_tested_there() {
    for (codes, tests) in [(MADE, "tests/folders.rs"), (PUBLISHED, "tests/publish"), (AGAINST, "tests/import")] {
        let sources: String = sources_below(tests).into_iter().map(|(_, text)| text).collect();
        for code in codes {
            assert!(sources.contains(&format!("\"{code}\"")), "no test of `{code}` in {tests}");
        }
    }
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

/// Every Rust file at or below a path, with its text.
fn sources_below(below: &str) -> Vec<(PathBuf, String)> {
    let paths = walkdir::WalkDir::new(crate_folder(below)).sort_by_file_name().into_iter();
    let paths = paths.map(|entry| entry.expect("it can be listed").into_path());
    let rust = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| (path.clone(), fs::read_to_string(&path).expect("sources are UTF-8"))).collect()
}

/// The codes that the sources give to findings: the first text behind each of these.
fn codes_in_sources() -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (path, source) in sources_below("src") {
        if path.ends_with("tests.rs") || path.ends_with("hostile.rs") {
            continue;
        }
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for start in ["Diagnostic::error(", "Diagnostic::warning(", "self.error(", "scope.error(", "code: "] {
            let calls = source.split(start).skip(1);
            let code = |call: &str| call.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned);
            used.extend(calls.filter_map(code));
        }
        // A code that is handed on as an argument.
        let handed = source.split("known_model(id, known, ").skip(1);
        used.extend(handed.filter_map(|call| call.strip_prefix('"')?.split('"').next().map(str::to_owned)));
    }
    used
}

#[test]
fn the_table_has_every_code_of_the_sources_and_no_other() {
    let known: BTreeSet<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(codes_in_sources(), known, "left: codes in src/**, right: CODES in src/diagnostic/codes.rs");
}

#[test]
fn every_check_has_its_code_and_a_sentence() {
    let known: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
    for check in CHECKS {
        assert!(known.contains(check.code), "{} is not in src/diagnostic/codes.rs", check.code);
        assert!(check.summary.ends_with('.'), "{}: {}", check.code, check.summary);
    }
    assert!(CHECKS.is_sorted_by(|a, b| a.code < b.code));
}
