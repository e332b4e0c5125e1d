//! How an offer differs from the developer's own: cheaper or dearer by how much, other limits, other weights.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::{Charge, Date, Fact, Model, Offer, Price, Tokens};
use crate::pages::text::listed;

/// A part of what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// In words.
    pub words: String,
    /// Whether it tells a difference.
    pub differs: bool,
}

impl Part {
    fn same(words: impl Into<String>) -> Self {
        Self { words: words.into(), differs: false }
    }

    fn other(words: impl Into<String>) -> Self {
        Self { words: words.into(), differs: true }
    }
}

/// How a price differs from the developer's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Not at all.
    Same,
    /// By so much, in words.
    Other(String),
}

/// How a price differs from the developer's own one for the same component and unit under the same conditions. `None`
/// when there is none, or when the two cannot be compared.
pub(super) fn change(price: &Price, own: &Offer, today: Date) -> Option<Change> {
    let own = own.prices.on(today).find(|own| {
        (own.component, own.unit, &own.conditions) == (price.component, price.unit, &price.conditions)
            && currency(own) == currency(price)
    })?;
    match (&own.charge, &price.charge) {
        (Charge::Amount(own), Charge::Amount(there)) => amounts(there.amount, own.amount),
        (own, there) => (own == there).then_some(Change::Same),
    }
}

fn currency(price: &Price) -> Option<&crate::catalog::Currency> {
    match &price.charge {
        Charge::Amount(money) => Some(&money.currency),
        Charge::NotApplicable | Charge::InPlan => None,
    }
}

/// The difference of two amounts of one currency in whole percent of the developer's own.
pub(super) fn amounts(there: Decimal, own: Decimal) -> Option<Change> {
    let order = there.cmp(&own);
    if order == Ordering::Equal {
        return Some(Change::Same);
    }
    if own.is_zero() {
        return Some(Change::Other("charged for, at no charge from the developer".to_owned()));
    }
    if there.is_zero() {
        return Some(Change::Other("at no charge".to_owned()));
    }
    let word = if order == Ordering::Less { "cheaper" } else { "dearer" };
    let percent = (there - own).abs().checked_mul(Decimal::ONE_HUNDRED)?.checked_div(own)?;
    let whole = percent.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    Some(Change::Other(if whole.is_zero() {
        format!("less than 1% {word}")
    } else if whole == Decimal::ONE_HUNDRED && order == Ordering::Less {
        "more than 99% cheaper".to_owned()
    } else {
        format!("{}% {word}", whole.normalize())
    }))
}

/// What is said of the prices that hold under one set of conditions.
pub(super) fn of_prices(prices: &[&Price], own: Option<&Offer>, today: Date) -> Vec<Part> {
    let Some(first) = prices.first() else { return Vec::new() };
    let had_one = own.is_some_and(|own| !own.prices.is_empty());
    let own = own.filter(|own| own.prices.on(today).next().is_some());
    let Some(own) = own else {
        let no_price =
            if had_one { "the developer has no price today" } else { "the developer’s own price is not known" };
        return vec![Part::same(no_price)];
    };
    // Components with the same difference are told together, in the order of the table.
    let mut groups: Vec<(Change, Vec<&str>)> = Vec::new();
    for price in prices {
        let Some(change) = change(price, own, today) else { continue };
        match groups.iter_mut().find(|(held, _)| *held == change) {
            Some((_, components)) => components.push(price.component.word()),
            None => groups.push((change, vec![price.component.word()])),
        }
    }
    let told = |(change, components): &(Change, Vec<&str>)| {
        let of = if groups.len() == 1 { String::new() } else { format!("{} ", listed(components)) };
        match change {
            Change::Same => Part::same(format!("{of}{}", if of.is_empty() { "same price" } else { "the same" })),
            Change::Other(words) => Part::other(format!("{of}{words}")),
        }
    };
    match groups.as_slice() {
        [] if first.conditions.is_none() => vec![Part::same("not comparable")],
        [] => vec![Part::same("no such price from the developer")],
        groups => groups.iter().map(told).collect(),
    }
}

/// What is said of limits and weights.
pub(super) fn of_terms(offer: &Offer, model: &Model, own: Option<&Offer>) -> Vec<Part> {
    let limit = |name: &str, there: &Fact<Tokens>, own: &Fact<Tokens>| match (there.known(), own.known()) {
        (Some(there), Some(own)) if there != own => Some(Part::other(format!("{name} {there} instead of {own}"))),
        _ => None,
    };
    let weights = offer
        .quantization
        .as_ref()
        .filter(|there| own.is_some_and(|own| own.quantization.as_ref() != Some(*there)))
        .map(|quantization| Part::other(format!("quantised to {quantization}")));
    [
        limit("context", &offer.context_window, &model.context_window),
        limit("max output", &offer.max_output, &model.max_output),
        weights,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many offers are cheaper than the developer's own, the same, and dearer, by blended price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::pages) struct Tally {
    cheaper: usize,
    same: usize,
    dearer: usize,
}

impl Tally {
    /// The tally of offers, each with its model; those that cannot be compared do not count.
    pub(in crate::pages) fn of<'a>(offers: impl IntoIterator<Item = (&'a Model, &'a Offer)>, today: Date) -> Self {
        let mut tally = Self::default();
        for (model, offer) in offers {
            let Some(own) = model.own_offer().filter(|_| !offer.own) else { continue };
            let blended = offer.prices.blended(today).zip(own.prices.blended(today));
            match blended.map(|(there, own)| there.cmp(&own)) {
                Some(Ordering::Less) => tally.cheaper += 1,
                Some(Ordering::Equal) => tally.same += 1,
                Some(Ordering::Greater) => tally.dearer += 1,
                None => {}
            }
        }
        tally
    }

    /// `4 cheaper, 2 the same, 3 dearer`; `None` when nothing can be compared.
    pub(in crate::pages) fn words(self) -> Option<String> {
        let parts = [(self.cheaper, "cheaper"), (self.same, "the same"), (self.dearer, "dearer")];
        let words: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}
