//! The whole program between reading and writing, in the order of the stages.

use crate::catalog::{self, Catalog, Date, Host, Listings, Rankings, WebUrl};
use crate::diagnostic::{self, Diagnostic};
use crate::exports::{self, EXPORTS};
use crate::files::SourceTree;
use crate::links::{self, Authored, Written};
use crate::pages::{self, AuthoredLink, Context, Page};
use crate::site::{Site, SitePath};
use crate::theme::Theme;
use crate::{checks, source};

/// What a site is assembled for, beside its files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day for which the site is built.
    pub today: Date,
    /// Where it is published, in place of the settings' `base_url`.
    pub base_url: Option<WebUrl>,
}

/// A step of [`assemble`], told before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Texts to what the author wrote.
    Parse,
    /// What the author wrote to a catalogue.
    Resolve,
    /// Rules over the catalogue.
    Check,
    /// Catalogue to pages and exports.
    Render,
    /// References of the finished site.
    Links,
}

/// What came out.
#[derive(Debug)]
pub struct Assembled {
    /// The finished site. `None` when there is an error among the diagnostics.
    pub site: Option<Site>,
    /// How many models the catalogue has.
    pub models: usize,
    /// The hosts that the settings name, if they say any or none.
    pub hosts: Option<Vec<Host>>,
    /// Whether absolute addresses could be made.
    pub has_base_url: bool,
    /// Everything that was found, in the order in which it is shown.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes a site from texts. Pure: no files, no clock, no environment; `stage` is told what comes next.
///
/// `found` are the diagnostics of reading. They count: a file that could not be read is an error like any other.
pub fn assemble(
    tree: &SourceTree,
    found: Vec<Diagnostic>,
    options: &Options,
    stage: &mut dyn FnMut(Stage),
) -> Assembled {
    let mut diagnostics = found;
    stage(Stage::Parse);
    let (sources, parsed) = source::parse(tree);
    diagnostics.extend(parsed);
    stage(Stage::Resolve);
    let (catalog, resolved) = catalog::resolve::resolve(tree, &sources, options.base_url.as_ref(), options.today);
    diagnostics.extend(resolved);
    // The catalogue has all that it needs of them, and pages need the room.
    drop(sources);

    let mut assembled = Assembled { site: None, models: 0, hosts: None, has_base_url: false, diagnostics: Vec::new() };
    if let Some(catalog) = catalog {
        assembled.models = catalog.models.len();
        assembled.hosts.clone_from(&catalog.settings.hosts);
        assembled.has_base_url = catalog.settings.base_url.is_some();
        stage(Stage::Check);
        // A record that could not be read would make a rule cry wolf, so rules wait until all are whole.
        if !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.extend(checks::run(&catalog, options.today));
        }
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let site = build(tree, &catalog, options.today, &mut diagnostics, stage);
            assembled.site = Some(site).filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        }
    }
    diagnostic::sort(tree, &mut diagnostics);
    assembled.diagnostics = diagnostics;
    assembled
}

fn build(
    tree: &SourceTree,
    catalog: &Catalog,
    today: Date,
    diagnostics: &mut Vec<Diagnostic>,
    stage: &mut dyn FnMut(Stage),
) -> Site {
    stage(Stage::Render);
    let theme = Theme::new(tree.statics());
    let rankings = Rankings::new(catalog, today);
    let listings = Listings::default();
    let cx =
        Context { catalog, rankings: &rankings, listings: &listings, theme: &theme, statics: tree.statics(), today };
    let mut site = Site::default();
    let mut authored = Authored::new();
    let (pages, found) = pages::render_all(&cx);
    diagnostics.extend(found);
    // The navigation is on every page; a broken link of it is told where it is met first.
    if let Some((path, page)) =
        pages.iter().filter_map(|page| Some((page.url.file().ok()?, page))).min_by(|a, b| a.0.cmp(&b.0))
    {
        let links = pages::in_navigation(catalog, &page.url).into_iter();
        authored.extend(links.map(|(href, origin)| {
            let typed = tree.text(origin).trim_matches(['"', '\'']).to_owned();
            ((path.clone(), href), Written { typed, origin })
        }));
    }
    for page in pages {
        let source = page.file.map(|file| tree.get(file).path.clone());
        diagnostics.extend(insert_page(&mut site, &mut authored, page, source));
    }
    for file in theme.files() {
        diagnostics.extend(insert(&mut site, Ok(file.path()), file.producer.clone(), None, file.bytes.clone()));
    }
    for export in EXPORTS {
        for file in (export.run)(&cx) {
            diagnostics.extend(insert(&mut site, file.url.file(), export.name.to_owned(), None, file.bytes));
        }
    }
    for file in tree.statics().iter().filter(|file| !Theme::takes(&file.path) && !exports::takes(&file.path)) {
        let producer = format!("static/{}", file.path);
        let source = Some(producer.clone());
        diagnostics.extend(insert(&mut site, SitePath::new(file.path.as_str()), producer, source, file.bytes.to_vec()));
    }
    stage(Stage::Links);
    diagnostics.extend(links::check(&site, &pages::base_path(catalog), &authored));
    site
}

