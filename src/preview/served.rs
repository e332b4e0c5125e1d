//! What is sent for a path: a file of the site, a page that knows its version, or a page that says what is wrong.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hyper::StatusCode;
use serde_json::{Value, json};

use super::place::{Place, place};
use super::problems;
use super::state::Shown;
use super::version::Version;
use super::{client, response};
use crate::headers;
use crate::workspace::Workspace;
use response::{Cache, Reply};

/// The page of a site for addresses that it has not.
const NOT_FOUND: &str = "404.html";

/// What the server asks of a site.
pub(super) trait Files {
    /// Whether there is a site at all.
    fn has_site(&self) -> bool;
    /// The path under which it is served.
    fn base_path(&self) -> String;
    /// Whether it has a file at this path.
    fn has(&self, path: &str) -> bool;
    /// The bytes of the file at this path.
    fn get(&self, path: &str) -> Option<Vec<u8>>;
}

impl Files for Workspace {
    fn has_site(&self) -> bool {
        Self::has_site(self)
    }

    fn base_path(&self) -> String {
        Self::base_path(self)
    }

    fn has(&self, path: &str) -> bool {
        Self::has(self, path)
    }

    fn get(&self, path: &str) -> Option<Vec<u8>> {
        Self::get(self, path)
    }
}

/// A site at one moment, with what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) problems: &'a Shown,
    pub(super) generation: u64,
}

/// What is at a path.
enum Found {
    /// A page with its version.
    Page { status: StatusCode, bytes: Vec<u8>, version: Version },
    /// Any other file.
    File { path: String, bytes: Vec<u8> },
    /// Another address.
    Elsewhere { location: String, permanent: bool },
    /// Nothing, not even a page that says so.
    Nothing,
    /// There is no site yet.
    NoSite,
    /// The code that makes it panicked with these words.
    Panicked { path: String, words: String },
}

