//! What of a page is open in a browser, in one short text: enough to tell later what has changed, without a memory of
//! who has opened what, so also after a restart.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Value, json};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::served::Files;
use crate::headers;
use crate::links;
use crate::urls::{self, LinkBase};

/// Of a page that shows more files, none can be renewed alone.
const MOST_FILES: usize = 256;

/// How many hexadecimal digits stand for the bytes of a file that a page shows.
const DIGITS: usize = 12;

/// A page as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// The page but for the names of its style sheets.
    skeleton: u64,
    /// What it shows that cannot be renewed without loading the page again.
    fixed: u64,
    /// Its style sheets, names and bytes.
    sheets: u64,
    /// The files that it shows, with their bytes.
    shown: Vec<(String, u64)>,
    /// How its style sheets can be asked for so that the browser has the new bytes.
    hrefs: Vec<String>,
    /// From where addresses of the site begin.
    root: LinkBase,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}.{:016x}.{:016x}.", self.skeleton, self.fixed, self.sheets)?;
        self.shown.iter().try_for_each(|(_, hash)| f.write_str(&short(*hash)))
    }
}

fn short(hash: u64) -> String {
    format!("{hash:016x}")[..DIGITS].to_owned()
}

impl Version {
    /// The version of the page with these bytes at this path of the site.
    pub(super) fn of(files: &dyn Files, path: &str, bytes: &[u8]) -> Self {
        let base_path = files.base_path();
        let parts = links::embedded(path, bytes, &base_path);
        let root = LinkBase::Root(base_path);
        let (styles, parts): (Vec<String>, Vec<String>) = parts.into_iter().partition(|path| path.ends_with(".css"));
        let mut skeleton = Xxh3::new();
        skeleton.update(path.as_bytes());
        let mut fixed = Xxh3::new();
        let mut sheets = Xxh3::new();
        let mut hrefs = Vec::new();
        let mut rest = bytes.to_vec();
        for path in &styles {
            let url = urls::authored(path);
            rest = without(&rest, LinkBase::Root(String::new()).href(&url).as_bytes());
            let bytes = files.get(path).unwrap_or_default();
            let print = short(xxh3_64(&bytes));
            sheets.update(path.as_bytes());
            sheets.update(print.as_bytes());
            let query = if headers::is_fingerprinted(path) { String::new() } else { format!("?{print}") };
            hrefs.push(root.href(&url) + &query);
            shown_by_sheet(files, path, &bytes, &mut BTreeSet::new(), &mut fixed);
        }
        skeleton.update(&rest);
        let hash = |path: String| {
            let hash = files.get(&path).map_or(0, |bytes| xxh3_64(&bytes));
            (path, hash)
        };
        let mut shown: Vec<(String, u64)> = parts.into_iter().map(hash).collect();
        if shown.len() > MOST_FILES {
            shown.drain(..).for_each(|(_, hash)| fixed.update(&hash.to_le_bytes()));
        }
        Self { skeleton: skeleton.digest(), fixed: fixed.digest(), sheets: sheets.digest(), shown, hrefs, root }
    }

    /// What a browser has to do that has this other version open: nothing, renew its style sheets, renew files that it
    /// shows, or load the page again. A page that is to be loaded again may be written into instead, when what else it
    /// shows is told too.
    pub(super) fn since(&self, old: &str) -> Value {
        let version = self.to_string();
        let parts: Vec<&str> = old.split('.').collect();
        let [skeleton, fixed, sheets, shown] = parts[..] else { return json!({ "version": version, "reload": true }) };
        if fixed != format!("{:016x}", self.fixed) || shown.len() != DIGITS * self.shown.len() {
            return json!({ "version": version, "reload": true });
        }
        let reload = skeleton != format!("{:016x}", self.skeleton);
        let new_sheets = sheets != format!("{:016x}", self.sheets);
        let new = self
            .shown
            .iter()
            .enumerate()
            .filter(|(at, (_, hash))| shown.get(at * DIGITS..(at + 1) * DIGITS) != Some(short(*hash).as_str()));
        let refresh: Vec<Value> = new
            .map(|(_, (path, hash))| json!({ "path": self.root.href(&urls::authored(path)), "print": short(*hash) }))
            .collect();
        let styles = if new_sheets { json!(self.hrefs) } else { Value::Null };
        json!({ "version": version, "reload": reload, "styles": styles, "refresh": refresh })
    }
}

