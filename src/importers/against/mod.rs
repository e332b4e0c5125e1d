//! A cross-check: the numbers of the content beside those of another catalogue. Nothing is written.
//!
//! Upstream is read, joined and planned as for an import, so that what it says of a place of the content is known by the same
//! rules. Here each such word is held against what stands there.

mod here;
mod joined;
mod pair;
mod score;
mod text;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::here::{Here, Spot};
use self::verdict::{Size, Verdict, verdict};
use super::content::Content;
use super::date::Date;
use super::document::figures::{FACTS, Figure, Price};
use super::join::{self, Unjoined};
use super::ledger::Ledger;
use super::lock::{Known, Lock, Mark};
use super::plan::{self, Cell, Plan, Wanted};
use super::review::named;
use super::slot::{OfferKey, PriceKey, Slot};
use super::value::{plain, shown};
use super::{Ground, Request};

/// A number or date that is another in the content than in the other catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// How large it is: what they are sorted by.
    size: Size,
    /// The model.
    pub model: String,
    /// What of it: `context_window`, `azure, gpt-5.4: price of input`.
    pub what: String,
    /// What the content says.
    pub ours: String,
    /// What the other catalogue says.
    pub theirs: String,
    /// How far it is from one to the other, where that can be said.
    pub how: Option<String>,
    /// Why one of the two is more likely a slip.
    pub suspicion: Option<String>,
    /// Whether it is a limit that an offer has from its model.
    pub is_inherited: bool,
    /// The file of the content.
    pub path: String,
    /// The bytes of it.
    pub span: Range<usize>,
    /// Where the other catalogue says it, with the words that stand there.
    pub from: String,
}

/// What only one side has.
#[derive(Debug, Default)]
pub struct Only {
    /// Models.
    pub models: Vec<String>,
    /// Offers of models that both have.
    pub offers: Vec<String>,
    /// Numbers and dates of models and offers that both have.
    pub figures: Vec<String>,
}

/// What comes of a cross-check.
#[derive(Debug, Default)]
pub struct Comparison {
    /// What the other catalogue is called.
    pub title: &'static str,
    /// Models that both have.
    pub models: usize,
    /// Offers that both have, list prices among them.
    pub offers: usize,
    /// Numbers and dates that are the same.
    pub agree: usize,
    /// Those that are not, the largest disagreement first.
    pub disagreements: Vec<Disagreement>,
    /// Those that are not, as the last import knows: it has seen this word of upstream's, and a person's own stays.
    pub kept: Vec<Disagreement>,
    /// What both have and cannot be compared, and why.
    pub apart: Vec<String>,
    /// What only the content has.
    pub only_here: Only,
    /// What only the other catalogue has.
    pub only_there: Only,
    /// Records of the other catalogue that are joined to no model, and why.
    pub unjoined: Vec<String>,
    /// Records of the other catalogue that could not be read or are no models, and why.
    pub left_out: Vec<String>,
}

