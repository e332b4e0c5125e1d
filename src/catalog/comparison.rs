//! Two values of one kind beside one another: which is larger and how many times, or why that cannot be said.

use std::cmp::Ordering;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Charge, Component, Currency, Date, Fact, Headline, Price, PriceList, State, Tokens, Unit};

/// How a value stands to another one, both of them at least zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They are equal.
    Same,
    /// It is so many times the other.
    Larger(Times),
    /// The other is so many times it.
    Smaller(Times),
    /// It is zero and the other is not: no number of times makes the one the other.
    Zero,
    /// The other is zero and it is not.
    AboveZero,
}

/// How many times the smaller value the larger one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Exactly so many: a number with few digits.
    Exact(Decimal),
    /// About so many: two digits, rounded.
    About(Decimal),
    /// More than once by less than a tenth.
    Barely,
    /// More than a million.
    Beyond,
}

/// Whose value a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// That of the value itself.
    This,
    /// That of the other one.
    Other,
    /// Both.
    Both,
}

/// Why two values are not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A value is not known.
    Unknown(Side),
    /// All prices of it have ended or are still to begin.
    NoneToday(Side),
    /// There is no such thing.
    NotApplicable(Side),
    /// It is part of a plan that is paid for otherwise.
    InPlan(Side),
    /// All prices of it have conditions.
    Conditions(Side),
    /// They are per something else.
    Unit(Unit, Unit),
    /// They are in other currencies.
    Currency(Currency, Currency),
}

/// A larger number of times is told as that.
const COUNTED: i64 = 1_000_000;

impl Relation {
    /// How a value stands to another one.
    #[must_use]
    pub fn of(this: Decimal, other: Decimal) -> Self {
        match this.cmp(&other) {
            Ordering::Equal => Self::Same,
            _ if this.is_zero() => Self::Zero,
            _ if other.is_zero() => Self::AboveZero,
            Ordering::Greater => Self::Larger(Times::of(this, other)),
            Ordering::Less => Self::Smaller(Times::of(other, this)),
        }
    }

    /// How a limit stands to another one.
    ///
    /// # Errors
    ///
    /// When one of them is no number.
    pub fn of_tokens(this: &Fact<Tokens>, other: &Fact<Tokens>) -> Result<Self, Refusal> {
        if let (State::Known(this), State::Known(other)) = (&this.state, &other.state) {
            return Ok(Self::of(this.0.into(), other.0.into()));
        }
        let not_applicable = [this, other].map(|fact| fact.state == State::NotApplicable);
        Err(match side(not_applicable) {
            Some(side) => Refusal::NotApplicable(side),
            None => Refusal::Unknown(side([this, other].map(|fact| fact.known().is_none())).unwrap_or(Side::Both)),
        })
    }

    /// How a price stands to one of the same component under the same conditions.
    ///
    /// # Errors
    ///
    /// When they are of different units or currencies, or one of them is no amount.
    pub fn of_prices(this: &Price, other: &Price) -> Result<Self, Refusal> {
        let is = |charge: &Charge| [this, other].map(|price| price.charge == *charge);
        match (&this.charge, &other.charge) {
            _ if this.unit != other.unit => Err(Refusal::Unit(this.unit, other.unit)),
            (Charge::Amount(this), Charge::Amount(other)) if this.currency != other.currency => {
                Err(Refusal::Currency(this.currency, other.currency))
            }
            (Charge::Amount(this), Charge::Amount(other)) => Ok(Self::of(this.amount, other.amount)),
            _ => Err(match side(is(&Charge::InPlan)) {
                Some(side) => Refusal::InPlan(side),
                None => Refusal::NotApplicable(side(is(&Charge::NotApplicable)).unwrap_or(Side::Both)),
            }),
        }
    }

