//! What a workload costs, worked out with exact decimals.

use rust_decimal::Decimal;

use super::money::{exact_product, exact_sum};
use super::{Charge, Component, Date, PriceList, Workload};

/// What a workload costs, part by part, in US dollars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Tokens that were not in the cache.
    pub input: Decimal,
    /// Tokens read from the cache.
    pub cache_read: Decimal,
    /// Tokens of the answer.
    pub output: Decimal,
    total: Decimal,
}

impl Cost {
    /// All parts together.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.total
    }

    /// Works out a workload. `None` when a price that it needs is not known, or is not in US dollars per 1M tokens,
    /// or when the result has more digits than can be held exactly.
    ///
    /// The context tier goes by the prompt of one request. Where reading from the cache has no price because there
    /// is no cache, those tokens are billed as input.
    #[must_use]
    pub fn of(workload: &Workload, prices: &PriceList, today: Date) -> Option<Self> {
        let tokens = workload.input.checked_add(workload.cache_read)?;
        let prompt = tokens.div_ceil(workload.requests.max(1));
        let price = |component| prices.for_prompt(component, prompt, today);
        let rate = |component, tokens| match tokens {
            0 => Some(Decimal::ZERO),
            _ => price(component)?.usd_per_million(),
        };
        let cached = match price(Component::CacheRead) {
            Some(price) if price.charge == Charge::NotApplicable => Component::Input,
            _ => Component::CacheRead,
        };
        let input_rate = rate(Component::Input, workload.input)?;
        let cache_rate = rate(cached, workload.cache_read)?;
        let output_rate = rate(Component::Output, workload.output)?;
        let input = exact_product(workload.input, input_rate, 6)?;
        let cache_read = exact_product(workload.cache_read, cache_rate, 6)?;
        let output = exact_product(workload.output, output_rate, 6)?;
        let total = exact_sum(exact_sum(input, cache_read)?, output)?;
        Some(Self { input, cache_read, output, total })
    }
}
