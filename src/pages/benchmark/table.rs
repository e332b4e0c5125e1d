//! The results of one group, a row each.

use std::ops::Range;
use std::sync::Arc;

use super::{SCORES, View};
use crate::catalog::{Axis, Board, Date, Entry, Group, Measured, Score, ScoreValue};
use crate::charts::{self, Extent, Fill, Shape};
use crate::html::Html;
use crate::pages::figure::{Figure, align};
use crate::pages::model_row;
use crate::pages::scale::{ScaleLabel, column_unit, extent, scale_labels};
use crate::pages::sources::Citations;
use crate::pages::text::{Text, grouped, sentence};
use crate::urls;

/// From so many results on, what is the same of all is said once.
const ALIKE: usize = 3;

/// The table of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name in the page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it begins on an earlier page.
    pub continued: bool,
    /// What the forms and colours mean.
    pub key: Vec<KeyItem>,
    /// Head of the column of main results: `Measured`.
    pub main: &'static str,
    /// Head of the column of the others, where there are any: `Reported`.
    pub other: Option<&'static str>,
    /// Whether a row has both, so that there is a gap between them.
    pub gaps: bool,
    /// Whether a main result has an uncertainty.
    pub uncertain: bool,
    /// What the figures are in.
    pub unit: String,
    /// Numbers above the bars.
    pub scale: Vec<ScaleLabel>,
    /// Names of the dashed lines above them.
    pub lines: Vec<ScaleLabel>,
    /// The rows, best first.
    pub rows: Vec<Row>,
    /// What is ranked, and what is not.
    pub note: Text,
    /// Whether each row has its source and date. Else all are the same, and the note says them.
    pub sourced: bool,
}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyItem {
    pub swatch: Html,
    pub words: &'static str,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its name in the page: that of the model, on the first of its rows.
    pub id: Option<String>,
    /// The rank; `None` where it is not ranked.
    pub rank: Option<String>,
    /// Name of the model.
    pub name: String,
    /// Its card.
    pub href: String,
    /// Deprecated, retired or preview.
    pub status: Option<&'static str>,
    /// The setting of the model.
    pub variant: Option<Arc<str>>,
    /// The main result.
    pub value: Figure,
    /// Half the width of the interval around it.
    pub uncertainty: String,
    /// Both results on the scale.
    pub lane: Html,
    /// The other result.
    pub other: Figure,
    /// What is reported, minus what was measured.
    pub gap: Figure,
    /// Who measured, and where that is from.
    pub who: Text,
    /// The day for which the source of the main result speaks.
    pub date: Option<Date>,
}

