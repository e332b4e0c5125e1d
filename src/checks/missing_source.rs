//! Prices, limits and scores say where they come from.

use std::collections::BTreeMap;

use super::Check;
use crate::catalog::{Catalog, Date, Model};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin};

pub(super) const CHECK: Check =
    Check { code: "missing-source", summary: "Prices, limits and scores carry a source.", run };

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut lacking: BTreeMap<FileId, Vec<(Origin, &Model)>> = BTreeMap::new();
    for model in catalog.models.values() {
        for (_, origin) in model.figures().filter(|(provenance, _)| provenance.source.is_none()) {
            lacking.entry(origin.file).or_default().push((origin, model));
        }
    }
    lacking.into_values().filter_map(finding).collect()
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
