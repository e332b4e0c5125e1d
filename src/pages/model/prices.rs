//! The price table: rows of components and their conditions, columns of tiers. No price is left out.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::history::{self, History};
use super::{Card, PRICES};
use crate::catalog::{
    BLEND, Charge, Component, Conditions, Currency, Modality, Offer, Price, Provenance, ServiceTier, Tokens, Unit,
    blend,
};
use crate::pages::figure::{Figure, align, per, qualifiers, tier};
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::{Text, capital, sentence};

/// The section of prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prices {
    /// Whose prices they are, per what, as of when.
    pub note: Text,
    /// Whether there is nothing to show but that.
    pub none_known: bool,
    /// What the author says of all of them.
    pub remarks: Vec<Text>,
    /// One head a tier; empty when no price holds today.
    pub columns: Vec<String>,
    /// One row a component under its conditions.
    pub rows: Vec<PriceRow>,
    /// Prices that held before or will hold later.
    pub history: Option<History>,
}

/// A row of the price table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PriceRow {
    /// The component.
    pub name: String,
    /// Its conditions, and its unit where that is not 1M tokens.
    pub detail: String,
    /// One price a tier.
    pub cells: Vec<Figure>,
    /// What it covers.
    pub covers: Text,
    /// Whether it is worked out from the others.
    pub worked_out: bool,
}

/// What tells rows apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RowKey {
    component: Component,
    unit: Unit,
    modality: Option<Modality>,
    quality: Option<Arc<str>>,
    cache_ttl: Option<Arc<str>>,
    region: Option<Arc<str>>,
    hours: Option<Arc<str>>,
    currency: Option<Currency>,
}

type ColumnKey = (Option<ServiceTier>, Option<Tokens>);

impl RowKey {
    fn of(price: &Price) -> Self {
        let Conditions { above: _, service_tier: _, modality, cache_ttl, region, hours, quality } =
            price.conditions.clone();
        let currency = match &price.charge {
            Charge::Amount(money) if !money.currency.is_usd() => Some(money.currency),
            _ => None,
        };
        Self { component: price.component, modality, unit: price.unit, quality, cache_ttl, region, hours, currency }
    }
}

fn column_key(price: &Price) -> ColumnKey {
    (price.conditions.service_tier, price.conditions.above)
}

pub(super) fn prices(card: &Card<'_>, citations: &mut Citations<'_>) -> Prices {
    let Some(offer) = card.listed() else { return none_known(card) };
    let today: Vec<&Price> = offer.prices.on(card.cx.today).collect();
    let columns: Vec<ColumnKey> =
        today.iter().map(|price| column_key(price)).collect::<BTreeSet<_>>().into_iter().collect();
    let shared = Shared::of(&today);
    let mut note = match today.is_empty() {
        true if offer.own => Text::of("No price holds today"),
        true => Text::of(format!("No price of {} holds today", card.provider_name(offer))),
        false => unit_and_owner(card, offer, &today),
    };
    note = note.mark(shared.source.and_then(|price| citations.cite(&price.provenance, PRICES)));
    if let Some(as_of) = shared.as_of {
        note = note.say(", as of ").date(as_of);
    }
    note = note.say(".");
    if columns.iter().any(|(_, above)| above.is_some()) {
        note = note.say(" The tier goes by the length of the prompt and prices the whole request.");
    }
    let mut grid: BTreeMap<RowKey, BTreeMap<ColumnKey, &Price>> = BTreeMap::new();
    let mut doubled: Vec<&Price> = Vec::new();
    for price in &today {
        let row = grid.entry(RowKey::of(price)).or_default();
        if let Entry::Vacant(cell) = row.entry(column_key(price)) {
            cell.insert(price);
        } else {
            doubled.push(price);
        }
    }
    let cache_priced = grid.keys().any(|key| key.component == Component::CacheRead);
    let doubled = doubled.into_iter().map(|price| BTreeMap::from([(column_key(price), price)]));
    let mut rows: Vec<PriceRow> = Vec::new();
    for cells in grid.values().cloned().chain(doubled) {
        rows.push(row(card, &cells, &columns, &shared, cache_priced, citations));
    }
    rows.extend(blended_row(&grid, &columns));
    for index in 0..columns.len() {
        align(rows.iter_mut().filter_map(|row| row.cells.get_mut(index)));
    }
    let history = history::history(&offer.prices, card.cx.today, citations);
    let remarks = shared.note.map(|note| Text::of(sentence(note))).into_iter().collect();
    let columns = columns.iter().map(column_words).collect();
    Prices { note, none_known: false, remarks, columns, rows, history }
}

