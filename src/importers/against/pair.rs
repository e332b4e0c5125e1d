//! Which offer of upstream is which of the content.

use std::collections::{BTreeMap, BTreeSet};

use super::here::{Here, LIST, Spot};
use crate::importers::content::Content;
use crate::importers::document::figures::{Figure, Offer, Price};
use crate::importers::join::bare;
use crate::importers::mapping::Mapping;
use crate::importers::slot::OfferKey;
use crate::importers::upstream::Upstream;

/// An offer of the content that is held against one of upstream's.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pair<'a> {
    /// One that stands in the provider's file.
    Offer(Spot<'a, Offer>),
    /// The list prices in the model's file: those of the developer's own service.
    List(Spot<'a, [Price]>),
}

impl<'a> Pair<'a> {
    pub(super) fn path(&self) -> &'a str {
        match self {
            Self::Offer(spot) => spot.path,
            Self::List(spot) => spot.path,
        }
    }

    pub(super) fn prices(&self) -> &'a [Price] {
        match self {
            Self::Offer(spot) => &spot.value.prices,
            Self::List(spot) => spot.value,
        }
    }

    /// A limit that the offer has itself.
    pub(super) fn limit(&self, key: &str) -> Option<Spot<'a, Figure>> {
        let Self::Offer(spot) = self else { return None };
        Some(Spot { path: spot.path, value: spot.value.limits.get(key)? })
    }

    /// The place by which it is told from others.
    pub(super) fn place(&self) -> (String, usize) {
        match self {
            Self::Offer(spot) => (spot.path.to_owned(), spot.value.start),
            Self::List(spot) => (spot.path.to_owned(), LIST),
        }
    }
}

/// Pairs the offers of a provider, each with the one of the content that it is, if any. The rules, each of them exact: the same
/// ID; the same ID but for what the provider puts around it; an offer of the content without an ID, or the list prices, where
/// upstream has one offer only, or one that has the ID of the model.
pub(super) fn pairs<'a, 'b>(
    here: &'a Here,
    content: &Content,
    provider: &str,
    theirs: impl Iterator<Item = &'b OfferKey>,
) -> Vec<(&'b OfferKey, Option<Pair<'a>>)> {
    let mut models: BTreeMap<&str, Vec<&OfferKey>> = BTreeMap::new();
    for key in theirs {
        models.entry(&key.model).or_default().push(key);
    }
    let mut offers: BTreeMap<&str, Vec<Spot<'a, Offer>>> = BTreeMap::new();
    for spot in here.offers(provider) {
        offers.entry(&spot.value.key.model).or_default().push(spot);
    }
    let mut pairs = Vec::new();
    for (model, keys) in models {
        let mut ours = offers.remove(model).unwrap_or_default();
        let developer = model.split('/').next().unwrap_or_default();
        let is_own = content.services.get(developer).is_some_and(|service| service == provider);
        let mut list = here.list(model).filter(|_| is_own);
        let mut found: BTreeMap<&OfferKey, Pair<'a>> = BTreeMap::new();
        for rule in [same, same_but_for_form] {
            let left: Vec<&OfferKey> = keys.iter().copied().filter(|key| !found.contains_key(key)).collect();
            for key in &left {
                // Several of one ID differ by region, and the plain one is meant.
                let candidates: Vec<usize> =
                    (0..ours.len()).filter(|&at| rule(&ours[at].value.key.id, &key.id)).collect();
                let plain: Vec<usize> =
                    candidates.iter().copied().filter(|&at| ours[at].value.region.is_none()).collect();
                let is_only = left.iter().filter(|other| rule(&other.id, &key.id)).count() == 1;
                let one = if candidates.len() == 1 { candidates } else { plain };
                if let ([at], true) = (one.as_slice(), is_only) {
                    found.insert(key, Pair::Offer(ours.remove(*at)));
                }
            }
        }
        let left: Vec<&OfferKey> = keys.iter().copied().filter(|key| !found.contains_key(key)).collect();
        let stem = model.split_once('/').map_or(model, |(_, stem)| stem);
        let main: Vec<&OfferKey> = left.iter().copied().filter(|key| key.id == stem || key.id == model).collect();
        let nameless = ours.iter().filter(|spot| spot.value.key.id.is_empty()).collect::<Vec<_>>();
        let open = match (list.take(), nameless.as_slice()) {
            (Some(list), []) => Some(Pair::List(list)),
            (None, [one]) => Some(Pair::Offer(**one)),
            _ => None,
        };
        if let (Some(pair), [key]) = (open, if main.len() == 1 { main.as_slice() } else { left.as_slice() }) {
            found.insert(key, pair);
        }
        pairs.extend(keys.into_iter().map(|key| (key, found.get(key).copied())));
    }
    pairs
}

fn same(ours: &str, theirs: &str) -> bool {
    ours == theirs
}

/// Whether two IDs are the same but for what providers put around them.
fn same_but_for_form(ours: &str, theirs: &str) -> bool {
    !ours.is_empty() && bare(ours) == bare(theirs)
}

/// The provider of the content that each of upstream's is, where it has another id there: the one of the mapping, the
/// developer's own service, or the provider of the same id but for case and signs.
pub(super) fn services(upstream: &Upstream, content: &Content, mapping: &Mapping) -> BTreeMap<String, String> {
    let plain = |id: &str| id.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let ours: BTreeSet<&str> = content.documents.keys().filter_map(|path| super::here::provider(path)).collect();
    let mut by_plain: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for id in &ours {
        by_plain.entry(plain(id)).or_default().push(id);
    }
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let named = upstream.offers.iter().map(|offer| offer.provider.as_str());
    let theirs: BTreeSet<&str> = upstream.providers.keys().map(String::as_str).chain(named).collect();
    let mut services = mapping.services();
    for id in theirs.iter().filter(|id| !ours.contains(*id) && !mapping.providers.contains_key(**id)) {
        let developer = upstream.providers.get(*id).and_then(|party| party.developer);
        let own = developer.and_then(|developer| content.services.get(developer)).map(String::as_str);
        let spelled = || match by_plain.get(&plain(id)).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        };
        if let Some(service) = own.or_else(spelled).filter(|service| !theirs.contains(service) && taken.insert(service))
        {
            services.insert((*id).to_owned(), service.to_owned());
        }
    }
    services
}
