//! Reading from a cache is never dearer than sending the tokens anew.

use super::Check;
use crate::catalog::{Catalog, Charge, Component, Date, Price, PriceList, Unit};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "cache-above-input",
    summary: "A cache read price is at most the input price under the same conditions.",
    run,
};

fn run(catalog: &Catalog, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        for offer in &model.offers {
            for (cache, input) in pairs(&offer.prices, today) {
                let (Charge::Amount(read), Charge::Amount(sent)) = (&cache.charge, &input.charge) else { continue };
                if read.currency == sent.currency && read.amount > sent.amount {
                    let message = format!("model `{}`: reading from the cache costs {read}, more than input", model.id);
                    found.push(
                        Diagnostic::error(CHECK.code, message)
                            .at(cache.origin, "the cache read price")
                            .at(input.origin, format!("input is {sent}"))
                            .help("check whether the two were swapped, or are per different units"),
                    );
                }
            }
        }
    }
    found
}

/// Each cache read price that holds today with the input price under the same conditions.
fn pairs(prices: &PriceList, today: Date) -> impl Iterator<Item = (&Price, &Price)> {
    prices
        .on(today)
        .filter(|price| price.component == Component::CacheRead && price.unit == Unit::MillionTokens)
        .filter_map(move |cache| Some((cache, prices.under(Component::Input, &cache.conditions, today)?)))
}
