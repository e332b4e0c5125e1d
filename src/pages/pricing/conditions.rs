//! What a plain price hides: the tiers, and prices that hold only for some requests, in few words.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Charge, Component, Conditions, Date, Offer, Price, PriceList, Unit};
use crate::pages::figure::{Figure, per, qualifiers, tier};
use crate::pages::text::{capital, listed};

/// The components that have columns of their own.
pub(super) const COLUMNS: [Component; 3] = [Component::Input, Component::CacheRead, Component::Output];

/// `Above 200K tokens $2.20 in, $6.60 out; batch $0.55 in; other prices for audio and cache write; until 31 Dec 2026`.
/// Empty where the plain prices are all that there is. The cache prices of tiers are left to the card.
pub(super) fn in_words(offer: &Offer, today: Date) -> String {
    let mut tiers: BTreeMap<&Conditions, Vec<String>> = BTreeMap::new();
    let mut apart: BTreeSet<String> = BTreeSet::new();
    let mut days: BTreeSet<(bool, Date)> = BTreeSet::new();
    let charged = offer.prices.on(today).filter(|price| price.charge != Charge::NotApplicable);
    for price in charged {
        let in_column = COLUMNS.contains(&price.component) && price.unit == Unit::MillionTokens;
        if in_column && price.conditions.is_none() {
            days.extend(price.from.map(|date| (false, date)));
            days.extend(price.until.map(|date| (true, date)));
        } else if in_column && qualifiers(&price.conditions).is_empty() {
            let short = match price.component {
                Component::Input => "in",
                Component::Output => "out",
                _ => continue,
            };
            let amount = Figure::charge(&price.charge).text;
            tiers.entry(&price.conditions).or_default().push(format!("{amount} {short}"));
        } else {
            apart.insert(kind_in_words(price));
        }
    }
    let mut words: Vec<String> =
        tiers.iter().map(|(conditions, prices)| format!("{} {}", tier(conditions), prices.join(", "))).collect();
    if !apart.is_empty() {
        words.push(format!("other prices for {}", listed(&apart.into_iter().collect::<Vec<_>>())));
    }
    let day = |(is_end, day): (bool, Date)| format!("{} {}", if is_end { "until" } else { "since" }, day.long());
    words.extend(days.into_iter().map(day));
    capital(&words.join("; "))
}

/// What a price is for that has no column: `audio`, `04:00 to 06:00 UTC`, `cache write`, `web search per 1K requests`.
fn kind_in_words(price: &Price) -> String {
    let conditions = qualifiers(&price.conditions);
    let named = !conditions.is_empty() && COLUMNS.contains(&price.component);
    let what = if named { conditions.join(" ") } else { price.component.word().to_owned() };
    if price.unit == Unit::MillionTokens { what } else { format!("{what} {}", per(price.unit)) }
}

/// The conditions of one price, as a line of a table tells them.
pub(super) fn of_price(price: &Price) -> String {
    let mut words = qualifiers(&price.conditions);
    if price.conditions.above.is_some() || price.conditions.service_tier.is_some() {
        words.insert(0, tier(&price.conditions));
    }
    let days = [("since", price.from), ("until", price.until)];
    words.extend(days.iter().filter_map(|(word, day)| day.map(|day| format!("{word} {}", day.long()))));
    capital(&words.join(", "))
}

/// The plain prices that stand in the columns.
pub(super) fn plain(prices: &PriceList, today: Date) -> impl Iterator<Item = &Price> {
    COLUMNS.into_iter().filter_map(move |component| prices.plain(component, today))
}