impl View<'_> {
    /// The table of these entries of a group, which is at this place on the board.
    pub(super) fn table(&self, board: &Board, at: usize, range: Range<usize>, citations: &mut Citations<'_>) -> Table {
        let (group, axis) = (&board.groups[at], board.axis);
        let tally = group.tally;
        let continued = range.start > 0;
        let sourced = !is_said_once(tally.one_origin, group);
        let entries = group.entries[range].iter();
        let mut rows: Vec<Row> = entries.map(|entry| self.row(group, entry, axis, sourced, citations)).collect();
        align(rows.iter_mut().map(|row| &mut row.value));
        align(rows.iter_mut().map(|row| &mut row.other));
        align(rows.iter_mut().map(|row| &mut row.gap));
        let (main, other) = if group.by_reports { ("Reported", "Measured") } else { ("Measured", "Reported") };
        let note = if continued { Text::default() } else { self.note(board, at) };
        Table {
            id: if at == 0 { "board".to_owned() } else { format!("board-{}", at + 1) },
            title: self.title(board, at),
            continued,
            key: self.key(group, axis),
            main,
            other: (tally.both + tally.other_only > 0).then_some(other),
            gaps: tally.both > 0,
            uncertain: rows.iter().any(|row| !row.uncertainty.is_empty()),
            unit: column_unit(self.benchmark),
            scale: scale_labels(axis),
            lines: self.line_labels(axis),
            rows,
            note: self.with_alike(note, group, sourced, citations),
            sourced,
        }
    }

    fn row(&self, group: &Group, entry: &Entry, axis: Axis, sourced: bool, citations: &mut Citations<'_>) -> Row {
        let model = self.cx.catalog.model(entry.model);
        let (main, other) = (Entry::score(model, entry.main), Entry::score(model, entry.other));
        let (main_fill, other_fill) = fills(group, entry);
        let (reported, measured) = if group.by_reports { (main, other) } else { (other, main) };
        let shapes: Vec<Shape> = match (main, other) {
            (Some(main), other) => {
                let bar = Shape::Solid(extent(self.benchmark, axis, main.value.0), main_fill);
                let mark = other.map(|other| Shape::Mark(axis.position(other.value.0), other_fill));
                std::iter::once(bar).chain(mark).collect()
            }
            (None, Some(other)) => vec![Shape::Hatched(extent(self.benchmark, axis, other.value.0), other_fill)],
            (None, None) => Vec::new(),
        };
        let figure = |score: Option<&Score>| {
            score.map_or_else(|| Figure::words("none"), |score| Figure::of(score.value.to_string()))
        };
        let shown = main.or(other);
        Row {
            id: entry.is_first.then(|| urls::benchmark_row(model)),
            rank: entry.rank.map(grouped),
            name: model.name.clone(),
            href: self.base.href(&urls::model(model)),
            status: model_row::status(model),
            variant: shown
                .and_then(|score| score.variant.clone())
                .filter(|_| !is_said_once(group.tally.one_variant, group))
                .or_else(|| entry.one_of_several.then(|| "setting not stated".into())),
            value: figure(main),
            uncertainty: main.and_then(|score| score.uncertainty).map_or_else(String::new, |half| format!("±{half}")),
            lane: charts::lane(&shapes, !self.benchmark.baselines.is_empty()),
            other: figure(other),
            gap: match (reported, measured) {
                (Some(reported), Some(measured)) => Figure::of(signed(reported, measured)),
                _ => Figure::words(""),
            },
            who: if sourced { self.who(main, other, citations) } else { Text::default() },
            date: shown.and_then(|score| score.provenance.as_of),
        }
    }

    /// The note, and behind it what is the same of all results and so is not said in each row.
    fn with_alike(&self, note: Text, group: &Group, sourced: bool, citations: &mut Citations<'_>) -> Text {
        let mut note = note;
        let first = group
            .entries
            .first()
            .and_then(|entry| Entry::score(self.cx.catalog.model(entry.model), entry.main.or(entry.other)));
        let Some(score) = first else { return note };
        let space = |note: &Text| if note.is_empty() { "" } else { " " };
        if let Some(variant) = score.variant.as_ref().filter(|_| is_said_once(group.tally.one_variant, group)) {
            let said = format!("{}Setting of every model: {variant}.", space(&note));
            note = note.say(said);
        }
        if !sourced {
            let all = format!("{}All results: ", space(&note));
            note = note.say(all).then(self.who(Some(score), None, citations));
            note = match score.provenance.as_of {
                Some(date) => note.say(", ").date(date).say("."),
                None => note.say(", not dated."),
            };
        }
        note
    }

    /// `independent, MiniMax [1]; also reported by OpenAI [2], 31 Jan 2026`
    fn who(&self, main: Option<&Score>, other: Option<&Score>, citations: &mut Citations<'_>) -> Text {
        let mut of = |score: &Score, also: bool| {
            let who = score.measured.map_or("measurer not stated", Measured::word);
            let from = citations.publisher(&score.provenance).unwrap_or("no source");
            let mark = citations.cite(&score.provenance, SCORES);
            let text = Text::of([if also { "; also " } else { "" }, who, ", ", from].concat()).mark(mark);
            let text = match score.provenance.as_of {
                Some(date) if also => text.say(", ").date(date),
                _ => text,
            };
            match score.provenance.note.as_deref() {
                Some(note) => text.say(format!(" · {}", sentence(note))),
                None => text,
            }
        };
        let main_text = main.map(|score| of(score, false));
        let other_text = other.map(|score| of(score, main.is_some()));
        main_text.into_iter().chain(other_text).reduce(Text::then).unwrap_or_default()
    }

    /// Names of the dashed lines, those that have room beside one another. All are named below the table.
    fn line_labels(&self, axis: Axis) -> Vec<ScaleLabel> {
        let mut lines: Vec<_> = self.benchmark.baselines.iter().collect();
        lines.sort_by(|a, b| (a.value, &a.name).cmp(&(b.value, &b.name)));
        let mut labels: Vec<ScaleLabel> = Vec::new();
        let mut free = 0.0;
        for line in lines {
            let text = format!("{} {}", line.name.to_lowercase(), ScoreValue(line.value.0.normalize()));
            let place = axis.position(line.value.0);
            // A letter takes 1.6 percent of the narrowest column in which names are shown.
            let half = text.chars().count() as f64 * 0.8;
            if place - half >= free && place + half <= 100.0 {
                free = place + half + 2.0;
                labels.push(ScaleLabel { place: place.round() as usize, text });
            }
        }
        labels
    }

    /// The legend of a group: what occurs in it.
    fn key(&self, group: &Group, axis: Axis) -> Vec<KeyItem> {
        let (tally, ranks) = (group.tally, group.tally.ranked > 0);
        let dots = matches!(extent(self.benchmark, axis, self.benchmark.min.unwrap_or_default()), Extent::At(_));
        let whole = if dots { Extent::At(50.0) } else { Extent::Between(0.0, 100.0) };
        let solid = |fill| Shape::Solid(whole, fill);
        let others_fill = if group.by_reports { Fill::Measured } else { Fill::Claimed };
        let main_fill = if group.by_reports { Fill::Claimed } else { Fill::Measured };
        let main_words = match (group.by_reports, tally.independent, ranks) {
            (true, _, true) => "reported by the developer, ranked",
            (true, _, false) => "reported by the developer",
            (false, true, true) => "measured independently, ranked",
            (false, true, false) => "measured independently",
            (false, false, true) => "measured, ranked",
            (false, false, false) => "measured",
        };
        let (beside_words, alone_words) = if group.by_reports {
            ("measured by others", "measured by others only, not ranked")
        } else {
            ("reported by the developer", "reported only, not ranked")
        };
        // All may share the first rank.
        let plain = if ranks {
            group.entries.iter().any(|entry| entry.rank.is_some_and(|rank| rank > 1))
        } else {
            tally.unranked > 0
        };
        let items = [
            (plain, solid(main_fill), main_words),
            (ranks && tally.unranked > 0, solid(Fill::Quiet), "another result of a ranked model"),
            (tally.both > 0, Shape::Mark(50.0, others_fill), beside_words),
            (tally.other_only > 0, Shape::Hatched(whole, others_fill), alone_words),
            (ranks, solid(Fill::Accent), "best"),
        ];
        let item = |(is_there, shape, words): (bool, Shape, &'static str)| {
            is_there.then(|| KeyItem { swatch: charts::swatch(shape), words })
        };
        items.into_iter().filter_map(item).collect()
    }
}

/// Whether something that is the same of all results of a group is said once, and not in each row.
fn is_said_once(is_alike: bool, group: &Group) -> bool {
    is_alike && group.entries.len() >= ALIKE
}

/// What the main and the other result are drawn in.
fn fills(group: &Group, entry: &Entry) -> (Fill, Fill) {
    let (main, other) =
        if group.by_reports { (Fill::Claimed, Fill::Measured) } else { (Fill::Measured, Fill::Claimed) };
    let main = match entry.rank {
        Some(1) => Fill::Accent,
        None if group.tally.ranked > 0 => Fill::Quiet,
        _ => main,
    };
    (main, other)
}

/// What is reported minus what was measured, with its sign.
fn signed(reported: &Score, measured: &Score) -> String {
    match reported.value.0.checked_sub(measured.value.0) {
        Some(gap) if gap.is_zero() => "0".to_owned(),
        Some(gap) if gap.is_sign_negative() => format!("−{}", ScoreValue(-gap)),
        Some(gap) => format!("+{}", ScoreValue(gap)),
        None => String::new(),
    }
}
