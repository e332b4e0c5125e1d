//! Numbers as they are written, taken exactly or not at all.

use rust_decimal::Decimal;

/// Why digits are no number that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inexact {
    /// It is not written as a decimal number. What to write instead.
    Form(String),
    /// It has more digits than can be held.
    Digits,
    /// It is larger than can be held.
    Large,
}

/// The number that these digits are, each of them kept.
pub(super) fn exact(written: &str) -> Result<Decimal, Inexact> {
    let digits = written.replace('_', "");
    let digits = digits.strip_prefix('+').unwrap_or(&digits);
    if let Some(help) = other_form(digits) {
        return Err(Inexact::Form(help));
    }
    let Some((mantissa, exponent)) = digits.split_once(['e', 'E']) else {
        return Decimal::from_str_exact(digits).map_err(|_| Inexact::Digits);
    };
    // `from_scientific` would round, so the point is moved by hand.
    let number = Decimal::from_str_exact(mantissa).map_err(|_| Inexact::Digits)?;
    if number.is_zero() {
        return Ok(number);
    }
    let exponent: i64 = exponent.parse().map_err(|_| Inexact::Digits)?;
    moved(number, exponent).or_else(|_| {
        // Zeros at the end of the mantissa say nothing: without them it may fit.
        let scale = i64::from(number.scale());
        let mut digits = number;
        digits.set_scale(Decimal::MAX_SCALE).map_err(|_| Inexact::Digits)?;
        moved(digits.normalize(), exponent.saturating_add(i64::from(Decimal::MAX_SCALE) - scale))
    })
}

/// The number with its point moved to the right by so many places.
fn moved(mut number: Decimal, places: i64) -> Result<Decimal, Inexact> {
    let scale = i64::from(number.scale()).saturating_sub(places);
    let held = u32::try_from(scale.max(0)).unwrap_or(u32::MAX);
    number.set_scale(held).map_err(|_| Inexact::Digits)?;
    let zeros = u32::try_from((-scale.min(0)).min(i64::from(u32::MAX))).unwrap_or(u32::MAX);
    let power = 10i128.checked_pow(zeros).and_then(|power| Decimal::try_from_i128_with_scale(power, 0).ok());
    power.and_then(|power| number.checked_mul(power)).ok_or(Inexact::Large)
}

/// What to write in the place of something that TOML takes for a number and that is no decimal one.
fn other_form(digits: &str) -> Option<String> {
    let (sign, bare) = digits.strip_prefix('-').map_or(("", digits), |bare| ("-", bare));
    if matches!(bare, "inf" | "nan") {
        return Some("leave the key out if the value is not known: no fact is infinite or no number".to_owned());
    }
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter().find(|(prefix, _)| bare.starts_with(prefix))?.1;
    let number = i128::from_str_radix(&bare[2..], radix);
    let instead = number.map_or_else(|_| String::new(), |number| format!(": `{sign}{number}`"));
    Some(format!("write it with decimal digits{instead}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_every_digit_or_is_refused() {
        for (written, number) in [
            ("1.23", "1.23"),
            ("1e3", "1000"),
            ("1.5E-3", "0.0015"),
            ("-1_0.50e+1", "-105.0"),
            ("0e999999999999999999999", "0"),
            ("1e-28", "0.0000000000000000000000000001"),
            ("10e-29", "0.0000000000000000000000000001"),
            ("1.234567890123456789012345678e0", "1.234567890123456789012345678"),
            ("+7.9e28", "79000000000000000000000000000"),
        ] {
            assert_eq!(exact(written).map(|number| number.to_string()).as_deref(), Ok(number), "{written}");
        }
        for written in [
            "1.23456789012345678901234567890123e0",
            "1.23456789012345678901234567890123",
            "9.9999999999999999999999999999",
            "1e-29",
            "1.5e-28",
            "1e-9223372036854775808",
            "1e99999999999999999999",
        ] {
            assert_eq!(exact(written), Err(Inexact::Digits), "{written}");
        }
        for written in ["1e29", "8e28", "1e9223372036854775807"] {
            assert_eq!(exact(written), Err(Inexact::Large), "{written}");
        }
    }

    #[test]
    fn what_is_no_decimal_number_says_how_it_is_written() {
        let help = |written| match exact(written) {
            Err(Inexact::Form(help)) => help,
            other => panic!("{other:?}"),
        };
        assert_eq!(help("0x10"), "write it with decimal digits: `16`");
        assert_eq!(help("0b1_0"), "write it with decimal digits: `2`");
        assert!(help("-inf").starts_with("leave the key out") && help("+nan").starts_with("leave the key out"));
    }
}
