//! The page at an old address, for hosts without redirects: it leads on at once, and has a link for who has to follow one.

use askama::Template;

use super::{AuthoredLink, Context, Page, link_base};
use crate::catalog::{Moved, MovedTo};
use crate::urls;

#[derive(Template)]
#[template(path = "pages/moved.html")]
struct MovedPage {
    lang: String,
    /// What stands at the new address.
    name: String,
    href: String,
    canonical: Option<String>,
    icon: String,
}

/// The page.
pub(super) fn render(cx: &Context<'_>, moved: &Moved) -> Page {
    let url = urls::moved(moved);
    let base = link_base(cx.catalog, &url);
    let settings = &cx.catalog.settings;
    let to = urls::moved_to(cx.catalog, moved);
    let href = base.href(&to);
    let (name, authored) = match &moved.to {
        MovedTo::Model(id) => (cx.catalog.models[id].name.clone(), Vec::new()),
        // The page may be missing; then it is told where it was written.
        MovedTo::Page(typed) => {
            let link = AuthoredLink { href: href.clone(), typed: typed.clone(), origin: moved.origin };
            let name = if to == urls::home() { settings.title.clone() } else { typed.clone() };
            (name, vec![link])
        }
    };
    let page = MovedPage {
        lang: settings.language.clone(),
        name,
        href,
        canonical: settings.base_url.as_ref().map(|url| to.absolute(url.as_str())),
        icon: base.href(cx.theme.icon()),
    };
    Page::new(url, format!("the old address `/{}`", moved.from), Some(moved.origin.file), &page, authored)
}
