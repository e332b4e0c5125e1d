//! What upstream wants to stand in the content: for each file its places and values, as yet without a look at what is there.

mod model;
mod offer;
mod party;
mod score;
mod sound;

use std::collections::{BTreeMap, BTreeSet};

use super::Format;
use super::content::{Content, slug};
use super::date::Date;
use super::join::{Join, Joins, path_of};
use super::ledger::{Fate, Ledger, Place, RecordId};
use super::lock::Lock;
use super::mapping::Mapping;
use super::slot::{OfferKey, Slot};
use super::upstream::Upstream;

/// A value that upstream wants somewhere.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Where.
    pub slot: Slot,
    /// The value as it is written.
    pub value: String,
    /// The fields that say so.
    pub places: Vec<Place>,
    /// A date that moves only when something beside it does.
    pub is_date: bool,
}

/// A file that upstream wants.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Its places in the order of a new file.
    pub cells: Vec<Cell>,
    /// What upstream says too and the file need not, as it stands elsewhere in the content: a limit with the model, a score with
    /// its benchmark. A merge passes over it, a cross-check does not.
    pub elsewhere: Vec<Cell>,
    /// The records that it is made of.
    pub records: Vec<RecordId>,
}

impl Wanted {
    /// Wants a value, which these fields say.
    pub fn put(&mut self, slot: Slot, value: impl Into<String>, places: Vec<Place>) {
        self.cells.push(Cell { slot, value: value.into(), places, is_date: false });
    }

    /// Wants a value at a key of the file.
    pub fn key(&mut self, path: &str, value: impl Into<String>, places: Vec<Place>) {
        self.put(Slot::key(path), value, places);
    }

    /// Notes what upstream says and nobody needs to write here.
    pub fn note(&mut self, slot: Slot, value: impl Into<String>, places: Vec<Place>) {
        self.elsewhere.push(Cell { slot, value: value.into(), places, is_date: false });
    }

    /// Wants the day on which something was said.
    pub fn date(&mut self, slot: Slot, today: Date) {
        self.cells.push(Cell { slot, value: super::value::date(today), places: Vec::new(), is_date: true });
    }

    /// Whether the place is wanted already.
    #[must_use]
    pub fn has(&self, slot: &Slot) -> bool {
        self.cells.iter().any(|cell| cell.slot == *slot)
    }
}

/// Everything that upstream wants.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files by their paths below the site's root.
    pub files: BTreeMap<String, Wanted>,
    /// What became of records and fields.
    pub ledger: Ledger,
    /// The offers of which upstream still has a record.
    pub offers: BTreeSet<(String, OfferKey)>,
}

/// What all parts of a plan go by.
struct Ground<'a> {
    format: &'a Format,
    content: &'a Content,
    lock: &'a Lock,
    joins: &'a Joins,
    mapping: &'a Mapping,
    today: Date,
    /// How a person has spelled a developer's families, by the id of the name.
    families: BTreeMap<(String, String), String>,
}

impl Ground<'_> {
    /// Whether a person has deleted this file, which the import had written.
    fn is_deleted(&self, path: &str) -> bool {
        self.lock.files.contains_key(path) && !self.content.has(path)
    }

    /// The path of a model's file: where it is, or where it will be.
    fn model_path(&self, id: &str) -> String {
        self.content.models.get(id).cloned().unwrap_or_else(|| path_of(id))
    }
}

/// Makes a plan of what upstream says.
#[must_use]
pub fn plan(
    format: &Format,
    mut upstream: Upstream,
    joins: &Joins,
    mapping: &Mapping,
    content: &Content,
    lock: &Lock,
    today: Date,
) -> Plan {
    let mut plan = Plan { ledger: std::mem::take(&mut upstream.ledger), ..Plan::default() };
    let ground = Ground { format, content, lock, joins, mapping, today, families: families(content, lock) };
    for (index, model) in upstream.models.iter().enumerate() {
        if let Join::Nothing(why) = &joins.models[index] {
            plan.ledger.leave_out_record(model.record, why);
        }
    }
    for (index, offer) in upstream.offers.iter().enumerate() {
        if let Join::Nothing(why) = &joins.offers[index] {
            plan.ledger.leave_out_record(offer.record, why);
        }
    }
    settings(&ground, &mut plan);
    let limits = model::plan(&ground, &mut upstream, &mut plan);
    party::developers(&ground, &upstream, &mut plan);
    party::providers(&ground, &upstream, &mut plan);
    offer::plan(&ground, &upstream, &limits, &mut plan);
    plan
}

/// The families of the models whose files a person has made.
fn families(content: &Content, lock: &Lock) -> BTreeMap<(String, String), String> {
    let by_hand = content.models.values().filter(|path| !lock.files.get(*path).is_some_and(|locked| locked.made));
    let families = by_hand.filter_map(|path| {
        let developer = path.strip_prefix("content/models/")?.split('/').next()?;
        let family = content.documents.get(path)?.text_at("family")?;
        Some(((developer.to_owned(), slug(family)), family.to_owned()))
    });
    families.collect()
}

/// The settings of the site: its title, where it has none yet, and the source of everything.
fn settings(ground: &Ground<'_>, plan: &mut Plan) {
    let wanted = plan.files.entry("content/site.toml".to_owned()).or_default();
    let title = Slot::key("title");
    let locked = ground.lock.files.get("content/site.toml");
    if !ground.content.has("content/site.toml") || locked.is_some_and(|locked| locked.places.contains_key(&title)) {
        wanted.key("title", super::value::quoted("AI models"), Vec::new());
    }
    let format = ground.format;
    let parts = [("title", Some(format.title)), ("publisher", Some(format.publisher)), ("url", format.url)];
    for (key, text) in parts.into_iter().filter_map(|(key, text)| text.map(|text| (key, text))) {
        wanted.key(&format!("sources.{}.{key}", format.name), super::value::quoted(text), Vec::new());
    }
    wanted.key(&format!("sources.{}.checked", format.name), super::value::date(ground.today), Vec::new());
}

/// Says of a record what file it became.
fn settle(plan: &mut Plan, record: RecordId, path: &str) {
    plan.ledger.settle(record, Fate::Taken(path.to_owned()));
    if let Some(wanted) = plan.files.get_mut(path) {
        wanted.records.push(record);
    }
}
