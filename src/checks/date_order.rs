//! Dates of one model come in the order of its life.

use super::Check;
use crate::catalog::{Catalog, Date, Fact, Model};
use crate::diagnostic::Diagnostic;
use crate::files::Origin;

pub(super) const CHECK: Check = Check {
    code: "date-order",
    summary: "A model is announced, released, deprecated and retired in this order, knows nothing of later, and a price \
              begins before it ends.",
    run,
};

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        let dates = &model.dates;
        let pairs = [
            ("announced", &dates.announced, "released", &dates.released),
            ("announced", &dates.announced, "deprecated", &dates.deprecated),
            ("announced", &dates.announced, "retired", &dates.retired),
            ("released", &dates.released, "updated", &dates.updated),
            ("released", &dates.released, "deprecated", &dates.deprecated),
            ("released", &dates.released, "retired", &dates.retired),
            ("deprecated", &dates.deprecated, "retired", &dates.retired),
        ];
        // One wrong date can be out of order with several others: the first pair is told.
        found.extend(pairs.iter().find_map(|(first, early, second, late)| reversed(model, first, early, second, late)));
        let newest = if dates.updated.known().is_some() { &dates.updated } else { &dates.released };
        found.extend(knows_the_future(model, newest));
        for price in model.offers.iter().flat_map(|offer| &offer.prices.prices) {
            let (Some(from), Some(until)) = (price.from, price.until) else { continue };
            if until.is_before(from) {
                let message = format!("model `{}`: a price ends ({until}) before it begins ({from})", model.id);
                let finding = Diagnostic::error(CHECK.code, message).at(price.origin, "this price");
                found.push(finding.help("`from` is the first day on which it holds, `until` the last"));
            }
        }
    }
    found
}

/// What a model knows ends before its last update.
fn knows_the_future(model: &Model, newest: &Fact<Date>) -> Option<Diagnostic> {
    let cutoff = &model.dates.knowledge_cutoff;
    let (knows, newest_day) = (cutoff.known()?, newest.known()?);
    if !newest_day.is_before(*knows) {
        return None;
    }
    let message = format!("model `{}`: its knowledge ends ({knows}) after its last release ({newest_day})", model.id);
    let finding = Diagnostic::error(CHECK.code, message).help("check both dates; leave out what is not known");
    Some(pointing(finding, [(cutoff.origin, "the end of its knowledge"), (newest.origin, "the release")]))
}

fn pointing(mut finding: Diagnostic, places: [(Option<Origin>, &str); 2]) -> Diagnostic {
    for (origin, text) in places {
        if let Some(origin) = origin {
            finding = finding.at(origin, text);
        }
    }
    finding
}

fn reversed(model: &Model, first: &str, early: &Fact<Date>, second: &str, late: &Fact<Date>) -> Option<Diagnostic> {
    let (Some(from), Some(to)) = (early.known(), late.known()) else { return None };
    if !to.is_before(*from) {
        return None;
    }
    let message = format!("model `{}`: {second} ({to}) before it was {first} ({from})", model.id);
    let finding = Diagnostic::error(CHECK.code, message).help("check both dates; leave out what is not known");
    Some(pointing(finding, [(late.origin, second), (early.origin, first)]))
}
