//! Which model each record is about: what upstream declares, then exact rules, then nothing.

mod id;

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, is_id, slug};
use super::fact::Fact;
use super::mapping::{Entry, Mapping};
use super::upstream::{Model, Offer, Upstream};

/// What is done with an offer that no model is found for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unjoined {
    /// It becomes a card, together with the offers of the same name.
    Cards,
    /// It is listed in the account, and not in the content.
    List,
}

/// What a record was joined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Join {
    /// A model of the catalogue, by which rule.
    To(String, String),
    /// Nothing, and why.
    Nothing(String),
}

/// Every join.
#[derive(Debug, Default)]
pub struct Joins {
    /// Of each of the upstream's models, in their order.
    pub models: Vec<Join>,
    /// Of each of its offers, in their order.
    pub offers: Vec<Join>,
    /// The cards that are made of offers alone, with the places of these in the list of offers.
    pub cards: BTreeMap<String, Vec<usize>>,
    /// What the rules now say otherwise than the mapping: record, mapping, rules.
    pub differ: Vec<(String, String, String)>,
}

/// The rule by which the record of a name becomes a part of the model that has the name.
pub const NAME: &str = "alias or snapshot of a model";

/// The rule by which a record is about the model that has its address.
const SPELLED: &str = "same developer and ID, but for case and signs";

/// The rule by which offers become a card.
pub const CARD: &str = "card of its own";

/// Joins every record, and writes new joins into the mapping.
pub fn join(upstream: &Upstream, content: &Content, mapping: &mut Mapping, unjoined: Unjoined) -> Joins {
    let mut joins = Joins::default();
    let mut by_id = BTreeMap::new();
    let addresses: BTreeMap<&str, &str> =
        content.models.iter().map(|(id, path)| (path.as_str(), id.as_str())).collect();
    for model in &upstream.models {
        let join = model_join(model, content, &addresses, mapping);
        if let Join::To(id, _) = &join {
            by_id.insert(model.id.as_str(), id.clone());
        }
        joins.models.push(join);
    }
    let known = Known::new(upstream, &by_id);
    for offer in &upstream.offers {
        let found = known.find(offer);
        let key = (offer.provider.clone(), offer.id.clone());
        let join = match (mapping.offers.get(&key), found) {
            _ if !is_id(&offer.provider) => Join::Nothing(NO_ADDRESS.to_owned()),
            (Some(Entry::Nothing), _) => Join::Nothing("left out by the mapping".to_owned()),
            _ if mapping.providers.get(&offer.provider) == Some(&Entry::Nothing) => {
                Join::Nothing("its provider is left out by the mapping".to_owned())
            }
            (Some(Entry::Is(id, rule)), found) => {
                if let Some((now, why)) = found.filter(|(now, _)| now != id && rule.is_some()) {
                    joins.differ.push((format!("{}: {}", key.0, key.1), id.clone(), format!("{now}, {why}")));
                }
                Join::To(id.clone(), rule.clone().unwrap_or_else(|| "by hand".to_owned()))
            }
            (None, Some((id, rule))) => {
                mapping.add_offer(&key.0, &key.1, &id, rule);
                Join::To(id, rule.to_owned())
            }
            (None, None) => Join::Nothing("no model is found for it".to_owned()),
        };
        joins.offers.push(join);
    }
    cards(upstream, &known, content, mapping, unjoined, &mut joins);
    joins
}

