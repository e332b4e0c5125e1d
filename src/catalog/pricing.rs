//! What all models that are served cost, in order: made once for all pages that show it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::ranking::median;
use super::{
    Catalog, Charge, Component, Cost, Currency, Date, Model, ModelIndex, NoCost, Offer, Overview, Price, Rankings,
    Status, Unit, Workload, blend,
};

/// By what a model is priced, in the order in which the pages tell it. Only what is of one kind is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PriceKind {
    /// Per 1M tokens in US dollars.
    Tokens,
    /// An offer for which nothing is charged.
    NoCharge,
    /// A component per something else than 1M tokens.
    PerUnit(Unit, Component, Currency),
    /// Per 1M tokens in another currency.
    OtherCurrency(Currency),
    /// Part of a plan.
    InPlan,
    /// No price is known.
    Unknown,
}

/// One price, or one offer with its prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceEntry {
    /// The model.
    pub model: ModelIndex,
    /// The number of the offer among the model's; none where there is no offer with a price.
    pub offer: Option<usize>,
    /// The number of the price among the offer's, where the entry is one price.
    pub price: Option<usize>,
}

/// What is priced in one way.
#[derive(Debug, Clone)]
pub struct PriceGroup {
    /// In which way.
    pub kind: PriceKind,
    /// Cheapest first; what has no amount goes by the ID of the model.
    pub entries: Vec<PriceEntry>,
}

/// What prices per 1M tokens can be ordered by. Where two are equal, further prices decide, and the ID in the end; what is
/// not known comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PriceOrder {
    /// The blended price, cheapest first.
    Blended,
    /// The input price, cheapest first.
    Input,
    /// The price of reading from the cache, cheapest first.
    CacheRead,
    /// The output price, cheapest first.
    Output,
    /// The context window, longest first, and of equal ones the cheapest.
    Context,
}

impl PriceOrder {
    /// The orders beside that of the blended price.
    pub const OTHERS: [Self; 4] = [Self::Input, Self::CacheRead, Self::Output, Self::Context];

    /// A name that does not change: it is part of an address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blended => "blended",
            Self::Input => "input",
            Self::CacheRead => "cache-read",
            Self::Output => "output",
            Self::Context => "context",
        }
    }
}

/// All prices of a day.
#[derive(Debug, Clone)]
pub struct Pricing {
    /// Every entry, by kind.
    pub groups: Vec<PriceGroup>,
    /// How many models are retired, and so left out.
    pub retired: usize,
    /// The blended prices, lowest first.
    blended: Vec<Decimal>,
    /// The entries of [`PriceKind::Tokens`] in the other orders, by their places.
    orders: BTreeMap<PriceOrder, Vec<usize>>,
    costs: Vec<OnceLock<WorkloadCosts>>,
}

/// What a workload costs on all models.
#[derive(Debug, Clone)]
pub struct WorkloadCosts {
    /// Where it costs something: cheapest first, equal ones by the ID of the model.
    pub ranked: Vec<(Decimal, ModelIndex)>,
    /// Where there is no charge for it.
    pub free: Vec<ModelIndex>,
    /// Where it has no cost, by the reason.
    pub without: Vec<(NoCost, ModelIndex)>,
    /// How many models do not both read and write text.
    pub no_text: usize,
    /// How many others have no context window.
    pub no_window: usize,
    /// The cheapest model that is not deprecated.
    pub cheapest: Option<Cheapest>,
    /// The cheapest of those that are not deprecated and stand in the best quarter on the first headline index.
    pub cheapest_good: Option<Cheapest>,
}

/// The first of a list of costs that is fit for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The model; of several that cost the same the first by its ID.
    pub model: ModelIndex,
    /// What the workload costs on it, in US dollars.
    pub total: Decimal,
    /// How many others that are fit as well cost the same.
    pub others: usize,
}