/// What all prices of a table have in common, said once beside it.
struct Shared<'a> {
    source: Option<&'a Price>,
    as_of: Option<crate::catalog::Date>,
    note: Option<&'a str>,
}

impl<'a> Shared<'a> {
    fn of(prices: &[&'a Price]) -> Self {
        let Some(first) = prices.first() else { return Self { source: None, as_of: None, note: None } };
        let same = |equal: &dyn Fn(&Price) -> bool| prices.iter().all(|price| equal(price));
        let provenance = &first.provenance;
        Self {
            source: Some(*first).filter(|_| {
                let of = |provenance: &Provenance| (provenance.source, provenance.overdue);
                same(&|price| of(&price.provenance) == of(provenance))
            }),
            as_of: provenance.as_of.filter(|_| same(&|price| price.provenance.as_of == provenance.as_of)),
            note: provenance.note.as_deref().filter(|_| same(&|price| price.provenance.note == provenance.note)),
        }
    }
}

/// `US dollars per 1M tokens, OpenAI’s list price`
fn unit_and_owner(card: &Card<'_>, offer: &Offer, prices: &[&Price]) -> Text {
    let amounts = || {
        prices.iter().filter_map(|price| match &price.charge {
            Charge::Amount(money) => Some((money, price.unit)),
            _ => None,
        })
    };
    let unit = match amounts().filter(|(_, unit)| *unit == Unit::MillionTokens).count() {
        0 if amounts().next().is_some() => ", each row per its own unit",
        all if all == amounts().count() => " per 1M tokens",
        _ => " per 1M tokens, unless the row names another unit",
    };
    let currency = if amounts().all(|(money, _)| money.currency.is_usd()) { "US dollars" } else { "Prices" };
    let owner = if offer.own {
        format!("{}’s list price", card.developer.name)
    } else {
        format!("the {}", card.lowest_of_offers(offer))
    };
    Text::of(format!("{currency}{unit}: {owner}"))
}

impl Card<'_> {
    /// `lowest blended of 3 offers, at Acme`: where the prices of the model are not its developer's.
    pub(super) fn lowest_of_offers(&self, offer: &Offer) -> String {
        let name = self.provider_name(offer);
        let today = self.cx.today;
        let free = self.model.free_offers(today).next().is_some() && !offer.is_free(today);
        match self.model.offers.len() {
            1 => format!("only offer, at {name}"),
            count => format!("lowest {}blended of {count} offers, at {name}", if free { "paid " } else { "" }),
        }
    }
}

/// `3 offers`
pub(super) fn offers_in_words(count: usize) -> String {
    if count == 1 { "1 offer".to_owned() } else { format!("{count} offers") }
}

fn none_known(card: &Card<'_>) -> Prices {
    let words = match card.model.offers.len() {
        0 => "No offer of this model is known, and so no price.".to_owned(),
        count => format!("No price of this model is known, though {} of it are on file.", offers_in_words(count)),
    };
    let words = words.replace("1 offer of it are", "1 offer of it is");
    Prices {
        note: Text::of(words),
        none_known: true,
        remarks: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        history: None,
    }
}

fn column_words((service_tier, above): &ColumnKey) -> String {
    let conditions = Conditions { service_tier: *service_tier, above: *above, ..Conditions::default() };
    capital(&tier(&conditions))
}

fn row(
    card: &Card<'_>,
    cells: &BTreeMap<ColumnKey, &Price>,
    columns: &[ColumnKey],
    shared: &Shared<'_>,
    cache_priced: bool,
    citations: &mut Citations<'_>,
) -> PriceRow {
    let first = cells.values().next().expect("a row of the grid has a price");
    let mut detail = qualifiers(&first.conditions);
    if first.unit != Unit::MillionTokens {
        detail.push(per(first.unit));
    }
    let tiered = |column: &ColumnKey| {
        let prices = card.reference.into_iter().flat_map(|offer| offer.prices.on(card.cx.today));
        prices.into_iter().any(|price| price.component == first.component && column_key(price) == *column)
    };
    let figures = columns.iter().map(|column| match cells.get(column) {
        Some(price) => Figure::charge(&price.charge),
        // A context tier that does not name a component at all leaves its prices as they are.
        None if column.1.is_some() && cells.contains_key(&(column.0, None)) && !tiered(column) => {
            Figure::words("the same")
        }
        None => Figure::unknown(),
    });
    let mut covers = Text::of(coverage(card, cells, cache_priced));
    if shared.source.is_none() {
        let mut marks: Vec<Mark> = Vec::new();
        for price in cells.values() {
            marks.extend(citations.cite(&price.provenance, PRICES).filter(|mark| !marks.contains(mark)));
        }
        covers = marks.into_iter().fold(covers, |text, mark| text.mark(Some(mark)));
    }
    if shared.as_of.is_none()
        && let Some(as_of) = cells.values().filter_map(|price| price.provenance.as_of).min()
    {
        covers = covers.say(" as of ").date(as_of);
    }
    // Prices of several tiers that hold on the same days tell them once.
    for (from, until) in cells.values().map(|price| (price.from, price.until)).collect::<BTreeSet<_>>() {
        if let Some(from) = from {
            covers = covers.say(" since ").date(from);
        }
        if let Some(until) = until {
            covers = covers.say(" until ").date(until);
        }
    }
    if shared.note.is_none() {
        let notes: BTreeSet<&str> = cells.values().filter_map(|price| price.provenance.note.as_deref()).collect();
        covers = notes.into_iter().fold(covers, |text, note| text.say(format!(" {}", sentence(note))));
    }
    PriceRow {
        name: capital(first.component.word()),
        detail: detail.join(", "),
        cells: figures.collect(),
        covers,
        worked_out: false,
    }
}

