//! The price table of a provider: each offer on as many lines as it has conditions, so that no price is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::OFFERS;
use super::difference::{self, Change, Part};
use crate::catalog::{Component, Conditions, Date, Model, Offer, Price, Unit};
use crate::pages::figure::{Figure, price_in_words, qualifiers, tier};
use crate::pages::sources::{Citations, Mark};
use crate::pages::terms::{self, Term};
use crate::pages::text::capital;
use crate::pages::{Context, DateWords, model_row};
use crate::urls::{self, LinkBase};

/// An offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfferRows {
    /// The model.
    pub model: String,
    /// Its card.
    pub href: String,
    /// Preview, deprecated or retired.
    pub status: Option<&'static str>,
    /// Who made it.
    pub developer: String,
    /// Whether it is the developer's own.
    pub own: bool,
    /// Region and quantisation.
    pub terms: Vec<Term>,
    /// Model ID there.
    pub id: Option<String>,
    /// Context window there.
    pub context: Figure,
    /// Max output there.
    pub max_output: Figure,
    /// Its lines; there is at least one.
    pub lines: Vec<Line>,
}

/// The prices of an offer that hold under the same conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The conditions.
    pub conditions: String,
    /// Whether there are none.
    pub plain: bool,
    /// Input price.
    pub input: Figure,
    /// Price of reading from the cache.
    pub cache_read: Figure,
    /// Output price.
    pub output: Figure,
    /// All other prices, and since when or until when prices hold.
    pub others: String,
    /// How all this differs from the developer's own.
    pub difference: Vec<Part>,
    /// First day on which they hold, where the line is of another time.
    pub from: Option<DateWords>,
    /// Last day.
    pub until: Option<DateWords>,
    /// When that was so.
    pub as_of: Option<DateWords>,
    /// Where it is said.
    pub mark: Option<Mark>,
}

/// How many lines an offer takes at most, whatever the day.
pub(in crate::pages) fn rows_of(offer: &Offer) -> usize {
    let prices = &offer.prices.prices;
    let lines: BTreeSet<_> = prices.iter().map(|price| (&price.conditions, price.from, price.until)).collect();
    // Where no price holds on the day, one line says so.
    let always = prices.iter().any(|price| price.from.is_none() && price.until.is_none());
    lines.len() + usize::from(!always)
}

/// The offer with the prices that hold on the day.
pub(super) fn today<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    (model, offer): (&'a Model, &'a Offer),
    citations: &mut Citations<'a>,
) -> OfferRows {
    let mut by_conditions: BTreeMap<&Conditions, Vec<&Price>> = BTreeMap::new();
    for price in offer.prices.on(cx.today) {
        by_conditions.entry(&price.conditions).or_default().push(price);
    }
    let own = model.own_offer().filter(|_| !offer.own);
    let mut lines: Vec<Line> = by_conditions.values().map(|prices| line(cx, offer, own, prices, citations)).collect();
    if lines.is_empty() {
        lines.push(without_price(offer, cx.today, citations));
    }
    if let Some(first) = lines.first_mut() {
        // The limits stand on the first line.
        let limits = [&offer.context_window, &offer.max_output].map(|fact| &fact.provenance);
        if first.mark.is_none_or(|mark| mark.overdue.is_none())
            && let Some(overdue) = limits.into_iter().find(|provenance| provenance.overdue.is_some())
        {
            first.mark = citations.cite(overdue, OFFERS).or(first.mark);
        }
        if offer.own {
            first.difference = vec![Part { words: "the developer’s own".to_owned(), differs: false }];
        } else {
            first.difference.extend(difference::of_terms(offer, model, own));
        }
    }
    OfferRows { lines, ..named(cx, base, model, offer) }
}

/// The offer with the prices that held before or will hold later; `None` when there are none.
pub(super) fn other_times<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    (model, offer): (&'a Model, &'a Offer),
    citations: &mut Citations<'a>,
) -> Option<OfferRows> {
    let mut by_time: BTreeMap<_, Vec<&Price>> = BTreeMap::new();
    for price in offer.prices.prices.iter().filter(|price| !price.holds_on(cx.today)) {
        by_time.entry((price.from, price.until, &price.conditions)).or_default().push(price);
    }
    let lines: Vec<Line> = by_time
        .iter()
        .map(|((from, until, _), prices)| Line {
            difference: Vec::new(),
            others: others(prices, false),
            from: from.map(DateWords::from),
            until: until.map(DateWords::from),
            ..line(cx, offer, None, prices, citations)
        })
        .collect();
    (!lines.is_empty()).then(|| OfferRows { lines, ..named(cx, base, model, offer) })
}