/// What a style sheet shows in its turn: a browser that has an image of it does not ask for it again.
fn shown_by_sheet(files: &dyn Files, path: &str, bytes: &[u8], seen: &mut BTreeSet<String>, hash: &mut Xxh3) {
    for path in links::embedded(path, bytes, &files.base_path()) {
        if seen.insert(path.clone()) {
            let bytes = files.get(&path).unwrap_or_default();
            hash.update(&xxh3_64(&bytes).to_le_bytes());
            shown_by_sheet(files, &path, &bytes, seen, hash);
        }
    }
}

/// The bytes with every occurrence of these taken out.
fn without(bytes: &[u8], gone: &[u8]) -> Vec<u8> {
    let mut left = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        if !gone.is_empty() && rest.starts_with(gone) {
            rest = &rest[gone.len()..];
        } else {
            left.push(rest[0]);
            rest = &rest[1..];
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::served::tests::Map;

    const PAGE: &str = "<link rel=stylesheet href=../assets/style-0123456789.css><p>Text</p><img src=../i.svg>";

    fn map(changes: &[(&str, &str)]) -> Map {
        let mut map = Map::new(&[
            ("a/index.html", PAGE),
            ("assets/style-0123456789.css", "i { mask: url(../mask.svg) }"),
            ("assets/style-1123456789.css", "i { mask: url(../mask.svg) } b {}"),
            ("mask.svg", "1"),
            ("i.svg", "1"),
        ]);
        map.base_path = "/cards/";
        map.extend(changes);
        map
    }

    fn version(map: &Map) -> Version {
        let bytes = map.get("a/index.html").expect("the page");
        Version::of(map, "a/index.html", &bytes)
    }

    /// What is told to whoever has the page open as it was before these changes.
    fn told(changes: &[(&str, &str)]) -> Value {
        let (old, new) = (version(&map(&[])), version(&map(changes)));
        let told = new.since(&old.to_string());
        assert_eq!(told["version"], new.to_string());
        told
    }

    #[test]
    fn a_page_that_shows_nothing_new_stays() {
        for changes in [&[][..], &[("b/index.html", "other")], &[("j.svg", "2")]] {
            let told = told(changes);
            assert_eq!((&told["reload"], &told["styles"], &told["refresh"]), (&json!(false), &Value::Null, &json!([])));
        }
    }

    #[test]
    fn another_text_is_loaded() {
        assert_eq!(told(&[("a/index.html", &PAGE.replace("Text", "Other"))])["reload"], true);
        assert_eq!(told(&[("mask.svg", "2")])["reload"], true, "an image of the style sheet");
        assert_eq!(told(&[("a/index.html", &PAGE.replace("i.svg", "j.svg"))])["reload"], true);
    }

    #[test]
    fn style_sheets_are_renewed_alone() {
        let told = told(&[("a/index.html", &PAGE.replace("style-0", "style-1"))]);
        assert_eq!((&told["reload"], &told["refresh"]), (&json!(false), &json!([])));
        assert_eq!(told["styles"], json!(["/cards/assets/style-1123456789.css"]));
    }

    #[test]
    fn a_style_sheet_whose_name_stays_gets_a_query() {
        let page = "<link rel=stylesheet href=../own.css>";
        let [old, new] = ["a{}", "b{}"].map(|css| version(&map(&[("a/index.html", page), ("own.css", css)])));
        let told = new.since(&old.to_string());
        let href = told["styles"][0].as_str().expect("a style sheet");
        assert!(href.starts_with("/cards/own.css?") && href.len() == "/cards/own.css?".len() + DIGITS, "{href}");
    }

    #[test]
    fn shown_files_are_renewed_alone() {
        let told = told(&[("i.svg", "2")]);
        assert_eq!((&told["reload"], &told["styles"]), (&json!(false), &Value::Null));
        let print = told["refresh"][0]["print"].as_str().expect("a print");
        assert_eq!(told["refresh"], json!([{ "path": "/cards/i.svg", "print": print }]));
        assert_eq!(print.len(), DIGITS);
    }

    #[test]
    fn another_version_of_whatever_form_is_loaded() {
        let now = version(&map(&[]));
        for old in ["", ".", "..", "problems.1", "é.é.é", &now.to_string().replace('.', "-"), &format!("{now}0")] {
            assert_eq!(now.since(old)["reload"], true, "{old}");
        }
    }

    #[test]
    fn many_files_are_part_of_the_page() {
        let page: String = (0..=MOST_FILES).map(|at| format!("<img src=../{at}.png>")).collect();
        let [old, new] = ["1", "2"].map(|image| version(&map(&[("a/index.html", &page), ("7.png", image)])));
        assert!(old.to_string().len() < 60);
        assert_eq!(new.since(&old.to_string())["reload"], true);
    }
}
