//! From what the author wrote to what is true: the only code that sees both `source` and `catalog`.
//!
//! Every id that names nothing, every word outside its vocabulary and every fact that is given twice is reported,
//! all in one run. A catalogue comes out in any case; it is not to be believed when there is an error.

#[cfg(test)]
pub(crate) mod example;
mod model;
mod price;
mod provider;
mod scope;
mod score;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::price::duplicate;
use self::scope::{Scope, SourceKeys, text};
use super::id::{BenchmarkId, DeveloperId, ModelId, ProviderId, Slug};
use super::{Benchmark, Catalog, Developer, FreePage, Model, Offer, Provider, Score, Settings, Source, SourceId};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin, SourceTree};
use crate::source::{Kind, Located, ParsedModel, SiteFile, SourceDef, Sources};

/// The records that can be referred to.
struct Known<'a> {
    models: &'a BTreeSet<ModelId>,
    developers: &'a BTreeMap<DeveloperId, Developer>,
    benchmarks: &'a BTreeMap<BenchmarkId, Benchmark>,
    /// Records whose file could not be read: a reference to them is no mistake of its own.
    broken_models: &'a BTreeSet<String>,
    broken_developers: &'a BTreeSet<String>,
    broken_benchmarks: &'a BTreeSet<String>,
}

/// A model whose ID and place are settled.
struct Placed<'a> {
    id: ModelId,
    slug: Slug,
    parsed: &'a ParsedModel,
}

