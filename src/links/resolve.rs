//! Start a URL on a page to the file and the place that it means.

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant {
    /// Something outside the site.
    Elsewhere,
    /// A place of this site: the path of a file, and the id in it, both decoded.
    Here {
        /// Path of the file, as it would be called in the site.
        path: String,
        /// The id, if the reference has one that has to be there.
        fragment: Option<String>,
    },
    /// Nothing that may stand on a page, and why.
    Unsafe(String),
    /// Nothing that can be reached, and why.
    Broken(&'static str),
}

/// Where the references of a page start from.
#[derive(Debug, Clone)]
pub(super) struct Start<'a> {
    /// Path of the page in the site.
    pub(super) page: &'a str,
    /// What its `<base href>` says.
    pub(super) base: Option<&'a str>,
    /// The path under which the site is served, as in `/docs/`.
    pub(super) base_path: &'a str,
}

/// The page that a host sends in place of one that is not there: it is seen under any path.
const NOT_FOUND_PAGE: &str = "404.html";

/// What this URL means on this page.
pub(super) fn resolve(from: &Start<'_>, url: &str) -> Meant {
    // Browsers drop these before they look at a URL, so `java\nscript:` is a scheme for them.
    let cleaned;
    let url = if url.contains(['\t', '\n', '\r']) {
        cleaned = url.replace(['\t', '\n', '\r'], "");
        &cleaned
    } else {
        url
    };
    let url = url.trim_matches(|c: char| c <= ' ');
    if let Some(scheme) = scheme(url) {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" => Meant::Elsewhere,
            scheme => Meant::Unsafe(format!("a page may only link to http, https and mailto, not to {scheme}:")),
        };
    }
    // For a browser a backslash is a slash, for a file system it is not.
    if url.contains('\\') {
        return Meant::Unsafe("it has a backslash, which every browser reads as a slash".to_owned());
    }
    if url.starts_with("//") {
        return Meant::Unsafe("it names a host without saying http or https".to_owned());
    }
    let (rest, fragment) = url.split_once('#').map_or((url, None), |(rest, fragment)| (rest, Some(fragment)));
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    // Without a path, a query (`?q=`) means the page itself, unless there is a base.
    let path = match place(from, path) {
        Ok(path) => path,
        Err(reason) => return Meant::Broken(reason),
    };
    // A text directive is for the browser; `#` and `#top` are the top of every page.
    let fragment = fragment.map(|fragment| fragment.split(":~:").next().unwrap_or_default());
    match fragment.map(decode) {
        Some(None) => Meant::Broken("its percent-encoding is not UTF-8"),
        Some(Some(fragment)) if !fragment.is_empty() && !fragment.eq_ignore_ascii_case("top") => {
            Meant::Here { path, fragment: Some(fragment) }
        }
        _ => Meant::Here { path, fragment: None },
    }
}

/// The path of the file in the site.
fn place(from: &Start<'_>, path: &str) -> Result<String, &'static str> {
    let bad_encoding = "its percent-encoding is not UTF-8";
    let below_base = |path: &str| {
        path.strip_prefix(from.base_path.trim_end_matches('/'))
            .and_then(|path| path.strip_prefix('/'))
            .map(str::to_owned)
    };
    if let Some(base) = from.base {
        let base = below_base(base).ok_or("its page has a <base> that is not under the site's own path")?;
        let folder = base.rfind('/').map_or("", |slash| &base[..=slash]).to_owned();
        let path = decode(path).ok_or(bad_encoding)?;
        return match below_base(&path) {
            Some(path) => climb("", &path),
            None if path.starts_with('/') => Err("it leaves the site"),
            None => climb(&folder, &path),
        };
    }
    if path.is_empty() {
        return Ok(from.page.to_owned());
    }
    let path = decode(path).ok_or(bad_encoding)?;
    let not_found = from.page == NOT_FOUND_PAGE;
    if path.starts_with('/') {
        if !not_found {
            return Err("it starts at the root of the host, so it fails when the site is served below another path");
        }
        let path = below_base(&path).ok_or("it leaves the site")?;
        return climb("", &path);
    }
    if not_found {
        return Err("a host shows 404.html under any path, so its links have to start with `/`");
    }
    climb(from.page.rfind('/').map_or("", |slash| &from.page[..=slash]), &path)
}

/// Follows a relative path from a folder, which is empty or ends in `/`.
fn climb(folder: &str, path: &str) -> Result<String, &'static str> {
    let mut place = folder.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." => {}
            ".." => {
                let above = place.strip_suffix('/').ok_or("it leaves the site by `..`")?;
                place.truncate(above.rfind('/').map_or(0, |slash| slash + 1));
            }
            "" if last => {}
            "" => return Err("it has an empty part, `//`"),
            part => {
                place.push_str(part);
                if !last {
                    place.push('/');
                }
            }
        }
    }
    // A folder is served by its index.
    if place.is_empty() || place.ends_with('/') {
        place.push_str("index.html");
    }
    Ok(place)
}

