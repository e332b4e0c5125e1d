//! Who has what: models by developer, offers by provider, results by benchmark. Made once, when a page first asks, so
//! that no page walks all models.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::{
    BenchmarkId, Board, Catalog, Date, DeveloperId, Model, ModelId, Offer, ProviderId, Rankings, Score, Survey,
};

/// The models of one catalogue by everything that has a page of its own.
#[derive(Debug, Clone, Default)]
pub struct Listings(OnceLock<Lists>);

#[derive(Debug, Clone, Default)]
struct Lists {
    /// Of each developer its models, newest first; those without a date come last.
    models: BTreeMap<DeveloperId, Vec<ModelId>>,
    /// Of each provider the models that it serves, each with the number of the offer among the model's: by developer, and
    /// of each the newest models first.
    offers: BTreeMap<ProviderId, Vec<(ModelId, usize)>>,
    /// Of each benchmark that has results all of them.
    results: BTreeMap<BenchmarkId, Results>,
    survey: OnceLock<Survey>,
}

/// The results on one benchmark.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The models, each with the number of the score among the model's.
    scores: Vec<(ModelId, usize)>,
    /// How many models have a result.
    pub models: usize,
    /// The newest day for which one of the sources speaks.
    pub newest: Option<Date>,
    board: OnceLock<Board>,
}

impl Results {
    /// How many results there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scores.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    fn push(&mut self, model: &Model, at: usize, score: &Score) {
        if self.scores.last().is_none_or(|(last, _)| *last != model.id) {
            self.models += 1;
        }
        self.scores.push((model.id.clone(), at));
        self.newest = self.newest.max(score.provenance.as_of);
    }
}

impl Lists {
    fn new(catalog: &Catalog) -> Self {
        let mut lists = Self::default();
        let mut by_developer: BTreeMap<&DeveloperId, Vec<&Model>> = BTreeMap::new();
        for model in catalog.models.values() {
            by_developer.entry(&model.developer).or_default().push(model);
            for (at, score) in model.scores.iter().enumerate() {
                lists.results.entry(score.benchmark.clone()).or_default().push(model, at, score);
            }
        }
        for (developer, mut models) in by_developer {
            // The sort is stable: models of one day stay in the order of their IDs.
            models.sort_by_key(|model| std::cmp::Reverse(model.came_out()));
            for model in &models {
                for (at, offer) in model.offers.iter().enumerate() {
                    if let Some(provider) = &offer.provider {
                        lists.offers.entry(provider.clone()).or_default().push((model.id.clone(), at));
                    }
                }
            }
            let ids = models.into_iter().map(|model| model.id.clone()).collect();
            lists.models.insert(developer.clone(), ids);
        }
        lists
    }
}

impl Listings {
    fn of(&self, catalog: &Catalog) -> &Lists {
        self.0.get_or_init(|| Lists::new(catalog))
    }

    /// The models of a developer, newest first; those without a date come last.
    pub fn models_of<'a>(&'a self, catalog: &'a Catalog, developer: &DeveloperId) -> impl Iterator<Item = &'a Model> {
        let ids = self.of(catalog).models.get(developer).into_iter().flatten();
        ids.filter_map(|id| catalog.models.get(id))
    }

    /// The offers of a provider, each with its model: by developer, and of each the newest models first.
    pub fn offers_of<'a>(
        &'a self,
        catalog: &'a Catalog,
        provider: &ProviderId,
    ) -> impl Iterator<Item = (&'a Model, &'a Offer)> {
        self.offers_between(catalog, provider, 0..self.number_of_offers(catalog, provider))
    }

    /// Some of them, by their places in that order; other places are passed over.
    pub fn offers_between<'a>(
        &'a self,
        catalog: &'a Catalog,
        provider: &ProviderId,
        places: Range<usize>,
    ) -> impl Iterator<Item = (&'a Model, &'a Offer)> {
        let offers = self.of(catalog).offers.get(provider).and_then(|offers| offers.get(places));
        let offers = offers.into_iter().flatten();
        offers.filter_map(|(id, at)| catalog.models.get(id).and_then(|model| Some((model, model.offers.get(*at)?))))
    }

    /// How many offers a provider has.
    #[must_use]
    pub fn number_of_offers(&self, catalog: &Catalog, provider: &ProviderId) -> usize {
        self.of(catalog).offers.get(provider).map_or(0, Vec::len)
    }

    /// The results on a benchmark; `None` when there is none.
    pub fn results_on<'a>(&'a self, catalog: &'a Catalog, benchmark: &BenchmarkId) -> Option<&'a Results> {
        self.of(catalog).results.get(benchmark)
    }

    /// The results on a benchmark in their order, apart where they are not comparable; `None` when there is none. Made when
    /// it is first asked for.
    pub fn board<'a>(
        &'a self,
        catalog: &'a Catalog,
        rankings: &Rankings,
        benchmark: &BenchmarkId,
    ) -> Option<&'a Board> {
        let (results, benchmark) = (self.results_on(catalog, benchmark)?, catalog.benchmarks.get(benchmark)?);
        Some(results.board.get_or_init(|| {
            let scores = results.scores.iter().filter_map(|(id, at)| Some((catalog.models.get(id)?, *at)));
            Board::new(catalog, rankings, benchmark, scores)
        }))
    }

    /// Everything of which the catalogue has a number, counted when it is first asked for.
    pub fn survey<'a>(&'a self, catalog: &'a Catalog, rankings: &Rankings, today: Date) -> &'a Survey {
        self.of(catalog).survey.get_or_init(|| Survey::new(catalog, rankings, today))
    }
}
