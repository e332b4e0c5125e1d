//! Prices and scores say where they come from.

use super::Check;
use crate::catalog::{Catalog, Charge, Date, Model, Provenance};
use crate::diagnostic::Diagnostic;
use crate::files::Origin;

pub(super) const CHECK: Check = Check { code: "missing-source", summary: "Prices and scores carry a source.", run };

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    catalog.models.values().filter_map(finding).collect()
}

/// One finding a model and file, however many figures there lack a source: the cure is one line.
fn finding(model: &Model) -> Option<Diagnostic> {
    let lacks = |provenance: &Provenance| provenance.source.is_none();
    let prices = model
        .offers
        .iter()
        .flat_map(|offer| &offer.prices.prices)
        .filter(|price| lacks(&price.provenance) && matches!(price.charge, Charge::Amount(_)))
        .map(|price| price.origin);
    let scores = model.scores.iter().filter(|score| lacks(&score.provenance)).map(|score| score.origin);
    let places: Vec<Origin> = prices.chain(scores).collect();
    let (first, rest) = places.split_first()?;
    let message = match rest.len() {
        0 => format!("model `{}`: a figure has no source", model.id),
        more => format!("model `{}`: {} figures have no source", model.id, more + 1),
    };
    Some(
        Diagnostic::warning(CHECK.code, message)
            .at(*first, if rest.is_empty() { "this one" } else { "the first one" })
            .help("name the source once under `[sources.<key>]` and refer to it: `source = \"<key>\"`"),
    )
}