/// The scheme of a URL that has one.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let mut chars = scheme.chars();
    (chars.next()?.is_ascii_alphabetic() && chars.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
        .then_some(scheme)
}

/// Undoes percent-encoding.
fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit =
            |at: usize| after.get(at).and_then(|&c| char::from(c).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push(high * 16 + low);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(page: &str, url: &str) -> Meant {
        resolve(&Start { page, base: None, base_path: "/" }, url)
    }

    fn here(path: &str) -> Meant {
        Meant::Here { path: path.to_owned(), fragment: None }
    }

    #[test]
    fn relative_urls_start_from_the_folder_of_the_page() {
        let page = "models/a/b/index.html";
        assert_eq!(on(page, "../../../"), here("index.html"));
        assert_eq!(on(page, "../c/"), here("models/a/c/index.html"));
        assert_eq!(on(page, "../../../static/x.css?v=1"), here("static/x.css"));
        assert_eq!(on(page, "./"), here(page));
        assert_eq!(on(page, "?q=1"), here(page));
        assert_eq!(on(page, ".."), here("models/a/index.html"));
        assert_eq!(on(page, "a%20b/caf%C3%A9.png"), here("models/a/b/a b/café.png"));
        assert_eq!(on("index.html", "a:b/"), on(page, "a:b/"));
        assert_eq!(on("index.html", "./a:b/"), here("a:b/index.html"));
    }

    #[test]
    fn a_fragment_is_decoded_and_the_top_is_always_there() {
        let fragment = |url| match on("index.html", url) {
            Meant::Here { fragment, .. } => fragment,
            other => panic!("{other:?}"),
        };
        assert_eq!(fragment("#caf%C3%A9").as_deref(), Some("café"));
        assert_eq!(fragment("#x:~:text=y").as_deref(), Some("x"));
        for url in ["#", "#top", "#TOP", "#:~:text=y", "x/"] {
            assert_eq!(fragment(url), None, "{url}");
        }
    }

    #[test]
    fn leaving_the_root_is_broken() {
        for url in ["../", "../../x", "a/../../x", "/x", "/", "a//b", "%ff"] {
            assert!(matches!(on("index.html", url), Meant::Broken(_)), "{url}");
        }
    }

    #[test]
    fn only_the_web_and_mail_are_elsewhere() {
        for url in ["http://x", "HTTPS://x", "mailto:a@b", " https://x"] {
            assert_eq!(on("index.html", url), Meant::Elsewhere, "{url}");
        }
        for url in [
            "javascript:alert(1)",
            " jAvAscript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "tel:1",
            "//host/x",
            "/\\host/x",
            "\\\\host",
        ] {
            assert!(matches!(on("index.html", url), Meant::Unsafe(_)), "{url}");
        }
    }

    #[test]
    fn the_page_for_what_is_not_there_links_from_the_root() {
        let not_found = |base_path, url| resolve(&Start { page: "404.html", base: None, base_path }, url);
        assert_eq!(not_found("/", "/a/"), here("a/index.html"));
        assert_eq!(not_found("/docs/", "/docs/"), here("index.html"));
        assert_eq!(not_found("/docs", "/docs/a/"), here("a/index.html"));
        assert!(matches!(not_found("/docs/", "/a/"), Meant::Broken(_)));
        assert!(matches!(not_found("/docs/", "/docsa/"), Meant::Broken(_)));
        assert!(matches!(not_found("/", "a/"), Meant::Broken(_)));
    }

    #[test]
    fn a_base_moves_every_relative_url() {
        let based = |url| resolve(&Start { page: "404.html", base: Some("/docs/"), base_path: "/docs/" }, url);
        assert_eq!(based("a/"), here("a/index.html"));
        assert_eq!(based("/docs/b"), here("b"));
        assert_eq!(based(""), here("index.html"));
        assert!(matches!(based("/b"), Meant::Broken(_)));
        assert!(matches!(based("../"), Meant::Broken(_)));
    }
}
