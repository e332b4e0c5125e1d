//! Which records of upstream are about models of the content.

use std::collections::{BTreeMap, BTreeSet};

use super::Comparison;
use super::here::Here;
use crate::importers::content::Content;
use crate::importers::join::{CARD, Join, Joins, bare};
use crate::importers::ledger::Fate;
use crate::importers::mapping::Mapping;
use crate::importers::slot::OfferKey;
use crate::importers::upstream::Upstream;

/// A record that is left out as it is read, and why.
pub(super) fn left_out(file: &str, id: &str, fate: &Fate) -> Option<String> {
    let Fate::LeftOut(why) = fate else { return None };
    Some(if id == file { format!("{file}: {why}") } else { format!("{file}, {id}: {why}") })
}

/// An offer that the content has at the same provider with the same ID is that offer, and of that model: no rule knows better.
/// Where upstream does not declare a model, what the provider puts around the ID does not matter.
pub(super) fn same_offers(
    upstream: &Upstream,
    here: &Here,
    services: &BTreeMap<String, String>,
    mapping: &mut Mapping,
) {
    let mut models: BTreeMap<(&str, String), BTreeSet<&str>> = BTreeMap::new();
    for (provider, spot) in here.all_offers() {
        let OfferKey { model, id } = &spot.value.key;
        if !id.is_empty() {
            for form in [exact(id), bare(id)] {
                models.entry((provider, form)).or_default().insert(model);
            }
        }
    }
    for offer in &upstream.offers {
        if mapping.offers.contains_key(&(offer.provider.clone(), offer.id.clone())) {
            continue;
        }
        let provider = services.get(&offer.provider).unwrap_or(&offer.provider).as_str();
        let same = models.get(&(provider, exact(&offer.id)));
        let or_form = same.or_else(|| models.get(&(provider, bare(&offer.id))).filter(|_| offer.base.is_none()));
        if let Some((model, 1)) = or_form.and_then(|models| Some((models.first()?, models.len()))) {
            mapping.add_offer(&offer.provider, &offer.id, model, "offer of the content");
        }
    }
}

/// An ID as it is, which no form of another one is.
fn exact(id: &str) -> String {
    format!("={id}")
}

/// The models of the content that upstream has something on. What it has on others is told.
pub(super) fn models(
    upstream: &Upstream,
    joins: &Joins,
    content: &Content,
    found: &mut Comparison,
) -> BTreeSet<String> {
    let mut joined = BTreeSet::new();
    let mut others = BTreeSet::new();
    for (model, join) in upstream.models.iter().zip(&joins.models) {
        match join {
            Join::To(id, _) if content.models.contains_key(id) => {
                joined.insert(id.clone());
            }
            Join::To(id, _) => {
                others.insert(id.clone());
            }
            Join::Nothing(why) => found.unjoined.push(format!("{}: {why}", model.id)),
        }
    }
    for (offer, join) in upstream.offers.iter().zip(&joins.offers) {
        let name = format!("{}, {}", offer.provider, offer.id);
        match join {
            Join::To(id, _) if content.models.contains_key(id) => {
                joined.insert(id.clone());
            }
            Join::To(id, rule) if rule != CARD && others.contains(id) => {}
            Join::To(id, rule) if rule != CARD => {
                found.unjoined.push(format!("{name}: joined to {id}, which is not in the content"));
            }
            Join::To(..) => found.unjoined.push(format!("{name}: no model is found for it")),
            Join::Nothing(why) => found.unjoined.push(format!("{name}: {why}")),
        }
    }
    found.models = joined.len();
    found.only_there.models = others.into_iter().collect();
    found.only_here.models = content.models.keys().filter(|id| !joined.contains(*id)).cloned().collect();
    joined
}