/// Resolves everything that was read. `None` when there are no settings to make a site from.
///
/// `base_url` takes the place of the settings' own.
#[must_use]
pub fn resolve(tree: &SourceTree, sources: &Sources, base_url: Option<&str>) -> (Option<Catalog>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut registry = Registry::default();
    let shared = match &sources.site {
        Some(site) => registry.read(tree, site.file, "the settings", &site.value.sources, &SourceKeys::new()),
        None => SourceKeys::new(),
    };
    let benchmark_keys: Vec<SourceKeys> = sources
        .benchmarks
        .iter()
        .map(|parsed| {
            registry.read(tree, parsed.file, &format!("benchmark `{}`", parsed.id), &parsed.value.sources, &shared)
        })
        .collect();
    let provider_keys: Vec<SourceKeys> = sources
        .providers
        .iter()
        .map(|parsed| {
            registry.read(tree, parsed.file, &format!("provider `{}`", parsed.id), &parsed.value.sources, &shared)
        })
        .collect();
    let model_keys: Vec<SourceKeys> = sources
        .models
        .iter()
        .map(|parsed| {
            let record = format!("model `{}/{}`", parsed.developer, parsed.stem);
            registry.read(tree, parsed.file, &record, &parsed.value.sources, &shared)
        })
        .collect();
    found.append(&mut registry.found);

    let broken = |pick: fn(&Kind) -> Option<String>| -> BTreeSet<String> {
        sources.broken.iter().filter_map(|broken| pick(&broken.kind)).collect()
    };
    let broken_models = broken(|kind| match kind {
        Kind::Model { developer, stem } => Some(format!("{developer}/{stem}")),
        _ => None,
    });
    let broken_developers = broken(|kind| if let Kind::Developer(id) = kind { Some(id.clone()) } else { None });
    let broken_benchmarks = broken(|kind| if let Kind::Benchmark(id) = kind { Some(id.clone()) } else { None });

    let empty = SourceKeys::new();
    let mut developers = BTreeMap::new();
    for parsed in &sources.developers {
        let mut scope = Scope::new(tree, parsed.file, format!("developer `{}`", parsed.id), &empty);
        if scope.file_id(&parsed.id) {
            developers.insert(DeveloperId::new(parsed.id.as_str()), scope.developer_file(&parsed.id, &parsed.value));
        }
        found.append(&mut scope.found);
    }
    let categories: Vec<String> = sources
        .site
        .as_ref()
        .map(|site| site.value.categories.iter().map(|name| name.value.clone()).collect())
        .unwrap_or_default();
    let mut benchmarks = BTreeMap::new();
    for (parsed, keys) in sources.benchmarks.iter().zip(&benchmark_keys) {
        let mut scope = Scope::new(tree, parsed.file, format!("benchmark `{}`", parsed.id), keys);
        if scope.file_id(&parsed.id)
            && let Some(benchmark) = scope.benchmark_file(&parsed.id, &parsed.value, &categories)
        {
            benchmarks.insert(benchmark.id.clone(), benchmark);
        }
        found.append(&mut scope.found);
    }
    let placed = place(tree, &sources.models, &mut found);
    let ids: BTreeSet<ModelId> = placed.iter().flatten().map(|placed| placed.id.clone()).collect();
    let known = Known {
        models: &ids,
        developers: &developers,
        benchmarks: &benchmarks,
        broken_models: &broken_models,
        broken_developers: &broken_developers,
        broken_benchmarks: &broken_benchmarks,
    };

    let (models, model_findings): (Vec<Option<Model>>, Vec<Vec<Diagnostic>>) = placed
        .par_iter()
        .zip(&model_keys)
        .map(|(placed, keys)| {
            let Some(placed) = placed else { return (None, Vec::new()) };
            let mut scope = Scope::new(tree, placed.parsed.file, format!("model `{}`", placed.id), keys);
            let developer = scope.developer_exists(placed.parsed, &known);
            let model = scope.model_file(&placed.id, &placed.slug, placed.parsed, &known);
            (developer.then_some(model), scope.found)
        })
        .unzip();
    found.extend(model_findings.into_iter().flatten());
    let mut models: BTreeMap<ModelId, Model> =
        models.into_iter().flatten().map(|model| (model.id.clone(), model)).collect();

    let mut providers = BTreeMap::new();
    for (parsed, keys) in sources.providers.iter().zip(&provider_keys) {
        let mut scope = Scope::new(tree, parsed.file, format!("provider `{}`", parsed.id), keys);
        if scope.file_id(&parsed.id) {
            let provider = scope.provider_file(&parsed.id, &parsed.value, &known);
            for (id, offer) in scope.offers(&parsed.id, &parsed.value, &known) {
                if let Some(model) = models.get_mut(&id) {
                    add_offer(model, &provider, offer, &mut scope.found);
                }
            }
            providers.insert(provider.id.clone(), provider);
        }
        found.append(&mut scope.found);
    }
    add_results(tree, sources, &benchmark_keys, &known, &mut models, &mut found);

    let pages = free_pages(tree, sources);
    let settings = sources.site.as_ref().map(|site| {
        let mut scope = Scope::new(tree, site.file, "the settings".to_owned(), &shared);
        let mut settings = scope.settings(&site.value, &known);
        override_base_url(&mut settings, base_url, &site.value, &mut scope.found);
        add_categories(&mut settings, &benchmarks);
        found.append(&mut scope.found);
        settings
    });
    finish(&mut models, &mut developers, &providers, &mut found);
    if settings.is_none() && !sources.broken.iter().any(|broken| broken.kind == Kind::Site) {
        let message = "there are no settings to make a site from";
        found.push(
            Diagnostic::error("no-site-file", message)
                .in_file("content/site.toml")
                .help("create content/site.toml with a `title`, or begin with `modelfolio new site <folder>`"),
        );
    }
    let catalog = settings.map(|settings| Catalog {
        settings,
        developers,
        providers,
        benchmarks,
        models,
        pages,
        sources: registry.sources,
    });
    (catalog, found)
}

/// Every source of the site, and what was wrong with them.
#[derive(Default)]
struct Registry {
    sources: Vec<Source>,
    found: Vec<Diagnostic>,
}

impl Registry {
    /// The keys that a file can refer to: its own sources and the shared ones.
    fn read(
        &mut self,
        tree: &SourceTree,
        file: FileId,
        record: &str,
        own: &BTreeMap<Located<String>, SourceDef>,
        shared: &SourceKeys,
    ) -> SourceKeys {
        let empty = SourceKeys::new();
        let mut scope = Scope::new(tree, file, record.to_owned(), &empty);
        let mut keys = shared.clone();
        for (key, source) in own {
            if shared.contains_key(&key.value) {
                let message = format!("{record}: the source `{}` is named in content/site.toml already", key.value);
                let help = "refer to that one, or take another key";
                let finding = Diagnostic::error("duplicate-fact", message).at(scope.origin(key.span), "named again");
                scope.found.push(finding.help(help));
            }
            let source = Source {
                key: key.value.clone(),
                origin: scope.origin(key.span),
                title: source.title.value.clone(),
                publisher: text(source.publisher.as_ref()),
                url: scope.url("url", source.url.as_ref()),
                checked: scope.date_option("checked", source.checked.as_ref()),
            };
            let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
            self.sources.push(source);
            keys.insert(key.value.clone(), id);
        }
        self.found.append(&mut scope.found);
        keys
    }
}

