//! Where each model stands among all others, for every measure: sorted once, asked by binary search.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Benchmark, BenchmarkId, Catalog, ComparableKey, Component, Date, Direction, Kin, Model, Score, Status};

/// Something that every model can be measured by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Input price in US dollars per 1M tokens.
    InputPrice,
    /// Output price in US dollars per 1M tokens.
    OutputPrice,
    /// Context window in tokens.
    ContextWindow,
    /// Max output in tokens.
    MaxOutput,
    /// A benchmark, in its unit.
    Benchmark(BenchmarkId),
}

impl Measure {
    /// A name that does not change: the name of its ruler.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::InputPrice => "input-price".to_owned(),
            Self::OutputPrice => "output-price".to_owned(),
            Self::ContextWindow => "context-window".to_owned(),
            Self::MaxOutput => "max-output".to_owned(),
            Self::Benchmark(id) => format!("benchmark-{id}"),
        }
    }

    /// What first means in a ranking by this measure.
    #[must_use]
    pub fn order_in_words(&self) -> &'static str {
        match self {
            Self::InputPrice | Self::OutputPrice => "cheapest first",
            Self::ContextWindow | Self::MaxOutput => "longest first",
            Self::Benchmark(_) => "best first",
        }
    }
}

/// Up to this many models a rank is told exactly; beyond, as a whole percentile, so that one edit changes few cards.
pub const EXACT_UP_TO: usize = 50;

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The rank, counted from one, among a number of models. Equal values share the better rank.
    Rank {
        /// One more than the number of models that are better.
        rank: usize,
        /// How many are ranked.
        of: usize,
    },
    /// In the best so many percent, when more than [`EXACT_UP_TO`] models are ranked.
    Top {
        /// 1 to 100.
        percent: usize,
    },
}

/// All values of one measure.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Best first.
    values: Vec<Decimal>,
    lower_is_better: bool,
    axis: Axis,
    /// Which scores are ranked; `None` for measures that are not benchmarks.
    pub key: Option<ComparableKey>,
}

/// The line on which the values of a measure lie, from 0 to 100. Its ends are round, so that few edits move them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    logarithmic: bool,
}

impl Axis {
    fn linear(low: f64, high: f64) -> Self {
        Self { low, high, logarithmic: false }
    }

    /// From a power of ten below the lowest value to one above the highest.
    fn powers_of_ten(values: &[f64]) -> Self {
        let positive = || values.iter().copied().filter(|value| *value > 0.0).map(f64::log10);
        let low = positive().fold(f64::INFINITY, f64::min).floor();
        let high = positive().fold(f64::NEG_INFINITY, f64::max).ceil();
        let low = if low.is_finite() { low } else { 0.0 };
        Self { low, high: if high > low { high } else { low + 1.0 }, logarithmic: true }
    }

    /// Where a value lies, from 0 to 100. Zero lies at the low end of a logarithmic axis.
    #[must_use]
    pub fn position(&self, value: Decimal) -> f64 {
        let value = value.to_f64().unwrap_or(0.0);
        let value = if self.logarithmic { if value > 0.0 { value.log10() } else { self.low } } else { value };
        ((value - self.low) / (self.high - self.low) * 100.0).clamp(0.0, 100.0)
    }

    /// The value at the low end and at the high end.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        if self.logarithmic { (10f64.powf(self.low), 10f64.powf(self.high)) } else { (self.low, self.high) }
    }
}

impl Ranking {
    fn new(mut values: Vec<Decimal>, lower_is_better: bool, axis: Axis, key: Option<ComparableKey>) -> Self {
        values.sort_unstable();
        if !lower_is_better {
            values.reverse();
        }
        Self { values, lower_is_better, axis, key }
    }

    /// How many models are ranked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every value, best first.
    #[must_use]
    pub fn values(&self) -> &[Decimal] {
        &self.values
    }

    /// The line on which the values lie.
    #[must_use]
    pub fn axis(&self) -> Axis {
        self.axis
    }

    /// Where a value that is part of this ranking stands. `None` when it is alone.
    #[must_use]
    pub fn standing(&self, value: Decimal) -> Option<Standing> {
        let of = self.values.len();
        if of < 2 {
            return None;
        }
        let better =
            self.values.partition_point(|other| if self.lower_is_better { *other < value } else { *other > value });
        Some(if of <= EXACT_UP_TO {
            Standing::Rank { rank: better + 1, of }
        } else {
            Standing::Top { percent: ((better + 1) * 100).div_ceil(of).min(100) }
        })
    }

    /// The median of the values; `None` when there are none.
    #[must_use]
    pub fn median(&self) -> Option<Decimal> {
        let middle = self.values.len() / 2;
        if self.values.len() % 2 == 1 {
            self.values.get(middle).copied()
        } else {
            let sum = self.values.get(middle.checked_sub(1)?)?.checked_add(*self.values.get(middle)?)?;
            sum.checked_div(Decimal::TWO).map(|median| median.normalize())
        }
    }
}

/// The rankings of a catalogue.
#[derive(Debug, Clone, Default)]
pub struct Rankings {
    by_measure: BTreeMap<Measure, Ranking>,
    kin: Kin,
}