/// Compares the content with a foreign catalogue. Of the request `meant` and `unjoined` are not looked at: nothing is written, and
/// offers that no model is found for are told.
///
/// # Errors
///
/// As for an import: when the content, the columns, the mapping or the lock cannot be read, or no model is in the files.
pub fn compare(request: &Request<'_>) -> Result<Comparison, String> {
    let Request { format, today, .. } = *request;
    let Ground { mut mapping, lock, content, mut upstream } = super::ground(request, "compared")?;
    let here = Here::read(request.content, &content.models)?;
    let mut found = Comparison { title: format.title, ..Comparison::default() };
    let records = upstream.ledger.records().iter();
    found.left_out = records.filter_map(|record| joined::left_out(&record.file, &record.id, &record.fate)).collect();
    let services = pair::services(&upstream, &content, &mapping);
    joined::same_offers(&upstream, &here, &services, &mut mapping);
    let joins = join::join(&upstream, &content, &mut mapping, Unjoined::Cards);
    let joined = joined::models(&upstream, &joins, &content, &mut found);
    upstream.rename_providers(&services);
    // Without what a former import remembers everything in the content stands, as if a person had written it.
    let plan = plan::plan(format, upstream, &joins, &mapping, &content, &Lock::default(), today);
    let ledger = &plan.ledger;
    let mut files = BTreeSet::new();
    let shared =
        ledger.records().iter().map(|record| record.file.as_str()).filter(|file| !files.insert(*file)).collect();
    let mut work = Work { found, lock: &lock, ledger, shared, content: &content, here: &here, today };
    let met = work.all(&plan, &joined);
    work.only_here(&joined, &met);
    let mut found = work.found;
    let order =
        |one: &Disagreement| (std::cmp::Reverse(one.size), one.model.clone(), one.what.clone(), one.from.clone());
    found.disagreements.sort_by_cached_key(order);
    found.kept.sort_by_cached_key(order);
    for list in [&mut found.apart, &mut found.unjoined, &mut found.left_out] {
        list.sort();
    }
    Ok(found)
}

/// The places of the content of which upstream has a word: file and first byte.
type Met = BTreeSet<(String, usize)>;

struct Work<'a> {
    found: Comparison,
    lock: &'a Lock,
    ledger: &'a Ledger,
    /// Files of upstream's with more than one record.
    shared: BTreeSet<&'a str>,
    content: &'a Content,
    here: &'a Here,
    today: Date,
}

/// A word of upstream's: the cell of the plan, and the file and model that it is about.
#[derive(Clone, Copy)]
struct Word<'a> {
    path: &'a str,
    model: &'a str,
    cell: &'a Cell,
}

