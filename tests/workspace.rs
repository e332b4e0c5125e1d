//! A workspace after any sequence of edits is what a build of the same files gives.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Mutex;

use modelfolio::catalog::Date;
use modelfolio::diagnostic::Diagnostic;
use modelfolio::files::{SourceFile, SourceTree, StaticFile};
use modelfolio::workspace::Workspace;
use modelfolio::{Options, assemble, load, minify};
use rayon::prelude::*;

/// A site as its files: texts of `content/`, bytes of `static/`.
#[derive(Clone)]
struct Folder {
    texts: BTreeMap<String, String>,
    statics: BTreeMap<String, Vec<u8>>,
}

impl Folder {
    fn complete() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/complete");
        let (tree, found) = load::load(&root).expect("the fixture can be read");
        assert!(found.is_empty());
        Self {
            texts: tree.iter().map(|(_, file)| (file.path.clone(), file.text.clone())).collect(),
            statics: tree.statics().iter().map(|file| (file.path.clone(), file.bytes.to_vec())).collect(),
        }
    }

    fn tree(&self) -> SourceTree {
        let texts = self.texts.iter().map(|(path, text)| SourceFile { path: path.clone(), text: text.clone() });
        let statics =
            self.statics.iter().map(|(path, bytes)| StaticFile { path: path.clone(), bytes: bytes.as_slice().into() });
        SourceTree::new(texts.collect(), statics.collect())
    }
}

fn options() -> Options {
    Options { today: Date::parse("2026-06-01").expect("a day"), base_url: None }
}

/// What builds publish. A page that an earlier build had too is not minified again.
#[derive(Default)]
struct Builds {
    minified: Mutex<HashMap<Vec<u8>, Vec<u8>>>,
}

type Files = BTreeMap<String, Vec<u8>>;

impl Builds {
    /// Every file that a build of this folder publishes, `None` when it is broken, and what it says.
    fn published(&self, folder: &Folder) -> (Option<Files>, Vec<Diagnostic>) {
        let assembled = assemble(&folder.tree(), Vec::new(), &options(), &mut |_| {});
        let files = assembled.site.map(|site| {
            let files: Vec<_> = site.iter().collect();
            let finished = files.into_par_iter().map(|(path, file)| {
                let own = file.producer.starts_with("static/");
                let known =
                    self.minified.lock().expect("no thread panicked").get(&file.bytes).cloned().filter(|_| !own);
                let finished = known.unwrap_or_else(|| {
                    let bytes = minify::published(path.as_str(), own, &file.bytes).0.into_owned();
                    self.minified.lock().expect("no thread panicked").insert(file.bytes.clone(), bytes.clone());
                    bytes
                });
                (path.to_string(), finished)
            });
            finished.collect()
        });
        (files, assembled.diagnostics)
    }
}

fn published(folder: &Folder) -> (Option<Files>, Vec<Diagnostic>) {
    Builds::default().published(folder)
}

