//! `robots.txt`: everything may be read, and where the sitemap is.

use super::{Export, Exported};
use crate::pages::Context;
use crate::urls;

pub(super) const EXPORT: Export = Export { name: "robots.txt", path: "robots.txt", run };

fn run(cx: &Context<'_>) -> Vec<Exported> {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base_url) = &cx.catalog.settings.base_url {
        text.push_str(&format!("\nSitemap: {}\n", urls::sitemap().absolute(base_url.as_str())));
    }
    vec![Exported { url: urls::robots(), bytes: text.into_bytes() }]
}
