//! What a workload costs, worked out with exact decimals.

use rust_decimal::Decimal;

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
}

impl Cost {
    /// All parts together.
    #[must_use]
    pub fn total(&self) -> Decimal {
        (self.input + self.cache_read + self.output).normalize()
    }

    /// Works out a workload. `None` when a price that it needs is not known, or is not in US dollars per 1M tokens.
    ///
    /// The context tier goes by the prompt of one request. Where reading from the cache has no price because there
    /// is no cache, those tokens are billed as input.
    #[must_use]
    pub fn of(workload: &Workload, prices: &PriceList, today: Date) -> Option<Self> {
        let prompt = (workload.input + workload.cache_read) / workload.requests.max(1);
        let rate = |component| prices.for_prompt(component, prompt, today);
        let input_rate = rate(Component::Input)?.usd_per_million()?;
        let output_rate = rate(Component::Output)?.usd_per_million()?;
        let cache_rate = if workload.cache_read == 0 {
            Decimal::ZERO
        } else {
            let price = rate(Component::CacheRead)?;
            if price.charge == Charge::NotApplicable { input_rate } else { price.usd_per_million()? }
        };
        let part = |tokens: u64, rate: Decimal| {
            Decimal::from(tokens).checked_mul(rate)?.checked_div(Decimal::from(1_000_000)).map(|part| part.normalize())
        };
        Some(Self {
            input: part(workload.input, input_rate)?,
            cache_read: part(workload.cache_read, cache_rate)?,
            output: part(workload.output, output_rate)?,
        })
    }
}