fn assert_serves(workspace: &Workspace, expected: &Files, after: &str) {
    assert_eq!(workspace.paths(), expected.keys().cloned().collect::<Vec<_>>(), "after {after}");
    let stale: Vec<&String> = expected
        .par_iter()
        .filter(|(path, bytes)| workspace.get(path).as_ref() != Some(*bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(stale.is_empty(), "after {after} these are not what a build writes: {stale:?}");
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end as u64).expect("it is below a usize")
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Does something to the folder, as authors and their tools do, and says what.
fn change(folder: &mut Folder, as_made: &Folder, dice: &mut Dice) -> String {
    let paths: Vec<String> = folder.texts.keys().cloned().collect();
    let path = dice.pick(&paths).clone();
    let mut text = folder.texts[&path].clone();
    match dice.below(20) {
        0..10 => {
            let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            if digits.is_empty() {
                text.push_str("\nmore\n");
            } else {
                let at = *dice.pick(&digits);
                text.replace_range(at..=at, &dice.below(10).to_string());
            }
        }
        10..12 => {
            let lines: Vec<&str> = text.lines().collect();
            let at = dice.below(lines.len().max(1));
            text =
                lines.iter().enumerate().filter(|(line, _)| *line != at).map(|(_, line)| format!("{line}\n")).collect();
        }
        12 => text.push_str("= nothing that could be read\n"),
        13 => text = text.replace("Sonata", "Toccata"),
        14 => text.push_str("\n# A remark.\n"),
        15 => {
            let css = format!("h1 {{ color: #{:06x} }}", dice.below(0xff_ffff));
            folder.statics.insert("theme/css/custom.css".to_owned(), css.into_bytes());
            return "a stylesheet".to_owned();
        }
        16 => {
            folder.statics.insert(format!("file-{}.txt", dice.below(3)), vec![b'x'; dice.below(9)]);
            return "a file to be copied".to_owned();
        }
        17 => {
            folder.texts.remove(&path);
            return format!("removing {path}");
        }
        18 => {
            folder.texts.insert(path.replace('.', "-twin."), text);
            return format!("copying {path}");
        }
        _ => {
            folder.texts.remove(&path);
            folder.texts.insert(path.replacen("acme/", "borealis/", 1), text);
            return format!("moving {path}");
        }
    }
    // A text of the site as it was made has that path's own back now and then.
    if dice.below(4) == 0 {
        text = as_made.texts.get(&path).cloned().unwrap_or(text);
    }
    folder.texts.insert(path.clone(), text);
    path
}

/// The texts that differ, when nothing else does.
fn edited(before: &Folder, after: &Folder) -> Option<BTreeMap<String, String>> {
    let same = before.texts.keys().eq(after.texts.keys()) && before.statics == after.statics;
    let differ = after.texts.iter().filter(|(path, text)| before.texts.get(path.as_str()) != Some(*text));
    same.then(|| differ.map(|(path, text)| (path.clone(), text.clone())).collect())
}

#[test]
fn after_any_edits_every_file_is_what_a_build_writes() {
    let as_made = Folder::complete();
    let builds = Builds::default();
    let (mut quick, mut whole, mut broken) = (0, 0, 0);
    for seed in 0..4 {
        let mut dice = Dice(seed);
        let mut folder = as_made.clone();
        let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
        let mut is_broken = false;
        for step in 0..50 {
            let before = folder.clone();
            let mut what = change(&mut folder, &as_made, &mut dice);
            if is_broken && dice.below(2) == 0 {
                folder = as_made.clone();
                what = "mending everything".to_owned();
            }
            if edited(&before, &folder).is_some_and(|texts| workspace.edit(&texts)) {
                quick += 1;
            } else {
                workspace = workspace.renewed(folder.tree(), Vec::new());
                whole += 1;
            }
            let (expected, said) = builds.published(&folder);
            is_broken = expected.is_none();
            match expected {
                Some(expected) => {
                    assert_serves(&workspace, &expected, &format!("step {step} of seed {seed}: {what}"));
                    assert_eq!(workspace.inspection().run(), said, "step {step} of seed {seed}: {what}");
                }
                None => broken += 1,
            }
        }
    }
    // The walk went everywhere: through quick edits, through whole ones, and through broken sites.
    assert!(quick > 40 && whole > 40 && broken > 15, "{quick} quick, {whole} whole, {broken} broken");
}

/// The workspace of the complete site after these replacements in one of its files; whether that was quick.
fn replaced(path: &str, replacements: &[(&str, &str)]) -> (Workspace, Folder, bool) {
    let mut folder = Folder::complete();
    let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
    let mut text = folder.texts[path].clone();
    for (from, to) in replacements {
        assert!(text.contains(from), "{path} has {from}");
        text = text.replacen(from, to, 1);
    }
    folder.texts.insert(path.to_owned(), text.clone());
    let quick = workspace.edit(&BTreeMap::from([(path.to_owned(), text)]));
    (workspace, folder, quick)
}

#[test]
fn an_edited_card_is_quick() {
    let edits: [(&str, &[(&str, &str)]); 13] = [
        ("content/models/acme/sonata-0.toml", &[("output = 8", "output = 9.5")]),
        ("content/models/acme/sonata-0.toml", &[("name = \"Sonata 0\"", "name = \"Sonata Zero\"")]),
        ("content/models/acme/sonata-0.toml", &[("family = \"Sonata\"\n", ""), ("128_000", "256_000")]),
        // Pages that compare a model with its successor come and go with its status.
        (
            "content/models/acme/sonata-0.toml",
            &[("successor = \"acme/sonata\"", "successor = \"Borealis/Aurora-7B:free\"")],
        ),
        (
            "content/models/acme/sonata-0.toml",
            &[("status = \"deprecated\"\n", ""), ("deprecated = 2026-02-01\n", ""), ("retired = 2026-12-31\n", "")],
        ),
        (
            "content/models/acme/sonata.toml",
            &[("summary", "status = \"deprecated\"\nsuccessor = \"Borealis/Aurora-7B:free\"\nsummary")],
        ),
        // A view begins, a view ends, an order is another.
        ("content/models/acme/sonata-0.toml", &[("128_000", "1_280_000")]),
        (
            "content/models/borealis/aurora-7b.toml",
            &[
                ("weights = \"open\"", "weights = \"closed\""),
                ("weights_url = \"https://weights.example/aurora\"\n", ""),
            ],
        ),
        ("content/models/acme/sonata-0.toml", &[("released = 2025-01-31", "released = 2026-02-01")]),
        ("content/models/acme/sonata.md", &[("a", "an edited ")]),
        ("content/models/acme/sonata.faq.md", &[("?", ", or what?")]),
        ("content/pages/about.md", &[("a", "an edited ")]),
        ("content/pages/help/faq.faq.md", &[("The fixture", "An edited fixture")]),
    ];
    for (path, replacements) in edits {
        let (workspace, folder, quick) = replaced(path, replacements);
        assert!(quick, "{path}: {replacements:?}");
        let (expected, found) = published(&folder);
        assert_serves(&workspace, &expected.unwrap_or_else(|| panic!("{path}: {found:?}")), path);
    }
}

/// Figures that are overdue are marked in an edited model as in any other.
#[test]
fn an_edit_that_makes_a_figure_old_marks_it() {
    let mut folder = Folder::complete();
    let site = format!("recheck_after_days = 90\n{}", folder.texts["content/site.toml"]);
    folder.texts.insert("content/site.toml".to_owned(), site);
    let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
    let path = "content/models/acme/sonata-0.toml";
    let marked = |workspace: &Workspace| {
        let pages = ["models/acme/sonata-0/index.html", "providers/acme/index.html"];
        let page = |path| String::from_utf8(workspace.get(path).expect("the page")).expect("pages are UTF-8");
        pages.map(|path| page(path).matches("30 Dec 2025").count())
    };
    assert_eq!(marked(&workspace), [0, 0]);
    let text = folder.texts[path]
        .replace("as_of = 2026-05-01", "as_of = 2025-12-30")
        .replace("source = \"desk\"", "source = \"own\"");
    let text = format!("{text}\n[sources.own]\ntitle = \"Own\"\n");
    folder.texts.insert(path.to_owned(), text);
    workspace = workspace.renewed(folder.tree(), Vec::new());
    assert!(marked(&workspace)[0] > 0 && marked(&workspace)[1] > 0, "{:?}", marked(&workspace));
    // The day is set to one that is not long ago, and back.
    for (from, to) in [("as_of = 2025-12-30", "as_of = 2026-05-20"), ("as_of = 2026-05-20", "as_of = 2025-12-30")] {
        let text = folder.texts[path].replace(from, to);
        folder.texts.insert(path.to_owned(), text.clone());
        assert!(workspace.edit(&BTreeMap::from([(path.to_owned(), text)])), "{to} is a quick edit");
        let (expected, found) = published(&folder);
        assert_serves(&workspace, &expected.unwrap_or_else(|| panic!("{found:?}")), to);
        assert_eq!(marked(&workspace)[0] > 0, to.contains("12-30"), "{to}");
    }
}

/// A list of more rows than a page holds, in which an edited model comes to stand elsewhere.
#[test]
fn an_edit_that_moves_entries_to_other_pages_moves_them_there() {
    let mut folder = Folder::complete();
    let offers: String = (0..205)
        .map(|at| format!("[[offer]]\nmodel = \"acme/sonata-0\"\nregion = \"R{at:03}\"\nprice = {{ input = 1 }}\n"))
        .collect();
    let sources = "[sources.list]\ntitle = \"List\"\n";
    let own = "[[offer]]\nmodel = \"acme/sonata\"\nprice = { input = 1 }\n";
    folder.texts.insert(
        "content/providers/many.toml".to_owned(),
        format!("name = \"Many\"\nsource = \"list\"\nas_of = 2026-05-01\n{sources}{own}{offers}"),
    );
    let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
    assert!(workspace.has("providers/many/2/index.html"), "{:?}", workspace.diagnostics());
    let path = "content/models/acme/sonata-0.toml";
    for (from, to) in
        [("released = 2025-01-31", "released = 2026-02-01"), ("output = 8", "output = 8\nbatch = { input = 1 }")]
    {
        let text = folder.texts[path].replace(from, to);
        assert_ne!(text, folder.texts[path]);
        folder.texts.insert(path.to_owned(), text.clone());
        assert!(workspace.edit(&BTreeMap::from([(path.to_owned(), text)])), "{to} is an edit of one file");
        let (expected, found) = published(&folder);
        assert_serves(&workspace, &expected.unwrap_or_else(|| panic!("{to}: {found:?}")), to);
    }
}

/// As many changes as one page holds, and an edit that makes one more.
#[test]
fn an_edit_that_adds_a_change_adds_the_pages_of_the_years() {
    let mut folder = Folder::complete();
    let path = "content/models/acme/sonata-0.toml";
    let before = folder.texts[path].clone();
    let with_offers = |folder: &mut Folder, offers: usize| {
        let offers: String = (0..offers)
            .map(|at| {
                format!(
                    "[[offer]]\nmodel = \"acme/sonata-0\"\nregion = \"R{at:03}\"\nprice = {{ input = 1, from = 2025-09-01 }}\n"
                )
            })
            .collect();
        let sources = "source = \"list\"\nas_of = 2026-05-01\n[sources.list]\ntitle = \"List\"\n";
        folder.texts.insert("content/providers/many.toml".to_owned(), format!("name = \"Many\"\n{sources}{offers}"));
    };
    let has_years = |workspace: &Workspace| workspace.has("changes/2025/index.html");
    // The fewest offers that are too many for a page.
    let (mut few, mut many) = (0, 201);
    while many - few > 1 {
        let middle = (few + many) / 2;
        with_offers(&mut folder, middle);
        if has_years(&Workspace::new(folder.tree(), Vec::new(), options())) {
            many = middle;
        } else {
            few = middle;
        }
    }
    with_offers(&mut folder, few);
    let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
    assert!(workspace.has("changes/index.html") && !has_years(&workspace), "{:?}", workspace.diagnostics());
    for (text, years) in [(before.replace("family = ", "announced = \"2024-12\"\nfamily = "), true), (before, false)] {
        assert_ne!(text, folder.texts[path]);
        folder.texts.insert(path.to_owned(), text.clone());
        assert!(workspace.edit(&BTreeMap::from([(path.to_owned(), text)])), "it is an edit of one file");
        assert_eq!(has_years(&workspace), years);
        let (expected, found) = published(&folder);
        assert_serves(&workspace, &expected.unwrap_or_else(|| panic!("{found:?}")), "a change more or less");
    }
}

#[test]
fn an_edit_that_adds_a_price_makes_a_page_of_prices_more() {
    let mut folder = Folder::complete();
    let path = "content/models/acme/sonata-0.toml";
    let searches = |number: usize| -> String {
        let row = |at| {
            format!(
                "[[price.row]]\ncomponent = \"web search\"\nunit = \"1K requests\"\namount = {at}\nquality = \"q{at}\"\n"
            )
        };
        (0..number).map(row).collect()
    };
    let as_made = folder.texts[path].clone();
    folder.texts.insert(path.to_owned(), format!("{as_made}{}", searches(93)));
    let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
    assert!(workspace.has("pricing/index.html") && !workspace.has("pricing/2/index.html"));
    // Nothing but the number of prices changes: the conditions are those of prices that were there.
    let plain = "[[price.row]]\ncomponent = \"web search\"\nunit = \"1K requests\"\namount = 1\n";
    let text = format!("{as_made}{}{plain}", searches(93));
    folder.texts.insert(path.to_owned(), text.clone());
    assert!(workspace.edit(&BTreeMap::from([(path.to_owned(), text)])), "it is an edit of one file");
    assert!(workspace.has("pricing/2/index.html"));
    let (expected, found) = published(&folder);
    assert_serves(&workspace, &expected.unwrap_or_else(|| panic!("{found:?}")), "one price more");
}

/// Charts come and go with what one edited model is known for: its price, what its score can be compared with, when a
/// price moved.
#[test]
fn an_edit_makes_and_unmakes_charts() {
    let mut folder = Folder::complete();
    // A price of the fixture moved too. With a day between, the one does not follow the other.
    let other = folder.texts.get_mut("content/models/acme/sonata-0.toml").unwrap();
    assert!(other.contains("until = 2025-05-31"));
    *other = other.replace("until = 2025-05-31", "until = 2025-05-30");
    let quiz = "name = \"Quiz\"\nmeasures = \"Answers\"\ncategory = \"Science\"\n";
    folder.texts.insert("content/benchmarks/quiz.toml".to_owned(), quiz.to_owned());
    let model = |price: &str, version: &str| {
        format!(
            "name = \"X\"\n[sources.list]\ntitle = \"List\"\n[price]\n{price}\nsource = \"list\"\n[[score]]\nbenchmark = \"quiz\"\n\
             value = 7\n{version}\nsource = \"list\"\n"
        )
    };
    const PRICED: &str = "input = 1\noutput = 2";
    for at in 1..=5 {
        folder.texts.insert(format!("content/models/acme/x{at}.toml"), model(PRICED, ""));
    }
    let mut workspace = Workspace::new(folder.tree(), Vec::new(), options());
    let path = "content/models/acme/x1.toml";
    let moved = "[[price.row]]\ncomponent = \"input\"\namount = 1\nuntil = 2026-01-31\n[[price.row]]\ncomponent = \"input\"\n\
                 amount = 2\nfrom = 2026-02-01";
    for (text, has_quiz, has_prices) in [
        (model("input = 1", ""), false, false),
        (model(PRICED, ""), true, false),
        (model(PRICED, "version = \"2\""), false, false),
        (
            format!("{}[price]\noutput = 2\n{moved}\n", model("", "").replace("[price]\n\nsource = \"list\"\n", "")),
            true,
            true,
        ),
        (format!("status = \"retired\"\n{}", model(PRICED, "")), false, false),
    ] {
        folder.texts.insert(path.to_owned(), text.clone());
        assert!(workspace.edit(&BTreeMap::from([(path.to_owned(), text.clone())])), "one file was edited: {text}");
        let has = |chart: &str| workspace.has(&format!("charts/{chart}/index.html"));
        assert_eq!((has("quiz"), has("models/prices")), (has_quiz, has_prices), "{text}");
        let (expected, found) = published(&folder);
        assert_serves(&workspace, &expected.unwrap_or_else(|| panic!("{text}: {found:?}")), &text);
    }
}

#[test]
fn a_mistake_keeps_the_last_good_site_and_mending_it_is_quick() {
    let path = "content/models/acme/sonata-0.toml";
    let (mut workspace, mut folder, quick) = replaced(path, &[("output = 8", "output = nine")]);
    assert!(!quick && workspace.diagnostics().is_empty(), "the workspace is as it was");
    workspace = workspace.renewed(folder.tree(), Vec::new());
    assert!(workspace.diagnostics().iter().any(Diagnostic::is_error));
    let (good, _) = published(&Folder::complete());
    let good = good.expect("the site is whole");
    assert_serves(&workspace, &good, "a mistake");

    let mended = folder.texts[path].replace("output = nine", "output = 8");
    folder.texts.insert(path.to_owned(), mended.clone());
    assert!(workspace.edit(&BTreeMap::from([(path.to_owned(), mended)])), "mending is an edit of one file");
    assert!(workspace.diagnostics().is_empty());
    assert_serves(&workspace, &good, "mending");
}

#[test]
fn a_warning_about_a_file_does_not_make_edits_slow() {
    let folder = Folder::complete();
    let warning = Diagnostic::warning("unknown-file", "`content/notes.txt` is neither TOML nor Markdown");
    let mut workspace = Workspace::new(folder.tree(), vec![warning.clone()], options());
    let path = "content/pages/about.md".to_owned();
    let text = folder.texts[&path].clone() + "\nMore.\n";
    assert!(workspace.edit(&BTreeMap::from([(path, text)])));
    assert_eq!(workspace.diagnostics(), [warning]);
}

#[test]
fn without_a_good_site_there_are_no_files_and_all_findings() {
    let mut folder = Folder::complete();
    folder.texts.insert("content/site.toml".to_owned(), "title = ".to_owned());
    let workspace = Workspace::new(folder.tree(), Vec::new(), options());
    assert!(!workspace.has_site() && workspace.paths().is_empty() && workspace.get("index.html").is_none());
    let (_, said) = published(&folder);
    assert_eq!(workspace.diagnostics(), said);
}

#[test]
fn a_page_shows_its_parts_and_only_leads_to_others() {
    let folder = Folder::complete();
    let workspace = Workspace::new(folder.tree(), Vec::new(), options());
    let path = "models/acme/sonata/index.html";
    let parts = workspace.embedded(path, &workspace.get(path).expect("the card is there"));
    for part in &parts {
        assert!(workspace.has(part) && !part.ends_with(".html"), "{part}");
    }
    assert!(parts.iter().any(|part| part == "assets/rulers.svg"), "{parts:?}");
    assert!(parts.iter().any(|part| part.starts_with("assets/style-card-")), "{parts:?}");
}
