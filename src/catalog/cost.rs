//! What a workload costs on a model, worked out with exact decimals, or why it has no cost.

use rust_decimal::Decimal;

use super::money::{exact_product, exact_sum};
use super::{
    Charge, Component, Currency, Date, Headline, Modality, Model, Price, PriceList, ServiceTier, State, Tokens, Unit,
    Workload,
};

/// What a workload costs, part by part, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost<'a> {
    /// Tokens that were not in the cache.
    pub input: CostPart<'a>,
    /// Tokens read from the cache.
    pub cache_read: CostPart<'a>,
    /// Tokens of the answer.
    pub output: CostPart<'a>,
    total: Decimal,
}

/// So many tokens at one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostPart<'a> {
    /// How many.
    pub tokens: u64,
    /// The price; none is needed where there are no tokens.
    pub price: Option<&'a Price>,
    /// What they cost together, in US dollars.
    pub amount: Decimal,
}

/// Why a workload has no cost on a model, in the order in which such models are listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoCost {
    /// A request and its answer are longer than the context window.
    Context {
        /// Tokens of one request with its answer.
        needed: Tokens,
        /// The window.
        limit: Tokens,
    },
    /// A prompt is longer than the longest that is taken.
    MaxInput {
        /// Tokens of one prompt.
        needed: Tokens,
        /// The longest prompt.
        limit: Tokens,
    },
    /// An answer is longer than the longest that is given.
    MaxOutput {
        /// Tokens of one answer.
        needed: Tokens,
        /// The longest answer.
        limit: Tokens,
    },
    /// A component is priced by something else than tokens.
    OtherUnit(Component, Unit),
    /// A component is priced in another currency than US dollars.
    OtherCurrency(Component, Currency),
    /// A component has prices only under conditions of which the workload says nothing.
    Varies(Component),
    /// A component is part of a plan.
    InPlan(Component),
    /// There is no charge for a component as such; what is charged for it, nobody has said.
    NotApplicable(Component),
    /// A component has no price that is known.
    Unknown(Component),
    /// No price at all is known.
    NoPrice,
    /// Every price has ended or is still to begin.
    NoneToday,
    /// The result has more digits than can be held exactly.
    Inexact,
    /// The model does not both read and write text, of which workloads are made.
    NoText,
    /// The model reads and writes text, but has no context window to put a request into.
    NoWindow,
}

impl NoCost {
    /// Whether a request is longer than a limit.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(self, Self::Context { .. } | Self::MaxInput { .. } | Self::MaxOutput { .. })
    }
}

impl<'a> Cost<'a> {
    /// What a workload costs on a model at its reference offer ([`Model::reference_offer`]).
    ///
    /// # Errors
    ///
    /// When a request does not fit the limits there, or a price that it needs is not known.
    pub fn of(workload: &Workload, model: &'a Model, today: Date) -> Result<Self, NoCost> {
        if !reads_and_writes_text(model) {
            return Err(NoCost::NoText);
        }
        if model.context_window.state == State::NotApplicable {
            return Err(NoCost::NoWindow);
        }
        let offer = model.reference_offer(today);
        let there = |limit: Option<&Tokens>, own: Option<&Tokens>| limit.or(own).copied();
        let window = there(offer.and_then(|offer| offer.context_window.known()), model.context_window.known());
        let most = there(offer.and_then(|offer| offer.max_output.known()), model.max_output.known());
        let prompt = Tokens(workload.prompt().ok_or(NoCost::Inexact)?);
        let answer = Tokens(workload.answer());
        let needed = Tokens(workload.request().ok_or(NoCost::Inexact)?);
        if let Some(limit) = window.filter(|limit| needed > *limit) {
            return Err(NoCost::Context { needed, limit });
        }
        if let Some(limit) = model.max_input.known().copied().filter(|limit| prompt > *limit) {
            return Err(NoCost::MaxInput { needed: prompt, limit });
        }
        if let Some(limit) = most.filter(|limit| answer > *limit) {
            return Err(NoCost::MaxOutput { needed: answer, limit });
        }
        let none = || if model.listed_offer(today).is_some() { NoCost::NoneToday } else { NoCost::NoPrice };
        Self::at(workload, &offer.ok_or_else(none)?.prices, today)
    }

