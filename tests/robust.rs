//! Whatever a file says, Modelfolio answers with findings: it never panics, and says the same of the same files.
//!
//! Every file of the fixtures and of the repository's own content is damaged in many ways, always the same ones.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use modelfolio::catalog::{Cost, Date, Rankings, resolve};
use modelfolio::diagnostic::{json, text};
use modelfolio::files::{SourceFile, SourceTree};
use modelfolio::{Options, assemble, checks, load, source};

fn today() -> Date {
    Date::parse("2026-06-30").expect("a date")
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }

    fn place(&mut self, text: &str) -> usize {
        modelfolio::files::floor_char_boundary(text, self.roll(text.len() + 1))
    }
}

/// What authors, editors and attackers put into files.
const WILD: &[&str] = &[
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\r",
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    "#",
    "é",
    "\u{1f600}",
    "..",
    "/",
    "<script>",
    "](javascript:x)",
    "nan",
    "-inf",
    "1e400",
    "1e-400",
    "-1",
    "0",
    "0x7f",
    "9999999999999999999999999999",
    "79228162514264337593543950335",
    "18446744073709551616",
    "-9223372036854775808",
    "0.0000000000000000000000000001",
    "1e28",
    "2025-13-45",
    "2025-01-31T25:61:61Z",
    "00:00:00",
    "true",
    "\"\"",
    "\" \"",
    "not applicable",
    "\"in plan\"",
    "[[offer]]\n",
    "[price]\n",
    "a.b.c.d = 1\n",
    "id = \"\\u0000\"\n",
    "name = \"x\"\n",
    "model = \"x\"\n",
    "\n## \n",
];

/// Values that take the place of another.
const VALUES: &[&str] = &[
    "nan",
    "inf",
    "-0",
    "+0.0",
    "1e400",
    "1e-30",
    "1e15",
    "1_0",
    "0xff",
    "0b1",
    "-1",
    "0",
    "0.5",
    "1000000000000000",
    "1000000000000001",
    "170141183460469231731687303715884105728",
    "0.1234567890123456789012345678",
    "\"\"",
    "\"x\"",
    "\"::\"",
    "\"CON\"",
    "true",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "2025-02-29",
    "\"2025\"",
    "\"0000\"",
    "1979-05-27T07:32:00Z",
    "\"https://\"",
    "\"javascript:x\"",
    "\"a\\nb\"",
    "\"{id}\"",
    "\"not applicable\"",
    "\"in plan\"",
    "'''\n'''",
];

fn mutate(text: &str, dice: &mut Dice) -> String {
    let at = dice.place(text);
    match dice.roll(8) {
        0 => text[..at].to_owned(),
        1 => text[at..].to_owned(),
        2 => format!("{}{}{}", &text[..at], dice.pick(WILD), &text[at..]),
        3 => {
            let mut chars: Vec<char> = text.chars().collect();
            let (a, b) = (dice.roll(chars.len()), dice.roll(chars.len()));
            if !chars.is_empty() {
                chars.swap(a, b);
            }
            chars.into_iter().collect()
        }
        lines => {
            let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
            let (a, b) = (dice.roll(rows.len()), dice.roll(rows.len()));
            if !rows.is_empty() {
                match lines {
                    4 => rows.insert(b, rows[a].clone()),
                    5 => drop(rows.remove(a)),
                    6 => rows.swap(a, b),
                    _ => {
                        let given = rows.iter().enumerate().filter(|(_, row)| row.contains('=')).map(|(at, _)| at);
                        let given: Vec<usize> = given.collect();
                        if !given.is_empty() {
                            let at = *dice.pick(&given);
                            let key = rows[at].split('=').next().unwrap_or_default().to_owned();
                            rows[at] = format!("{key}= {}", dice.pick(VALUES));
                        }
                    }
                }
            }
            rows.join("\n") + "\n"
        }
    }
}

/// Everything up to the finished figures, in words; none when something panicked.
fn run(files: Vec<SourceFile>) -> Option<String> {
    let whole = || {
        let tree = SourceTree::new(files, Vec::new());
        let (sources, mut found) = source::parse(&tree);
        let (catalog, resolved) = resolve::resolve(&tree, &sources, None, today());
        found.extend(resolved);
        let mut said = String::new();
        if let Some(catalog) = &catalog {
            // What has errors is not to be believed, but must be borne.
            found.extend(checks::run(catalog, today()));
            let rankings = Rankings::new(catalog, today());
            for (measure, ranking) in rankings.iter() {
                let median = ranking.median().map(|median| ranking.axis().position(median));
                said.push_str(&format!("{measure:?} {median:?} {:?}\n", ranking.values()));
            }
            for model in catalog.models.values() {
                let costs = catalog
                    .settings
                    .workloads
                    .iter()
                    .map(|workload| Cost::of(workload, model, today()).map(|cost| cost.total()));
                said.push_str(&format!("{model:?} {:?}\n", costs.collect::<Vec<_>>()));
            }
        }
        modelfolio::diagnostic::sort(&tree, &mut found);
        said.push_str(&text::render_all(&tree, &found, false));
        said.push_str(&found.iter().map(|found| json::render(&tree, found)).collect::<String>());
        said
    };
    catch_unwind(AssertUnwindSafe(whole)).ok()
}

/// Sites by their folders: texts by path.
fn sites() -> BTreeMap<PathBuf, Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let below = walkdir::WalkDir::new(root.join("tests/fixtures")).into_iter();
    let folders = below.map(|entry| entry.expect("it can be listed").into_path());
    let folders = folders.filter(|path| path.join("content").is_dir()).chain([root.to_path_buf()]);
    let read = |folder: PathBuf| {
        let (tree, _) = load::load(&folder).expect("it is a site");
        (folder, tree.iter().map(|(_, file)| file.clone()).collect())
    };
    folders.map(read).collect()
}

