//! Every source that is named is referred to.

use std::collections::BTreeSet;

use super::Check;
use crate::catalog::{Catalog, Date, Model, Provenance, SourceId};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check { code: "unused-source", summary: "A source that is named is referred to.", run };

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut used: BTreeSet<SourceId> = catalog.models.values().flat_map(sources_of).collect();
    used.extend(catalog.providers.values().filter_map(|provider| provider.provenance.source));
    used.extend(catalog.benchmarks.values().flat_map(|b| b.baselines.iter().filter_map(|line| line.source)));
    catalog
        .sources()
        .filter(|(id, _)| !used.contains(id))
        .map(|(_, source)| {
            Diagnostic::warning(CHECK.code, format!("no value refers to the source `{}`", source.key))
                .at(source.origin, "never used")
                .help(format!("refer to it with `source = \"{}\"`, or leave it out", source.key))
        })
        .collect()
}

/// Every source that a model's values refer to.
fn sources_of(model: &Model) -> BTreeSet<SourceId> {
    let dates = &model.dates;
    let facts = [
        &model.provenance,
        &model.capabilities_provenance,
        &dates.announced.provenance,
        &dates.released.provenance,
        &dates.updated.provenance,
        &dates.knowledge_cutoff.provenance,
        &dates.deprecated.provenance,
        &dates.retired.provenance,
        &model.context_window.provenance,
        &model.max_input.provenance,
        &model.max_output.provenance,
        &model.takes.provenance,
        &model.gives.provenance,
        &model.weights.provenance,
        &model.license.provenance,
        &model.parameters.provenance,
        &model.active_parameters.provenance,
    ];
    let offers = model.offers.iter().flat_map(|offer| {
        std::iter::once(&offer.provenance).chain(offer.prices.prices.iter().map(|price| &price.provenance))
    });
    let scores = model.scores.iter().map(|score| &score.provenance);
    let source = |provenance: &Provenance| provenance.source;
    facts.into_iter().chain(offers).chain(scores).filter_map(source).collect()
}