/// In how many entries a model stands, and of which kinds, with the number of the offer and of the price.
fn entries_of(model: &Model, today: Date) -> Vec<(PriceKind, Option<usize>, Option<usize>)> {
    if model.status == Status::Retired {
        return Vec::new();
    }
    let free = model.offers.iter().enumerate().filter(|(_, offer)| offer.is_free(today));
    let mut entries: Vec<_> = free.map(|(at, _)| (PriceKind::NoCharge, Some(at), None)).collect();
    let list_price = model.reference_offer(today).filter(|offer| !offer.is_free(today));
    let reference = list_price.or_else(|| model.cheapest_paid_offer(today));
    let at = model.offers.iter().position(|offer| reference.is_some_and(|held| std::ptr::eq(held, offer)));
    if let Some(offer) = reference {
        let prices = || offer.prices.prices.iter().enumerate().filter(|(_, price)| price.holds_on(today));
        let amounts = || {
            prices().filter_map(|(place, price)| match &price.charge {
                Charge::Amount(money) => Some((place, price, money)),
                _ => None,
            })
        };
        if amounts().any(|(_, price, money)| price.usd_per_million().is_some() && !money.amount.is_zero()) {
            entries.push((PriceKind::Tokens, at, None));
        }
        for (place, price, money) in amounts() {
            let currency = money.currency;
            if price.unit != Unit::MillionTokens {
                entries.push((PriceKind::PerUnit(price.unit, price.component, currency), at, Some(place)));
            } else if !currency.is_usd() {
                let entry = (PriceKind::OtherCurrency(currency), at, None);
                if !entries.contains(&entry) {
                    entries.push(entry);
                }
            }
        }
        if entries.is_empty() && prices().any(|(_, price)| price.charge == Charge::InPlan) {
            entries.push((PriceKind::InPlan, at, None));
        }
    }
    if entries.is_empty() {
        entries.push((PriceKind::Unknown, None, None));
    }
    entries
}

/// How many entries a model has on the pages of all prices.
#[must_use]
pub fn price_entries(model: &Model, today: Date) -> usize {
    entries_of(model, today).len()
}

/// What is not known comes after everything that is.
type Known = (bool, Decimal);

/// By what entries of one kind are ordered, before the ID of the model.
type Key = (Reverse<Option<u64>>, [Known; 3]);

fn known(amount: Option<Decimal>) -> Known {
    (amount.is_none(), amount.unwrap_or_default())
}

/// What the prices of an offer per 1M tokens in US dollars are ordered by, asked once for all orders.
#[derive(Debug, Clone, Copy)]
struct Quote {
    input: Known,
    cache_read: Known,
    output: Known,
    blended: Known,
    /// The context window in tokens.
    context: Option<u64>,
}

impl Quote {
    fn of(model: &Model, offer: &Offer, today: Date) -> Self {
        let usd = |component| offer.prices.usd(component, today);
        let (input, output) = (usd(Component::Input), usd(Component::Output));
        let window = offer.context_window.known().or(model.context_window.known());
        Self {
            input: known(input),
            cache_read: known(usd(Component::CacheRead)),
            output: known(output),
            blended: known(input.zip(output).and_then(|(input, output)| blend(input, output))),
            context: window.map(|window| window.0),
        }
    }

    fn key(&self, order: PriceOrder) -> Key {
        let Self { input, cache_read, output, blended, context } = *self;
        match order {
            PriceOrder::Blended => (Reverse(None), [blended, input, output]),
            PriceOrder::Input => (Reverse(None), [input, output, blended]),
            PriceOrder::CacheRead => (Reverse(None), [cache_read, blended, input]),
            PriceOrder::Output => (Reverse(None), [output, input, blended]),
            PriceOrder::Context => (Reverse(context), [blended, input, output]),
        }
    }
}

/// What orders an entry among those of its kind; prices per 1M tokens have a [`Quote`] instead.
fn key_of(kind: &PriceKind, model: &Model, entry: &PriceEntry, today: Date) -> Key {
    let offer = entry.offer.and_then(|at| model.offers.get(at));
    let amount = |price: &Price| match &price.charge {
        Charge::Amount(money) => Some(money.amount),
        _ => None,
    };
    let by = |keys| (Reverse(None), keys);
    let none = known(None);
    match (kind, offer) {
        (PriceKind::OtherCurrency(currency), Some(offer)) => {
            // One offer can ask for several currencies; they are not held against one another.
            let amount = |price: &Price| match &price.charge {
                Charge::Amount(money) if money.currency == *currency => Some(money.amount),
                _ => None,
            };
            let plain = |component| known(offer.prices.plain(component, today).and_then(amount));
            by([plain(Component::Input), plain(Component::Output), none])
        }
        (PriceKind::PerUnit(..), Some(offer)) => {
            let price = entry.price.and_then(|at| offer.prices.prices.get(at));
            by([known(price.and_then(amount)), none, none])
        }
        _ => by([none; 3]),
    }
}

