//! Money: exact decimals with their currency, never floats.

use std::fmt;

use rust_decimal::Decimal;

/// A currency by its ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// A currency from its code: three capital letters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let code: [u8; 3] = code.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// US dollars.
    #[must_use]
    pub fn usd() -> Self {
        Self(*b"USD")
    }

    /// Whether these are US dollars.
    #[must_use]
    pub fn is_usd(&self) -> bool {
        self.0 == *b"USD"
    }

    /// The ISO 4217 code.
    #[must_use]
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).expect("a code is of capital letters")
    }

    /// The sign before an amount, where there is one that is not ambiguous.
    #[must_use]
    pub fn sign(&self) -> Option<&'static str> {
        match self.code() {
            "USD" => Some("$"),
            "EUR" => Some("€"),
            "GBP" => Some("£"),
            _ => None,
        }
    }
}

/// An exact amount of money, at least zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in the currency's main unit.
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// So many US dollars.
    #[must_use]
    pub fn usd(amount: Decimal) -> Self {
        Self { amount, currency: Currency::usd() }
    }
}

impl fmt::Display for Money {
    /// `$1.10`, `$0.0028`, `€12.00`, `7.30 CNY`: at least two decimals, and every one that the amount has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = decimals(self.amount, 2);
        match self.currency.sign() {
            Some(sign) => write!(f, "{sign}{digits}"),
            None => write!(f, "{digits} {}", self.currency.code()),
        }
    }
}

/// The exact digits of a decimal with thousands grouped, no trailing zeros beyond `least` decimals.
#[must_use]
pub fn decimals(value: Decimal, least: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < least {
        value.rescale(least);
    }
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    // Few amounts have thousands.
    if whole.len() <= 3 {
        return text;
    }
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// The sum of two decimals. `None` when it has more digits than can be held: rounding it would be a lie.
#[must_use]
pub(super) fn exact_sum(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    if a.is_zero() || b.is_zero() {
        return Some(if a.is_zero() { b } else { a });
    }
    a.checked_add(b).filter(|sum| sum.scale() == a.scale().max(b.scale())).map(|sum| sum.normalize())
}

/// So many times a decimal, divided by a power of ten. `None` when it has more digits than can be held.
#[must_use]
pub(super) fn exact_product(times: u64, value: Decimal, power: u32) -> Option<Decimal> {
    if times == 0 || value.is_zero() {
        return Some(Decimal::ZERO);
    }
    let value = value.normalize();
    let zeros = (1..=power).take_while(|power| times.is_multiple_of(10_u64.saturating_pow(*power))).count();
    let zeros = u32::try_from(zeros).unwrap_or_default();
    let (times, power) = (times / 10_u64.pow(zeros), power - zeros);
    let mut product = value.checked_mul(Decimal::from(times)).filter(|product| product.scale() == value.scale())?;
    product.set_scale(product.scale() + power).ok()?;
    Some(product.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_every_digit_and_at_least_two_decimals() {
        for (amount, shown) in [
            ("1.10", "$1.10"),
            ("1.1", "$1.10"),
            ("0.0028", "$0.0028"),
            ("0", "$0.00"),
            ("0.0023", "$0.0023"),
            ("600", "$600.00"),
            ("1234567.5", "$1,234,567.50"),
            ("0.060000000000000005", "$0.060000000000000005"),
        ] {
            let money = Money { amount: amount.parse().unwrap(), currency: Currency::usd() };
            assert_eq!(money.to_string(), shown);
        }
    }

    #[test]
    fn sums_and_products_are_exact_or_none() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(exact_sum(number("0.1"), number("0.2")), Some(number("0.3")));
        assert_eq!(exact_sum(number("1000000000000000"), number("0.00000000000001")), None);
        assert_eq!(exact_sum(Decimal::MAX, Decimal::ONE), None);
        assert_eq!(exact_product(540_000, number("0.060000000000000005"), 6), Some(number("0.0324000000000000027")));
        assert_eq!(exact_product(3, number("0.0000000000000000000000001"), 6), None);
        assert_eq!(exact_product(u64::MAX, Decimal::MAX, 0), None);
        assert_eq!(exact_product(0, number("1.10"), 6), Some(Decimal::ZERO));
    }

    #[test]
    fn puts_the_code_behind_amounts_of_a_currency_without_a_sign_of_its_own() {
        let money = Money { amount: "7.3".parse().unwrap(), currency: Currency::new("CNY").unwrap() };
        assert_eq!(money.to_string(), "7.30 CNY");
    }
}