fn model_join(model: &Model, content: &Content, addresses: &BTreeMap<&str, &str>, mapping: &mut Mapping) -> Join {
    match mapping.models.get(&model.id) {
        Some(Entry::Nothing) => return Join::Nothing("left out by the mapping".to_owned()),
        Some(Entry::Is(id, rule)) => {
            return Join::To(id.clone(), rule.clone().unwrap_or_else(|| "by hand".to_owned()));
        }
        None => {}
    }
    let (rule, id) = match mapping.developers.get(&model.developer) {
        Some(Entry::Nothing) => return Join::Nothing("its developer is left out by the mapping".to_owned()),
        Some(Entry::Is(developer, _)) if *developer != model.developer => {
            let stem = model.id.split_once('/').map_or(model.id.as_str(), |(_, stem)| stem);
            ("developer by the mapping", format!("{developer}/{stem}"))
        }
        _ if content.models.contains_key(&model.id) => ("same ID", model.id.clone()),
        _ if content.names.contains_key(&model.id) => (NAME, content.names[&model.id].clone()),
        _ => ("its own record", model.id.clone()),
    };
    // An address has one model: an ID that would have that of another is that model's, written otherwise.
    let (rule, id) = match addresses.get(path_of(&id).as_str()).filter(|_| !content.models.contains_key(&id)) {
        Some(there) if rule != NAME => (SPELLED, (*there).to_owned()),
        _ => (rule, id),
    };
    if !content.models.contains_key(&id) && !is_address(&id) {
        return Join::Nothing(NO_ADDRESS.to_owned());
    }
    mapping.add_model(&model.id, &id, rule);
    Join::To(id, rule.to_owned())
}

/// What a record is left out for that could have no file.
const NO_ADDRESS: &str = "no file can have its name: it has no letter, is too long, or is that of a device";

/// Whether a model of this ID can have a file.
fn is_address(id: &str) -> bool {
    let path = path_of(id);
    path.strip_suffix(".toml").is_some_and(|path| path.split('/').all(is_id))
}

/// What the rules go by.
struct Known<'a> {
    upstream: &'a Upstream,
    /// ID in the catalogue of each of the upstream's models.
    by_id: &'a BTreeMap<&'a str, String>,
    /// The models by the last part of their IDs, small.
    stems: BTreeMap<String, Vec<&'a Model>>,
    developers: BTreeSet<&'a str>,
    /// The developer of all declared models in each namespace; none where they differ.
    namespaces: BTreeMap<String, Option<&'a str>>,
    offers: BTreeMap<(&'a str, &'a str), &'a Offer>,
}

impl<'a> Known<'a> {
    fn new(upstream: &'a Upstream, by_id: &'a BTreeMap<&'a str, String>) -> Self {
        let mut stems: BTreeMap<String, Vec<&Model>> = BTreeMap::new();
        for model in &upstream.models {
            stems.entry(id::last(&model.id).to_lowercase()).or_default().push(model);
        }
        let developers: BTreeSet<&str> = upstream.models.iter().map(|model| model.developer.as_str()).collect();
        let models: BTreeMap<&str, &Model> = upstream.models.iter().map(|model| (model.id.as_str(), model)).collect();
        let mut namespaces: BTreeMap<String, Option<&str>> = BTreeMap::new();
        for offer in &upstream.offers {
            let base = offer.base.as_ref().and_then(|base| models.get(base.value.as_str()));
            let (Some(base), Some(namespace)) = (base, id::namespace(&offer.id)) else { continue };
            let developer = Some(base.developer.as_str());
            let entry = namespaces.entry(namespace.to_lowercase()).or_insert(developer);
            if *entry != developer {
                *entry = None;
            }
        }
        let offers = upstream.offers.iter().map(|offer| ((offer.provider.as_str(), offer.id.as_str()), offer));
        Self { upstream, by_id, stems, developers, namespaces, offers: offers.collect() }
    }

    /// The model that an offer is of, and the rule that says so.
    fn find(&self, offer: &Offer) -> Option<(String, &'static str)> {
        let to = |id: &str| self.by_id.get(id).cloned();
        if let Some(base) = &offer.base {
            // What upstream declares is not second-guessed when it names nothing.
            return to(&base.value).map(|id| (id, "declared base"));
        }
        if let Some((provider, id)) = &offer.twin
            && let Some(twin) = self.offers.get(&(provider.as_str(), id.as_str())).filter(|twin| twin.twin.is_none())
            && let Some((id, _)) = self.find(twin)
        {
            return Some((id, "link to an offer that is joined, or a form of it"));
        }
        if let Some(id) = to(&offer.id) {
            return Some((id, "same ID"));
        }
        if let Some(id) = to(&format!("{}/{}", offer.provider, offer.id)) {
            return Some((id, "same ID at the developer's own service"));
        }
        if let Some(id) = id::without_free(&offer.id).and_then(to) {
            return Some((id, "same ID but for `:free`"));
        }
        if let Some((developer, stem)) = id::bedrock(&offer.id)
            && let Some(model) = self.made_by(self.developer(developer).unwrap_or(developer), &stem)
        {
            return to(&model.id).map(|id| (id, "Amazon Bedrock's form of the ID"));
        }
        if let Some(stem) = id::vertex(&offer.id)
            && let Some(id) = self.only(&stem).and_then(|model| to(&model.id))
        {
            return Some((id, "Vertex AI's form of the ID"));
        }
        self.by_stem(offer)
    }

