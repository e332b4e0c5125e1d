//! Results side by side: those that can be compared on the scale of their benchmark, the others apart with the reason.

use super::cell::Cell;
use super::words;
use super::{MOST_RESULTS, SCORES, View};
use crate::catalog::{
    Apart, Axis, Benchmark, Comparable, Direction, Measure, Measured, Score, ScoreValue, SharedResults, Unfit,
};
use crate::charts::{self, Fill, Shape};
use crate::html::Html;
use crate::pages::DateWords;
use crate::pages::figure::Figure;
use crate::pages::scale::{extent, scale_end};
use crate::pages::sources::Citations;
use crate::pages::text::{capital, listed};
use crate::urls;

/// The section of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scores {
    /// Who leads on how many.
    pub note: String,
    /// What is compared with what.
    pub alone: Option<String>,
    /// Results that can be compared.
    pub rows: Vec<ScoreRow>,
    /// Results that cannot.
    pub apart: Vec<ApartRow>,
    /// How many rows there is no room for.
    pub more: Option<String>,
    /// The colours of the bars, in the order of the models.
    pub swatches: Vec<Swatch>,
}

/// Whose bars a colour has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Swatch {
    pub class: &'static str,
    pub name: String,
}

/// Results in one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScoreRow {
    /// Name of the benchmark.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Variant, harness, version, who measured where that is the developer, and which way is better where that is down.
    pub setting: String,
    /// The values.
    pub cells: Vec<Cell>,
    /// The same as bars, on the scale of the benchmark.
    pub bars: Vec<Html>,
    /// Who leads by how much.
    pub lead: String,
    /// The days for which the sources speak.
    pub days: Vec<DateWords>,
}

/// Results on one benchmark that cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ApartRow {
    /// Name of the benchmark.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The values, each with its setting.
    pub cells: Vec<Cell>,
    /// Why they cannot be compared.
    pub why: String,
}

/// The colours of the bars, by the place of the model.
const FILLS: [Fill; 4] = [Fill::Accent, Fill::Measured, Fill::Claimed, Fill::Quiet];
const CLASSES: [&str; 4] = ["", "c1", "c2", "c3"];

