//! Where a path of the host leads in the site, as static hosts have it.

use super::request::percent_decoded;
use crate::urls::{self, LinkBase};

/// Where a path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// To this file of the site.
    File(String),
    /// To another address, for good or for as long as the settings say so.
    Elsewhere {
        /// The address, from the root of the host.
        location: String,
        /// Whether it will always lead there.
        permanent: bool,
    },
    /// To nothing.
    Nowhere,
}

/// Where this decoded path leads in a site that is served below `base_path` and has the files that `has` knows.
///
/// A folder is served by its `index.html`, and its address ends in a slash: without it, the links of the page would go
/// wrong. The root of the host leads to a site that is below it.
pub(super) fn place(base_path: &str, path: &str, query: Option<&str>, has: &dyn Fn(&str) -> bool) -> Place {
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let base = percent_decoded(base_path).unwrap_or_else(|| base_path.to_owned());
    let Some(path) = path.strip_prefix(base.as_str()) else {
        let above = base.starts_with(path) && path.ends_with('/') || base == format!("{path}/");
        let location = format!("{base_path}{query}");
        return if above { Place::Elsewhere { location, permanent: false } } else { Place::Nowhere };
    };
    let index = |folder: &str| format!("{folder}index.html");
    if path.is_empty() || path.ends_with('/') {
        let file = index(path);
        return if has(&file) { Place::File(file) } else { Place::Nowhere };
    }
    if has(path) {
        return Place::File(path.to_owned());
    }
    let folder = format!("{path}/");
    if has(&index(&folder)) {
        let location = LinkBase::Root(base_path.to_owned()).href(&urls::authored(&folder));
        return Place::Elsewhere { location: location + &query, permanent: true };
    }
    Place::Nowhere
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] =
        &["index.html", "404.html", "a b/index.html", "a b/c.svg", "models/x/é/index.html", "robots.txt"];

    fn at(base: &str, path: &str, query: Option<&str>) -> Place {
        place(base, path, query, &|file| FILES.contains(&file))
    }

    fn file(path: &str) -> Place {
        Place::File(path.to_owned())
    }

    fn to(location: &str, permanent: bool) -> Place {
        Place::Elsewhere { location: location.to_owned(), permanent }
    }

    #[test]
    fn a_folder_is_its_index_and_ends_in_a_slash() {
        assert_eq!(at("/", "/", None), file("index.html"));
        assert_eq!(at("/", "/index.html", None), file("index.html"));
        assert_eq!(at("/", "/models/x/é/", Some("q")), file("models/x/é/index.html"));
        assert_eq!(at("/", "/models/x/é", Some("q=%20")), to("/models/x/%C3%A9/?q=%20", true));
        assert_eq!(at("/", "/a b", None), to("/a%20b/", true));
        assert_eq!(at("/", "/robots.txt", None), file("robots.txt"));
        for path in ["/robots.txt/", "/models/", "/models", "/x", "//", "//a b", "/a b//", "//index.html", "/C:/x"] {
            assert_eq!(at("/", path, None), Place::Nowhere, "{path}");
        }
    }

    #[test]
    fn files_are_below_the_base_path_only() {
        assert_eq!(at("/cards/", "/cards/", None), file("index.html"));
        assert_eq!(at("/cards/", "/cards/a b", None), to("/cards/a%20b/", true));
        assert_eq!(at("/cards/", "/", Some("q")), to("/cards/?q", false));
        assert_eq!(at("/cards/", "/cards", None), to("/cards/", false));
        assert_eq!(at("/a/b/", "/a/", None), to("/a/b/", false));
        assert_eq!(at("/%C3%A9/", "/é/robots.txt", None), file("robots.txt"));
        assert_eq!(at("/%C3%A9/", "/", None), to("/%C3%A9/", false));
        for path in ["/index.html", "/robots.txt", "/card", "/cardsindex.html", "/cards//"] {
            assert_eq!(at("/cards/", path, None), Place::Nowhere, "{path}");
        }
    }
}
