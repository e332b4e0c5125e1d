//! Changes as lines of a list: what kind, which model and what of it, when.

use super::words;
use crate::catalog::{Change, Model, Offer, PriceChange, What};
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::Text;
use crate::pages::{Context, DateWords};
use crate::urls::{self, LinkBase};

/// What the page takes from a source, as the list of sources says it.
pub(super) const PRICES: &str = "prices";
const DATES: &str = "dates";

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Line {
    /// `release`, `price`
    pub kind: &'static str,
    /// The model and what happened to it.
    pub text: Text,
    /// When.
    pub date: DateWords,
}

/// What is named beside the model, since the page does not say it once for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Beside {
    /// Its developer, and the provider of an offer.
    All,
    /// Nothing: they are those of one developer.
    OfDeveloper,
    /// Nothing: they are offers of one provider.
    OfProvider,
}

/// Changes that are told together.
pub(super) enum Told<'a> {
    /// A date of a model.
    Date(Change<'a>),
    /// Prices of one offer, on one date: what moved or began, or what ended. The change is the first of them.
    Prices(Change<'a>, &'a Offer, Vec<PriceChange<'a>>),
}

/// The changes in their order, up to so many lines; what happened to the prices of one offer on one date is told together.
pub(super) fn together<'a>(changes: impl Iterator<Item = Change<'a>>, most: usize) -> Vec<Told<'a>> {
    let mut told: Vec<Told<'a>> = Vec::new();
    for change in changes {
        if let Some(Told::Prices(first, held, prices)) = told.last_mut()
            && change.what.offer().is_some_and(|offer| std::ptr::eq(*held, offer))
            && (first.date, first.what.ends()) == (change.date, change.what.ends())
        {
            prices.extend(change.what.prices());
            continue;
        }
        if told.len() == most {
            break;
        }
        told.push(match change.what.offer() {
            Some(offer) => {
                let prices = change.what.prices().to_vec();
                Told::Prices(change, offer, prices)
            }
            None => Told::Date(change),
        });
    }
    told
}

/// The lines of a list, at most so many.
pub(super) fn lines<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    changes: impl Iterator<Item = Change<'a>>,
    beside: Beside,
    most: usize,
    citations: &mut Citations<'a>,
) -> Vec<Line> {
    together(changes, most).iter().map(|told| line(cx, base, told, beside, citations)).collect()
}

pub(super) fn line<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    told: &Told<'a>,
    beside: Beside,
    citations: &mut Citations<'a>,
) -> Line {
    match told {
        Told::Date(change) => date(cx, base, change, beside, citations),
        Told::Prices(change, offer, prices) => {
            let mut text = linked(base, change.model);
            if beside == Beside::All {
                text = text.say(format!(" {}", by_whom(cx, change.model, offer)));
            }
            for term in [&offer.region, &offer.quantization].into_iter().flatten() {
                text = text.say(format!(", {term}"));
            }
            if change.is_ahead(cx.today) {
                let word = if change.what.ends() { ", until " } else { ", from " };
                text = text.say(word).date(change.date);
            }
            text = text.say(format!(": {}", words::sentence(prices)));
            for mark in marks(prices, citations) {
                text = text.mark(Some(mark));
            }
            Line { kind: "price", text, date: change.date.into() }
        }
    }
}

/// The sources of prices, each once: of those after, and of those before.
pub(super) fn marks<'a>(prices: &[PriceChange<'a>], citations: &mut Citations<'a>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let both = prices.iter().flat_map(|change| [change.after(), change.before()]).flatten();
    for price in both {
        marks.extend(citations.cite(&price.provenance, PRICES).filter(|mark| !marks.contains(mark)));
    }
    marks.sort_by_key(|mark| mark.number);
    marks
}

/// `by Acme`, `at Relay`
pub(super) fn by_whom(cx: &Context<'_>, model: &Model, offer: &Offer) -> String {
    let provider = offer.provider.as_ref().filter(|_| !offer.own).and_then(|id| cx.catalog.providers.get(id));
    match provider {
        Some(provider) => format!("at {}", provider.name),
        None => format!("by {}", cx.catalog.developer(model).name),
    }
}

fn linked(base: &LinkBase, model: &Model) -> Text {
    Text::default().link(model.name.clone(), base.href(&urls::model(model)))
}

fn date<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    change: &Change<'a>,
    beside: Beside,
    citations: &mut Citations<'a>,
) -> Line {
    let model = change.model;
    let mut text = linked(base, model);
    if beside != Beside::OfDeveloper {
        text = text.say(format!(" by {}", cx.catalog.developer(model).name));
    }
    let (kind, fact, with_successor) = match change.what {
        What::Announced => ("announcement", &model.dates.announced, false),
        What::Deprecated => ("deprecation", &model.dates.deprecated, true),
        What::Retired => ("retirement", &model.dates.retired, true),
        _ => ("release", &model.dates.released, false),
    };
    let successor = model.successor.as_ref().and_then(|id| cx.catalog.models.get(id)).filter(|_| with_successor);
    if let Some(successor) = successor {
        text = text.say("; its successor is ").link(successor.name.clone(), base.href(&urls::model(successor)));
    }
    Line { kind, text: text.mark(citations.cite(&fact.provenance, DATES)), date: change.date.into() }
}