impl Rankings {
    /// Ranks every model of the catalogue by every measure, with the prices that hold on a day.
    #[must_use]
    pub fn new(catalog: &Catalog, today: Date) -> Self {
        let mut by_measure = BTreeMap::new();
        let mut add = |measure: Measure, lower_is_better: bool, value: &dyn Fn(&Model) -> Option<Decimal>| {
            let values: Vec<Decimal> = catalog.models.values().filter_map(value).collect();
            let floats: Vec<f64> = values.iter().filter_map(ToPrimitive::to_f64).collect();
            by_measure.insert(measure, Ranking::new(values, lower_is_better, Axis::powers_of_ten(&floats), None));
        };
        // What is no longer served has no price that anybody could pay.
        let price = |component| {
            move |model: &Model| {
                let served = model.status != Status::Retired;
                model.reference_offer(today).filter(|_| served)?.prices.usd(component, today)
            }
        };
        add(Measure::InputPrice, true, &price(Component::Input));
        add(Measure::OutputPrice, true, &price(Component::Output));
        add(Measure::ContextWindow, false, &|model| model.context_window.known().map(|tokens| tokens.0.into()));
        add(Measure::MaxOutput, false, &|model| model.max_output.known().map(|tokens| tokens.0.into()));

        let mut scores: BTreeMap<&BenchmarkId, BTreeMap<ComparableKey, Vec<Decimal>>> = BTreeMap::new();
        for model in catalog.models.values() {
            for score in best_of_each(model, catalog) {
                let groups = scores.entry(&score.benchmark).or_default();
                groups.entry(score.comparable_key()).or_default().push(score.value.0);
            }
        }
        for (id, groups) in scores {
            let Some(benchmark) = catalog.benchmarks.get(id) else { continue };
            // The group with most models is ranked; of equally large ones the first in order, which is a stable choice.
            let Some(most) = groups.values().map(Vec::len).max() else { continue };
            let Some((key, values)) = groups.into_iter().find(|(_, values)| values.len() == most) else { continue };
            let axis = benchmark_axis(benchmark, &values);
            let lower = benchmark.direction == Direction::Lower;
            by_measure.insert(Measure::Benchmark(id.clone()), Ranking::new(values, lower, axis, Some(key)));
        }
        let mut rankings = Self { by_measure, kin: Kin::default() };
        rankings.kin = Kin::new(catalog, &rankings);
        rankings
    }

    /// Which models are near which.
    #[must_use]
    pub fn kin(&self) -> &Kin {
        &self.kin
    }

    /// The ranking by this measure; `None` when no model has a value.
    #[must_use]
    pub fn get(&self, measure: &Measure) -> Option<&Ranking> {
        self.by_measure.get(measure).filter(|ranking| !ranking.is_empty())
    }

    /// Every ranking that has values, in the order of the measures.
    pub fn iter(&self) -> impl Iterator<Item = (&Measure, &Ranking)> {
        self.by_measure.iter().filter(|(_, ranking)| !ranking.is_empty())
    }

    /// The score with which a model takes part in the ranking of a benchmark: the best of its comparable ones.
    #[must_use]
    pub fn ranked_score<'a>(&self, model: &'a Model, benchmark: &BenchmarkId) -> Option<&'a Score> {
        let ranking = self.get(&Measure::Benchmark(benchmark.clone()))?;
        model
            .scores
            .iter()
            .filter(|score| score.benchmark == *benchmark && ranking.key.as_ref() == Some(&score.comparable_key()))
            .reduce(|held, score| {
                let better = if ranking.lower_is_better { score.value < held.value } else { score.value > held.value };
                if better { score } else { held }
            })
    }

    /// Where a score stands, when it is comparable to the scores that are ranked.
    #[must_use]
    pub fn of_score(&self, score: &Score) -> Option<(&Ranking, Standing)> {
        let ranking = self.get(&Measure::Benchmark(score.benchmark.clone()))?;
        (ranking.key.as_ref() == Some(&score.comparable_key()))
            .then(|| ranking.standing(score.value.0))?
            .map(|s| (ranking, s))
    }
}

/// Of each benchmark and comparable kind the model's best score: variants of one model do not compete.
fn best_of_each<'a>(model: &'a Model, catalog: &Catalog) -> Vec<&'a Score> {
    let mut best: BTreeMap<(&BenchmarkId, ComparableKey), &Score> = BTreeMap::new();
    for score in &model.scores {
        let lower = catalog.benchmarks.get(&score.benchmark).is_some_and(|b| b.direction == Direction::Lower);
        best.entry((&score.benchmark, score.comparable_key()))
            .and_modify(|held| {
                if (score.value < held.value) == lower && score.value != held.value {
                    *held = score;
                }
            })
            .or_insert(score);
    }
    best.into_values().collect()
}

/// The declared scale; an open end lies at the next round number beyond the values.
fn benchmark_axis(benchmark: &Benchmark, values: &[Decimal]) -> Axis {
    let floats = || values.iter().filter_map(ToPrimitive::to_f64);
    let declared = |end: Option<Decimal>| end.and_then(|end| end.to_f64());
    let highest = floats().fold(f64::NEG_INFINITY, f64::max);
    let lowest = floats().fold(f64::INFINITY, f64::min);
    let step = 10f64.powf((highest - lowest).abs().max(1.0).log10().floor());
    let low = declared(benchmark.min).unwrap_or_else(|| (lowest / step).floor() * step);
    let high = declared(benchmark.max).unwrap_or_else(|| (highest / step).ceil() * step);
    Axis::linear(low, if high > low { high } else { low + 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::{catalog, today};

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
        let top = |value: i64| match ranking.standing(value.into()) {
            Some(Standing::Top { percent }) => percent,
            other => panic!("{other:?}"),
        };
        assert_eq!([top(60), top(59), top(31), top(1)], [2, 4, 50, 100]);
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
}
