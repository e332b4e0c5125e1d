//! Numbers of tokens and of parameters: exact, and short where short is exact.

use std::fmt;

use rust_decimal::Decimal;

use super::money::decimals;

/// A number of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tokens(pub u64);

impl fmt::Display for Tokens {
    /// `200K`, `1.05M`; but `131,072`, since nothing is rounded for display.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&short(self.0))
    }
}

impl Tokens {
    /// All digits, with thousands grouped: `200,000`.
    #[must_use]
    pub fn grouped(self) -> String {
        decimals(Decimal::from(self.0), 0)
    }
}

/// A number of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Parameters(pub u64);

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&short(self.0))
    }
}

/// `200K`, `1.05M`, `117B` where at most three decimals say it exactly; else all digits, grouped.
fn short(number: u64) -> String {
    let value = Decimal::from(number);
    [(1_000_000_000_000u64, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")]
        .into_iter()
        .find(|(unit, _)| number >= *unit)
        .map(|(unit, letter)| ((value / Decimal::from(unit)).normalize(), letter))
        .filter(|(scaled, _)| scaled.scale() <= if number >= 1_000_000 { 2 } else { 0 })
        .map_or_else(|| decimals(value, 0), |(scaled, letter)| format!("{scaled}{letter}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_short_only_where_short_is_exact() {
        for (number, shown) in [
            (0, "0"),
            (512, "512"),
            (8_192, "8,192"),
            (200_000, "200K"),
            (131_072, "131,072"),
            (1_000_000, "1M"),
            (1_050_000, "1.05M"),
            (1_048_576, "1,048,576"),
            (32_500, "32,500"),
        ] {
            assert_eq!(Tokens(number).to_string(), shown);
        }
        assert_eq!(Parameters(117_000_000_000).to_string(), "117B");
        assert_eq!(Parameters(1_000_000_000_000).to_string(), "1T");
    }
}
