//! Results of benchmarks: `model-index` of a card, and files of `.eval_results`.
//!
//! Neither says whether 0.773 is a share of 1 or a percentage, and both are written. Values stand as they are: a result above
//! 1 of a metric that is a share by definition is a percentage, and one of at most 1 among those is left out.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Fields, ForeignFile, Repository};
use crate::importers::content::slug;
use crate::importers::date::Date;
use crate::importers::foreign::{self, Node, Value};
use crate::importers::ledger::{Fate, Given, Place};
use crate::importers::number::exact;
use crate::importers::upstream::{Benchmark, Citation, Score, Upstream};

/// Metrics that count what is right among all, by the words that cards have for them: as a share of 1 or as a percentage.
const SHARES: [&str; 13] = [
    "acc",
    "acc_norm",
    "accuracy",
    "exact_match",
    "f1",
    "inst_level_strict_acc",
    "inst_level_strict_acc and prompt_level_strict_acc",
    "mc1",
    "mc2",
    "pass@1",
    "precision",
    "prompt_level_strict_acc",
    "recall",
];

/// What is left out for of a result that has no value to be written.
const NO_VALUE: &str = "a result without a value";

/// The results of a card.
pub(super) fn index(fields: &mut Fields<'_>) -> Vec<Score> {
    let mut scores = Vec::new();
    fields.tables("model-index", |model| {
        model.leave_out("name", "the name of the model in its list of results");
        model.tables("results", |result| {
            if let Some(mut task) = result.table("task") {
                task.leave_out_all("what is measured is said by the benchmark");
            }
            let set = Dataset::read(result);
            let citation = source(result).map(|(url, title)| cited(url, title, None));
            let before = scores.len();
            result.tables("metrics", |metric| scores.extend(one(metric, &set, citation.as_ref())));
            if scores.len() == before {
                let places = citation.into_iter().flat_map(|citation| citation.places).chain(set.places());
                places.for_each(|place| result.ledger().leave_out(place, NO_VALUE));
            }
        });
    });
    scores
}

/// What was measured, and which part of it.
#[derive(Default)]
struct Dataset {
    name: Option<Given<String>>,
    /// Subset, split and the arguments that chose them.
    part: Option<Given<String>>,
    more: Vec<Place>,
}

impl Dataset {
    fn read(result: &mut Fields<'_>) -> Self {
        let mut set = Self::default();
        let Some(mut fields) = result.table("dataset") else { return set };
        let (name, kind) = (fields.text("name"), fields.text("type"));
        set.name = match (name, kind) {
            (Some(name), Some(kind)) => {
                fields.ledger().leave_out(kind.place, "the name of the dataset is that of the benchmark");
                Some(name)
            }
            (name, kind) => name.or(kind),
        };
        let config = fields.text("config");
        set.part(&mut fields, config);
        let split = fields.text("split");
        set.part(&mut fields, split);
        match fields.node("args") {
            Some((Node { value: Value::Text(text), .. }, place)) => {
                set.part(&mut fields, Some(Given { value: text.clone(), place }));
            }
            // Only a table has fields of its own.
            Some((Node { value: Value::Table(entries), .. }, mut place)) => {
                for (key, node) in entries {
                    let value = match &node.value {
                        Value::Text(text) | Value::Number(text) => text.clone(),
                        _ => node.shown(),
                    };
                    set.part(&mut fields, Some(Given { value: format!("{key} {value}"), place }));
                    place = place.plus(node.fields());
                }
            }
            Some((_, place)) => fields.ledger().leave_out(place, "not a setting that can be named"),
            None => {}
        }
        fields.leave_out("revision", "the format has the name of a benchmark and its part, no state of its files");
        set
    }

    /// A part of a benchmark is not compared with the whole. `default` is the whole.
    fn part(&mut self, fields: &mut Fields<'_>, given: Option<Given<String>>) {
        let Some(given) = given else { return };
        if given.value == "default" {
            return fields.ledger().leave_out(given.place, "the whole of the dataset");
        }
        match &mut self.part {
            None => self.part = Some(given),
            Some(part) => {
                let parts: Vec<&str> = part.value.split(", ").collect();
                if !parts.contains(&given.value.as_str()) {
                    part.value = format!("{}, {}", part.value, given.value);
                }
                self.more.push(given.place);
            }
        }
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let texts = [&self.name, &self.part].into_iter().flatten().map(|given| given.place);
        texts.chain(self.more.iter().copied()).collect::<Vec<_>>().into_iter()
    }
}

