//! What each kind of page costs, and how the pages around the cards grow with the catalogue.
//!
//! All is done in one thread, page after page, so that the times are work and not luck; the cards of the same run are what
//! the others are held against. Nothing is read or written.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use modelfolio::catalog::{Date, Listings, Rankings, resolve};
use modelfolio::compress::Encoding;
use modelfolio::files::{SourceFile, SourceTree};
use modelfolio::pages::{self, Context};
use modelfolio::theme::Theme;
use modelfolio::{minify, source};

use super::{generator, milliseconds};

/// So many pages of a kind are compressed to find the heaviest one: those with the most bytes as they are.
const LARGEST: usize = 20;
/// So many pages of a kind, evenly spaced by size, are compressed to find the middle one.
const SAMPLE: usize = 51;

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
    let (sources, _) = source::parse(&tree);
    let (catalog, found) = resolve::resolve(&tree, &sources, None, today);
    let catalog = catalog.unwrap_or_else(|| panic!("the made-up catalogue is sound: {found:?}"));
    let theme = Theme::new(tree.statics());

    let start = Instant::now();
    let rankings = Rankings::new(&catalog, today);
    let ranked = start.elapsed();
    let listings = Listings::default();
    let cx = Context {
        catalog: &catalog,
        rankings: &rankings,
        listings: &listings,
        theme: &theme,
        statics: tree.statics(),
        today,
    };
    let start = Instant::now();
    let list = pages::list(&cx);
    let listed = start.elapsed();

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
    report
}
