//! Whether every internal reference of the finished site leads somewhere: files, ids, and schemes that are safe.
//!
//! What is checked is what readers get: the finished pages, drawings and style sheets, whoever made them.

mod resolve;
mod scan;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::files::Origin;
use crate::site::{Site, SiteFile, SitePath};
use resolve::{Meant, Start, resolve};
use scan::Found;

/// Suggestions are looked for in all paths, so only for as many findings as somebody reads.
const SUGGESTIONS: usize = 50;

/// Where authors wrote links: the path of a page and a link on it, with what the author wrote for it.
pub type Authored = HashMap<(SitePath, String), Written>;

/// A link as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The link as typed, which may go from the site's root where the one on the page is relative.
    pub typed: String,
    /// Its place in the author's file.
    pub origin: Origin,
}

/// Every reference of the site that leads nowhere, every id given twice, every URL that could run something.
///
/// `base_path` is the path under which the site will be served, as in `/` or `/docs/`: links of `404.html`
/// start with it. The same fault on many pages, as a broken link in the navigation is, is one finding that names
/// the first page and counts the others. A fault that an author wrote is shown where it was written.
#[must_use]
pub fn check(site: &Site, base_path: &str, authored: &Authored) -> Vec<Diagnostic> {
    let files: Vec<(&SitePath, &SiteFile)> = site.iter().collect();
    let numbers: HashMap<&str, usize> = files.iter().enumerate().map(|(at, (path, _))| (path.as_str(), at)).collect();
    let pages: Vec<Page> = files
        .par_iter()
        .enumerate()
        .map(|(at, (path, file))| Page::read(at, path, file, &numbers, base_path))
        .collect();
    let mut faults: BTreeMap<Fault, Places> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        let anchors = page.anchors.iter().filter(|anchor| !pages[anchor.target].has(&anchor.fragment)).map(|anchor| {
            let path = files[anchor.target].0.to_string();
            (Fault::Anchor { path, fragment: anchor.fragment.clone() }, anchor.url.clone())
        });
        for (fault, url) in page.faults.iter().cloned().chain(anchors) {
            faults.entry(fault).or_insert(Places { first: at, url, more: HashSet::new() }).more.insert(at);
        }
    }
    let mut found: Vec<(Fault, Places)> = faults.into_iter().collect();
    found.sort_by(|(a, x), (b, y)| (x.first, a).cmp(&(y.first, b)));
    let told = found.iter().enumerate();
    told.map(|(nth, (fault, places))| {
        let written = authored.get(&(files[places.first].0.clone(), places.url.clone()));
        let url = written.map_or(&places.url, |written| &written.typed);
        let finding = fault.tell(places, url, &files, &numbers, nth < SUGGESTIONS);
        match written {
            Some(written) => Diagnostic { path: None, ..finding }.at(written.origin, "written here"),
            None => finding,
        }
    })
    .collect()
}

/// The paths of the files that are part of this one, in order, each once: images, drawings, stylesheets, scripts.
#[must_use]
pub fn embedded(path: &str, bytes: &[u8], base_path: &str) -> Vec<String> {
    let (_, found) = read(path, bytes);
    let from = Start { page: path, base: found.base.as_deref(), base_path };
    let meant = found.parts.iter().filter_map(|url| match resolve(&from, url) {
        Meant::Here { path, .. } => Some(path),
        Meant::Elsewhere | Meant::Unsafe(_) | Meant::Broken(_) => None,
    });
    let paths: BTreeSet<String> = meant.filter(|part| part != path).collect();
    paths.into_iter().collect()
}

/// What is wrong, without where: equal on every page that has the same fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// No such file.
    Missing { path: String },
    /// The file is there, the id is not.
    Anchor { path: String, fragment: String },
    /// The URL cannot be followed at all.
    Unreachable { url: String, reason: &'static str },
    /// The URL must not stand on a page.
    Unsafe { url: String, reason: String },
    /// An id is there twice. It belongs to its page, so the page is part of the fault.
    Twice { page: usize, id: String },
}

struct Places {
    first: usize,
    url: String,
    more: HashSet<usize>,
}

/// What the check keeps of a file once it is read.
#[derive(Default)]
struct Page {
    /// Hashes of the ids and names, sorted; empty for a file that is not markup.
    places: Vec<u64>,
    /// Whether a fragment means an id here: it does not in a PDF or an image.
    markup: bool,
    /// References to ids, to be looked up when all files are read.
    anchors: Vec<Anchor>,
    /// What is known to be wrong from this file alone, with the URL.
    faults: Vec<(Fault, String)>,
}

struct Anchor {
    target: usize,
    fragment: String,
    url: String,
}

