//! What the tests of diagnostics share: the run over a site, and what it said.

use std::collections::BTreeSet;
use std::path::Path;

use modelfolio::catalog::Date;
use modelfolio::diagnostic::Diagnostic;
use modelfolio::files::SourceTree;
use modelfolio::{Options, assemble, hosts};

/// The day for which the broken sites are built.
pub(crate) fn today() -> Date {
    Date::parse("2026-06-30").expect("a date")
}

/// Everything that Modelfolio says about the site in this folder.
pub(crate) fn all_diagnostics(root: &Path) -> (SourceTree, Vec<Diagnostic>) {
    let (tree, found) = modelfolio::load::load(root).expect("the folder is a site");
    let diagnostics = diagnostics_of(&tree, found);
    (tree, diagnostics)
}

/// Everything that Modelfolio says about these texts, beside what was found in reading them.
pub(crate) fn diagnostics_of(tree: &SourceTree, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let options = Options { today: today(), base_url: None };
    let mut assembled = assemble(tree, found, &options, &mut |_| {});
    if let Some(site) = &assembled.site {
        let files = site.iter().map(|(path, file)| (path.as_str(), file.bytes.len() as u64));
        assembled.diagnostics.extend(hosts::check(assembled.hosts.as_deref(), site, files));
    }
    assembled.diagnostics
}

/// The codes of these diagnostics.
pub(crate) fn codes_of(diagnostics: &[Diagnostic]) -> BTreeSet<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}
