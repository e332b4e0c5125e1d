//! The sources are built as the design says: who may use whom, and what only few modules may do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use modelfolio::catalog::{
    Component, Direction, Effort, Host, LinkKind, Measured, Modality, ServiceTier, Status, Unit, Weights,
};
use modelfolio::importers::price;
use modelfolio::source::words;

/// What each module of `src/` may use of the others. `*` is everything.
const MAY_USE: &[(&str, &[&str])] = &[
    ("files", &[]),
    ("diagnostic", &["files"]),
    ("load", &["files", "diagnostic"]),
    ("source", &["files", "diagnostic"]),
    ("catalog", &["files"]),
    // Whether an ID can be a part of a path is `site`'s to say.
    ("catalog::resolve", &["catalog", "source", "files", "diagnostic", "site"]),
    // Findings point into files.
    ("checks", &["catalog", "diagnostic", "files"]),
    ("html", &[]),
    // What it finds out about links is part of what a page hands on, which is `pages`' type.
    ("markdown", &["catalog", "diagnostic", "files", "html", "urls", "pages"]),
    ("charts", &["catalog", "html"]),
    ("urls", &["catalog", "site"]),
    ("markup", &[]),
    ("minify", &["markup"]),
    // The style sheet is minified as it is assembled; a site's own files take the place of the theme's.
    ("theme", &["site", "files", "minify", "urls"]),
    ("pages", &["catalog", "markdown", "charts", "urls", "theme", "site", "html", "diagnostic", "files"]),
    // Exports are given what pages are given: `pages::Context`.
    ("exports", &["catalog", "markdown", "charts", "urls", "site", "theme", "headers", "pages"]),
    ("site", &[]),
    ("headers", &[]),
    ("compress", &["headers"]),
    ("hosts", &["catalog", "diagnostic", "site"]),
    ("links", &["site", "diagnostic", "files", "markup"]),
    ("publish", &["site", "diagnostic", "minify", "compress"]),
    ("assemble", &["files", "source", "catalog", "checks", "diagnostic", "pages", "exports", "theme", "site", "links"]),
    // The stages of `assemble`, for a part of the site.
    (
        "workspace",
        &[
            "assemble",
            "files",
            "source",
            "catalog",
            "diagnostic",
            "pages",
            "exports",
            "theme",
            "site",
            "links",
            "minify",
        ],
    ),
    // It renders nothing itself: what it serves comes from the workspace.
    ("preview", &["workspace", "assemble", "load", "headers", "links", "urls", "catalog", "diagnostic", "files"]),
    // Foreign texts to content texts. It knows nothing of what is true; "did you mean" is `diagnostic`'s.
    ("importers", &["files", "diagnostic"]),
    ("cli", &["*"]),
    ("lib", &["*"]),
    ("main", &["*"]),
];

/// The modules that see the machine: folders, clock, environment.
const MACHINE: &[&str] = &["load", "publish", "preview", "cli"];

/// The longest that a file may be, without its tests.
const LONGEST: usize = 400;
/// With the tests in them, or tests alone.
const LONGEST_WITH_TESTS: usize = 450;

