//! Exact decimals out of foreign digits.
//!
//! Other catalogues were written by programs that count in floats: `0.060000000000000005` for 0.06. Such noise is taken
//! off by one rule, and told: see [`Exact::repaired`].

use rust_decimal::{Decimal, RoundingStrategy};

/// A number as it was written, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    /// The number.
    pub value: Decimal,
    /// Whether the noise of a float was taken off it. The rule: at least 16 significant digits are written, and those from
    /// the 13th to the 15th are all `0` or all `9`. Then 12 significant digits are kept.
    pub repaired: bool,
}

/// Significant digits that a price or score can have of its own.
const OWN_DIGITS: u32 = 12;

/// Why digits cannot be kept.
const UNHELD: &str = "not a number that 28 digits hold exactly";

/// Reads digits: a sign, a point and an exponent are understood, `inf` and `nan` are not.
///
/// # Errors
///
/// Why the text is no number that can be kept exactly.
pub fn exact(digits: &str) -> Result<Exact, &'static str> {
    let plain = digits.trim().replace('_', "");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let (mantissa, exponent) = plain.split_once(['e', 'E']).unwrap_or((plain, "0"));
    let number = Decimal::from_str_exact(mantissa).map_err(|_| UNHELD)?;
    let exponent = exponent.parse::<i32>().map_err(|_| UNHELD)?;
    let value = if exponent == 0 { number } else { moved(number.normalize(), exponent)? };
    Ok(match without_noise(value) {
        Some(value) => Exact { value, repaired: true },
        None => Exact { value, repaired: false },
    })
}

/// The number without the noise of a float, where it has some.
fn without_noise(value: Decimal) -> Option<Decimal> {
    let digits = value.mantissa().unsigned_abs().to_string();
    if digits.len() < 16 {
        return None;
    }
    let tail = &digits[12..15];
    if tail != "000" && tail != "999" {
        return None;
    }
    let rounded = value.round_sf_with_strategy(OWN_DIGITS, RoundingStrategy::MidpointAwayFromZero)?.normalize();
    (rounded != value).then_some(rounded)
}

/// The number times a power of ten, exactly: prices per token become prices per million of them.
///
/// # Errors
///
/// When 28 digits do not hold it.
pub fn times_ten_to(value: Decimal, power: u32) -> Result<Decimal, &'static str> {
    moved(value.normalize(), i32::try_from(power).unwrap_or(i32::MAX)).map(|value| value.normalize())
}

/// The number with its point moved to the right by so many places. The library's own reading of exponents would round.
fn moved(mut number: Decimal, places: i32) -> Result<Decimal, &'static str> {
    let scale = i64::from(number.scale()) - i64::from(places);
    if scale >= 0 {
        number.set_scale(u32::try_from(scale).map_err(|_| UNHELD)?).map_err(|_| UNHELD)?;
        return Ok(number);
    }
    number.set_scale(0).map_err(|_| UNHELD)?;
    let zeros = u32::try_from(-scale).map_err(|_| UNHELD)?;
    let power = 10_i128.checked_pow(zeros).and_then(|power| Decimal::try_from_i128_with_scale(power, 0).ok());
    power.and_then(|power| number.checked_mul(power)).ok_or(UNHELD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(digits: &str) -> (String, bool) {
        let exact = exact(digits).expect("a number");
        (exact.value.to_string(), exact.repaired)
    }

    #[test]
    fn noise_of_floats_is_taken_off_and_nothing_else() {
        assert_eq!(read("0.060000000000000005"), ("0.06".to_owned(), true));
        assert_eq!(read("0.30000000000000004"), ("0.3".to_owned(), true));
        assert_eq!(read("2.9999900000000002e-06"), ("0.00000299999".to_owned(), true));
        assert_eq!(read("1.0999999999999999"), ("1.1".to_owned(), true));
        assert_eq!(read("-0.7700000000000001"), ("-0.77".to_owned(), true));
        assert_eq!(read("0.0028"), ("0.0028".to_owned(), false));
        assert_eq!(read("86.0"), ("86.0".to_owned(), false));
        assert_eq!(read("1_000"), ("1000".to_owned(), false));
        // A third of something is no noise, and neither is what was written short.
        assert_eq!(read("0.3333333333333333"), ("0.3333333333333333".to_owned(), false));
        assert_eq!(read("1.00000000000001"), ("1.00000000000001".to_owned(), false));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "free", "inf", "nan", "1,5", "0.1.2", "1e99", "$5"] {
            assert!(exact(text).is_err(), "{text}");
        }
    }

    #[test]
    fn per_token_becomes_per_million() {
        let price = exact("2.9999900000000002e-06").expect("a number").value;
        assert_eq!(times_ten_to(price, 6).expect("it fits").to_string(), "2.99999");
        assert_eq!(times_ten_to(exact("5e-08").expect("a number").value, 6).expect("it fits").to_string(), "0.05");
    }
}