    /// What a workload costs at these prices, whatever the limits are.
    ///
    /// The context tier goes by the prompt of one request, and prices the whole of it. Where the service tier of the
    /// workload has no price for such a prompt, the standard one is taken. Where reading from the cache has no price because
    /// there is no cache, those tokens are billed as input.
    ///
    /// # Errors
    ///
    /// When a price that it needs is not known, or is not in US dollars per 1M tokens, or when the result has more digits
    /// than can be held exactly.
    pub fn at(workload: &Workload, prices: &'a PriceList, today: Date) -> Result<Self, NoCost> {
        let prompt = workload.prompt().ok_or(NoCost::Inexact)?;
        let price = |component| prices.for_request(component, workload.service_tier, prompt, today);
        let part = |component, tokens| -> Result<CostPart<'a>, NoCost> {
            if tokens == 0 {
                return Ok(CostPart { tokens, price: None, amount: Decimal::ZERO });
            }
            let price = price(component);
            let rate = price.and_then(Price::usd_per_million);
            let rate = rate.ok_or_else(|| missing(component, price, prices, today))?;
            let amount = exact_product(tokens, rate, 6).ok_or(NoCost::Inexact)?;
            Ok(CostPart { tokens, price, amount })
        };
        let cached = match price(Component::CacheRead) {
            Some(price) if price.charge == Charge::NotApplicable => Component::Input,
            _ => Component::CacheRead,
        };
        let input = part(Component::Input, workload.input)?;
        let output = part(Component::Output, workload.output)?;
        let cache_read = part(cached, workload.cache_read)?;
        let total = exact_sum(input.amount, cache_read.amount).and_then(|sum| exact_sum(sum, output.amount));
        Ok(Self { input, cache_read, output, total: total.ok_or(NoCost::Inexact)? })
    }

    /// All parts together.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.total
    }

    /// The parts, in the order input, cache read, output.
    #[must_use]
    pub fn parts(&self) -> [CostPart<'a>; 3] {
        [self.input, self.cache_read, self.output]
    }

    /// The context tier that a request is in; `None` below the first.
    #[must_use]
    pub fn above(&self) -> Option<Tokens> {
        self.parts().iter().filter_map(|part| part.price?.conditions.above).max()
    }

    /// Whether tokens from the cache are billed as input, since there is no cache.
    #[must_use]
    pub fn is_without_cache(&self) -> bool {
        self.cache_read.price.is_some_and(|price| price.component == Component::Input)
    }

    /// Of how many parts that are paid for the price is not that of this service tier, and how many parts there are.
    #[must_use]
    pub fn not_of(&self, tier: Option<ServiceTier>) -> (usize, usize) {
        let parts = self.parts();
        let prices: Vec<&Price> = parts.iter().filter_map(|part| part.price).collect();
        (prices.iter().filter(|price| price.conditions.service_tier != tier).count(), prices.len())
    }
}

/// Whether the model can be given a text and answers with one, as far as is known.
fn reads_and_writes_text(model: &Model) -> bool {
    let text = |modalities: &super::Fact<Vec<Modality>>| {
        modalities.known().is_none_or(|modalities| modalities.contains(&Modality::Text))
    };
    text(&model.takes) && text(&model.gives)
}

