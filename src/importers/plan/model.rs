//! The files of models, and of cards that are made of offers alone.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::sound::Held;
use super::{Ground, Plan, Wanted, score, settle, sound};
use crate::importers::content::slug;
use crate::importers::date::Date;
use crate::importers::fact::{Datum, Fact, Facts};
use crate::importers::join::{Join, NAME};
use crate::importers::ledger::{Fate, Ledger};
use crate::importers::lock::Mark;
use crate::importers::number::exact;
use crate::importers::slot::Slot;
use crate::importers::upstream::{Link, Upstream};
use crate::importers::value::{datum, plain, quoted};

/// The limits of a model as its file has them or will: what its offers are held against.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    pub(super) facts: Facts,
    pub(super) context_window: Option<Decimal>,
    pub(super) max_input: Option<Decimal>,
    pub(super) max_output: Option<Decimal>,
}

/// Plans every model that has a record, then the cards. Gives the limits of each.
pub(super) fn plan(ground: &Ground<'_>, upstream: &mut Upstream, plan: &mut Plan) -> BTreeMap<String, Limits> {
    let mut limits = BTreeMap::new();
    let own = own_offers(ground, upstream);
    let mut models = std::mem::take(&mut upstream.models);
    for (index, model) in models.iter_mut().enumerate() {
        let Join::To(id, rule) = &ground.joins.models[index] else { continue };
        let path = ground.model_path(id);
        if ground.is_deleted(&path) {
            plan.ledger.leave_out_record(model.record, "its file was deleted by hand");
            continue;
        }
        if rule == NAME {
            plan.ledger
                .leave_out_record(model.record, "said of an alias or snapshot; the model has a record of its own");
            plan.ledger.settle(model.record, Fate::Merged { into: path, rule: rule.clone() });
            continue;
        }
        if limits.contains_key(id) {
            plan.ledger.leave_out_record(model.record, "another record is joined to the same model");
            continue;
        }
        // The developer's own service speaks for its model where the model's record is silent.
        for &offer in own.get(id).into_iter().flatten() {
            for (fact, given) in upstream.offers[offer].facts.iter() {
                if model.facts.get(fact).is_none() && SPOKEN.contains(&fact) {
                    model.facts.put(fact, Some(given.clone()));
                }
            }
        }
        sound::settle(&mut model.facts, &by_hand(ground, &path), &mut plan.ledger);
        family(ground, &path, &mut model.facts, &mut plan.ledger);
        let mut wanted = Wanted::default();
        facts(&mut wanted, id, &path, &model.facts, rule, &mut plan.ledger);
        links(&mut wanted, &model.links);
        score::plan(ground, id, &model.scores, &upstream.benchmarks, &mut wanted, plan);
        limits.insert(id.clone(), limits_of(ground, &path, &model.facts));
        plan.files.insert(path.clone(), wanted);
        settle(plan, model.record, &path);
    }
    upstream.models = models;
    for (id, members) in &ground.joins.cards {
        let path = ground.model_path(id);
        if ground.is_deleted(&path) || limits.contains_key(id) {
            continue;
        }
        let mut agreed = agreed(upstream, members, &mut plan.ledger);
        sound::settle(&mut agreed, &by_hand(ground, &path), &mut plan.ledger);
        family(ground, &path, &mut agreed, &mut plan.ledger);
        let mut wanted = Wanted::default();
        facts(&mut wanted, id, &path, &agreed, "card of its own", &mut plan.ledger);
        limits.insert(id.clone(), limits_of(ground, &path, &agreed));
        plan.files.insert(path, wanted);
    }
    limits
}

/// Facts that the developer's own service can say of its model.
const SPOKEN: [Fact; 6] =
    [Fact::Efforts, Fact::StructuredOutput, Fact::ToolCalling, Fact::MaxInput, Fact::MaxOutput, Fact::KnowledgeCutoff];

/// The offers of each model at its developer's own service: the provider has the developer's id.
fn own_offers(ground: &Ground<'_>, upstream: &Upstream) -> BTreeMap<String, Vec<usize>> {
    let mut own: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, offer) in upstream.offers.iter().enumerate() {
        if let Join::To(id, _) = &ground.joins.offers[index]
            && id.split('/').next() == Some(offer.provider.as_str())
        {
            own.entry(id.clone()).or_default().push(index);
        }
    }
    own
}

/// The dates and limits that a person has written into a model's file: those that are not what a former import wrote.
fn by_hand(ground: &Ground<'_>, path: &str) -> Held {
    let mut held = Held::new();
    let Some(document) = ground.content.documents.get(path) else { return held };
    let locked = ground.lock.files.get(path);
    for fact in sound::ORDERED {
        let slot = Slot::key(fact.key());
        let written = locked.and_then(|locked| locked.places.get(&slot)).filter(|known| known.mark == Mark::Written);
        let Some(there) = document.get(&slot, ground.today) else { continue };
        if written.is_some_and(|known| plain(&known.value) == there) {
            continue;
        }
        let there = there.trim_matches('"');
        let is_limit = matches!(fact, Fact::ContextWindow | Fact::MaxInput | Fact::MaxOutput);
        let number = exact(there).ok().filter(|_| is_limit).map(|number| Datum::Number(number.value));
        let date = Date::parse(there).filter(|_| !is_limit).map(Datum::Date);
        if let Some(datum) = number.or(date) {
            held.insert(fact, datum);
        }
    }
    held
}