impl Pricing {
    pub(super) fn new(catalog: &Catalog, today: Date) -> Self {
        let mut tokens: Vec<(Quote, PriceEntry)> = Vec::new();
        let mut others: BTreeMap<PriceKind, Vec<(Key, PriceEntry)>> = BTreeMap::new();
        for (index, model) in catalog.indexed_models() {
            for (kind, at, price) in entries_of(model, today) {
                let entry = PriceEntry { model: index, offer: at, price };
                let offer = at.and_then(|at| model.offers.get(at)).filter(|_| kind == PriceKind::Tokens);
                match offer {
                    Some(offer) => tokens.push((Quote::of(model, offer, today), entry)),
                    None => {
                        let key = key_of(&kind, model, &entry, today);
                        others.entry(kind).or_default().push((key, entry));
                    }
                }
            }
        }
        // Sorts are stable: entries that cost the same stay in the order of their IDs.
        tokens.sort_by_key(|(quote, _)| quote.key(PriceOrder::Blended));
        let orders = PriceOrder::OTHERS.map(|order| {
            let mut places: Vec<usize> = (0..tokens.len()).collect();
            places.sort_by(|a, b| {
                let key = |at: &usize| (tokens[*at].0.key(order), tokens[*at].1.model);
                key(a).cmp(&key(b))
            });
            (order, places)
        });
        let blended = tokens.iter().map(|(quote, _)| quote.blended).filter(|(is_unknown, _)| !is_unknown);
        let blended = blended.map(|(_, amount)| amount).collect();
        let mut groups = Vec::new();
        if !tokens.is_empty() {
            let entries = tokens.into_iter().map(|(_, entry)| entry).collect();
            groups.push(PriceGroup { kind: PriceKind::Tokens, entries });
        }
        for (kind, mut entries) in others {
            entries.sort_by_key(|(key, _)| *key);
            groups.push(PriceGroup { kind, entries: entries.into_iter().map(|(_, entry)| entry).collect() });
        }
        Self {
            groups,
            retired: catalog.models.values().filter(|model| model.status == Status::Retired).count(),
            blended,
            orders: orders.into(),
            costs: catalog.settings.workloads.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// What is priced per 1M tokens in US dollars: the lowest blended price first.
    #[must_use]
    pub fn tokens(&self) -> &[PriceEntry] {
        self.of(&PriceKind::Tokens)
    }

    /// What is priced in one way.
    #[must_use]
    pub fn of(&self, kind: &PriceKind) -> &[PriceEntry] {
        self.groups.iter().find(|group| group.kind == *kind).map_or(&[], |group| &group.entries)
    }

    /// The same as [`Self::tokens`] in another order.
    pub fn tokens_by(&self, order: PriceOrder) -> impl Iterator<Item = &PriceEntry> {
        let (tokens, places) = (self.tokens(), self.orders.get(&order));
        let all = places.is_none().then_some(tokens);
        places.into_iter().flatten().filter_map(|at| tokens.get(*at)).chain(all.into_iter().flatten())
    }

    /// How many entries there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.entries.len()).sum()
    }

    /// Whether no model is served.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The lowest, the median and the highest blended price; `None` when there is none.
    #[must_use]
    pub fn blended(&self) -> Option<(Decimal, Decimal, Decimal)> {
        Some((*self.blended.first()?, median(&self.blended)?, *self.blended.last()?))
    }

    pub(super) fn costs(
        &self,
        catalog: &Catalog,
        rankings: &Rankings,
        overview: &Overview,
        today: Date,
        workload: usize,
    ) -> Option<&WorkloadCosts> {
        let (held, workload) = (self.costs.get(workload)?, catalog.settings.workloads.get(workload)?);
        Some(held.get_or_init(|| WorkloadCosts::new(catalog, rankings, overview, workload, today)))
    }
}

impl WorkloadCosts {
    fn new(catalog: &Catalog, rankings: &Rankings, overview: &Overview, workload: &Workload, today: Date) -> Self {
        let (mut ranked, mut free, mut without) = (Vec::new(), Vec::new(), Vec::new());
        let (mut no_text, mut no_window) = (0, 0);
        // One after the other: a thread that waits for others in here could be given a page that waits for this.
        for (index, model) in catalog.indexed_models().filter(|(_, model)| model.status != Status::Retired) {
            match Cost::of(workload, model, today).map(|cost| cost.total()) {
                Ok(total) if total.is_zero() => free.push(index),
                Ok(total) => ranked.push((total, index)),
                Err(NoCost::NoText) => no_text += 1,
                Err(NoCost::NoWindow) => no_window += 1,
                Err(why) => without.push((why, index)),
            }
        }
        ranked.sort_unstable();
        without.sort();
        Self {
            cheapest: cheapest(catalog, &ranked, |_| true),
            cheapest_good: cheapest(catalog, &ranked, |model| overview.is_good(catalog, rankings, model)),
            ranked,
            free,
            without,
            no_text,
            no_window,
        }
    }
}

/// The first of these that is fit and not deprecated.
fn cheapest(catalog: &Catalog, ranked: &[(Decimal, ModelIndex)], is_fit: impl Fn(&Model) -> bool) -> Option<Cheapest> {
    let is_fit = |model: &Model| model.status != Status::Deprecated && is_fit(model);
    let mut fit = ranked.iter().filter(|(_, index)| is_fit(catalog.model(*index)));
    let (total, model) = fit.next()?;
    let others = fit.take_while(|(other, _)| other == total).count();
    Some(Cheapest { model: *model, total: *total, others })
}

#[cfg(test)]
mod tests;
