//! Sources, numbered in the order in which a page first refers to them.

use askama::Template;

use super::text::{Text, listed};
use crate::catalog::{Catalog, Date, Provenance, SourceId};
use crate::pages::DateWords;

/// A marker that leads to a source in the list at the foot of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(path = "components/mark.html")]
pub(super) struct Mark {
    /// The number of the source, from one.
    pub number: usize,
}

impl askama::filters::HtmlSafe for Mark {}

/// Gives every source its number when it is first referred to.
#[derive(Debug)]
pub(super) struct Citations<'a> {
    catalog: &'a Catalog,
    cited: Vec<Cited>,
}

#[derive(Debug)]
struct Cited {
    source: SourceId,
    purposes: Vec<&'static str>,
    as_of: Option<Date>,
}

impl<'a> Citations<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, cited: Vec::new() }
    }

    /// The marker of the source behind a value, noting what it stands for. `None` when no source is named.
    pub(super) fn cite(&mut self, provenance: &Provenance, purpose: &'static str) -> Option<Mark> {
        let source = provenance.source?;
        // Two files can name one source, each by a key of its own.
        let same = |other: SourceId| {
            let (a, b) = (self.catalog.source(other), self.catalog.source(source));
            other == source
                || (&a.title, &a.publisher, &a.url, a.checked) == (&b.title, &b.publisher, &b.url, b.checked)
        };
        let place = self.cited.iter().position(|cited| same(cited.source)).unwrap_or_else(|| {
            self.cited.push(Cited { source, purposes: Vec::new(), as_of: None });
            self.cited.len() - 1
        });
        let cited = &mut self.cited[place];
        if !cited.purposes.contains(&purpose) {
            cited.purposes.push(purpose);
        }
        cited.as_of = cited.as_of.max(provenance.as_of);
        Some(Mark { number: place + 1 })
    }

    /// Who publishes the source of a value, or its title.
    pub(super) fn publisher(&self, provenance: &Provenance) -> Option<&'a str> {
        let source = self.catalog.source(provenance.source?);
        Some(source.publisher.as_deref().unwrap_or(&source.title))
    }

    /// The newest day for which a source of the page speaks.
    pub(super) fn as_of(&self) -> Option<Date> {
        self.cited.iter().filter_map(|cited| cited.as_of).max()
    }

    /// The list at the foot, which ends the numbering. `report` is where a reader reports a wrong number.
    pub(super) fn finish(&self, report: Option<String>) -> Sources {
        let lines: Vec<SourceLine> = (1..)
            .zip(&self.cited)
            .map(|(number, cited)| {
                let source = self.catalog.source(cited.source);
                SourceLine {
                    number,
                    publisher: source.publisher.clone(),
                    title: source.title.clone(),
                    href: source.url.as_ref().map(|url| url.as_str().to_owned()),
                    purposes: listed(&cited.purposes),
                    checked: source.checked.map(DateWords::from),
                }
            })
            .collect();
        let checked = self.cited.iter().filter_map(|cited| self.catalog.source(cited.source).checked).max();
        let note = match (lines.is_empty(), checked) {
            (true, _) => Text::of("No source is named for anything on this page."),
            (false, Some(checked)) => Text::of("Last checked ").date(checked).say("."),
            (false, None) => Text::of("No source says when it was last checked."),
        };
        Sources { note, lines, report }
    }
}

/// The list of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sources {
    /// When they were last checked.
    pub note: Text,
    /// One line a source.
    pub lines: Vec<SourceLine>,
    /// Where a reader reports a wrong number.
    pub report: Option<String>,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceLine {
    /// Its number, from one.
    pub number: usize,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: Option<String>,
    /// What the page takes from it.
    pub purposes: String,
    /// When it was last read.
    pub checked: Option<DateWords>,
}
