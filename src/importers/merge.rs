//! The three-way merge: what upstream said last, what it says now, and what stands in the content.
//!
//! Where the content still says what the import wrote, upstream's new word is taken. Where a person has written something else,
//! or had before the first import, that stays, and is told when upstream moves under it.

mod file;
mod rules;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Format;
use super::content::Content;
use super::date::Date;
use super::document::Document;
use super::ledger::{Fate, Ledger, Place};
use super::lock::{Lock, LockedFile};
use super::plan::{Plan, Wanted};
use super::slot::Slot;

/// What an import does to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something stands there that did not before.
    Added,
    /// Upstream says something else now, and the content follows.
    Changed,
    /// Upstream does not say it any more: a price ends, a fact is taken out.
    Gone,
    /// Upstream does not list the model or offer any more.
    Unlisted,
    /// Upstream says something else now, and a person's value stays.
    Overridden,
}

/// A change of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: String,
    /// The place in it.
    pub slot: Slot,
    /// What is done.
    pub kind: Kind,
    /// What upstream said before.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
}

/// What comes of an import.
#[derive(Debug, Default)]
pub struct Merged {
    /// The new text of each file that is new or changes.
    pub texts: BTreeMap<String, String>,
    /// Which of them are new.
    pub new: Vec<String>,
    /// What is remembered for the next import.
    pub lock: Lock,
    /// What changed, by file.
    pub changes: Vec<Change>,
    /// What became of each record and field.
    pub ledger: Ledger,
}

/// What comes of one file.
struct FileMerged {
    path: String,
    text: Option<String>,
    is_new: bool,
    locked: LockedFile,
    changes: Vec<Change>,
    fates: Vec<(Place, Fate)>,
}

/// Merges a plan with the content.
///
/// # Errors
///
/// When a value cannot stand where it is wanted, which file and why.
pub fn merge(
    format: &Format,
    mut plan: Plan,
    mut content: Content,
    lock: &Lock,
    today: Date,
) -> Result<Merged, String> {
    let lists = rules::Lists::of(&content, &plan);
    let mut jobs: Vec<(String, Wanted, Option<Document>)> = Vec::new();
    for (path, wanted) in std::mem::take(&mut plan.files) {
        let document = content.documents.remove(&path);
        jobs.push((path, wanted, document));
    }
    let mut merged = Merged::default();
    for (path, locked) in &lock.files {
        if jobs.binary_search_by(|(job, _, _)| job.cmp(path)).is_ok() {
            continue;
        }
        match content.documents.remove(path) {
            // The offers of a provider end with it; of other files all stays as it is.
            Some(document) if path.starts_with("content/providers/") => {
                jobs.push((path.clone(), Wanted::default(), Some(document)));
            }
            Some(_) => {
                let slot = Slot::key("name");
                merged.changes.push(Change {
                    path: path.clone(),
                    slot,
                    kind: Kind::Unlisted,
                    before: None,
                    after: None,
                });
                merged.lock.files.insert(path.clone(), locked.clone());
            }
            None => {
                merged.lock.files.insert(path.clone(), locked.clone());
            }
        }
    }
    let offers = &plan.offers;
    let context = file::Context { format, lists: &lists, offers, today };
    let files: Vec<FileMerged> = jobs
        .into_par_iter()
        .map(|(path, wanted, document)| file::merge(&context, path.clone(), wanted, document, lock.files.get(&path)))
        .collect::<Result<_, String>>()?;
    for file in files {
        if let Some(text) = file.text {
            if file.is_new {
                merged.new.push(file.path.clone());
            }
            merged.texts.insert(file.path.clone(), text);
        }
        for (place, fate) in file.fates {
            plan.ledger.set(place, fate);
        }
        if !file.locked.places.is_empty() {
            merged.lock.files.insert(file.path, file.locked);
        }
        merged.changes.extend(file.changes);
    }
    merged.changes.sort_by(|a, b| (&a.path, a.kind, &a.slot).cmp(&(&b.path, b.kind, &b.slot)));
    merged.ledger = plan.ledger;
    Ok(merged)
}