impl Scope<'_> {
    /// Whether a file's name can be an id, which is a path segment too.
    fn file_id(&mut self, id: &str) -> bool {
        let plain = Slug::is_plain(id);
        if !plain {
            let path = self.tree.get(self.file).path.clone();
            let message = format!("{}: the file's name cannot be an id", self.record);
            let help = "use lower-case letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
            self.found.push(Diagnostic::error("invalid-id", message).in_file(path).help(help));
        }
        plain
    }

    fn developer_exists(&mut self, parsed: &ParsedModel, known: &Known<'_>) -> bool {
        let exists = known.developers.contains_key(parsed.developer.as_str());
        if !exists && !known.broken_developers.contains(&parsed.developer) {
            let message = format!("{}: its folder names no developer: there is no `{}`", self.record, parsed.developer);
            let help = scope::nearest(&parsed.developer, known.developers.keys().map(DeveloperId::as_str))
                .unwrap_or_else(|| format!("describe it in content/developers/{}.toml", parsed.developer));
            let finding = Diagnostic::error("unknown-developer", message);
            self.found.push(finding.at(self.origin(parsed.value.name.span), "a model of it").help(help));
        }
        exists
    }
}

/// Gives every model its ID and its path. The second of two that want the same is reported and left out.
fn place<'a>(tree: &SourceTree, models: &'a [ParsedModel], found: &mut Vec<Diagnostic>) -> Vec<Option<Placed<'a>>> {
    let mut by_id: BTreeMap<String, (ModelId, Origin)> = BTreeMap::new();
    let mut by_path: BTreeMap<(String, String), (ModelId, Origin)> = BTreeMap::new();
    let mut placed = Vec::with_capacity(models.len());
    for parsed in models {
        let own = parsed.value.id.as_ref();
        let id = own.map_or_else(|| format!("{}/{}", parsed.developer, parsed.stem), |id| id.value.clone());
        let id = ModelId::new(id);
        let span = own.map_or(parsed.value.name.span, |id| id.span);
        let origin = Origin { file: parsed.file, span };
        placed.push((|| {
            let bad = id.as_str().trim() != id.as_str() || id.as_str().chars().any(char::is_control);
            let slug = id
                .slug(&DeveloperId::new(parsed.developer.as_str()))
                .filter(|slug| !bad && crate::site::SitePath::new(slug.as_str()).is_ok() && slug.as_str().len() <= 200);
            let Some(slug) = slug else {
                let finding = Diagnostic::error("invalid-id", format!("model `{id}`: no path can be made from its ID"));
                found.push(finding.at(origin, "no letter or digit, or not portable").help(
                    "give it an `id` with letters or digits, without control characters, of at most 200 characters",
                ));
                return None;
            };
            if let Some((first, place)) = by_id.get(&id.as_str().to_lowercase()) {
                let same = if *first == id { String::new() } else { format!(" (as `{first}`)") };
                let message = format!("model `{id}`: there is another model of this ID{same}");
                let path = &tree.get(place.file).path;
                found.push(
                    Diagnostic::error("duplicate-id", message)
                        .at(origin, "the same ID")
                        .at(*place, "the first one")
                        .help(format!("give one of them another `id`; the first is {path}")),
                );
                return None;
            }
            by_id.insert(id.as_str().to_lowercase(), (id.clone(), origin));
            let path = (parsed.developer.to_lowercase(), slug.as_str().to_owned());
            if let Some((first, place)) = by_path.get(&path) {
                let message = format!("models `{first}` and `{id}` would have one path: models/{}/{slug}/", path.0);
                found.push(
                    Diagnostic::error("duplicate-path", message)
                        .at(origin, "the same path")
                        .at(*place, "the first one")
                        .help("characters other than letters, digits, `.` and `_` become `-`: change one of the IDs"),
                );
                return None;
            }
            by_path.insert(path, (id.clone(), origin));
            Some(Placed { id, slug, parsed })
        })());
    }
    placed
}

