//! Scores as written, in a model's file or in a benchmark's, to scores of models.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::known::Known;
use super::price::duplicate;
use super::scope::{Scope, nearest, optional, text};
use crate::catalog::{
    Baseline, Benchmark, BenchmarkId, Direction, Measured, ModelId, Provenance, Score, ScoreValue, decimals,
};
use crate::diagnostic::Diagnostic;
use crate::files::Span;
use crate::source::{BenchmarkFile, DateText, Located, ModelFile, Number};

/// What a row says about a score beside its value.
#[derive(Default)]
struct Details<'a> {
    uncertainty: Option<&'a Located<Number>>,
    variant: Option<&'a Located<String>>,
    harness: Option<&'a Located<String>>,
    version: Option<&'a Located<String>>,
    metric: Option<&'a Located<String>>,
    unit: Option<&'a Located<String>>,
    measured: Option<&'a Located<String>>,
    source: Option<&'a Located<String>>,
    as_of: Option<&'a Located<DateText>>,
    note: Option<&'a Located<String>>,
}

impl Scope<'_> {
    /// The scores of a model's own file.
    pub(super) fn model_scores(&mut self, file: &ModelFile, known: &Known<'_>) -> Vec<Score> {
        let from = &file.scores_from;
        let file_defaults = self.defaults.clone();
        let defaults = self.provenance(from.source.as_ref(), from.as_of.as_ref(), from.note.as_ref(), &file_defaults);
        let mut scores = Vec::new();
        for (id, value) in &file.scores {
            let details = Details {
                variant: from.variant.as_ref(),
                harness: from.harness.as_ref(),
                measured: from.measured.as_ref(),
                ..Details::default()
            };
            if let Some(benchmark) = self.benchmark(id, known) {
                scores.extend(self.score(benchmark, value.span, &details, &defaults));
            }
        }
        for row in &file.score {
            let details = Details {
                uncertainty: row.uncertainty.as_ref(),
                variant: row.variant.as_ref(),
                harness: row.harness.as_ref(),
                version: row.version.as_ref(),
                metric: row.metric.as_ref(),
                unit: row.unit.as_ref(),
                measured: row.measured.as_ref(),
                source: row.source.as_ref(),
                as_of: row.as_of.as_ref(),
                note: row.note.as_ref(),
            };
            if let Some(benchmark) = self.benchmark(&row.benchmark, known) {
                scores.extend(self.score(benchmark, row.value.span, &details, &file_defaults));
            }
        }
        scores
    }

    /// The results of a benchmark's own file, each with its model: of all models, or of one.
    pub(super) fn results(
        &mut self,
        file: &BenchmarkFile,
        benchmark: &Benchmark,
        of: Option<&ModelId>,
        known: &Known<'_>,
    ) -> Vec<(ModelId, Score)> {
        let wanted = |model: &Located<String>| of.is_none_or(|id| id.as_str() == model.value);
        let defaults = self.provenance(file.source.as_ref(), file.as_of.as_ref(), None, &Provenance::default());
        let mut results = Vec::new();
        for (model, value) in file.results.iter().filter(|(model, _)| wanted(model)) {
            let details = Details {
                variant: file.variant.as_ref(),
                harness: file.harness.as_ref(),
                measured: file.measured.as_ref(),
                ..Details::default()
            };
            let model = self.model(model, known);
            let score = self.score(benchmark, value.span, &details, &defaults);
            results.extend(model.zip(score));
        }
        for row in file.result.iter().filter(|row| wanted(&row.model)) {
            let details = Details {
                uncertainty: row.uncertainty.as_ref(),
                variant: row.variant.as_ref().or(file.variant.as_ref()),
                harness: row.harness.as_ref().or(file.harness.as_ref()),
                version: row.version.as_ref(),
                metric: row.metric.as_ref(),
                unit: row.unit.as_ref(),
                measured: row.measured.as_ref().or(file.measured.as_ref()),
                source: row.source.as_ref(),
                as_of: row.as_of.as_ref(),
                note: row.note.as_ref(),
            };
            let model = self.model(&row.model, known);
            let score = self.score(benchmark, row.value.span, &details, &defaults);
            results.extend(model.zip(score));
        }
        results
    }

    fn score(
        &mut self,
        benchmark: &Benchmark,
        value: Span,
        details: &Details<'_>,
        defaults: &Provenance,
    ) -> Option<Score> {
        let measured = optional(details.measured, |word| self.word("measured", word, Measured::WORDS, Measured::parse));
        let uncertainty = details.uncertainty.and_then(|width| self.positive("uncertainty", width.span));
        let provenance = self.provenance(details.source, details.as_of, details.note, defaults);
        let number = self.on_scale("score", value, benchmark)?;
        if let Some(unit) = details.unit.filter(|unit| benchmark.unit.as_ref() != Some(&unit.value)) {
            let own = benchmark.unit.as_deref().unwrap_or("no unit");
            let message = format!("the score is in `{}`, but {} is measured in {own}", unit.value, benchmark.name);
            let help = "convert the value, or leave the unit out".to_owned();
            self.error("unit-mismatch", message, unit.span, "another unit", help);
            return None;
        }
        Some(Score {
            benchmark: benchmark.id.clone(),
            value: ScoreValue(number),
            uncertainty: uncertainty.map(ScoreValue),
            variant: text(details.variant),
            harness: text(details.harness),
            version: text(details.version).or_else(|| benchmark.version.clone()),
            metric: text(details.metric).filter(|metric| benchmark.metric.as_ref() != Some(metric)),
            measured: measured?,
            provenance,
            origin: self.origin(value),
        })
    }

    /// The number written at this span, when it lies on the benchmark's scale.
    fn on_scale(&mut self, key: &str, value: Span, benchmark: &Benchmark) -> Option<Decimal> {
        let number = self.decimal(key, value)?;
        let below = benchmark.min.is_some_and(|min| number < min);
        if !below && benchmark.max.is_none_or(|max| number <= max) {
            return Some(number);
        }
        let end = |end: Option<Decimal>| end.map_or("open".to_owned(), |end| decimals(end, 0));
        let scale = format!("the scale is {} to {}", end(benchmark.min), end(benchmark.max));
        let message = format!("the {key} {number} is outside the scale of {}", benchmark.name);
        let help =
            format!("write it in the benchmark's unit, or correct `scale` in content/benchmarks/{}.toml", benchmark.id);
        self.error("score-outside-scale", message, value, &scale, help);
        None
    }

    /// A benchmark itself.
    pub(super) fn benchmark_file(
        &mut self,
        id: &str,
        file: &BenchmarkFile,
        categories: &[Located<String>],
    ) -> Benchmark {
        if !categories.is_empty() && !categories.contains(&file.category) {
            let help = nearest(&file.category.value, categories.iter().map(|name| name.value.as_str()))
                .unwrap_or_else(|| "add it to `categories` in content/site.toml".to_owned());
            let message = format!("there is no category `{}`", file.category.value);
            self.error("unknown-category", message, file.category.span, "not in the settings", help);
        }
        let direction =
            file.direction.as_ref().and_then(|word| self.word("direction", word, Direction::WORDS, Direction::parse));
        let (min, max) = self.scale(file);
        let mut benchmark = Benchmark {
            id: BenchmarkId::new(id),
            name: file.name.value.clone(),
            measures: file.measures.value.clone(),
            category: file.category.value.clone(),
            version: text(file.version.as_ref()),
            metric: text(file.metric.as_ref()),
            unit: text(file.unit.as_ref()),
            min,
            max,
            direction: direction.unwrap_or_default(),
            url: self.url("url", file.url.as_ref()),
            description: text(file.description.as_ref()),
            baselines: Vec::new(),
            origin: self.origin(file.name.span),
        };
        for line in &file.baseline {
            let source = self.source(line.source.as_ref());
            let value = self.on_scale("baseline", line.value.span, &benchmark).map(ScoreValue);
            benchmark.baselines.extend(value.map(|value| Baseline { name: line.name.value.clone(), value, source }));
        }
        benchmark
    }

    /// The ends of a scale; both open when they cannot be what is meant, so that no score is blamed for it.
    fn scale(&mut self, file: &BenchmarkFile) -> (Option<Decimal>, Option<Decimal>) {
        let min = file.scale.min.as_ref().and_then(|end| self.decimal("min", end.span));
        let max = file.scale.max.as_ref().and_then(|end| self.decimal("max", end.span));
        if let (Some(low), Some(high), Some(end)) = (min, max, &file.scale.max)
            && low >= high
        {
            let help = "`min` is the lowest possible score, `max` the highest".to_owned();
            self.error("absurd-number", "the scale has no extent".to_owned(), end.span, "not above min", help);
            return (None, None);
        }
        (min, max)
    }
}

