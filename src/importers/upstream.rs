//! A foreign catalogue as all formats give it: neutral, exact, and each value with its place in the input.
//!
//! A reader of a format makes an [`Upstream`] out of texts and decides nothing else: which offer is of which model, what the
//! content says already and what is written follow from here, equally for all formats.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::date::Date;
use super::fact::Facts;
use super::ledger::{Given, Ledger, Place, RecordId};
use super::price::PriceRow;

/// All that a foreign catalogue says.
#[derive(Debug, Clone, Default)]
pub struct Upstream {
    /// Who makes models, by id.
    pub developers: BTreeMap<String, Party>,
    /// Who serves them, by id.
    pub providers: BTreeMap<String, Party>,
    /// Models of which the catalogue has a record of their own.
    pub models: Vec<Model>,
    /// Models as providers serve them.
    pub offers: Vec<Offer>,
    /// Words by which the catalogue's benchmarks are told, by the name that scores have.
    pub benchmarks: BTreeMap<String, Benchmark>,
    /// What became of each record and field so far.
    pub ledger: Ledger,
}

impl Upstream {
    /// Gives providers the ids that they have in the content, by upstream's. Offers are joined before that, by what upstream calls
    /// them.
    pub fn rename_providers(&mut self, services: &BTreeMap<String, String>) {
        for (theirs, ours) in services {
            if let Some(party) = self.providers.remove(theirs) {
                self.providers.entry(ours.clone()).or_insert(party);
            }
        }
        for offer in &mut self.offers {
            if let Some(ours) = services.get(&offer.provider) {
                offer.provider.clone_from(ours);
            }
        }
    }
}

/// A developer or provider.
#[derive(Debug, Clone, Default)]
pub struct Party {
    /// Name.
    pub name: Option<Given<String>>,
    /// Home page.
    pub url: Option<Given<String>>,
    /// Base URL of the API; providers only.
    pub base_url: Option<Given<String>>,
    /// Page of the documentation.
    pub docs: Option<Given<String>>,
    /// The developer whose own service it is, where upstream's id of the service is another than that of the developer.
    pub developer: Option<&'static str>,
    /// Whether what its offers cost is covered by a subscription, so that a price of 0 means "in plan".
    pub is_plan: bool,
    /// Its record, where it has one.
    pub record: Option<RecordId>,
}

/// A model of which upstream has a record.
#[derive(Debug, Clone)]
pub struct Model {
    /// What upstream calls it, as in `openai/o3-mini`. What offers name as their base.
    pub id: String,
    /// Its record.
    pub record: RecordId,
    /// Id of its developer.
    pub developer: String,
    /// What is known of it.
    pub facts: Facts,
    /// Names that move.
    pub aliases: Vec<Given<String>>,
    /// Dated names.
    pub snapshots: Vec<Given<String>>,
    /// The developer's list prices, where the model's own record has them.
    pub prices: Vec<PriceRow>,
    /// Results of benchmarks.
    pub scores: Vec<Score>,
    /// Pages about it.
    pub links: Vec<Link>,
}

impl Model {
    /// A model of which no more is known than who made it.
    #[must_use]
    pub fn new(id: impl Into<String>, record: RecordId, developer: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            record,
            developer: developer.into(),
            facts: Facts::default(),
            aliases: Vec::new(),
            snapshots: Vec::new(),
            prices: Vec::new(),
            scores: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// A model as a provider serves it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What the provider calls it.
    pub id: String,
    /// Its record.
    pub record: RecordId,
    /// Id of the provider.
    pub provider: String,
    /// The model that upstream itself says it is: the `id` of a [`Model`].
    pub base: Option<Given<String>>,
    /// Another offer whose record this one shares, as a link in a folder does: its provider and id.
    pub twin: Option<(String, String)>,
    /// What is known of it. An offer keeps the limits that differ from its model's; one that no model is found for can become
    /// a card with all of it.
    pub facts: Facts,
    /// Region or deployment, in words.
    pub region: Option<Given<String>>,
    /// Quantisation of the weights.
    pub quantization: Option<Given<String>>,
    /// Its prices.
    pub prices: Vec<PriceRow>,
    /// What a reader should know.
    pub note: Option<Given<String>>,
}

impl Offer {
    /// An offer of which no more is known than who makes it.
    #[must_use]
    pub fn new(id: impl Into<String>, record: RecordId, provider: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            record,
            provider: provider.into(),
            base: None,
            twin: None,
            facts: Facts::default(),
            region: None,
            quantization: None,
            prices: Vec::new(),
            note: None,
        }
    }
}

