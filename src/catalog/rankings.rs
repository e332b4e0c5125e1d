//! Where each model stands among all others, for every measure: sorted once, asked by binary search.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::ranking::{Axis, Measure, Ranking, Standing};
use super::{BenchmarkId, Catalog, ComparableKey, Component, Date, Direction, Kin, Model, Score, Status};

/// The rankings of a catalogue.
#[derive(Debug, Clone, Default)]
pub struct Rankings {
    by_measure: BTreeMap<Measure, Ranking>,
    /// All values, so that one model can be ranked again without looking at the others.
    groups: BTreeMap<Measure, Groups>,
    kin: Kin,
}

/// The values of one measure, lowest first, apart for everything that is not comparable. A measure that is no benchmark
/// has one group.
type Groups = BTreeMap<Option<ComparableKey>, Vec<Decimal>>;

/// One model's part in the ranking of a measure.
type Row = (Measure, Option<ComparableKey>, Written);

/// A number as it was written: 78 and 78.0 are one value, and each is shown with its own digits. So that it makes no
/// difference which of them came first, they have an order too.
type Written = (Decimal, u32);

fn written(value: &Decimal) -> Written {
    (*value, value.scale())
}

impl Rankings {
    /// Ranks every model of the catalogue by every measure, with the prices that hold on a day.
    #[must_use]
    pub fn new(catalog: &Catalog, today: Date) -> Self {
        let mut rankings = Self::default();
        let rows: Vec<Vec<Row>> = catalog.models.par_iter().map(|(_, model)| rows(catalog, model, today)).collect();
        for (measure, key, (value, _)) in rows.into_iter().flatten() {
            rankings.groups.entry(measure).or_default().entry(key).or_default().push(value);
        }
        for (measure, groups) in &mut rankings.groups {
            groups.values_mut().for_each(|values| values.sort_unstable_by_key(written));
            rankings.by_measure.extend(rank(catalog, measure, groups).map(|ranking| (measure.clone(), ranking)));
        }
        rankings.kin = Kin::new(catalog, &rankings);
        rankings
    }

    /// Ranks one model again, of which nothing but its facts has changed. The result is that of [`Self::new`] for the
    /// catalogue, which has the new form already.
    pub fn replace(&mut self, catalog: &Catalog, old: &Model, new: &Model, today: Date) {
        let mut kin = std::mem::take(&mut self.kin);
        kin.remove(catalog, self, old);
        let (before, after) = (rows(catalog, old, today), rows(catalog, new, today));
        let mut touched = BTreeSet::new();
        for (measure, key, value) in before.iter().filter(|row| !after.contains(row)) {
            let groups = self.groups.entry(measure.clone()).or_default();
            let values = groups.entry(key.clone()).or_default();
            if let Ok(place) = values.binary_search_by_key(value, written) {
                values.remove(place);
            }
            if values.is_empty() {
                groups.remove(key);
            }
            touched.insert(measure.clone());
        }
        for (measure, key, value) in after.iter().filter(|row| !before.contains(row)) {
            let values = self.groups.entry(measure.clone()).or_default().entry(key.clone()).or_default();
            values.insert(values.partition_point(|other| written(other) < *value), value.0);
            touched.insert(measure.clone());
        }
        let mut others_are_ranked = false;
        for measure in touched {
            let ranking = self.groups.get(&measure).and_then(|groups| rank(catalog, &measure, groups));
            let key = |ranking: Option<&Ranking>| ranking.and_then(|ranking| ranking.key.clone());
            others_are_ranked |= key(self.by_measure.get(&measure)) != key(ranking.as_ref());
            match ranking {
                Some(ranking) => self.by_measure.insert(measure, ranking),
                None => self.by_measure.remove(&measure),
            };
        }
        if others_are_ranked {
            // Scores of another kind are ranked now, so every model may stand elsewhere.
            kin = Kin::new(catalog, self);
        } else {
            kin.add(catalog, self, new);
        }
        self.kin = kin;
    }

