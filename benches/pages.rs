//! What each kind of page costs, and how the pages around the cards grow with the catalogue.
//!
//! All is done in one thread, page after page, so that the times are work and not luck; the cards of the same run are what
//! the others are held against. Then two whole builds stand side by side, one of the cards alone and one of every page: both
//! parse, resolve, check and rank the same texts, hold the links of their pages, minify and write them. Reading is in neither.
//! Links can only be held within the whole site, so of their time the cards have the share that they have of its bytes. What
//! is told of the two is time on a processor, which other work on the machine moves least.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use modelfolio::catalog::{Date, Listings, Rankings, resolve};
use modelfolio::compress::Encoding;
use modelfolio::exports::EXPORTS;
use modelfolio::files::{SourceFile, SourceTree};
use modelfolio::pages::{self, Context, Subject};
use modelfolio::publish::{Publication, Target};
use modelfolio::site::Site;
use modelfolio::theme::Theme;
use modelfolio::urls::SiteUrl;
use modelfolio::{checks, links, minify, source};

use super::{generator, median, milliseconds};

/// So many pages of a kind are compressed to find the heaviest one: those with the most bytes as they are.
const LARGEST: usize = 20;
/// So many pages of a kind, evenly spaced by size, are compressed to find the middle one.
const SAMPLE: usize = 51;
/// So often each of the two whole builds is made, in turns.
const ROUNDS: usize = 5;

/// How long this thread has been on a processor, where the system tells it; else how long it is since the start.
struct Clock {
    start: Instant,
    worked: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self { start: Instant::now(), worked: Self::worked() }
    }

    fn took(&self) -> Duration {
        match (self.worked, Self::worked()) {
            (Some(before), Some(now)) => now - before,
            _ => self.start.elapsed(),
        }
    }

    fn worked() -> Option<Duration> {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
}

/// The pages of one kind.
#[derive(Default)]
struct Kind {
    render: Duration,
    minify: Duration,
    /// Size of each page, and its number in the list.
    sizes: Vec<(usize, usize)>,
}

/// Every kind of page of a made-up catalogue, a line each.
pub(crate) fn report(models: usize, seed: u64) -> String {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had");
    one.install(|| measure(models, seed))
}

