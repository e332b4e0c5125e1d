//! The page for unknown addresses. Hosts serve it at any depth, so its links begin at the root of the host.

use askama::Template;

use super::{Context, Head, Layout, Page};
use crate::theme::Sheet;
use crate::urls;

#[derive(Template)]
#[template(path = "pages/not_found.html")]
struct NotFound {
    layout: Layout,
    home: String,
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    let url = urls::not_found();
    let layout = Layout::new(
        cx,
        Head {
            url: &url,
            title: "Page not found".to_owned(),
            description: format!("There is no page of {} at this address.", cx.catalog.settings.title),
            kind: "website",
            sheet: Sheet::Plain,
            scripts: &[],
            as_of: None,
        },
    );
    let page = NotFound { home: layout.home.clone(), layout };
    Page::new(url, "page `404.html`", None, &page, Vec::new())
}
