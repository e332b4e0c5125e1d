//! Prices, limits and scores say where they come from.

use std::collections::BTreeMap;

use super::Check;
use crate::catalog::{Catalog, Charge, Date, Fact, Model, Provenance, Tokens};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin};

pub(super) const CHECK: Check =
    Check { code: "missing-source", summary: "Prices, limits and scores carry a source.", run };

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut lacking: BTreeMap<FileId, Vec<(Origin, &Model)>> = BTreeMap::new();
    for model in catalog.models.values() {
        for origin in without_source(model) {
            lacking.entry(origin.file).or_default().push((origin, model));
        }
    }
    lacking.into_values().filter_map(finding).collect()
}

/// Where figures of a model stand that have no source.
fn without_source(model: &Model) -> impl Iterator<Item = Origin> {
    let lacks = |provenance: &Provenance| provenance.source.is_none();
    let prices = model
        .offers
        .iter()
        .flat_map(|offer| &offer.prices.prices)
        .filter(move |price| lacks(&price.provenance) && matches!(price.charge, Charge::Amount(_)))
        .map(|price| price.origin);
    let own = [&model.context_window, &model.max_input, &model.max_output];
    let theirs = model.offers.iter().flat_map(|offer| [&offer.context_window, &offer.max_output]);
    let limits = own
        .into_iter()
        .chain(theirs)
        .filter(move |fact: &&Fact<Tokens>| fact.known().is_some() && lacks(&fact.provenance))
        .filter_map(|fact| fact.origin);
    let scores = model.scores.iter().filter(move |score| lacks(&score.provenance)).map(|score| score.origin);
    prices.chain(limits).chain(scores)
}

/// One finding a file, however many figures there lack a source: the cure is one line.
fn finding(mut figures: Vec<(Origin, &Model)>) -> Option<Diagnostic> {
    figures.sort_by_key(|(origin, _)| *origin);
    let ((first, model), rest) = figures.split_first()?;
    let what = if rest.is_empty() { "a figure has".to_owned() } else { format!("{} figures have", rest.len() + 1) };
    let others = rest.iter().any(|(_, other)| other.id != model.id);
    let whose = if others { " and others" } else { "" };
    Some(
        Diagnostic::warning(CHECK.code, format!("model `{}`{whose}: {what} no source", model.id))
            .at(*first, if rest.is_empty() { "this one" } else { "the first one" })
            .help("name the source once under `[sources.<key>]` and refer to it: `source = \"<key>\"`"),
    )
}
