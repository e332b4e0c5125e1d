//! What changed: derived from dated facts alone, so that nobody keeps a list of changes beside them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Charge, Component, Conditions, Date, Model, Offer, Price, PriceList, Status, Unit};

/// Something that changed about a model, or will.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// The day, the month or the year, as it was written: the first on which things are as they are after the change, but
    /// for what ends, which is dated by its last.
    pub date: Date,
    /// The model.
    pub model: &'a Model,
    /// What changed.
    pub what: What<'a>,
}

/// What can change.
#[derive(Debug, Clone)]
pub enum What<'a> {
    /// It was announced, and came out later or has not yet.
    Announced,
    /// It came out.
    Released,
    /// Its developer advises against it from then on.
    Deprecated,
    /// It is turned off: this is its last day.
    Retired,
    /// A price of an offer of it became another one.
    Moved(&'a Offer, PriceChange<'a>),
    /// Prices of an offer of which none is known for the day before. They are one change, since more often than not they
    /// tell that nobody wrote down the prices before.
    Begun(&'a Offer, Vec<PriceChange<'a>>),
    /// Prices of an offer of which none is known for the day after.
    Ended(&'a Offer, Vec<PriceChange<'a>>),
}

/// A price that became another one, began or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceChange<'a> {
    /// The second follows the first without a day between them, for the same component and unit under the same conditions.
    Moved(&'a Price, &'a Price),
    /// No price is known for the day before.
    Begun(&'a Price),
    /// No price is known for the day after.
    Ended(&'a Price),
}

/// One amount of money as a part of another of the same currency, neither of them nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    from: Decimal,
    to: Decimal,
}

/// A figure that says whether it is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounded {
    /// The figure: exact, or with one decimal.
    pub value: Decimal,
    /// Whether nothing was rounded.
    pub exact: bool,
}

/// An exact figure with more decimals than these is rounded all the same, since nobody reads it.
const MOST_DECIMALS: u32 = 3;

impl Ratio {
    /// How the first amount became the second. `None` when one of them is nothing, or they are the same.
    #[must_use]
    pub fn new(from: Decimal, to: Decimal) -> Option<Self> {
        (!from.is_zero() && !to.is_zero() && from != to).then_some(Self { from, to })
    }

    /// Whether it became more.
    #[must_use]
    pub fn is_rise(self) -> bool {
        self.to > self.from
    }

    /// By how many percent it became more or less. `None` when that cannot be held.
    #[must_use]
    pub fn percent(self) -> Option<Rounded> {
        let difference = self.to.checked_sub(self.from)?.abs();
        Rounded::quotient(difference.checked_mul(Decimal::ONE_HUNDRED)?, self.from)
    }

    /// How many times the first amount the second is. `None` when that cannot be held.
    #[must_use]
    pub fn times(self) -> Option<Rounded> {
        Rounded::quotient(self.to, self.from)
    }
}

impl Rounded {
    /// One decimal by another: exact where it ends soon, else with one decimal. A half that could be rounded either way ends soon.
    fn quotient(dividend: Decimal, divisor: Decimal) -> Option<Self> {
        let quotient = dividend.checked_div(divisor)?.normalize();
        // A product that had to be rounded has fewer decimals than its factors have together.
        let back = quotient.checked_mul(divisor).filter(|back| back.scale() == quotient.scale() + divisor.scale());
        let exact = quotient.scale() <= MOST_DECIMALS && back == Some(dividend);
        let rounded = || quotient.round_dp(1).normalize();
        Some(Self { value: if exact { quotient } else { rounded() }, exact })
    }
}

impl<'a> PriceChange<'a> {
    /// The price before, when one is known.
    #[must_use]
    pub fn before(self) -> Option<&'a Price> {
        match self {
            Self::Moved(before, _) | Self::Ended(before) => Some(before),
            Self::Begun(_) => None,
        }
    }

    /// The price after, when one is known.
    #[must_use]
    pub fn after(self) -> Option<&'a Price> {
        match self {
            Self::Moved(_, after) | Self::Begun(after) => Some(after),
            Self::Ended(_) => None,
        }
    }

    /// The price that tells what the change is of, and where that is said: the one after, where it is known.
    #[must_use]
    pub fn price(self) -> &'a Price {
        match self {
            Self::Moved(_, price) | Self::Begun(price) | Self::Ended(price) => price,
        }
    }

    /// What the price is for.
    #[must_use]
    pub fn component(self) -> Component {
        self.price().component
    }

    /// What it is per.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.price().unit
    }

    /// When it holds.
    #[must_use]
    pub fn conditions(self) -> &'a Conditions {
        &self.price().conditions
    }

    /// How the amount became the other one. `None` where no percentage says it: from or to nothing, another currency, no
    /// amount at all, a price that began or ended.
    #[must_use]
    pub fn ratio(self) -> Option<Ratio> {
        match (self.before().map(|price| &price.charge), self.after().map(|price| &price.charge)) {
            (Some(Charge::Amount(from)), Some(Charge::Amount(to))) if from.currency == to.currency => {
                Ratio::new(from.amount, to.amount)
            }
            _ => None,
        }
    }

    /// When it changed, as it was written: the first day of what is new, or the last of what ended.
    fn date(self) -> Option<Date> {
        match self {
            Self::Moved(_, price) | Self::Begun(price) => price.from,
            Self::Ended(price) => price.until,
        }
    }
}

impl PriceList {
    /// Its prices, apart for everything that has a price of its own, each in the order of time.
    fn series(&self) -> impl Iterator<Item = &[Price]> {
        self.prices.chunk_by(Price::is_alike)
    }

