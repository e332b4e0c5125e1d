//! A cell of a table that compares: a value, and how it stands to that of the first model.

use askama::Template;

use crate::catalog::{Refusal, Relation};
use crate::pages::Column;
use crate::pages::figure::{Figure, NOT_APPLICABLE, UNKNOWN};
use crate::pages::sources::Mark;
use crate::pages::text::Text;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pages/comparison/cell.html")]
pub(super) struct Cell {
    /// The value, or the words for why there is none.
    pub text: Text,
    /// Room behind a figure, up to the width of its column.
    pub pad: String,
    /// Whether it is a figure.
    pub figure: bool,
    /// Whether these are words for why there is no value.
    pub quiet: bool,
    /// Where it comes from.
    pub mark: Option<Mark>,
    /// How it stands to the value of the first model.
    pub note: Option<Note>,
}

impl askama::filters::HtmlSafe for Cell {}

/// How a value stands to that of the first model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// In words.
    pub words: String,
    /// Whether it differs.
    pub differs: bool,
}

impl Cell {
    /// Words.
    pub(super) fn of(text: Text) -> Self {
        Self { text, pad: String::new(), figure: false, quiet: false, mark: None, note: None }
    }

    /// A figure, or the words for why there is none.
    pub(super) fn figure(figure: Figure) -> Self {
        Self { figure: true, quiet: figure.quiet, mark: figure.mark, ..Self::of(Text::of(figure.text)) }
    }

    /// Words for why there is no value.
    pub(super) fn quiet(words: &str) -> Self {
        Self { quiet: true, ..Self::of(Text::of(words)) }
    }

    /// Nobody has said.
    pub(super) fn unknown() -> Self {
        Self::quiet(UNKNOWN)
    }

    /// There is no such thing.
    pub(super) fn not_applicable() -> Self {
        Self::quiet(NOT_APPLICABLE)
    }

    /// The same with its source.
    #[must_use]
    pub(super) fn marked(self, mark: Option<Mark>) -> Self {
        Self { mark, ..self }
    }

    /// The same with how it stands to the value of the first model.
    #[must_use]
    pub(super) fn noted(self, words: impl Into<String>, differs: bool) -> Self {
        Self { note: Some(Note { words: words.into(), differs }), ..self }
    }

    /// The same with a relation, when there is one. Why there is none the cells say themselves, but for another currency.
    #[must_use]
    pub(super) fn related(self, relation: Result<Relation, Refusal>, words: fn(Relation) -> String) -> Self {
        match relation {
            Ok(relation) => self.noted(words(relation), relation != Relation::Same),
            Err(Refusal::Currency(..)) => self.noted("not comparable: another currency", false),
            Err(_) => self,
        }
    }

    fn words(&self) -> &str {
        self.text.runs.first().map_or("", |run| run.text.as_str())
    }
}

/// A row of cells, one a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What is compared.
    pub name: String,
    /// Under what conditions, in what unit.
    pub detail: String,
    /// The values.
    pub cells: Vec<Cell>,
}

/// Brings the figures of every column under one another, on the decimal point.
pub(super) fn align<'a>(rows: impl Iterator<Item = &'a mut Row>) {
    let mut rows: Vec<&mut Row> = rows.collect();
    let columns = rows.first().map_or(0, |row| row.cells.len());
    for at in 0..columns {
        let mut cells: Vec<&mut Cell> =
            rows.iter_mut().filter_map(|row| row.cells.get_mut(at)).filter(|cell| cell.figure && !cell.quiet).collect();
        let column = Column::of(cells.iter().map(|cell| cell.words()));
        for cell in &mut cells {
            cell.pad = column.pad(cell.words());
        }
    }
}