impl Work<'_> {
    /// Holds every word of the plan against the content. Gives the places that were met, of offers their prices and limits too.
    fn all(&mut self, plan: &Plan, joined: &BTreeSet<String>) -> Met {
        let mut met = Met::new();
        let ids: BTreeMap<&str, &str> =
            self.content.models.iter().map(|(id, path)| (path.as_str(), id.as_str())).collect();
        for (path, wanted) in &plan.files {
            if let Some(model) = ids.get(path.as_str()) {
                for cell in words(wanted) {
                    self.of_model(Word { path, model, cell }, &mut met);
                }
            } else if let Some(provider) = here::provider(path) {
                self.of_provider(path, provider, wanted, joined, &mut met);
            }
        }
        met
    }

    fn of_model(&mut self, word: Word<'_>, met: &mut Met) {
        match &word.cell.slot {
            Slot::Key(keys) => {
                let Some(fact) = FACTS.into_iter().find(|fact| [fact.key()] == keys.as_slice()) else { return };
                match self.here.fact(word.model, fact.key()) {
                    Some(spot) => self.hold(word, spot, met),
                    None => self.only_there(word),
                }
            }
            Slot::Row("score", identity) => match score::find(self.here, self.content, word.model, identity) {
                score::Found::None => self.only_there(word),
                score::Found::Other(why) => self.apart(word, why),
                score::Found::One(spot) => {
                    self.hold(word, Spot { path: spot.path, value: &spot.value.figure }, met);
                }
            },
            _ => {}
        }
    }

    fn of_provider(&mut self, path: &str, provider: &str, wanted: &Wanted, joined: &BTreeSet<String>, met: &mut Met) {
        let mut offers: BTreeMap<&OfferKey, Vec<(&Cell, bool)>> = BTreeMap::new();
        // What upstream says of the model too is not wanted with the offer.
        let own = wanted.cells.iter().map(|cell| (cell, false));
        for (cell, is_same) in own.chain(wanted.elsewhere.iter().map(|cell| (cell, true))) {
            if let Some(offer) = cell.slot.offer().filter(|offer| joined.contains(&offer.model)) {
                offers.entry(offer).or_default().push((cell, is_same));
            }
        }
        for (offer, pair) in pair::pairs(self.here, self.content, provider, offers.keys().copied()) {
            let Some(pair) = pair else {
                self.found.only_there.offers.push(format!("{}, {provider}, {}", offer.model, offer.id));
                continue;
            };
            self.found.offers += 1;
            met.insert(pair.place());
            for &(cell, is_same) in &offers[offer] {
                let word = Word { path, model: &offer.model, cell };
                match &cell.slot {
                    Slot::Price(_, key) => self.price(word, &pair, key, &offers[offer], met),
                    Slot::Offer(_, key) => {
                        let own = pair.limit(key);
                        // It is held against the model's limit once.
                        let is_told = |spot: &Spot<'_, Figure>| is_same && met.contains(&spot.place());
                        let inherited = || self.here.fact(&offer.model, key).filter(|spot| !is_told(spot));
                        match own.or_else(inherited) {
                            Some(spot) => self.hold(word, spot, met),
                            None if is_same || !here::is_limit(key) => {}
                            None => self.only_there(word),
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn price(&mut self, word: Word<'_>, pair: &pair::Pair<'_>, key: &PriceKey, cells: &[(&Cell, bool)], met: &mut Met) {
        let key = key.clone().standard();
        let mut same = pair.prices().iter().filter(|price| price.key == key);
        if let Some(price) = same.clone().find(|price| holds(price, self.today)) {
            self.hold(word, Spot { path: pair.path(), value: &price.figure }, met);
        } else if let Some(price) = same.next() {
            let why = match (price.from, price.until) {
                (_, Some(until)) if until.is_before(self.today) => format!("ended here on {until}"),
                (Some(from), _) => format!("begins here on {from}"),
                _ => "does not hold here today".to_owned(),
            };
            self.apart(word, why);
        } else {
            let is_there = |wanted: &PriceKey| {
                let mut keys = cells.iter().filter_map(|(cell, _)| match &cell.slot {
                    Slot::Price(_, key) => Some(key.clone().standard()),
                    _ => None,
                });
                keys.any(|key| key == *wanted)
            };
            let in_other_unit = |price: &&Price| {
                (price.key.component, &price.key.conditions) == (key.component, &key.conditions)
                    && holds(price, self.today)
                    && !is_there(&price.key)
            };
            match pair.prices().iter().find(in_other_unit) {
                Some(price) => {
                    met.insert((pair.path().to_owned(), price.figure.span.start));
                    self.apart(word, format!("per {} here, per {} there", price.key.unit.word(), key.unit.word()));
                }
                None => self.only_there(word),
            }
        }
    }

    /// Holds a word of upstream's against the value at a place.
    fn hold(&mut self, word: Word<'_>, spot: Spot<'_, Figure>, met: &mut Met) {
        met.insert(spot.place());
        let ours = &spot.value.value;
        let theirs = said(word.cell);
        let (how, size, suspicion) = match verdict(&word.cell.slot, ours, &theirs) {
            Verdict::Agree => {
                self.found.agree += 1;
                return;
            }
            Verdict::Apart(why) => return self.apart(word, why),
            Verdict::Differ { how, size, suspicion } => (how, size, suspicion),
        };
        let disagreement = Disagreement {
            size,
            model: word.model.to_owned(),
            what: named(word.path, &word.cell.slot).1,
            ours: shown(ours),
            theirs: shown(&theirs),
            how,
            suspicion,
            is_inherited: matches!(word.cell.slot, Slot::Offer(..)) && here::provider(spot.path).is_none(),
            path: spot.path.to_owned(),
            span: spot.value.span.clone(),
            from: self.from(word.cell),
        };
        let known = self.lock.files.get(word.path).and_then(|file| file.places.get(&word.cell.slot));
        let is_kept =
            matches!(known, Some(Known { mark: Mark::Kept, value }) if plain(value) == plain(&word.cell.value));
        let list = if is_kept { &mut self.found.kept } else { &mut self.found.disagreements };
        list.push(disagreement);
    }

    /// Where upstream says it, with the words that stand there.
    fn from(&self, cell: &Cell) -> String {
        // The place of a price stands behind those of its conditions.
        let place = if matches!(cell.slot, Slot::Price(..)) { cell.places.last() } else { cell.places.first() };
        let Some(place) = place else { return String::new() };
        let field = self.ledger.field(*place);
        let record = self.ledger.record(field.record);
        let line = if field.line > 0 { format!(":{}", field.line) } else { String::new() };
        let id = if self.shared.contains(record.file.as_str()) { format!(", {}", record.id) } else { String::new() };
        format!("{}{line}{id}: {} = {}", record.file, field.path, super::account::short(&field.shown))
    }

    fn apart(&mut self, word: Word<'_>, why: impl std::fmt::Display) {
        let what = named(word.path, &word.cell.slot).1;
        self.found.apart.push(format!("{}, {what}: {why}", word.model));
    }

    fn only_there(&mut self, word: Word<'_>) {
        let what = named(word.path, &word.cell.slot).1;
        self.found.only_there.figures.push(format!("{}, {what}: {}", word.model, shown(&said(word.cell))));
    }

    /// What the content has on models that both have, and upstream does not.
    fn only_here(&mut self, joined: &BTreeSet<String>, met: &Met) {
        let is_met = |path: &str, start: usize| met.contains(&(path.to_owned(), start));
        let mut only = std::mem::take(&mut self.found.only_here);
        let prices = |what: &str, path: &str, prices: &[Price], only: &mut Only| {
            let left = prices.iter().filter(|price| holds(price, self.today) && !is_met(path, price.figure.span.start));
            only.figures
                .extend(left.map(|price| format!("{what}price of {}: {}", price.key, shown(&price.figure.value))));
        };
        for id in joined {
            for (key, spot) in self.here.facts(id) {
                if !is_met(spot.path, spot.value.span.start) {
                    only.figures.push(format!("{id}, {key}: {}", shown(&spot.value.value)));
                }
            }
            if let Some(list) = self.here.list(id) {
                if is_met(list.path, here::LIST) {
                    prices(&format!("{id}, "), list.path, list.value, &mut only);
                } else if list.value.iter().any(|price| holds(price, self.today)) {
                    only.offers.push(format!("{id}, list prices"));
                }
            }
            for spot in self.here.scores(id) {
                if !is_met(spot.path, spot.value.figure.span.start) {
                    only.figures.push(format!("{id}, score {}: {}", spot.benchmark, spot.value.figure.value));
                }
            }
        }
        for (provider, spot) in self.here.all_offers() {
            let Spot { path, value: offer } = spot;
            if !joined.contains(&offer.key.model) {
                continue;
            }
            let name = match &offer.region {
                Some(region) => format!("{}, {provider}, {} ({region})", offer.key.model, offer.key.id),
                None => format!("{}, {provider}, {}", offer.key.model, offer.key.id),
            };
            if is_met(path, offer.start) {
                prices(&format!("{name}: "), path, &offer.prices, &mut only);
            } else {
                only.offers.push(name);
            }
        }
        self.found.only_here = only;
    }
}

/// All that upstream says of a file.
fn words(wanted: &Wanted) -> impl Iterator<Item = &Cell> {
    wanted.cells.iter().chain(&wanted.elsewhere)
}

/// What a cell says, in one form; of a score its value.
fn said(cell: &Cell) -> String {
    let score = if matches!(cell.slot, Slot::Row("score", _)) { score::value(&cell.value) } else { None };
    score.unwrap_or_else(|| plain(&cell.value))
}

fn holds(price: &Price, today: Date) -> bool {
    price.until.is_none_or(|until| !until.is_before(today)) && price.from.is_none_or(|from| !today.is_before(from))
}
