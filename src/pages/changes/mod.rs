//! What changed and what will: prices, releases, deprecations, retirements, from the dates of the catalogue.
//!
//! One page while it holds all. Beyond that the newest and what is ahead stand on it, and each year has pages of its own,
//! which read forward: they fill from January on, so that something new changes the last page of its year alone.

mod lines;
mod section;
mod table;
pub(super) mod words;

use askama::Template;

pub(super) use self::lines::Beside;
use self::lines::Told;
use self::lines::{Line, lines};
pub(super) use self::section::{Section, section};
use self::table::Moved;
pub(super) use self::words::{conditions, difference};

use super::paging::{self, MOST_ROWS, Pager};
use super::sources::{Citations, Sources};
use super::text::{counted, listed};
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{Catalog, Change, Changes, Listings, Model, What};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase, SiteUrl};

/// The page of changes, or one of a year.
#[derive(Debug, Template)]
#[template(path = "pages/changes.html")]
struct ChangesPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// On the page of a year the link to all changes.
    all: Option<String>,
    /// What it is called in the way to it.
    crumb: String,
    title: String,
    lead: String,
    /// Years and what is ahead, as links.
    jump: Vec<Jump>,
    /// What is ahead.
    ahead: Option<Ahead>,
    months: Vec<Month>,
    pager: Option<Pager>,
    sources: Sources,
}

/// A link to a part of the changes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Jump {
    words: String,
    href: String,
}

/// What has not happened yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ahead {
    note: String,
    /// Retirements.
    retired: Vec<Line>,
    /// All else.
    others: Vec<Line>,
}

/// What changed in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Month {
    /// Its name in the page.
    id: String,
    /// `March 2026`
    title: String,
    /// `2 price changes and 1 release`
    note: String,
    prices: Vec<Moved>,
    lines: Vec<Line>,
}

/// The years with pages of their own, each with how many pages it takes; none as long as one page holds all changes.
pub(super) fn years(catalog: &Catalog, listings: &Listings) -> Vec<(i16, usize)> {
    let changes = listings.changes(catalog);
    if changes.len() <= MOST_ROWS {
        return Vec::new();
    }
    changes.years().map(|(year, count)| (year, paging::pages(count, MOST_ROWS))).collect()
}

/// What of a model decides how many pages there are: of each change its year.
pub(super) fn years_of(model: &Model) -> Vec<i16> {
    model.changes().iter().map(|change| change.date.year()).collect()
}

/// The page of changes.
pub(super) fn render(cx: &Context<'_>) -> Page {
    Page::new(urls::changes(), "the list of changes", None, &view(cx), Vec::new())
}

/// A page of a year; pages are counted from one.
pub(super) fn render_year(cx: &Context<'_>, year: i16, page: usize) -> Option<Page> {
    let url = urls::page_of(&urls::changes_of(year), page);
    Some(Page::new(url, "the list of changes", None, &view_of_year(cx, year, page)?, Vec::new()))
}

fn view(cx: &Context<'_>) -> ChangesPage {
    let url = urls::changes();
    let base = link_base(cx.catalog, &url);
    let changes = cx.listings.changes(cx.catalog);
    let years = years(cx.catalog, cx.listings);
    let is_whole = years.is_empty();
    // What is ahead and what has happened take half a page each where one page cannot hold both.
    let most = if is_whole { MOST_ROWS } else { MOST_ROWS / 2 };
    let mut citations = Citations::new(cx.catalog);
    let ahead = ahead(cx, &base, changes, most, &mut citations);
    let months = months(cx, &base, changes.newest(cx.today).take(most), is_whole, &mut citations);
    let mut jump: Vec<Jump> =
        ahead.iter().map(|_| Jump { words: "Ahead".to_owned(), href: "#ahead".to_owned() }).collect();
    jump.extend(if is_whole {
        jump_within(&months)
    } else {
        let link =
            |(year, _): &(i16, usize)| Jump { words: year.to_string(), href: base.href(&urls::changes_of(*year)) };
        years.iter().rev().map(link).collect()
    });
    let newest = changes.newest(cx.today).next().map(|change| change.date);
    let description = match newest {
        Some(date) => format!(
            "Price changes with their percentage, releases, deprecations and retirements of AI models, the newest first: up to {}, \
             and what is ahead.",
            date.long()
        ),
        None => "Price changes, releases, deprecations and retirements of AI models; none on file has a date yet."
            .to_owned(),
    };
    let lead = if changes.is_empty() {
        "Nothing on file has a date yet."
    } else {
        "What changed and what will: derived from the dates of prices, releases, deprecations and retirements on file."
    };
    let words = Words { url: &url, title: "Changes of AI models and their prices".to_owned(), description };
    ChangesPage {
        layout: layout(cx, words, &citations),
        home: base.href(&urls::home()),
        all: None,
        crumb: "changes".to_owned(),
        title: "Changes".to_owned(),
        lead: lead.to_owned(),
        jump: if jump.len() > 1 { jump } else { Vec::new() },
        ahead,
        months,
        pager: None,
        sources: citations.finish(None),
    }
}

