//! Prices: rows of component, unit, charge and conditions, never a fixed set of fields.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::money::{exact_product, exact_sum};
use super::{Component, Date, Modality, Money, Provenance, ServiceTier, Tokens, Unit};
use crate::files::Origin;

/// What is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// An amount, zero included.
    Amount(Money),
    /// There is no such component.
    NotApplicable,
    /// Part of a plan that is paid for otherwise.
    InPlan,
}

/// When a price holds. The default is every request.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conditions {
    /// Only requests whose prompt has more tokens than this.
    pub above: Option<Tokens>,
    /// The service class; `None` is standard.
    pub service_tier: Option<ServiceTier>,
    /// Only this kind of data.
    pub modality: Option<Modality>,
    /// How long a cache entry lives.
    pub cache_ttl: Option<Arc<str>>,
    /// Only in this region.
    pub region: Option<Arc<str>>,
    /// Only at these hours, in UTC.
    pub hours: Option<Arc<str>>,
    /// Size, quality or another condition in words.
    pub quality: Option<Arc<str>>,
}

impl Conditions {
    /// Whether the price holds for every request.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the price holds for every request of a service tier, or for all of them above a size.
    fn is_size_of(&self, tier: Option<ServiceTier>) -> bool {
        let Self { above: _, service_tier, modality, cache_ttl, region, hours, quality } = self;
        let words = [cache_ttl, region, hours, quality];
        *service_tier == tier && modality.is_none() && words.iter().all(|words| words.is_none())
    }
}

/// One price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// What it is for.
    pub component: Component,
    /// What it is per.
    pub unit: Unit,
    /// What is charged.
    pub charge: Charge,
    /// When it holds.
    pub conditions: Conditions,
    /// First day on which it holds.
    pub from: Option<Date>,
    /// Last day on which it holds.
    pub until: Option<Date>,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it was written.
    pub origin: Origin,
}

impl Price {
    /// Whether it holds on this day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from.first_day() <= day.last_day())
            && self.until.is_none_or(|until| until.last_day() >= day.first_day())
    }

    /// Whether it held until a day that has passed.
    #[must_use]
    pub fn is_over(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until.is_before(today))
    }

    /// Whether it is for the same as another, per the same and under the same conditions: whatever of them holds when.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        (self.component, self.unit, &self.conditions) == (other.component, other.unit, &other.conditions)
    }

    /// The amount in US dollars per 1M tokens, when it is one.
    #[must_use]
    pub fn usd_per_million(&self) -> Option<Decimal> {
        match &self.charge {
            Charge::Amount(money) if self.unit == Unit::MillionTokens && money.currency.is_usd() => Some(money.amount),
            _ => None,
        }
    }
}

/// The prices of one offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceList {
    /// Every price, in the order of component, conditions, unit and validity.
    pub prices: Vec<Price>,
}

