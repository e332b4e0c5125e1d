//! Who serves the models: how many, who is cheapest, and who serves more than one of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cell::{Cell, Row, align};
use super::words::{Compared, of_price, provider_name};
use super::{MOST_PROVIDERS, OFFERS, View};
use crate::catalog::{BLEND, Component, Offer, ProviderId, Relation};
use crate::pages::figure::Figure;
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::counted;
use crate::urls;

/// The section of providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offers {
    /// What is compared, and who serves more than one.
    pub note: String,
    /// How many offers and providers there are, and which is cheapest.
    pub rows: Vec<Row>,
    /// Providers that serve more than one of the models, each with its blended prices.
    pub shared: Vec<Shared>,
}

/// A provider of more than one of the models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shared {
    /// Its page; none where it has no file.
    pub href: Option<String>,
    /// Its prices.
    pub row: Row,
}

/// Who makes an offer: a provider, or a developer without a provider of its own, by name.
type Maker<'a> = (&'a str, Option<&'a ProviderId>);

/// `None` when nobody serves any of them.
pub(super) fn offers<'a>(view: &View<'a>, citations: &mut Citations<'a>) -> Option<Offers> {
    if view.all.iter().all(|one| one.model.offers.is_empty()) {
        return None;
    }
    let by_maker: Vec<BTreeMap<Maker<'a>, &'a Offer>> =
        view.all.iter().map(|one| cheapest_of_each(view, one)).collect();
    let mut makers: BTreeMap<Maker<'a>, usize> = BTreeMap::new();
    for maker in by_maker.iter().flat_map(BTreeMap::keys) {
        *makers.entry(*maker).or_default() += 1;
    }
    let shared: Vec<Maker<'a>> = makers.into_iter().filter(|(_, of)| *of > 1).map(|(maker, _)| maker).collect();
    let rows = vec![
        row("Offers on file", view.all.iter().map(|one| number(one.model.offers.len()))),
        row("Providers", by_maker.iter().map(|makers| number(makers.len()))),
        cheapest(view, &by_maker, citations),
    ];
    let note = note(view, shared.len());
    let mut shared: Vec<Shared> = shared
        .into_iter()
        .take(MOST_PROVIDERS)
        .map(|maker| Shared {
            href: maker.1.map(|id| view.base.href(&urls::provider(id))),
            row: prices_of(view, maker, &by_maker, citations),
        })
        .collect();
    align(shared.iter_mut().map(|shared| &mut shared.row));
    Some(Offers { note, rows, shared })
}

/// Of each who serves a model the cheapest offer by blended price: those without one come last, those at no charge before
/// them, since they are trials.
fn cheapest_of_each<'a>(view: &View<'a>, one: &Compared<'a>) -> BTreeMap<Maker<'a>, &'a Offer> {
    let mut makers: BTreeMap<Maker<'a>, &'a Offer> = BTreeMap::new();
    let key = |offer: &Offer| {
        let blended = offer.prices.blended(view.cx.today);
        (blended.is_none(), blended.is_some_and(|blended| blended.is_zero()), blended)
    };
    for offer in &one.model.offers {
        let maker = (provider_name(view.cx, one.model, offer), offer.provider.as_ref());
        let held = makers.entry(maker).or_insert(offer);
        if key(offer) < key(held) {
            *held = offer;
        }
    }
    makers
}

fn row(name: &str, cells: impl Iterator<Item = Cell>) -> Row {
    Row { name: name.to_owned(), detail: String::new(), cells: cells.collect() }
}

fn number(count: usize) -> Cell {
    if count == 0 { Cell::figure(Figure::words("none")) } else { Cell::figure(Figure::of(count.to_string())) }
}

/// The cheapest offer of each model that costs something, or one at no charge where there is no other.
fn cheapest<'a>(view: &View<'a>, by_maker: &[BTreeMap<Maker<'a>, &'a Offer>], citations: &mut Citations<'a>) -> Row {
    let blended = |offer: &Offer| offer.prices.blended(view.cx.today);
    let least: Vec<_> = by_maker
        .iter()
        .map(|makers| {
            let priced = makers.iter().filter_map(|(maker, offer)| Some((blended(offer)?, maker.0, *offer)));
            priced.min_by(|(a, x, _), (b, y, _)| (a.is_zero(), a, x).cmp(&(b.is_zero(), b, y)))
        })
        .collect();
    let first = least[0].map(|(amount, ..)| amount);
    let cells = least.iter().enumerate().map(|(at, least)| {
        let Some((amount, name, offer)) = *least else { return Cell::figure(Figure::words("cannot be worked out")) };
        let cell = Cell::figure(Figure::dollars(amount)).marked(mark(view, offer, citations));
        let relation = first.filter(|_| at > 0).map(|first| Relation::of(amount, first));
        match relation {
            Some(relation) => cell.noted(format!("at {name}, {}", of_price(relation)), relation != Relation::Same),
            None => cell.noted(format!("at {name}"), false),
        }
    });
    let cells = cells.collect();
    Row { name: "Cheapest".to_owned(), detail: format!("blended {}:{} per 1M tokens", BLEND.0, BLEND.1), cells }
}

fn mark<'a>(view: &View<'a>, offer: &'a Offer, citations: &mut Citations<'a>) -> Option<Mark> {
    let price = offer.prices.plain(Component::Input, view.cx.today);
    citations.cite(price.map_or(&offer.provenance, |price| &price.provenance), OFFERS)
}

/// What a provider takes for each of the models.
fn prices_of<'a>(
    view: &View<'a>,
    maker: Maker<'a>,
    by_maker: &[BTreeMap<Maker<'a>, &'a Offer>],
    citations: &mut Citations<'a>,
) -> Row {
    let blended: Vec<Option<Decimal>> =
        by_maker.iter().map(|makers| makers.get(&maker)?.prices.blended(view.cx.today)).collect();
    let cells = by_maker.iter().zip(&blended).enumerate().map(|(at, (makers, amount))| {
        let Some(offer) = makers.get(&maker) else { return Cell::figure(Figure::words("not served")) };
        let Some(amount) = *amount else { return Cell::figure(Figure::words("cannot be worked out")) };
        let cell = Cell::figure(Figure::dollars(amount)).marked(mark(view, offer, citations));
        match blended[0].filter(|_| at > 0) {
            Some(first) => cell.related(Ok(Relation::of(amount, first)), of_price),
            None => cell,
        }
    });
    Row { name: maker.0.to_owned(), detail: String::new(), cells: cells.collect() }
}

fn note(view: &View<'_>, shared: usize) -> String {
    let whom = if view.all.len() == 2 { "both" } else { "more than one of them" };
    let served = match shared {
        0 => format!("Nobody serves {whom}."),
        1 => format!("One provider serves {whom}."),
        shared => format!("{} serve {whom}.", counted(shared, "provider")),
    };
    let shown = if shared > MOST_PROVIDERS {
        format!(" The first {MOST_PROVIDERS} by name are shown; the others stand on the cards.")
    } else {
        String::new()
    };
    format!("{served}{shown} Of each provider its cheapest offer counts; offers at no charge are trials and come last.")
}
