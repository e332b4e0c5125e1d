//! The prices that changed in a month, as a table: before and after, one under the other.

use super::lines::{by_whom, marks};
use super::words::{conditions, difference};
use crate::catalog::{Change, Offer, Price, PriceChange, Unit};
use crate::pages::figure::{Figure, align, per};
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::{capital, listed};
use crate::pages::{Context, DateWords};
use crate::urls::{self, LinkBase};

/// The prices of one offer that changed on one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    /// The model.
    pub model: String,
    /// Its card.
    pub href: String,
    /// Whose offer it is, and its region and quantisation.
    pub by: String,
    /// The prices.
    pub rows: Vec<Row>,
    /// When.
    pub date: DateWords,
    /// Where it is said.
    pub marks: Vec<Mark>,
}

/// One price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What it is for.
    pub name: String,
    /// Its conditions, and its unit where that is not 1M tokens.
    pub detail: String,
    /// What it was.
    pub before: Figure,
    /// What it became.
    pub after: Figure,
    /// `80% lower`
    pub difference: String,
}

pub(super) fn moved<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    (change, offer): (&Change<'a>, &'a Offer),
    prices: &[PriceChange<'a>],
    citations: &mut Citations<'a>,
) -> Moved {
    let terms = [&offer.region, &offer.quantization].into_iter().flatten().cloned();
    let by: Vec<String> = std::iter::once(by_whom(cx, change.model, offer)).chain(terms).collect();
    Moved {
        model: change.model.name.clone(),
        href: base.href(&urls::model(change.model)),
        by: by.join(", "),
        rows: rows(prices),
        date: change.date.into(),
        marks: marks(prices, citations),
    }
}

/// A row for each price that moved, and one for all that began or ended.
fn rows(prices: &[PriceChange<'_>]) -> Vec<Row> {
    let (moved, others): (Vec<_>, Vec<_>) = prices.iter().partition(|change| matches!(change, PriceChange::Moved(..)));
    let mut rows: Vec<Row> = moved.iter().map(|change| row(*change)).collect();
    match others.as_slice() {
        [] => {}
        [one] => rows.push(row(*one)),
        [first, ..] => {
            let mut components: Vec<&str> = others.iter().map(|change| change.component().word()).collect();
            components.dedup();
            let count = Figure::words(format!("{} prices", others.len()));
            let (before, after, difference) = match first {
                PriceChange::Ended(_) => (count, nothing(), "end"),
                _ => (nothing(), count, "begin"),
            };
            rows.push(Row {
                name: if moved.is_empty() { "Prices" } else { "Other prices" }.to_owned(),
                detail: listed(&components),
                before,
                after,
                difference: difference.to_owned(),
            });
        }
    }
    rows
}

fn nothing() -> Figure {
    Figure::words("none on file")
}

fn row(change: PriceChange<'_>) -> Row {
    let mut detail = conditions(&change.price().conditions);
    if change.unit() != Unit::MillionTokens {
        detail.push(per(change.unit()));
    }
    let figure = |price: Option<&Price>| price.map_or_else(nothing, |price| Figure::charge(&price.charge));
    Row {
        name: capital(change.component().word()),
        detail: detail.join(", "),
        before: figure(change.before()),
        after: figure(change.after()),
        difference: difference(change),
    }
}

/// Brings the figures of a table under one another.
pub(super) fn aligned(mut offers: Vec<Moved>) -> Vec<Moved> {
    align(offers.iter_mut().flat_map(|offer| &mut offer.rows).map(|row| &mut row.before));
    align(offers.iter_mut().flat_map(|offer| &mut offer.rows).map(|row| &mut row.after));
    offers
}