/// A file of `src/` without its tests.
struct Source {
    /// Path below `src/` with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The module that it belongs to: `catalog`, and `catalog::resolve`, which is its own.
    fn module(&self) -> &str {
        if self.path.starts_with("catalog/resolve/") {
            return "catalog::resolve";
        }
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// Whether `super` is the crate itself here.
    fn is_top(&self) -> bool {
        !self.path.contains('/') || self.path.matches('/').count() == 1 && self.path.ends_with("/mod.rs")
    }

    /// The lines that are no comments.
    fn code(&self) -> impl Iterator<Item = &str> {
        self.text.lines().filter(|line| !line.trim_start().starts_with("//"))
    }

    /// What the code uses below this root, as in `crate`: the first names behind it, those within braces too.
    fn uses(&self, root: &str) -> BTreeSet<String> {
        let code: String = self.code().collect::<Vec<_>>().join("\n");
        let mut uses = BTreeSet::new();
        let start = format!("{root}::");
        for (at, _) in code.match_indices(&start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            uses.extend(names(&code[at + start.len()..]));
        }
        uses
    }
}

/// The names at the beginning of the rest of a path: one, or all first ones of a list in braces.
fn names(rest: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(name(&list[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(name(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn repository(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder with this ending, by its path there.
fn files(below: &str, ending: &str) -> BTreeMap<String, String> {
    let root = repository(below);
    let entries = walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.expect("it can be listed").into_path());
    entries
        .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending))
        .map(|path| {
            let inner = path.strip_prefix(&root).expect("it is below").to_string_lossy().replace('\\', "/");
            (inner, read(&path))
        })
        .collect()
}

/// Every file of `src/` that is no test, without the tests in it.
fn sources() -> Vec<Source> {
    let files = files("src", ".rs");
    let tests: BTreeSet<String> = files.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    files
        .into_iter()
        .filter(|(path, _)| !tests.contains(path) && !tests.iter().any(|test| is_below(path, test)))
        .map(|(path, text)| {
            let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
            Source { path, text: text[..end].to_owned() }
        })
        .collect()
}

/// Whether a file is of a module within the module of another file.
fn is_below(path: &str, module: &str) -> bool {
    path.strip_prefix(module.trim_end_matches(".rs")).is_some_and(|rest| rest.starts_with('/'))
}

/// The files of the modules that a file has for tests only.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = path.strip_suffix("/mod.rs").or(path.strip_suffix(".rs")).unwrap_or(path);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pairs = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    pairs
        .filter_map(|pair| {
            pair[1].strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| format!("{folder}/{name}.rs"))
        })
        .collect()
}

#[test]
fn modules_use_what_the_design_allows() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        let module = source.module();
        seen.insert(module.to_owned());
        let Some(allowed) = table.get(module) else {
            wrong.push(format!("{}: the table does not know the module `{module}`", source.path));
            continue;
        };
        let mut uses = source.uses("crate");
        if source.is_top() && !matches!(module, "lib" | "main") {
            // One way to name another module is enough.
            wrong.extend(source.uses("super").iter().map(|name| format!("{}: super::{name}", source.path)));
        }
        uses.retain(|name| table.contains_key(name.as_str()));
        let own = module.split("::").next().unwrap_or_default();
        for name in uses {
            if name != own && !allowed.contains(&name.as_str()) && !allowed.contains(&"*") {
                wrong.push(format!("{}: `{module}` may not use `{name}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let gone: Vec<_> = table.keys().filter(|module| !seen.contains(**module)).collect();
    assert!(gone.is_empty(), "modules of the table that are not there: {gone:?}");
}

#[test]
fn nothing_but_resolve_sees_both_what_was_written_and_what_is_true() {
    for source in sources().iter().filter(|source| source.module() == "catalog") {
        assert!(!source.text.contains("resolve::"), "{} uses catalog::resolve", source.path);
    }
}

#[test]
fn only_few_modules_see_the_machine() {
    let mut wrong = Vec::new();
    for source in sources() {
        if MACHINE.contains(&source.module()) || source.module() == "main" {
            continue;
        }
        let uses = source.uses("std");
        for name in ["fs", "env", "net", "process"] {
            wrong.extend(uses.contains(name).then(|| format!("{}: std::{name}", source.path)));
        }
        let clocks = ["SystemTime", "Instant", "Zoned", "Timestamp"];
        let lines = source.code().filter(|line| clocks.iter().any(|clock| has_word(line, clock)));
        wrong.extend(lines.map(|line| format!("{}: {}", source.path, line.trim())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints_and_nothing_is_unsafe() {
    let mut wrong = Vec::new();
    for source in sources() {
        for line in source.code() {
            let prints = ["println!", "print!", "eprintln!", "eprint!", "dbg!"].iter().any(|word| has_word(line, word));
            if prints && source.module() != "cli" || has_word(line, "unsafe") && !line.contains('"') {
                wrong.push(format!("{}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a line has this word, which may end in a sign.
fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

#[test]
fn no_file_is_long() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("src/{path} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split by noun: {long:?}");
    let whole = files("src", ".rs").into_iter().map(|(path, text)| (text.lines().count(), path));
    let long: Vec<String> = whole
        .filter(|(lines, _)| *lines > LONGEST_WITH_TESTS)
        .map(|(lines, path)| format!("src/{path}: {lines}"))
        .collect();
    assert!(long.is_empty(), "give the tests a file of their own: {long:?}");
}

#[test]
fn templates_escape_everything_and_decide_nothing() {
    for (path, text) in files("templates", "") {
        for filter in ["|safe", "| safe", "|escape(", "| escape("] {
            assert!(!text.contains(filter), "templates/{path} has `{filter}`: safe HTML is a type");
        }
        assert!(
            !text.contains("<script>") && !text.contains("<style"),
            "templates/{path} has an inline script or style"
        );
    }
}

#[test]
fn a_page_is_one_module_and_one_template_of_its_name() {
    let stem = |path: &str| path.split(['/', '.']).next().unwrap_or_default().to_owned();
    let templates = files("templates", ".html");
    let pages: BTreeMap<String, String> = files("src/pages", ".rs").into_iter().collect();
    let mut with_template = BTreeSet::new();
    for (path, text) in &pages {
        for (at, start) in text.match_indices("path = \"pages/") {
            let template = text[at + start.len()..].split('"').next().unwrap_or_default();
            assert_eq!(stem(template), stem(path), "src/pages/{path} has the template pages/{template}");
            assert!(templates.contains_key(&format!("pages/{template}")), "there is no template pages/{template}");
            with_template.insert(template.to_owned());
        }
    }
    // What stands in for a page in the preview has templates too.
    let preview = files("src/preview", ".rs");
    let every: String = pages.values().chain(templates.values()).chain(preview.values()).cloned().collect();
    for path in templates.keys() {
        assert!(every.contains(&format!("\"{path}\"")), "nothing uses templates/{path}");
        if let Some(page) = path.strip_prefix("pages/").filter(|page| !page.contains('/')) {
            assert!(with_template.contains(page), "templates/{path} has no module in src/pages/");
        }
    }
    assert!(with_template.contains("not_found.html"), "the search finds templates");
}

#[test]
fn what_may_be_written_is_what_is_understood() {
    // Importers know nothing of the catalogue, and have to say it in its words.
    let imported = [
        price::Component::ALL.iter().map(|one| one.word()).collect::<Vec<_>>(),
        price::Unit::ALL.iter().map(|one| one.word()).collect(),
    ];
    let pairs = [
        (&*imported[0], Component::WORDS),
        (&*imported[1], Unit::WORDS),
        (words::STATUSES, Status::WORDS),
        (words::WEIGHTS, Weights::WORDS),
        (words::MODALITIES, Modality::WORDS),
        (words::COMPONENTS, Component::WORDS),
        (words::UNITS, Unit::WORDS),
        (words::SERVICE_TIERS, ServiceTier::WORDS),
        (words::MEASURED, Measured::WORDS),
        (words::DIRECTIONS, Direction::WORDS),
        (words::LINK_KINDS, LinkKind::WORDS),
        (words::EFFORTS, Effort::WORDS),
        (words::HOSTS, Host::WORDS),
    ];
    for (written, understood) in pairs {
        let sets: [BTreeSet<&str>; 2] = [written, understood].map(|list| list.iter().copied().collect());
        assert_eq!(sets[0], sets[1]);
        assert_eq!(written.len(), sets[0].len(), "a word is there twice: {written:?}");
    }
}

#[test]
fn the_search_reads_uses_as_the_compiler_does() {
    let text =
        "use crate::{a, b::{c, d}, e as f,\n g};\ncrate::h::i();\n// crate::no\nnot_crate::no; use std::{fs, io};\n";
    let source = Source { path: "x/y.rs".to_owned(), text: text.to_owned() };
    assert_eq!(source.uses("crate").into_iter().collect::<Vec<_>>(), ["a", "b", "e", "g", "h"]);
    assert!(source.uses("std").contains("fs"));
    assert_eq!(test_modules("a/mod.rs", "#[cfg(test)]\npub(crate) mod example;\nmod b;\n"), ["a/example.rs"]);
    assert_eq!(test_modules("a/b.rs", "#[cfg(test)]\nmod tests;\n"), ["a/b/tests.rs"]);
}
