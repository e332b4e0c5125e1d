//! `sitemap.xml`: the address of every page that is to be found. Needs the site's own address, since the protocol takes whole URLs only.

use askama::Template;

use super::{Export, Exported};
use crate::pages::{self, Context, Subject};
use crate::urls::{self, SiteUrl};

pub(super) const EXPORT: Export = Export { name: "sitemap.xml", path: "sitemap", run };

/// What the protocol lets one file hold: <https://www.sitemaps.org/protocol.html>.
const MOST_URLS: usize = 50_000;

#[derive(Template)]
#[template(path = "exports/sitemap.xml")]
struct Sitemap {
    pages: Vec<String>,
}

#[derive(Template)]
#[template(path = "exports/sitemap_index.xml")]
struct SitemapIndex {
    parts: Vec<String>,
}

fn run(cx: &Context<'_>) -> Vec<Exported> {
    let Some(base_url) = cx.catalog.settings.base_url.as_ref().map(|url| url.as_str()) else { return Vec::new() };
    let found = |(_, subject): &(SiteUrl, Subject)| !matches!(subject, Subject::NotFound | Subject::Moved(_));
    let pages = pages::list(cx).into_iter().filter(found);
    let pages: Vec<String> = pages.map(|(url, _)| url.absolute(base_url)).collect();
    if pages.len() <= MOST_URLS {
        return vec![exported(urls::sitemap(), &Sitemap { pages })];
    }
    let parts: Vec<Exported> = pages
        .chunks(MOST_URLS)
        .enumerate()
        .map(|(part, pages)| exported(urls::sitemap_part(part + 1), &Sitemap { pages: pages.to_vec() }))
        .collect();
    let index = SitemapIndex { parts: parts.iter().map(|part| part.url.absolute(base_url)).collect() };
    std::iter::once(exported(urls::sitemap(), &index)).chain(parts).collect()
}

fn exported(url: SiteUrl, template: &impl Template) -> Exported {
    let text = template.render().expect("writing to a string fails only where a `Display` does, and none here does");
    Exported { url, bytes: text.into_bytes() }
}
