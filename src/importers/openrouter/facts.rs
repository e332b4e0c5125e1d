//! The facts of a record.

use super::Fields;
use crate::importers::date::Date;
use crate::importers::fact::{Fact, Facts};
use crate::importers::ledger::Given;

/// The names of the developer and of the model, which OpenRouter writes as one: `Acme: Sonata 2`.
pub(super) fn name(fields: &mut Fields<'_>) -> (Option<Given<String>>, Option<Given<String>>) {
    let Some(given) = fields.text("name") else { return (None, None) };
    let Some((maker, name)) = given.value.split_once(": ") else { return (None, Some(given)) };
    let part = |part: &str| {
        Some(Given { value: part.trim().to_owned(), place: given.place }).filter(|part| !part.value.is_empty())
    };
    let (maker, name) = (part(maker), part(name));
    fields
        .ledger()
        .repair(given.place, "the name of the developer, which stood in front of that of the model, is its own");
    (maker, name)
}

/// What is said of the model, and of the offer: its window is that of the provider to which most requests go.
pub(super) fn read(fields: &mut Fields<'_>, name: Option<Given<String>>) -> (Facts, Facts) {
    let mut facts = Facts::default();
    let mut window = None;
    facts.text(Fact::Name, name);
    fields.leave_out("description", "cut off by OpenRouter, and with its own links");
    fields.leave_out("created", "when OpenRouter listed it, not when it was released");
    facts.date(Fact::KnowledgeCutoff, fields.date("knowledge_cutoff"));
    facts.date(Fact::Retired, retired(fields));
    facts.number(Fact::ContextWindow, fields.count("context_length"));
    weights(fields, &mut facts);
    if let Some(mut architecture) = fields.table("architecture") {
        facts.words(Fact::ModalitiesIn, modalities(&mut architecture, "input_modalities"));
        facts.words(Fact::ModalitiesOut, modalities(&mut architecture, "output_modalities"));
        architecture.leave_out("modality", "the lists beside it say the same");
        architecture.leave_out("tokenizer", "the format has no such key");
        architecture.leave_out("instruct_type", "the format has no such key");
    }
    if let Some(mut top) = fields.table("top_provider") {
        facts.number(Fact::MaxOutput, top.count("max_completion_tokens"));
        window = top.count("context_length");
        top.leave_out("is_moderated", "the format has no such key");
    }
    capabilities(fields, &mut facts);
    reasoning(fields, &mut facts);
    for key in ["per_request_limits", "default_parameters", "supported_voices", "links"] {
        fields.leave_out(key, "the format has no such key");
    }
    let mut of_offer = facts.clone();
    of_offer.number(Fact::ContextWindow, window);
    (facts, of_offer)
}

/// A day on which it is turned off. A year far away is written for none.
fn retired(fields: &mut Fields<'_>) -> Option<Given<Date>> {
    let given = fields.date("expiration_date")?;
    let far = Date::parse("2090").is_some_and(|far| !given.value.is_before(far));
    if far {
        fields.ledger().leave_out(given.place, "a day so far away stands for never");
        return None;
    }
    Some(given)
}

/// Weights at Hugging Face are open to be fetched.
fn weights(fields: &mut Fields<'_>, facts: &mut Facts) {
    let Some(id) = fields.text("hugging_face_id") else { return };
    let url = format!("https://huggingface.co/{}", id.value);
    if !crate::importers::fields::is_web_address(&url) || id.value.matches('/').count() != 1 {
        return fields.ledger().leave_out(id.place, "not the name of a repository");
    }
    facts.text(Fact::WeightsUrl, Some(Given { value: url, place: id.place }));
}

/// A `file` is what the format calls a PDF.
fn modalities(fields: &mut Fields<'_>, key: &'static str) -> Option<Given<Vec<String>>> {
    let given = fields.words(key)?;
    Some(
        given.map(|words| words.into_iter().map(|word| if word == "file" { "pdf".to_owned() } else { word }).collect()),
    )
}

/// Parameters of requests that are capabilities of the model. Of what is not listed nothing is known.
fn capabilities(fields: &mut Fields<'_>, facts: &mut Facts) {
    let Some(given) = fields.words("supported_parameters") else { return };
    let mut known = Vec::new();
    for (word, fact) in [
        ("tools", Fact::ToolCalling),
        ("structured_outputs", Fact::StructuredOutput),
        ("reasoning", Fact::Reasoning),
        ("web_search_options", Fact::WebSearch),
    ] {
        if given.value.iter().any(|one| one == word) {
            facts.flag(fact, Some(Given { value: true, place: given.place }));
            known.push(word);
        }
    }
    if known.is_empty() {
        fields.ledger().leave_out(given.place, "none of the parameters is a capability of the format");
        return;
    }
    let rest: Vec<&str> = given.value.iter().map(String::as_str).filter(|word| !known.contains(word)).collect();
    if !rest.is_empty() {
        let what = format!("left out of the list, as they are no capabilities of the format: {}", rest.join(", "));
        fields.ledger().repair(given.place, what);
    }
}

fn reasoning(fields: &mut Fields<'_>, facts: &mut Facts) {
    let Some(mut reasoning) = fields.table("reasoning") else { return };
    let efforts = reasoning.words("supported_efforts");
    let default = reasoning.text("default_effort");
    for key in ["mandatory", "default_enabled", "supports_max_tokens"] {
        reasoning.leave_out(key, "the format has reasoning efforts, no switches and budgets");
    }
    facts.words(Fact::Efforts, efforts);
    facts.text(Fact::DefaultEffort, default);
}
