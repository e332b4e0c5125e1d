//! What the tests of diagnostics share: the run over a site, and sites that git cannot hold.

use std::collections::BTreeSet;
use std::path::Path;

use modelfolio::diagnostic::{Diagnostic, sort};
use modelfolio::files::SourceTree;

/// Everything that Modelfolio says about the site in this folder.
pub(crate) fn all_diagnostics(root: &Path) -> (SourceTree, Vec<Diagnostic>) {
    let (tree, mut diagnostics) = modelfolio::load::load(root).expect("the folder is a site");
    let (_, found) = modelfolio::source::parse(&tree);
    diagnostics.extend(found);
    sort(&tree, &mut diagnostics);
    (tree, diagnostics)
}

/// The codes of these diagnostics.
pub(crate) fn codes_of(diagnostics: &[Diagnostic]) -> BTreeSet<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}
