//! Scores: the headline indices large, then every benchmark on its own declared scale, ranked only where that is fair.

use super::scores::Common;
use super::{Card, SCORES};
use crate::catalog::{
    Axis, Benchmark, Direction, EXACT_UP_TO, Measure, Measured, Ranking, Score, ScoreValue, Standing,
};
use crate::charts::{self, Extent, Fill};
use crate::html::Html;
use crate::pages::figure::{Figure, align};
use crate::pages::scale::{ScaleLabel, column_unit, ends_in_words, extent, scale_end, scale_labels};
use crate::pages::sources::Citations;
use crate::pages::text::{Text, sentence};
use crate::urls;

/// The section of benchmarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Benchmarks {
    /// Who measured most of it, when, and at which effort.
    pub note: Text,
    /// Whether a score is the developer's own report.
    pub claims: bool,
    /// Headline indices.
    pub gauges: Vec<Gauge>,
    /// All other benchmarks.
    pub categories: Vec<Category>,
}

/// A headline index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gauge {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What it measures.
    pub measures: String,
    /// The score.
    pub value: String,
    /// The end of the scale, or the unit.
    pub unit: String,
    /// The score on its scale.
    pub meter: Meter,
    /// Numbers under the scale.
    pub scale: Vec<ScaleLabel>,
    /// Rank, median and best, or why there is no rank.
    pub standing: Text,
    /// Variant, source and notes.
    pub detail: Text,
}

/// A score on its scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meter {
    /// The ticks of all models; none where the score is not comparable to them.
    pub ticks: Option<String>,
    /// The score.
    pub bar: Html,
}

/// A category of benchmarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Category {
    /// Its name.
    pub name: String,
    /// The unit, where all of its scores have one.
    pub unit: String,
    /// Numbers above the scales, where all have one.
    pub scale: Vec<ScaleLabel>,
    /// One row a score.
    pub rows: Vec<ScoreRow>,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ScoreRow {
    /// Name of the benchmark.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Variant, harness and version.
    pub tags: Vec<String>,
    /// What it measures, and what to know of this score.
    pub detail: Text,
    /// The score on its scale.
    pub meter: Meter,
    /// The score.
    pub value: Figure,
    /// Its unit, where the head of the category does not say it.
    pub unit: String,
    /// `14 of 16`, `top 12%`, `not ranked`.
    pub rank: String,
    /// Whether it is ranked.
    pub ranked: bool,
}

pub(super) fn benchmarks(card: &Card<'_>, citations: &mut Citations<'_>) -> Option<Benchmarks> {
    let catalog = card.cx.catalog;
    let common = Common::of(card)?;
    let note = note(card, &common, citations);
    let headline = &catalog.settings.headline;
    let gauges: Vec<Gauge> = headline
        .iter()
        .filter_map(|id| {
            let (benchmark, score) = (catalog.benchmarks.get(id)?, card.headline_score(id)?);
            Some(gauge(card, benchmark, score, &common, citations))
        })
        .collect();
    let shown = |score: &Score| {
        headline.contains(&score.benchmark)
            && card.headline_score(&score.benchmark).is_some_and(|shown| std::ptr::eq(shown, score))
    };
    let mut categories = Vec::new();
    for name in &catalog.settings.categories {
        let scores: Vec<(&Benchmark, &Score)> = card
            .model
            .scores
            .iter()
            .filter(|score| !shown(score))
            .filter_map(|score| Some((catalog.benchmarks.get(&score.benchmark)?, score)))
            .filter(|(benchmark, _)| benchmark.category == *name)
            .collect();
        if !scores.is_empty() {
            categories.push(category(card, name, &scores, &common, citations));
        }
    }
    let claims = card.model.scores.iter().any(|score| score.measured == Some(Measured::SelfReported));
    Some(Benchmarks { note, claims, gauges, categories })
}

/// Where names of benchmarks lead: to the results of all models, at this one's row where they stand on one page.
fn benchmark_link(card: &Card<'_>, benchmark: &Benchmark) -> String {
    let href = card.base.href(&urls::benchmark(&benchmark.id));
    let cx = card.cx;
    match crate::pages::benchmark::pages(cx.catalog, cx.listings, &benchmark.id) {
        1 => format!("{href}{}", urls::benchmark_row_fragment(card.model)),
        _ => href,
    }
}

