//! One file: what upstream wants there, what was known, and what stands there.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{ByHand, Lists};
use super::{Change, FileMerged, Kind};
use crate::importers::Format;
use crate::importers::date::Date;
use crate::importers::document::Document;
use crate::importers::ledger::{Fate, Place};
use crate::importers::lock::{Known, LockedFile, Mark};
use crate::importers::plan::{Cell, Wanted};
use crate::importers::slot::{OfferKey, Slot};
use crate::importers::value::{date, plain, quoted};

/// What holds for all files.
pub(super) struct Context<'a> {
    pub(super) format: &'a Format,
    pub(super) lists: &'a Lists,
    /// The offers of which upstream has a record, by file.
    pub(super) offers: &'a BTreeSet<(String, OfferKey)>,
    pub(super) today: Date,
}

/// A file that is being merged.
struct Work<'a> {
    context: &'a Context<'a>,
    path: String,
    document: Document,
    by_hand: ByHand,
    former: BTreeMap<Slot, Known>,
    merged: FileMerged,
    /// Whether the text is another by now.
    touched: bool,
    /// Places that say something new.
    news: BTreeSet<Slot>,
}

/// Merges one file.
pub(super) fn merge(
    context: &Context<'_>,
    path: String,
    wanted: Wanted,
    document: Option<Document>,
    locked: Option<&LockedFile>,
) -> Result<FileMerged, String> {
    let is_new = document.is_none();
    let document = match document {
        Some(document) => document,
        None => Document::parse("").map_err(|error| format!("{path}: {error}"))?,
    };
    let by_hand = ByHand::of(&document, locked);
    let made = locked.map_or(is_new, |locked| locked.made);
    let merged = FileMerged {
        path: path.clone(),
        text: None,
        is_new,
        locked: LockedFile { made, places: BTreeMap::new() },
        changes: Vec::new(),
        fates: Vec::new(),
    };
    let former = locked.map(|locked| locked.places.clone()).unwrap_or_default();
    let is_empty = wanted.cells.is_empty();
    let mut work = Work { context, path, document, by_hand, former, merged, touched: false, news: BTreeSet::new() };
    // Sources come last: those that nothing refers to are not written.
    let is_source = |cell: &Cell| matches!(&cell.slot, Slot::Key(keys) if keys[0] == "sources");
    let (sources, cells): (Vec<Cell>, Vec<Cell>) = wanted.cells.into_iter().partition(is_source);
    let (tables, keys): (Vec<Cell>, Vec<Cell>) = cells.into_iter().partition(|cell| is_in_table(&cell.slot));
    let stamped = work.path.starts_with("content/models/") || work.path.starts_with("content/providers/");
    for cell in keys {
        work.cell(cell)?;
    }
    if made && stamped && !is_empty {
        let source = quoted(context.format.name);
        work.cell(stamp(Slot::key("source"), source))?;
        // Its day is settled when all else is known; it stands here in a new file.
        if is_new {
            work.cell(stamp(Slot::key("as_of"), date(context.today)))?;
        }
    }
    for cell in tables {
        work.cell(cell)?;
    }
    for cell in sources {
        if work.is_used(&cell.slot) {
            work.cell(cell)?;
        }
    }
    work.gone(is_empty)?;
    work.dates(made && stamped)?;
    if is_new {
        work.document.set_apart();
    }
    if work.touched || is_new {
        work.merged.text = Some(work.document.text());
    }
    Ok(work.merged)
}

/// A value that no field of upstream's says.
fn stamp(slot: Slot, value: String) -> Cell {
    Cell { slot, value, places: Vec::new(), is_date: false }
}

/// Whether a place is written below the head of a table.
fn is_in_table(slot: &Slot) -> bool {
    match slot {
        Slot::Key(keys) => keys.len() > 1 && keys[0] != "modalities",
        _ => true,
    }
}