/// What two scores of one model on one benchmark must share to be one claim.
type Setting<'a> = (&'a BenchmarkId, &'a Option<Arc<str>>, &'a Option<Arc<str>>, &'a Option<Arc<str>>);

fn setting(score: &Score) -> Setting<'_> {
    (&score.benchmark, &score.version, &score.harness, &score.variant)
}

/// Whether two scores claim the same thing.
///
/// Who measured, where one of them does not say it, tells nothing apart: either may be meant. So is it with what was
/// counted, unless the benchmark has a metric that is meant where none is named.
fn same_claim(a: &Score, b: &Score, has_metric: bool) -> bool {
    let metric = a.metric == b.metric || (!has_metric && (a.metric.is_none() || b.metric.is_none()));
    let measured = a.measured == b.measured || a.measured.is_none() || b.measured.is_none();
    setting(a) == setting(b) && metric && measured
}

/// Puts the scores of a model in order and reports those that are given twice.
pub(super) fn settle(
    record: &str,
    scores: &mut Vec<Score>,
    benchmarks: &BTreeMap<BenchmarkId, Benchmark>,
    found: &mut Vec<Diagnostic>,
) {
    let key = |score: &Score| (score.metric.clone(), score.measured, score.origin);
    scores.sort_by(|a, b| setting(a).cmp(&setting(b)).then_with(|| key(a).cmp(&key(b))));
    let mut kept: Vec<Score> = Vec::with_capacity(scores.len());
    for score in scores.drain(..) {
        let has_metric = benchmarks.get(&score.benchmark).is_some_and(|benchmark| benchmark.metric.is_some());
        let mut group = kept.iter().rev().take_while(|first| setting(first) == setting(&score));
        let Some(first) = group.find(|first| same_claim(first, &score, has_metric)) else {
            kept.push(score);
            continue;
        };
        let message = format!("{record}: the score on `{}` is given twice", score.benchmark);
        let (first, again) = (first.origin.min(score.origin), first.origin.max(score.origin));
        found.push(duplicate(message, first, again).help(
            "keep one; two results that differ by version, harness, variant or `measured` each say so in a full row",
        ));
    }
    *scores = kept;
}
