//! What models were measured by alike: results that can be compared, and those that cannot, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Benchmark, BenchmarkId, Catalog, ComparableKey, Model, Score};

/// The results of a few models on the benchmarks that they share.
#[derive(Debug, Clone)]
pub struct SharedResults<'a> {
    /// Results of one version, harness, metric, variant and kind of measurer: headline indices first, then by category.
    pub comparable: Vec<Comparable<'a>>,
    /// Benchmarks on which at least two models have results, none of which can be compared.
    pub apart: Vec<Apart<'a>>,
    /// On how many benchmarks each of the models alone has a result.
    pub alone: Vec<usize>,
}

/// Results that can be compared, of at least two of the models.
#[derive(Debug, Clone)]
pub struct Comparable<'a> {
    /// The benchmark.
    pub benchmark: &'a Benchmark,
    /// Of each model its result.
    pub scores: Vec<Option<&'a Score>>,
    /// Of each model whether it has another result on the benchmark only.
    pub elsewhere: Vec<bool>,
}

/// Results that cannot be compared.
#[derive(Debug, Clone)]
pub struct Apart<'a> {
    /// The benchmark.
    pub benchmark: &'a Benchmark,
    /// Of each model the result that differs from that of the first in least.
    pub scores: Vec<Option<&'a Score>>,
    /// In what they differ.
    pub reasons: BTreeSet<Unfit>,
}

/// Why two results on a benchmark cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unfit {
    /// They are of other versions of the benchmark.
    Version,
    /// Something else was counted.
    Metric,
    /// Another program or agent was around the models.
    Harness,
    /// The models were set otherwise.
    Variant,
    /// One is reported by the developer itself, the other is not.
    Measurer,
}

/// What must be the same for two results to be compared here: what is ranked together, and the setting of the model.
type Setting<'a> = (ComparableKey, Option<&'a str>);

impl<'a> SharedResults<'a> {
    /// The results of these models, of which there are at least two.
    #[must_use]
    pub fn new(catalog: &'a Catalog, models: &[&'a Model]) -> Self {
        let mut by_benchmark: BTreeMap<&BenchmarkId, Vec<Vec<&Score>>> = BTreeMap::new();
        for (at, model) in models.iter().enumerate() {
            for score in &model.scores {
                let of = by_benchmark.entry(&score.benchmark).or_insert_with(|| vec![Vec::new(); models.len()]);
                of[at].push(score);
            }
        }
        let mut shared = Self { comparable: Vec::new(), apart: Vec::new(), alone: vec![0; models.len()] };
        let in_order = by_benchmark.into_iter().filter_map(|(id, of)| Some((catalog.benchmarks.get(id)?, of)));
        let mut in_order: Vec<(&Benchmark, Vec<Vec<&Score>>)> = in_order.collect();
        in_order.sort_by_key(|(benchmark, _)| place(catalog, benchmark));
        for (benchmark, of) in in_order {
            let having: Vec<usize> = (0..of.len()).filter(|at| !of[*at].is_empty()).collect();
            if let [only] = having[..] {
                shared.alone[only] += 1;
                continue;
            }
            let alike = comparable(benchmark, &of);
            if alike.is_empty() {
                shared.apart.push(apart(benchmark, &of));
            }
            shared.comparable.extend(alike);
        }
        shared
    }
}

/// Headline indices first, then in the order of the categories.
fn place<'a>(catalog: &Catalog, benchmark: &'a Benchmark) -> (usize, usize, &'a BenchmarkId) {
    let settings = &catalog.settings;
    let index = settings.headline.iter().position(|id| *id == benchmark.id).unwrap_or(usize::MAX);
    let category = settings.categories.iter().position(|name| *name == benchmark.category).unwrap_or(usize::MAX);
    (index, category, &benchmark.id)
}

