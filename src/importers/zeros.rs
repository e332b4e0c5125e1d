//! What prices of 0 mean, equally for all formats.

use rust_decimal::Decimal;

use super::fact::Fact;
use super::price::{Amount, PriceRow};
use super::upstream::Upstream;

/// Says what prices of 0 mean. Where all prices of an offer are 0: covered by the plan, when the provider is one; no charge, when
/// the model's ID or name says that it is free; no such thing, when the API is on the reader's own machine. Otherwise they are
/// left out, since subscriptions are written so too. A 0 beside a charge is no charge.
pub(super) fn settle(upstream: &mut Upstream) {
    for offer in &mut upstream.offers {
        let is_zero = |row: &PriceRow| row.amount == Amount::Money(Decimal::ZERO);
        if offer.prices.is_empty() || !offer.prices.iter().all(is_zero) {
            continue;
        }
        let provider = upstream.providers.get(&offer.provider);
        let is_local = |url: &str| ["//localhost", "//127.0.0.1"].iter().any(|host| url.contains(host));
        let is_free = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "free");
        let name = offer.facts.text_of(Fact::Name).unwrap_or_default();
        let amount = if provider.is_some_and(|provider| provider.is_plan) {
            Some(Amount::InPlan)
        } else if is_free(&offer.id) || is_free(name) {
            Some(Amount::Money(Decimal::ZERO))
        } else if provider.and_then(|provider| provider.base_url.as_ref()).is_some_and(|url| is_local(&url.value)) {
            Some(Amount::NotApplicable)
        } else {
            None
        };
        if let Some(amount) = amount {
            offer.prices.iter_mut().for_each(|row| row.amount = amount);
            continue;
        }
        for row in offer.prices.drain(..) {
            let why = "all prices of the offer are 0, which does not say that it is free";
            for place in row.more.into_iter().chain([row.place]) {
                upstream.ledger.leave_out(place, why);
            }
        }
    }
}
