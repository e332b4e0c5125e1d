//! `_headers`: what Netlify and Cloudflare Pages send beside the files.
//!
//! A host that finds one header in two rules for one address joins the values, so no two rules here that can match one
//! address have a header in common, and a rule of the site's own file takes the place of what is here. Paths are
//! those in the folder as it is uploaded.

use std::collections::BTreeSet;

use super::{Export, Exported, own_text};
use crate::headers::{CACHE_REVALIDATED, SECURITY, STRICT_TRANSPORT_SECURITY, cache_control};
use crate::pages::{self, Context, Subject};
use crate::urls::{self, LinkBase, SiteUrl};

pub(super) const EXPORT: Export = Export { name: "_headers", path: "_headers", run };

fn run(cx: &Context<'_>) -> Vec<Exported> {
    let url = urls::headers();
    let own = own_text(cx, &url);
    let mut text = String::new();
    for rule in rules(cx) {
        text.push_str(&rule.text_beside(&own));
    }
    if !own.is_empty() {
        text.insert_str(0, &format!("{}\n\n", own.trim_end()));
    }
    vec![Exported { url, bytes: text.into_bytes() }]
}

/// Headers for the addresses that a pattern matches: one address, or all that begin so, with a `*` at the end.
struct Rule {
    pattern: String,
    headers: Vec<(&'static str, &'static str)>,
}

fn rules(cx: &Context<'_>) -> Vec<Rule> {
    let root = LinkBase::Root("/".to_owned());
    let cached = |pattern: String, value| Rule { pattern, headers: vec![("Cache-Control", value)] };
    let security = SECURITY.iter().chain([&STRICT_TRANSPORT_SECURITY]).copied().collect();
    let mut rules = vec![Rule { pattern: "/*".to_owned(), headers: security }];
    for file in cx.theme.files() {
        rules.push(cached(root.href(&file.url), cache_control(file.path().as_str())));
    }
    rules.push(cached(root.href(&urls::home()), CACHE_REVALIDATED));
    for folder in page_folders(cx) {
        rules.push(cached(format!("{}*", root.href(&folder)), CACHE_REVALIDATED));
    }
    rules
}

/// The folders at the root that hold pages.
fn page_folders(cx: &Context<'_>) -> BTreeSet<SiteUrl> {
    let alone = |subject: &Subject| matches!(subject, Subject::Home | Subject::NotFound | Subject::Moved(_));
    let pages = pages::list(cx).into_iter().filter(|(_, subject)| !alone(subject));
    pages.map(|(url, _)| url.top_folder()).collect()
}

impl Rule {
    /// The rule as the file has it, without the headers that a rule of the site's own file sets for the same addresses.
    fn text_beside(&self, own: &str) -> String {
        let mut text = String::new();
        for (name, value) in self.headers.iter().filter(|(name, _)| !self.is_set_by(own, name)) {
            text.push_str(&format!("  {name}: {value}\n"));
        }
        if text.is_empty() { text } else { format!("{}\n{text}", self.pattern) }
    }

    fn is_set_by(&self, own: &str, name: &str) -> bool {
        let mut same_addresses = false;
        own.lines().map(str::trim).filter(|line| !line.starts_with('#')).any(|line| {
            if line.starts_with('/') || line.starts_with("https://") || line.starts_with("http://") {
                same_addresses = self.meets(line);
                return false;
            }
            let set = line.split(':').next().unwrap_or_default().trim_start_matches('!').trim();
            same_addresses && set.eq_ignore_ascii_case(name)
        })
    }

    /// Whether an address can match this pattern and one of the site's own. In doubt it can.
    fn meets(&self, own: &str) -> bool {
        let own = own.split_once("://").map_or(own, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        // Netlify makes no difference between letters, nor between addresses with and without a slash at the end.
        let (own, pattern) = (own.to_lowercase(), self.pattern.to_lowercase());
        let begin = own.split(['*', ':']).next().unwrap_or_default();
        let end = own.rsplit_once('*').map_or("", |(_, end)| end);
        match pattern.strip_suffix('*') {
            Some(folder) if begin == own => format!("{own}/").starts_with(folder),
            Some(folder) => begin.starts_with(folder) || folder.starts_with(begin),
            None if begin == own => own == pattern,
            None => pattern.starts_with(begin) && (end.contains(':') || pattern.ends_with(end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(pattern: &str) -> Rule {
        Rule { pattern: pattern.to_owned(), headers: vec![("Cache-Control", "public"), ("X-A", "b")] }
    }

    #[test]
    fn patterns_meet_where_an_address_could_match_both() {
        for (ours, own) in [
            ("/*", "/"),
            ("/*", "/a/b"),
            ("/*", "https://x.pages.dev/*"),
            ("/assets/a.css", "/assets/*"),
            ("/assets/a.css", "/*.css"),
            ("/assets/a.css", "/:folder/a.css"),
            ("/assets/a.css", "/*/:file"),
            ("/assets/a.css", "/Assets/A.css"),
            ("/models/*", "/models/openai/*"),
            ("/models/*", "/*/"),
            ("/models/*", "/models"),
            ("/", "/*"),
        ] {
            assert!(rule(ours).meets(own), "{ours} {own}");
        }
        for (ours, own) in [
            ("/assets/a.css", "/assets/b.css"),
            ("/assets/a.css", "/*.js"),
            ("/assets/a.css", "/images/*"),
            ("/models/*", "/about/*"),
            ("/models/*", "/"),
            ("/", "/models/*"),
        ] {
            assert!(!rule(ours).meets(own), "{ours} {own}");
        }
    }

    #[test]
    fn a_header_that_the_sites_own_file_sets_is_left_to_it() {
        let all = "/a\n  Cache-Control: public\n  X-A: b\n";
        assert_eq!(rule("/a").text_beside(""), all);
        assert_eq!(rule("/a").text_beside("/b\n  X-A: c\n# /a\n"), all);
        assert_eq!(rule("/a").text_beside("/a\n  x-a: c\n"), "/a\n  Cache-Control: public\n");
        assert_eq!(rule("/a").text_beside("/*\n  ! Cache-Control\n  X-A: c\n"), "");
    }
}
