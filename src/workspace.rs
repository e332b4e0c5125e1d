//! A site in memory while its author works on it: brought up to date change by change, its files made when they are asked for.
//!
//! What it serves is what a build of the same files writes. A change to a model or to a text is worked in at once, without
//! a look at the others; any other change makes the catalogue anew. What only a look at all finished pages shows, such
//! as a link that leads nowhere, is found by an [`Inspection`], which is a whole build but for the writing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::assemble::{Options, assemble};
use crate::catalog::{Catalog, Listings, Rankings, resolve};
use crate::diagnostic::{self, Diagnostic};
use crate::exports::{self, EXPORTS, Exported};
use crate::files::SourceTree;
use crate::pages::{self, Context, Subject};
use crate::source::{self, ParsedModel, Reread, Sources};
use crate::theme::Theme;
use crate::{links, minify};

/// A change of more models than this is no edit by hand: making everything anew is as quick.
const EDITED_AT_ONCE: usize = 32;

/// So many pages are remembered as long as nothing changes: more than anyone has open.
const REMEMBERED: usize = 64;

/// A site that is worked on.
#[derive(Debug)]
pub struct Workspace {
    options: Options,
    tree: SourceTree,
    found: Vec<Diagnostic>,
    diagnostics: Vec<Diagnostic>,
    made: Option<Arc<Made>>,
}

/// A catalogue and what its pages are made with: of the present inputs, or of the last ones that could be understood.
#[derive(Debug)]
struct Made {
    tree: SourceTree,
    sources: Sources,
    catalog: Catalog,
    rankings: Rankings,
    listings: Listings,
    theme: Theme,
    /// What makes the file at each path, but for the exports.
    makers: BTreeMap<String, Maker>,
    /// The files of each export. Some take a walk through the catalogue, so they are made when one of them is asked for.
    exports: [OnceLock<BTreeMap<String, Exported>>; EXPORTS.len()],
    /// The pages that were asked for last, finished: whether one has changed is asked before it is loaded.
    pages: Mutex<BTreeMap<String, Vec<u8>>>,
}

/// What makes a file.
#[derive(Debug, Clone)]
enum Maker {
    Page(Subject),
    /// A file of the theme, by its number.
    Theme(usize),
    /// A file of `static/`, by its number.
    Static(usize),
}

/// Everything that a whole build would say of the inputs of a [`Workspace`]; needs time, and nothing of the workspace.
#[derive(Debug)]
pub struct Inspection {
    options: Options,
    tree: SourceTree,
    found: Vec<Diagnostic>,
}

impl Inspection {
    /// What is wrong with the inputs.
    #[must_use]
    pub fn run(self) -> Vec<Diagnostic> {
        assemble(&self.tree, self.found, &self.options, &mut |_| {}).diagnostics
    }

    /// The texts into which the diagnostics point.
    #[must_use]
    pub fn tree(&self) -> &SourceTree {
        &self.tree
    }
}

impl Workspace {
    /// Everything from these inputs. `found` are the diagnostics of reading them.
    #[must_use]
    pub fn new(tree: SourceTree, found: Vec<Diagnostic>, options: Options) -> Self {
        let (sources, parsed) = source::parse(&tree);
        let (catalog, resolved) = resolve::resolve(&tree, &sources, options.base_url.as_ref(), options.today);
        let mut diagnostics = [found.clone(), parsed, resolved].concat();
        diagnostic::sort(&tree, &mut diagnostics);
        let sound = !diagnostics.iter().any(Diagnostic::is_error);
        let made =
            catalog.filter(|_| sound).map(|catalog| Arc::new(Made::new(tree.clone(), sources, catalog, &options)));
        Self { options, tree, found, diagnostics, made }
    }

    /// The same site of other inputs. Where these cannot be understood, the files stay those of the last ones that could.
    #[must_use]
    pub fn renewed(&self, tree: SourceTree, found: Vec<Diagnostic>) -> Self {
        self.renewed_for(tree, found, self.options.clone())
    }

    /// The same for another day or address.
    #[must_use]
    pub fn renewed_for(&self, tree: SourceTree, found: Vec<Diagnostic>, options: Options) -> Self {
        let mut new = Self::new(tree, found, options);
        new.made = new.made.or_else(|| self.made.clone());
        new
    }

    /// Takes other texts of files that are there, by their paths, when nothing else depends on them than a few pages, and
    /// nothing is wrong with them. Otherwise nothing is changed, and it says false: then [`Self::renewed`] is to be used.
    #[must_use]
    pub fn edit(&mut self, texts: &BTreeMap<String, String>) -> bool {
        let mut tree = self.tree.clone();
        for (path, text) in texts {
            let Some(file) = tree.find(path) else { return false };
            tree = tree.with_text(file, text.clone());
        }
        let is_read = !self.found.iter().any(Diagnostic::is_error);
        let Some(made) = self.made.as_mut().and_then(Arc::get_mut).filter(|_| is_read) else { return false };
        if !made.edit(&tree, &self.options) {
            return false;
        }
        // What else was found was a fault of the files that are mended now, or a warning that an inspection repeats.
        self.diagnostics.clone_from(&self.found);
        self.tree = tree;
        true
    }

