//! Who has what: models by developer, offers by provider, results by benchmark. Made once, when a page first asks, so
//! that no page walks all models.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::chronicle::Chronicle;
use super::{
    BenchmarkId, Board, Catalog, Changes, Date, DeveloperId, Market, Model, ModelId, ModelIndex, Offer, Overview,
    Pricing, ProviderId, Rankings, Score, SideBySide, Status, Survey, WorkloadCosts,
};

/// The models of one catalogue by everything that has a page of its own.
#[derive(Debug, Clone, Default)]
pub struct Listings {
    lists: OnceLock<Lists>,
    /// All models together.
    overview: OnceLock<Overview>,
    /// How many there are of what.
    survey: OnceLock<Survey>,
    pricing: OnceLock<Pricing>,
    /// What context window one gets for one's money.
    contexts: OnceLock<Market>,
    changes: OnceLock<Chronicle>,
    /// The offers of which a price moved, each with its number among the model's, the newest moves first.
    moved: OnceLock<Vec<(ModelIndex, usize)>>,
    /// What each model costs, by its index.
    blended: OnceLock<Vec<Option<Decimal>>>,
}

#[derive(Debug, Clone, Default)]
struct Lists {
    /// Of each developer its models, newest first; those without a date come last.
    models: BTreeMap<DeveloperId, Vec<ModelIndex>>,
    /// Of each developer how many of its models have which status.
    statuses: BTreeMap<DeveloperId, BTreeMap<Status, usize>>,
    /// Of each provider the models that it serves, each with the number of the offer among the model's: by developer, and
    /// of each the newest models first.
    offers: BTreeMap<ProviderId, Vec<(ModelIndex, usize)>>,
    /// Of each benchmark that has results all of them.
    results: BTreeMap<BenchmarkId, Results>,
    /// Every comparison that has a page, in the order of their list.
    comparisons: Vec<SideBySide>,
    /// Of each model the places of the comparisons that it is in.
    compared: BTreeMap<ModelId, Vec<usize>>,
}

/// The results on one benchmark.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The models, each with the number of the score among the model's.
    scores: Vec<(ModelIndex, usize)>,
    /// How many models have a result.
    pub models: usize,
    /// The newest day for which one of the sources speaks.
    pub newest: Option<Date>,
    board: OnceLock<Board>,
    market: OnceLock<Market>,
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

    fn push(&mut self, model: ModelIndex, at: usize, score: &Score) {
        if self.scores.last().is_none_or(|(last, _)| *last != model) {
            self.models += 1;
        }
        self.scores.push((model, at));
        self.newest = self.newest.max(score.provenance.as_of);
    }
}

impl Lists {
    fn new(catalog: &Catalog) -> Self {
        let mut lists = Self { comparisons: SideBySide::all(catalog), ..Self::default() };
        let mut by_developer: BTreeMap<&DeveloperId, Vec<(ModelIndex, &Model)>> = BTreeMap::new();
        for (index, model) in catalog.indexed_models() {
            by_developer.entry(&model.developer).or_default().push((index, model));
            for (at, score) in model.scores.iter().enumerate() {
                lists.results.entry(score.benchmark.clone()).or_default().push(index, at, score);
            }
        }
        for (place, set) in lists.comparisons.iter().enumerate() {
            for id in &set.models {
                lists.compared.entry(id.clone()).or_default().push(place);
            }
        }
        for (developer, mut models) in by_developer {
            // The sort is stable: models of one day stay in the order of their IDs.
            models.sort_by_key(|(_, model)| std::cmp::Reverse(model.came_out()));
            let statuses = lists.statuses.entry(developer.clone()).or_default();
            for (index, model) in &models {
                *statuses.entry(model.status).or_default() += 1;
                for (at, offer) in model.offers.iter().enumerate() {
                    if let Some(provider) = &offer.provider {
                        lists.offers.entry(provider.clone()).or_default().push((*index, at));
                    }
                }
            }
            lists.models.insert(developer.clone(), models.into_iter().map(|(index, _)| index).collect());
        }
        lists
    }
}

impl Listings {
    fn of(&self, catalog: &Catalog) -> &Lists {
        self.lists.get_or_init(|| Lists::new(catalog))
    }

    /// The models of a developer, newest first; those without a date come last.
    pub fn models_of<'a>(&'a self, catalog: &'a Catalog, developer: &DeveloperId) -> impl Iterator<Item = &'a Model> {
        self.models_between(catalog, developer, 0..self.number_of_models(catalog, developer))
    }

