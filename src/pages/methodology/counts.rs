//! What is not known, and the sources with the number of figures that rest on each.

use crate::catalog::Survey;
use crate::pages::figure::Figure;
use crate::pages::paging::MOST_ROWS;
use crate::pages::text::{capital, counted, grouped};
use crate::pages::{Context, DateWords, headline};

/// Of how many models something is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnknownRow {
    pub what: String,
    /// How many lack it.
    pub lacking: String,
    /// Of how many.
    pub of: String,
}

/// The sources on which most rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceTable {
    pub note: String,
    pub rows: Vec<SourceRow>,
    /// Whether a figure of one of them is overdue.
    pub overdue: bool,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceRow {
    pub title: String,
    pub publisher: Option<String>,
    /// Its address.
    pub href: Option<String>,
    /// How many figures rest on it.
    pub figures: Figure,
    /// How many of them were last checked too long ago.
    pub overdue: Figure,
    /// When it was last read.
    pub checked: Option<DateWords>,
}

/// Each kind of fact with the number of models that lack it.
pub(super) fn unknown(cx: &Context<'_>, survey: &Survey) -> Vec<UnknownRow> {
    let lacking = &survey.unknown;
    let index = headline::index(cx).map(|index| format!("a score that is ranked on {}", index.name));
    let rows = [
        (Some("context window".to_owned()), lacking.context_window, survey.models, ""),
        (Some("max output".to_owned()), lacking.max_output, survey.models, ""),
        (Some("a price".to_owned()), lacking.price, survey.served, "not retired"),
        (Some("day of release".to_owned()), lacking.released, survey.models, ""),
        (Some("knowledge cut-off".to_owned()), lacking.knowledge_cutoff, survey.models, ""),
        (Some("whether the weights are open".to_owned()), lacking.weights, survey.models, ""),
        (Some("licence of the weights".to_owned()), lacking.license, survey.open, "whose weights are not closed"),
        (index, lacking.headline, survey.models, ""),
    ];
    let row = |(what, lacking, of, which): (Option<String>, usize, usize, &str)| {
        let space = if which.is_empty() { "" } else { " " };
        Some(UnknownRow {
            what: capital(&what?),
            lacking: if lacking == 0 { "none".to_owned() } else { grouped(lacking) },
            of: format!("{}{space}{which}", counted(of, "model")),
        })
    };
    rows.into_iter().filter_map(row).collect()
}

/// What the table of unknowns counts.
pub(super) fn unknown_note(survey: &Survey) -> String {
    match survey.models {
        0 => "There is no model yet.".to_owned(),
        _ => "How many models lack a fact. What does not apply to a model is not counted.".to_owned(),
    }
}

/// The sources, those on which most rests first.
pub(super) fn sources(cx: &Context<'_>, survey: &Survey) -> SourceTable {
    let shown = survey.sources.iter().take(MOST_ROWS);
    let rows: Vec<SourceRow> = shown
        .map(|rests| {
            let source = cx.catalog.source(rests.source);
            let figure = |count: usize, none| {
                if count == 0 { Figure::words(none) } else { Figure::of(grouped(count)) }
            };
            SourceRow {
                title: source.title.clone(),
                publisher: source.publisher.clone(),
                href: source.url.as_ref().map(|url| url.as_str().to_owned()),
                figures: figure(rests.figures, "other facts"),
                overdue: figure(rests.overdue, "none"),
                checked: source.checked.map(DateWords::from),
            }
        })
        .collect();
    let all = survey.sources.len();
    let note = match all {
        0 => "No source is named.".to_owned(),
        1 => "1 source.".to_owned(),
        _ if all > MOST_ROWS => format!(
            "The {MOST_ROWS} of {} on which most figures rest. Each card names all of its own.",
            counted(all, "source")
        ),
        _ => format!("{}, those on which most figures rest first.", counted(all, "source")),
    };
    let note = if all == 0 {
        note
    } else {
        format!(
            "{note} A figure is a price, a limit or a score; “other facts” are dates, modalities, licences and the like."
        )
    };
    let overdue = survey.sources.iter().take(MOST_ROWS).any(|rests| rests.overdue > 0);
    SourceTable { note, rows, overdue }
}
