//! A context tier begins below the longest prompt.

use std::collections::BTreeSet;

use super::Check;
use crate::catalog::{Catalog, Date};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "unreachable-tier",
    summary: "A context tier begins below the longest prompt, or no request could ever be in it.",
    run,
};

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        for offer in &model.offers {
            let limits = [&offer.context_window, &model.max_input, &model.context_window];
            let Some((limit, fact)) = limits.into_iter().find_map(|fact| Some((*fact.known()?, fact))) else {
                continue;
            };
            // One finding a tier: its prices share the threshold.
            let mut told = BTreeSet::new();
            for price in &offer.prices.prices {
                let Some(above) = price.conditions.above.filter(|above| *above >= limit && told.insert(*above)) else {
                    continue;
                };
                let message = format!(
                    "model `{}`: no request can be in the context tier above {} tokens, since a prompt has at most {}",
                    model.id,
                    above.grouped(),
                    limit.grouped()
                );
                let mut finding =
                    Diagnostic::error(CHECK.code, message).at(price.origin, "a price that nobody can get");
                if let Some(origin) = fact.origin {
                    finding = finding.at(origin, "the longest prompt");
                }
                found.push(finding.help("check the threshold and the context window"));
            }
        }
    }
    found
}