/// A metric of a result.
fn one(fields: &mut Fields<'_>, set: &Dataset, citation: Option<&Citation>) -> Option<Score> {
    let (kind, called) = (fields.text("type"), fields.text("name"));
    let told = fields.node("value").and_then(|(node, place)| Told::read(fields, node, place));
    let verified = fields.flag("verified");
    fields.leave_out("verifyToken", "a proof that only Hugging Face can check");
    for key in ["config", "args"] {
        fields.leave_out(key, "the format has the name of a metric, no settings of it");
    }
    let (Some(benchmark), Some(told)) = (set.name.clone(), told) else {
        fields.give_up("a result without both a benchmark and a value");
        return None;
    };
    if kind.as_ref().is_some_and(|kind| kind.value.eq_ignore_ascii_case("loss")) {
        fields.give_up("a loss is no result that models are compared by");
        return None;
    }
    let is_share = kind.as_ref().is_some_and(|kind| SHARES.contains(&kind.value.to_lowercase().as_str()));
    let is_percentage = told.is_percentage || is_share && told.value.value > Decimal::ONE;
    // Hugging Face marks so what it has measured itself. What it has not is the owner's own word, unless a source is named.
    let measured = match (verified, citation) {
        (Some(given), _) => {
            Some(given.map(|verified| if verified { "independent" } else { "self-reported" }.to_owned()))
        }
        (None, None) => Some(Given { value: "self-reported".to_owned(), place: told.value.place }),
        (None, Some(_)) => None,
    };
    let mut more = set.more.clone();
    if called.is_some() {
        more.extend(kind.as_ref().map(|kind| kind.place));
    }
    Some(Score {
        uncertainty: told.uncertainty,
        metric: called.or(kind),
        version: set.part.clone(),
        measured,
        citation: citation.cloned(),
        may_be_share: !is_percentage,
        more,
        ..Score::new(benchmark, told.value)
    })
}

/// The address and the title of a source. Without an address it is none that readers can open.
fn source(result: &mut Fields<'_>) -> Option<(Given<String>, Option<Given<String>>)> {
    let mut source = result.table("source")?;
    let (url, title) = (source.url("url"), source.text("name"));
    for key in ["user", "org"] {
        source.leave_out(key, "who sent the result to Hugging Face");
    }
    if url.is_none() {
        source.give_up("of a source without an address");
    }
    url.map(|url| (url, title))
}

fn cited(url: Given<String>, title: Option<Given<String>>, date: Option<Given<Date>>) -> Citation {
    let places = [Some(url.place), title.as_ref().map(|title| title.place), date.as_ref().map(|date| date.place)];
    Citation {
        url: url.value,
        title: title.map(|title| title.value),
        date: date.map(|date| date.value),
        places: places.into_iter().flatten().collect(),
    }
}

/// What a value says.
struct Told {
    value: Given<Decimal>,
    /// Half the width of the interval around it.
    uncertainty: Option<Given<Decimal>>,
    /// Whether a sign says so.
    is_percentage: bool,
}

impl Told {
    /// Reads `20.9`, `20.0 ± 1.2` or `77.3%`.
    fn read(fields: &mut Fields<'_>, node: &Node, place: Place) -> Option<Self> {
        let Value::Text(text) = &node.value else {
            let value = fields.number_at(node, place)?;
            return Some(Self { value, uncertainty: None, is_percentage: false });
        };
        let given = |text: &str| {
            let text = text.trim();
            exact(text.strip_suffix('%').unwrap_or(text)).ok().map(|number| Given { value: number.value, place })
        };
        let (score, around) = match text.split_once('±').or_else(|| text.split_once("+/-")) {
            Some((score, around)) => (given(score), Some(given(around).filter(|width| width.value >= Decimal::ZERO))),
            None => (given(text), None),
        };
        let (Some(value), None | Some(Some(_))) = (score, &around) else {
            fields.ledger().leave_out(place, "not a number, nor one with the width of an interval behind it");
            return None;
        };
        fields.ledger().repair(place, format!("a number in a text: {}", value.value));
        Some(Self { value, uncertainty: around.flatten(), is_percentage: text.contains('%') })
    }
}