/// The limits of a model: what a person has written, then what upstream says now, then what a former import wrote.
pub(super) fn limits_of(ground: &Ground<'_>, path: &str, facts: &Facts) -> Limits {
    let document = ground.content.documents.get(path);
    let held = by_hand(ground, path);
    let limit = |fact: Fact| {
        let by_hand = held.get(&fact).and_then(|datum| match datum {
            Datum::Number(number) => Some(*number),
            _ => None,
        });
        by_hand.or_else(|| facts.number_of(fact)).or_else(|| document?.number_at(&[fact.key()]))
    };
    Limits {
        facts: facts.clone(),
        context_window: limit(Fact::ContextWindow),
        max_input: limit(Fact::MaxInput),
        max_output: limit(Fact::MaxOutput),
    }
}

fn facts(wanted: &mut Wanted, id: &str, path: &str, facts: &Facts, rule: &str, ledger: &mut Ledger) {
    let by_path = path.strip_prefix("content/models/").and_then(|path| path.strip_suffix(".toml"));
    match facts.get(Fact::Name) {
        Some(given) => wanted.key("name", datum(&given.value), vec![given.place]),
        None => wanted.key("name", quoted(id.split_once('/').map_or(id, |(_, stem)| stem)), Vec::new()),
    }
    if by_path != Some(id) {
        wanted.key("id", quoted(id), Vec::new());
    }
    for (fact, given) in facts.iter() {
        if fact != Fact::Name {
            wanted.key(fact.key(), datum(&given.value), vec![given.place]);
        }
        ledger.set(given.place, Fate::Merged { into: id.to_owned(), rule: rule.to_owned() });
    }
}

/// Spells a family as a person has spelled it: two spellings would be two families with one address.
fn family(ground: &Ground<'_>, path: &str, facts: &mut Facts, ledger: &mut Ledger) {
    let developer = path.strip_prefix("content/models/").and_then(|path| path.split('/').next()).unwrap_or_default();
    let Some(name) = facts.text_of(Fact::Family) else { return };
    let spelled = ground.families.get(&(developer.to_owned(), slug(name)));
    let Some(spelled) = spelled.filter(|spelled| *spelled != name) else { return };
    if let Some(given) = facts.remove(Fact::Family) {
        ledger.repair(given.place, format!("spelled as in the content: {spelled}"));
        facts.put(Fact::Family, Some(given.map(|_| Datum::Text(spelled.clone()))));
    }
}

fn links(wanted: &mut Wanted, links: &[Link]) {
    for link in links {
        let slot = Slot::Row("link", vec![link.url.clone()]);
        if wanted.has(&slot) {
            continue;
        }
        let row =
            format!("{{ kind = {}, title = {}, url = {} }}", quoted(link.kind), quoted(&link.title), quoted(&link.url));
        wanted.put(slot, row, link.places.clone());
    }
}

/// What all offers of a card say alike, and the name that most of them give. Limits that differ are told with each offer.
fn agreed(upstream: &Upstream, members: &[usize], ledger: &mut Ledger) -> Facts {
    let mut agreed = Facts::default();
    for fact in Fact::ALL {
        let given: Vec<_> = members.iter().filter_map(|&at| upstream.offers[at].facts.get(fact)).collect();
        let Some(first) = given.first() else { continue };
        let differ = given.iter().any(|one| one.value != first.value);
        if !differ {
            agreed.put(fact, Some((*first).clone()));
            for one in &given[1..] {
                ledger.merge(one.place, "the card", "other offers of the card say the same");
            }
        } else if fact == Fact::Name {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for one in &given {
                if let Datum::Text(text) = &one.value {
                    *counts.entry(text).or_default() += 1;
                }
            }
            let best = counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(name, _)| (*name).to_owned());
            let chosen = given.iter().find(|one| matches!((&one.value, &best), (Datum::Text(a), Some(b)) if a == b));
            for one in &given {
                if chosen.is_some_and(|chosen| chosen.value == one.value) {
                    ledger.merge(one.place, "the card", "most offers of the card give this name");
                } else {
                    ledger.leave_out(one.place, "the name that most offers of the card give is another");
                }
            }
            agreed.put(fact, chosen.map(|one| (*one).clone()));
        } else if !matches!(fact, Fact::ContextWindow | Fact::MaxOutput) {
            for one in &given {
                ledger.leave_out(one.place, "the offers of the card differ in it");
            }
        }
    }
    agreed
}
