//! What tests of formats look at: prices and fates in words.

use super::Format;
use super::ledger::Fate;
use super::slot::PriceKey;
use super::upstream::{Model, Offer, Upstream};
use super::value::{amount, datum};
use crate::files::ForeignFile;

/// What a file of a format says.
pub(super) fn upstream(format: &Format, text: &str) -> Upstream {
    format.upstream(&[file("models.json", text)], None).expect("a format that needs no columns")
}

/// A file of a foreign catalogue.
pub(super) fn file(path: &str, text: &str) -> ForeignFile {
    ForeignFile { path: path.to_owned(), link_to: None, text: Ok(text.to_owned()) }
}

/// The prices of an offer.
pub(super) fn prices(offer: &Offer) -> Vec<String> {
    let rows = offer.prices.iter().map(|row| {
        let key = PriceKey { component: row.component, unit: row.unit, conditions: row.conditions.clone() };
        format!("{key} = {}", amount(row.amount, &row.currency))
    });
    rows.collect()
}

/// The facts of a model.
pub(super) fn facts(model: &Model) -> Vec<String> {
    model.facts.iter().map(|(fact, given)| format!("{} = {}", fact.key(), datum(&given.value))).collect()
}

/// Why a record is left out, or what else became of it, in the order of the input.
pub(super) fn records(upstream: &Upstream) -> Vec<String> {
    let fates = upstream.ledger.records().iter().map(|record| match &record.fate {
        Fate::LeftOut(why) => why.clone(),
        other => format!("{other:?}"),
    });
    fates.collect()
}

/// Why a field is left out, or what else became of it.
pub(super) fn left_out(upstream: &Upstream, path: &str) -> String {
    let field = upstream.ledger.fields().iter().find(|field| field.path == path).expect("the field is there");
    match &field.fate {
        Fate::LeftOut(why) => why.clone(),
        other => format!("{other:?}"),
    }
}
