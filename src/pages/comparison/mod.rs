//! Models side by side: what differs, in words and figures, and what cannot be compared.
//!
//! Two to four models; each is compared with the first. A deprecated or retired model stands beside its successor.

mod cell;
mod facts;
mod offers;
mod prices;
mod scores;
#[cfg(test)]
mod tests;
pub(super) mod words;

use askama::Template;

use self::words::Compared;
use super::model_row::status;
use super::paging;
use super::sources::{Citations, Sources};
use super::text::{self, Text, first_that_fits, fitting, sentence};
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{Model, ModelId, SharedResults, SideBySide, Status, moves_to};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// What the page takes from a source, as the list of sources says it.
const FACTS: &str = "facts";
const PRICES: &str = "prices";
const OFFERS: &str = "offers";
const SCORES: &str = "scores";
const STATUS: &str = "status";

/// So many rows of prices, of shared providers and of results stand on the page: with the facts no more than a page holds.
const MOST_PRICES: usize = paging::MOST_ROWS * 2 / 5;
const MOST_PROVIDERS: usize = paging::MOST_ROWS / 5;
const MOST_RESULTS: usize = paging::MOST_ROWS / 5;

/// What every section is made from.
struct View<'a> {
    cx: &'a Context<'a>,
    /// The models: each is compared with the first.
    all: Vec<Compared<'a>>,
    base: LinkBase,
}

/// The page of one comparison.
#[derive(Debug, Template)]
#[template(path = "pages/comparison.html")]
struct ComparisonPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// Link to all comparisons.
    comparisons: String,
    /// `o3-mini vs GPT-5.4 mini`
    title: String,
    /// Whether the title is so long that it needs smaller type.
    long_title: bool,
    models: Vec<Name>,
    banner: Option<Text>,
    /// What differs, a paragraph each.
    lead: Vec<String>,
    /// Of whom the prices are, and what could not be compared.
    basis: String,
    facts: facts::Facts,
    prices: prices::Prices,
    offers: Option<offers::Offers>,
    scores: scores::Scores,
    /// Other comparisons that one of the models is in.
    others: Vec<Other>,
    sources: Sources,
}

/// So many other comparisons are named.
const OTHERS: usize = 8;

/// Another comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Other {
    name: String,
    href: String,
}

/// A model as the head names it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    name: String,
    href: String,
    developer: String,
    developer_page: String,
    /// Preview, deprecated or retired.
    status: Option<&'static str>,
}

/// The comparison of these models. `None` when one of them is not in the catalogue.
pub(super) fn render(cx: &Context<'_>, models: &[ModelId]) -> Option<Page> {
    let models: Vec<&Model> = models.iter().map(|id| cx.catalog.models.get(id)).collect::<Option<_>>()?;
    let ids: Vec<String> = models.iter().map(|model| format!("`{}`", model.id)).collect();
    let producer = format!("comparison of {}", text::listed(&ids));
    let page = view(cx, &models);
    Some(Page::new(url(cx, &models), producer, None, &page, Vec::new()))
}

fn url(cx: &Context<'_>, models: &[&Model]) -> urls::SiteUrl {
    let ids: Vec<ModelId> = models.iter().map(|model| model.id.clone()).collect();
    urls::comparison(cx.catalog, &ids)
}

fn view(cx: &Context<'_>, models: &[&Model]) -> ComparisonPage {
    let url = url(cx, models);
    let names = words::names(cx.catalog, models);
    let all: Vec<Compared<'_>> =
        models.iter().zip(&names).map(|(model, name)| Compared::new(cx, model, name)).collect();
    let view = View { cx, all, base: link_base(cx.catalog, &url) };
    let mut citations = Citations::new(cx.catalog);
    let move_ = view.move_();
    let banner = move_.map(|(old, new)| banner(cx, &old, &new, &mut citations));
    let shared = SharedResults::new(cx.catalog, models);
    let facts = facts::facts(&view, &mut citations);
    let prices = prices::prices(&view, &mut citations);
    let offers = offers::offers(&view, &mut citations);
    let scores = scores::scores(&view, &shared, &mut citations);
    let lead = lead(&view, &scores);
    let title = names.join(" vs ");
    let (head_title, description) = title_and_description(&title, &lead);
    let head = Head {
        url: &url,
        title: head_title,
        description,
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: citations.as_of(),
    };
    ComparisonPage {
        layout: Layout::new(cx, head),
        home: view.base.href(&urls::home()),
        comparisons: view.base.href(&urls::comparisons()),
        long_title: text::is_long_name(&title),
        title,
        models: view.all.iter().map(|one| view.name(one)).collect(),
        banner,
        lead,
        basis: view.basis(),
        facts,
        prices,
        offers,
        scores,
        others: view.others(),
        sources: citations.finish(None),
    }
}

impl<'a> View<'a> {
    /// The model that is left and the one that takes its place, when the page is about these two.
    fn move_(&self) -> Option<(Compared<'a>, Compared<'a>)> {
        let [one, other] = self.all[..] else { return None };
        let leads = |old: Compared<'a>, new: Compared<'a>| {
            moves_to(self.cx.catalog, old.model).filter(|to| to.id == new.model.id).map(|_| (old, new))
        };
        leads(one, other).or_else(|| leads(other, one))
    }

