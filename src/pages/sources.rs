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
    /// The day on which the figure was last checked, where the site finds that long ago.
    pub overdue: Option<Date>,
}

impl askama::filters::HtmlSafe for Mark {}

impl Mark {
    fn last_checked(&self) -> Option<DateWords> {
        self.overdue.map(DateWords::from)
    }
}

/// Gives every source its number when it is first referred to.
#[derive(Debug)]
pub(super) struct Citations<'a> {
    catalog: &'a Catalog,
    cited: Vec<Cited>,
    /// The oldest day on which an overdue figure was last checked that has no source to be marked with.
    without_source: Option<Date>,
}

#[derive(Debug)]
struct Cited {
    source: SourceId,
    purposes: Vec<Purpose>,
    as_of: Option<Date>,
}

/// What a source stands for on the page.
#[derive(Debug, PartialEq, Eq)]
struct Purpose {
    what: &'static str,
    /// The oldest day on which a figure among it was last checked, where the site finds that long ago.
    overdue: Option<Date>,
    /// Whether others were checked on another day.
    mixed: bool,
}

impl Purpose {
    fn add(&mut self, overdue: Option<Date>) {
        self.mixed |= self.overdue != overdue;
        self.overdue = older(self.overdue, overdue);
    }

    /// `prices`, or where they are overdue `prices (last checked 1 Mar 2025)`
    fn words(&self) -> String {
        let oldest = if self.mixed { "the oldest " } else { "" };
        match self.overdue {
            Some(day) => format!("{} ({oldest}last checked {})", self.what, day.long()),
            None => self.what.to_owned(),
        }
    }
}

fn older(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.into_iter().chain(b).min()
}

impl<'a> Citations<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Self {
        Self { catalog, cited: Vec::new(), without_source: None }
    }

    /// The marker of the source behind a value, noting what it stands for. `None` when no source is named.
    /// An overdue figure is marked with the day on which it was last checked.
    pub(super) fn cite(&mut self, provenance: &Provenance, purpose: &'static str) -> Option<Mark> {
        let overdue = provenance.overdue;
        let Some(source) = provenance.source else {
            self.without_source = older(self.without_source, overdue);
            return None;
        };
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
        match cited.purposes.iter_mut().find(|held| held.what == purpose) {
            Some(held) => held.add(overdue),
            None => cited.purposes.push(Purpose { what: purpose, overdue, mixed: false }),
        }
        cited.as_of = cited.as_of.max(provenance.as_of);
        Some(Mark { number: place + 1, overdue })
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
                    purposes: listed(&cited.purposes.iter().map(Purpose::words).collect::<Vec<_>>()),
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
        let note = match self.without_source {
            Some(day) => note.say(" Of the figures without a source the oldest was last checked ").date(day).say("."),
            None => note,
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