fn comparable<'a>(benchmark: &'a Benchmark, of: &[Vec<&'a Score>]) -> Vec<Comparable<'a>> {
    let mut settings: BTreeMap<Setting<'a>, Vec<Option<&'a Score>>> = BTreeMap::new();
    for (at, scores) in of.iter().enumerate() {
        for score in scores {
            let setting = (score.comparable_key(), score.variant.as_deref());
            let held = &mut settings.entry(setting).or_insert_with(|| vec![None; of.len()])[at];
            // Of two that others measured the better one counts, as in the ranking.
            if held.is_none_or(|held: &Score| benchmark.direction.is_better(&score.value, &held.value)) {
                *held = Some(score);
            }
        }
    }
    let of_several = settings.into_iter().filter(|(_, scores)| scores.iter().flatten().count() > 1);
    let mut rows: Vec<(Setting<'_>, Vec<Option<&Score>>)> = of_several.collect();
    // What others measured says more than what developers report.
    rows.sort_by_key(|((key, _), _)| key.self_reported);
    let elsewhere = |scores: &[Option<&Score>]| {
        scores.iter().zip(of).map(|(score, all)| score.is_none() && !all.is_empty()).collect()
    };
    rows.into_iter().map(|(_, scores)| Comparable { benchmark, elsewhere: elsewhere(&scores), scores }).collect()
}

fn apart<'a>(benchmark: &'a Benchmark, of: &[Vec<&'a Score>]) -> Apart<'a> {
    let mut having = of.iter().filter(|scores| !scores.is_empty());
    let (first, second) = (having.next().map_or(&[][..], Vec::as_slice), having.next().map_or(&[][..], Vec::as_slice));
    // The result of the first that is nearest to one of the second, then of each other the one that is nearest to it.
    let apart = |a: &Score, b: &Score| (differences(a, b).len(), differences(a, b));
    let nearest = |to: &Score, among: &[&'a Score]| among.iter().copied().min_by_key(|score| apart(to, score));
    let distance = |score: &Score| nearest(score, second).map(|other| apart(score, other));
    let basis = first.iter().copied().min_by_key(|score| distance(score));
    let mut met_first = false;
    let scores: Vec<Option<&Score>> = of
        .iter()
        .map(|scores| {
            let is_first = !met_first && !scores.is_empty();
            met_first |= is_first;
            if is_first { basis } else { nearest(basis?, scores) }
        })
        .collect();
    let reasons = scores.iter().flatten().flat_map(|score| basis.map(|basis| differences(basis, score))).flatten();
    Apart { benchmark, reasons: reasons.collect(), scores }
}

/// In what two results differ.
fn differences(a: &Score, b: &Score) -> Vec<Unfit> {
    let (own, other) = (a.comparable_key(), b.comparable_key());
    let all = [
        (Unfit::Version, own.version != other.version),
        (Unfit::Metric, own.metric != other.metric),
        (Unfit::Harness, own.harness != other.harness),
        (Unfit::Variant, a.variant != b.variant),
        (Unfit::Measurer, own.self_reported != other.self_reported),
    ];
    all.into_iter().filter(|(_, differ)| *differ).map(|(reason, _)| reason).collect()
}

impl<'a> Comparable<'a> {
    /// The places of the models with the best result: more than one when they are equal.
    #[must_use]
    pub fn leaders(&self) -> Vec<usize> {
        let values = || self.scores.iter().enumerate().filter_map(|(at, score)| Some((at, score.as_ref()?.value.0)));
        let best = values()
            .map(|(_, value)| value)
            .reduce(|held, value| if self.benchmark.direction.is_better(&value, &held) { value } else { held });
        values().filter(|(_, value)| Some(*value) == best).map(|(at, _)| at).collect()
    }

    /// By how much the best result leads the next one, and whether their uncertainties overlap. `None` when there is a tie.
    #[must_use]
    pub fn lead(&self) -> Option<(Decimal, bool)> {
        let [leader] = self.leaders()[..] else { return None };
        let best = self.scores[leader]?;
        let others = self.scores.iter().enumerate().filter(|(at, _)| *at != leader).filter_map(|(_, score)| *score);
        let next =
            others.reduce(
                |held: &'a Score, score| {
                    if self.benchmark.direction.is_better(&score.value, &held.value) { score } else { held }
                },
            )?;
        let gap = (best.value.0.checked_sub(next.value.0)?).abs();
        let width = |score: &Score| score.uncertainty.map_or(Decimal::ZERO, |half| half.0);
        let known = best.uncertainty.is_some() || next.uncertainty.is_some();
        Some((gap, known && width(best).checked_add(width(next)).is_some_and(|reach| gap <= reach)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::catalog;

    /// What models whose files say this have in common: `benchmark: values > places of the leaders`, then what is apart.
    fn shared(exam: &str, models: &[String]) -> (Vec<String>, Vec<String>, Vec<usize>) {
        let exam = format!("name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\n{exam}");
        let other = "name = \"Quiz\"\nmeasures = \"x\"\ncategory = \"Others\"";
        let paths: Vec<String> = (0..models.len()).map(|at| format!("models/acme/m{at}.toml")).collect();
        let texts: Vec<String> = models.iter().map(|text| format!("name = \"M\"\n{text}")).collect();
        let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
        let own = [
            ("site.toml", "title = \"T\"\ncategories = [\"Others\", \"Tests\"]"),
            ("benchmarks/exam.toml", exam.as_str()),
            ("benchmarks/quiz.toml", other),
        ];
        let catalog = catalog(&files.chain(own).collect::<Vec<_>>());
        let models: Vec<&Model> = catalog.models.values().collect();
        let shared = SharedResults::new(&catalog, &models);
        let told = |scores: &[Option<&Score>]| {
            let value = |score: &Option<&Score>| score.map_or("-".to_owned(), |score| score.value.to_string());
            scores.iter().map(value).collect::<Vec<_>>().join(" ")
        };
        let row = |row: &Comparable<'_>| format!("{}: {} > {:?}", row.benchmark.id, told(&row.scores), row.leaders());
        let rest = |row: &Apart<'_>| format!("{}: {} {:?}", row.benchmark.id, told(&row.scores), row.reasons);
        (shared.comparable.iter().map(row).collect(), shared.apart.iter().map(rest).collect(), shared.alone)
    }

    fn score(value: &str, rest: &str) -> String {
        format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\n{rest}\n")
    }

    #[test]
    fn only_like_is_compared_with_like() {
        let both = |rest: &str| shared("version = \"2\"", &[score("70", ""), score("60", rest)]);
        assert_eq!(both("").0, ["exam: 70 60 > [0]"]);
        assert_eq!(both("measured = \"independent\"").0, ["exam: 70 60 > [0]"], "nobody says who measured the first");
        for (rest, reasons) in [
            ("version = \"1\"", "{Version}"),
            ("metric = \"pass@8\"", "{Metric}"),
            ("harness = \"Agent\"", "{Harness}"),
            ("variant = \"high\"", "{Variant}"),
            ("measured = \"self-reported\"", "{Measurer}"),
            ("measured = \"self-reported\"\nversion = \"1\"", "{Version, Measurer}"),
        ] {
            let (comparable, apart, alone) = both(rest);
            assert_eq!((comparable, alone), (vec![], vec![0, 0]), "{rest}");
            assert_eq!(apart, [format!("exam: 70 60 {reasons}")]);
        }
    }

    #[test]
    fn every_shared_setting_is_a_row_and_the_nearest_results_are_told_apart() {
        let own = "measured = \"self-reported\"";
        let first = score("70", "variant = \"high\"") + &score("75", own) + &score("50", "version = \"1\"");
        let second = score("80", own) + &score("65", "variant = \"high\"");
        assert_eq!(shared("", &[first.clone(), second]).0, ["exam: 70 65 > [0]", "exam: 75 80 > [1]"]);
        let (_, apart, _) = shared("", &[first, score("60", "variant = \"low\"\nversion = \"1\"")]);
        assert_eq!(apart, ["exam: 50 60 {Variant}"]);
    }

    #[test]
    fn ties_have_two_leaders_and_lower_can_be_better() {
        let values = |exam, values: [&str; 3]| shared(exam, &values.map(|value| score(value, ""))).0;
        assert_eq!(values("", ["70", "70.0", "60"]), ["exam: 70 70.0 60 > [0, 1]"]);
        assert_eq!(values("direction = \"lower\"", ["70", "60", "80"]), ["exam: 70 60 80 > [1]"]);
    }

    #[test]
    fn what_one_model_alone_has_is_counted_and_categories_give_the_order() {
        let quiz = "[[score]]\nbenchmark = \"quiz\"\nvalue = 5\n";
        let (comparable, apart, alone) = shared("", &[score("70", "") + quiz, score("60", "")]);
        assert_eq!((comparable.len(), apart.len(), alone), (1, 0, vec![1, 0]));
        let (comparable, ..) = shared("", &[score("70", "") + quiz, score("60", "") + quiz]);
        assert_eq!(comparable, ["quiz: 5 5 > [0, 1]", "exam: 70 60 > [0]"]);
        assert_eq!(shared("", &[String::new(), String::new()]).2, [0, 0]);
    }

    #[test]
    fn a_lead_within_the_uncertainty_is_told() {
        let lead = |first: &str, second: &str| {
            let [first, second] = [first, second].map(|text| format!("name = \"M\"\n{}", score(text, "")));
            let catalog = catalog(&[("models/acme/a.toml", &first), ("models/acme/b.toml", &second)]);
            let models: Vec<&Model> = catalog.models.values().collect();
            let row = SharedResults::new(&catalog, &models).comparable.remove(0);
            row.lead().map(|(gap, within)| (gap.to_string(), within))
        };
        let told = |gap: &str, within| Some((gap.to_owned(), within));
        assert_eq!(lead("70", "68.5"), told("1.5", false));
        assert_eq!(lead("70\nuncertainty = 1", "68.5\nuncertainty = 0.5"), told("1.5", true));
        assert_eq!(lead("70\nuncertainty = 1", "68.5"), told("1.5", false));
        assert_eq!(lead("70", "70"), None);
    }
}
