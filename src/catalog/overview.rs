//! What the catalogue says of all its models together: their order, how many there are of what, who stands out, and the
//! members of every view. Made once, in one walk and some sorting.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    Catalog, Date, DeveloperId, Direction, Measure, Model, ModelId, ModelIndex, Rankings, ScoreValue, Status, View,
    Weights,
};

/// The best quarter is told of only where it has at least two models.
const FEWEST_SCORED: usize = 8;

/// Of what stands out so many are kept.
const MOST_NAMED: usize = 8;

/// So many of the largest families are kept.
const MOST_FAMILIES: usize = 24;

/// All models at a glance.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Every model in the order of the catalogue. All else refers to the places in it.
    order: Vec<ModelIndex>,
    views: BTreeMap<View, Members>,
    /// The families that have most models.
    pub largest_families: Vec<View>,
    /// Whom each model follows, newest first.
    predecessors: BTreeMap<ModelId, Vec<ModelIndex>>,
    /// How many there are of what.
    pub counts: Counts,
    /// The best models that new work can use.
    pub best: Vec<u32>,
    /// The best of those for less than a dollar, blended.
    pub best_below_a_dollar: Vec<u32>,
    /// Of the best quarter of them the cheapest; what costs nothing is not among them.
    pub good: Vec<u32>,
    /// The score from which a model belongs to that quarter.
    pub good_from: Option<ScoreValue>,
    /// The newest models that new work can use.
    pub newest: Vec<u32>,
    /// Those whose last day is known and not over, the next one first.
    pub ending: Vec<u32>,
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Models.
    pub models: usize,
    /// Models that are not retired.
    pub served: usize,
    /// Developers that have models.
    pub developers: usize,
    /// Models with open weights.
    pub open: usize,
    /// Models with closed weights.
    pub closed: usize,
    /// Offers of providers.
    pub offers: usize,
    /// Providers that have offers.
    pub providers: usize,
    /// Scores.
    pub scores: usize,
    /// Benchmarks that have scores.
    pub benchmarks: usize,
    /// The newest day for which a source of a price, a score or a model speaks.
    pub newest: Option<Date>,
}

/// The models of a view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// Their places in the order of the catalogue, in the order of the view.
    places: Vec<u32>,
    /// Of an order those that come first.
    pub first: Tie,
    /// Those that do best on the first headline index.
    pub best: Tie,
    /// Those that cost least, blended; what costs nothing is not among them.
    pub cheapest: Tie,
}

impl Members {
    /// How many models it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// The models that are first, which can be several. Only so many of them are named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tie {
    first: [u32; 3],
    /// How many there are.
    pub len: usize,
}

impl Tie {
    /// Those with the greatest key; of equal ones those that come first are named.
    fn of<K: Ord>(entries: impl IntoIterator<Item = (K, u32)>) -> Self {
        let mut held: Option<(K, Self)> = None;
        for (key, place) in entries {
            match &mut held {
                Some((best, tie)) if *best == key => {
                    if let Some(slot) = tie.first.get_mut(tie.len) {
                        *slot = place;
                    }
                    tie.len += 1;
                }
                Some((best, _)) if *best > key => {}
                _ => held = Some((key, Self { first: [place, 0, 0], len: 1 })),
            }
        }
        held.map(|(_, tie)| tie).unwrap_or_default()
    }

    /// The places of those that are named.
    #[must_use]
    pub fn named(&self) -> &[u32] {
        &self.first[..self.len.min(self.first.len())]
    }
}

/// A model with what it is ordered by, looked up once.
struct Entry<'a> {
    index: ModelIndex,
    model: &'a Model,
    score: Option<ScoreValue>,
    blended: Option<Decimal>,
}

impl Entry<'_> {
    /// Whether new work can use it.
    fn is_usable(&self, today: Date) -> bool {
        let is_out = self.model.dates.released.known().is_none_or(|released| !today.is_before(*released));
        matches!(self.model.status, Status::Active | Status::Preview) && is_out
    }

    /// What it costs, when it costs something.
    fn price(&self) -> Option<Decimal> {
        self.blended.filter(|blended| !blended.is_zero())
    }
}