/// A site with this text in the place of one file's.
fn with(files: &[SourceFile], at: usize, text: String) -> Vec<SourceFile> {
    let mut files = files.to_vec();
    files[at].text = text;
    files
}

#[test]
fn damaged_files_are_told_of_and_nothing_else_happens() {
    let mut dice = Dice(20_260_630);
    let mut runs = 0;
    for (folder, files) in sites() {
        // Of large sites, whose every run takes longer, each file is damaged less often.
        let times = (40 / files.len()).clamp(1, 8);
        for at in 0..files.len() {
            for _ in 0..times {
                let damaged = mutate(&files[at].text, &mut dice);
                let mut one = with(&files, at, damaged.clone());
                let mut other = one.clone();
                for end in (1..other.len()).rev() {
                    other.swap(end, dice.roll(end + 1));
                }
                one.reverse();
                let path = format!("{}/{}", folder.display(), files[at].path);
                let first = run(one).unwrap_or_else(|| panic!("{path} makes it panic:\n{damaged}"));
                assert!(Some(first) == run(other), "{path}: the order of the files matters:\n{damaged}");
                runs += 1;
            }
        }
    }
    assert!(runs > 1_000, "{runs} damaged files");
}

#[test]
fn a_file_cut_off_anywhere_is_told_of() {
    let sites = sites();
    let complete = sites.iter().find(|(folder, _)| folder.ends_with("complete")).map(|(_, files)| files);
    let files = complete.expect("there is a complete site");
    for at in 0..files.len() {
        let text = &files[at].text;
        for end in (0..text.len()).step_by(11).filter(|&end| text.is_char_boundary(end)) {
            assert!(run(with(files, at, text[..end].to_owned())).is_some(), "{} cut off at {end}", files[at].path);
        }
    }
}

/// A small site in which one line of the model's file is this.
fn small(line: &str) -> Vec<SourceFile> {
    [
        ("content/site.toml", "title = \"T\"\nheadline = [\"b\"]\n[sources.s]\ntitle = \"S\"\n".to_owned()),
        ("content/developers/d.toml", "name = \"D\"\n".to_owned()),
        ("content/benchmarks/b.toml", "name = \"B\"\nmeasures = \"x\"\ncategory = \"C\"\n".to_owned()),
        ("content/models/d/m.toml", format!("name = \"M\"\nsource = \"s\"\n{line}\n")),
        ("content/models/d/n.toml", "name = \"N\"\nsource = \"s\"\n[scores]\nb = -1000000000000000\n".to_owned()),
    ]
    .map(|(path, text)| SourceFile { path: path.to_owned(), text })
    .to_vec()
}

fn codes(tree: &SourceTree) -> Vec<&'static str> {
    let options = Options { today: today(), base_url: None };
    let found = assemble(tree, Vec::new(), &options, &mut |_| {}).diagnostics;
    found.iter().map(|found| found.code).collect()
}

#[test]
fn numbers_at_every_limit_are_taken_exactly_or_refused() {
    let keys = [
        "context_window = ",
        "parameters = ",
        "[price]\ncache_read = 0\noutput = 1\ninput = ",
        "[price]\ninput = 999999999\noutput = ",
        "[[price.row]]\ncomponent = \"input\"\nabove = 1\namount = ",
        "[[price.tier]]\ninput = 1\nabove = ",
        "[scores]\nb = ",
        "[[score]]\nbenchmark = \"b\"\nvalue = 1\nuncertainty = ",
    ];
    for key in keys {
        for value in VALUES {
            assert!(run(small(&format!("{key}{value}"))).is_some(), "{key}{value}");
        }
    }
    for (value, code) in [
        ("nan", "not-a-number"),
        ("-inf", "not-a-number"),
        ("1e400", "absurd-number"),
        ("1e15", "absurd-number"),
        ("0xff", "not-a-number"),
        ("-1", "negative-number"),
        ("1e-30", "not-a-number"),
        ("1e28", "absurd-number"),
        ("1.23456789012345678901234567890123e0", "not-a-number"),
        ("9223372036854775808", "absurd-number"),
        ("\"1,000\"", "wrong-type"),
    ] {
        let tree = SourceTree::new(small(&format!("[price]\ninput = {value}")), Vec::new());
        assert_eq!(codes(&tree), [code], "{value}");
    }
    for value in ["-0.0", "+1.5", "1_000.000_1", "1e3", "1.5E-3", "0.0000000000000000000000000001", "999_999_999"] {
        let tree = SourceTree::new(small(&format!("[price]\ninput = {value}")), Vec::new());
        assert!(codes(&tree).is_empty(), "{value}");
    }
}

#[test]
fn texts_of_any_length_and_depth_are_borne() {
    let long = "x".repeat(1_000_000);
    let lines = [
        format!("id = \"{long}\""),
        format!("successor = \"{long}\""),
        format!("competitors = [{}]", "\"a\", ".repeat(10_000)),
        format!("status = \"{long}\""),
        format!("summary = \"{long}\""),
        format!("aliases = [{}]", (0..10_000).map(|n| format!("\"a{n}\", ")).collect::<String>()),
        format!("released = \"{long}\""),
        format!("{long} = 1"),
        format!("{}b = 1", "a.".repeat(20_000)),
        format!("name{} = 1", ".a".repeat(20_000)),
        format!("price = {}1{}", "[".repeat(20_000), "]".repeat(20_000)),
        format!("price = {}", "{a = ".repeat(20_000)),
        format!("[{}]", vec!["a"; 20_000].join(".")),
    ];
    for line in lines {
        assert!(run(small(&line)).is_some(), "{}", &line[..40]);
    }
}
