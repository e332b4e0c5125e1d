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
    let (ahead, past) = (together(changes.ahead(cx.today)), together(changes.newest(cx.today)));
    let all = ahead.len() + past.len();
    if all == 0 {
        return None;
    }
    let mut first = |told: &[_], most| -> Vec<Line> {
        told.iter().take(most).map(|told| line(cx, base, told, beside, citations)).collect()
    };
    let ahead = first(&ahead, MOST_AHEAD);
    let past = first(&past, MOST_LINES - ahead.len());
    let shown = ahead.len() + past.len();
    let count = match all {
        all if shown < all => format!("The newest {shown} of {}.", counted(all, "change")),
        1 => "The only one that is dated.".to_owned(),
        all => format!("{}, the newest first.", counted(all, "change")),
    };
    let order =
        if ahead.is_empty() || past.is_empty() { "" } else { " What is ahead stands before them, the soonest first." };
    let note = Text::of(format!("{count}{order} ")).link("All changes", base.href(&urls::changes()));
    let title = if beside == Beside::OfProvider { "Price changes" } else { "Changes" };
    Some(Section { title, note, ahead, past })
}