    /// Which models are near which.
    #[must_use]
    pub fn kin(&self) -> &Kin {
        &self.kin
    }

    /// The ranking by this measure; `None` when no model has a value.
    #[must_use]
    pub fn get(&self, measure: &Measure) -> Option<&Ranking> {
        self.by_measure.get(measure)
    }

    /// Every ranking that has values, in the order of the measures.
    pub fn iter(&self) -> impl Iterator<Item = (&Measure, &Ranking)> {
        self.by_measure.iter()
    }

    /// The score with which a model takes part in the ranking of a benchmark: the best of its comparable ones.
    #[must_use]
    pub fn ranked_score<'a>(&self, model: &'a Model, benchmark: &BenchmarkId) -> Option<&'a Score> {
        self.get(&Measure::Benchmark(benchmark.clone()))?.best_score(model, benchmark)
    }

    /// What a model takes part with in the ranking by a measure.
    #[must_use]
    pub fn value(&self, model: &Model, measure: &Measure, today: Date) -> Option<Decimal> {
        match measure {
            Measure::Benchmark(id) => self.ranked_score(model, id).map(|score| score.value.0),
            plain => plain_values(model, today).into_iter().find(|(measure, _)| measure == plain)?.1,
        }
    }

    /// Where a score stands, when it is comparable to the scores that are ranked.
    #[must_use]
    pub fn of_score(&self, score: &Score) -> Option<(&Ranking, Standing)> {
        let ranking = self.get(&Measure::Benchmark(score.benchmark.clone()))?;
        (ranking.key.as_ref().is_some_and(|key| key.is_of(score)))
            .then(|| ranking.standing(score.value.0))?
            .map(|s| (ranking, s))
    }
}

/// What a model has of each measure that is no benchmark.
fn plain_values(model: &Model, today: Date) -> [(Measure, Option<Decimal>); 4] {
    // What is no longer served has no price that anybody could pay.
    let offer = model.reference_offer(today).filter(|_| model.status != Status::Retired);
    let price = |component| offer.and_then(|offer| offer.prices.usd(component, today));
    [
        (Measure::InputPrice, price(Component::Input)),
        (Measure::OutputPrice, price(Component::Output)),
        (Measure::ContextWindow, model.context_window.known().map(|tokens| tokens.0.into())),
        (Measure::MaxOutput, model.max_output.known().map(|tokens| tokens.0.into())),
    ]
}

/// By what a model is ranked, with its values.
fn rows(catalog: &Catalog, model: &Model, today: Date) -> Vec<Row> {
    let plain = plain_values(model, today).into_iter().filter_map(|(measure, value)| Some((measure, None, value?)));
    let scores = best_of_each(model, catalog)
        .into_iter()
        .map(|score| (Measure::Benchmark(score.benchmark.clone()), Some(score.comparable_key()), score.value.0));
    plain.chain(scores).map(|(measure, key, value)| (measure, key, written(&value))).collect()
}

/// Of each benchmark and comparable kind the model's best score: variants of one model do not compete.
fn best_of_each<'a>(model: &'a Model, catalog: &Catalog) -> Vec<&'a Score> {
    let mut best: BTreeMap<(&BenchmarkId, ComparableKey), &Score> = BTreeMap::new();
    for score in &model.scores {
        let direction = catalog.benchmarks.get(&score.benchmark).map(|b| b.direction).unwrap_or_default();
        best.entry((&score.benchmark, score.comparable_key()))
            .and_modify(|held| {
                if direction.is_better(&score.value, &held.value) {
                    *held = score;
                }
            })
            .or_insert(score);
    }
    best.into_values().collect()
}

