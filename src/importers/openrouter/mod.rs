//! OpenRouter: the answer of `/api/v1/models`, a list of what it routes to.

mod cost;
mod facts;

use std::collections::BTreeMap;

use super::fact::{Fact, Facts};
use super::fields::Fields;
use super::foreign::{self, Node, Value};
use super::join::path_of;
use super::ledger::{Given, Ledger};
use super::upstream::{Benchmark, Model, Offer, Party, Score, Upstream};
use super::{Format, Reader};
use crate::files::ForeignFile;

pub(super) const FORMAT: Format = Format {
    name: "openrouter",
    summary: "the answer of OpenRouter's /api/v1/models",
    title: "OpenRouter",
    publisher: "OpenRouter",
    url: Some("https://openrouter.ai/models"),
    reader: Reader::Files(read),
};

/// The provider of every offer.
const PROVIDER: &str = "openrouter";

/// What an alias is left out for.
const ALIAS: &str = "an alias that moves from model to model, and no model";

fn read(files: &[ForeignFile]) -> Upstream {
    let mut upstream = Upstream::default();
    upstream.providers.insert(PROVIDER.to_owned(), Party::default());
    // Two IDs can have one address; the first one has it.
    let mut paths = std::collections::BTreeSet::new();
    for file in files {
        let Some(items) = upstream.ledger.parsed(file, &file.path, items) else { continue };
        for (index, node) in items.iter().enumerate() {
            let id = foreign::text_at(node, "id").map_or_else(|| format!("data[{index}]"), str::to_owned);
            let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, &id, node);
            let (benchmarks, developers) = (&mut upstream.benchmarks, &mut upstream.developers);
            let read = fields.map(|mut fields| {
                model(&mut fields, benchmarks, developers).inspect_err(|why| fields.leave_out_all(why))
            });
            let (offer, model) = match read {
                None => continue,
                Some(Ok(read)) => read,
                Some(Err(why)) => {
                    upstream.ledger.leave_out_record(record, why);
                    continue;
                }
            };
            // What is behind a colon is a way to call the model that has the ID before it.
            if !offer.id.contains(':') {
                if paths.insert(path_of(&model.id)) {
                    upstream.models.push(model);
                } else {
                    refuse(&model, &offer, &mut upstream.ledger, "another model has the same address");
                }
            } else {
                refuse(&model, &offer, &mut upstream.ledger, "said of a way to call a model, not of the model");
            }
            upstream.offers.push(offer);
        }
    }
    upstream
}

/// Leaves out what is said of a model that is none.
fn refuse(model: &Model, offer: &Offer, ledger: &mut Ledger, why: &str) {
    for score in &model.scores {
        ledger.leave_out(score.value.place, why);
    }
    let window = |facts: &Facts| facts.get(Fact::ContextWindow).map(|given| given.place);
    if let Some(place) = window(&model.facts).filter(|place| Some(*place) != window(&offer.facts)) {
        ledger.leave_out(place, "the window of the provider to which most requests go is told");
    }
}

/// The records of an answer: the list `data`, or the list alone.
fn items(text: &str) -> Result<Vec<Node>, String> {
    let none = || "not a list of models, nor a table with the list `data`".to_owned();
    match foreign::json(text)?.value {
        Value::List(items) => Ok(items),
        Value::Table(entries) => match entries.into_iter().find(|(key, _)| key == "data") {
            Some((_, Node { value: Value::List(items), .. })) => Ok(items),
            _ => Err(none()),
        },
        _ => Err(none()),
    }
}

/// A record as the offer that it is, and as the model that it would be.
fn model(
    fields: &mut Fields<'_>,
    benchmarks: &mut BTreeMap<String, Benchmark>,
    developers: &mut BTreeMap<String, Party>,
) -> Result<(Offer, Model), &'static str> {
    let id = fields.text("id").ok_or("has no ID")?;
    if id.value.starts_with('~') || fields.node("alias_target").is_some() {
        return Err(ALIAS);
    }
    let developer = match id.value.split_once('/') {
        Some((developer, stem)) if !developer.is_empty() && !stem.is_empty() => developer.to_owned(),
        _ => return Err("its ID does not say who makes it"),
    };
    fields.ledger().merge(id.place, "offer", "the ID is the name of the record");
    fields.leave_out("canonical_slug", "OpenRouter's own name of one version, which is no ID of the model");
    let (maker, name) = facts::name(fields);
    if let Some(maker) = maker {
        developers.entry(developer.clone()).or_insert_with(|| Party { name: Some(maker), ..Party::default() });
    }
    let (facts, of_offer) = facts::read(fields, name);
    let prices = cost::read(fields, id.value.ends_with(":batch"));
    let scores = scores(fields, benchmarks);
    let record = fields.record();
    let offer = Offer::new(id.value.as_str(), record, PROVIDER);
    let offer = Offer { twin: batch_of(&id.value), facts: of_offer, prices, ..offer };
    Ok((offer, Model { facts, scores, ..Model::new(id.value, record, developer) }))
}

/// `a/b:batch` is `a/b`, called in another way.
fn batch_of(id: &str) -> Option<(String, String)> {
    id.strip_suffix(":batch").map(|id| (PROVIDER.to_owned(), id.to_owned()))
}

/// Indexes of Artificial Analysis. Design Arena's places in many arenas have no version to compare them by.
fn scores(fields: &mut Fields<'_>, benchmarks: &mut BTreeMap<String, Benchmark>) -> Vec<Score> {
    let mut scores = Vec::new();
    let Some(mut tables) = fields.table("benchmarks") else { return scores };
    tables.leave_out("design_arena", "a rating among the models of one arena and day, without the day");
    let Some(mut indexes) = tables.table("artificial_analysis") else { return scores };
    let names = [
        ("intelligence_index", "Artificial Analysis Intelligence Index"),
        ("coding_index", "Artificial Analysis Coding Index"),
        ("agentic_index", "Artificial Analysis Agentic Index"),
    ];
    for (key, name) in names {
        let Some(value) = indexes.number(key) else { continue };
        benchmarks.insert(name.to_owned(), Benchmark { unit: None });
        let place = value.place;
        let measured = Some(Given { value: "independent".to_owned(), place });
        let benchmark = Given { value: name.to_owned(), place };
        scores.push(Score { measured, ..Score::new(benchmark, value) });
    }
    scores
}

#[cfg(test)]
mod tests;
