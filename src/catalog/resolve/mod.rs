//! From what the author wrote to what is true: the only code that sees both `source` and `catalog`.
//!
//! Every id that names nothing, every word outside its vocabulary and every fact that is given twice is reported,
//! all in one run. A catalogue comes out in any case; it is not to be believed when there is an error.

mod again;
#[cfg(test)]
pub(crate) mod example;
mod known;
mod model;
mod moved;
mod number;
mod offer;
mod place;
mod price;
mod provider;
mod registry;
mod scope;
mod score;
mod settings;
#[cfg(test)]
mod slips;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use self::again::{Again, model_again};
pub use self::place::is_file_id;

use self::known::{Known, Lost};
use self::place::Placed;
use self::registry::{Keys, Registry};
use self::scope::{Scope, SourceKeys};
use super::id::{BenchmarkId, DeveloperId, ModelId, ProviderId};
use super::{Benchmark, Catalog, Date, Developer, FreePage, Model, Prose, Provider, Settings, Status, WebUrl};
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;
use crate::source::Sources;

/// What every step reads, and where all of them report.
struct Resolver<'a> {
    tree: &'a SourceTree,
    sources: &'a Sources,
    keys: Keys,
    today: Date,
    found: Vec<Diagnostic>,
}

/// Resolves everything that was read. `None` when there are no settings to make a site from.
///
/// `base_url` takes the place of the settings' own. `today` decides which dates have passed, and so whether a model
/// is served.
#[must_use]
pub fn resolve(
    tree: &SourceTree,
    sources: &Sources,
    base_url: Option<&WebUrl>,
    today: Date,
) -> (Option<Catalog>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let (registry, keys) = Registry::of(tree, sources, &mut found);
    let mut resolver = Resolver { tree, sources, keys, today, found };

    let mut developers = resolver.developers();
    let benchmarks = resolver.benchmarks();
    let mut lost = Lost::of(tree, sources);
    let placed = place::models(tree, &sources.models, &mut lost, &mut resolver.found);
    place::names(tree, &placed, &mut resolver.found);
    let ids: BTreeSet<ModelId> = placed.iter().flatten().map(|placed| placed.id.clone()).collect();

    let known = Known::new(&ids, &developers, &benchmarks, &lost);
    place::report_homeless(&sources.models, &known, &mut resolver.found);
    let mut models = resolver.models(&placed, &known);
    let providers = resolver.providers(&known, &mut models);
    resolver.add_results(&known, &mut models);
    let settings = resolver.settings(base_url, &known);
    known.suggest(&mut resolver.found);

    for provider in providers.values() {
        if let Some(developer) = provider.developer.as_ref().and_then(|id| developers.get_mut(id)) {
            developer.provider = Some(provider.id.clone());
        }
    }
    settle(&mut models, &developers, &benchmarks, &mut resolver.found);
    let pages = free_pages(tree, sources, &mut resolver.found);
    let moved = moved::moved(tree, sources, &placed, &models, &pages, &mut resolver.found);
    let shared_slugs = place::shared_slugs(&placed);
    let catalog = settings.map(|settings| {
        let sources = registry.sources;
        let models = models.into_iter().collect();
        let mut catalog =
            Catalog { settings, developers, providers, benchmarks, models, pages, moved, sources, shared_slugs };
        catalog.mark_overdue();
        catalog
    });
    (catalog, resolver.found)
}

impl<'a> Resolver<'a> {
    fn developers(&mut self) -> BTreeMap<DeveloperId, Developer> {
        let mut developers = BTreeMap::new();
        let none = SourceKeys::default();
        for parsed in &self.sources.developers {
            let mut scope = Scope::new(self.tree, parsed.file, format!("developer `{}`", parsed.id), &none);
            if scope.file_id(&parsed.id) {
                let developer = scope.developer_file(&parsed.id, &parsed.value);
                developers.insert(developer.id.clone(), developer);
            }
            self.found.append(&mut scope.found);
        }
        developers
    }

    fn benchmarks(&mut self) -> BTreeMap<BenchmarkId, Benchmark> {
        let mut benchmarks = BTreeMap::new();
        let categories = self.sources.site.as_ref().map_or(&[][..], |site| site.value.categories.as_slice());
        for (parsed, keys) in self.sources.benchmarks.iter().zip(&self.keys.benchmarks) {
            let mut scope = Scope::new(self.tree, parsed.file, format!("benchmark `{}`", parsed.id), keys);
            if scope.file_id(&parsed.id) {
                let benchmark = scope.benchmark_file(&parsed.id, &parsed.value, categories);
                benchmarks.insert(benchmark.id.clone(), benchmark);
            }
            self.found.append(&mut scope.found);
        }
        benchmarks
    }

