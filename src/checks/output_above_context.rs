//! An answer fits into the context window.

use super::Check;
use crate::catalog::{Catalog, Date, Fact, Tokens};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "output-above-context",
    summary: "Max output and max input are at most the context window, at every provider.",
    run,
};

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        let record = format!("model `{}`", model.id);
        found.extend(above(&record, "max_output", &model.max_output, &model.context_window));
        found.extend(above(&record, "max_input", &model.max_input, &model.context_window));
        for offer in &model.offers {
            let provider = offer.provider.as_ref().map_or("the developer", |id| id.as_str());
            let record = format!("offer of model `{}` by `{provider}`", model.id);
            // What an offer does not say is as the developer has it.
            let window = Some(&offer.context_window).filter(|window| window.known().is_some());
            found.extend(above(&record, "max_output", &offer.max_output, window.unwrap_or(&model.context_window)));
        }
    }
    found
}

fn above(record: &str, key: &str, part: &Fact<Tokens>, whole: &Fact<Tokens>) -> Option<Diagnostic> {
    let (Some(part_tokens), Some(whole_tokens)) = (part.known(), whole.known()) else { return None };
    if part_tokens <= whole_tokens {
        return None;
    }
    let message =
        format!("{record}: {key} ({}) is above the context window ({})", part_tokens.grouped(), whole_tokens.grouped());
    let mut finding = Diagnostic::error(CHECK.code, message).help("the window holds prompt and answer together");
    for (origin, text) in [(part.origin, "longer"), (whole.origin, "than this")] {
        if let Some(origin) = origin {
            finding = finding.at(origin, text);
        }
    }
    Some(finding)
}