    /// What finds everything that is wrong with the present inputs.
    #[must_use]
    pub fn inspection(&self) -> Inspection {
        Inspection { options: self.options.clone(), tree: self.tree.clone(), found: self.found.clone() }
    }

    /// What is known to be wrong with the present inputs: what kept them from becoming a site, or was found in passing.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The texts into which the diagnostics point.
    #[must_use]
    pub fn tree(&self) -> &SourceTree {
        &self.tree
    }

    /// Whether there is a site, of these inputs or of earlier ones.
    #[must_use]
    pub fn has_site(&self) -> bool {
        self.made.is_some()
    }

    /// How many models the site has.
    #[must_use]
    pub fn models(&self) -> usize {
        self.made.as_ref().map_or(0, |made| made.catalog.models.len())
    }

    /// The path under which the site is to be served: `/`, or as in `/docs/`.
    #[must_use]
    pub fn base_path(&self) -> String {
        self.made.as_ref().map_or_else(|| "/".to_owned(), |made| pages::base_path(&made.catalog))
    }

    /// The paths of all files of the site, in order.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let Some(made) = &self.made else { return Vec::new() };
        let mut paths: Vec<String> = {
            let exports = made.exports(None, &self.options).map(|(path, _)| path);
            made.makers.keys().chain(exports).cloned().collect()
        };
        paths.sort();
        paths
    }

    /// Whether the site has a file at this path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let has = |made: &Arc<Made>| made.makers.contains_key(path) || made.export(path, &self.options).is_some();
        self.made.as_ref().is_some_and(has)
    }

    /// The file at this path of the site, as in `models/openai/o3-mini/index.html`: the bytes that a build writes.
    ///
    /// # Panics
    ///
    /// When the code that makes a page does. Nothing is lost by it: other files can still be had.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let made = self.made.as_ref()?;
        let (own, bytes) = match made.makers.get(path) {
            Some(Maker::Page(subject)) => return made.page(path, subject, &self.options),
            Some(Maker::Theme(at)) => (false, made.theme.files().nth(*at)?.bytes.clone()),
            Some(Maker::Static(at)) => (true, made.tree.statics().get(*at)?.bytes.to_vec()),
            None => (false, made.export(path, &self.options)?.bytes.clone()),
        };
        Some(minify::published(path, own, &bytes).0.into_owned())
    }

    /// The paths of the files of the site that a page shows or runs, in order: images, drawings, scripts, stylesheets and
    /// what these show.
    #[must_use]
    pub fn embedded(&self, path: &str, page: &[u8]) -> Vec<String> {
        let base_path = self.base_path();
        let mut parts = links::embedded(path, page, &base_path);
        let sheets: Vec<String> = parts.iter().filter(|part| part.ends_with(".css")).cloned().collect();
        for sheet in sheets {
            let bytes = self.get(&sheet).unwrap_or_default();
            parts.extend(links::embedded(&sheet, &bytes, &base_path));
        }
        parts.retain(|part| self.has(part));
        parts.sort();
        parts.dedup();
        parts
    }
}

/// What makes the file at each path, but for the exports.
fn makers(tree: &SourceTree, cx: &Context<'_>) -> BTreeMap<String, Maker> {
    let mut makers = BTreeMap::new();
    let subjects = pages::list(cx).into_iter().map(|(url, subject)| (url.file(), Maker::Page(subject)));
    let themes = cx.theme.files().enumerate().map(|(at, file)| (Ok(file.path()), Maker::Theme(at)));
    let statics =
        tree.statics().iter().enumerate().filter(|(_, file)| !Theme::takes(&file.path) && !exports::takes(&file.path));
    let statics = statics.map(|(at, file)| (crate::site::SitePath::new(file.path.as_str()), Maker::Static(at)));
    // Of two that want one path the first has it; that this is wrong is found by an inspection.
    for (path, maker) in subjects.chain(themes).chain(statics) {
        if let Ok(path) = path {
            makers.entry(path.to_string()).or_insert(maker);
        }
    }
    makers
}

impl Made {
    fn new(tree: SourceTree, sources: Sources, catalog: Catalog, options: &Options) -> Self {
        let rankings = Rankings::new(&catalog, options.today);
        let theme = Theme::new(tree.statics());
        let listings = Listings::default();
        let mut made = Self {
            tree,
            sources,
            catalog,
            rankings,
            listings,
            theme,
            makers: BTreeMap::new(),
            exports: Default::default(),
            pages: Mutex::default(),
        };
        made.makers = makers(&made.tree, &made.context(options));
        made
    }

