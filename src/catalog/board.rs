//! The results on a benchmark, apart where they are not comparable, and in their order where they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{
    Axis, Benchmark, Catalog, ComparableKey, Measure, Measured, Model, ModelIndex, Rankings, Score, ScoreValue,
};

/// All results on one benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// First the group whose results are ranked; then those with most results.
    pub groups: Vec<Group>,
    /// The line on which all results and baselines lie.
    pub axis: Axis,
}

/// Results of one version of a benchmark, with one harness, of one metric. What developers report of their own models
/// stands beside what others measured, and is never ranked against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Version of the benchmark.
    pub version: Option<Arc<str>>,
    /// Program or agent around the models.
    pub harness: Option<Arc<str>>,
    /// What was counted, where it differs from the benchmark's metric.
    pub metric: Option<Arc<str>>,
    /// Whether the main result of an entry is what the developer reports. Else it is what somebody else measured.
    pub by_reports: bool,
    /// Whether this is the group that is ranked.
    pub ranked: bool,
    /// Best first.
    pub entries: Vec<Entry>,
    /// What there is among them.
    pub tally: Tally,
}

/// What there is among the entries of a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries with a rank.
    pub ranked: usize,
    /// Entries with a main result and no rank.
    pub unranked: usize,
    /// Entries with both results.
    pub both: usize,
    /// Entries without a main result.
    pub other_only: usize,
    /// Whether two share a rank.
    pub ties: bool,
    /// Whether everybody who measured a main result has no stake in the model.
    pub independent: bool,
    /// Whether all results are of one setting of the models, which is stated.
    pub one_variant: bool,
    /// Whether one party measured all results, and one source says so for one day with the same note.
    pub one_origin: bool,
}

/// A model's result in one setting, as measured and as reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The model.
    pub model: ModelIndex,
    /// The main result, by its number among the model's scores.
    pub main: Option<usize>,
    /// The other one. There is one of the two at least.
    pub other: Option<usize>,
    /// The rank, counted from one, where this is the result by which the model is ranked. Equal values share the better
    /// rank.
    pub rank: Option<usize>,
    /// Whether the model has more than one entry in the group.
    pub one_of_several: bool,
    /// Whether this is the first entry of the model on the board.
    pub is_first: bool,
}

impl Entry {
    /// The score at this number.
    #[must_use]
    pub fn score(model: &Model, at: Option<usize>) -> Option<&Score> {
        model.scores.get(at?)
    }
}

/// What is the same in one group.
type Key<'a> = (&'a Option<Arc<str>>, &'a Option<Arc<str>>, &'a Option<Arc<str>>);

fn key(score: &Score) -> Key<'_> {
    (&score.version, &score.harness, &score.metric)
}

/// A score with its model and its number there.
struct Held<'a> {
    index: ModelIndex,
    model: &'a Model,
    at: usize,
    score: &'a Score,
}

/// An entry with what orders it.
struct Placed<'a> {
    value: Option<ScoreValue>,
    model: &'a Model,
    entry: Entry,
}

impl Board {
    /// The board of these results: each a model with the number of its score, those of one model side by side.
    pub(super) fn new(
        catalog: &Catalog,
        rankings: &Rankings,
        benchmark: &Benchmark,
        results: &[(ModelIndex, usize)],
    ) -> Self {
        let mut values: Vec<Decimal> = benchmark.baselines.iter().map(|line| line.value.0).collect();
        let mut by_key: BTreeMap<Key<'_>, Vec<Held<'_>>> = BTreeMap::new();
        for (index, at) in results {
            let model = catalog.model(*index);
            let score = &model.scores[*at];
            values.push(score.value.0);
            by_key.entry(key(score)).or_default().push(Held { index: *index, model, at: *at, score });
        }
        let ranking = rankings.get(&Measure::Benchmark(benchmark.id.clone()));
        let ranked = ranking.and_then(|ranking| ranking.key.as_ref());
        let mut groups: Vec<Group> = by_key
            .into_iter()
            .map(|(of, results)| {
                let ranked = ranked.filter(|key| (&key.version, &key.harness, &key.metric) == of);
                group(rankings, benchmark, of, &results, ranked)
            })
            .collect();
        // The sort is stable: equally large groups stay in the order of their keys.
        groups.sort_by_key(|group| (!group.ranked, std::cmp::Reverse(group.entries.len())));
        let (mut met, alone) = (BTreeSet::new(), groups.len() == 1);
        for entry in groups.iter_mut().flat_map(|group| &mut group.entries) {
            entry.is_first = (alone && !entry.one_of_several) || met.insert(entry.model);
        }
        Self { groups, axis: Axis::of_benchmark(benchmark, &values) }
    }
}

