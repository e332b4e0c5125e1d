//! The catalogue: every model in one table, what stands out, what is new.

mod highlights;
mod news;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use self::highlights::Highlight;
use self::news::Line;
use self::table::Table;
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{Benchmark, Charge, Date, Direction, Model, ModelId, Offer, Score, Weights, decimals};
use crate::theme::{Script, Sheet};
use crate::urls::{self, LinkBase};

/// So many models stand in the table; all others are listed by developer.
const MOST_ROWS: usize = 200;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Home {
    layout: Layout,
    lead: String,
    plate: Vec<Entry>,
    highlights: Vec<Highlight>,
    featured: Vec<Pick>,
    developers: Vec<String>,
    table: Table,
    beyond: Vec<Shelf>,
    beyond_words: String,
    news: Vec<Line>,
}

/// A term and what is said of it.
struct Entry {
    term: &'static str,
    words: String,
}

/// A featured model.
struct Pick {
    name: String,
    href: String,
    note: String,
}

/// The models of one developer that are not in the table.
struct Shelf {
    developer: String,
    models: Vec<Pick>,
}

/// A model with what the catalogue says of it, looked up once.
#[derive(Clone, Copy)]
struct Entrant<'a> {
    model: &'a Model,
    developer: &'a str,
    /// The score on the first headline index.
    score: Option<&'a Score>,
    /// Whose prices are shown.
    offer: Option<&'a Offer>,
    blended: Option<rust_decimal::Decimal>,
}

impl Entrant<'_> {
    /// `OpenAI, $1.925 blended`
    fn developer_and_price(&self) -> String {
        match self.blended {
            Some(blended) if blended.is_zero() => format!("{}, no charge", self.developer),
            Some(blended) => format!("{}, {} blended", self.developer, dollars(blended)),
            None => self.developer.to_owned(),
        }
    }
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    let url = urls::home();
    let base = link_base(cx.catalog, &url);
    let entrants = entrants(cx);
    let settings = &cx.catalog.settings;
    let title =
        settings.tagline.as_ref().map_or_else(|| settings.title.clone(), |line| format!("{}: {line}", settings.title));
    let makers: BTreeSet<&str> = entrants.iter().map(|entrant| entrant.developer).collect();
    let facts = format!("{} AI models from {}", entrants.len(), counted(makers.len(), "developer"));
    let layout = Layout::new(
        cx,
        Head {
            url: &url,
            title,
            description: format!(
                "{facts}: prices per 1M tokens, context windows and benchmark scores, each figure with its source and its date."
            ),
            kind: "website",
            sheet: Sheet::Catalogue,
            scripts: &[Script::Catalogue],
            as_of: entrants.iter().filter_map(|entrant| as_of(entrant, cx)).max(),
        },
    );
    let (shown, beyond) = entrants.split_at(entrants.len().min(MOST_ROWS));
    let page = Home {
        layout,
        lead: settings.description.clone().unwrap_or_else(|| {
            format!("{facts}: what each costs, how long a prompt it takes, and how well it does, with source and date.")
        }),
        plate: plate(cx, &makers),
        highlights: highlights::of(cx, &entrants, &base),
        featured: featured(cx, &entrants, &base),
        developers: makers.iter().map(|&name| name.to_owned()).collect(),
        table: Table::new(cx, shown, &base),
        beyond: shelves(beyond, &base),
        beyond_words: format!("The table shows the first {} of {} models.", shown.len(), entrants.len()),
        news: news::of(cx, &base),
    };
    Page::new(url, "the catalogue", None, &page, Vec::new())
}

/// Every model, best first by the first headline index; without a score there come those that can be used, newest first.
fn entrants<'a>(cx: &Context<'a>) -> Vec<Entrant<'a>> {
    let index = cx.catalog.settings.headline.first();
    let lower = index.and_then(|id| cx.catalog.benchmarks.get(id)).is_some_and(lower_is_better);
    let mut entrants: Vec<Entrant<'a>> = cx
        .catalog
        .models
        .values()
        .map(|model| {
            let offer = model.reference_offer(cx.today).or_else(|| cheapest_by_other_units(model, cx.today));
            Entrant {
                model,
                developer: &cx.catalog.developer(model).name,
                score: index.and_then(|id| cx.rankings.ranked_score(model, id)),
                offer,
                blended: offer.and_then(|offer| offer.prices.blended(cx.today)),
            }
        })
        .collect();
    entrants.sort_by(|a, b| {
        let by_score = match (a.score, b.score) {
            (Some(a), Some(b)) if lower => a.value.0.cmp(&b.value.0),
            (Some(a), Some(b)) => b.value.0.cmp(&a.value.0),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let released = |entrant: &Entrant<'_>| entrant.model.dates.released.known().copied();
        let unscored = || a.model.status.cmp(&b.model.status).then_with(|| released(b).cmp(&released(a)));
        by_score
            .then_with(|| if a.score.is_none() { unscored() } else { std::cmp::Ordering::Equal })
            .then_with(|| (&a.model.name, &a.model.id).cmp(&(&b.model.name, &b.model.id)))
    });
    entrants
}