    fn context(&self, options: &Options) -> Context<'_> {
        let (catalog, rankings, theme) = (&self.catalog, &self.rankings, &self.theme);
        Context {
            catalog,
            rankings,
            listings: &self.listings,
            theme,
            statics: self.tree.statics(),
            today: options.today,
        }
    }

    /// The files of the exports whose paths begin as this one does, or of all.
    fn exports(&self, of: Option<&str>, options: &Options) -> impl Iterator<Item = (&String, &Exported)> {
        let asked = EXPORTS.iter().zip(&self.exports);
        let asked = asked.filter(move |(export, _)| of.is_none_or(|path| path.starts_with(export.path)));
        let made = asked.map(|(export, made)| {
            made.get_or_init(|| {
                let files = (export.run)(&self.context(options)).into_iter();
                files.filter_map(|file| Some((file.url.file().ok()?.to_string(), file))).collect()
            })
        });
        made.flatten()
    }

    fn export(&self, path: &str, options: &Options) -> Option<&Exported> {
        self.exports(Some(path), options).find(|(own, _)| *own == path).map(|(_, file)| file)
    }

    /// The finished page about something.
    fn page(&self, path: &str, subject: &Subject, options: &Options) -> Option<Vec<u8>> {
        let known = self.pages.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.or_else(|| {
            let (page, _) = pages::render(&self.context(options), subject)?;
            let bytes = minify::published(path, false, page.html.as_bytes()).0.into_owned();
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            if pages.len() >= REMEMBERED {
                pages.clear();
            }
            pages.insert(path.to_owned(), bytes.clone());
            Some(bytes)
        })
    }

    /// Brings this to a tree that differs in the texts of a few models or free pages. False when it differs in more, or
    /// something is wrong with them; then nothing was changed.
    fn edit(&mut self, tree: &SourceTree, options: &Options) -> bool {
        let Some(changed) = tree.changed_since(&self.tree).filter(|changed| changed.len() <= EDITED_AT_ONCE) else {
            return false;
        };
        // The models of this change by their files: those that were read again, and those whose texts changed.
        let mut models: BTreeMap<_, Option<Box<ParsedModel>>> = BTreeMap::new();
        let mut texts = Vec::new();
        for file in changed {
            match source::parse_again(tree, file) {
                Some(Reread::Model(parsed)) => drop(models.insert(file, Some(parsed))),
                Some(Reread::Text { model: Some(model) }) => drop(models.entry(model).or_insert(None)),
                Some(Reread::Text { model: None }) => texts.push(file),
                None => return false,
            }
        }
        let mut again = Vec::new();
        for (file, reread) in &models {
            let held = self.sources.models.binary_search_by_key(file, |parsed| parsed.file);
            let Some(held) = held.ok().map(|at| &self.sources.models[at]) else { return false };
            let parsed = reread.as_deref().unwrap_or(held);
            let made = resolve::model_again(tree, &self.sources, &self.catalog, parsed, options.today);
            let Some(made) = made else { return false };
            again.push(made);
        }

        // Descriptions and questions are no facts: nothing is counted or ordered by them.
        let only_texts = models.values().all(Option::is_none);
        for parsed in models.into_values().flatten() {
            if let Ok(at) = self.sources.models.binary_search_by_key(&parsed.file, |parsed| parsed.file) {
                self.sources.models[at] = *parsed;
            }
        }
        let mut others_stand_elsewhere = false;
        for model in again {
            let id = model.id().clone();
            let old = self.catalog.put(model);
            let new = &self.catalog.models[&id];
            others_stand_elsewhere |= pages::footprint(&old, options.today) != pages::footprint(new, options.today);
            self.rankings.replace(&self.catalog, &old, new, options.today);
        }
        for prose in self.catalog.pages.iter_mut().flat_map(|page| page.text.iter_mut().chain(&mut page.faq)) {
            if texts.contains(&prose.file) {
                prose.text.clone_from(&tree.get(prose.file).text);
            }
        }
        self.tree = tree.clone();
        if !only_texts {
            self.listings = Listings::default();
        }
        if others_stand_elsewhere {
            // Lists of pages begin and end with other entries now, or there is a page more or less.
            self.makers = makers(&self.tree, &self.context(options));
        }
        self.exports = Default::default();
        self.pages = Mutex::default();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example;

    #[test]
    fn only_edits_of_facts_make_the_lists_anew() {
        let (model, text) = ("models/acme/a.toml", "models/acme/a.md");
        let (tree, ..) = example::resolved(&[(model, "name = \"A\""), (text, "Old words.")], None);
        let options = Options { today: example::today(), base_url: None };
        let mut workspace = Workspace::new(tree, Vec::new(), options);
        let lists = |workspace: &Workspace| format!("{:?}", workspace.made.as_ref().unwrap().listings);
        let made = lists(&workspace);
        assert_ne!(made, format!("{:?}", Listings::default()), "the list of pages asks for some");
        let mut edit = |path: &str, text: &str| {
            assert!(workspace.edit(&BTreeMap::from([(format!("content/{path}"), text.to_owned())])));
            lists(&workspace)
        };
        assert_eq!(edit(text, "New words."), made);
        assert_ne!(edit(model, "name = \"A\"\nsummary = \"One\""), made);
    }
}