fn group<'a>(
    rankings: &Rankings,
    benchmark: &Benchmark,
    (version, harness, metric): Key<'_>,
    results: &[Held<'a>],
    ranked: Option<&ComparableKey>,
) -> Group {
    let by_reports = match ranked {
        Some(key) => key.self_reported,
        None => results.iter().all(|held| held.score.is_self_reported()),
    };
    let ranking = rankings.get(&Measure::Benchmark(benchmark.id.clone())).filter(|ranking| ranking.len() > 1);
    // The results come model by model, and there by their settings.
    let mut entries: Vec<Placed<'_>> = Vec::with_capacity(results.len());
    for of_model in results.chunk_by(|a, b| a.index == b.index) {
        let (first, model, index) = (entries.len(), of_model[0].model, of_model[0].index);
        let own = ranking.and_then(|ranking| {
            let best = ranking.best_of(of_model.iter().map(|held| held.score))?;
            Some((best, ranking.rank(best.value.0)))
        });
        let rank = |held: &Held<'_>| own.filter(|(best, _)| std::ptr::eq(*best, held.score)).map(|(_, rank)| rank);
        // The main results of each variant, and the others.
        let mut variants: BTreeMap<Option<&str>, [Vec<&Held<'_>>; 2]> = BTreeMap::new();
        for held in of_model {
            let is_other = held.score.is_self_reported() != by_reports;
            variants.entry(held.score.variant.as_deref()).or_default()[usize::from(is_other)].push(held);
        }
        for [mains, others] in variants.into_values() {
            for at in 0..mains.len().max(others.len()) {
                let (main, other) = (mains.get(at), others.get(at));
                let entry = Entry {
                    model: index,
                    main: main.map(|held| held.at),
                    other: other.map(|held| held.at),
                    rank: main.and_then(|held| rank(held)),
                    one_of_several: false,
                    is_first: false,
                };
                let value = main.or(other).map(|held| held.score.value);
                entries.push(Placed { value, model, entry });
            }
        }
        let several = entries.len() - first > 1;
        entries[first..].iter_mut().for_each(|placed| placed.entry.one_of_several = several);
    }
    entries.sort_by(|x, y| {
        let rest = |placed: &Placed<'a>| {
            let Placed { model, entry, .. } = placed;
            (entry.rank.is_none(), entry.main.is_none(), model.name.as_str(), entry.model)
        };
        benchmark.direction.order(&x.value, &y.value).then_with(|| rest(x).cmp(&rest(y)))
    });
    Group {
        version: version.clone(),
        harness: harness.clone(),
        metric: metric.clone(),
        by_reports,
        ranked: ranked.is_some(),
        tally: Tally {
            one_variant: results.iter().all(|held| held.score.variant.is_some())
                && are_alike(results, |score| &score.variant),
            one_origin: are_alike(results, |score| (score.measured, &score.provenance)),
            ..tally(&entries)
        },
        entries: entries.into_iter().map(|placed| placed.entry).collect(),
    }
}

/// Whether this is the same of all results.
fn are_alike<'a, T: PartialEq>(results: &[Held<'a>], of: impl Fn(&'a Score) -> T) -> bool {
    results.windows(2).all(|pair| of(pair[0].score) == of(pair[1].score))
}

