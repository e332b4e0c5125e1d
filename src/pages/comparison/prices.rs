//! Prices side by side: every condition that one of the models has.

use std::collections::BTreeMap;

use super::cell::{Cell, Row, align};
use super::words::{Compared, of_price, on_the_cards};
use super::{MOST_PRICES, PRICES, View};
use crate::catalog::{BLEND, Component, Conditions, Date, Price, Relation, Unit};
use crate::pages::figure::{self, Figure, per};
use crate::pages::sources::Citations;
use crate::pages::text::{Text, capital, sentence};

/// The section of prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prices {
    /// In what they are, and when they were so.
    pub note: Text,
    /// A row a component and its conditions; empty when no price is known.
    pub rows: Vec<Row>,
    /// The blended price.
    pub blended: Option<Row>,
    /// What authors say of prices.
    pub remarks: Vec<Text>,
}

/// What tells rows apart. The last part is the number of the price where an offer has several of a kind.
type Key<'a> = (Component, &'a Conditions, Unit, usize);

pub(super) fn prices<'a>(view: &View<'a>, citations: &mut Citations<'a>) -> Prices {
    let today = view.cx.today;
    let mut grid: BTreeMap<Key<'a>, Vec<Option<&'a Price>>> = BTreeMap::new();
    for (at, one) in view.all.iter().enumerate() {
        for price in one.prices_on(today) {
            let key = |number| (price.component, &price.conditions, price.unit, number);
            let free = |number: &usize| grid.get(&key(*number)).is_none_or(|row| row[at].is_none());
            let number = (0..).find(free).unwrap_or_default();
            grid.entry(key(number)).or_insert_with(|| vec![None; view.all.len()])[at] = Some(price);
        }
    }
    let shown = grid.len().min(MOST_PRICES);
    let days: Vec<Date> = grid.values().flatten().flatten().filter_map(|price| price.provenance.as_of).collect();
    let mut rows: Vec<Row> =
        grid.iter().take(MOST_PRICES).map(|(key, prices)| row(view, key, prices, citations)).collect();
    align(rows.iter_mut());
    Prices {
        note: note(&grid.keys().copied().collect::<Vec<_>>(), &days, grid.len() - shown),
        blended: blended(view).filter(|_| !rows.is_empty()),
        remarks: remarks(&view.all, today),
        rows,
    }
}

fn note(keys: &[Key<'_>], days: &[Date], more: usize) -> Text {
    if keys.is_empty() {
        return Text::default();
    }
    let per_tokens = keys.iter().filter(|(_, _, unit, _)| *unit == Unit::MillionTokens).count();
    let unit = match per_tokens {
        0 => " Each row per its own unit",
        all if all == keys.len() => " Per 1M tokens",
        _ => " Per 1M tokens, unless the row names another unit",
    };
    let mut text = Text::of(unit);
    if let Some((first, last)) = days.iter().min().zip(days.iter().max()) {
        text = text.say(", as of ").date(*first);
        text = if first == last { text } else { text.say(" to ").date(*last) };
    }
    text = text.say(".");
    if keys.iter().any(|(_, conditions, _, _)| conditions.above.is_some()) {
        text = text.say(" A context tier goes by the length of the prompt and prices the whole request.");
    }
    if more > 0 {
        text = text.say(format!(" {}", on_the_cards(more, "price")));
    }
    text
}

fn row<'a>(view: &View<'a>, key: &Key<'a>, prices: &[Option<&'a Price>], citations: &mut Citations<'a>) -> Row {
    let (component, conditions, unit, _) = *key;
    let mut detail = figure::conditions(conditions);
    if unit != Unit::MillionTokens {
        detail.push(per(unit));
    }
    let cells = view.all.iter().zip(prices).enumerate().map(|(at, (one, price))| {
        let Some(price) = price else { return Cell::figure(Figure::words(absent(one, key, view.cx.today))) };
        let cell = Cell::figure(Figure::charge(&price.charge)).marked(citations.cite(&price.provenance, PRICES));
        match prices[0].filter(|_| at > 0) {
            Some(first) => cell.related(Relation::of_prices(price, first), of_price),
            None => cell,
        }
    });
    let cells = cells.collect();
    Row { name: capital(component.word()), detail: detail.join(", "), cells }
}

/// Why a model has no price in a row.
fn absent(one: &Compared<'_>, (component, conditions, unit, _): &Key<'_>, today: Date) -> &'static str {
    let Some(above) = conditions.above else { return "none on file" };
    // A prompt of any length costs the plain price where no context tier says otherwise.
    let base = Conditions { above: None, ..(*conditions).clone() };
    let of = || one.prices_on(today);
    let alike = || of().filter(|price| price.component == *component && price.unit == *unit);
    let lower = |price: &Price| price.conditions.above.is_none_or(|tier| tier < above);
    let same_but_for_length = |price: &Price| Conditions { above: None, ..price.conditions.clone() } == base;
    if alike().any(|price| lower(price) && same_but_for_length(price)) {
        "as for shorter prompts"
    } else {
        "none on file"
    }
}

fn blended(view: &View<'_>) -> Option<Row> {
    let blends: Vec<_> =
        view.all.iter().map(|one| one.prices().and_then(|prices| prices.blended(view.cx.today))).collect();
    let cell = |(at, blend): (usize, &Option<rust_decimal::Decimal>)| {
        let Some(amount) = *blend else { return Cell::figure(Figure::words("cannot be worked out")) };
        let cell = Cell::figure(Figure::dollars(amount));
        match blends[0].filter(|_| at > 0) {
            Some(first) => cell.related(Ok(Relation::of(amount, first)), of_price),
            None => cell,
        }
    };
    blends.iter().any(Option::is_some).then(|| Row {
        name: "Blended".to_owned(),
        detail: format!("{}:{}, input to output, worked out here", BLEND.0, BLEND.1),
        cells: blends.iter().enumerate().map(cell).collect(),
    })
}

/// What authors say of the prices of a model, the same words once.
fn remarks(all: &[Compared<'_>], today: Date) -> Vec<Text> {
    let mut remarks: Vec<(&str, &str)> = Vec::new();
    for one in all {
        for price in one.prices_on(today) {
            let said = price.provenance.note.as_deref().map(|note| (one.name, note));
            remarks.extend(said.filter(|said| !remarks.contains(said)));
        }
    }
    let told =
        |(name, note): (&str, &str)| Text::default().strong(format!("{name}:")).say(format!(" {}", sentence(note)));
    remarks.into_iter().take(MOST_PRICES).map(told).collect()
}