/// A value as a key of which the greatest is best, whichever way is better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Good {
    High(Decimal),
    Low(Reverse<Decimal>),
}

impl Good {
    fn new(value: ScoreValue, direction: Direction) -> Self {
        match direction {
            Direction::Higher => Self::High(value.0),
            Direction::Lower => Self::Low(Reverse(value.0)),
        }
    }
}

impl Overview {
    /// Looks at every model of a ranked catalogue, with the prices of a day: those blended of all models, by their indices.
    #[must_use]
    pub(super) fn new(catalog: &Catalog, rankings: &Rankings, blended: &[Option<Decimal>], today: Date) -> Self {
        let index = catalog.settings.headline.first();
        let direction = index.and_then(|id| Some(catalog.benchmarks.get(id)?.direction)).unwrap_or_default();
        let score = |model| index.and_then(|id| rankings.ranked_score(model, id)).map(|score| score.value);
        let entry = |(index, model): (ModelIndex, _)| {
            let (score, blended) = (score(model), blended[index.0 as usize]);
            Entry { index, model, score, blended }
        };
        let mut entries: Vec<Entry<'_>> = catalog.indexed_models().map(entry).collect();
        sort(&mut entries, direction);
        let all = || (0u32..).zip(&entries);
        let usable = || all().filter(|(_, entry)| entry.is_usable(today));
        let good = |entry: &Entry<'_>| entry.score.map(|score| Good::new(score, direction));
        let best_of = |places: &mut dyn Iterator<Item = (u32, &Entry<'_>)>| {
            Tie::of(places.filter_map(|(place, entry)| Some((good(entry)?, place))))
        };
        let below_a_dollar = |entry: &Entry<'_>| entry.blended.is_some_and(|blended| blended < Decimal::ONE);
        // They come in the order of their scores.
        let scored: Vec<_> = usable().filter_map(|(place, entry)| Some((entry.score?, place, entry))).collect();
        let last_of_quarter = scored.len().div_ceil(4).checked_sub(1).filter(|_| scored.len() >= FEWEST_SCORED);
        let good_from = last_of_quarter.and_then(|place| scored.get(place)).map(|(score, _, _)| *score);
        let in_quarter =
            |score| good_from.is_some_and(|from| Good::new(score, direction) >= Good::new(from, direction));
        let quarter = scored.iter().filter(|(score, _, _)| in_quarter(*score));
        let served = all().filter(|(_, entry)| entry.model.status != Status::Retired);
        let ending = served.filter_map(|(place, entry)| Some((*entry.model.dates.retired.known()?, place)));
        let newest = usable().filter(|(_, entry)| entry.model.is_out(today));
        let newest = newest.map(|(place, entry)| (Reverse(entry.model.dates.released.known().copied()), place));
        let mut overview = Self {
            counts: Counts::of(catalog, today),
            best: scored.iter().map(|(_, place, _)| *place).take(MOST_NAMED).collect(),
            best_below_a_dollar: scored
                .iter()
                .filter(|(_, _, entry)| below_a_dollar(entry))
                .map(|(_, place, _)| *place)
                .take(MOST_NAMED)
                .collect(),
            good: first(quarter.filter_map(|(_, place, entry)| Some((entry.price()?, *place)))),
            good_from,
            newest: first(newest),
            ending: first(ending.filter(|(date, _)| !date.is_before(today))),
            ..Self::default()
        };
        overview.views = views(catalog, rankings, &entries, overview.counts.served, today);
        for part in overview.views.values_mut() {
            let members = || part.places.iter().map(|place| (*place, &entries[*place as usize]));
            part.best = best_of(&mut members().filter(|(_, entry)| entry.model.status != Status::Retired));
            let served = members().filter(|(_, entry)| entry.model.status != Status::Retired);
            part.cheapest = Tie::of(served.filter_map(|(place, entry)| Some((Reverse(entry.price()?), place))));
        }
        let families = overview.views.iter().filter(|(view, _)| matches!(view, View::Family(..)));
        let mut families: Vec<(Reverse<usize>, &View)> =
            families.map(|(view, members)| (Reverse(members.len()), view)).collect();
        families.sort_unstable();
        overview.largest_families = families.into_iter().map(|(_, view)| view.clone()).take(MOST_FAMILIES).collect();
        for (index, model) in catalog.indexed_models() {
            if let Some(successor) = &model.successor {
                overview.predecessors.entry(successor.clone()).or_default().push(index);
            }
        }
        for models in overview.predecessors.values_mut() {
            models.sort_by_key(|index| Reverse(catalog.model(*index).came_out()));
        }
        overview.order = entries.into_iter().map(|entry| entry.index).collect();
        overview
    }

