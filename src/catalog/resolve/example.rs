//! Small catalogues for tests, from the texts that an author would write.

use super::resolve;
use crate::catalog::{Catalog, Date, WebUrl};
use crate::diagnostic::Diagnostic;
use crate::files::{SourceFile, SourceTree};

/// The day for which tests build.
pub(crate) fn today() -> Date {
    Date::parse("2026-06-12").expect("a date")
}

/// A catalogue of these files below `content/`, with a developer `acme`, a benchmark `exam` out of 100, and plain settings
/// unless they are among them.
pub(crate) fn catalog(files: &[(&str, &str)]) -> Catalog {
    let (_, catalog, found) = resolved(files, None);
    let wrong: Vec<_> = found.iter().filter(|found| found.is_error()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    catalog.expect("settings")
}

/// What comes of such files, right or wrong.
pub(crate) fn resolved(
    files: &[(&str, &str)],
    base_url: Option<&WebUrl>,
) -> (SourceTree, Option<Catalog>, Vec<Diagnostic>) {
    let given = |path: &str| files.iter().any(|(own, _)| *own == path);
    let usual = [
        ("site.toml", "title = \"Cards\"\nheadline = [\"exam\"]\ncategories = [\"Tests\"]"),
        ("developers/acme.toml", "name = \"Acme\""),
        (
            "benchmarks/exam.toml",
            "name = \"Exam\"\nmeasures = \"What was learnt\"\ncategory = \"Tests\"\nscale = { min = 0, max = 100 }",
        ),
    ];
    let files = files
        .iter()
        .chain(usual.iter().filter(|(path, _)| !given(path)))
        .map(|(path, text)| SourceFile { path: format!("content/{path}"), text: (*text).to_owned() })
        .collect();
    let tree = SourceTree::new(files, Vec::new());
    let (sources, mut found) = crate::source::parse(&tree);
    let (catalog, wrong) = resolve(&tree, &sources, base_url, today());
    found.extend(wrong);
    crate::diagnostic::sort(&tree, &mut found);
    (tree, catalog, found)
}

/// The codes of what is wrong with such files, in the order of the places.
pub(crate) fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    resolved(files, None).2.iter().map(|found| found.code).collect()
}
