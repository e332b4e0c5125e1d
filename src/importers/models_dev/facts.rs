//! The facts of a model or offer: both kinds of record have the same keys.

use super::{Fields, Link, links};
use crate::importers::fact::{Datum, Fact, Facts};
use crate::importers::ledger::Given;

/// What a record says, but for prices and scores.
pub(super) fn read(fields: &mut Fields<'_>) -> (Facts, Vec<Link>) {
    let mut facts = Facts::default();
    facts.text(Fact::Name, fields.text("name"));
    facts.text(Fact::Summary, fields.text("description"));
    facts.text(Fact::Family, fields.text("family"));
    facts.date(Fact::Released, fields.date("release_date"));
    facts.date(Fact::Updated, fields.date("last_updated"));
    facts.date(Fact::KnowledgeCutoff, fields.date("knowledge"));
    let weights = fields.flag("open_weights");
    facts.text(Fact::Weights, weights.map(|open| open.map(|open| if open { "open" } else { "closed" }.to_owned())));
    facts.text(Fact::License, fields.text("license"));
    facts.put(Fact::Status, status(fields));
    facts.flag(Fact::ToolCalling, fields.flag("tool_call"));
    facts.flag(Fact::StructuredOutput, fields.flag("structured_output"));
    facts.flag(Fact::Reasoning, fields.flag("reasoning"));
    facts.words(Fact::Efforts, efforts(fields));
    if let Some(mut limit) = fields.table("limit") {
        facts.number(Fact::ContextWindow, limit.count("context"));
        facts.number(Fact::MaxInput, limit.count("input"));
        facts.number(Fact::MaxOutput, limit.count("output"));
    }
    if let Some(mut modalities) = fields.table("modalities") {
        facts.words(Fact::ModalitiesIn, modalities.words("input"));
        facts.words(Fact::ModalitiesOut, modalities.words("output"));
    }
    fields.leave_out("attachment", "whether files can be attached: the modalities say it more exactly");
    fields
        .leave_out("temperature", "whether the parameter is taken: the format names parameters with what they accept");
    fields.leave_out("interleaved", "a matter of one client library");
    fields.leave_out("provider", "how one client library calls it");
    let links = pages(fields, &mut facts);
    (facts, links)
}

/// alpha and beta are a preview.
fn status(fields: &mut Fields<'_>) -> Option<Given<Datum>> {
    let given = fields.text("status")?;
    let word = match given.value.as_str() {
        "alpha" | "beta" => "preview",
        "deprecated" => "deprecated",
        _ => {
            fields.ledger().leave_out(given.place, "not a status that models.dev describes");
            return None;
        }
    };
    Some(given.map(|_| Datum::Text(word.to_owned())))
}

/// The efforts to choose from. That reasoning can be switched, or has a budget, has no place in the format.
fn efforts(fields: &mut Fields<'_>) -> Option<Given<Vec<String>>> {
    let mut efforts = None;
    fields.tables("reasoning_options", |fields| {
        let Some(kind) = fields.text("type") else { return };
        if kind.value == "effort" {
            efforts = fields.words("values");
            let why = "says that the values beside it are efforts";
            fields.ledger().merge(kind.place, "reasoning.efforts", why);
            return;
        }
        let why = "the format has reasoning efforts, no switches and budgets";
        fields.ledger().leave_out(kind.place, why);
        for key in ["min", "max", "values"] {
            fields.leave_out(key, why);
        }
    });
    efforts
}

/// The first set of weights is where they can be had; the others are pages about the model.
fn pages(fields: &mut Fields<'_>, facts: &mut Facts) -> Vec<Link> {
    let mut pages = links(fields, "links", None);
    let mut weights = links(fields, "weights", Some("weights")).into_iter();
    if let Some(first) = weights.next()
        && let [title, address, ..] = first.places[..]
    {
        fields.ledger().merge(title, "weights_url", "the name of the page at that address");
        facts.text(Fact::WeightsUrl, Some(Given { value: first.url, place: address }));
    }
    pages.extend(weights);
    pages
}
