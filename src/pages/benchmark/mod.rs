//! A benchmark: what it measures, and every result on it, ranked where that is fair. At most so many rows a page.

mod table;
mod words;

use std::sync::Arc;

use askama::Template;

use self::table::Table;
use super::paging::{self, Pager};
use super::plate::PlateLine;
use super::sources::{Citations, Sources};
use super::text::{self, Text, sentence};
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{Benchmark, BenchmarkId, Board, Catalog, Listings, Provenance};
use crate::charts;
use crate::html::Html;
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// What the page takes from a source, as the list of sources says it.
const SCORES: &str = "scores";
const BASELINES: &str = "baselines";

#[derive(Template)]
#[template(path = "pages/benchmark.html")]
struct BenchmarkPage {
    layout: Layout,
    /// Link to the catalogue.
    catalogue: String,
    /// Link to all benchmarks.
    benchmarks: String,
    category: String,
    name: String,
    /// Whether the name is so long that it needs smaller type.
    long_name: bool,
    /// On further pages the link to the first one.
    first: Option<String>,
    /// On further pages which one it is: `page 2 of 5`.
    number: String,
    measures: String,
    /// How it is done and what to beware of.
    about: Option<String>,
    plate: Vec<PlateLine>,
    /// What the rows draw with.
    parts: Html,
    tables: Vec<Table>,
    /// Why there is no table.
    empty: Option<Text>,
    /// Which of all results these are, where there are more pages.
    shown: Option<String>,
    pager: Option<Pager>,
    /// How the scores are spread.
    spread: Vec<String>,
    sources: Sources,
}

/// What every part of the page is made from.
struct View<'a> {
    cx: &'a Context<'a>,
    benchmark: &'a Benchmark,
    /// The results; `None` when there are none.
    board: Option<&'a Board>,
    base: LinkBase,
}

/// How many pages the results on a benchmark take; one where there are none.
pub(super) fn pages(catalog: &Catalog, listings: &Listings, id: &BenchmarkId) -> usize {
    listings.results_on(catalog, id).map_or(1, |results| paging::pages(results.len(), paging::MOST_ROWS))
}

/// A page of it, counted from one.
pub(super) fn render(cx: &Context<'_>, benchmark: &Benchmark, number: usize) -> Page {
    let list = urls::benchmark(&benchmark.id);
    let url = urls::page_of(&list, number);
    let view = View {
        cx,
        benchmark,
        board: cx.listings.board(cx.catalog, cx.rankings, &benchmark.id),
        base: link_base(cx.catalog, &url),
    };
    let pages = pages(cx.catalog, cx.listings, &benchmark.id);
    let mut citations = Citations::new(cx.catalog);
    let (tables, shown) = view.tables(number, pages, &mut citations);
    let lines = view.lines(&mut citations);
    let first = number == 1;
    let (title, description) = view.title_and_description(number, pages);
    let as_of = citations.as_of();
    let report = cx.catalog.settings.report_url.as_deref();
    let report = report.map(|template| urls::report(template, benchmark.id.as_str()));
    let head = Head { url: &url, title, description, kind: "article", sheet: Sheet::List, scripts: &[], as_of };
    let page = BenchmarkPage {
        layout: Layout::new(cx, head),
        catalogue: view.base.href(&urls::home()),
        benchmarks: view.base.href(&urls::benchmarks()),
        category: benchmark.category.clone(),
        name: benchmark.name.clone(),
        long_name: text::is_long_name(&benchmark.name),
        first: (!first).then(|| view.base.href(&urls::benchmark(&benchmark.id))),
        number: if first { String::new() } else { format!("page {number} of {pages}") },
        measures: sentence(&benchmark.measures),
        about: benchmark.description.clone().filter(|_| first),
        plate: view.plate(),
        parts: view.board.map(|board| view.parts(board)).unwrap_or_default(),
        empty: tables.is_empty().then(|| {
            let text = Text::of("No model of this catalogue has a result on this benchmark.");
            if lines.is_empty() { text } else { text.say(" To compare with: ").then(lines.clone()).say(".") }
        }),
        tables: words::with_lines(tables, benchmark.baselines.len(), &lines),
        shown,
        pager: Pager::new(&list, number, pages, &view.base),
        spread: if first { view.spread() } else { Vec::new() },
        sources: citations.finish(report),
    };
    Page::new(url, format!("benchmark `{}`", benchmark.id), Some(benchmark.origin.file), &page, Vec::new())
}

impl View<'_> {
    /// The tables of one page, and which of all results they show where there are more pages. The results are spread evenly over the pages, so that how many
    /// pages there are follows from how many results there are, whatever stands beside what.
    fn tables(&self, number: usize, pages: usize, citations: &mut Citations<'_>) -> (Vec<Table>, Option<String>) {
        let Some(board) = self.board else { return (Vec::new(), None) };
        let all: usize = board.groups.iter().map(|group| group.entries.len()).sum();
        let rows = all.div_ceil(pages);
        let (from, to) = (((number - 1) * rows).min(all), (number * rows).min(all));
        let parts = paging::of_each(from..to, board.groups.iter().map(|group| group.entries.len()));
        let tables = parts.map(|(at, range)| self.table(board, at, range, citations)).collect();
        let shown = (pages > 1).then(|| {
            let [from, to, all] = [from + 1, to, all].map(text::grouped);
            format!("Results {from} to {to} of {all}.")
        });
        (tables, shown)
    }

    fn plate(&self) -> Vec<PlateLine> {
        let benchmark = self.benchmark;
        let said = |words: &Option<Arc<str>>| words.as_deref().map(Text::of);
        let chart = crate::pages::charts::of_benchmark(self.cx, &benchmark.id);
        let chart = chart.map(|url| Text::default().link("against price", self.base.href(&url)));
        let lines = [
            PlateLine::new("Version", said(&benchmark.version)),
            PlateLine::new("Metric", said(&benchmark.metric)),
            PlateLine::new("Scale", Some(Text::of(super::scale::scale_in_words(benchmark)))),
            PlateLine::web("Home page", benchmark.url.as_ref()),
        ];
        lines.into_iter().chain(chart.map(|chart| PlateLine::new("Chart", Some(chart)))).collect()
    }

    /// What the dashed lines are.
    fn lines(&self, citations: &mut Citations<'_>) -> Text {
        let lines = self.benchmark.baselines.iter().map(|line| {
            let provenance = Provenance { source: line.source, ..Provenance::default() };
            let words = format!("{} {}", line.name, super::scale::score_in_words(line.value, self.benchmark));
            Text::of(words).mark(citations.cite(&provenance, BASELINES))
        });
        lines.reduce(|text, line| text.say("; ").then(line)).unwrap_or_default()
    }

    /// What the rows draw with: hatching, and the lines of the baselines.
    fn parts(&self, board: &Board) -> Html {
        let places: Vec<f64> = self.benchmark.baselines.iter().map(|line| board.axis.position(line.value.0)).collect();
        charts::lane_parts(&places)
    }
}

#[cfg(test)]
mod tests;