fn view_of_year(cx: &Context<'_>, year: i16, page: usize) -> Option<ChangesPage> {
    let list = urls::changes_of(year);
    let url = urls::page_of(&list, page);
    let base = link_base(cx.catalog, &url);
    let changes = cx.listings.changes(cx.catalog).of_year(year);
    let places = paging::on_page(page, changes.len(), MOST_ROWS).filter(|places| !places.is_empty())?;
    let pages = paging::pages(changes.len(), MOST_ROWS);
    let mut citations = Citations::new(cx.catalog);
    let months = months(cx, &base, changes.between(places.clone()).in_order(), pages == 1, &mut citations);
    let lead = if pages == 1 {
        format!("{}, from the first month on.", counted(changes.len(), "change"))
    } else {
        // How many there are in all is not told, or every page would change with each of them.
        format!("The changes {} to {} of the year, from its first month on.", places.start + 1, places.end)
    };
    let end = if page == 1 { String::new() } else { format!(", page {page}") };
    let description = format!(
        "What changed about AI models in {year}, month by month: price changes with their percentage, releases, deprecations and \
         retirements{}.",
        if pages == 1 { String::new() } else { format!(". Page {page} of {pages}") }
    );
    let words = Words { url: &url, title: format!("Changes of AI models in {year}{end}"), description };
    Some(ChangesPage {
        layout: layout(cx, words, &citations),
        home: base.href(&urls::home()),
        all: Some(base.href(&urls::changes())),
        crumb: year.to_string(),
        title: format!("Changes in {year}"),
        lead,
        jump: Vec::new(),
        ahead: None,
        months,
        pager: Pager::new(&list, page, pages, &base),
        sources: citations.finish(None),
    })
}

struct Words<'a> {
    url: &'a SiteUrl,
    title: String,
    description: String,
}

fn layout(cx: &Context<'_>, words: Words<'_>, citations: &Citations<'_>) -> Layout {
    let Words { url, title, description } = words;
    let as_of = citations.as_of();
    Layout::new(cx, Head { url, title, description, kind: "website", sheet: Sheet::List, scripts: &[], as_of })
}

fn ahead<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    changes: Changes<'a>,
    most: usize,
    citations: &mut Citations<'a>,
) -> Option<Ahead> {
    let all = changes.number_ahead(cx.today);
    let retired = lines(cx, base, changes.retired_ahead(cx.today).take(most), Beside::All, most, citations);
    let others = changes.ahead(cx.today).filter(|change| !matches!(change.what, What::Retired));
    let others = others.take(most - retired.len());
    let others = lines(cx, base, others, Beside::All, most, citations);
    let rest = if all > most { " The rest stands on the pages of the years." } else { "" };
    let note = format!("What is dated but has not happened yet, the soonest first.{rest}");
    (all > 0).then_some(Ahead { note, retired, others })
}

/// The changes by month, in their order. Where they are not all of a month, its note says so.
fn months<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    changes: impl Iterator<Item = Change<'a>>,
    is_whole: bool,
    citations: &mut Citations<'a>,
) -> Vec<Month> {
    let changes: Vec<Change<'a>> = changes.collect();
    let month = |changes: &[Change<'a>]| {
        let date = changes[0].date.month();
        let mut prices = Vec::new();
        let mut lines = Vec::new();
        for told in lines::together(changes.iter().cloned(), usize::MAX) {
            match &told {
                Told::Prices(change, offer, moved) => {
                    prices.push(table::moved(cx, base, (change, offer), moved, citations));
                }
                Told::Date(_) => lines.push(lines::line(cx, base, &told, Beside::All, citations)),
            }
        }
        let note = format!("{}{}.", tally(changes), if is_whole { "" } else { " on this page" });
        Month { id: format!("m{date}"), title: date.in_full(), note, prices: table::aligned(prices), lines }
    };
    changes.chunk_by(|a, b| a.date.month() == b.date.month()).map(month).collect()
}

/// `2 price changes, 1 release and 1 retirement`
fn tally(changes: &[Change<'_>]) -> String {
    let kind = |what: &What<'_>| match what {
        What::Moved(..) | What::Begun(..) | What::Ended(..) => 0,
        What::Announced => 1,
        What::Released => 2,
        What::Deprecated => 3,
        What::Retired => 4,
    };
    let mut counts = ["price change", "announcement", "release", "deprecation", "retirement"].map(|noun| (0, noun));
    for change in changes {
        counts[kind(&change.what)].0 += 1;
    }
    let words: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    listed(&words)
}

/// A link to the first month of each year.
fn jump_within(months: &[Month]) -> Vec<Jump> {
    let year = |month: &Month| month.id.get(1..5).unwrap_or_default().to_owned();
    let firsts = months.chunk_by(|a, b| year(a) == year(b)).filter_map(<[Month]>::first);
    firsts.map(|month| Jump { words: year(month), href: format!("#{}", month.id) }).collect()
}

#[cfg(test)]
mod tests;