    /// Whether a model scores as well on the first headline index as the best quarter of those for new work.
    pub(super) fn is_good(&self, catalog: &Catalog, rankings: &Rankings, model: &Model) -> bool {
        let index = catalog.settings.headline.first();
        let told = index.and_then(|index| {
            let ranking = rankings.get(&Measure::Benchmark(index.clone()))?;
            Some(!ranking.is_better(self.good_from?.0, rankings.ranked_score(model, index)?.value.0))
        });
        told.unwrap_or(false)
    }

    /// The model at a place in the order of the catalogue.
    #[must_use]
    pub fn model<'a>(&self, catalog: &'a Catalog, place: u32) -> Option<&'a Model> {
        self.order.get(place as usize).map(|index| catalog.model(*index))
    }

    /// Models by their places in the order of the catalogue; other places are passed over.
    #[must_use]
    pub fn models<'a>(&self, catalog: &'a Catalog, places: Range<usize>) -> Vec<&'a Model> {
        let models = self.order.get(places).unwrap_or_default();
        models.iter().map(|index| catalog.model(*index)).collect()
    }

    /// Every view that says something, each with its models.
    pub fn views(&self) -> impl Iterator<Item = (&View, &Members)> {
        self.views.iter()
    }

    /// The views that are no families.
    pub fn plain_views(&self) -> impl Iterator<Item = &View> {
        // In the order of views families come last.
        self.views.keys().take_while(|view| !matches!(view, View::Family(..)))
    }

    /// The families of a developer, by name.
    pub fn families_of(&self, developer: &DeveloperId) -> impl Iterator<Item = &View> {
        let from = View::Family(developer.clone(), String::new());
        let is_own = move |view: &&View| matches!(view, View::Family(by, _) if by == developer);
        self.views.range(from..).map(|(view, _)| view).take_while(is_own)
    }

    /// The models of a view; `None` where it would say nothing.
    #[must_use]
    pub fn view(&self, view: &View) -> Option<&Members> {
        self.views.get(view)
    }

    /// Up to so many models of a view, in its order.
    #[must_use]
    pub fn members<'a>(&self, catalog: &'a Catalog, part: &Members, most: usize) -> Vec<&'a Model> {
        part.places.iter().take(most).filter_map(|place| self.model(catalog, *place)).collect()
    }

    /// Whom a model follows, newest first.
    pub fn predecessors<'a>(&self, catalog: &'a Catalog, model: &ModelId) -> Vec<&'a Model> {
        let models = self.predecessors.get(model).into_iter().flatten();
        models.map(|index| catalog.model(*index)).collect()
    }
}

/// The places with the smallest keys, in their order.
fn first<K: Ord>(keyed: impl Iterator<Item = (K, u32)>) -> Vec<u32> {
    let mut keyed: Vec<(K, u32)> = keyed.collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, place)| place).take(MOST_NAMED).collect()
}