fn note(card: &Card<'_>, common: &Common<'_>, citations: &mut Citations<'_>) -> Text {
    let first = common.example;
    let whose = if common.all_alike { "Scores" } else { "Unless a row says otherwise, scores" };
    let mut note = match citations.publisher(&first.provenance) {
        Some(publisher) => {
            let mark = citations.cite(&first.provenance, SCORES);
            Text::of(format!("{whose} are from {publisher}")).mark(mark)
        }
        None => Text::of(format!("{whose} have no source named")),
    };
    if let Some(measured) = first.measured {
        note = note.say(match measured {
            Measured::Independent => ", measured independently of the developer",
            Measured::SelfReported => ", reported by the developer itself",
            Measured::Community => ", measured by users",
        });
    }
    if let Some(as_of) = first.provenance.as_of {
        note = note.say(", as of ").date(as_of);
    }
    note = note.say(".");
    if let Some(remark) = common.note {
        note = note.say(format!(" {}", sentence(remark)));
    }
    if card.reasons() && card.model.scores.iter().all(|score| score.variant.is_none()) {
        note = note.say(" The reasoning effort behind them is not stated, so small differences mean little.");
    }
    note
}

fn gauge(
    card: &Card<'_>,
    benchmark: &Benchmark,
    score: &Score,
    common: &Common<'_>,
    citations: &mut Citations<'_>,
) -> Gauge {
    let standing = card.cx.rankings.of_score(score);
    let measure = Measure::Benchmark(benchmark.id.clone());
    let axis = card.cx.rankings.get(&measure).map(Ranking::axis);
    Gauge {
        name: benchmark.name.clone(),
        href: benchmark_link(card, benchmark),
        measures: benchmark.measures.clone(),
        value: score.value.to_string(),
        unit: scale_end(benchmark),
        meter: card.meter(benchmark, score, axis, standing.is_some()),
        scale: axis.map(scale_labels).unwrap_or_default(),
        standing: match standing {
            Some((ranking, Standing::Rank { rank, of })) => {
                let text = Text::of("Rank ").strong(rank.to_string()).say(format!(" of {of}"));
                among_few(card, benchmark, ranking, text)
            }
            Some((_, Standing::Top { percent })) => Text::of(format!("In the best {percent}%")),
            Some((_, Standing::Last { percent })) => Text::of(format!("In the last {percent}%")),
            None => Text::of(format!("Not ranked: {}", card.why_unranked(score))),
        },
        detail: detail(card, benchmark, score, common, Text::default(), citations),
    }
}

/// Median and best, where few enough are ranked that an edit of one does not change many cards.
fn among_few(card: &Card<'_>, benchmark: &Benchmark, ranking: &Ranking, text: Text) -> Text {
    if ranking.len() > EXACT_UP_TO {
        return text;
    }
    let text = match ranking.median() {
        Some(median) => text.say(" · median ").strong(ScoreValue(median).to_string()),
        None => text,
    };
    let Some(best) = ranking.values().first() else { return text };
    let text = text.say(" · best ").strong(ScoreValue(*best).to_string());
    let leader = card.cx.rankings.kin().leader(&benchmark.id, *best).and_then(|id| card.cx.catalog.models.get(id));
    match leader {
        Some(leader) if leader.id != card.model.id => text.say(", ").link(&leader.name, card.card_of(leader)),
        Some(_) => text.say(", this model"),
        None => text,
    }
}