/// Reads a file of `.eval_results` into the model that its folder names, where that has a card.
pub(super) fn file(upstream: &mut Upstream, file: &ForeignFile, repository: Repository<'_>, at: Option<usize>) {
    let Some(node) = upstream.ledger.parsed(file, &file.path, foreign::yaml) else { return };
    let items = match node {
        Node { value: Value::List(items), .. } => items,
        other => vec![other],
    };
    let model = repository.model();
    for (index, node) in items.iter().enumerate() {
        let id = format!("{model}: result {}", index + 1);
        let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, &id, node);
        let read = fields.map(|mut fields| {
            let read = result(&mut fields, repository);
            read.inspect_err(|why| fields.leave_out_all(why))
        });
        match (read, at.and_then(|at| upstream.models.get_mut(at))) {
            (None, _) => {}
            (Some(Err(why)), _) => upstream.ledger.leave_out_record(record, why),
            (Some(Ok(_)), None) => {
                upstream.ledger.leave_out_record(record, "results of a model without a card");
            }
            (Some(Ok(score)), Some(known)) => {
                let into = format!("model {model}");
                upstream.ledger.settle(record, Fate::Merged { into, rule: "a score of the model".to_owned() });
                known.scores.push(score);
            }
        }
    }
}

/// One result of a file.
fn result(fields: &mut Fields<'_>, repository: Repository<'_>) -> Result<Score, &'static str> {
    let mut set = Dataset::default();
    if let Some(mut dataset) = fields.table("dataset") {
        set.name = dataset.text("id");
        for key in ["task_id", "config", "split"] {
            let part = dataset.text(key);
            set.part(&mut dataset, part);
        }
        dataset.leave_out("revision", "the format has the name of a benchmark and its part, no state of its files");
    }
    let date = fields.date("date");
    let citation = match (source(fields), date) {
        (Some((url, title)), date) => Some(cited(url, title, date)),
        // A day needs something that says so: the repository does.
        (None, Some(date)) => {
            let url = Given { value: repository.url(), place: date.place };
            let title = Given { value: repository.title(), place: date.place };
            Some(cited(url, Some(title), Some(date)))
        }
        (None, None) => None,
    };
    let told = fields.node("value").and_then(|(node, place)| Told::read(fields, node, place));
    let (harness, variant) = (fields.text("evaluation_framework"), fields.text("notes"));
    fields.leave_out("verifyToken", "a proof that only Hugging Face can check");
    let benchmark = set.name.ok_or("names no benchmark")?;
    let told = told.ok_or(NO_VALUE)?;
    Ok(Score {
        uncertainty: told.uncertainty,
        harness,
        variant,
        version: set.part,
        citation,
        may_be_share: !told.is_percentage,
        more: set.more,
        ..Score::new(benchmark, told.value)
    })
}

/// Leaves out scores that may be shares of 1 where others of the benchmark are above 1. The unit of a benchmark is that in
/// which the rest agree.
pub(super) fn one_scale_each(upstream: &mut Upstream) {
    let scores = upstream.models.iter().flat_map(|model| &model.scores);
    let beyond = scores.filter(|score| score.value.value > Decimal::ONE);
    let beyond: BTreeSet<String> = beyond.map(|score| slug(&score.benchmark.value)).collect();
    let (ledger, benchmarks) = (&mut upstream.ledger, &mut upstream.benchmarks);
    for model in &mut upstream.models {
        model.scores.retain(|score| {
            if score.is_open() && beyond.contains(&slug(&score.benchmark.value)) {
                let used: BTreeSet<Place> = score.places().into_iter().collect();
                used.into_iter().for_each(|place| ledger.leave_out(place, Score::SHARE));
                return false;
            }
            let unit = (!score.may_be_share).then_some("%");
            let entry = benchmarks.entry(score.benchmark.value.clone()).or_insert(Benchmark { unit });
            if entry.unit != unit {
                entry.unit = None;
            }
            true
        });
    }
}