/// Best first by the first headline index; without a score there come those that can be used, newest first.
fn sort(entries: &mut [Entry<'_>], direction: Direction) {
    entries.sort_by_cached_key(|entry| {
        let model = entry.model;
        let good = entry.score.map(|score| Good::new(score, direction));
        let unscored = good.is_none().then(|| (model.status, Reverse(model.dates.released.known().copied())));
        (Reverse(good), unscored, &model.name, entry.index)
    });
}

/// The members of every view that tells some models from others.
fn views(
    catalog: &Catalog,
    rankings: &Rankings,
    entries: &[Entry<'_>],
    served: usize,
    today: Date,
) -> BTreeMap<View, Members> {
    let mut views: BTreeMap<View, Members> = BTreeMap::new();
    for (place, entry) in (0u32..).zip(entries) {
        for view in View::of(entry.model, today) {
            views.entry(view).or_default().places.push(place);
        }
    }
    for index in catalog.settings.headline.iter().skip(1) {
        let Some(ranking) = rankings.get(&Measure::Benchmark(index.clone())) else { continue };
        let served = (0u32..).zip(entries).filter(|(_, entry)| entry.model.status != Status::Retired);
        let rank = |model| rankings.ranked_score(model, index).map(|score| ranking.rank(score.value.0));
        let mut ranked: Vec<(usize, u32)> =
            served.filter_map(|(place, entry)| Some((rank(entry.model)?, place))).collect();
        ranked.sort_unstable();
        let first = Tie::of(ranked.iter().map(|(rank, place)| (Reverse(*rank), *place)));
        let places = ranked.into_iter().map(|(_, place)| place).collect();
        views.insert(View::Index(index.clone()), Members { places, first, ..Members::default() });
    }
    for (view, part) in &mut views {
        let of = |place: &u32| &entries[*place as usize];
        // The sorts are stable: what is equal stays in the order of the catalogue.
        match view {
            View::Newest => order(part, |place| of(place).model.dates.released.known().copied()),
            View::Cheapest => order(part, |place| Reverse(of(place).blended)),
            View::LargestContext => order(part, |place| of(place).model.context_window.known().copied()),
            View::Family(..) => order(part, |place| of(place).model.came_out()),
            _ => {}
        }
    }
    views.retain(|view, part| match view {
        View::Family(..) => part.len() > 1,
        view if view.is_order() => part.len() > 1,
        _ => part.len() < served,
    });
    views
}

/// The greatest key first.
fn order<K: Ord>(part: &mut Members, key: impl Fn(&u32) -> K) {
    part.places.sort_by_key(|place| Reverse(key(place)));
    part.first = Tie::of(part.places.iter().map(|place| (key(place), *place)));
}

impl Counts {
    fn of(catalog: &Catalog, today: Date) -> Self {
        let mut counts = Self { models: catalog.models.len(), ..Self::default() };
        let (mut developers, mut providers, mut benchmarks) = (HashSet::new(), HashSet::new(), HashSet::new());
        for model in catalog.models.values() {
            counts.served += usize::from(model.status != Status::Retired);
            counts.open += usize::from(model.weights.known() == Some(&Weights::Open));
            counts.closed += usize::from(model.weights.known() == Some(&Weights::Closed));
            counts.offers += model.offers.iter().filter(|offer| offer.provider.is_some()).count();
            counts.scores += model.scores.len();
            developers.insert(&model.developer);
            providers.extend(model.offers.iter().filter_map(|offer| offer.provider.as_ref()));
            benchmarks.extend(model.scores.iter().map(|score| &score.benchmark));
            let prices = model.offers.iter().flat_map(|offer| offer.prices.on(today));
            let dates = prices.map(|price| price.provenance.as_of);
            let dates = dates.chain(model.scores.iter().map(|score| score.provenance.as_of));
            counts.newest = dates.chain([model.provenance.as_of, counts.newest]).max().flatten();
        }
        (counts.developers, counts.providers, counts.benchmarks) =
            (developers.len(), providers.len(), benchmarks.len());
        counts
    }
}