    /// Those of them in which a price moved.
    pub fn moved_series(&self) -> impl Iterator<Item = &[Price]> {
        let moves: Vec<&Price> = self.moves().map(|(_, after)| after).collect();
        self.series().filter(move |series| moves.iter().any(|price| price.is_alike(&series[0])))
    }

    /// The moves of its prices: what was asked, and what was asked next.
    pub fn moves(&self) -> impl Iterator<Item = (&Price, &Price)> {
        self.changes().into_iter().filter_map(|change| match change {
            PriceChange::Moved(before, after) => Some((before, after)),
            PriceChange::Begun(_) | PriceChange::Ended(_) => None,
        })
    }

    /// How its prices changed and will change, each component under its conditions in the order of time. A price that goes
    /// on under another row at the same amount has not changed.
    #[must_use]
    pub fn changes(&self) -> Vec<PriceChange<'_>> {
        let meet = |a: &Price, b: &Price| matches!((a.until, b.from), (Some(until), Some(from)) if until.meets(from));
        let mut changes = Vec::new();
        for prices in self.series() {
            for (at, price) in prices.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| prices.get(at)).filter(|before| meet(before, price));
                match before {
                    Some(before) if before.charge != price.charge => changes.push(PriceChange::Moved(before, price)),
                    None if price.from.is_some() => changes.push(PriceChange::Begun(price)),
                    _ => {}
                }
                let goes_on = prices.get(at + 1).is_some_and(|after| meet(price, after));
                if price.until.is_some() && !goes_on {
                    changes.push(PriceChange::Ended(price));
                }
            }
        }
        changes
    }
}

impl Model {
    /// Everything that changed about it and will change, in the order of its dates and then of its prices.
    ///
    /// A price that begins as the model comes out, or ends as it is turned off, is part of that and no change of its own.
    #[must_use]
    pub fn changes(&self) -> Vec<Change<'_>> {
        let change = |date, what| Change { date, model: self, what };
        let released = self.dates.released.known().copied();
        let announced = self.dates.announced.known().copied();
        let announced = announced.filter(|date| released.is_none_or(|released| date.is_before(released)));
        let retired = self.dates.retired.known().copied();
        let dates = [
            (announced, What::Announced),
            (released, What::Released),
            (self.dates.deprecated.known().copied(), What::Deprecated),
            (retired, What::Retired),
        ];
        let mut changes: Vec<Change<'_>> =
            dates.into_iter().filter_map(|(date, what)| date.map(|date| change(date, what))).collect();
        for offer in &self.offers {
            let mut begun: BTreeMap<Date, Vec<PriceChange<'_>>> = BTreeMap::new();
            let mut ended = begun.clone();
            for price in offer.prices.changes() {
                let Some(date) = price.date() else { continue };
                let with_the_model = self.came_out().is_some_and(|came_out| !came_out.is_before(date));
                let with_its_end = retired.is_some_and(|retired| !date.is_before(retired) && !retired.is_before(date));
                match price {
                    PriceChange::Moved(..) => changes.push(change(date, What::Moved(offer, price))),
                    PriceChange::Begun(_) if !with_the_model => begun.entry(date).or_default().push(price),
                    PriceChange::Ended(_) if !with_its_end => ended.entry(date).or_default().push(price),
                    _ => {}
                }
            }
            changes.extend(begun.into_iter().map(|(date, prices)| change(date, What::Begun(offer, prices))));
            changes.extend(ended.into_iter().map(|(date, prices)| change(date, What::Ended(offer, prices))));
        }
        changes
    }
}

impl<'a> What<'a> {
    /// The offer whose prices changed.
    #[must_use]
    pub fn offer(&self) -> Option<&'a Offer> {
        match self {
            Self::Moved(offer, _) | Self::Begun(offer, _) | Self::Ended(offer, _) => Some(offer),
            Self::Announced | Self::Released | Self::Deprecated | Self::Retired => None,
        }
    }

    /// The prices that changed.
    #[must_use]
    pub fn prices(&self) -> &[PriceChange<'a>] {
        match self {
            Self::Moved(_, price) => std::slice::from_ref(price),
            Self::Begun(_, prices) | Self::Ended(_, prices) => prices,
            Self::Announced | Self::Released | Self::Deprecated | Self::Retired => &[],
        }
    }

    /// Whether it is the end of something, which is dated by its last day.
    #[must_use]
    pub fn ends(&self) -> bool {
        matches!(self, Self::Retired | Self::Ended(..))
    }

    /// Its place among the changes of one date.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Retired => 0,
            Self::Deprecated => 1,
            Self::Moved(..) | Self::Begun(..) | Self::Ended(..) => 2,
            Self::Released => 3,
            Self::Announced => 4,
        }
    }
}

impl<'a> Change<'a> {
    /// Whether something holds through all of the date. A model that is turned off already was so at the date's beginning.
    pub(super) fn ends(&self) -> bool {
        let is_off = matches!(self.what, What::Retired) && self.model.status == Status::Retired;
        self.what.ends() && !is_off
    }

    /// Whether it has not happened on this day.
    #[must_use]
    pub fn is_ahead(&self, today: Date) -> bool {
        is_ahead(self.date, self.ends(), today)
    }
}

/// Whether something has not happened on a day. What ends holds through all of its last day, month or year, and what begins
/// does so on the first day that its date can mean, as the status of a model and the prices of an offer have it.
pub(super) fn is_ahead(date: Date, ends: bool, today: Date) -> bool {
    if ends { !date.is_before(today) } else { today.is_before(date) }
}

#[cfg(test)]
mod tests;