    /// Some of them, by their places in that order; other places are passed over.
    pub fn models_between<'a>(
        &'a self,
        catalog: &'a Catalog,
        developer: &DeveloperId,
        places: Range<usize>,
    ) -> impl Iterator<Item = &'a Model> {
        let models = self.of(catalog).models.get(developer).and_then(|models| models.get(places));
        models.into_iter().flatten().map(|index| catalog.model(*index))
    }

    /// How many models a developer has.
    #[must_use]
    pub fn number_of_models(&self, catalog: &Catalog, developer: &DeveloperId) -> usize {
        self.of(catalog).models.get(developer).map_or(0, Vec::len)
    }

    /// How many models of a developer have which status.
    pub fn statuses_of(&self, catalog: &Catalog, developer: &DeveloperId) -> impl Iterator<Item = (Status, usize)> {
        let statuses = self.of(catalog).statuses.get(developer).into_iter().flatten();
        statuses.map(|(status, count)| (*status, *count))
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
        offers.map(|(index, at)| (catalog.model(*index), *at)).map(|(model, at)| (model, &model.offers[at]))
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
        Some(results.board.get_or_init(|| Board::new(catalog, rankings, benchmark, &results.scores)))
    }

    /// Everything of which the catalogue has a number, counted when it is first asked for.
    pub fn survey<'a>(&'a self, catalog: &'a Catalog, rankings: &Rankings, today: Date) -> &'a Survey {
        self.survey.get_or_init(|| Survey::new(catalog, rankings, today))
    }

    /// What changed about the models and will change. Made when it is first asked for.
    pub fn changes<'a>(&'a self, catalog: &'a Catalog) -> Changes<'a> {
        Changes::new(catalog, self.changes.get_or_init(|| Chronicle::new(catalog)))
    }

    /// Every comparison that has a page: those of the settings, then each deprecated or retired model with its successor.
    pub fn comparisons(&self, catalog: &Catalog) -> &[SideBySide] {
        &self.of(catalog).comparisons
    }

    /// The comparisons that a model is in, in that order.
    pub fn comparisons_with<'a>(&'a self, catalog: &Catalog, model: &ModelId) -> impl Iterator<Item = &'a SideBySide> {
        let lists = self.of(catalog);
        lists.compared.get(model).into_iter().flatten().filter_map(|place| lists.comparisons.get(*place))
    }

    /// What all models cost on a day, in order. It is that of the first day that it is asked for.
    pub fn pricing(&self, catalog: &Catalog, today: Date) -> &Pricing {
        self.pricing.get_or_init(|| Pricing::new(catalog, today))
    }

    /// What a workload costs on all models, by its number in the settings.
    pub fn costs(
        &self,
        catalog: &Catalog,
        rankings: &Rankings,
        today: Date,
        workload: usize,
    ) -> Option<&WorkloadCosts> {
        let overview = self.overview(catalog, rankings, today);
        self.pricing(catalog, today).costs(catalog, rankings, overview, today, workload)
    }

    /// All models together, with the prices of a day, which is that of the site. Made when it is first asked for.
    pub fn overview(&self, catalog: &Catalog, rankings: &Rankings, today: Date) -> &Overview {
        self.overview.get_or_init(|| Overview::new(catalog, rankings, self.blended(catalog, today), today))
    }

    /// What score on a benchmark one gets for one's money, of the models that are ranked; `None` when there is no result.
    /// Made when it is first asked for.
    pub fn market<'a>(
        &'a self,
        catalog: &'a Catalog,
        rankings: &Rankings,
        benchmark: &BenchmarkId,
        today: Date,
    ) -> Option<&'a Market> {
        let (results, benchmark) = (self.results_on(catalog, benchmark)?, catalog.benchmarks.get(benchmark)?);
        Some(results.market.get_or_init(|| {
            let prices = self.blended(catalog, today);
            Market::of_benchmark(catalog, rankings, benchmark, &results.scores, prices)
        }))
    }

    /// What context window one gets for one's money. Made when it is first asked for.
    pub fn contexts<'a>(&'a self, catalog: &'a Catalog, today: Date) -> &'a Market {
        self.contexts.get_or_init(|| Market::of_context_windows(catalog, self.blended(catalog, today)))
    }

    /// The blended price of every model by its index, asked once for all lists.
    fn blended(&self, catalog: &Catalog, today: Date) -> &[Option<Decimal>] {
        self.blended.get_or_init(|| catalog.models.values().map(|model| model.blended_price(today)).collect())
    }

    /// The offers of which a price moved, each with its model, those with the newest moves first. Looked for when they are
    /// first asked for.
    pub fn moved_offers<'a>(
        &'a self,
        catalog: &'a Catalog,
    ) -> impl ExactSizeIterator<Item = (&'a Model, &'a Offer)> + use<'a> {
        let newest = |offer: &Offer| offer.prices.moves().map(|(_, after)| after.from).max();
        let moved = self.moved.get_or_init(|| {
            let offers = catalog
                .indexed_models()
                .flat_map(|(model, of)| (0..).zip(&of.offers).map(move |(at, offer)| (model, at, offer)));
            let mut moved: Vec<(Option<Date>, ModelIndex, usize)> =
                offers.filter_map(|(model, at, offer)| newest(offer).map(|date| (date, model, at))).collect();
            moved.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
            moved.into_iter().map(|(_, model, at)| (model, at)).collect()
        });
        moved.iter().map(|(index, at)| (catalog.model(*index), *at)).map(|(model, at)| (model, &model.offers[at]))
    }
}