/// A result of a benchmark.
#[derive(Debug, Clone)]
pub struct Score {
    /// Name of the benchmark as upstream has it.
    pub benchmark: Given<String>,
    /// The score, with the digits that it was given.
    pub value: Given<Decimal>,
    /// Half the width of the interval around it.
    pub uncertainty: Option<Given<Decimal>>,
    /// What was counted.
    pub metric: Option<Given<String>>,
    /// Program or agent around the model.
    pub harness: Option<Given<String>>,
    /// Reasoning effort or another setting.
    pub variant: Option<Given<String>>,
    /// Version or part of the benchmark.
    pub version: Option<Given<String>>,
    /// self-reported, independent or community.
    pub measured: Option<Given<String>>,
    /// Where it is from.
    pub citation: Option<Citation>,
    /// Whether it may be a share of 1 where the benchmark counts otherwise: upstream does not say. Such a score of at most 1 is not
    /// written where the scale goes beyond 1.
    pub may_be_share: bool,
    /// Further fields that went into it.
    pub more: Vec<Place>,
}

impl Score {
    /// What a score is left out for that can be understood in two ways.
    pub const SHARE: &str =
        "a share of 1 or a number of the benchmark's own scale, which goes beyond 1: it is not said which";

    /// Whether it could be a share of 1 by its value, and upstream does not say that it is none.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.may_be_share && self.value.value > Decimal::ZERO && self.value.value <= Decimal::ONE
    }

    /// Every field that says something of it.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let texts = [&self.metric, &self.harness, &self.variant, &self.version, &self.measured];
        let mut places = vec![self.value.place, self.benchmark.place];
        places.extend(texts.into_iter().flatten().map(|given| given.place));
        places.extend(self.uncertainty.iter().map(|given| given.place));
        places.extend(self.citation.iter().flat_map(|citation| citation.places.iter().copied()));
        places.extend(&self.more);
        places
    }

    /// A score of which no more is known than its benchmark.
    #[must_use]
    pub fn new(benchmark: Given<String>, value: Given<Decimal>) -> Self {
        Self {
            benchmark,
            value,
            uncertainty: None,
            metric: None,
            harness: None,
            variant: None,
            version: None,
            measured: None,
            citation: None,
            may_be_share: false,
            more: Vec::new(),
        }
    }
}

/// What a benchmark is, as far as upstream says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Benchmark {
    /// `%` where results are percentages: then the scale runs from 0 to 100. None where the unit is not known.
    pub unit: Option<&'static str>,
}

/// Where a value is from, other than from the catalogue itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Web address.
    pub url: String,
    /// Title, where it is known.
    pub title: Option<String>,
    /// When the source said so.
    pub date: Option<Date>,
    /// The fields that say so: that of the title, that of the address, and further ones.
    pub places: Vec<Place>,
}

/// A page about a model.
#[derive(Debug, Clone)]
pub struct Link {
    /// A word of the content format: announcement, blog, docs, paper, model card, weights, code, video, post, discussion, other.
    pub kind: &'static str,
    /// Title.
    pub title: String,
    /// Web address.
    pub url: String,
    /// The fields that say so: that of the title, that of the address, and further ones.
    pub places: Vec<Place>,
}
