//! Figures in tables, and the quiet words that stand where there is none.

use askama::Template;
use rust_decimal::Decimal;

use super::sources::Mark;
use crate::catalog::{
    Charge, Component, Conditions, Date, Fact, Headline, Money, Price, PriceList, State, Tokens, Unit,
};
use crate::pages::Column;

/// A cell of a table that holds a figure, or the words for why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/figure.html")]
pub(super) struct Figure {
    /// The figure, or the words.
    pub text: String,
    /// Room behind the figure, up to the width of its column.
    pub pad: String,
    /// Whether these are words and no figure.
    pub quiet: bool,
    /// Whether it differs from the developer's own terms.
    pub differs: bool,
    /// Where it comes from.
    pub mark: Option<Mark>,
}

impl askama::filters::HtmlSafe for Figure {}

impl Figure {
    /// A figure.
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), pad: String::new(), quiet: false, differs: false, mark: None }
    }

    /// Words in place of one.
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self { quiet: true, ..Self::of(words) }
    }

    /// Nobody has said.
    pub(super) fn unknown() -> Self {
        Self::words(UNKNOWN)
    }

    /// A charge: its amount, or one of the other states.
    pub(super) fn charge(charge: &Charge) -> Self {
        match charge {
            Charge::Amount(money) if money.amount.is_zero() => Self::words("no charge"),
            Charge::Amount(money) => Self::of(money.to_string()),
            Charge::NotApplicable => Self::words(NOT_APPLICABLE),
            Charge::InPlan => Self::words("in a plan"),
        }
    }

    /// An amount in US dollars.
    pub(super) fn dollars(amount: Decimal) -> Self {
        Self::charge(&Charge::Amount(Money::usd(amount)))
    }

    /// What a component costs on a day, as far as one figure can say it.
    pub(super) fn headline(prices: Option<&PriceList>, component: Component, today: Date) -> Self {
        match prices.map_or(Headline::Unknown, |prices| prices.headline(component, today)) {
            Headline::PerTokens(price) => Self::charge(&price.charge),
            Headline::PerUnit(price) => Self::per_unit(price),
            Headline::Varies => Self::words("varies"),
            Headline::Unknown => prices.map_or_else(Self::unknown, |prices| Self::absent(prices, component)),
        }
    }

    /// Why a component has no price today: its prices have ended or are still to begin, or nobody has said.
    pub(super) fn absent(prices: &PriceList, component: Component) -> Self {
        let has_others = prices.prices.iter().any(|price| price.component == component);
        if has_others { Self::words(NONE_TODAY) } else { Self::unknown() }
    }

    /// A price with what it is per, which is why it is no figure of a column of prices per 1M tokens: `$0.04/h`.
    pub(super) fn per_unit(price: &Price) -> Self {
        let figure = Self::charge(&price.charge);
        if figure.quiet { figure } else { Self::words(format!("{}{}", figure.text, per_short(price.unit))) }
    }

    /// A number of tokens.
    pub(super) fn tokens(fact: &Fact<Tokens>) -> Self {
        match fact.state {
            State::Known(tokens) => Self::of(tokens.to_string()),
            State::NotApplicable => Self::words(NOT_APPLICABLE),
            State::Unknown => Self::unknown(),
        }
    }

    /// The same, marked when it differs.
    #[must_use]
    pub(super) fn differing(self, differs: bool) -> Self {
        Self { differs, ..self }
    }
}

/// Nobody has said.
pub(super) const UNKNOWN: &str = "not known";

/// The prices have ended or are still to begin.
pub(super) const NONE_TODAY: &str = "none today";

/// There is no such thing.
pub(super) const NOT_APPLICABLE: &str = "not applicable";

/// Brings the figures of a column under one another, on the decimal point.
pub(super) fn align<'a>(figures: impl Iterator<Item = &'a mut Figure>) {
    let mut figures: Vec<&mut Figure> = figures.filter(|figure| !figure.quiet).collect();
    let column = Column::of(figures.iter().map(|figure| figure.text.as_str()));
    for figure in &mut figures {
        figure.pad = column.pad(&figure.text);
    }
}

/// What a price is per, in the shortest form: `/M`, `/image`.
pub(super) fn per_short(unit: Unit) -> &'static str {
    match unit {
        Unit::MillionTokens => "/M",
        Unit::MillionCharacters => "/M characters",
        Unit::Image => "/image",
        Unit::Second => "/s",
        Unit::Minute => "/min",
        Unit::Hour => "/h",
        Unit::Page => "/page",
        Unit::Request => "/request",
        Unit::ThousandRequests => "/1K requests",
        Unit::Session => "/session",
        Unit::MillionTokenHours => "/M·h",
    }
}

