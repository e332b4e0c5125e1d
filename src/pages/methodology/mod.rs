//! How the site is made: how its ranks, prices and statuses are worked out, what is not known, and on which sources it
//! rests. Every number is counted from the data.

mod counts;
mod rules;

use askama::Template;

use self::counts::{SourceTable, UnknownRow};
use super::free_page::{self, Authored, Questions};
use super::text::{Text, counted};
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{Catalog, FreePage};
use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::theme::Sheet;
use crate::urls;

/// The page.
#[derive(Template)]
#[template(path = "pages/methodology.html")]
struct Methodology {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    title: String,
    lead: String,
    /// What the site's author says first.
    body: Html,
    questions: Option<Questions>,
    rules: Vec<Section>,
    /// What of how many models is not known.
    unknown: Vec<UnknownRow>,
    unknown_note: String,
    sources: SourceTable,
}

/// A matter and the rules about it, a paragraph each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    id: &'static str,
    title: &'static str,
    rules: Vec<Text>,
}

/// What the site's author says on this page: the free page of its path, which is no page of its own.
fn own_words(catalog: &Catalog) -> Option<&FreePage> {
    catalog.pages.iter().find(|page| is_part(page))
}

/// Whether a free page is the head of this one.
pub(super) fn is_part(page: &FreePage) -> bool {
    urls::free_page(page) == urls::methodology()
}

/// The page, and what is wrong with the author's words on it.
pub(super) fn render(cx: &Context<'_>) -> (Page, Vec<Diagnostic>) {
    let url = urls::methodology();
    let own = own_words(cx.catalog);
    let authored = own.map(|page| free_page::authored(page, &link_base(cx.catalog, &url))).unwrap_or_default();
    let view = view(cx, &authored);
    let (links, found) = (authored.links, authored.found);
    (Page::new(url, "the page of the methodology", own.and_then(FreePage::file), &view, links), found)
}

fn view(cx: &Context<'_>, authored: &Authored) -> Methodology {
    let url = urls::methodology();
    let base = link_base(cx.catalog, &url);
    let survey = cx.listings.survey(cx.catalog, cx.rankings, cx.today);
    let title = authored.title.clone().unwrap_or_else(|| "Methodology".to_owned());
    let (figures, models) = (counted(survey.figures.all, "figure"), counted(survey.models, "model"));
    let head = Head {
        url: &url,
        title: title.clone(),
        description: format!(
            "Sources of {figures} about {models}, how ranks, blended prices and costs are worked out, and what is not known."
        ),
        kind: "article",
        sheet: Sheet::Plain,
        scripts: &[],
        as_of: None,
    };
    Methodology {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        title,
        lead: format!(
            "{models}, {figures}: where they come from, how everything else is worked out, and what is not known. \
             The rules are those of the program that makes these pages, and the numbers are counted from its data."
        ),
        body: authored.body.clone(),
        questions: authored.questions.clone(),
        rules: rules::sections(cx, survey),
        unknown: counts::unknown(cx, survey),
        unknown_note: counts::unknown_note(survey),
        sources: counts::sources(cx, survey),
    }
}

#[cfg(test)]
mod tests;