    /// The model of this last part of the ID, where there is one only.
    fn only(&self, stem: &str) -> Option<&'a Model> {
        match self.stems.get(&stem.to_lowercase())?.as_slice() {
            [model] => Some(*model),
            _ => None,
        }
    }

    /// The model of this developer with this last part of the ID.
    fn made_by(&self, developer: &str, stem: &str) -> Option<&'a Model> {
        self.stems.get(&stem.to_lowercase())?.iter().copied().find(|model| model.developer == developer)
    }

    /// The model with the same last part of the ID, and with the same developer, name or day of release.
    fn by_stem(&self, offer: &Offer) -> Option<(String, &'static str)> {
        let stem = id::last(&offer.id);
        let namespace = id::namespace(&offer.id).map(|namespace| self.developer(namespace));
        if let Some(Some(developer)) = namespace {
            let found = self.made_by(developer, stem)?;
            return Some((self.by_id.get(found.id.as_str())?.clone(), "same developer and last part of the ID"));
        }
        let model = self.only(stem)?;
        let id = self.by_id.get(model.id.as_str())?.clone();
        let same = |fact: Fact| {
            let texts = [&offer.facts, &model.facts].map(|facts| facts.text_of(fact).map(slug));
            texts[0].is_some() && texts[0] == texts[1]
        };
        if same(Fact::Name) {
            return Some((id, "same last part of the ID and same name"));
        }
        let days = [&offer.facts, &model.facts].map(|facts| facts.date_of(Fact::Released));
        (days[0].is_some() && days[0] == days[1]).then_some((id, "same last part of the ID and same release date"))
    }

    /// The developer whose namespace this is: of this name, or that of all declared models in it.
    fn developer(&self, namespace: &str) -> Option<&'a str> {
        let small = namespace.to_lowercase();
        self.developers.get(small.as_str()).copied().or_else(|| self.namespaces.get(&small).copied().flatten())
    }
}

/// The developer of models of which nobody says who made them.
pub const UNKNOWN: &str = "unknown";

