//! Which files the folder is to have: those of the site, and compressed ones beside them where they are asked for.

use std::borrow::Cow;

use crate::compress::{self, Encoding};
use crate::site::{Site, SiteFile, SitePath};

/// A file that the folder is to have.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    pub(super) path: Cow<'a, SitePath>,
    /// The file of the site that it is, or that it is made from.
    pub(super) source: &'a SiteFile,
    /// How it is compressed, if it is a copy that stands beside the file of the site.
    pub(super) encoding: Option<Encoding>,
}

/// What is wanted for each file of the site, in the order of the paths; the file itself is the first.
///
/// Where the site has a file of its own at the path of a compressed one, an author made it, and it stays.
pub(super) fn wanted(site: &Site, precompress: bool) -> Vec<Vec<Wanted<'_>>> {
    let file = |(path, source)| {
        let plain = Wanted { path: Cow::Borrowed(path), source, encoding: None };
        let compressed = if precompress { compressed(site, path, source) } else { Vec::new() };
        std::iter::once(plain).chain(compressed).collect()
    };
    site.iter().map(file).collect()
}

fn compressed<'a>(site: &Site, path: &SitePath, source: &'a SiteFile) -> Vec<Wanted<'a>> {
    if !compress::is_worth_it(path.as_str(), source.bytes.len()) {
        return Vec::new();
    }
    let beside = |encoding: Encoding| {
        let path = SitePath::new(format!("{path}{}", encoding.ending())).ok().filter(|path| !site.holds(path))?;
        Some(Wanted { path: Cow::Owned(path), source, encoding: Some(encoding) })
    };
    Encoding::ALL.into_iter().filter_map(beside).collect()
}