/// What a price is per: `per 1M tokens`.
pub(super) fn per(unit: Unit) -> String {
    format!("per {}", unit.word())
}

/// What a price is for, with all conditions but its tiers, in words: `audio`, `1024x1024, high`, `EU`.
pub(super) fn qualifiers(conditions: &Conditions) -> Vec<String> {
    let Conditions { above: _, service_tier: _, modality, cache_ttl, region, hours, quality } = conditions;
    [
        modality.map(|modality| modality.word().to_owned()),
        quality.as_deref().map(str::to_owned),
        cache_ttl.as_deref().map(|ttl| format!("kept {}", duration(ttl))),
        region.as_deref().map(str::to_owned),
        hours.as_deref().map(|hours| format!("{} UTC", hours.replace('-', " to "))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All conditions of a price in words, its tier last: `audio`, `batch, above 200K tokens`.
pub(super) fn conditions(conditions: &Conditions) -> Vec<String> {
    let mut words = qualifiers(conditions);
    if conditions.above.is_some() || conditions.service_tier.is_some() {
        words.push(tier(conditions));
    }
    words
}

/// A tier in words: `standard`, `batch, above 200K tokens`.
pub(super) fn tier(conditions: &Conditions) -> String {
    let class = conditions.service_tier.map(|tier| tier.word());
    let above = conditions.above.map(|above| format!("above {above} tokens"));
    match (class, above) {
        (None, None) => "standard".to_owned(),
        (Some(class), None) => class.to_owned(),
        (None, Some(above)) => above,
        (Some(class), Some(above)) => format!("{class}, {above}"),
    }
}

/// A price in words, all of it: `input, batch, $0.55 per 1M tokens`.
pub(super) fn price_in_words(component: Component, under: &Conditions, unit: Unit, charge: &Charge) -> String {
    let mut words = vec![component.word().to_owned()];
    words.extend(conditions(under));
    let figure = Figure::charge(charge);
    let per = if figure.quiet || unit == Unit::MillionTokens { String::new() } else { format!(" {}", per(unit)) };
    format!("{} {}{per}", words.join(", "), figure.text)
}

/// `5m` as `5 minutes`; other texts as they are.
fn duration(ttl: &str) -> String {
    let at = ttl.find(|c: char| !c.is_ascii_digit()).unwrap_or(ttl.len());
    let (number, unit) = ttl.split_at(at);
    let word = match unit {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        _ => return ttl.to_owned(),
    };
    if number.is_empty() { ttl.to_owned() } else { format!("{number} {word}{}", if number == "1" { "" } else { "s" }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Modality, ServiceTier};

    fn dollars(amount: &str) -> Charge {
        Charge::Amount(Money::usd(amount.parse().unwrap()))
    }

    #[test]
    fn the_states_of_a_price_read_differently() {
        let words: Vec<(String, bool)> =
            [Figure::charge(&dollars("0")), Figure::charge(&dollars("0.0028")), Figure::charge(&Charge::NotApplicable)]
                .into_iter()
                .chain([Figure::charge(&Charge::InPlan), Figure::unknown()])
                .map(|figure| (figure.text, figure.quiet))
                .collect();
        let expected = [
            ("no charge", true),
            ("$0.0028", false),
            ("not applicable", true),
            ("in a plan", true),
            ("not known", true),
        ];
        assert_eq!(words, expected.map(|(text, quiet)| (text.to_owned(), quiet)));
    }

    #[test]
    fn a_price_in_words_leaves_no_condition_out() {
        let conditions = Conditions {
            above: Some(Tokens(200_000)),
            service_tier: Some(ServiceTier::Batch),
            modality: Some(Modality::Audio),
            cache_ttl: Some("1h".into()),
            region: Some("EU".into()),
            hours: Some("16:30-00:30".into()),
            quality: Some("high".into()),
        };
        assert_eq!(
            price_in_words(Component::CacheWrite, &conditions, Unit::Minute, &dollars("1.5")),
            "cache write, audio, high, kept 1 hour, EU, 16:30 to 00:30 UTC, batch, above 200K tokens $1.50 per minute"
        );
        assert_eq!(duration("5m"), "5 minutes");
        assert_eq!(duration("a while"), "a while");
    }
}