/// Makes cards of the offers that no model is found for: one for each developer and last part of the ID.
fn cards(
    upstream: &Upstream,
    known: &Known<'_>,
    content: &Content,
    mapping: &mut Mapping,
    unjoined: Unjoined,
    joins: &mut Joins,
) {
    let mut groups: BTreeMap<String, Vec<(usize, Option<String>)>> = BTreeMap::new();
    let mut again = Vec::new();
    for (index, offer) in upstream.offers.iter().enumerate() {
        match &joins.offers[index] {
            // A card of a former import: a model that no record is about.
            Join::To(id, rule) if rule == CARD => again.push((index, id.clone())),
            Join::Nothing(why) if why.starts_with("no model") && offer.base.is_none() => {
                let (stem, developer) = named(offer, known, mapping);
                groups.entry(stem).or_default().push((index, developer));
            }
            _ => {}
        }
    }
    for (index, id) in again {
        joins.cards.entry(id).or_default().push(index);
    }
    if unjoined == Unjoined::List {
        return;
    }
    // An address has one model: an ID that would have that of another is that model's, written otherwise.
    let models = known.by_id.values().chain(content.models.keys());
    let taken: BTreeMap<String, String> = models.map(|id| (path_of(id), id.clone())).collect();
    // The cards of former imports are models of the content by now, and cards all the same.
    let made: BTreeSet<String> = joins.cards.keys().cloned().collect();
    for (stem, members) in groups {
        let developers: BTreeSet<&String> = members.iter().filter_map(|(_, developer)| developer.as_ref()).collect();
        // Where one developer alone has a model of this name, those of which nobody says it are of it too.
        let only = match developers.iter().collect::<Vec<_>>().as_slice() {
            [only] => Some((**only).clone()),
            _ => None,
        };
        for (index, developer) in members {
            let offer = &upstream.offers[index];
            // Of a model that has a record that takes more than the name.
            let only = only.clone().filter(|only| !taken.contains_key(&path_of(&format!("{only}/{stem}"))));
            let developer = developer.or(only).unwrap_or_else(|| UNKNOWN.to_owned());
            let id = format!("{developer}/{stem}");
            if !is_address(&id) {
                joins.offers[index] = Join::Nothing(NO_ADDRESS.to_owned());
                continue;
            }
            if let Some(id) = content.names.get(&id) {
                mapping.add_offer(&offer.provider, &offer.id, id, NAME);
                joins.offers[index] = Join::To(id.clone(), NAME.to_owned());
                continue;
            }
            if let Some(id) = taken.get(&path_of(&id)).filter(|id| !made.contains(*id)) {
                mapping.add_offer(&offer.provider, &offer.id, id, SPELLED);
                joins.offers[index] = Join::To(id.clone(), SPELLED.to_owned());
                continue;
            }
            mapping.add_offer(&offer.provider, &offer.id, &id, CARD);
            joins.offers[index] = Join::To(id.clone(), CARD.to_owned());
            joins.cards.entry(id).or_default().push(index);
        }
    }
}

/// The last part of an offer's ID as that of a model, and the developer where somebody says who that is.
fn named(offer: &Offer, known: &Known<'_>, mapping: &mut Mapping) -> (String, Option<String>) {
    let (developer, stem) = match id::bedrock(&offer.id)
        .filter(|(developer, _)| known.developer(developer).is_some() || offer.provider == "amazon-bedrock")
    {
        Some((developer, stem)) => (Some(namespaced(developer, known, mapping)), stem),
        None => {
            let whole = id::vertex(&offer.id).unwrap_or_else(|| offer.id.clone());
            let whole = id::without_free(&whole).unwrap_or(&whole);
            (id::namespace(whole).map(|namespace| namespaced(namespace, known, mapping)), id::last(whole).to_owned())
        }
    };
    let own = known.upstream.models.iter().any(|model| model.developer == offer.provider);
    let developer = developer.or_else(|| own.then(|| offer.provider.clone()));
    (slug(&stem.replace([':', '@', '/'], "-")), developer)
}

/// The developer that a namespace stands for, written into the mapping.
fn namespaced(namespace: &str, known: &Known<'_>, mapping: &mut Mapping) -> String {
    match mapping.developers.get(namespace) {
        Some(Entry::Is(id, _)) => return id.clone(),
        Some(Entry::Nothing) => return UNKNOWN.to_owned(),
        None => {}
    }
    let (id, rule) = match known.developer(namespace) {
        Some(id) if id == namespace.to_lowercase() => (id.to_owned(), "developer of this name"),
        Some(id) => (id.to_owned(), "developer of all declared models in this namespace"),
        None => (slug(namespace), "namespace in the ID"),
    };
    let id = if id.is_empty() { UNKNOWN.to_owned() } else { id };
    mapping.add_developer(namespace, &id, rule);
    id
}

/// The ID of an offer without what providers put around that of the model: `us.acme.sonata-2-v1:0` and `clouds/acme/sonata-2` are
/// `sonata-2`.
#[must_use]
pub fn bare(id: &str) -> String {
    let stem = id::bedrock(id).map(|(_, stem)| stem).or_else(|| id::vertex(id));
    slug(&stem.unwrap_or_else(|| id::last(id).to_owned()).replace(':', "-"))
}

/// The path of a model's file.
#[must_use]
pub fn path_of(id: &str) -> String {
    let (developer, stem) = id.split_once('/').unwrap_or((UNKNOWN, id));
    format!("content/models/{}/{}.toml", slug(developer), slug(&stem.replace([':', '@', '/'], "-")))
}
