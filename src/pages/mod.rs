//! Pages: one file, one page, one view-model, one template of the same stem.
//!
//! A view-model carries finished words, links and order; the template only places them.

mod column;
mod free_page;
mod home;
mod layout;
mod model;
mod moved;
mod not_found;

pub use column::Column;
pub use layout::{DateWords, Head, Layout, NavigationLink, OperatorWords, base_path, link_base};

use askama::Template;
use rayon::prelude::*;

use crate::catalog::{Catalog, Date, NavigationTarget, Rankings};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin, StaticFile};
use crate::theme::Theme;
use crate::urls::{self, SiteUrl};

/// What every page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// All facts.
    pub catalog: &'a Catalog,
    /// Where each model stands.
    pub rankings: &'a Rankings,
    /// Stylesheet, scripts and icons.
    pub theme: &'a Theme,
    /// The site's own files, which are copied as they are.
    pub statics: &'a [StaticFile],
    /// The day for which the site is built.
    pub today: Date,
}

/// A finished page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address.
    pub url: SiteUrl,
    /// What made it, in words for an error.
    pub producer: String,
    /// Its HTML.
    pub html: String,
    /// The file of the content that it comes from; some come from no file alone.
    pub file: Option<FileId>,
    /// Links that an author wrote in Markdown, with their places, so that a broken one is shown where it stands.
    pub authored_links: Vec<AuthoredLink>,
}

impl Page {
    /// A page from its view-model.
    pub(crate) fn new(
        url: SiteUrl,
        producer: impl Into<String>,
        file: Option<FileId>,
        view: &impl Template,
        authored_links: Vec<AuthoredLink>,
    ) -> Self {
        let html = view.render().expect("writing to a string fails only where a `Display` does, and none here does");
        Self { url, producer: producer.into(), html, file, authored_links }
    }
}

/// Every page of the site, in a fixed order, and what is wrong with the texts that they show.
#[must_use]
pub fn render_all(cx: &Context<'_>) -> (Vec<Page>, Vec<Diagnostic>) {
    let cards = cx.catalog.models.par_iter().map(|(_, model)| model::render(cx, model));
    let free_pages = cx.catalog.pages.par_iter().map(|page| free_page::render(cx, page));
    let moved = cx.catalog.moved.par_iter().map(|moved| (moved::render(cx, moved), Vec::new()));
    let alone = [home::render, not_found::render].into_par_iter().map(|render| (render(cx), Vec::new()));
    let (pages, diagnostics): (Vec<_>, Vec<_>) = alone.chain(cards).chain(free_pages).chain(moved).unzip();
    (pages, diagnostics.into_iter().flatten().collect())
}

/// The own links of the navigation as they stand on the page at this address, each with its place in the settings.
#[must_use]
pub fn in_navigation(catalog: &Catalog, here: &SiteUrl) -> Vec<(String, Origin)> {
    let base = link_base(catalog, here);
    let own = catalog.settings.navigation.iter().filter_map(|item| match &item.target {
        NavigationTarget::Page(path) => Some((base.href(&urls::authored(path)), item.origin)),
        NavigationTarget::Web(_) => None,
    });
    own.collect()
}

/// A link that an author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthoredLink {
    /// The link as it stands in the page.
    pub href: String,
    /// The link as its author typed it.
    pub typed: String,
    /// Where it was written.
    pub origin: Origin,
}
