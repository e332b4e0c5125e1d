//! Offers: what differs from the model, and prices.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::model::{Limits, limits_of};
use super::{Ground, Plan, settle};
use crate::importers::fact::{Fact, Facts};
use crate::importers::join::Join;
use crate::importers::ledger::{Fate, Ledger};
use crate::importers::price::{Amount, Component, PriceRow};
use crate::importers::slot::{OfferKey, PriceKey, Slot};
use crate::importers::upstream::{Offer, Upstream};
use crate::importers::value::{amount, number, quoted};

/// Plans every offer that is joined to a model.
pub(super) fn plan(ground: &Ground<'_>, upstream: &Upstream, limits: &BTreeMap<String, Limits>, plan: &mut Plan) {
    for (index, offer) in upstream.offers.iter().enumerate() {
        let Join::To(id, rule) = &ground.joins.offers[index] else { continue };
        let path = format!("content/providers/{}.toml", offer.provider);
        let known = limits.get(id);
        if known.is_none() && !ground.content.models.contains_key(id) {
            plan.ledger.leave_out_record(offer.record, "the model that it is joined to is not in the content");
            continue;
        }
        if !plan.files.contains_key(&path) {
            plan.ledger.leave_out_record(offer.record, "the file of its provider was deleted by hand");
            continue;
        }
        let key = OfferKey { model: id.clone(), id: offer.id.clone() };
        if plan.offers.contains(&(path.clone(), key.clone())) {
            plan.ledger.leave_out_record(offer.record, "another record is joined to the same offer");
            continue;
        }
        let model_limits = match known {
            Some(limits) => limits.clone(),
            // Upstream has no record of the model any more, or never had: its file speaks.
            None => limits_of(ground, &ground.model_path(id), &Facts::default()),
        };
        facts(offer, &key, &path, rule, &model_limits, plan);
        prices(offer, &key, &path, &model_limits, plan);
        settle(plan, offer.record, &path);
        plan.offers.insert((path, key));
    }
}

fn facts(offer: &Offer, key: &OfferKey, path: &str, rule: &str, model: &Limits, plan: &mut Plan) {
    let ledger = &mut plan.ledger;
    let slot = |name: &str| Slot::Offer(key.clone(), name.to_owned());
    let mut cells = vec![(slot("id"), quoted(&offer.id), Vec::new())];
    let mut same = Vec::new();
    if let Some(base) = &offer.base {
        ledger.merge(base.place, &key.model, "declared base");
    }
    let context = offer.facts.number_of(Fact::ContextWindow);
    for (fact, there) in [(Fact::ContextWindow, model.context_window), (Fact::MaxOutput, model.max_output)] {
        let Some(given) = offer.facts.get(fact) else { continue };
        let Some(value) = offer.facts.number_of(fact) else {
            match model.facts.get(fact) {
                Some(of_model) if of_model.value == given.value => {
                    ledger.merge(given.place, &key.model, "the model says the same");
                }
                _ => ledger.leave_out(given.place, "an offer has limits that are numbers"),
            }
            continue;
        };
        let window = context.or(model.context_window);
        // Where a person has put the model's limit right, an offer that says what upstream's model says follows.
        if Some(value) == model.facts.number_of(fact).or(there) {
            ledger.merge(given.place, &key.model, "the model has the same limit");
            same.push((slot(fact.key()), number(value), vec![given.place]));
        } else if fact == Fact::MaxOutput && window.is_some_and(|window| value > window) {
            ledger.leave_out(given.place, "above the context window, which holds prompt and answer together");
        } else {
            cells.push((slot(fact.key()), number(value), vec![given.place]));
        }
    }
    for (name, given) in [("region", &offer.region), ("quantization", &offer.quantization), ("note", &offer.note)] {
        if let Some(given) = given {
            cells.push((slot(name), quoted(&given.value), vec![given.place]));
        }
    }
    rest(&offer.facts, &model.facts, key, rule, ledger);
    if let Some(wanted) = plan.files.get_mut(path) {
        for (slot, value, places) in cells {
            wanted.put(slot, value, places);
        }
        for (slot, value, places) in same {
            wanted.note(slot, value, places);
        }
    }
}

/// What else an offer says of its model: the model says the same, or it is left out.
fn rest(facts: &Facts, model: &Facts, key: &OfferKey, rule: &str, ledger: &mut Ledger) {
    for (fact, given) in facts.iter() {
        if matches!(fact, Fact::ContextWindow | Fact::MaxOutput)
            || !matches!(ledger.field(given.place).fate, Fate::Read | Fate::Unread)
        {
            continue;
        }
        match model.get(fact) {
            Some(there) if there.value == given.value => {
                ledger.merge(given.place, &key.model, format!("the model says the same ({rule})"));
            }
            Some(_) => ledger.leave_out(given.place, "the model's own record says otherwise"),
            None => ledger.leave_out(given.place, "said of the offer; of the model nobody says it"),
        }
    }
}

fn prices(offer: &Offer, key: &OfferKey, path: &str, model: &Limits, plan: &mut Plan) {
    let longest = offer.facts.number_of(Fact::ContextWindow).or(model.max_input).or(model.context_window);
    let mut told: BTreeSet<PriceKey> = BTreeSet::new();
    let mut cells = Vec::new();
    for row in &offer.prices {
        let why = refusal(row, &offer.prices, longest);
        let price = PriceKey { component: row.component, unit: row.unit, conditions: row.conditions.clone() };
        let why =
            why.or_else(|| told.contains(&price).then_some("the offer has this price twice, and the first holds"));
        let mut places = row.more.clone();
        places.push(row.place);
        if let Some(why) = why {
            // A condition that other prices share is told with them.
            for place in places {
                if place == row.place || is_open(&plan.ledger, place) {
                    plan.ledger.leave_out(place, why);
                }
            }
            continue;
        }
        told.insert(price.clone());
        cells.push((Slot::Price(Some(key.clone()), price), amount(row.amount, &row.currency), places));
    }
    if let Some(wanted) = plan.files.get_mut(path) {
        for (slot, value, places) in cells {
            wanted.put(slot, value, places);
        }
    }
}

fn is_open(ledger: &Ledger, place: crate::importers::ledger::Place) -> bool {
    matches!(ledger.field(place).fate, Fate::Unread | Fate::Read)
}

/// Why the format refuses a price.
fn refusal(row: &PriceRow, all: &[PriceRow], longest: Option<Decimal>) -> Option<&'static str> {
    let above = row.conditions.above.map(Decimal::from);
    if above.zip(longest).is_some_and(|(above, longest)| above >= longest) {
        return Some("no prompt is long enough for this tier");
    }
    if row.component == Component::CacheRead {
        let input = all.iter().find(|other| {
            (other.component, other.unit, &other.conditions) == (Component::Input, row.unit, &row.conditions)
        });
        if let (Amount::Money(read), Some(Amount::Money(sent))) = (row.amount, input.map(|row| row.amount))
            && read > sent
        {
            return Some("reading from the cache would cost more than sending the tokens anew");
        }
    }
    None
}