fn tally(entries: &[Placed<'_>]) -> Tally {
    let mut tally = Tally { independent: true, ..Tally::default() };
    let mut ranks = BTreeSet::new();
    for Placed { model, entry, .. } in entries {
        match (entry.main, entry.rank) {
            (Some(_), Some(rank)) => {
                tally.ranked += 1;
                tally.ties |= !ranks.insert(rank);
            }
            (Some(_), None) => tally.unranked += 1,
            (None, _) => tally.other_only += 1,
        }
        tally.both += usize::from(entry.main.is_some() && entry.other.is_some());
        let main = Entry::score(model, entry.main);
        tally.independent &= main.is_none_or(|score| score.measured == Some(Measured::Independent));
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::{self, today};
    use crate::catalog::{BenchmarkId, Listings};

    /// The groups of a board, each with its rows: rank, model, main value, other value.
    fn board(exam: &str, models: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
        let exam = format!("name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\n{exam}");
        let paths: Vec<String> = models.iter().map(|(slug, _)| format!("models/acme/{slug}.toml")).collect();
        let texts: Vec<String> = models.iter().map(|(slug, text)| format!("name = \"{slug}\"\n{text}")).collect();
        let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
        let files: Vec<_> = files.chain([("benchmarks/exam.toml", exam.as_str())]).collect();
        let catalog = example::catalog(&files);
        let (rankings, listings) = (Rankings::new(&catalog, today()), Listings::default());
        let board = listings.board(&catalog, &rankings, &BenchmarkId::new("exam"));
        let groups = board.map_or(&[][..], |board| &board.groups);
        let row = |entry: &Entry| {
            let model = catalog.model(entry.model);
            let told = |at| Entry::score(model, at).map_or("-".to_owned(), |score| score.value.to_string());
            let rank = entry.rank.map_or("-".to_owned(), |rank| rank.to_string());
            format!("{rank} {} {} {}", model.name, told(entry.main), told(entry.other))
        };
        let name =
            |group: &Group| group.version.clone().or(group.harness.clone()).as_deref().unwrap_or_default().to_owned();
        groups.iter().map(|group| (name(group), group.entries.iter().map(row).collect())).collect()
    }

    fn score(value: &str, rest: &str) -> String {
        format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\n{rest}\n")
    }

    const OWN: &str = "measured = \"self-reported\"";
    const OTHERS: &str = "measured = \"independent\"";

    #[test]
    fn what_was_measured_and_reported_in_one_setting_is_one_entry_and_reports_alone_have_no_rank() {
        let high = |rest: &str| format!("variant = \"high\"\n{rest}");
        let both = score("70", &high(OTHERS)) + &score("75", &high(OWN));
        let other = score("60", "variant = \"low\"") + &score("61", OWN);
        let models = [("a", both), ("b", other), ("c", score("99", OWN)), ("d", score("50", OTHERS))];
        let models = models.each_ref().map(|(slug, text)| (*slug, text.as_str()));
        let rows = ["- c - 99", "1 a 70 75", "- b - 61", "2 b 60 -", "3 d 50 -"];
        assert_eq!(board("", &models), [(String::new(), rows.map(str::to_owned).to_vec())]);
    }

    #[test]
    fn a_model_is_ranked_once_by_its_best_result_and_ties_share_a_rank() {
        let several = score("50", "variant = \"low\"") + &score("70", "variant = \"high\"");
        let models = [("a", several.as_str()), ("b", &score("70.0", "")), ("c", &score("60", ""))];
        let rows = |wanted: [&str; 4]| [(String::new(), wanted.map(str::to_owned).to_vec())];
        assert_eq!(board("", &models), rows(["1 a 70 -", "1 b 70.0 -", "3 c 60 -", "- a 50 -"]));
        let lower = rows(["1 a 50 -", "2 c 60 -", "3 b 70.0 -", "- a 70 -"]);
        assert_eq!(board("direction = \"lower\"", &models), lower);
    }

    #[test]
    fn other_versions_and_harnesses_are_groups_of_their_own_and_have_no_ranks() {
        let models = [
            ("a", score("1", "") + &score("9", "version = \"1\"")),
            ("b", score("2", "") + &score("8", "harness = \"Agent\"")),
        ];
        let models = models.each_ref().map(|(slug, text)| (*slug, text.as_str()));
        let groups = board("version = \"2\"", &models);
        let rows: Vec<String> = groups.iter().map(|(name, rows)| format!("{name}: {}", rows.join(", "))).collect();
        assert_eq!(rows, ["2: 1 b 2 -, 2 a 1 -", "1: - a 9 -", "2: - b 8 -"]);
    }

    #[test]
    fn where_developers_report_most_their_reports_are_ranked_and_what_others_measured_is_not() {
        let models = [("a", score("50", OWN)), ("b", score("60", OWN)), ("c", score("70", ""))];
        let models = models.each_ref().map(|(slug, text)| (*slug, text.as_str()));
        let rows = ["- c - 70", "1 b 60 -", "2 a 50 -"];
        assert_eq!(board("", &models), [(String::new(), rows.map(str::to_owned).to_vec())]);
    }

    #[test]
    fn a_lone_result_has_no_rank_and_no_result_no_group() {
        assert_eq!(board("", &[("a", &score("50", ""))]), [(String::new(), vec!["- a 50 -".to_owned()])]);
        assert_eq!(board("", &[("a", "")]), []);
    }
}
