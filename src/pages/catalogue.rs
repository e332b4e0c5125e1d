//! The further pages of the catalogue, where it has more models than stand on its first one.

use askama::Template;

use super::model_table::{ModelTable, Shown};
use super::paging::{self, MOST_WIDE_ROWS, Pager};
use super::text::grouped;
use super::view::{self, Group};
use super::{Context, Head, Layout, Page, headline, home, link_base, model_row};
use crate::theme::{Script, Sheet};
use crate::urls;

#[derive(Template)]
#[template(path = "pages/catalogue.html")]
struct Catalogue {
    layout: Layout,
    /// Link to the first page.
    home: String,
    /// `page 2 of 5`
    number: String,
    lead: String,
    table: ModelTable,
    pager: Option<Pager>,
    groups: Vec<Group>,
}

/// A page of it, counted from one; `None` where there is none.
pub(super) fn render(cx: &Context<'_>, page: usize) -> Option<Page> {
    let url = urls::page_of(&urls::home(), page);
    let base = link_base(cx.catalog, &url);
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let all = overview.counts.models;
    let places = paging::on_page(page, all, MOST_WIDE_ROWS)?;
    let [from, to, of] = [places.start + 1, places.end, all].map(grouped);
    let order = match headline::index(cx) {
        Some(index) => format!("best first by {}, then those without a score, newest first", index.name),
        None => "newest first".to_owned(),
    };
    let models = overview.models(cx.catalog, places);
    let head = Head {
        url: &url,
        title: format!("All AI models, page {page}"),
        description: format!(
            "AI models {from} to {to} of {of}: prices per 1M tokens, context windows, capabilities and scores."
        ),
        kind: "website",
        sheet: Sheet::Catalogue,
        scripts: &[Script::Catalogue],
        as_of: models.iter().filter_map(|model| model_row::as_of(cx, model)).max(),
    };
    let view = Catalogue {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        number: format!("page {page} of {}", home::pages(all)),
        lead: format!("Models {from} to {to} of {of}, {order}."),
        table: ModelTable::new(cx, &Shown { models, all, view: None }, &base),
        pager: Pager::new(&urls::home(), page, home::pages(all), &base),
        groups: view::groups(cx, &base, None),
    };
    Some(Page::new(url, "the catalogue", None, &view, Vec::new()))
}
