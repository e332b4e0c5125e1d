//! What is true and resolved: models, offers, benchmarks, and the values they are made of.
//!
//! Nothing here can name a record that does not exist. Only [`resolve`] sees `source`.

mod benchmark;
mod board;
mod changes;
mod chronicle;
mod comparison;
mod cost;
mod date;
mod fact;
mod id;
mod kin;
mod listings;
mod market;
mod model;
mod money;
mod moved;
mod overview;
mod price;
mod pricing;
mod ranking;
mod rankings;
mod recheck;
pub mod resolve;
mod settings;
mod shared_results;
mod side_by_side;
mod survey;
mod tokens;
mod view;
#[macro_use]
mod word;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

pub use benchmark::{Baseline, Benchmark, ComparableKey, Score, ScoreValue};
pub use board::{Board, Entry, Group, Tally};
pub use changes::{Change, PriceChange, Ratio, Rounded, What};
pub use chronicle::Changes;
pub use comparison::{Refusal, Relation, Side, Times, months_between};
pub use cost::{Cost, CostPart, NoCost};
pub use date::Date;
pub use fact::{Fact, Provenance, Source, SourceId, State, WebUrl};
pub use id::{BenchmarkId, DeveloperId, ModelId, ProviderId, Slug};
pub use kin::Kin;
pub use listings::{Listings, Results};
pub use market::{Market, Priced};
pub use model::{Ability, Dates, Endpoint, Link, Model, Offer, Prose, Reasoning, RequestParameter, UnknownFact};
pub use money::{Currency, Money, decimals};
pub use moved::{Moved, MovedTo};
pub use overview::{Counts, Members, Overview, Tie};
pub use price::{BLEND, Charge, Conditions, Headline, Price, PriceList, blend};
pub use pricing::{Cheapest, PriceEntry, PriceGroup, PriceKind, PriceOrder, Pricing, WorkloadCosts, price_entries};
pub use ranking::{Axis, EXACT_UP_TO, Measure, Ranking, Standing};
pub use rankings::Rankings;
pub use recheck::Recheck;
pub use settings::{
    DataPolicy, Developer, FreePage, Gateway, NavigationItem, NavigationTarget, Operator, Provider, Settings, Workload,
};
pub use shared_results::{Apart, Comparable, SharedResults, Unfit};
pub use side_by_side::{COMPARED, Curated, SideBySide, moves_to};
pub use survey::{Figures, Rests, Scores, Survey, Unknown};
pub use tokens::{Parameters, Tokens};
pub use view::{LONG_CONTEXT, View};
pub use word::{Component, Direction, Effort, Host, LinkKind, Measured, Modality, ServiceTier, Status, Unit, Weights};

/// A model by its place in [`Catalog::models`], which is in the order of the IDs. What is made of a catalogue names its models
/// by it: it is smaller than an ID and finds its model without a search. It holds until a model comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelIndex(u32);

/// Everything that the site is made from.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// The settings of the site.
    pub settings: Settings,
    /// Who makes models.
    pub developers: BTreeMap<DeveloperId, Developer>,
    /// Who serves them.
    pub providers: BTreeMap<ProviderId, Provider>,
    /// What they are measured by.
    pub benchmarks: BTreeMap<BenchmarkId, Benchmark>,
    /// The models in the order of their IDs. Each is looked up for every list that it stands in, so finding one takes a step.
    pub models: IndexMap<ModelId, Model>,
    /// Free pages, by path.
    pub pages: Vec<FreePage>,
    /// Old addresses of pages, by path.
    pub moved: Vec<Moved>,
    /// Every source that is referred to.
    sources: Vec<Source>,
    /// Slugs that models of more than one developer have, also where only their Unicode form differs.
    shared_slugs: BTreeSet<Slug>,
}

impl Catalog {
    /// A source by its index.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// Every source with its index, in the order of the files.
    pub fn sources(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.sources)
    }

    /// Whether models of more than one developer have this slug.
    #[must_use]
    pub fn is_slug_shared(&self, slug: &Slug) -> bool {
        self.shared_slugs.contains(slug)
    }

    /// Every model with its index.
    pub fn indexed_models(&self) -> impl Iterator<Item = (ModelIndex, &Model)> {
        (0..).map(ModelIndex).zip(self.models.values())
    }

    /// The model at an index, which is one of this catalogue.
    #[must_use]
    pub fn model(&self, index: ModelIndex) -> &Model {
        &self.models[index.0 as usize]
    }

    /// The developer of a model.
    #[must_use]
    pub fn developer(&self, model: &Model) -> &Developer {
        self.developers.get(&model.developer).expect("resolve keeps no model without its developer")
    }
}
