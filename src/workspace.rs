//! A site in memory while its author works on it: brought up to date change by change, its files made when they are asked for.
//!
//! What it serves is what a build of the same files writes.

use std::collections::BTreeMap;

use crate::assemble::{Options, assemble};
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;
use crate::minify;
use crate::site::Site;

/// A site that is worked on.
#[derive(Debug)]
pub struct Workspace {
    options: Options,
    tree: SourceTree,
    diagnostics: Vec<Diagnostic>,
    site: Option<Site>,
}

impl Workspace {
    /// Everything from these inputs. `found` are the diagnostics of reading them.
    #[must_use]
    pub fn new(tree: SourceTree, found: Vec<Diagnostic>, options: Options) -> Self {
        let assembled = assemble(&tree, found, &options, &mut |_| {});
        Self { options, tree, diagnostics: assembled.diagnostics, site: assembled.site }
    }

    /// The same site of other inputs. Where these are broken, the files are those of the last inputs that were not.
    #[must_use]
    pub fn renewed(&self, tree: SourceTree, found: Vec<Diagnostic>) -> Self {
        let mut new = Self::new(tree, found, self.options.clone());
        new.site = new.site.or_else(|| self.site.clone());
        new
    }

    /// Takes other texts of files that are there, when that can be done quickly. Otherwise nothing is changed, and it
    /// says false: then [`Self::renewed`] is to be used.
    #[must_use]
    pub fn edit(&mut self, _texts: &BTreeMap<String, String>) -> bool {
        false
    }

    /// Everything that is wrong, also what only a look at all pages shows. `None` when `cancelled` says so.
    #[must_use]
    pub fn check(&self, _cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Diagnostic>> {
        Some(self.diagnostics.clone())
    }

    /// What is known to be wrong with the present inputs: the errors that kept them from becoming a site, or what was
    /// found in passing.
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
        self.site.is_some()
    }

    /// The path under which the site is to be served: `/`, or as in `/docs/`.
    #[must_use]
    pub fn base_path(&self) -> String {
        "/".to_owned()
    }

    /// The paths of all files of the site, in order.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.site.iter().flat_map(Site::iter).map(|(path, _)| path.to_string()).collect()
    }

    /// Whether the site has a file at this path.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.site.as_ref().is_some_and(|site| site.get(path).is_some())
    }

    /// The file at this path of the site, as in `models/openai/o3-mini/index.html`: the bytes that a build writes.
    ///
    /// # Panics
    ///
    /// When the code that makes a page does. Nothing is lost by it: other files can still be had.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let file = self.site.as_ref()?.get(path)?;
        let page = path.ends_with(".html") && !file.producer.starts_with("static/");
        let small = if page { minify::html(&file.bytes).ok() } else { None };
        Some(small.unwrap_or_else(|| file.bytes.clone()))
    }
}