/// What a component covers, in words.
fn coverage(card: &Card<'_>, cells: &BTreeMap<ColumnKey, &Price>, cache_priced: bool) -> String {
    let price = cells.values().next().expect("a row of the grid has a price");
    if price.unit != Unit::MillionTokens {
        return String::new();
    }
    let tokens = match price.conditions.modality {
        Some(modality) => format!("{} tokens", capital(modality.word())),
        None => "Tokens".to_owned(),
    };
    match price.component {
        Component::Input if cache_priced => format!("{tokens} of the prompt that are not in the cache"),
        Component::Input => format!("{tokens} of the prompt"),
        Component::CacheRead => match share_of_input(card, price) {
            Some(share) => format!("{tokens} of the prompt read from the cache: {share}"),
            None => format!("{tokens} of the prompt read from the cache"),
        },
        Component::CacheWrite => format!("{tokens} of the prompt written to the cache"),
        Component::CacheStorage => format!("{tokens} kept in the cache"),
        Component::Output if card.reasons() && !card.has_price_of(Component::Reasoning) => {
            format!("{tokens} of the answer; no separate price of reasoning is listed")
        }
        Component::Output => format!("{tokens} of the answer"),
        Component::Reasoning => format!("{tokens} of the reasoning before the answer"),
        Component::WebSearch | Component::Request | Component::Session | Component::Training => String::new(),
    }
}

/// A cache price as a part of the plain input price, where that is a round part.
fn share_of_input(card: &Card<'_>, price: &Price) -> Option<String> {
    let prices = &card.reference?.prices;
    let input = prices.under(Component::Input, &price.conditions, card.cx.today)?.usd_per_million()?;
    part_in_words(price.usd_per_million()?, input)
}

/// `half the input price`, `25% of the input price`; `None` when the percentage is not a whole number.
pub(super) fn part_in_words(part: rust_decimal::Decimal, whole: rust_decimal::Decimal) -> Option<String> {
    let percent = part.checked_mul(100.into())?.checked_div(whole)?.normalize();
    if percent.scale() > 0 || percent.is_zero() {
        return None;
    }
    Some(match percent.to_string().as_str() {
        "50" => "half the input price".to_owned(),
        "25" => "a quarter of the input price".to_owned(),
        "20" => "a fifth of the input price".to_owned(),
        "10" => "a tenth of the input price".to_owned(),
        "100" => "as dear as input".to_owned(),
        percent => format!("{percent}% of the input price"),
    })
}

fn blended_row(grid: &BTreeMap<RowKey, BTreeMap<ColumnKey, &Price>>, columns: &[ColumnKey]) -> Option<PriceRow> {
    let plain = |component, column: &ColumnKey| {
        let key = RowKey {
            component,
            modality: None,
            unit: Unit::MillionTokens,
            quality: None,
            cache_ttl: None,
            region: None,
            hours: None,
            currency: None,
        };
        let cells = grid.get(&key)?;
        cells.get(column).or_else(|| cells.get(&(column.0, None)))?.usd_per_million()
    };
    let blends: Vec<_> = columns
        .iter()
        .map(|column| blend(plain(Component::Input, column)?, plain(Component::Output, column)?))
        .collect();
    blends.iter().any(|blend| blend.is_some_and(|blend| !blend.is_zero())).then(|| PriceRow {
        name: "Blended".to_owned(),
        detail: format!("{}:{}", BLEND.0, BLEND.1),
        cells: blends.into_iter().map(|amount| amount.map_or_else(Figure::unknown, Figure::dollars)).collect(),
        covers: Text::of("Three parts input to one part output, worked out here"),
        worked_out: true,
    })
}
