//! Which records of upstream are about models of the content.

use std::collections::{BTreeMap, BTreeSet};

use super::Comparison;
use super::here::Here;
use crate::importers::content::Content;
use crate::importers::join::{CARD, Join, Joins};
use crate::importers::ledger::Fate;
use crate::importers::mapping::Mapping;
use crate::importers::upstream::Upstream;

/// A record that is left out as it is read, and why.
pub(super) fn left_out(file: &str, id: &str, fate: &Fate) -> Option<String> {
    let Fate::LeftOut(why) = fate else { return None };
    Some(if id == file { format!("{file}: {why}") } else { format!("{file}, {id}: {why}") })
}

/// An offer that the content has at the same provider with the same ID is that offer, and of that model: no rule knows better.
pub(super) fn same_offers(
    upstream: &Upstream,
    here: &Here,
    services: &BTreeMap<String, String>,
    mapping: &mut Mapping,
) {
    for offer in &upstream.offers {
        let key = (offer.provider.clone(), offer.id.clone());
        let provider = services.get(&offer.provider).unwrap_or(&offer.provider);
        let models: BTreeSet<&str> = here
            .offers(provider)
            .filter(|spot| spot.value.key.id == offer.id)
            .map(|spot| spot.value.key.model.as_str())
            .collect();
        if let (false, Some(model), 1) = (mapping.offers.contains_key(&key), models.first(), models.len()) {
            mapping.add_offer(&key.0, &key.1, model, "offer of the content");
        }
    }
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