impl Page {
    fn read(at: usize, path: &SitePath, file: &SiteFile, numbers: &HashMap<&str, usize>, base_path: &str) -> Self {
        let (markup, found) = read(path.as_str(), &file.bytes);
        let mut page = Self { markup, ..Self::default() };
        let mut seen = HashSet::new();
        for id in &found.ids {
            if !seen.insert(id) {
                page.faults.push((Fault::Twice { page: at, id: id.clone() }, String::new()));
            }
        }
        page.places = found.ids.iter().chain(&found.names).map(|id| xxh3_64(id.as_bytes())).collect();
        page.places.sort_unstable();
        let from = Start { page: path.as_str(), base: found.base.as_deref(), base_path };
        let mut seen = HashSet::new();
        for url in found.urls.iter().filter(|url| seen.insert(*url)) {
            let fault = match resolve(&from, url) {
                Meant::Elsewhere => continue,
                Meant::Here { path, fragment } => match (numbers.get(path.as_str()), fragment) {
                    (None, _) => Fault::Missing { path },
                    (Some(_), None) => continue,
                    (Some(&target), Some(fragment)) => {
                        page.anchors.push(Anchor { target, fragment, url: url.clone() });
                        continue;
                    }
                },
                Meant::Unsafe(reason) => Fault::Unsafe { url: url.clone(), reason },
                Meant::Broken(reason) => Fault::Unreachable { url: url.clone(), reason },
            };
            page.faults.push((fault, url.clone()));
        }
        page
    }

    fn has(&self, fragment: &str) -> bool {
        !self.markup || self.places.binary_search(&xxh3_64(fragment.as_bytes())).is_ok()
    }
}

/// Whether fragments mean ids in the file, and what is in it.
fn read(path: &str, bytes: &[u8]) -> (bool, Found) {
    match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("html" | "htm") => (true, scan::markup(bytes, false)),
        Some("svg") => (true, scan::markup(bytes, true)),
        Some("css") => (false, scan::style_sheet(bytes)),
        _ => (false, Found::default()),
    }
}

impl Fault {
    fn tell(
        &self,
        places: &Places,
        url: &str,
        files: &[(&SitePath, &SiteFile)],
        numbers: &HashMap<&str, usize>,
        suggest: bool,
    ) -> Diagnostic {
        let (path, file) = files[places.first];
        let by = &file.producer;
        let others = match places.more.len() - 1 {
            0 => String::new(),
            1 => " (and one other page)".to_owned(),
            more => format!(" (and {more} other pages)"),
        };
        let diagnostic = match self {
            Self::Missing { path } => {
                Diagnostic::error("broken-link", format!("{by} links to `{url}`, but the site has no `{path}`{others}"))
            }
            Self::Anchor { path, fragment } => Diagnostic::error(
                "broken-anchor",
                format!("{by} links to `{url}`, but `{path}` has no id `{fragment}`{others}"),
            ),
            Self::Unreachable { reason, .. } => {
                Diagnostic::error("broken-link", format!("{by} links to `{url}`: {reason}{others}"))
            }
            Self::Unsafe { reason, .. } => {
                Diagnostic::error("unsafe-url", format!("{by} has the URL `{url}`: {reason}{others}"))
            }
            Self::Twice { id, .. } => {
                Diagnostic::error("duplicate-id", format!("{by} has the id `{id}` more than once"))
            }
        }
        .in_file(path.as_str());
        match suggest.then(|| self.suggestion(files, numbers)).flatten() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    fn suggestion(&self, files: &[(&SitePath, &SiteFile)], numbers: &HashMap<&str, usize>) -> Option<String> {
        match self {
            Self::Missing { path } => {
                let index = format!("{path}/index.html");
                if numbers.contains_key(index.as_str()) {
                    return Some(format!("`{path}` is a folder: link to it with a `/` at the end"));
                }
                let near = nearest(path, files.iter().map(|(path, _)| path.as_str()))?;
                Some(format!("did you mean `{near}`?"))
            }
            Self::Anchor { path, fragment } => {
                let (path, file) = files[*numbers.get(path.as_str())?];
                let (_, found) = read(path.as_str(), &file.bytes);
                let near = nearest(fragment, found.ids.iter().chain(&found.names).map(String::as_str))?;
                Some(format!("did you mean `#{near}`?"))
            }
            Self::Unreachable { .. } | Self::Unsafe { .. } | Self::Twice { .. } => None,
        }
    }
}

/// The most similar of the candidates, if one is similar at all.
fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (wanted.chars().count() / 4).max(2);
    candidates
        .filter(|candidate| candidate.len().abs_diff(wanted.len()) <= 2 * most)
        .map(|candidate| (strsim::osa_distance(wanted, candidate), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests;
