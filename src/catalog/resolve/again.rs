//! One model resolved again when only its own file or texts changed, without a look at the other models.

use std::collections::BTreeSet;

use super::known::{Known, Lost};
use super::registry::Registry;
use super::scope::{Scope, SourceKeys};
use super::{offer, settle_model};
use crate::catalog::{Catalog, Date, Model, ModelId, Source, SourceId, Status};
use crate::files::{FileId, SourceTree};
use crate::source::{ParsedModel, Sources};

/// A model as its file has it now, to be put into the catalogue.
#[derive(Debug)]
pub struct Again {
    model: Model,
    first_source: u32,
    sources: Vec<Source>,
}

impl Again {
    /// Its ID, which is what it was.
    #[must_use]
    pub fn id(&self) -> &ModelId {
        &self.model.id
    }
}

/// The model of this file as [`super::resolve`] would make it now, in a catalogue without faults of which nothing but this
/// file and the texts beside it has changed.
///
/// `None` when more than the model would change, as with another ID, or when something is wrong with it. Then
/// everything has to be resolved, to know all that there is to say.
#[must_use]
pub fn model_again(
    tree: &SourceTree,
    sources: &Sources,
    catalog: &Catalog,
    parsed: &ParsedModel,
    today: Date,
) -> Option<Again> {
    let written = parsed.value.id.as_ref().map(|id| id.value.clone());
    let id = ModelId::new(written.unwrap_or_else(|| format!("{}/{}", parsed.developer, parsed.stem)));
    let old = catalog.models.get(&id).filter(|old| old.origin.file == parsed.file && sources.broken.is_empty())?;
    // No two models may have one name or one old address.
    let held = sources.models.binary_search_by_key(&parsed.file, |held| held.file).ok()?;
    if names(parsed).ne(names(&sources.models[held])) {
        return None;
    }

    let mut found = Vec::new();
    let shared = sources.site.as_ref().map_or_else(SourceKeys::default, |site| catalog.keys_of(site.file, None));
    let own = catalog.sources().filter(|(_, source)| source.origin.file == parsed.file);
    let own: Vec<SourceId> = own.map(|(id, _)| id).collect();
    // Sources are counted through all files: one more or less would move those of the files after this one.
    if own.len() != parsed.value.sources.len() {
        return None;
    }
    let mut registry = Registry { first: own.first().map_or(0, |id| id.0), sources: Vec::new() };
    let record = format!("model `{id}`");
    let keys = registry.read(tree, parsed.file, &record, &parsed.value.sources, &shared, &mut found);

    let ids: BTreeSet<ModelId> = catalog.models.keys().cloned().collect();
    let lost = Lost::of(tree, sources);
    let known = Known::new(&ids, &catalog.developers, &catalog.benchmarks, &lost);
    let mut scope = Scope::new(tree, parsed.file, record, &keys);
    let mut model = scope.model_file(&id, &old.slug, parsed, &known);
    found.append(&mut scope.found);
    model.status = Status::on(today, model.written_status, &model.dates);

    for parsed in &sources.providers {
        let provider = catalog.providers.get(parsed.id.as_str());
        let Some(provider) =
            provider.filter(|_| parsed.value.offer.iter().any(|offer| offer.model.value == id.as_str()))
        else {
            continue;
        };
        let keys = catalog.keys_of(parsed.file, Some(&shared));
        let mut scope = Scope::new(tree, parsed.file, String::new(), &keys);
        scope.defaults = provider.provenance.clone();
        for (_, offer) in scope.offers(&provider.id, &parsed.value, Some(&id), &known) {
            offer::add(&mut model, provider, offer, &mut found);
        }
        found.append(&mut scope.found);
    }
    for parsed in &sources.benchmarks {
        let has = parsed.value.results.keys().any(|model| model.value == id.as_str())
            || parsed.value.result.iter().any(|row| row.model.value == id.as_str());
        let Some(benchmark) = catalog.benchmarks.get(parsed.id.as_str()).filter(|_| has) else { continue };
        let keys = catalog.keys_of(parsed.file, Some(&shared));
        let mut scope = Scope::new(tree, parsed.file, String::new(), &keys);
        let results = scope.results(&parsed.value, benchmark, Some(&id), &known);
        model.scores.extend(results.into_iter().map(|(_, score)| score));
        found.append(&mut scope.found);
    }
    settle_model(&mut model, &catalog.developers, &catalog.benchmarks, &mut found);
    found.is_empty().then_some(Again { model, first_source: registry.first, sources: registry.sources })
}

/// What a model is called, and where it stood: each kind apart from the next.
fn names(parsed: &ParsedModel) -> impl Iterator<Item = Option<&str>> {
    let file = &parsed.value;
    let kinds = [&file.aliases, &file.snapshots, &file.redirect_from];
    kinds.into_iter().flat_map(|kind| kind.iter().map(|name| Some(name.value.as_str())).chain([None]))
}

impl Catalog {
    /// Takes a model in the place of its former self, which is returned.
    ///
    /// # Panics
    ///
    /// When the model is of another catalogue.
    pub fn put(&mut self, again: Again) -> Model {
        for (place, source) in self.sources.iter_mut().skip(again.first_source as usize).zip(again.sources) {
            *place = source;
        }
        let mut model = again.model;
        if let Some(recheck) = self.settings.recheck {
            recheck.mark(&mut model, &self.sources);
        }
        self.models.insert(model.id.clone(), model).expect("a model that is made again was there before")
    }

    /// The keys of the sources that a file can refer to: its own and the shared ones.
    fn keys_of(&self, file: FileId, shared: Option<&SourceKeys>) -> SourceKeys {
        let mut keys = shared.cloned().unwrap_or_default();
        let own = self.sources().filter(|(_, source)| source.origin.file == file);
        keys.known.extend(own.map(|(id, source)| (source.key.clone(), id)));
        keys
    }
}