    /// How the plain price of a component stands to that of another model.
    ///
    /// # Errors
    ///
    /// When one of them is not known or has conditions, and when the prices cannot be compared.
    pub fn of_components(
        this: Option<&PriceList>,
        other: Option<&PriceList>,
        component: Component,
        today: Date,
    ) -> Result<Self, Refusal> {
        let headlines =
            [this, other].map(|list| list.map_or(Headline::Unknown, |list| list.headline(component, today)));
        let plain = |headline| match headline {
            Headline::PerTokens(price) | Headline::PerUnit(price) => Some(price),
            Headline::Varies | Headline::Unknown => None,
        };
        if let [Some(this), Some(other)] = headlines.map(plain) {
            return Self::of_prices(this, other);
        }
        let unknown = headlines.map(|headline| headline == Headline::Unknown);
        let told = [this, other]
            .map(|list| list.is_some_and(|list| list.prices.iter().any(|price| price.component == component)));
        let never = [unknown[0] && !told[0], unknown[1] && !told[1]];
        Err(match (side(never), side(unknown)) {
            (Some(side), _) => Refusal::Unknown(side),
            (None, Some(side)) => Refusal::NoneToday(side),
            (None, None) => {
                Refusal::Conditions(side(headlines.map(|one| one == Headline::Varies)).unwrap_or(Side::Both))
            }
        })
    }
}

/// The side on which something is so; `None` when it is on neither.
fn side(is_so: [bool; 2]) -> Option<Side> {
    match is_so {
        [true, true] => Some(Side::Both),
        [true, false] => Some(Side::This),
        [false, true] => Some(Side::Other),
        [false, false] => None,
    }
}

impl Times {
    /// How many times a smaller value, which is above zero, a larger one is.
    fn of(larger: Decimal, smaller: Decimal) -> Self {
        // A quotient that overflows is larger than any that is told.
        let Some(times) = larger.checked_div(smaller).map(|times| times.normalize()) else { return Self::Beyond };
        if times > Decimal::from(COUNTED) {
            return Self::Beyond;
        }
        let exact = times.checked_mul(smaller) == Some(larger);
        let digits = times.mantissa().unsigned_abs().to_string().len();
        if exact && (times.scale() == 0 && digits <= 4 || times.scale() <= 2 && digits <= 3) {
            return Self::Exact(times);
        }
        match times.round_sf_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).map(|about| about.normalize()) {
            // Two digits would make a few percent a tenth.
            Some(about) if times >= Decimal::new(11, 1) => Self::About(about),
            _ => Self::Barely,
        }
    }
}

