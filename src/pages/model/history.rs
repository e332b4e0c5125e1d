//! Prices of other days: what was charged before, what will be, and how much that is more or less.

use super::PRICES;
use crate::catalog::{Date, Price, PriceChange, PriceList};
use crate::pages::DateWords;
use crate::pages::changes::{conditions, difference};
use crate::pages::figure::{Figure, align, per};
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::capital;

/// The prices of an offer over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct History {
    /// Heading.
    pub title: &'static str,
    /// Whether a price became another one.
    pub moved: bool,
    /// The prices: each component under its conditions in the order of time.
    pub prices: Vec<DatedPrice>,
}

/// A price and the days on which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DatedPrice {
    /// What it is for.
    pub name: String,
    /// Under what conditions, and per what.
    pub detail: String,
    /// The price.
    pub charge: Figure,
    /// How much more or less that is than the price before.
    pub difference: Option<String>,
    /// First day.
    pub from: Option<DateWords>,
    /// Last day.
    pub until: Option<DateWords>,
    /// Where it comes from.
    pub mark: Option<Mark>,
}

/// The prices that do not hold today, and those of today that became what they are; `None` when there are none.
pub(super) fn history(list: &PriceList, today: Date, citations: &mut Citations<'_>) -> Option<History> {
    let changes = list.changes();
    let moves = || changes.iter().filter(|change| matches!(change, PriceChange::Moved(..)));
    let is = |a: Option<&Price>, b: &Price| a.is_some_and(|a| std::ptr::eq(a, b));
    let has_moved = |price: &Price| moves().any(|change| is(change.before(), price) || is(change.after(), price));
    let mut prices: Vec<DatedPrice> = Vec::new();
    for price in list.prices.iter().filter(|price| !price.holds_on(today) || has_moved(price)) {
        let change = moves().find(|change| is(change.after(), price));
        prices.push(dated(price, change.map(|change| difference(*change)), citations));
    }
    align(prices.iter_mut().map(|price| &mut price.charge));
    let moved = prices.iter().any(|price| price.difference.is_some());
    let title = if moved { "Price history" } else { "Earlier and later prices" };
    (!prices.is_empty()).then_some(History { title, moved, prices })
}

fn dated(price: &Price, difference: Option<String>, citations: &mut Citations<'_>) -> DatedPrice {
    let mut detail = conditions(&price.conditions);
    detail.push(per(price.unit));
    DatedPrice {
        name: capital(price.component.word()),
        detail: detail.join(", "),
        charge: Figure::charge(&price.charge),
        difference,
        from: price.from.map(DateWords::from),
        until: price.until.map(DateWords::from),
        mark: citations.cite(&price.provenance, PRICES),
    }
}