/// The ranking of a measure: of the group that has most models, and of equally large ones of the first in order, which is
/// a stable choice.
fn rank(catalog: &Catalog, measure: &Measure, groups: &Groups) -> Option<Ranking> {
    let most = groups.values().map(Vec::len).max()?;
    let (key, values) = groups.iter().find(|(_, values)| values.len() == most)?;
    let (direction, axis) = match measure {
        Measure::InputPrice | Measure::OutputPrice => (Direction::Lower, Axis::powers_of_ten(values)),
        Measure::ContextWindow | Measure::MaxOutput => (Direction::Higher, Axis::powers_of_ten(values)),
        Measure::Benchmark(id) => {
            let benchmark = catalog.benchmarks.get(id)?;
            (benchmark.direction, Axis::of_benchmark(benchmark, values))
        }
    };
    Some(Ranking::new(values.clone(), direction, axis, key.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Standing;
    use crate::catalog::resolve::example::{catalog, today};
    use crate::catalog::{Catalog, Ranking};

    fn exam(rest: &str) -> (&'static str, String) {
        ("benchmarks/exam.toml", format!("name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\n{rest}"))
    }

    /// The catalogue of models `acme/m00`, … whose files say this, and its rankings.
    fn ranked(exam: &(&'static str, String), models: &[String]) -> (Catalog, Rankings) {
        let paths: Vec<String> = (0..models.len()).map(|at| format!("models/acme/m{at:02}.toml")).collect();
        let texts: Vec<String> = models.iter().map(|text| format!("name = \"M\"\n{text}")).collect();
        let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
        let files: Vec<(&str, &str)> = files.chain([(exam.0, exam.1.as_str())]).collect();
        let catalog = catalog(&files);
        let rankings = Rankings::new(&catalog, today());
        (catalog, rankings)
    }

    fn scores(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| format!("[scores]\nexam = {value}")).collect()
    }

    fn measure() -> Measure {
        Measure::Benchmark(BenchmarkId::new("exam"))
    }

    fn ranks(exam: &(&'static str, String), values: &[&str]) -> Vec<usize> {
        let (_, rankings) = ranked(exam, &scores(values));
        let ranking = rankings.get(&measure()).expect("it is ranked");
        let standing = |value: &&str| match ranking.standing(value.parse().expect("a number")) {
            Some(Standing::Rank { rank, of }) => rank + 100 * (of - values.len()),
            other => panic!("{other:?}"),
        };
        values.iter().map(standing).collect()
    }

    #[test]
    fn equal_values_share_the_better_rank() {
        assert_eq!(ranks(&exam(""), &["10", "30.0", "30", "20"]), [4, 1, 1, 3]);
        assert_eq!(ranks(&exam("direction = \"lower\""), &["10", "30", "10", "20"]), [1, 4, 1, 3]);
    }

    #[test]
    fn a_lone_value_has_no_rank_and_no_value_no_ranking() {
        let (_, rankings) = ranked(&exam(""), &scores(&["10"]));
        assert_eq!(rankings.get(&measure()).expect("it is ranked").standing(10.into()), None);
        let (_, rankings) = ranked(&exam(""), &[String::new()]);
        assert!(rankings.get(&measure()).is_none() && rankings.get(&Measure::InputPrice).is_none());
    }

    #[test]
    fn beyond_fifty_models_a_whole_percentile_is_told() {
        let values: Vec<String> = (1..=60).map(|value| value.to_string()).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let (_, rankings) = ranked(&exam(""), &scores(&values));
        let ranking = rankings.get(&measure()).expect("it is ranked");
        let standing = |value: i64| ranking.standing(value.into()).expect("it is ranked");
        let top = |percent| Standing::Top { percent };
        let last = |percent| Standing::Last { percent };
        // One of sixty is 1.7 percent, so neither the first nor the last is within one percent of its end.
        assert_eq!([60, 59, 31, 30, 2, 1].map(standing), [top(2), top(4), top(50), last(50), last(4), last(2)]);
        let (_, rankings) = ranked(&exam(""), &scores(&["1"; 60]));
        let alike = rankings.get(&measure()).and_then(|ranking| ranking.standing(1.into()));
        assert_eq!(alike, Some(top(2)), "equal values share the better standing");
        let (_, rankings) = ranked(&exam(""), &scores(&values[..50]));
        let ranking = rankings.get(&measure()).expect("it is ranked");
        assert_eq!(ranking.standing(50.into()), Some(Standing::Rank { rank: 1, of: 50 }));
    }

    #[test]
    fn variants_of_one_model_do_not_compete() {
        let row = |value: i32, variant: &str| {
            format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\nvariant = \"{variant}\"\n")
        };
        let (catalog, rankings) = ranked(&exam(""), &[row(50, "low") + &row(70, "high"), row(60, "high")]);
        let ranking = rankings.get(&measure()).expect("it is ranked");
        assert_eq!(ranking.values(), [70.into(), 60.into()]);
        let best = rankings.ranked_score(&catalog.models["acme/m00"], &BenchmarkId::new("exam"));
        assert_eq!(best.and_then(|score| score.variant.as_deref()), Some("high"));
    }

    #[test]
    fn only_what_can_be_compared_is_ranked() {
        let row = |value: i32, rest: &str| format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\n{rest}\n");
        let own = "measured = \"self-reported\"";
        let (catalog, rankings) =
            ranked(&exam(""), &[row(50, ""), row(60, ""), row(99, own), row(98, "harness = \"x\"")]);
        assert_eq!(rankings.get(&measure()).map(Ranking::len), Some(2));
        assert!(rankings.of_score(&catalog.models["acme/m02"].scores[0]).is_none());
    }

    #[test]
    fn axes_end_round() {
        let ends = |rest: &str, values: &[&str]| {
            let (_, rankings) = ranked(&exam(rest), &scores(values));
            rankings.get(&measure()).expect("it is ranked").axis().ends()
        };
        assert_eq!(ends("scale = { min = 0, max = 100 }", &["10", "20"]), (0.0, 100.0));
        assert_eq!(ends("", &["1123", "1398"]), (1100.0, 1400.0));
        assert_eq!(ends("scale = { min = 0 }", &["1.2", "7.9"]), (0.0, 8.0));
        assert_eq!(ends("", &["5", "5"]), (5.0, 6.0));
        let prices = ["0.28", "15"].map(|price| format!("price = {{ input = {price} }}"));
        let (_, rankings) = ranked(&exam(""), &prices);
        let axis = rankings.get(&Measure::InputPrice).expect("it is ranked").axis();
        assert_eq!(axis.ends(), (0.1, 100.0));
        assert_eq!((axis.position(Decimal::ZERO), axis.position(100.into())), (0.0, 100.0));
    }

    #[test]
    fn medians_are_exact() {
        let median = |values: &[&str]| {
            let (_, rankings) = ranked(&exam(""), &scores(values));
            rankings.get(&measure()).and_then(Ranking::median).map(|median| median.to_string())
        };
        assert_eq!(median(&["1", "9", "2"]).as_deref(), Some("2"));
        assert_eq!(median(&["1", "2.5"]).as_deref(), Some("1.75"));
    }

    #[test]
    fn quartiles_are_the_medians_of_the_halves_without_the_middle() {
        let quartiles = |rest: &str, values: &[&str]| {
            let (_, rankings) = ranked(&exam(rest), &scores(values));
            let quartiles = rankings.get(&measure()).and_then(Ranking::quartiles);
            quartiles.map(|(better, worse)| (better.to_string(), worse.to_string()))
        };
        let pair = |better: &str, worse: &str| Some((better.to_owned(), worse.to_owned()));
        assert_eq!(quartiles("", &["1", "2", "3", "4", "5"]), pair("4.5", "1.5"));
        assert_eq!(quartiles("direction = \"lower\"", &["1", "2", "3", "4"]), pair("1.5", "3.5"));
        assert_eq!(quartiles("", &["1"]), None);
    }
}
