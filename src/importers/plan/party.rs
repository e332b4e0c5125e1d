//! The files of developers and providers.

use std::collections::BTreeSet;

use super::{Ground, Plan, Wanted, settle};
use crate::importers::content::is_id;
use crate::importers::ledger::Given;
use crate::importers::mapping::Entry;
use crate::importers::slot::Slot;
use crate::importers::upstream::Upstream;
use crate::importers::value::quoted;

/// The developers of all models that are planned. Upstream that does not name one has it named by the provider of its id.
pub(super) fn developers(ground: &Ground<'_>, upstream: &Upstream, plan: &mut Plan) {
    let ids: BTreeSet<String> = plan
        .files
        .keys()
        .filter_map(|path| {
            path.strip_prefix("content/models/")?.split_once('/').map(|(developer, _)| developer.to_owned())
        })
        .collect();
    for id in ids {
        let path = format!("content/developers/{id}.toml");
        if ground.is_deleted(&path) {
            continue;
        }
        let mut wanted = Wanted::default();
        let party = upstream.developers.get(&id);
        let known = |given: Option<&Given<String>>| given.map(|given| (quoted(&given.value), vec![given.place]));
        let name = known(party.and_then(|party| party.name.as_ref()));
        let service = || upstream.providers.get(&id).and_then(|provider| provider.name.as_ref());
        // Nobody takes a name away by not saying it any more.
        let former = ground.lock.files.get(&path).and_then(|locked| locked.places.get(&Slot::key("name")));
        let other = || match (service(), former) {
            (Some(given), _) => quoted(&given.value),
            (None, Some(former)) => former.value.clone(),
            (None, None) => quoted(&unnamed(&id)),
        };
        let (name, places) = name.unwrap_or_else(|| (other(), Vec::new()));
        wanted.key("name", name, places);
        for (key, given) in
            [("url", party.and_then(|party| party.url.as_ref())), ("docs", party.and_then(|party| party.docs.as_ref()))]
        {
            if let Some((value, places)) = known(given) {
                wanted.key(key, value, places);
            }
        }
        plan.files.insert(path.clone(), wanted);
        if let Some(record) = party.and_then(|party| party.record) {
            settle(plan, record, &path);
        }
    }
}

fn unnamed(id: &str) -> String {
    if id == crate::importers::join::UNKNOWN { "Developer not known".to_owned() } else { id.to_owned() }
}

/// Every provider. One with the id of a developer is that developer's own service, unless another is that already.
pub(super) fn providers(ground: &Ground<'_>, upstream: &Upstream, plan: &mut Plan) {
    let makers: BTreeSet<&str> = upstream.models.iter().map(|model| model.developer.as_str()).collect();
    let named: BTreeSet<&String> = upstream.offers.iter().map(|offer| &offer.provider).collect();
    let ids: BTreeSet<&String> = upstream.providers.keys().chain(named).filter(|id| is_id(id)).collect();
    for id in ids {
        let path = format!("content/providers/{id}.toml");
        let party = upstream.providers.get(id);
        let is_left_out = ground.mapping.providers.get(id) == Some(&Entry::Nothing);
        if is_left_out || ground.is_deleted(&path) {
            let why = if is_left_out { "left out by the mapping" } else { "its file was deleted by hand" };
            if let Some(record) = party.and_then(|party| party.record) {
                plan.ledger.leave_out_record(record, why);
            }
            continue;
        }
        let mut wanted = Wanted::default();
        match party.and_then(|party| party.name.as_ref()) {
            Some(name) => wanted.key("name", quoted(&name.value), vec![name.place]),
            None => wanted.key("name", quoted(id), Vec::new()),
        }
        let service = ground.content.services.get(id);
        let has_models = plan.files.contains_key(&format!("content/developers/{id}.toml"));
        if makers.contains(id.as_str()) && has_models && service.is_none_or(|service| service == id) {
            wanted.key("developer", quoted(id), Vec::new());
        }
        if let Some(party) = party {
            for (key, given) in [("url", &party.url), ("base_url", &party.base_url), ("docs", &party.docs)] {
                if let Some(given) = given {
                    wanted.key(key, quoted(&given.value), vec![given.place]);
                }
            }
        }
        plan.files.insert(path.clone(), wanted);
        if let Some(record) = party.and_then(|party| party.record) {
            settle(plan, record, &path);
        }
    }
}