pub(super) fn scores<'a>(view: &View<'a>, shared: &SharedResults<'a>, citations: &mut Citations<'a>) -> Scores {
    let names: Vec<&str> = view.all.iter().map(|one| one.name).collect();
    let rows: Vec<ScoreRow> = shared.comparable.iter().take(MOST_RESULTS).map(|row| view.row(row, citations)).collect();
    let room = MOST_RESULTS - rows.len();
    let apart: Vec<ApartRow> = shared.apart.iter().take(room).map(|row| view.apart(row, citations)).collect();
    let more = shared.comparable.len() + shared.apart.len() - rows.len() - apart.len();
    let swatch = |(class, name): (&'static str, &&str)| Swatch { class, name: (*name).to_owned() };
    Scores {
        note: words::results(shared, &names),
        alone: words::alone(shared, &names),
        swatches: if rows.is_empty() { Vec::new() } else { CLASSES.into_iter().zip(&names).map(swatch).collect() },
        rows,
        apart,
        more: (more > 0).then(|| words::on_the_cards(more, "result")),
    }
}

impl<'a> View<'a> {
    fn row(&self, row: &Comparable<'a>, citations: &mut Citations<'a>) -> ScoreRow {
        let benchmark = row.benchmark;
        let axis = self.axis(row);
        let scores = row.scores.iter().zip(&row.elsewhere);
        let cells = scores.map(|(score, elsewhere)| match score {
            Some(score) => {
                Cell::figure(Figure::of(value(benchmark, score))).marked(citations.cite(&score.provenance, SCORES))
            }
            None if *elsewhere => Cell::figure(Figure::words("not comparable")),
            None => Cell::figure(Figure::words("no score")),
        });
        let cells = cells.collect();
        let bar = |(score, fill): (&Option<&Score>, Fill)| match score {
            Some(score) => charts::lane(&[Shape::Solid(extent(benchmark, axis, score.value.0), fill)], false),
            None => charts::lane(&[], false),
        };
        let first = row.scores.iter().flatten().next();
        ScoreRow {
            name: benchmark.name.clone(),
            href: self.base.href(&urls::benchmark(&benchmark.id)),
            setting: first.map_or_else(String::new, |score| capital(&setting(benchmark, score).join(", "))),
            cells,
            bars: row.scores.iter().zip(FILLS).map(bar).collect(),
            lead: self.lead(row),
            days: days(row.scores.iter().flatten()),
        }
    }

    /// The declared scale; where an end is open, one that holds what is ranked and what is shown.
    fn axis(&self, row: &Comparable<'_>) -> Axis {
        let ranking = self.cx.rankings.get(&Measure::Benchmark(row.benchmark.id.clone()));
        let ranked = ranking.map(|ranking| ranking.values()).unwrap_or_default();
        let ends = ranked.first().into_iter().chain(ranked.last()).copied();
        let shown = row.scores.iter().flatten().map(|score| score.value.0);
        Axis::of_benchmark(row.benchmark, &ends.chain(shown).collect::<Vec<_>>())
    }

    /// `o3-mini by 3.2 points`
    fn lead(&self, row: &Comparable<'_>) -> String {
        match (&row.leaders()[..], row.lead()) {
            ([leader], Some((gap, within))) => {
                let name = self.all[*leader].name;
                let by = gap_in_words(row.benchmark, ScoreValue(gap.normalize()));
                let doubt = if within { ", within the uncertainty" } else { "" };
                format!("{name} by {by}{doubt}")
            }
            (all, _) if all.len() == row.scores.iter().flatten().count() => "equal".to_owned(),
            (all, _) => {
                let names: Vec<&str> = all.iter().map(|at| self.all[*at].name).collect();
                format!("{}, equal", listed(&names))
            }
        }
    }

    fn apart(&self, row: &Apart<'a>, citations: &mut Citations<'a>) -> ApartRow {
        let benchmark = row.benchmark;
        let cells = row.scores.iter().map(|score| match score {
            Some(score) => {
                let cell = Cell::figure(Figure::of(value(benchmark, score)));
                let told = told(score, &row.reasons);
                let cell = cell.marked(citations.cite(&score.provenance, SCORES));
                if told.is_empty() { cell } else { cell.noted(told, false) }
            }
            None => Cell::figure(Figure::words("no score")),
        });
        let cells = cells.collect();
        let reasons: Vec<&str> = row.reasons.iter().map(|reason| reason_in_words(*reason)).collect();
        ApartRow {
            name: benchmark.name.clone(),
            href: self.base.href(&urls::benchmark(&benchmark.id)),
            cells,
            why: capital(&listed(&reasons)),
        }
    }
}

/// `77.3%`, `18.4/100`, `77.3% ±1.2`
fn value(benchmark: &Benchmark, score: &Score) -> String {
    let figure = format!("{}{}", score.value, scale_end(benchmark));
    score.uncertainty.map_or(figure.clone(), |half| format!("{figure} ±{half}"))
}

/// A difference of two scores: percentages differ by points.
fn gap_in_words(benchmark: &Benchmark, gap: ScoreValue) -> String {
    let unit = match benchmark.unit.as_deref() {
        Some("%") => "points",
        None if benchmark.max.is_some() => "points",
        Some(unit) => unit,
        None => return gap.to_string(),
    };
    let unit = if unit == "points" && gap.0 == rust_decimal::Decimal::ONE { "point" } else { unit };
    format!("{gap} {unit}")
}

/// In what setting a result that is compared was measured.
fn setting(benchmark: &Benchmark, score: &Score) -> Vec<String> {
    let version = score.version.as_ref().filter(|version| benchmark.version.as_ref() != Some(*version));
    let parts = [
        score.variant.as_deref().map(str::to_owned),
        score.harness.as_ref().map(|harness| format!("with {harness}")),
        version.map(|version| format!("version {version}")),
        score.metric.as_ref().map(|metric| format!("metric {metric}")),
        (score.measured == Some(Measured::SelfReported)).then(|| "self-reported".to_owned()),
    ];
    let lower = (benchmark.direction == Direction::Lower).then(|| "lower is better".to_owned());
    parts.into_iter().chain([lower]).flatten().collect()
}

/// What of a result makes it differ from another one.
fn told(score: &Score, reasons: &std::collections::BTreeSet<Unfit>) -> String {
    let or = |words: Option<String>, none: &str| words.unwrap_or_else(|| none.to_owned());
    let told = |reason: &Unfit| match reason {
        Unfit::Version => or(score.version.as_ref().map(|version| format!("version {version}")), "version not stated"),
        Unfit::Metric => or(score.metric.as_ref().map(|metric| format!("metric {metric}")), "usual metric"),
        Unfit::Harness => or(score.harness.as_ref().map(|harness| format!("with {harness}")), "harness not stated"),
        Unfit::Variant => or(score.variant.as_deref().map(str::to_owned), "setting not stated"),
        Unfit::Measurer => score.measured.map_or_else(|| "measurer not stated".to_owned(), |who| who.word().to_owned()),
    };
    reasons.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn reason_in_words(reason: Unfit) -> &'static str {
    match reason {
        Unfit::Version => "other version",
        Unfit::Metric => "other metric",
        Unfit::Harness => "other harness",
        Unfit::Variant => "other setting of the model",
        Unfit::Measurer => "self-reported against measured by others",
    }
}

/// The days for which sources speak, each once.
fn days<'s>(scores: impl Iterator<Item = &'s &'s Score>) -> Vec<DateWords> {
    let mut days: Vec<_> = scores.filter_map(|score| score.provenance.as_of).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(DateWords::from).collect()
}