fn insert_page(site: &mut Site, authored: &mut Authored, page: Page, source: Option<String>) -> Option<Diagnostic> {
    let path = page.url.file();
    if let Ok(path) = &path {
        let links = page.authored_links.into_iter();
        let written =
            |link: AuthoredLink| ((path.clone(), link.href), Written { typed: link.typed, origin: link.origin });
        authored.extend(links.map(written));
    }
    insert(site, path, page.producer, source, page.html.into_bytes())
}

/// Adds a file that came from this source, if it came from one alone.
fn insert(
    site: &mut Site,
    path: Result<SitePath, crate::site::InvalidPath>,
    producer: String,
    source: Option<String>,
    bytes: Vec<u8>,
) -> Option<Diagnostic> {
    let path = match path {
        Ok(path) => path,
        Err(invalid) => {
            let finding = Diagnostic { path: source, ..Diagnostic::error("invalid-path", invalid.to_string()) };
            return Some(finding.help("rename the file: every host and file system must be able to hold it"));
        }
    };
    site.insert(path, producer, bytes).err().map(|clash| {
        Diagnostic { path: source, ..Diagnostic::error("path-clash", clash.to_string()) }
            .help("rename one of the two; a site's own files for the theme go below static/theme/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::SourceFile;

    /// What is said of a small site with this page.
    fn found(page: &str) -> Vec<(&'static str, Option<String>, String)> {
        found_with(&[(page, "# Page")])
    }

    /// The same with several files more.
    fn found_with(more: &[(&str, &str)]) -> Vec<(&'static str, Option<String>, String)> {
        let files = [
            ("content/site.toml", "title = \"T\""),
            ("content/developers/d.toml", "name = \"D\""),
            ("content/models/d/m.toml", "name = \"M\""),
        ];
        let files = files.iter().chain(more);
        let files = files.map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() });
        let tree = SourceTree::new(files.collect(), Vec::new());
        let today = Date::parse("2026-06-30").expect("a date");
        let options = Options { today, base_url: None };
        let found = assemble(&tree, Vec::new(), &options, &mut |_| {}).diagnostics;
        found.into_iter().map(|found| (found.code, found.path, found.message)).collect()
    }

    #[test]
    fn the_path_of_a_finding_is_a_path() {
        for page in ["content/pages/what?.md", "content/pages/index.md", "content/pages/404.md"] {
            let found = found(page);
            assert_eq!((found[0].0, found[0].1.as_deref()), ("invalid-path", Some(page)), "{found:?}");
        }
        let clash = found("content/pages/models/d/M.md");
        assert_eq!((clash[0].0, clash[0].1.as_deref()), ("path-clash", Some("content/pages/models/d/M.md")));
    }

    #[test]
    fn two_families_or_a_page_and_a_view_that_want_one_address_are_refused() {
        let family = |name: &str| format!("name = \"N\"\nfamily = \"{name}\"\nweights = \"open\"");
        let (spaced, hyphened) = (family("A B"), family("A-B"));
        let models: Vec<(&str, &str)> = vec![
            ("content/models/d/a.toml", &spaced),
            ("content/models/d/b.toml", &spaced),
            ("content/models/d/c.toml", &hyphened),
            ("content/models/d/e.toml", &hyphened),
            ("content/pages/catalogue/open-weights.md", "# Page"),
        ];
        let found = found_with(&models);
        let clashes: Vec<&str> =
            found.iter().filter(|found| found.0 == "path-clash").map(|found| found.2.as_str()).collect();
        assert_eq!(clashes.len(), 2, "{found:?}");
        assert!(
            clashes.iter().any(|words| words.contains("family `A B` of `d`") && words.contains("family `A-B` of `d`")),
            "{clashes:?}"
        );
        assert!(clashes.iter().any(|words| words.contains("the view `Models with open weights`")), "{clashes:?}");
    }
}