/// The cheapest offer of a model that is not sold by tokens: by the first price that has a unit of its own.
fn cheapest_by_other_units(model: &Model, today: Date) -> Option<&Offer> {
    let price = |offer: &Offer| {
        offer.prices.on(today).find_map(|price| match &price.charge {
            Charge::Amount(money) if money.currency.is_usd() => Some((price.unit, money.amount)),
            _ => None,
        })
    };
    let priced = model.offers.iter().filter_map(|offer| Some((price(offer)?, offer)));
    priced.min_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.sort_key().cmp(&y.sort_key()))).map(|(_, offer)| offer)
}

/// The newest date of a source of what a row says.
fn as_of(entrant: &Entrant<'_>, cx: &Context<'_>) -> Option<Date> {
    let prices = entrant
        .offer
        .into_iter()
        .flat_map(|offer| offer.prices.on(cx.today))
        .filter_map(|price| price.provenance.as_of);
    let score = entrant.score.and_then(|score| score.provenance.as_of);
    prices.chain(score).chain(entrant.model.provenance.as_of).max()
}

fn plate(cx: &Context<'_>, makers: &BTreeSet<&str>) -> Vec<Entry> {
    let models = || cx.catalog.models.values();
    let weighted = |wanted| models().filter(|model| model.weights.known() == Some(&wanted)).count();
    let (open, closed) = (weighted(Weights::Open), weighted(Weights::Closed));
    let unknown = cx.catalog.models.len() - open - closed;
    let offers = models().map(|model| model.offers.len()).sum();
    let servers: BTreeSet<_> =
        models().flat_map(|model| &model.offers).filter_map(|offer| offer.provider.as_ref()).collect();
    let used: BTreeSet<_> = models().flat_map(|model| &model.scores).map(|score| &score.benchmark).collect();
    let scores = models().map(|model| model.scores.len()).sum();
    let mut plate = vec![Entry {
        term: "Models",
        words: format!("{} from {}", cx.catalog.models.len(), counted(makers.len(), "developer")),
    }];
    if open + closed > 0 {
        let rest = if unknown > 0 { format!(", {unknown} not known") } else { String::new() };
        plate.push(Entry { term: "Weights", words: format!("{open} open, {closed} closed{rest}") });
    }
    if !servers.is_empty() {
        let words = format!("{} by {}", counted(offers, "offer"), counted(servers.len(), "provider"));
        plate.push(Entry { term: "Prices", words });
    }
    if !used.is_empty() {
        plate.push(Entry {
            term: "Scores",
            words: format!("{} on {}", group(scores), counted(used.len(), "benchmark")),
        });
    }
    plate
}

fn featured(cx: &Context<'_>, entrants: &[Entrant<'_>], base: &LinkBase) -> Vec<Pick> {
    let by_id: BTreeMap<&ModelId, &Entrant<'_>> = entrants.iter().map(|entrant| (&entrant.model.id, entrant)).collect();
    let pick = |id| by_id.get(id).map(|entrant| Pick::new(entrant, entrant.developer_and_price(), base));
    cx.catalog.settings.featured.iter().filter_map(pick).collect()
}

fn shelves(beyond: &[Entrant<'_>], base: &LinkBase) -> Vec<Shelf> {
    let mut by_developer: BTreeMap<&str, Vec<&Entrant<'_>>> = BTreeMap::new();
    for entrant in beyond {
        by_developer.entry(entrant.developer).or_default().push(entrant);
    }
    by_developer
        .into_iter()
        .map(|(developer, mut entrants)| {
            entrants.sort_by_key(|entrant| (&entrant.model.name, &entrant.model.id));
            let models = entrants.iter().map(|entrant| Pick::new(entrant, String::new(), base)).collect();
            Shelf { developer: developer.to_owned(), models }
        })
        .collect()
}

impl Pick {
    fn new(entrant: &Entrant<'_>, note: String, base: &LinkBase) -> Self {
        Self { name: entrant.model.name.clone(), href: base.href(&urls::model(entrant.model)), note }
    }
}

fn lower_is_better(benchmark: &Benchmark) -> bool {
    benchmark.direction == Direction::Lower
}

/// `$1.925`
fn dollars(amount: rust_decimal::Decimal) -> String {
    format!("${}", decimals(amount, 2))
}

/// `1 developer`, `1,200 offers`
fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", group(number))
}

fn group(number: usize) -> String {
    decimals(rust_decimal::Decimal::from(number), 0)
}

#[cfg(test)]
mod tests;