fn measure(models: usize, seed: u64) -> String {
    let files = generator::catalogue(models, seed).into_iter().map(|(path, text)| SourceFile { path, text });
    let tree = SourceTree::new(files.collect(), Vec::new());
    let today = Date::parse("2026-06-01").expect("a day");
    let start = Clock::start();
    let (sources, _) = source::parse(&tree);
    let (catalog, found) = resolve::resolve(&tree, &sources, None, today);
    let catalog = catalog.unwrap_or_else(|| panic!("the made-up catalogue is sound: {found:?}"));
    let _ = checks::run(&catalog, today);
    let resolved = start.took();
    let theme = Theme::new(tree.statics());

    let start = Clock::start();
    let rankings = Rankings::new(&catalog, today);
    let ranked = start.took();
    let listings = Listings::default();
    let cx = Context {
        catalog: &catalog,
        rankings: &rankings,
        listings: &listings,
        theme: &theme,
        statics: tree.statics(),
        today,
    };
    let start = Clock::start();
    let list = pages::list(&cx);
    let listed = start.took();

    // Of each subject, only the name of its kind: what stands in front of its fields.
    let kind_of = |text: String| text.split(['(', ' ']).next().unwrap_or_default().to_owned();
    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    for (number, (_, subject)) in list.iter().enumerate() {
        let kind = kinds.entry(kind_of(format!("{subject:?}"))).or_default();
        let start = Instant::now();
        let (page, _) = pages::render(&cx, subject).expect("what is listed can be made");
        kind.render += start.elapsed();
        let start = Instant::now();
        let small = minify::html(page.html.as_bytes()).expect("a page can be minified");
        kind.minify += start.elapsed();
        kind.sizes.push((small.len(), number));
    }

    let compressed = |number: usize| {
        let (page, _) = pages::render(&cx, &list[number].1).expect("what is listed can be made");
        let small = minify::html(page.html.as_bytes()).expect("a page can be minified");
        Encoding::Brotli.compress(&small).len()
    };
    let total = |kind: &Kind| kind.render + kind.minify;
    let cards = kinds.get("Model").map_or(Duration::ZERO, total);
    let mut report = format!(
        "\n{models} models: {} pages; one thread, load {}\n{:<16}{:>8}{:>12}{:>12}{:>10}{:>14}{:>14}\n",
        list.len(),
        fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or_default(),
        "kind",
        "pages",
        "render, ms",
        "minify, ms",
        "of cards",
        "middle, B br",
        "heaviest, B br"
    );
    let of_cards = |time: Duration| format!("{:.1} %", time.as_secs_f64() / cards.as_secs_f64() * 100.0);
    for (name, kind) in &mut kinds {
        kind.sizes.sort_unstable();
        let count = kind.sizes.len();
        let sample = SAMPLE.min(count);
        let mut middle: Vec<usize> = (0..sample).map(|at| compressed(kind.sizes[at * count / sample].1)).collect();
        middle.sort_unstable();
        let heaviest = kind.sizes.iter().rev().take(LARGEST).map(|(_, number)| compressed(*number)).max();
        report.push_str(&format!(
            "{name:<16}{count:>8}{:>12.1}{:>12.1}{:>10}{:>14}{:>14}\n",
            milliseconds(kind.render),
            milliseconds(kind.minify),
            of_cards(total(kind)),
            middle[sample / 2],
            heaviest.unwrap_or_default()
        ));
    }
    let others: Duration = kinds.iter().filter(|(name, _)| *name != "Model").map(|(_, kind)| total(kind)).sum();
    report.push_str(&format!(
        "rankings {:.1} ms, list of the pages {:.1} ms; all but the cards, with the list: {} of the cards\n",
        milliseconds(ranked),
        milliseconds(listed),
        of_cards(others + listed)
    ));

    let (mut cards_alone, mut everything) = (Vec::new(), Vec::new());
    let cards: Vec<_> = list.iter().filter(|(_, subject)| matches!(subject, Subject::Model(_))).collect();
    for _ in 0..ROUNDS {
        let (alone, alone_took) = written(&cx, cards.iter().copied());
        // What the other pages share is made anew, as a build does.
        let listings = Listings::default();
        let cx = Context { listings: &listings, ..cx };
        let start = Clock::start();
        let list = pages::list(&cx);
        let listed = start.took();
        let (all, all_took) = written(&cx, list.iter());
        let start = Clock::start();
        let found = links::check(&all, &pages::base_path(&catalog), &links::Authored::new());
        let links = start.took();
        assert!(found.is_empty(), "a broken link: {found:?}");
        let bytes = |site: &Site| site.iter().map(|(_, file)| file.bytes.len()).sum::<usize>() as f64;
        cards_alone.push(resolved + ranked + alone_took + links.mul_f64(bytes(&alone) / bytes(&all)));
        everything.push(resolved + ranked + listed + all_took + links);
    }
    let (cards_alone, everything) = (median(&mut cards_alone), median(&mut everything));
    report.push_str(&format!(
        "time on a processor of a whole build of the cards alone {:.0} ms, of every page {:.0} ms: {:.1} % more\n",
        milliseconds(cards_alone),
        milliseconds(everything),
        (everything.as_secs_f64() / cards_alone.as_secs_f64() - 1.0) * 100.0
    ));
    report
}

/// These pages, rendered, minified and written to a new folder, and how long that takes.
fn written<'a>(cx: &Context<'_>, list: impl Iterator<Item = &'a (SiteUrl, Subject)>) -> (Site, Duration) {
    let shared = Path::new("/dev/shm");
    let folder = if shared.is_dir() { PathBuf::from(shared) } else { env::temp_dir() };
    let folder = tempfile::tempdir_in(folder).expect("a folder can be made");
    let start = Clock::start();
    let mut site = Site::default();
    for (url, subject) in list {
        let (page, _) = pages::render(cx, subject).expect("what is listed can be made");
        let path = url.file().expect("a page has a file");
        site.insert(path, page.producer, page.html.into_bytes()).expect("no two pages have one path");
    }
    for file in cx.theme.files() {
        site.insert(file.path(), file.producer.clone(), file.bytes.clone()).expect("the theme has paths of its own");
    }
    for file in EXPORTS.iter().flat_map(|export| (export.run)(cx)) {
        let path = file.url.file().expect("an export has a file");
        site.insert(path, "export".to_owned(), file.bytes).expect("an export has a path of its own");
    }
    let target = Target::new(folder.path(), folder.path().join("public"));
    Publication::prepare(&target, &site).and_then(Publication::write).expect("the folder can be written to");
    let took = start.took();
    (site, took)
}
