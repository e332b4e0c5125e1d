//! Dates of one model come in the order of its life.

use super::Check;
use crate::catalog::{Catalog, Date, Fact, Model};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "date-order",
    summary: "A model is announced, released, deprecated and retired in this order, and a price begins before it ends.",
    run,
};

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        let dates = &model.dates;
        let pairs = [
            ("announced", &dates.announced, "released", &dates.released),
            ("released", &dates.released, "updated", &dates.updated),
            ("released", &dates.released, "deprecated", &dates.deprecated),
            ("released", &dates.released, "retired", &dates.retired),
            ("deprecated", &dates.deprecated, "retired", &dates.retired),
        ];
        for (first, early, second, late) in pairs {
            found.extend(reversed(model, first, early, second, late));
        }
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

fn reversed(model: &Model, first: &str, early: &Fact<Date>, second: &str, late: &Fact<Date>) -> Option<Diagnostic> {
    let (Some(from), Some(to)) = (early.known(), late.known()) else { return None };
    if !to.is_before(*from) {
        return None;
    }
    let message = format!("model `{}`: {second} ({to}) before it was {first} ({from})", model.id);
    let mut finding = Diagnostic::error(CHECK.code, message).help("check both dates; leave out what is not known");
    for (origin, text) in [(late.origin, second), (early.origin, first)] {
        if let Some(origin) = origin {
            finding = finding.at(origin, text);
        }
    }
    Some(finding)
}