/// The whole months from one day to a later one. `None` when it is not later, or when of one not even the month is known.
/// Where of one the day is not known, only the months are counted.
#[must_use]
pub fn months_between(earlier: Date, later: Date) -> Option<u32> {
    if !earlier.has_month() || !later.has_month() {
        return None;
    }
    let ((year, month, day), (to_year, to_month, to_day)) = (earlier.first_day(), later.first_day());
    let months = (i32::from(to_year) - i32::from(year)) * 12 + i32::from(to_month) - i32::from(month);
    let is_short = earlier.has_day() && later.has_day() && to_day < day;
    u32::try_from(months - i32::from(is_short)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ModelId;
    use crate::catalog::resolve::example::{catalog, today};

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn ratios_are_exact_where_they_are_short_and_else_have_two_digits() {
        let exact = |text| Relation::Larger(Times::Exact(number(text)));
        let about = |text| Relation::Larger(Times::About(number(text)));
        for (this, other, relation) in [
            ("1.10", "1.1", Relation::Same),
            ("0", "0.00", Relation::Same),
            ("0", "1", Relation::Zero),
            ("1", "0", Relation::AboveZero),
            ("2.2", "1.1", exact("2")),
            ("4", "1.25", exact("3.2")),
            ("5", "4", exact("1.25")),
            ("1.04", "1", exact("1.04")),
            ("200000", "131072", about("1.5")),
            ("1", "0.3", about("3.3")),
            ("3", "0.28", about("11")),
            ("137.4", "1", about("140")),
            ("2.5", "1.21", about("2.1")),
            ("6", "3.01", about("2")),
            ("1234", "1", exact("1234")),
            ("12345", "1", about("12000")),
            ("99999", "0.1", about("1000000")),
            ("1048576", "1000000", Relation::Larger(Times::Barely)),
            ("1.40", "1.32", Relation::Larger(Times::Barely)),
            ("1.925", "1.6875", about("1.1")),
            ("1000001", "1", Relation::Larger(Times::Beyond)),
            ("1000000000", "0.0000000000000000000000001", Relation::Larger(Times::Beyond)),
        ] {
            assert_eq!(Relation::of(number(this), number(other)), relation, "{this} to {other}");
        }
        assert_eq!(Relation::of(number("1.25"), number("4")), Relation::Smaller(Times::Exact(number("3.2"))));
    }

    /// How input of `acme/a` stands to that of `acme/b`, whose files say this of prices.
    fn input(this: &str, other: &str) -> Result<Relation, Refusal> {
        let [this, other] = [this, other].map(|text| format!("name = \"M\"\n{text}"));
        let catalog = catalog(&[("models/acme/a.toml", &this), ("models/acme/b.toml", &other)]);
        let prices = ["acme/a", "acme/b"]
            .map(|id| catalog.models[&ModelId::new(id)].reference_offer(today()).map(|offer| &offer.prices));
        Relation::of_components(prices[0], prices[1], Component::Input, today())
    }

    #[test]
    fn prices_are_compared_only_with_their_like() {
        let row = |rest: &str| format!("[[price.row]]\ncomponent = \"input\"\n{rest}");
        let dollars = "price = { input = 2 }";
        let euros = row("amount = 1\ncurrency = \"EUR\"");
        let [usd, eur] = ["USD", "EUR"].map(|code| Currency::new(code).expect("a code"));
        assert_eq!(input(dollars, "price = { input = 1 }"), Ok(Relation::Larger(Times::Exact(2.into()))));
        assert_eq!(input(dollars, &euros), Err(Refusal::Currency(usd, eur)));
        let image = row("amount = 1\nunit = \"image\"");
        assert_eq!(input(dollars, &image), Err(Refusal::Unit(Unit::MillionTokens, Unit::Image)));
        assert_eq!(input(&image, &image), Ok(Relation::Same));
        assert_eq!(input(dollars, ""), Err(Refusal::Unknown(Side::Other)));
        assert_eq!(input("", ""), Err(Refusal::Unknown(Side::Both)));
        assert_eq!(input("price = { output = 1 }", dollars), Err(Refusal::Unknown(Side::This)));
        assert_eq!(input("price = { input = \"in plan\" }", dollars), Err(Refusal::InPlan(Side::This)));
        let none = "price = { input = \"not applicable\" }";
        assert_eq!(input(none, none), Err(Refusal::NotApplicable(Side::Both)));
        let audio = row("amount = 1\nmodality = \"audio\"");
        assert_eq!(input(dollars, &audio), Err(Refusal::Conditions(Side::Other)));
        assert_eq!(input("price = { input = 0 }", dollars), Ok(Relation::Zero));
        assert_eq!(input(dollars, "price = { input = 0 }"), Ok(Relation::AboveZero));
    }

    #[test]
    fn limits_are_compared_when_both_are_numbers() {
        let known = |tokens| Fact::of(Tokens(tokens));
        let none = Fact { state: State::NotApplicable, ..Fact::default() };
        let half = Relation::Smaller(Times::Exact(2.into()));
        assert_eq!(Relation::of_tokens(&known(200_000), &known(400_000)), Ok(half));
        assert_eq!(Relation::of_tokens(&known(1), &Fact::default()), Err(Refusal::Unknown(Side::Other)));
        assert_eq!(Relation::of_tokens(&Fact::default(), &Fact::default()), Err(Refusal::Unknown(Side::Both)));
        assert_eq!(Relation::of_tokens(&none, &Fact::default()), Err(Refusal::NotApplicable(Side::This)));
        assert_eq!(Relation::of_tokens(&known(1), &none), Err(Refusal::NotApplicable(Side::Other)));
    }

    #[test]
    fn months_are_whole_and_need_a_month() {
        let months =
            |earlier, later| months_between(Date::parse(earlier).expect("a date"), Date::parse(later).expect("a date"));
        assert_eq!(months("2025-01-31", "2026-03-17"), Some(13));
        assert_eq!(months("2025-01-17", "2025-02-17"), Some(1));
        assert_eq!(months("2025-01-17", "2025-02-16"), Some(0));
        assert_eq!(months("2025-01", "2025-03"), Some(2));
        assert_eq!(months("2024", "2025-03"), None);
        assert_eq!(months("2025-03-02", "2025-03-01"), None);
    }
}