fn category(
    card: &Card<'_>,
    name: &str,
    scores: &[(&Benchmark, &Score)],
    common: &Common<'_>,
    citations: &mut Citations<'_>,
) -> Category {
    let axis_of =
        |benchmark: &Benchmark| card.cx.rankings.get(&Measure::Benchmark(benchmark.id.clone())).map(Ranking::axis);
    let first = scores[0].0;
    let one_unit = scores.iter().all(|(benchmark, _)| scale_end(benchmark) == scale_end(first));
    let one_axis = scores.iter().all(|(benchmark, _)| axis_of(benchmark) == axis_of(first));
    let mut last = None;
    let mut rows: Vec<ScoreRow> = scores
        .iter()
        .map(|(benchmark, score)| {
            let again = last.replace(&benchmark.id) == Some(&benchmark.id);
            let axis = axis_of(benchmark);
            let ranked = card.cx.rankings.ranked_score(card.model, &benchmark.id);
            let standing = card
                .cx
                .rankings
                .of_score(score)
                .filter(|_| ranked.is_some_and(|ranked| std::ptr::eq(ranked, *score)))
                .map(|(_, standing)| standing);
            let mut about = Text::default();
            if !again {
                about = about.say(benchmark.measures.clone());
                if benchmark.direction == Direction::Lower {
                    about = about.say("; lower is better");
                }
                if let Some(axis) = axis.filter(|_| !one_axis) {
                    about = about.say(format!("; scale {}", ends_in_words(axis, benchmark)));
                }
            }
            ScoreRow {
                name: benchmark.name.clone(),
                href: benchmark_link(card, benchmark),
                tags: tags(benchmark, score),
                detail: detail(card, benchmark, score, common, about, citations),
                meter: card.meter(benchmark, score, axis, card.cx.rankings.of_score(score).is_some()),
                value: Figure::of(match score.uncertainty {
                    Some(half) => format!("{} ±{half}", score.value),
                    None => score.value.to_string(),
                }),
                unit: scale_end(benchmark),
                rank: match standing {
                    Some(Standing::Rank { rank, of }) => format!("{rank} of {of}"),
                    Some(Standing::Top { percent }) => format!("top {percent}%"),
                    Some(Standing::Last { percent }) => format!("last {percent}%"),
                    None => "not ranked".to_owned(),
                },
                ranked: standing.is_some(),
            }
        })
        .collect();
    if one_unit {
        rows.iter_mut().for_each(|row| row.unit.clear());
        align(rows.iter_mut().map(|row| &mut row.value));
    }
    Category {
        name: name.to_owned(),
        unit: if one_unit { column_unit(first) } else { String::new() },
        scale: axis_of(first).filter(|_| one_axis).map(scale_labels).unwrap_or_default(),
        rows,
    }
}

fn tags(benchmark: &Benchmark, score: &Score) -> Vec<String> {
    let version = score.version.as_ref().filter(|version| benchmark.version.as_ref() != Some(*version));
    let metric = score.metric.as_ref().filter(|metric| benchmark.metric.as_ref() != Some(*metric));
    [
        score.variant.as_deref().map(str::to_owned),
        score.harness.as_ref().map(|harness| format!("with {harness}")),
        version.map(|version| format!("version {version}")),
        metric.map(|metric| format!("metric {metric}")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What to know of a score beside what is said of all of them.
fn detail(
    card: &Card<'_>,
    benchmark: &Benchmark,
    score: &Score,
    common: &Common<'_>,
    about: Text,
    citations: &mut Citations<'_>,
) -> Text {
    let mut words: Vec<Text> = if about.is_empty() { Vec::new() } else { vec![about] };
    let in_a_row = !card.cx.catalog.settings.headline.contains(&benchmark.id);
    if in_a_row && card.cx.rankings.of_score(score).is_none() {
        let why = card.why_unranked(score);
        if !tags(benchmark, score).contains(&why) {
            words.push(Text::of(why));
        }
    }
    let mixed = card.model.scores.iter().any(|score| score.variant.is_some());
    if card.reasons() && mixed && score.variant.is_none() {
        words.push(Text::of("effort not stated"));
    }
    let provenance = &score.provenance;
    if !common.holds_for(score) {
        let measured = match score.measured {
            Some(measured) => measured.word(),
            None => "who measured is not said",
        };
        let from =
            citations.publisher(provenance).map_or_else(|| "no source".to_owned(), |name| format!("from {name}"));
        let text = Text::of(format!("{measured}, {from}")).mark(citations.cite(provenance, SCORES));
        words.push(match provenance.as_of {
            Some(as_of) => text.say(", ").date(as_of),
            None => text,
        });
    }
    let note = provenance.note.as_deref().filter(|note| common.note != Some(*note));
    words.extend(note.map(|note| Text::of(sentence(note))));
    words.into_iter().reduce(|text, next| text.say(" · ").then(next)).unwrap_or_default()
}

impl Card<'_> {
    fn meter(&self, benchmark: &Benchmark, score: &Score, axis: Option<Axis>, comparable: bool) -> Meter {
        let fill = if score.measured == Some(Measured::SelfReported) { Fill::Claimed } else { Fill::Accent };
        let extent = axis.map_or(Extent::At(0.0), |axis| extent(benchmark, axis, score.value.0));
        Meter {
            ticks: comparable.then(|| self.ruler(&Measure::Benchmark(benchmark.id.clone()))),
            bar: charts::bar(extent, fill),
        }
    }
}