impl Work<'_> {
    /// Settles a place that upstream has a word on.
    fn cell(&mut self, cell: Cell) -> Result<(), String> {
        let Cell { slot, value, places, .. } = cell;
        let theirs = plain(&value);
        let today = self.context.today;
        let ours = self.document.get(&slot, today);
        let base = self.former.remove(&slot);
        let says_same = ours.as_deref() == Some(theirs.as_str());
        let moved = base.as_ref().is_some_and(|base| plain(&base.value) != theirs);
        let before = base.as_ref().map(|base| base.value.clone());
        let covered = self.by_hand.covers(&self.path, &slot, self.context.lists);
        let mark = match (&base, &ours) {
            (None | Some(Known { mark: Mark::Kept, .. }), None) if !covered => {
                self.write(&slot, &value, Kind::Added, None)?;
                Mark::Written
            }
            (None | Some(Known { mark: Mark::Kept, .. }), _) => Mark::Kept,
            (Some(Known { mark: Mark::Deleted, .. }), None) => Mark::Deleted,
            (Some(Known { mark: Mark::Deleted, .. }), Some(_)) => Mark::Kept,
            (Some(Known { mark: Mark::Written, .. }), None) => Mark::Deleted,
            (Some(Known { mark: Mark::Written, .. }), Some(_)) if says_same => Mark::Written,
            (Some(Known { mark: Mark::Written, value: base }), Some(ours)) if plain(base) == *ours => {
                self.write(&slot, &value, Kind::Changed, before.clone())?;
                Mark::Written
            }
            (Some(Known { mark: Mark::Written, .. }), Some(_)) => Mark::Kept,
        };
        // The day of the last look moves with every import and is nobody's news.
        let is_look = matches!(&slot, Slot::Key(keys) if keys.last().is_some_and(|key| key == "checked"));
        if mark != Mark::Written && moved && !says_same && !is_look {
            self.change(&slot, Kind::Overridden, before, Some(value.clone()));
        }
        let into = || format!("{}: {slot}", self.path);
        let fate = match mark {
            Mark::Written => Fate::Taken(into()),
            Mark::Kept if says_same => Fate::Merged { into: into(), rule: "the content says the same".to_owned() },
            Mark::Kept => Fate::LeftOut("what a person has written stays".to_owned()),
            Mark::Deleted => Fate::LeftOut("a person has taken it out".to_owned()),
        };
        self.merged.fates.extend(places.into_iter().map(|place: Place| (place, fate.clone())));
        self.merged.locked.places.insert(slot, Known { mark, value });
        Ok(())
    }

    fn write(&mut self, slot: &Slot, value: &str, kind: Kind, before: Option<String>) -> Result<(), String> {
        let done = self.document.set(slot, value, self.context.today);
        done.map_err(|error| format!("{}: {slot}: {error}", self.path))?;
        self.touched = true;
        self.news.insert(slot.clone());
        self.change(slot, kind, before, Some(value.to_owned()));
        Ok(())
    }

    fn change(&mut self, slot: &Slot, kind: Kind, before: Option<String>, after: Option<String>) {
        self.merged.changes.push(Change { path: self.path.clone(), slot: slot.clone(), kind, before, after });
    }

    /// Settles the places on which upstream has no word any more.
    fn gone(&mut self, is_unlisted: bool) -> Result<(), String> {
        let today = self.context.today;
        let mut unlisted: BTreeMap<OfferKey, bool> = BTreeMap::new();
        for (slot, known) in std::mem::take(&mut self.former) {
            if is_stamp(&slot) {
                self.former.insert(slot, known);
                continue;
            }
            let offer = slot
                .offer()
                .filter(|offer| is_unlisted || !self.context.offers.contains(&(self.path.clone(), (*offer).clone())));
            if let (Some(offer), Slot::Offer(..)) = (offer, &slot) {
                // The offer stays, as what once was; its prices end.
                unlisted.entry(offer.clone()).or_insert(false);
                self.merged.locked.places.insert(slot, known);
                continue;
            }
            if offer.is_none() && is_unlisted {
                self.merged.locked.places.insert(slot, known);
                continue;
            }
            let ours = self.document.get(&slot, today);
            let is_ours = known.mark == Mark::Written && ours.as_deref() == Some(plain(&known.value).as_str());
            if is_ours {
                let done = self.document.remove(&slot, today);
                done.map_err(|error| format!("{}: {slot}: {error}", self.path))?;
                self.touched = true;
                self.news.insert(slot.clone());
            }
            match offer {
                Some(offer) => *unlisted.entry(offer.clone()).or_default() |= is_ours,
                None if is_ours => self.change(&slot, Kind::Gone, Some(known.value), None),
                None if ours.is_some() => self.change(&slot, Kind::Overridden, Some(known.value), None),
                None => {}
            }
        }
        for (offer, ended) in unlisted {
            let slot = Slot::Offer(offer.clone(), "note".to_owned());
            let is_written = self
                .merged
                .locked
                .places
                .get(&Slot::Offer(offer.clone(), "id".to_owned()))
                .is_some_and(|known| known.mark == Mark::Written);
            if self.document.get(&slot, today).is_none() && is_written && self.document.has_offer(&offer) {
                let note = quoted(&format!("Not listed by {} since {today}.", self.context.format.title));
                let done = self.document.set(&slot, &note, today);
                done.map_err(|error| format!("{}: {slot}: {error}", self.path))?;
                self.touched = true;
                self.merged.locked.places.insert(slot.clone(), Known { mark: Mark::Written, value: note });
                self.news.insert(slot.clone());
                self.change(&slot, Kind::Unlisted, None, None);
            } else if ended {
                self.change(&slot, Kind::Unlisted, None, None);
            }
        }
        Ok(())
    }

    /// Whether something in the file refers to a source; the settings' sources are for all files.
    fn is_used(&self, slot: &Slot) -> bool {
        let Slot::Key(keys) = slot else { return true };
        if self.path == "content/site.toml" {
            return true;
        }
        let reference = format!("source = {}", quoted(&keys[1]));
        self.merged.locked.places.iter().any(|(slot, known)| {
            matches!(slot, Slot::Row(..)) && known.mark == Mark::Written && known.value.contains(&reference)
        })
    }

    /// Sources and days of what a file that was there before has been given; and the day of a file that the import made,
    /// which moves when anything in it does.
    fn dates(&mut self, made: bool) -> Result<(), String> {
        let today = date(self.context.today);
        if made {
            let slot = Slot::key("as_of");
            if !self.merged.locked.places.contains_key(&slot) {
                let value = self.day(&slot, !self.news.is_empty(), today);
                self.cell(stamp(slot, value))?;
            }
            return Ok(());
        }
        let mut scopes: BTreeMap<Vec<String>, (Slot, Slot, bool)> = BTreeMap::new();
        for (slot, known) in &self.merged.locked.places {
            if known.mark != Mark::Written {
                continue;
            }
            let (source, day) = match slot {
                Slot::Key(keys) if PROVENANCE.contains(&keys[0].as_str()) => {
                    let key = |last: &str| Slot::key(&format!("provenance.{}.{last}", keys[0]));
                    (key("source"), key("as_of"))
                }
                Slot::Offer(offer, _) | Slot::Price(Some(offer), _) => {
                    let key = |last: &str| Slot::Offer(offer.clone(), last.to_owned());
                    (key("source"), key("as_of"))
                }
                Slot::Price(None, _) => (Slot::key("price.source"), Slot::key("price.as_of")),
                _ => continue,
            };
            let is_news = self.news.contains(slot);
            scopes.entry(source.parts()).or_insert((source, day, false)).2 |= is_news;
        }
        for (source, day, is_news) in scopes.into_values() {
            if !self.path.starts_with("content/models/") && !self.path.starts_with("content/providers/") {
                continue;
            }
            self.cell(stamp(source, quoted(self.context.format.name)))?;
            let value = self.day(&day, is_news, today.clone());
            self.cell(stamp(day, value))?;
        }
        Ok(())
    }

    /// The day that a date should have: today when there is news, else that of before.
    fn day(&self, slot: &Slot, is_news: bool, today: String) -> String {
        match self.former.get(slot) {
            Some(known) if !is_news => known.value.clone(),
            _ => today,
        }
    }
}

/// Keys with which the import says where its values are from.
fn is_stamp(slot: &Slot) -> bool {
    let is_word = |key: &str| matches!(key, "source" | "as_of");
    match slot {
        Slot::Key(keys) => match keys.as_slice() {
            [key] => key == "as_of",
            [first, .., last] => matches!(first.as_str(), "provenance" | "price") && is_word(last),
            [] => false,
        },
        Slot::Offer(_, key) => is_word(key),
        _ => false,
    }
}

/// Facts that have a provenance of their own.
const PROVENANCE: [&str; 16] = [
    "announced",
    "released",
    "updated",
    "knowledge_cutoff",
    "deprecated",
    "retired",
    "context_window",
    "max_input",
    "max_output",
    "modalities",
    "weights",
    "license",
    "parameters",
    "active_parameters",
    "capabilities",
    "status",
];
