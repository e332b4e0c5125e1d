//! A context tier begins below the longest prompt.

use super::Check;
use crate::catalog::{Catalog, Date};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "unreachable-tier",
    summary: "A context tier begins below the context window, or no request could ever be in it.",
    run,
};

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        for offer in &model.offers {
            let window = offer.context_window.known().or_else(|| model.context_window.known());
            let limit = offer.context_window.known().or_else(|| model.max_input.known()).or(window);
            let Some(limit) = limit else { continue };
            let unreachable =
                offer.prices.prices.iter().filter(|price| price.conditions.above.is_some_and(|above| above >= *limit));
            // One finding a tier: its prices share the threshold.
            let mut told = None;
            for price in unreachable {
                if told == price.conditions.above {
                    continue;
                }
                told = price.conditions.above;
                let above = told.map(crate::catalog::Tokens::grouped).unwrap_or_default();
                let message = format!(
                    "model `{}`: no request can be in the context tier above {above} tokens, since a prompt has at most {}",
                    model.id,
                    limit.grouped()
                );
                found.push(
                    Diagnostic::error(CHECK.code, message)
                        .at(price.origin, "a price that nobody can get")
                        .help("check the threshold and the context window"),
                );
            }
        }
    }
    found
}