/// Adds a provider's offer to its model. The developer's own service shares the offer of the model's file.
fn add_offer(model: &mut Model, provider: &Provider, mut offer: Offer, found: &mut Vec<Diagnostic>) {
    let own = provider.developer.as_ref() == Some(&model.developer) && offer.region.is_none();
    if own && let Some(held) = model.offers.iter_mut().find(|held| held.own) {
        if let (Some(first), Some(second)) = (held.prices.prices.first(), offer.prices.prices.first()) {
            let message = format!(
                "model `{}`: its list price is given in its own file and in that of provider `{}`",
                model.id, provider.id
            );
            found.push(duplicate(message, first.origin, second.origin).help("keep one of the two"));
            return;
        }
        if held.prices.is_empty() {
            held.prices = std::mem::take(&mut offer.prices);
            held.provenance = offer.provenance.clone();
        }
        held.provider = Some(provider.id.clone());
        held.id_there = held.id_there.take().or(offer.id_there);
        held.quantization = held.quantization.take().or(offer.quantization);
        held.context_window = offer.context_window;
        held.max_output = offer.max_output;
        return;
    }
    let twin = model.offers.iter().find(|held| {
        (held.provider.as_ref(), &held.region, &held.id_there)
            == (offer.provider.as_ref(), &offer.region, &offer.id_there)
    });
    if let Some(twin) = twin {
        let message = format!("provider `{}`: its offer of model `{}` is given twice", provider.id, model.id);
        found.push(
            duplicate(message, twin.origin, offer.origin).help("keep one, or tell them apart by `region` or `id`"),
        );
        return;
    }
    offer.own = own;
    model.offers.push(offer);
}

/// Adds the results of the benchmarks' files to the models.
fn add_results(
    tree: &SourceTree,
    sources: &Sources,
    keys: &[SourceKeys],
    known: &Known<'_>,
    models: &mut BTreeMap<ModelId, Model>,
    found: &mut Vec<Diagnostic>,
) {
    for (parsed, keys) in sources.benchmarks.iter().zip(keys) {
        let Some(benchmark) = known.benchmarks.get(parsed.id.as_str()) else { continue };
        let mut scope = Scope::new(tree, parsed.file, format!("benchmark `{}`", parsed.id), keys);
        let results: Vec<(ModelId, Score)> = scope.results(&parsed.value, benchmark, known);
        found.append(&mut scope.found);
        for (id, score) in results {
            if let Some(model) = models.get_mut(&id) {
                model.scores.push(score);
            }
        }
    }
}

/// Brings offers and scores into their order and ties developers to their own services.
fn finish(
    models: &mut BTreeMap<ModelId, Model>,
    developers: &mut BTreeMap<DeveloperId, Developer>,
    providers: &BTreeMap<ProviderId, Provider>,
    found: &mut Vec<Diagnostic>,
) {
    for provider in providers.values() {
        if let Some(developer) = provider.developer.as_ref().and_then(|id| developers.get_mut(id)) {
            developer.provider.get_or_insert_with(|| provider.id.clone());
        }
    }
    for model in models.values_mut() {
        let service = developers.get(&model.developer).and_then(|developer| developer.provider.clone());
        for offer in model.offers.iter_mut().filter(|offer| offer.own && offer.provider.is_none()) {
            offer.provider.clone_from(&service);
        }
        model.offers.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        score::settle(&format!("model `{}`", model.id), &mut model.scores, found);
    }
}

fn free_pages(tree: &SourceTree, sources: &Sources) -> Vec<FreePage> {
    sources
        .pages
        .iter()
        .filter_map(|&file| {
            let source = tree.get(file);
            let path = source.path.strip_prefix("content/pages/")?.strip_suffix(".md")?;
            Some(FreePage { path: path.to_owned(), file, text: source.text.clone() })
        })
        .collect()
}

fn override_base_url(settings: &mut Settings, base_url: Option<&str>, site: &SiteFile, found: &mut Vec<Diagnostic>) {
    let Some(text) = base_url else { return };
    settings.base_url = provider::published_at(text);
    if settings.base_url.is_none() {
        let title = &site.title.value;
        found.push(
            Diagnostic::error("invalid-base-url", format!("`{text}` is not where `{title}` can be published"))
                .in_file("--base-url")
                .help("give the whole address with its path, as in https://example.org/models/"),
        );
    }
}

/// Categories that the settings do not list stand after those that they do, by name.
fn add_categories(settings: &mut Settings, benchmarks: &BTreeMap<BenchmarkId, Benchmark>) {
    let others: BTreeSet<&String> = benchmarks.values().map(|benchmark| &benchmark.category).collect();
    for category in others {
        if !settings.categories.contains(category) {
            settings.categories.push(category.clone());
        }
    }
}
