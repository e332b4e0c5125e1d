//! The whole program between reading and writing, in the order of the stages.

use crate::catalog::{self, Catalog, Date, Rankings};
use crate::diagnostic::{self, Diagnostic};
use crate::exports::EXPORTS;
use crate::files::SourceTree;
use crate::links::{self, Authored};
use crate::pages::{self, Context, Page};
use crate::site::{PathClash, Site, SitePath};
use crate::theme::Theme;
use crate::{checks, source};

/// What a site is assembled for, beside its files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day for which the site is built.
    pub today: Date,
    /// Where it is published, in place of the settings' `base_url`.
    pub base_url: Option<String>,
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
    let (catalog, resolved) = catalog::resolve::resolve(tree, &sources, options.base_url.as_deref(), options.today);
    diagnostics.extend(resolved);

    let mut assembled = Assembled { site: None, models: 0, has_base_url: false, diagnostics: Vec::new() };
    if let Some(catalog) = catalog {
        assembled.models = catalog.models.len();
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
    let cx = Context { catalog, rankings: &rankings, theme: &theme, today };
    let mut site = Site::default();
    let mut authored = Authored::new();
    let (pages, found) = pages::render_all(&cx);
    diagnostics.extend(found);
    for page in pages {
        diagnostics.extend(insert_page(&mut site, &mut authored, page));
    }
    for file in theme.files() {
        diagnostics.extend(insert(&mut site, Ok(file.path()), file.producer.clone(), file.bytes.clone()));
    }
    for export in EXPORTS {
        for file in (export.run)(&cx) {
            diagnostics.extend(insert(&mut site, file.url.file(), export.name.to_owned(), file.bytes));
        }
    }
    for file in tree.statics().iter().filter(|file| !Theme::takes(&file.path)) {
        let producer = format!("static/{}", file.path);
        diagnostics.extend(insert(&mut site, SitePath::new(file.path.as_str()), producer, file.bytes.clone()));
    }
    stage(Stage::Links);
    diagnostics.extend(links::check(&site, &pages::base_path(catalog), &authored));
    site
}

fn insert_page(site: &mut Site, authored: &mut Authored, page: Page) -> Option<Diagnostic> {
    let path = page.url.file();
    if let Ok(path) = &path {
        authored.extend(page.authored_links.into_iter().map(|link| ((path.clone(), link.href), link.origin)));
    }
    insert(site, path, page.producer, page.html.into_bytes())
}

fn insert(
    site: &mut Site,
    path: Result<SitePath, crate::site::InvalidPath>,
    producer: String,
    bytes: Vec<u8>,
) -> Option<Diagnostic> {
    let path = match path {
        Ok(path) => path,
        Err(invalid) => {
            let finding = Diagnostic::error("invalid-path", invalid.to_string()).in_file(producer);
            return Some(finding.help("rename the file: every host and file system must be able to hold it"));
        }
    };
    site.insert(path, producer, bytes).err().map(|clash| {
        let PathClash { second, .. } = &*clash;
        let producer = second.clone();
        Diagnostic::error("path-clash", clash.to_string())
            .in_file(producer)
            .help("rename one of the two; a site's own files for the theme go below static/theme/")
    })
}