/// Why a price of a component is none in US dollars per 1M tokens. `found` is what there is in its place.
fn missing(component: Component, found: Option<&Price>, prices: &PriceList, today: Date) -> NoCost {
    let of = |price: &Price| match &price.charge {
        Charge::Amount(money) if price.unit == Unit::MillionTokens => NoCost::OtherCurrency(component, money.currency),
        Charge::Amount(_) => NoCost::OtherUnit(component, price.unit),
        Charge::InPlan => NoCost::InPlan(component),
        Charge::NotApplicable => NoCost::NotApplicable(component),
    };
    match (found, prices.headline(component, today)) {
        (Some(price), _) | (None, Headline::PerUnit(price)) => of(price),
        (None, Headline::Varies) => NoCost::Varies(component),
        (None, Headline::PerTokens(_) | Headline::Unknown) if prices.on(today).next().is_none() => NoCost::NoPrice,
        (None, Headline::PerTokens(_) | Headline::Unknown) => NoCost::Unknown(component),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::{catalog, today};
    use crate::catalog::{ModelId, Slug};

    fn workload(input: u64, cache_read: u64, output: u64, requests: u64) -> Workload {
        let name = "Work".to_owned();
        let slug = Slug::from_name(&name).expect("it has letters");
        Workload { name, slug, note: None, input, cache_read, output, requests, service_tier: None }
    }

    fn batch(input: u64, cache_read: u64, output: u64, requests: u64) -> Workload {
        Workload { service_tier: Some(ServiceTier::Batch), ..workload(input, cache_read, output, requests) }
    }

    fn model(text: &str) -> Model {
        let text = format!("name = \"One\"\n{text}");
        catalog(&[("models/acme/one.toml", &text)]).models[&ModelId::new("acme/one")].clone()
    }

    /// The total as text, or why there is none.
    fn cost(workload: &Workload, text: &str) -> Result<String, NoCost> {
        Cost::of(workload, &model(text), today()).map(|cost| cost.total().to_string())
    }

    fn is(total: &str) -> Result<String, NoCost> {
        Ok(total.to_owned())
    }

    const TIERED: &str = "[price]\ninput = 1.10\noutput = 4.40\ncache_read = 0.55\n[[price.tier]]\nabove = 200_000\ninput = 2.20\noutput = 8.80\n";

    #[test]
    fn a_workload_costs_what_its_requests_do() {
        let total = |workload: &Workload| cost(workload, TIERED);
        assert_eq!(total(&workload(800, 1_200, 400, 1)), is("0.0033"));
        assert_eq!(total(&workload(200_000, 0, 0, 1)), is("0.22"), "a tier begins above its threshold");
        assert_eq!(total(&workload(200_001, 0, 0, 1)), is("0.4400022"), "and prices the whole request");
        assert_eq!(total(&workload(199_000, 1_001, 1_000, 1)), is("0.44715055"), "by the prompt with what is cached");
        assert_eq!(total(&workload(1_000_000, 0, 0, 5)), is("1.1"), "by one request's prompt");
        assert_eq!(total(&workload(1_000_001, 0, 0, 5)), is("2.2000022"));
        assert_eq!(total(&workload(0, 0, 0, 1)), is("0"));
        assert_eq!(total(&workload(u64::MAX, 1, 0, 1)), Err(NoCost::Inexact));
    }

    #[test]
    fn what_a_cost_needs_must_be_known() {
        let cached = workload(1_000_000, 1_000_000, 0, 1);
        assert_eq!(cost(&cached, "price = { input = 1, cache_read = \"not applicable\" }"), is("2"));
        let in_plan = cost(&cached, "price = { input = 1, cache_read = \"in plan\" }");
        assert_eq!(in_plan, Err(NoCost::InPlan(Component::CacheRead)));
        assert_eq!(cost(&cached, "price = { input = 1 }"), Err(NoCost::Unknown(Component::CacheRead)));
        let short = workload(1, 0, 1, 1);
        assert_eq!(cost(&short, "price = { input = 1 }"), Err(NoCost::Unknown(Component::Output)));
        assert_eq!(cost(&short, ""), Err(NoCost::NoPrice));
        let ended = "[[price.row]]\ncomponent = \"input\"\namount = 1\nuntil = 2025-01-01";
        assert_eq!(cost(&short, ended), Err(NoCost::NoneToday));
        let yuan = Currency::new("CNY").expect("a code");
        assert_eq!(
            cost(&short, "price = { input = 1, output = 1, currency = \"CNY\" }"),
            Err(NoCost::OtherCurrency(Component::Input, yuan))
        );
        let image = "[price]\ninput = 1\n[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0.04";
        assert_eq!(cost(&short, image), Err(NoCost::OtherUnit(Component::Output, Unit::Image)));
        let night = "[price]\ninput = 1\n[[price.row]]\ncomponent = \"output\"\nhours = \"16:30-00:30\"\namount = 1";
        assert_eq!(cost(&short, night), Err(NoCost::Varies(Component::Output)));
        let none = "price = { input = 1, output = \"not applicable\" }";
        assert_eq!(cost(&short, none), Err(NoCost::NotApplicable(Component::Output)));
        let long = "price = { input = 0.1234567890123456789012345, output = 1 }";
        assert_eq!(cost(&workload(1, 0, 0, 1), long), Err(NoCost::Inexact), "nothing is rounded");
        assert_eq!(cost(&workload(1_000_000, 0, 0, 1), long), is("0.1234567890123456789012345"));
        assert_eq!(cost(&short, "price = { input = 0, output = 0 }"), is("0"), "no charge is a price");
    }

    #[test]
    fn limits_hold_for_one_request_at_exactly_their_size() {
        let priced = |limits: &str| format!("{limits}\nprice = {{ input = 1, output = 1 }}");
        let why = |workload: &Workload, limits: &str| cost(workload, &priced(limits)).err();
        let window = "context_window = 1_000";
        assert_eq!(why(&workload(900, 0, 100, 1), window), None);
        let (needed, limit) = (Tokens(1_001), Tokens(1_000));
        assert_eq!(why(&workload(901, 0, 100, 1), window), Some(NoCost::Context { needed, limit }));
        assert_eq!(why(&workload(9_000, 0, 1_000, 10), window), None);
        assert_eq!(why(&workload(9_001, 0, 1_000, 10), window), Some(NoCost::Context { needed, limit }));
        assert_eq!(why(&workload(0, 0, 1_000, 1), "max_output = 1_000"), None);
        assert_eq!(why(&workload(0, 0, 1_001, 1), "max_output = 1_000"), Some(NoCost::MaxOutput { needed, limit }));
        assert_eq!(why(&workload(1_000, 0, 9, 1), "max_input = 1_000"), None);
        assert_eq!(why(&workload(1_001, 0, 9, 1), "max_input = 1_000"), Some(NoCost::MaxInput { needed, limit }));
        assert_eq!(why(&workload(1, 0, 1, 1), "context_window = \"not applicable\""), Some(NoCost::NoWindow));
        let pictures = "modalities = { input = [\"text\"], output = [\"image\"] }";
        assert_eq!(why(&workload(1, 0, 1, 1), pictures), Some(NoCost::NoText));
        let both = format!("{pictures}\ncontext_window = \"not applicable\"");
        assert_eq!(why(&workload(1, 0, 1, 1), &both), Some(NoCost::NoText));
    }

    #[test]
    fn the_limits_are_those_of_the_offer_whose_prices_are_taken() {
        let offer = "name = \"Relay\"\n[[offer]]\nmodel = \"acme/one\"\ncontext_window = 500\nprice = { input = 1, output = 1 }";
        let files =
            [("models/acme/one.toml", "name = \"One\"\ncontext_window = 1_000"), ("providers/relay.toml", offer)];
        let model = catalog(&files).models[&ModelId::new("acme/one")].clone();
        let why = Cost::of(&workload(501, 0, 0, 1), &model, today()).err();
        assert_eq!(why, Some(NoCost::Context { needed: Tokens(501), limit: Tokens(500) }));
    }

    #[test]
    fn a_service_tier_is_billed_at_its_price_where_there_is_one() {
        let at_batch = |workload: &Workload, text: &str| {
            let model = model(text);
            let cost = Cost::of(workload, &model, today()).expect("it has a cost");
            (cost.total().to_string(), cost.not_of(workload.service_tier))
        };
        let list = format!("{TIERED}[price.batch]\ninput = 0.55\noutput = 2.20\n");
        let whole = |total: &str, standard| (total.to_owned(), standard);
        assert_eq!(at_batch(&batch(100_000, 0, 1_000, 1), &list), whole("0.0572", (0, 2)));
        assert_eq!(at_batch(&workload(100_000, 0, 1_000, 1), &list), whole("0.1144", (0, 2)));
        assert_eq!(at_batch(&batch(100_000, 0, 1_000, 1), TIERED), whole("0.1144", (2, 2)), "the standard price");
        assert_eq!(at_batch(&batch(1_000_000, 100_000, 0, 10), &list), whole("0.605", (1, 2)), "of one part");
        // The batch price is that of short prompts; nobody says that long ones cost as little.
        assert_eq!(at_batch(&batch(200_000, 0, 0, 1), &list), whole("0.11", (0, 1)));
        assert_eq!(at_batch(&batch(200_001, 0, 0, 1), &list), whole("0.4400022", (1, 1)));
        let long = "[[price.row]]\ncomponent = \"input\"\nservice_tier = \"batch\"\nabove = 200_000\namount = 1.10\n";
        assert_eq!(at_batch(&batch(200_001, 0, 0, 1), &format!("{list}{long}")), whole("0.2200011", (0, 1)));
        // Its own tiers can begin elsewhere.
        let sooner = long.replace("200_000", "128_000");
        assert_eq!(at_batch(&batch(300_000, 0, 0, 1), &format!("{list}{sooner}")), whole("0.33", (0, 1)));
    }

    #[test]
    fn a_cost_says_its_tier_and_that_there_is_no_cache() {
        let tiered = model(TIERED);
        let tier = |workload: &Workload| Cost::of(workload, &tiered, today()).expect("it has a cost").above();
        assert_eq!(
            (tier(&workload(200_000, 0, 1, 1)), tier(&workload(200_001, 0, 1, 1))),
            (None, Some(Tokens(200_000)))
        );
        let uncached = model("price = { input = 2, output = 1, cache_read = \"not applicable\" }");
        let without = |workload: &Workload| {
            let cost = Cost::of(workload, &uncached, today()).expect("it has a cost");
            (cost.is_without_cache(), cost.cache_read.amount.to_string())
        };
        assert_eq!(without(&workload(0, 500_000, 0, 1)), (true, "1".to_owned()));
        assert_eq!(without(&workload(1, 0, 0, 1)), (false, "0".to_owned()), "nothing was to be read from one");
    }
}
