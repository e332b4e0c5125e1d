//! LiteLLM: `model_prices_and_context_window.json`, one table whose keys are what a client of LiteLLM calls a model.

mod cost;
mod facts;
mod key;

use std::collections::BTreeSet;

use super::fields::Fields;
use super::foreign::{self, Node, Value};
use super::join::path_of;
use super::ledger::Given;
use super::upstream::{Model, Offer, Party, Upstream};
use super::{Format, Reader};
use crate::files::ForeignFile;

pub(super) const FORMAT: Format = Format {
    name: "litellm",
    summary: "model_prices_and_context_window.json of LiteLLM",
    title: "LiteLLM",
    publisher: "LiteLLM",
    url: Some("https://github.com/BerriAI/litellm/blob/main/model_prices_and_context_window.json"),
    reader: Reader::Files(read),
};

fn read(files: &[ForeignFile]) -> Upstream {
    let mut upstream = Upstream::default();
    let mut seen = Seen::default();
    for file in files {
        let Some(entries) = upstream.ledger.parsed(file, &file.path, entries) else { continue };
        for (index, (key, node)) in entries.iter().enumerate() {
            let is_last = !entries[index + 1..].iter().any(|(other, _)| other == key);
            let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, key, node);
            let read = fields.map(|mut fields| {
                offer(&mut fields, key, is_last, &mut seen).inspect_err(|why| fields.leave_out_all(why))
            });
            let (offer, service) = match read {
                None => continue,
                Some(Ok(offer)) => offer,
                Some(Err(why)) => {
                    upstream.ledger.leave_out_record(record, why);
                    continue;
                }
            };
            let into = format!("content/providers/{}.toml", offer.provider);
            upstream.ledger.merge(service.place, into, "names the provider");
            upstream.providers.entry(offer.provider.clone()).or_insert_with(|| Party {
                developer: key::developer(&offer.provider),
                is_plan: is_plan(&offer.provider),
                ..Party::default()
            });
            upstream.models.extend(seen.model(&offer));
            upstream.offers.push(offer);
        }
    }
    upstream
}

/// The records of the file: a table of them.
fn entries(text: &str) -> Result<Vec<(String, Node)>, String> {
    match foreign::json(text)?.value {
        Value::Table(entries) => Ok(entries),
        _ => Err("not a table of models".to_owned()),
    }
}

/// Modes of what is called through LiteLLM and is no model.
const NO_MODELS: [&str; 3] = ["search", "vector_store", "guardrail"];

/// Providers that are paid by subscription, so that a price of 0 stands for what the plan covers.
fn is_plan(provider: &str) -> bool {
    matches!(provider, "github_copilot" | "chatgpt" | "microsoft_365_copilot")
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    /// Providers and IDs of offers.
    offers: BTreeSet<(String, String)>,
    /// Paths of models.
    models: BTreeSet<String>,
}

impl Seen {
    /// The model that an offer of its developer's own service is of. LiteLLM has no other word on who makes a model.
    fn model(&mut self, offer: &Offer) -> Option<Model> {
        let developer = key::developer(&offer.provider)?;
        if offer.id.contains('/') || offer.id.contains('*') {
            return None;
        }
        let id = format!("{developer}/{}", offer.id);
        let model = || Model { facts: offer.facts.clone(), ..Model::new(id.as_str(), offer.record, developer) };
        self.models.insert(path_of(&id)).then(model)
    }
}

/// An offer, and the field that names its provider.
///
/// # Errors
///
/// Why the record is left out.
fn offer(
    fields: &mut Fields<'_>,
    key: &str,
    is_last: bool,
    seen: &mut Seen,
) -> Result<(Offer, Given<String>), &'static str> {
    if key == "sample_spec" {
        return Err("a description of the format, not a model");
    }
    if !is_last {
        return Err("the key is there twice, and the last one holds");
    }
    let named = fields.text("litellm_provider").ok_or("names no provider")?;
    let provider = key::provider(&named.value);
    let parts = key::Key::of(key, &named.value, &provider);
    let mode = fields.text("mode");
    if mode.as_ref().is_some_and(|mode| NO_MODELS.contains(&mode.value.as_str())) {
        return Err("a service that is no model");
    }
    let facts = facts::read(fields, mode.as_ref());
    let prices = cost::read(fields, &parts);
    let note = fields.table("metadata").and_then(|mut metadata| metadata.text("notes"));
    fields.leave_out("comment", "a remark of LiteLLM on its own record");
    fields.leave_out("source", "an import names one source for all prices: LiteLLM itself");
    facts::leave_out_rest(fields);
    let mut id = parts.id;
    if !seen.offers.insert((provider.clone(), id.clone())) {
        id = key.to_owned();
        seen.offers.insert((provider.clone(), id.clone()));
    }
    Ok((Offer { facts, prices, note, ..Offer::new(id, fields.record(), provider) }, named))
}

#[cfg(test)]
mod tests;
