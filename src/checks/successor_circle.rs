//! Following successors ends somewhere.

use std::collections::BTreeSet;

use super::Check;
use crate::catalog::{Catalog, Date, Model, ModelId};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check =
    Check { code: "successor-circle", summary: "No model is its own successor, not by way of others either.", run };

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut settled: BTreeSet<&ModelId> = BTreeSet::new();
    let mut found = Vec::new();
    for start in catalog.models.values() {
        let mut path: Vec<&Model> = Vec::new();
        let mut next = Some(start);
        while let Some(model) = next.filter(|model| !settled.contains(&model.id)) {
            if let Some(begin) = path.iter().position(|seen| seen.id == model.id) {
                found.push(circle(&path[begin..]));
                break;
            }
            path.push(model);
            next = model.successor.as_ref().and_then(|id| catalog.models.get(id));
        }
        settled.extend(path.iter().map(|model| &model.id));
    }
    found
}

fn circle(models: &[&Model]) -> Diagnostic {
    let names: Vec<String> = models.iter().map(|model| format!("`{}`", model.id)).collect();
    let message = match names.as_slice() {
        [own] => format!("model {own} is its own successor"),
        [first, ..] => format!("successors go in a circle: {} and {first} again", names.join(", ")),
        [] => String::new(),
    };
    let mut finding =
        Diagnostic::error(CHECK.code, message).help("the newest model of a line has no successor: leave its key out");
    for model in models {
        if let Some(origin) = model.successor_origin {
            finding = finding.at(origin, "");
        }
    }
    finding
}
