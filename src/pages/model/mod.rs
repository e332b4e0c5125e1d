//! The card: everything about one model, from the top of its page to the bottom.
//!
//! Each section has a file that makes its view-model. They are made in the order of the page, since sources get
//! their numbers in the order in which they are first referred to.

mod benchmarks;
mod capabilities;
mod costs;
mod faq;
mod head;
mod history;
mod links;
mod meta;
mod offers;
mod prices;
mod scores;
mod similar;
mod snippets;
mod tiles;
mod unknowns;

use askama::Template;

use super::{Context, Head, Layout, Page, link_base, sources};
use crate::catalog::{Component, Developer, Model, Offer};
use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::theme::{Script, Sheet};
use crate::urls::{self, LinkBase, SiteUrl};

/// What the card takes from a source, as the list of sources says it.
const PRICES: &str = "prices";
const LIMITS: &str = "limits";
const DATES: &str = "dates";
const STATUS: &str = "status";
const MODALITIES: &str = "modalities";
const WEIGHTS: &str = "weights";
const OFFERS: &str = "offers";
const SCORES: &str = "scores";
const CAPABILITIES: &str = "capabilities";

/// What every section is made from.
struct Card<'a> {
    cx: &'a Context<'a>,
    model: &'a Model,
    developer: &'a Developer,
    /// The offer whose prices stand for the model.
    reference: Option<&'a Offer>,
    base: LinkBase,
}

impl Card<'_> {
    /// Name of who makes an offer.
    fn provider_name(&self, offer: &Offer) -> String {
        offer
            .provider
            .as_ref()
            .and_then(|id| self.cx.catalog.providers.get(id))
            .map_or_else(|| self.developer.name.clone(), |provider| provider.name.clone())
    }

    /// The offer by whose prices the model is told, though none of them may hold today.
    fn listed(&self) -> Option<&Offer> {
        self.reference.or_else(|| self.model.listed_offer(self.cx.today))
    }

    /// Link to another model's card.
    fn card_of(&self, model: &Model) -> String {
        self.base.href(&urls::model(model))
    }

    /// Whether the model reasons before it answers.
    fn reasons(&self) -> bool {
        self.model.has("reasoning") == Some(true)
    }

    fn has_price_of(&self, component: Component) -> bool {
        self.reference.is_some_and(|offer| offer.prices.on(self.cx.today).any(|price| price.component == component))
    }

    /// Whether a price of a component is on file, for whatever day.
    fn ever_had_price_of(&self, component: Component) -> bool {
        self.listed().is_some_and(|offer| offer.prices.prices.iter().any(|price| price.component == component))
    }

    /// The part of the rulers for a measure.
    fn ruler(&self, measure: &crate::catalog::Measure) -> String {
        format!("{}{}", self.base.href(&urls::rulers()), urls::ruler_fragment(measure))
    }
}

/// The page of one model.
#[derive(Debug, Template)]
#[template(path = "pages/model.html")]
struct ModelPage {
    layout: Layout,
    head: head::ModelHead,
    tiles: tiles::Tiles,
    contents: Vec<Content>,
    prices: prices::Prices,
    offers: Option<offers::Offers>,
    costs: Option<costs::Costs>,
    snippets: Option<snippets::Snippets>,
    benchmarks: Option<benchmarks::Benchmarks>,
    capabilities: Option<capabilities::Capabilities>,
    about: Option<Html>,
    faq: Option<faq::Faq>,
    similar: Option<similar::Similar>,
    links: Vec<links::LinkLine>,
    unknowns: Vec<unknowns::Unknown>,
    sources: sources::Sources,
}

/// A line of the card's own index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Content {
    id: &'static str,
    title: &'static str,
}

/// The card of a model, and what is wrong with the texts on it.
#[must_use]
pub(super) fn render(cx: &Context<'_>, model: &Model) -> (Page, Vec<Diagnostic>) {
    let url = urls::model(model);
    let producer = format!("model `{}`", model.id);
    let (view, authored_links, found) = view(cx, model, &url);
    (Page::new(url, producer, Some(model.origin.file), &view, authored_links), found)
}

fn view(cx: &Context<'_>, model: &Model, url: &SiteUrl) -> (ModelPage, Vec<super::AuthoredLink>, Vec<Diagnostic>) {
    let card = Card {
        cx,
        model,
        developer: cx.catalog.developer(model),
        reference: model.reference_offer(cx.today),
        base: link_base(cx.catalog, url),
    };
    let mut citations = sources::Citations::new(cx.catalog);
    let head = head::head(&card, &mut citations);
    let tiles = tiles::tiles(&card, &mut citations);
    let prices = prices::prices(&card, &mut citations);
    let offers = offers::offers(&card, &mut citations);
    let costs = costs::costs(&card);
    let snippets = snippets::snippets(&card);
    let benchmarks = benchmarks::benchmarks(&card, &mut citations);
    let capabilities = capabilities::capabilities(&card, &mut citations);
    let mut texts = faq::Authored::default();
    let about = model.description.as_ref().and_then(|description| texts.about(&card, description));
    let faq = faq::faq(&card, &mut texts);
    let similar = similar::similar(&card);
    let links = links::links(model);
    let unknowns = unknowns::unknowns(&card);
    let as_of = citations.as_of();
    let report = cx.catalog.settings.report_url.as_deref().map(|template| urls::report(template, model.id.as_str()));
    let sources = citations.finish(report);
    let (title, description) = meta::title_and_description(&card);
    let layout = Layout::new(
        cx,
        Head { url, title, description, kind: "article", sheet: Sheet::Card, scripts: &[Script::Card], as_of },
    );
    let contents = [
        ("price", "Price", true),
        ("offers", "Providers", offers.is_some()),
        ("work", "Typical costs", costs.is_some()),
        ("api", "API", snippets.is_some()),
        ("bench", "Benchmarks", benchmarks.is_some()),
        ("caps", "Capabilities", capabilities.is_some()),
        ("about", "About", about.is_some()),
        ("faq", "Questions", faq.is_some()),
        ("sim", "Alternatives", similar.is_some()),
        ("media", "Media", !links.is_empty()),
        ("unk", "Not known", !unknowns.is_empty()),
        ("srcs", "Sources", true),
    ]
    .into_iter()
    .filter_map(|(id, title, is_there)| is_there.then_some(Content { id, title }))
    .collect();
    let page = ModelPage {
        layout,
        head,
        tiles,
        contents,
        prices,
        offers,
        costs,
        snippets,
        benchmarks,
        capabilities,
        about,
        faq,
        similar,
        links,
        unknowns,
        sources,
    };
    (page, texts.links, texts.found)
}

#[cfg(test)]
mod tests;
