//! All comparisons: those that the settings name, and each deprecated or retired model with its successor.

#[cfg(test)]
mod tests;

use askama::Template;

use super::comparison::words::{self, Compared};
use super::paging::{self, MOST_ROWS, Pager};
use super::text::{self, counted, first_that_fits, fitting};
use super::{Context, DateWords, Head, Layout, Page, link_base};
use crate::catalog::{Model, SideBySide, Status, moves_to};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// The list of all comparisons.
#[derive(Debug, Template)]
#[template(path = "pages/compare.html")]
struct ComparePage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    lead: String,
    /// Those of the settings that stand on this page.
    curated: Vec<Line>,
    /// Deprecated and retired models with their successors that stand on this page.
    moves: Vec<Line>,
    pager: Option<Pager>,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// `o3-mini vs GPT-5.4 mini`
    name: String,
    href: String,
    /// Whether the model that is left is served today, and until when or since when not.
    state: &'static str,
    /// The last day.
    date: Option<DateWords>,
    /// What differs.
    words: String,
}

/// How many pages so many comparisons take; none where there is nothing to list.
pub(super) fn pages(comparisons: usize) -> usize {
    if comparisons == 0 { 0 } else { paging::pages(comparisons, MOST_ROWS) }
}

/// A page of the list, counted from one.
pub(super) fn render(cx: &Context<'_>, page: usize) -> Option<Page> {
    let url = urls::page_of(&urls::comparisons(), page);
    Some(Page::new(url, "the list of comparisons", None, &view(cx, page)?, Vec::new()))
}

fn view(cx: &Context<'_>, page: usize) -> Option<ComparePage> {
    let all = cx.listings.comparisons(cx.catalog);
    let shown = all.get(paging::on_page(page, all.len(), MOST_ROWS)?)?;
    let list = urls::comparisons();
    let url = urls::page_of(&list, page);
    let base = link_base(cx.catalog, &url);
    let lines = |curated: bool| -> Vec<Line> {
        shown.iter().filter(|set| set.curated == curated).filter_map(|set| line(cx, set, &base)).collect()
    };
    let curated = all.iter().filter(|set| set.curated).count();
    let lead = lead(curated, all.len() - curated);
    let (title, description) = title_and_description(&lead, page, pages(all.len()));
    let head = Head { url: &url, title, description, kind: "website", sheet: Sheet::List, scripts: &[], as_of: None };
    Some(ComparePage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        lead,
        curated: lines(true),
        moves: lines(false),
        pager: Pager::new(&list, page, pages(all.len()), &base),
    })
}

fn line(cx: &Context<'_>, set: &SideBySide, base: &LinkBase) -> Option<Line> {
    let models: Vec<&Model> = set.models.iter().map(|id| cx.catalog.models.get(id)).collect::<Option<_>>()?;
    let names = words::names(cx.catalog, &models);
    let all: Vec<Compared<'_>> =
        models.iter().zip(&names).map(|(model, name)| Compared::new(cx, model, name)).collect();
    let (first, others) = all.split_first()?;
    let words: Vec<String> = match others {
        // Who moves asks what the successor changes.
        [other] if moves_to(cx.catalog, first.model).is_some_and(|to| to.id == other.model.id) => {
            vec![words::differences(cx, other, first)]
        }
        [other] => vec![words::differences(cx, first, other)],
        others => others.iter().map(|other| words::differences(cx, other, first)).collect(),
    };
    let retired = first.model.dates.retired.known().copied();
    Some(Line {
        name: names.join(" vs "),
        href: base.href(&urls::comparison(cx.catalog, &set.models)),
        state: match (first.model.status, retired) {
            (Status::Retired, Some(_)) => "last served",
            (Status::Retired, None) => "no longer served",
            (_, Some(_)) => "served until",
            (_, None) => "still served",
        },
        date: retired.map(DateWords::from),
        words: words.join(" "),
    })
}

fn lead(curated: usize, moves: usize) -> String {
    let moves_in_words = match moves {
        0 => None,
        1 => Some("one deprecated or retired model beside its successor".to_owned()),
        moves => Some(format!("{} beside their successors", counted(moves, "deprecated or retired model"))),
    };
    let curated = match curated {
        0 => None,
        1 => Some("One comparison of models that people weigh against each other".to_owned()),
        curated => Some(format!("{} of models that people weigh against each other", counted(curated, "comparison"))),
    };
    match (curated, moves_in_words) {
        (Some(curated), Some(moves)) => format!("{curated}, and {moves}."),
        (Some(words), None) => format!("{words}."),
        (None, words) => format!("{}.", text::capital(&words.unwrap_or_default())),
    }
}

fn title_and_description(lead: &str, page: usize, pages: usize) -> (String, String) {
    let titles = [format!("AI models compared{}", paging::title_end(page))];
    let sentences = [
        paging::page_sentence(page, pages),
        Some(lead.to_owned()),
        Some("Prices, limits, offers and benchmark results side by side.".to_owned()),
    ];
    (first_that_fits(titles, text::TITLE), fitting(sentences.into_iter().flatten(), text::DESCRIPTION))
}