    fn name(&self, one: &Compared<'_>) -> Name {
        let developer = self.cx.catalog.developer(one.model);
        Name {
            name: one.name.to_owned(),
            href: self.base.href(&urls::model(one.model)),
            developer: developer.name.clone(),
            developer_page: self.base.href(&urls::developer(&developer.id)),
            status: status(one.model),
        }
    }

    /// Other comparisons that one of the models is in: those of the first model first.
    fn others(&self) -> Vec<Other> {
        let catalog = self.cx.catalog;
        let own: Vec<&ModelId> = self.all.iter().map(|one| &one.model.id).collect();
        let mut sets: Vec<&SideBySide> = Vec::new();
        for id in &own {
            // Of those that this one is among, it is itself at most one, and as many may be met already.
            for set in self.cx.listings.comparisons_with(catalog, id).take(2 * OTHERS + 1) {
                if !sets.contains(&set) && !set.models.iter().eq(own.iter().copied()) {
                    sets.push(set);
                }
            }
        }
        let named = |set: &SideBySide| {
            let models: Vec<&Model> = set.models.iter().filter_map(|id| catalog.models.get(id)).collect();
            let name = words::names(catalog, &models).join(" vs ");
            Other { name, href: self.base.href(&urls::comparison(catalog, &set.models)) }
        };
        sets.into_iter().take(OTHERS).map(named).collect()
    }

    /// The pairs that are told in words: what is compared, with what.
    fn pairs(&self) -> Vec<(Compared<'a>, Compared<'a>)> {
        match (self.move_(), &self.all[..]) {
            (Some((old, new)), _) => vec![(new, old)],
            (None, [one, other]) => vec![(*one, *other)],
            (None, [first, others @ ..]) => others.iter().map(|other| (*other, *first)).collect(),
            (None, []) => Vec::new(),
        }
    }

    /// Of whom the prices are, and what could not be compared.
    fn basis(&self) -> String {
        let refused = self.pairs();
        let refused = refused.iter().filter_map(|(this, other)| words::refusals(self.cx, this, other));
        let mut sentences = vec![words::basis(self.cx, &self.all)];
        sentences.extend(refused);
        sentences.join(" ")
    }
}

/// What differs: each other model beside the first, or what a move changes; then who leads on results.
fn lead(view: &View<'_>, scores: &scores::Scores) -> Vec<String> {
    let mut lead: Vec<String> =
        view.pairs().iter().map(|(this, other)| words::differences(view.cx, this, other)).collect();
    if let Some((old, new)) = view.move_() {
        let lacks = words::lacks(&old, &new).join(" ");
        lead.extend(Some(lacks).filter(|lacks| !lacks.is_empty()));
    }
    lead.push(scores.note.clone());
    lead
}

/// `o3-mini has been deprecated since 1 Feb 2026 and is served until 31 Dec 2026. Its successor GPT-5.4 mini came out on 17 Mar 2026.`
fn banner<'a>(cx: &Context<'_>, old: &Compared<'a>, new: &Compared<'a>, citations: &mut Citations<'a>) -> Text {
    let dates = &old.model.dates;
    let (deprecated, retired) = (dates.deprecated.known().copied(), dates.retired.known().copied());
    let mut text = Text::default().strong(old.name);
    text = match (old.model.status, deprecated, retired) {
        (Status::Retired, _, Some(date)) => text.say(" was turned off ").on(date),
        (Status::Retired, _, None) => {
            text.say(format!(" is no longer served by {}", cx.catalog.developer(old.model).name))
        }
        (_, Some(since), Some(until)) => {
            text.say(" has been deprecated since ").date(since).say(" and is served until ").date(until)
        }
        (_, Some(since), None) => {
            text.say(" has been deprecated since ").date(since).say("; no shut-off date is on file")
        }
        (_, None, Some(until)) => text.say(" is deprecated and served until ").date(until),
        (_, None, None) => text.say(" is deprecated; no shut-off date is on file"),
    };
    let fact = if retired.is_some() { &dates.retired } else { &dates.deprecated };
    let mark = citations.cite(&fact.provenance, STATUS).filter(|_| fact.known().is_some());
    text = text.mark(mark).say(".");
    let note = fact.provenance.note.as_deref().filter(|_| fact.known().is_some());
    text = note.map_or(text.clone(), |note| text.say(format!(" {}", sentence(note))));
    text = text.say(" Its successor ").strong(new.name);
    let came_out = new.model.came_out();
    text = match (new.model.status, came_out, new.model.dates.retired.known()) {
        (Status::Retired, _, _) => text.say(" is retired itself"),
        (Status::Deprecated, _, Some(until)) => text.say(" is deprecated itself and served until ").date(*until),
        (Status::Deprecated, _, None) => text.say(" is deprecated itself"),
        (Status::Preview, Some(day), _) => text.say(" is a preview and came out ").on(day),
        (Status::Preview, None, _) => text.say(" is a preview"),
        (Status::Active, Some(day), _) => text.say(" came out ").on(day),
        (Status::Active, None, _) => text.say(" takes its place"),
    };
    text.say(".")
}

fn title_and_description(title: &str, lead: &[String]) -> (String, String) {
    let titles = [format!("{title}: price, context, benchmarks"), format!("{title}: a comparison"), title.to_owned()];
    let mut sentences: Vec<String> = vec![format!("{title}.")];
    sentences.extend(lead.iter().cloned());
    sentences.push("Facts, prices, offers and scores side by side.".to_owned());
    (first_that_fits(titles, text::TITLE), fitting(sentences, text::DESCRIPTION))
}
