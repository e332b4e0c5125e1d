//! What all models that are served cost, in order: made once for all pages that show it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::ranking::median;
use super::{
    Catalog, Charge, Component, Cost, Currency, Date, Model, ModelId, NoCost, Offer, Overview, Price, Rankings, Status,
    Unit, Workload, blend,
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
    pub model: ModelId,
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
    pub ranked: Vec<(Decimal, ModelId)>,
    /// Where there is no charge for it.
    pub free: Vec<ModelId>,
    /// Where it has no cost, by the reason.
    pub without: Vec<(NoCost, ModelId)>,
    /// How many models do not read and write text.
    pub no_text: usize,
    /// The cheapest model that is not deprecated.
    pub cheapest: Option<Cheapest>,
    /// The cheapest of those that are not deprecated and stand in the best quarter on the first headline index.
    pub cheapest_good: Option<Cheapest>,
}

/// The first of a list of costs that is fit for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cheapest {
    /// The model; of several that cost the same the first by its ID.
    pub model: ModelId,
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
    let free = model.offers.iter().enumerate().filter(|(_, offer)| is_free(offer, today));
    let mut entries: Vec<_> = free.map(|(at, _)| (PriceKind::NoCharge, Some(at), None)).collect();
    let reference = model.reference_offer(today);
    let at = model.offers.iter().position(|offer| reference.is_some_and(|held| std::ptr::eq(held, offer)));
    if let Some(offer) = reference.filter(|offer| !is_free(offer, today)) {
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
            let currency = money.currency.clone();
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

/// Whether amounts are named on this day, all of them are zero, and nothing is left unsaid of input or output.
fn is_free(offer: &Offer, today: Date) -> bool {
    let is_zero = |price: &Price| match &price.charge {
        Charge::Amount(money) => Some(money.amount.is_zero()),
        Charge::InPlan => Some(false),
        Charge::NotApplicable => None,
    };
    let says = |component| offer.prices.on(today).any(|price| price.component == component);
    let mut amounts = offer.prices.on(today).filter_map(is_zero).peekable();
    amounts.peek().is_some() && amounts.all(|is_zero| is_zero) && says(Component::Input) && says(Component::Output)
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
        for model in catalog.models.values() {
            for (kind, at, price) in entries_of(model, today) {
                let entry = PriceEntry { model: model.id.clone(), offer: at, price };
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
                let key = |at: &usize| (tokens[*at].0.key(order), &tokens[*at].1.model);
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
        let (mut ranked, mut free, mut without, mut no_text) = (Vec::new(), Vec::new(), Vec::new(), 0);
        // One after the other: a thread that waits for others in here could be given a page that waits for this.
        for model in catalog.models.values().filter(|model| model.status != Status::Retired) {
            match Cost::of(workload, model, today).map(|cost| cost.total()) {
                Ok(total) if total.is_zero() => free.push(model.id.clone()),
                Ok(total) => ranked.push((total, model)),
                Err(NoCost::NoText) => no_text += 1,
                Err(why) => without.push((why, model.id.clone())),
            }
        }
        ranked.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        without.sort();
        Self {
            cheapest: cheapest(&ranked, |_| true),
            cheapest_good: cheapest(&ranked, |model| overview.is_good(catalog, rankings, model)),
            ranked: ranked.into_iter().map(|(total, model)| (total, model.id.clone())).collect(),
            free,
            without,
            no_text,
        }
    }
}

/// The first of these that is fit and not deprecated.
fn cheapest(ranked: &[(Decimal, &Model)], is_fit: impl Fn(&Model) -> bool) -> Option<Cheapest> {
    let mut fit = ranked.iter().filter(|(_, model)| model.status != Status::Deprecated && is_fit(model));
    let (total, model) = fit.next()?;
    let others = fit.take_while(|(other, _)| other == total).count();
    Some(Cheapest { model: model.id.clone(), total: *total, others })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::{catalog, today};

    /// A catalogue of models `acme/a`, `acme/b`, … whose files say this beside a name, and of more files.
    fn catalog_of(models: &[&str], more: &[(&str, &str)]) -> Catalog {
        let paths: Vec<String> = ('a'..).take(models.len()).map(|name| format!("models/acme/{name}.toml")).collect();
        let texts: Vec<String> = models.iter().map(|text| format!("name = \"M\"\n{text}")).collect();
        let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
        catalog(&files.chain(more.iter().copied()).collect::<Vec<_>>())
    }

    fn names(entries: &[PriceEntry]) -> String {
        entries.iter().map(|entry| entry.model.as_str().trim_start_matches("acme/")).collect::<Vec<_>>().join(" ")
    }

    fn priced(input: &str, output: &str) -> String {
        format!("price = {{ input = {input}, output = {output} }}")
    }

    #[test]
    fn equal_prices_stand_by_their_ids_and_what_has_none_comes_last() {
        let texts = [
            priced("2", "2"),
            priced("1", "5"),
            priced("2.00", "2"),
            priced("1.5", "0"),
            "price = { input = 1 }".to_owned(),
        ];
        let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[]);
        let pricing = Pricing::new(&catalog, today());
        assert_eq!(names(pricing.tokens()), "d b a c e");
        let by = |order| names(&pricing.tokens_by(order).cloned().collect::<Vec<_>>());
        assert_eq!(by(PriceOrder::Blended), "d b a c e");
        assert_eq!(by(PriceOrder::Input), "b e d a c");
        assert_eq!(by(PriceOrder::Output), "d a c b e");
        assert_eq!(by(PriceOrder::CacheRead), "d b a c e", "of none it is known, so the blended price decides");
        let told = pricing.blended().map(|(low, middle, high)| [low, middle, high].map(|price| price.to_string()));
        assert_eq!(told, Some(["1.125", "2", "2"].map(str::to_owned)));
    }

    #[test]
    fn the_longest_context_comes_first_and_of_equal_ones_the_cheapest() {
        let window = |tokens: u32, input: &str| format!("context_window = {tokens}\n{}", priced(input, "1"));
        let texts = [window(1_000, "1"), window(2_000, "9"), window(2_000, "3"), priced("1", "1")];
        let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[]);
        let pricing = Pricing::new(&catalog, today());
        assert_eq!(names(&pricing.tokens_by(PriceOrder::Context).cloned().collect::<Vec<_>>()), "c b a d");
    }

    fn groups_of(texts: &[&str]) -> Vec<(PriceKind, String)> {
        let pricing = Pricing::new(&catalog_of(texts, &[]), today());
        pricing.groups.iter().map(|group| (group.kind.clone(), names(&group.entries))).collect()
    }

    #[test]
    fn nothing_asked_for_input_is_not_free_as_long_as_output_is_not_known() {
        let groups = groups_of(&["price = { input = 0 }", "price = { input = 0, output = \"not applicable\" }"]);
        assert_eq!(groups, [(PriceKind::NoCharge, "b".to_owned()), (PriceKind::Unknown, "a".to_owned())]);
    }

    #[test]
    fn prices_in_another_currency_are_ordered_by_it_alone() {
        let two = "[price]\noutput = 2\ncurrency = \"CNY\"\n[[price.row]]\ncomponent = \"input\"\namount = 0.3\ncurrency = \"USD\"\n";
        let groups = groups_of(&[two, "price = { input = 1, currency = \"CNY\" }"]);
        let yuan = PriceKind::OtherCurrency(Currency::new("CNY").expect("a code"));
        assert_eq!(
            groups.iter().find(|(kind, _)| *kind == yuan),
            Some(&(yuan.clone(), "b a".to_owned())),
            "{groups:?}"
        );
    }

    #[test]
    fn only_what_is_of_one_kind_stands_together_and_nothing_is_lost() {
        let image = "[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0.04\n";
        let dear = "[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0.4\nquality = \"large\"\n";
        let texts = [
            priced("1", "1"),
            format!("[price]\ninput = 1\n{dear}{image}"),
            priced("0", "0"),
            "price = { input = 2, output = 2, currency = \"CNY\" }".to_owned(),
            priced("\"in plan\"", "\"in plan\""),
            String::new(),
            "price = { input = 1, until = 2025-12-31 }".to_owned(),
            format!("status = \"retired\"\n{}", priced("1", "1")),
            format!("[price]\ninput = 0\n{image}"),
            priced("\"not applicable\"", "\"not applicable\""),
        ];
        let trial = "name = \"Trial\"\n[[offer]]\nmodel = \"acme/a\"\nprice = { input = 0, output = 0 }";
        let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[("providers/trial.toml", trial)]);
        let pricing = Pricing::new(&catalog, today());
        let groups: Vec<(PriceKind, String)> =
            pricing.groups.iter().map(|group| (group.kind.clone(), names(&group.entries))).collect();
        let expected = [
            (PriceKind::Tokens, "a b"),
            (PriceKind::NoCharge, "a c"),
            (PriceKind::PerUnit(Unit::Image, Component::Output, Currency::usd()), "b i b"),
            (PriceKind::OtherCurrency(Currency::new("CNY").expect("a code")), "d"),
            (PriceKind::InPlan, "e"),
            (PriceKind::Unknown, "f g j"),
        ];
        assert_eq!(groups, expected.map(|(kind, names)| (kind, names.to_owned())));
        assert_eq!((pricing.retired, pricing.len()), (1, 12));
        let counted: usize = catalog.models.values().map(|model| price_entries(model, today())).sum();
        assert_eq!(counted, pricing.len(), "what the number of pages follows from");
    }

    const WORK: (&str, &str) = (
        "site.toml",
        "title = \"T\"\nheadline = [\"exam\"]\n[[workload]]\nname = \"Work\"\ninput = 1_000_000\noutput = 0\n",
    );

    fn costs_of(models: &[&str]) -> (Pricing, WorkloadCosts) {
        let catalog = catalog_of(models, &[WORK]);
        let rankings = Rankings::new(&catalog, today());
        let pricing = Pricing::new(&catalog, today());
        let overview = Overview::new(&catalog, &rankings, today());
        let costs = pricing.costs(&catalog, &rankings, &overview, today(), 0).expect("there is a workload").clone();
        assert!(pricing.costs(&catalog, &rankings, &overview, today(), 1).is_none());
        (pricing, costs)
    }

    #[test]
    fn a_workload_is_cheapest_first_and_what_has_no_cost_is_kept_apart() {
        let (_, costs) = costs_of(&[
            "price = { input = 2 }",
            "price = { input = 1 }",
            "price = { input = 1.0 }",
            "price = { input = 0, output = 0 }",
            "context_window = 999_999\nprice = { input = 1 }",
            "",
            "modalities = { input = [\"text\"], output = [\"image\"] }\nprice = { input = 1 }",
            "status = \"retired\"\nprice = { input = 1 }",
        ]);
        let ranked: Vec<String> = costs.ranked.iter().map(|(total, id)| format!("{} {total}", id.as_str())).collect();
        assert_eq!(ranked, ["acme/b 1", "acme/c 1", "acme/a 2"]);
        assert_eq!(costs.free.iter().map(ModelId::as_str).collect::<Vec<_>>(), ["acme/d"]);
        let without: Vec<_> = costs.without.iter().map(|(why, id)| (why.is_limit(), id.as_str())).collect();
        assert_eq!(without, [(true, "acme/e"), (false, "acme/f")]);
        assert_eq!(costs.no_text, 1);
        let cheapest = costs.cheapest.expect("there is one");
        assert_eq!((cheapest.model.as_str(), cheapest.others), ("acme/b", 1));
        assert_eq!(costs.cheapest_good, None, "nobody has a score");
    }

    #[test]
    fn a_good_one_is_in_the_upper_quarter_and_not_deprecated() {
        let model =
            |input: &str, score: u32, more: &str| format!("{more}[price]\ninput = {input}\n[scores]\nexam = {score}\n");
        let texts = [
            model("1", 10, ""),
            model("2", 20, ""),
            model("3", 30, "status = \"deprecated\"\n"),
            model("5", 30, ""),
            model("4", 30, ""),
            model("0.5", 5, "status = \"deprecated\"\n"),
            model("9", 4, ""),
            model("9", 3, ""),
            model("9", 2, ""),
            model("9", 1, ""),
        ];
        let (_, costs) = costs_of(&texts.each_ref().map(String::as_str));
        let name =
            |cheapest: Option<Cheapest>| cheapest.map(|cheapest| (cheapest.model.as_str().to_owned(), cheapest.others));
        assert_eq!(name(costs.cheapest), Some(("acme/a".to_owned(), 0)));
        assert_eq!(name(costs.cheapest_good), Some(("acme/e".to_owned(), 0)));
        let (_, costs) = costs_of(&[&model("1", 10, "")]);
        assert_eq!(costs.cheapest_good, None, "a few scores have no quarters");
    }
}
