//! A table of prices of one kind, a row each.

use std::ops::Range;

use super::{PRICES, conditions, whose};
use crate::catalog::{
    BLEND, Charge, Component, Date, Model, Offer, Price, PriceEntry, PriceGroup, PriceKind, PriceOrder, Pricing,
    Provenance,
};
use crate::pages::figure::{Figure, align, per};
use crate::pages::paging::MOST_WIDE_ROWS;
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::{Text, capital, counted};
use crate::pages::{Context, model_row, terms};
use crate::urls::{self, LinkBase};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name in the page.
    pub id: String,
    /// What is priced, and per what.
    pub title: String,
    /// Whether it begins on an earlier page.
    pub continued: bool,
    /// How it is ordered, and what is left to say.
    pub note: String,
    /// The heads of the columns of figures.
    pub heads: Vec<ColumnHead>,
    /// Head of the column that says whose prices they are.
    pub whose: &'static str,
    /// Head of the column of words; `None` where no row has any.
    pub words: Option<&'static str>,
    /// Whether the rows have dates and sources.
    pub dated: bool,
    pub rows: Vec<Row>,
}

/// The head of a column of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnHead {
    pub label: String,
    /// More to it, in smaller type.
    pub detail: String,
    /// The same table in the order of this column.
    pub href: Option<String>,
    /// How the table is ordered by it: a value of `aria-sort`.
    pub sorted: Option<&'static str>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The model.
    pub name: String,
    /// Its card.
    pub href: String,
    /// Preview or deprecated.
    pub status: Option<&'static str>,
    pub figures: Vec<Figure>,
    /// Whose prices they are.
    pub whose: Text,
    /// Conditions, or why there is no price.
    pub words: String,
    /// The day for which the source of the oldest of these prices speaks.
    pub as_of: Option<Date>,
    /// The source.
    pub mark: Option<Mark>,
}

/// The name of a table in its page.
pub(super) fn id(kind: &PriceKind) -> String {
    match kind {
        PriceKind::Tokens => "tokens".to_owned(),
        PriceKind::NoCharge => "no-charge".to_owned(),
        PriceKind::PerUnit(unit, component, currency) => {
            let words = format!("{} {} {}", component.word(), per(*unit), currency.code());
            words.to_lowercase().replace(' ', "-")
        }
        PriceKind::OtherCurrency(currency) => format!("in-{}", currency.code().to_lowercase()),
        PriceKind::InPlan => "in-a-plan".to_owned(),
        PriceKind::Unknown => "not-known".to_owned(),
    }
}

/// Some entries of a group, by their places.
pub(super) fn table<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    group: &PriceGroup,
    range: Range<usize>,
    citations: &mut Citations<'a>,
) -> Table {
    let continued = range.start > 0;
    let entries = group.entries.get(range).unwrap_or_default();
    made(cx, base, &group.kind, PriceOrder::Blended, entries, continued, citations)
}

/// The prices per 1M tokens in an order, the first of them; `None` where there is none.
pub(super) fn in_order<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    pricing: &Pricing,
    order: PriceOrder,
    citations: &mut Citations<'a>,
) -> Option<Table> {
    let entries: Vec<PriceEntry> = pricing.tokens_by(order).take(MOST_WIDE_ROWS).cloned().collect();
    (!entries.is_empty()).then(|| made(cx, base, &PriceKind::Tokens, order, &entries, false, citations))
}

fn made<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    kind: &PriceKind,
    order: PriceOrder,
    entries: &[PriceEntry],
    continued: bool,
    citations: &mut Citations<'a>,
) -> Table {
    let found = entries.iter().map(|entry| (cx.catalog.model(entry.model), entry));
    let mut rows: Vec<Row> = found.map(|(model, entry)| row(cx, base, kind, model, entry, citations)).collect();
    let heads = heads(base, kind, order);
    for column in 0..heads.len() {
        align(rows.iter_mut().filter_map(|row| row.figures.get_mut(column)));
    }
    let is_unknown = *kind == PriceKind::Unknown;
    let words = if is_unknown { "What is known" } else { "Conditions and other prices" };
    Table {
        id: id(kind),
        title: title(kind),
        continued,
        note: note(kind, order),
        heads,
        whose: if is_unknown { "Developer" } else { "Price of" },
        words: rows.iter().any(|row| !row.words.is_empty()).then_some(words),
        dated: !is_unknown,
        rows,
    }
}

/// What the figures of the main table are.
const PLAIN: &str = "The figures are standard prices of short requests; what else an offer has stands beside them.";

fn title(kind: &PriceKind) -> String {
    match kind {
        PriceKind::Tokens => "Per 1M tokens, in US dollars".to_owned(),
        PriceKind::NoCharge => "At no charge".to_owned(),
        PriceKind::PerUnit(unit, component, currency) => {
            let currency = if currency.is_usd() { "US dollars" } else { currency.code() };
            format!("{} {}, in {currency}", capital(component.word()), per(*unit))
        }
        PriceKind::OtherCurrency(currency) => format!("Per 1M tokens, in {}", currency.code()),
        PriceKind::InPlan => "Part of a plan".to_owned(),
        PriceKind::Unknown => "No price known".to_owned(),
    }
}

