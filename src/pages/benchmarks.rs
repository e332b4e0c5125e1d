//! All benchmarks, by category: what each measures, how the models are spread over it, and who leads.

use askama::Template;

use super::figure::{Figure, align};
use super::scale::scale_end;
use super::text::{counted, grouped};
use super::{Context, DateWords, Head, Layout, Page, link_base};
use crate::catalog::{Benchmark, Date, Direction, Entry, Measure};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

#[derive(Template)]
#[template(path = "pages/benchmarks.html")]
struct BenchmarksPage {
    layout: Layout,
    /// Link to the catalogue.
    catalogue: String,
    lead: String,
    categories: Vec<Category>,
}

/// The benchmarks of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Category {
    /// Its name in the page.
    id: String,
    name: String,
    /// `3 benchmarks`
    count: String,
    rows: Vec<Row>,
}

/// A benchmark.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    href: String,
    measures: String,
    /// How many models have a result.
    models: String,
    /// The ticks of all ranked models.
    ruler: Option<String>,
    /// Who leads; `None` where there is no result.
    leader: Option<Leader>,
    /// The newest date of a result.
    newest: Option<DateWords>,
}

/// Who leads on a benchmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leader {
    pub name: String,
    pub href: String,
    /// How many others have the same score, who reports it, or that there is no other.
    pub note: String,
    pub score: Figure,
    pub unit: String,
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    let url = urls::benchmarks();
    let base = link_base(cx.catalog, &url);
    let categories = categories(cx, &base);
    let number = counted(cx.catalog.benchmarks.len(), "benchmark");
    let head = Head {
        url: &url,
        title: "Benchmarks of AI models".to_owned(),
        description: format!(
            "{number} of AI models by category: what each measures, how many models have a result, and which one leads."
        ),
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: newest(cx),
    };
    let page = BenchmarksPage {
        layout: Layout::new(cx, head),
        catalogue: base.href(&urls::home()),
        lead: "What each test measures and which model leads. Results are ranked only where version, harness and metric are the \
               same; what developers report of their own models stands apart from what others measured."
            .to_owned(),
        categories,
    };
    Page::new(url, "the list of benchmarks", None, &page, Vec::new())
}

fn newest(cx: &Context<'_>) -> Option<Date> {
    let ids = cx.catalog.benchmarks.keys();
    ids.filter_map(|id| cx.listings.results_on(cx.catalog, id)?.newest).max()
}

fn categories(cx: &Context<'_>, base: &LinkBase) -> Vec<Category> {
    let names = cx.catalog.settings.categories.iter().enumerate();
    let made = names.map(|(at, name)| {
        let of_it = cx.catalog.benchmarks.values().filter(|benchmark| benchmark.category == *name);
        let mut rows: Vec<Row> = of_it.map(|benchmark| row(cx, benchmark, base)).collect();
        align(rows.iter_mut().filter_map(|row| row.leader.as_mut()).map(|leader| &mut leader.score));
        rows.sort_by(|a, b| (&a.name, &a.href).cmp(&(&b.name, &b.href)));
        let count = counted(rows.len(), "benchmark");
        Category { id: format!("c{}", at + 1), name: name.clone(), count, rows }
    });
    made.filter(|category| !category.rows.is_empty()).collect()
}

fn row(cx: &Context<'_>, benchmark: &Benchmark, base: &LinkBase) -> Row {
    let results = cx.listings.results_on(cx.catalog, &benchmark.id);
    let measure = Measure::Benchmark(benchmark.id.clone());
    let is_spread = cx.rankings.get(&measure).is_some_and(|ranking| ranking.len() > 1);
    let ruler = || format!("{}{}", base.href(&urls::rulers()), urls::ruler_fragment(&measure));
    let lower = if benchmark.direction == Direction::Lower { "; lower is better" } else { "" };
    Row {
        name: benchmark.name.clone(),
        href: base.href(&urls::benchmark(&benchmark.id)),
        measures: format!("{}{lower}", benchmark.measures),
        models: results.map_or_else(|| "none".to_owned(), |results| grouped(results.models)),
        ruler: is_spread.then(ruler),
        leader: leader(cx, benchmark, base),
        newest: results.and_then(|results| results.newest).map(DateWords::from),
    }
}

/// Who leads on a benchmark; `None` where there is no result.
pub(super) fn leader(cx: &Context<'_>, benchmark: &Benchmark, base: &LinkBase) -> Option<Leader> {
    let board = cx.listings.board(cx.catalog, cx.rankings, &benchmark.id)?;
    let group = board.groups.first()?;
    let first = |entry: &&Entry| entry.rank == Some(1);
    let lone = group.tally.ranked == 0;
    let entry = group.entries.iter().find(first).or_else(|| group.entries.iter().find(|entry| entry.main.is_some()))?;
    let model = cx.catalog.model(entry.model);
    let score = Entry::score(model, entry.main)?;
    // Those of one rank stand together.
    let others =
        group.entries.iter().skip_while(|entry| entry.rank != Some(1)).take_while(first).count().saturating_sub(1);
    let notes = [
        (lone, "not ranked: no other comparable result".to_owned()),
        (others > 0, format!("and {} with the same score", counted(others, "other"))),
        (group.by_reports, "self-reported".to_owned()),
    ];
    let notes: Vec<String> = notes.into_iter().filter_map(|(holds, words)| holds.then_some(words)).collect();
    Some(Leader {
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        note: notes.join(", "),
        score: Figure::of(score.value.to_string()),
        unit: scale_end(benchmark).trim().to_owned(),
    })
}