fn named(cx: &Context<'_>, base: &LinkBase, model: &Model, offer: &Offer) -> OfferRows {
    let own = model.own_offer().filter(|_| !offer.own);
    OfferRows {
        model: model.name.clone(),
        href: base.href(&urls::model(model)),
        status: model_row::status(model),
        developer: cx.catalog.developer(model).name.clone(),
        own: offer.own,
        terms: terms::terms(offer, own),
        id: offer.id_there.clone(),
        context: terms::limit(&offer.context_window, &model.context_window),
        max_output: terms::limit(&offer.max_output, &model.max_output),
        lines: Vec::new(),
    }
}

fn line<'a>(
    cx: &Context<'_>,
    offer: &Offer,
    own: Option<&Offer>,
    prices: &[&'a Price],
    citations: &mut Citations<'a>,
) -> Line {
    let conditions = prices.first().map(|price| price.conditions.clone()).unwrap_or_default();
    let cell = |component| {
        let Some(price) = in_cell(prices, component) else { return absent(offer, component, &conditions, cx.today) };
        let figure = match price.unit {
            Unit::MillionTokens => Figure::charge(&price.charge),
            _ => Figure::per_unit(price),
        };
        let change = own.and_then(|own| difference::change(price, own, cx.today));
        figure.differing(matches!(change, Some(Change::Other(_))))
    };
    let mut marks = Vec::new();
    for price in prices {
        marks.extend(citations.cite(&price.provenance, OFFERS));
    }
    Line {
        conditions: conditions_in_words(&conditions),
        plain: conditions.is_none(),
        input: cell(Component::Input),
        cache_read: cell(Component::CacheRead),
        output: cell(Component::Output),
        others: others(prices, true),
        difference: if offer.own { Vec::new() } else { difference::of_prices(prices, own, cx.today) },
        from: None,
        until: None,
        as_of: prices.iter().filter_map(|price| price.provenance.as_of).max().map(DateWords::from),
        mark: marks.iter().find(|mark| mark.overdue.is_some()).or(marks.first()).copied(),
    }
}

/// The price that stands in the column of a component: that per 1M tokens, else the first.
fn in_cell<'a>(prices: &[&'a Price], component: Component) -> Option<&'a Price> {
    let of = || prices.iter().filter(|price| price.component == component).copied();
    of().find(|price| price.unit == Unit::MillionTokens).or_else(|| of().next())
}

/// A component that has no price under these conditions.
fn absent(offer: &Offer, component: Component, conditions: &Conditions, today: Date) -> Figure {
    let below = Conditions { above: None, ..conditions.clone() };
    let has = |conditions| offer.prices.under(component, conditions, today).is_some();
    // A context tier that does not name a component leaves its price as it is.
    if conditions.above.is_some() && has(&below) { Figure::words("the same") } else { Figure::unknown() }
}

fn conditions_in_words(conditions: &Conditions) -> String {
    let mut words = qualifiers(conditions);
    if words.is_empty() || conditions.above.is_some() || conditions.service_tier.is_some() {
        words.insert(0, tier(conditions));
    }
    capital(&words.join(", "))
}

/// What has no column: other components, second units, and the days of the prices where they are to be told.
fn others(prices: &[&Price], with_days: bool) -> String {
    let columns = [Component::Input, Component::CacheRead, Component::Output];
    let mut words = Vec::new();
    for price in prices {
        let shown = columns.contains(&price.component)
            && in_cell(prices, price.component).is_some_and(|cell| std::ptr::eq(cell, *price));
        let mut said = if shown {
            price.component.word().to_owned()
        } else {
            price_in_words(price.component, &Conditions::default(), price.unit, &price.charge)
        };
        let days = [("since", price.from), ("until", price.until)];
        let days: Vec<String> = days
            .iter()
            .filter(|_| with_days)
            .filter_map(|(word, day)| day.map(|day| format!(" {word} {}", day.long())))
            .collect();
        said.push_str(&days.concat());
        if !shown || !days.is_empty() {
            words.push(said);
        }
    }
    capital(&words.join("; "))
}

/// The line of an offer without a price that holds on the day.
fn without_price<'a>(offer: &'a Offer, today: Date, citations: &mut Citations<'a>) -> Line {
    let figure = || {
        if offer.prices.is_empty() { Figure::unknown() } else { Figure::words("none today") }
    };
    Line {
        conditions: conditions_in_words(&Conditions::default()),
        plain: true,
        input: figure(),
        cache_read: figure(),
        output: figure(),
        others: String::new(),
        difference: Vec::new(),
        from: None,
        until: None,
        as_of: offer.provenance.as_of.map(DateWords::from),
        mark: citations.cite(offer.provenance_on(today), OFFERS),
    }
}
