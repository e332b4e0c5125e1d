//! The same catalogue for programs: one file, one machine format, all of them in one table.

mod headers;
mod nojekyll;
mod redirects;
mod robots;
mod rulers;
mod sitemap;

use crate::pages::Context;
use crate::urls::{self, SiteUrl};

/// A finished file for programs.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Its address.
    pub url: SiteUrl,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A machine format.
#[derive(Clone, Copy)]
pub struct Export {
    /// Its name, for errors.
    pub name: &'static str,
    /// How the paths of its files begin.
    pub path: &'static str,
    /// Makes its files; none when the site lacks what the format needs.
    pub run: fn(&Context<'_>) -> Vec<Exported>,
}

/// Every machine format.
pub const EXPORTS: &[Export] =
    &[headers::EXPORT, nojekyll::EXPORT, redirects::EXPORT, robots::EXPORT, rulers::EXPORT, sitemap::EXPORT];

/// Whether an export takes this file of `static/` into itself, so that it is not copied as it is.
#[must_use]
pub fn takes(path: &str) -> bool {
    [urls::headers(), urls::nojekyll(), urls::redirects()].iter().any(|url| url.as_str() == path)
}

/// The text of a file of `static/` that an export takes into itself. A byte that is not UTF-8 becomes U+FFFD.
fn own_text<'a>(cx: &Context<'a>, url: &SiteUrl) -> std::borrow::Cow<'a, str> {
    own(cx, url).map_or("".into(), String::from_utf8_lossy)
}

/// The bytes of such a file, if the site has it.
fn own<'a>(cx: &Context<'a>, url: &SiteUrl) -> Option<&'a [u8]> {
    cx.statics.iter().find(|file| file.path == url.as_str()).map(|file| &*file.bytes)
}
