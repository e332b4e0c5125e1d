//! The documentation is true: its examples build, its keys are all keys, and the paths that it names are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use modelfolio::catalog::Date;
use modelfolio::diagnostic::text;
use modelfolio::source::schema::schemas;
use modelfolio::{Options, assemble, load};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A fenced block: the words behind the fence, and what it holds.
struct Block<'a> {
    language: &'a str,
    path: Option<&'a str>,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut words = info.split_whitespace();
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(Block {
            language: words.next().unwrap_or_default(),
            path: words.next(),
            text: body.join("\n") + "\n",
        });
    }
    blocks
}

/// Lays the blocks of a document out as a site and says everything that Modelfolio finds in it.
fn findings(document: &str, base: &[(&str, &str)]) -> String {
    let markdown = read(document);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    for (path, text) in base {
        write(path, text);
    }
    let mut seen = BTreeSet::new();
    for block in blocks(&markdown) {
        match block.path {
            Some(path) => {
                assert!(seen.insert(path.to_owned()), "{document} has two blocks for {path}");
                write(path, &block.text);
            }
            None => assert_ne!(block.language, "toml", "{document}: a TOML block names no path:\n{}", block.text),
        }
    }
    assert!(!seen.is_empty(), "{document} has no example");
    let (tree, found) = load::load(folder.path()).expect("the examples are a site");
    let today = Date::parse("2026-06-01").expect("a day");
    let assembled = assemble(&tree, found, &Options { today, base_url: None }, &mut |_| {});
    text::render_all(&tree, &assembled.diagnostics, false)
}

#[test]
fn the_examples_of_the_content_format_are_a_site_without_errors_and_warnings() {
    let found = findings("docs/content-format.md", &[]);
    assert!(found.is_empty(), "{found}");
}

#[test]
fn the_examples_of_the_readme_are_a_site_without_errors_and_warnings() {
    let developer = ("content/developers/acme.toml", "name = \"Acme\"\n");
    let site = ("content/site.toml", "title = \"Models\"\n");
    let found = findings("README.md", &[developer, site]);
    assert!(found.is_empty(), "{found}");
}

#[test]
fn the_content_format_speaks_of_every_key() {
    let examples: String =
        blocks(&read("docs/content-format.md")).into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n");
    let table = read("docs/content-format.md");
    let named = |key: &str| {
        let assigned = |line: &str| {
            let code = line.trim_start().trim_start_matches(['[', '{']).trim_start();
            code.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
        };
        examples.lines().any(|line| assigned(line) || line.contains(&format!(".{key}]")) || inline(line, key))
            || table.contains(&format!("`{key}`"))
    };
    for (name, text) in schemas() {
        let schema: serde_json::Value = serde_json::from_str(&text).expect("a schema is JSON");
        let tables = schema["definitions"].as_object().into_iter().flat_map(|map| map.values());
        for table in tables.chain([&schema]) {
            for key in table["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
                assert!(named(key), "docs/content-format.md does not show `{key}` of schema/{name}");
            }
        }
    }
}

/// Whether the line has the key in an inline table.
fn inline(line: &str, key: &str) -> bool {
    line.split(['{', ',']).skip(1).any(|part| part.trim_start().strip_prefix(key).is_some_and(|r| r.starts_with(" =")))
}

/// Everything in backticks that is a path of the repository, going by how it begins.
fn named_paths(markdown: &str) -> Vec<String> {
    let folders = [
        "src/",
        "tests/",
        "templates/",
        "static/theme/",
        "docs/",
        "schema/",
        "benches/",
        "deploy/",
        ".github/",
        ".ci/",
    ];
    let mut fenced = false;
    let mut paths = Vec::new();
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for (index, part) in line.split('`').enumerate() {
            let path = part.split(['#', ':']).next().unwrap_or_default();
            let placeholder = path.contains(['<', '*', '{', ' ']) || path.contains("x.") || path.ends_with("/x");
            if index % 2 == 1 && folders.iter().any(|folder| path.starts_with(folder)) && !placeholder {
                paths.push(path.to_owned());
            }
        }
        for target in line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if !target.is_empty() && !target.contains(':') {
                paths.push(target.to_owned());
            }
        }
    }
    paths
}

#[test]
fn every_path_that_the_documents_name_is_there() {
    let mut missing = Vec::new();
    let documents = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/content-format.md",
        "docs/deploy.md",
        "docs/import.md",
    ];
    for document in documents {
        let folder = repository().join(document).parent().expect("a file is in a folder").to_path_buf();
        for path in named_paths(&read(document)) {
            let here = repository().join(&path).exists() || folder.join(&path).exists();
            // Examples of a site have paths of their own.
            if !here && !path.starts_with('/') && !path.starts_with("static/theme/css/custom") {
                missing.push(format!("{document} names {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_architecture_names_every_module_and_every_dependency() {
    let text = read("ARCHITECTURE.md");
    assert!(text.lines().count() <= 150, "ARCHITECTURE.md has {} lines", text.lines().count());
    let mut missing = Vec::new();
    for entry in fs::read_dir(repository().join("src")).expect("src/ is there") {
        let name = entry.expect("src/ can be listed").file_name().to_string_lossy().trim_end_matches(".rs").to_owned();
        if !text.contains(&format!("`{name}`")) && !["lib", "main"].contains(&name.as_str()) {
            missing.push(name);
        }
    }
    let manifest: toml::Table = read("Cargo.toml").parse().expect("Cargo.toml is TOML");
    for table in ["dependencies", "dev-dependencies"] {
        let names = manifest[table].as_table().expect("a table of dependencies").keys();
        missing.extend(names.filter(|name| !text.contains(&format!("`{name}`"))).cloned());
    }
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}