/// What a component costs, as far as one figure can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headline<'a> {
    /// Its price per 1M tokens without any condition.
    PerTokens(&'a Price),
    /// Its price without any condition, per something else.
    PerUnit(&'a Price),
    /// It has prices, all of them under conditions.
    Varies,
    /// Nobody has said.
    Unknown,
}

/// The ratio of input to output tokens in a blended price.
pub const BLEND: (u32, u32) = (3, 1);

impl PriceList {
    /// Whether no price is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prices.is_empty()
    }

    /// The prices that hold on this day.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Price> {
        self.prices.iter().filter(move |price| price.holds_on(day))
    }

    /// When the last of some prices ended. `None` when none has.
    #[must_use]
    pub fn ended(&self, today: Date, is_meant: impl Fn(&Price) -> bool) -> Option<Date> {
        let over = self.prices.iter().filter(|price| is_meant(price) && price.is_over(today));
        over.filter_map(|price| price.until).max_by_key(|until| until.last_day())
    }

    /// When the first of some prices that are still to begin does. `None` when none is.
    #[must_use]
    pub fn begins(&self, today: Date, is_meant: impl Fn(&Price) -> bool) -> Option<Date> {
        let begins = self.prices.iter().filter(|price| is_meant(price)).filter_map(|price| price.from);
        begins.filter(|from| today.is_before(*from)).min_by_key(|from| from.first_day())
    }

    /// The price of a component per 1M tokens without any condition.
    #[must_use]
    pub fn plain(&self, component: Component, day: Date) -> Option<&Price> {
        self.under(component, &Conditions::default(), day)
    }

    /// The price of a component per 1M tokens under exactly these conditions.
    #[must_use]
    pub fn under(&self, component: Component, conditions: &Conditions, day: Date) -> Option<&Price> {
        let is_asked = |price: &&Price| {
            price.component == component && price.unit == Unit::MillionTokens && price.conditions == *conditions
        };
        self.prices.iter().filter(is_asked).find(|price| price.holds_on(day))
    }

    /// What a component costs, as far as one figure can say it.
    #[must_use]
    pub fn headline(&self, component: Component, day: Date) -> Headline<'_> {
        if let Some(price) = self.plain(component, day) {
            return Headline::PerTokens(price);
        }
        let mut others = self.on(day).filter(|price| price.component == component).peekable();
        if others.peek().is_none() {
            return Headline::Unknown;
        }
        others.find(|price| price.conditions.is_none()).map_or(Headline::Varies, Headline::PerUnit)
    }

    /// The plain price of a component in US dollars per 1M tokens.
    #[must_use]
    pub fn usd(&self, component: Component, day: Date) -> Option<Decimal> {
        self.plain(component, day)?.usd_per_million()
    }

    /// Three parts input and one part output in US dollars per 1M tokens ([`BLEND`]), exact.
    #[must_use]
    pub fn blended(&self, day: Date) -> Option<Decimal> {
        blend(self.usd(Component::Input, day)?, self.usd(Component::Output, day)?)
    }

    /// The price of a component for a request whose prompt has this many tokens: the highest context tier that it
    /// passes prices the whole request, as providers bill it; other conditions do not hold.
    #[must_use]
    pub fn for_prompt(&self, component: Component, prompt: u64, day: Date) -> Option<&Price> {
        self.of_tier(component, None, prompt, day)
    }

    /// The same for a request of a service tier, `None` being the standard one. Where that tier has no price for such a
    /// prompt, it is the standard one: a price for short prompts says nothing of those that the standard tier charges more
    /// for.
    #[must_use]
    pub fn for_request(
        &self,
        component: Component,
        tier: Option<ServiceTier>,
        prompt: u64,
        day: Date,
    ) -> Option<&Price> {
        let standard = self.for_prompt(component, prompt, day);
        let above = standard.and_then(|price| price.conditions.above);
        let own = tier.and_then(|tier| self.of_tier(component, Some(tier), prompt, day));
        own.filter(|price| price.conditions.above.is_some() || above.is_none()).or(standard)
    }

    fn of_tier(&self, component: Component, tier: Option<ServiceTier>, prompt: u64, day: Date) -> Option<&Price> {
        self.prices
            .iter()
            .filter(|price| price.component == component && price.unit == Unit::MillionTokens)
            .filter(|price| price.conditions.is_size_of(tier))
            .filter(|price| price.conditions.above.is_none_or(|above| prompt > above.0))
            .filter(|price| price.holds_on(day))
            .max_by_key(|price| price.conditions.above)
    }
}

/// The blended price of an input and an output price; see [`BLEND`].
#[must_use]
pub fn blend(input: Decimal, output: Decimal) -> Option<Decimal> {
    let sum = exact_sum(exact_product(BLEND.0.into(), input, 0)?, exact_product(BLEND.1.into(), output, 0)?)?;
    // A quarter is 25 hundredths, which is exact where a division need not be.
    const { assert!(BLEND.0 + BLEND.1 == 4) };
    exact_product(25, sum, 2)
}