fn note(kind: &PriceKind, order: PriceOrder) -> String {
    match (kind, order) {
        (PriceKind::Tokens, PriceOrder::Context) => {
            format!("Longest context window first, and of equal ones the lowest blended price. {PLAIN}")
        }
        (PriceKind::Tokens, order) => {
            let parts = match order {
                PriceOrder::Blended => format!(", {} parts input to {} part output", number(BLEND.0), number(BLEND.1)),
                _ => String::new(),
            };
            let by = super::words(order);
            format!("Lowest {by} first{parts}; models without one come last. {PLAIN}")
        }
        (PriceKind::NoCharge, _) => {
            "Offers for which nothing is charged, often a trial with limits of its own. A model that others ask money for \
             stands among those as well."
                .to_owned()
        }
        (PriceKind::PerUnit(..) | PriceKind::OtherCurrency(_), _) => "Cheapest first.".to_owned(),
        (PriceKind::InPlan, _) => "Paid for with a plan; there is no price of a single request.".to_owned(),
        (PriceKind::Unknown, _) => "Unknown is not free: of these no price is on file that holds today.".to_owned(),
    }
}

fn number(parts: u32) -> &'static str {
    match parts {
        1 => "one",
        2 => "two",
        3 => "three",
        _ => "several",
    }
}

fn heads(base: &LinkBase, kind: &PriceKind, order: PriceOrder) -> Vec<ColumnHead> {
    let plain = |label: &str| ColumnHead { label: label.to_owned(), detail: String::new(), href: None, sorted: None };
    let sorting = |label: &str, by: PriceOrder| {
        let sorted = if by == PriceOrder::Context { "descending" } else { "ascending" };
        ColumnHead {
            href: (by != order).then(|| base.href(&urls::pricing_by(by))),
            sorted: (by == order).then_some(sorted),
            ..plain(label)
        }
    };
    match kind {
        PriceKind::Tokens => vec![
            sorting("Input", PriceOrder::Input),
            sorting("Cache read", PriceOrder::CacheRead),
            sorting("Output", PriceOrder::Output),
            ColumnHead { detail: format!("{}:{}", BLEND.0, BLEND.1), ..sorting("Blended", PriceOrder::Blended) },
            sorting("Context", PriceOrder::Context),
        ],
        PriceKind::PerUnit(unit, ..) => vec![plain(&capital(&per(*unit)))],
        PriceKind::OtherCurrency(_) => vec![plain("Input"), plain("Cache read"), plain("Output"), plain("Context")],
        PriceKind::NoCharge => vec![plain("Context"), plain("Max out")],
        PriceKind::InPlan => vec![plain("Context")],
        PriceKind::Unknown => Vec::new(),
    }
}

fn row<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    kind: &PriceKind,
    model: &'a Model,
    entry: &PriceEntry,
    citations: &mut Citations<'a>,
) -> Row {
    let named = |figures, whose, words, (as_of, mark)| Row {
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        status: model_row::status(model),
        figures,
        whose,
        words,
        as_of,
        mark,
    };
    let Some(offer) = entry.offer.and_then(|at| model.offers.get(at)) else {
        let developer = cx.catalog.developer(model);
        let whose = Text::default().link(developer.name.clone(), base.href(&urls::developer(&developer.id)));
        return named(Vec::new(), whose, without_price(model), (None, None));
    };
    let price = entry.price.and_then(|at| offer.prices.prices.get(at));
    let headline = |component| Figure::headline(Some(&offer.prices), component, cx.today);
    let columns = || conditions::COLUMNS.map(headline);
    let context = || terms::limit(&offer.context_window, &model.context_window);
    let figures = match kind {
        PriceKind::Tokens => columns().into_iter().chain([blended(offer, cx.today), context()]).collect(),
        PriceKind::OtherCurrency(_) => columns().into_iter().chain([context()]).collect(),
        PriceKind::PerUnit(..) => vec![price.map_or_else(Figure::unknown, |price| Figure::charge(&price.charge))],
        PriceKind::NoCharge => vec![context(), terms::limit(&offer.max_output, &model.max_output)],
        PriceKind::InPlan | PriceKind::Unknown => vec![context()],
    };
    // A limit that differs from the developer's is no mark of the price.
    let figures = figures.into_iter().map(|figure: Figure| figure.differing(false)).collect();
    let words = match price {
        Some(price) => conditions::of_price(price),
        None if matches!(kind, PriceKind::NoCharge | PriceKind::InPlan) => String::new(),
        None => conditions::in_words(offer, cx.today),
    };
    let from = match price {
        Some(price) => provenance([price].into_iter(), citations),
        None if conditions::plain(&offer.prices, cx.today).next().is_some() => {
            provenance(conditions::plain(&offer.prices, cx.today), citations)
        }
        None => provenance(offer.prices.on(cx.today), citations),
    };
    named(figures, whose(cx, base, model, offer), words, from)
}

/// The oldest date of these prices, and the source of the first of them. All of their sources are listed.
fn provenance<'a>(
    prices: impl Iterator<Item = &'a Price>,
    citations: &mut Citations<'a>,
) -> (Option<Date>, Option<Mark>) {
    let (mut oldest, mut first) = (None, None);
    for price in prices {
        let from: &Provenance = &price.provenance;
        oldest = oldest.into_iter().chain(from.as_of).min();
        let mark = citations.cite(from, PRICES);
        first = first.or(mark);
    }
    (oldest, first)
}

/// The blended price, or why there is none.
fn blended(offer: &Offer, today: Date) -> Figure {
    if let Some(amount) = offer.prices.blended(today) {
        return Figure::dollars(amount);
    }
    let none = [Component::Input, Component::Output].into_iter().any(|component| {
        offer.prices.plain(component, today).is_some_and(|price| price.charge == Charge::NotApplicable)
    });
    if none { Figure::words(crate::pages::figure::NOT_APPLICABLE) } else { Figure::unknown() }
}

/// What is known of the offers of a model without a price.
fn without_price(model: &Model) -> String {
    let priced = model.offers.iter().any(|offer| !offer.prices.is_empty());
    match model.offers.len() {
        0 => "No offer on file".to_owned(),
        _ if priced => "No price holds today".to_owned(),
        offers => format!("{} without a price", counted(offers, "offer")),
    }
}
