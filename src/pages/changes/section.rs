//! The changes of one developer or provider, as a section of its page.

use super::lines::{Beside, Line, line, together};
use crate::catalog::Changes;
use crate::pages::Context;
use crate::pages::sources::Citations;
use crate::pages::text::{Text, counted};
use crate::urls::{self, LinkBase};

/// So many lines are shown at most.
const MOST_LINES: usize = 20;

/// So many of them are of what is ahead.
const MOST_AHEAD: usize = 10;

/// The newest changes of a part of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Section {
    /// Heading.
    pub title: &'static str,
    /// How many there are of how many, and where all of them stand.
    pub note: Text,
    /// What has not happened yet, the soonest first.
    pub ahead: Vec<Line>,
    /// What has, the newest first.
    pub past: Vec<Line>,
}

/// The section; `None` when there are no changes.
pub(in crate::pages) fn section<'a>(
    cx: &Context<'a>,
    base: &LinkBase,
    changes: Changes<'a>,
    beside: Beside,
    citations: &mut Citations<'a>,
) -> Option<Section> {
    let ahead = together(changes.ahead(cx.today), MOST_AHEAD + 1);
    let most = MOST_LINES - ahead.len().min(MOST_AHEAD);
    let past = together(changes.newest(cx.today), most + 1);
    if ahead.is_empty() && past.is_empty() {
        return None;
    }
    let (more_ahead, more_past) = (ahead.len() > MOST_AHEAD, past.len() > most);
    let mut first = |told: &[_], most| -> Vec<Line> {
        told.iter().take(most).map(|told| line(cx, base, told, beside, citations)).collect()
    };
    let (ahead, past) = (first(&ahead, MOST_AHEAD), first(&past, most));
    let count = match ahead.len() + past.len() {
        _ if more_past => format!("The newest {}.", past.len()),
        _ if more_ahead => format!("{} so far, the newest first.", counted(past.len(), "change")),
        1 => "The only one that is dated.".to_owned(),
        all => format!("{}, the newest first.", counted(all, "change")),
    };
    let order = match (ahead.as_slice(), past.as_slice()) {
        ([], _) | (_, []) => String::new(),
        (ahead, _) if more_ahead => format!(" Before them stand the soonest {} of what is ahead.", ahead.len()),
        _ => " What is ahead stands before them, the soonest first.".to_owned(),
    };
    let note = Text::of(format!("{count}{order} ")).link("All changes", base.href(&urls::changes()));
    let title = if beside == Beside::OfProvider { "Price changes" } else { "Changes" };
    Some(Section { title, note, ahead, past })
}