    /// The models, as far as their own files say them.
    fn models(&mut self, placed: &[Option<Placed<'a>>], known: &Known<'_>) -> BTreeMap<ModelId, Model> {
        let (models, found): (Vec<Option<Model>>, Vec<Vec<Diagnostic>>) = placed
            .par_iter()
            .zip(&self.keys.models)
            .map(|(placed, keys)| {
                let Some(placed) = placed else { return (None, Vec::new()) };
                let mut scope = Scope::new(self.tree, placed.parsed.file, format!("model `{}`", placed.id), keys);
                let mut model = scope.model_file(&placed.id, &placed.slug, placed.parsed, known);
                model.status = Status::on(self.today, model.written_status, &model.dates);
                let developer = known.developers.contains_key(&model.developer);
                (developer.then_some(model), scope.found)
            })
            .unzip();
        self.found.extend(found.into_iter().flatten());
        models.into_iter().flatten().map(|model| (model.id.clone(), model)).collect()
    }

    /// The providers. Their offers go to the models.
    fn providers(
        &mut self,
        known: &Known<'_>,
        models: &mut BTreeMap<ModelId, Model>,
    ) -> BTreeMap<ProviderId, Provider> {
        let mut providers = BTreeMap::new();
        let mut services = offer::Services::default();
        for (parsed, keys) in self.sources.providers.iter().zip(&self.keys.providers) {
            let mut scope = Scope::new(self.tree, parsed.file, format!("provider `{}`", parsed.id), keys);
            if scope.file_id(&parsed.id) {
                let mut provider = scope.provider_file(&parsed.id, &parsed.value, known);
                services.settle(&mut provider, parsed, &mut scope);
                for (id, offer) in scope.offers(&provider.id, &parsed.value, None, known) {
                    if let Some(model) = models.get_mut(&id) {
                        offer::add(model, &provider, offer, &mut scope.found);
                    }
                }
                providers.insert(provider.id.clone(), provider);
            }
            self.found.append(&mut scope.found);
        }
        providers
    }

    /// Adds the results of the benchmarks' files to the models.
    fn add_results(&mut self, known: &Known<'_>, models: &mut BTreeMap<ModelId, Model>) {
        for (parsed, keys) in self.sources.benchmarks.iter().zip(&self.keys.benchmarks) {
            let Some(benchmark) = known.benchmarks.get(parsed.id.as_str()) else { continue };
            let mut scope = Scope::new(self.tree, parsed.file, format!("benchmark `{}`", parsed.id), keys);
            for (id, score) in scope.results(&parsed.value, benchmark, None, known) {
                if let Some(model) = models.get_mut(&id) {
                    model.scores.push(score);
                }
            }
            self.found.append(&mut scope.found);
        }
    }

    fn settings(&mut self, base_url: Option<&WebUrl>, known: &Known<'_>) -> Option<Settings> {
        if let Some(site) = &self.sources.site {
            let mut scope = Scope::new(self.tree, site.file, "the settings".to_owned(), &self.keys.shared);
            let mut settings = scope.settings(&site.value, known, self.today);
            settings.base_url = base_url.cloned().or(settings.base_url);
            settings::add_categories(&mut settings, known.benchmarks);
            self.found.append(&mut scope.found);
            return Some(settings);
        }
        if !self.tree.has("content/site.toml") {
            self.found.push(
                Diagnostic::error("no-site-file", "there are no settings to make a site from")
                    .in_file("content/site.toml")
                    .help("create content/site.toml with a `title`, or begin with `modelfolio new site <folder>`"),
            );
        }
        None
    }
}

/// Brings offers and scores into their order and names the provider of every developer's own offer.
fn settle(
    models: &mut BTreeMap<ModelId, Model>,
    developers: &BTreeMap<DeveloperId, Developer>,
    benchmarks: &BTreeMap<BenchmarkId, Benchmark>,
    found: &mut Vec<Diagnostic>,
) {
    models.values_mut().for_each(|model| settle_model(model, developers, benchmarks, found));
}

fn settle_model(
    model: &mut Model,
    developers: &BTreeMap<DeveloperId, Developer>,
    benchmarks: &BTreeMap<BenchmarkId, Benchmark>,
    found: &mut Vec<Diagnostic>,
) {
    let service = developers.get(&model.developer).and_then(|developer| developer.provider.as_ref());
    for offer in model.offers.iter_mut().filter(|offer| offer.own && offer.provider.is_none()) {
        offer.provider = service.cloned();
    }
    model.offers.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    score::settle(&format!("model `{}`", model.id), &mut model.scores, benchmarks, found);
}

/// The free pages, each of a text, of questions, or of both. Two names are refused: a page gets a folder, so they would not
/// be what they are meant to be.
fn free_pages(tree: &SourceTree, sources: &Sources, found: &mut Vec<Diagnostic>) -> Vec<FreePage> {
    let mut pages: BTreeMap<&str, FreePage> = BTreeMap::new();
    for &file in &sources.pages {
        let source = tree.get(file);
        let Some(name) = source.path.strip_prefix("content/pages/").and_then(|path| path.strip_suffix(".md")) else {
            continue;
        };
        let (path, is_faq) = name.strip_suffix(".faq").map_or((name, false), |path| (path, true));
        let help = match path.rsplit_once('/') {
            None if path == "index" => "the home page is made from the settings and the models",
            None if path == "404" => "the page for unknown addresses is made by Modelfolio",
            Some((_, "index")) => "give the page the name of its folder, and put it beside that folder",
            _ => "",
        };
        if !help.is_empty() {
            let message =
                format!("`{}` would be published at `/{path}/`, which is not what it is named after", source.path);
            found.push(Diagnostic::error("invalid-path", message).in_file(source.path.as_str()).help(help));
            continue;
        }
        let page = FreePage { path: path.to_owned(), text: None, faq: None };
        let page = pages.entry(path).or_insert(page);
        let prose = Some(Prose { file, text: source.text.clone() });
        if is_faq { page.faq = prose } else { page.text = prose }
    }
    pages.into_values().collect()
}