impl Moment<'_> {
    /// What is sent for this path.
    pub(super) fn reply(&self, path: &str, query: Option<&str>) -> Reply {
        match self.find(path, query) {
            Found::Page { status, bytes, version } => {
                Reply { status, ..Reply::html(client::with_script(bytes, &version.to_string())) }
            }
            Found::File { path, bytes } => {
                let cache = if headers::is_fingerprinted(&path) { Cache::Forever } else { Cache::Asked };
                Reply { kind: headers::content_type(&path), cache, bytes, ..Reply::text(StatusCode::OK, "") }
            }
            Found::Elsewhere { location, permanent } => {
                let status = if permanent { StatusCode::MOVED_PERMANENTLY } else { StatusCode::FOUND };
                Reply { location: Some(location), ..Reply::text(status, "") }
            }
            Found::Nothing => Reply::text(StatusCode::NOT_FOUND, "There is nothing at this address."),
            Found::NoSite => self.broken(problems::page(self.problems)),
            Found::Panicked { path, words } => self.broken(problems::panicked(&path, &words, &self.panic_version())),
        }
    }

    /// What a browser has to do that has this version of the page at this path open.
    pub(super) fn news(&self, path: &str, old: &str) -> Value {
        let version = match self.find(path, None) {
            Found::Page { version, .. } => return self.with_problems(version.since(old)),
            Found::NoSite => problems::version(self.problems),
            Found::Panicked { .. } => self.panic_version(),
            // A page was open here; whatever is here now is none that could be compared with it.
            Found::File { .. } | Found::Elsewhere { .. } | Found::Nothing => "none".to_owned(),
        };
        let reload = old != version;
        self.with_problems(json!({ "version": version, "reload": reload }))
    }

    fn with_problems(&self, mut news: Value) -> Value {
        // Without a site, the page itself says what is wrong.
        let problems = if self.files.has_site() { self.problems.version.as_str() } else { "" };
        news["problems"] = json!(problems);
        news["generation"] = json!(self.generation);
        news
    }

    /// A page that panicked is tried again with each change, and not before.
    fn panic_version(&self) -> String {
        format!("panic.{}", self.generation)
    }

    fn broken(&self, page: Vec<u8>) -> Reply {
        Reply { status: StatusCode::INTERNAL_SERVER_ERROR, cache: Cache::Never, ..Reply::html(page) }
    }

    fn find(&self, path: &str, query: Option<&str>) -> Found {
        if !self.files.has_site() {
            return Found::NoSite;
        }
        match place(&self.files.base_path(), path, query, &|file| self.files.has(file)) {
            Place::File(path) => self.file(path, StatusCode::OK),
            Place::Elsewhere { location, permanent } => Found::Elsewhere { location, permanent },
            Place::Nowhere => self.file(NOT_FOUND.to_owned(), StatusCode::NOT_FOUND),
        }
    }

    /// The file of the site at this path. What is made when it is asked for can panic; the server goes on.
    fn file(&self, path: String, status: StatusCode) -> Found {
        let made = catch_unwind(AssertUnwindSafe(|| {
            let bytes = self.files.get(&path)?;
            let is_page = headers::content_type(&path).starts_with("text/html");
            let version = is_page.then(|| Version::of(self.files, &path, &bytes));
            Some((bytes, version))
        }));
        match made {
            Ok(Some((bytes, Some(version)))) => Found::Page { status, bytes, version },
            Ok(Some((bytes, None))) => Found::File { path, bytes },
            Ok(None) => Found::Nothing,
            Err(panic) => {
                let words = panic.downcast_ref::<String>().map(String::as_str);
                let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words");
                Found::Panicked { path, words: words.to_owned() }
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::preview::state::Problems;

    /// A site of a few files; one that says `panic` does.
    pub(in crate::preview) struct Map {
        files: BTreeMap<String, String>,
        pub(in crate::preview) base_path: &'static str,
        has_site: bool,
    }

    impl Map {
        pub(in crate::preview) fn new(files: &[(&str, &str)]) -> Self {
            let mut map = Self { files: BTreeMap::new(), base_path: "/", has_site: true };
            map.extend(files);
            map
        }

        pub(in crate::preview) fn extend(&mut self, files: &[(&str, &str)]) {
            self.files.extend(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        }
    }

    impl Files for Map {
        fn has_site(&self) -> bool {
            self.has_site
        }

        fn base_path(&self) -> String {
            self.base_path.to_owned()
        }

        fn has(&self, path: &str) -> bool {
            self.files.contains_key(path)
        }

        fn get(&self, path: &str) -> Option<Vec<u8>> {
            let text = self.files.get(path)?;
            assert!(text != "panic", "{path} says <panic>");
            Some(text.clone().into_bytes())
        }
    }

    fn site() -> Map {
        Map::new(&[
            ("index.html", "<head></head><p>Home"),
            ("404.html", "<head></head><p>Not here"),
            ("a/index.html", "<head></head><p>A"),
            ("bad/index.html", "panic"),
            ("shows/index.html", "<head></head><img src=../bad.svg>"),
            ("bad.svg", "panic"),
            ("robots.txt", "User-agent: *"),
        ])
    }

    fn moment<'a>(files: &'a Map, problems: &'a Shown) -> Moment<'a> {
        Moment { files, problems, generation: 7 }
    }

    fn text(reply: &Reply) -> String {
        String::from_utf8_lossy(&reply.bytes).into_owned()
    }

    /// The version that a page says it has.
    fn version(reply: &Reply) -> String {
        let text = text(reply);
        let (_, rest) = text.split_once("data-version=\"").expect("the page has the script");
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_page_knows_its_version_and_is_told_when_it_differs() {
        let (none, mut map) = (Shown::default(), site());
        let opened = version(&moment(&map, &none).reply("/a/", None));
        assert_eq!(moment(&map, &none).news("/a/", &opened)["reload"], false);
        map.extend(&[("a/index.html", "<head></head><p>B")]);
        let news = moment(&map, &none).news("/a/", &opened);
        assert_eq!((&news["reload"], &news["generation"], &news["problems"]), (&json!(true), &json!(7), &json!("")));
        map.files.remove("a/index.html");
        assert_eq!(moment(&map, &none).news("/a/", &opened)["reload"], true, "it is gone");
    }

    #[test]
    fn what_is_not_there_is_a_page_of_the_site_that_goes_when_it_comes() {
        let (none, mut map) = (Shown::default(), site());
        let reply = moment(&map, &none).reply("/x/y", None);
        assert_eq!((reply.status.as_u16(), text(&reply).contains("Not here")), (404, true));
        let opened = version(&reply);
        assert_eq!(moment(&map, &none).news("/x/y", &opened)["reload"], false);
        map.extend(&[("x/y/index.html", "<head></head>")]);
        assert_eq!(moment(&map, &none).news("/x/y", &opened)["reload"], true);
        map.files.remove("404.html");
        let reply = moment(&map, &none).reply("/z", None);
        assert_eq!((reply.status.as_u16(), reply.kind), (404, "text/plain; charset=utf-8"));
    }

    #[test]
    fn a_panic_is_a_page_and_everything_else_goes_on() {
        let (none, map) = (Shown::default(), site());
        for path in ["/bad/", "/shows/", "/bad.svg"] {
            let reply = moment(&map, &none).reply(path, None);
            assert_eq!((reply.status.as_u16(), reply.cache), (500, Cache::Never), "{path}");
            assert!(text(&reply).contains("says &#60;panic&#62;"), "{}", text(&reply));
            let opened = version(&reply);
            assert_eq!(moment(&map, &none).news(path, &opened)["reload"], false, "{path}");
            let later = Moment { generation: 8, ..moment(&map, &none) };
            assert_eq!(later.news(path, &opened)["reload"], true, "{path}");
        }
        assert_eq!(moment(&map, &none).reply("/a/", None).status, StatusCode::OK);
    }

    #[test]
    fn without_a_site_every_address_says_what_is_wrong_until_there_is_one() {
        let problems = Shown::from(Problems::Machine("no folder".to_owned()));
        let mut map = Map { has_site: false, ..site() };
        let reply = moment(&map, &problems).reply("/anything", None);
        assert_eq!((reply.status.as_u16(), reply.cache), (500, Cache::Never));
        assert!(text(&reply).contains("no folder"));
        let opened = version(&reply);
        let news = moment(&map, &problems).news("/anything", &opened);
        assert_eq!((&news["reload"], &news["problems"]), (&json!(false), &json!("")));
        let other = Shown::from(Problems::Machine("no disk".to_owned()));
        assert_eq!(moment(&map, &other).news("/anything", &opened)["reload"], true);
        map.has_site = true;
        assert_eq!(moment(&map, &problems).news("/anything", &opened)["reload"], true);
    }

    #[test]
    fn problems_are_told_beside_the_last_good_page() {
        let (problems, map) = (Shown::from(Problems::Code("error".to_owned())), site());
        let opened = version(&moment(&map, &problems).reply("/a/", None));
        let news = moment(&map, &problems).news("/a/", &opened);
        assert_eq!((&news["reload"], &news["problems"]), (&json!(false), &json!(problems.version)));
    }
}
