//! Values as content files have them: written in the style of the format, and compared by what they say.

use rust_decimal::Decimal;
use toml_edit::Value;

use super::fact::Datum;
use super::number::exact;
use super::price::Amount;

/// A text in quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string().trim().to_owned()
}

/// A number as people write it: whole ones of five digits and more in groups of three.
#[must_use]
pub fn number(number: Decimal) -> String {
    let text = number.to_string();
    let digits = text.strip_prefix('-').unwrap_or(&text);
    if digits.len() < 5 || digits.contains('.') {
        return text;
    }
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    if text.starts_with('-') { format!("-{grouped}") } else { grouped }
}

/// A list of texts.
#[must_use]
pub fn words(words: &[String]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
}

/// A fact.
#[must_use]
pub fn datum(datum: &Datum) -> String {
    match datum {
        Datum::Text(text) => quoted(text),
        Datum::Number(value) => number(*value),
        Datum::Flag(flag) => flag.to_string(),
        Datum::Date(date) => self::date(*date),
        Datum::Words(list) => words(list),
        Datum::NotApplicable => quoted("not applicable"),
    }
}

/// A date: a day stands bare, a month or year in quotes.
#[must_use]
pub fn date(date: super::date::Date) -> String {
    if date.has_day() { date.to_string() } else { quoted(&date.to_string()) }
}

/// An amount, and behind it its currency where that is not the dollar.
#[must_use]
pub fn amount(amount: Amount, currency: &str) -> String {
    match amount {
        Amount::Money(money) if currency == "USD" => number(money.normalize()),
        Amount::Money(money) => format!("{} {currency}", number(money.normalize())),
        Amount::NotApplicable => quoted("not applicable"),
        Amount::InPlan => quoted("in plan"),
    }
}

/// What a value says, in one form, as people write it: a number in groups of three digits.
#[must_use]
pub fn shown(plain: &str) -> String {
    let (digits, currency) = plain.split_at(plain.find(' ').unwrap_or(plain.len()));
    exact(digits).map_or_else(|_| plain.to_owned(), |exact| number(exact.value) + currency)
}

/// What a written value says, whatever its layout: `1_000` is `1000`, `1.10` is `1.1`.
#[must_use]
pub fn plain(written: &str) -> String {
    let (value, rest) = match written.split_once(' ') {
        Some((value, currency)) if currency.len() == 3 && exact(value).is_ok() => (value, format!(" {currency}")),
        _ => (written, String::new()),
    };
    match value.parse::<Value>() {
        Ok(value) => format!("{}{rest}", said(&value)),
        Err(_) => written.to_owned(),
    }
}

/// What a value says, in one form.
#[must_use]
pub fn said(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text.value()),
        Value::Array(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(", ")),
        Value::InlineTable(table) => {
            let mut entries: Vec<_> = table.iter().map(|(key, value)| format!("{key} = {}", said(value))).collect();
            entries.sort();
            format!("{{ {} }}", entries.join(", "))
        }
        other => {
            let mut other = other.clone();
            other.decor_mut().clear();
            let text = other.to_string();
            match other {
                Value::Integer(_) | Value::Float(_) => {
                    exact(&text).map_or(text, |number| number.value.normalize().to_string())
                }
                _ => text,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_in_the_style_of_the_format() {
        let number = |digits: &str| super::number(exact(digits).expect("a number").value);
        assert_eq!(number("200000"), "200_000");
        assert_eq!(number("1048576"), "1_048_576");
        assert_eq!(number("4096"), "4096");
        assert_eq!(number("0.0028"), "0.0028");
        assert_eq!(quoted("a \"b\""), "'a \"b\"'");
    }

    #[test]
    fn compared_by_what_it_says() {
        assert_eq!(plain("1_000"), plain("1000"));
        assert_eq!(plain("1.10"), plain("1.1"));
        assert_eq!(plain("[ \"a\",\n \"b\" ]"), plain("[\"a\", \"b\"]"));
        assert_eq!(plain("{ a = 1, b = 2.0 }"), plain("{b=2,a=1}"));
        assert_eq!(plain("1.10 EUR"), "1.1 EUR");
        assert_ne!(plain("\"1\""), plain("1"));
        assert_eq!(
            [shown("200000"), shown("12500 EUR"), shown("2025-01-31"), shown("\"in plan\"")],
            ["200_000", "12_500 EUR", "2025-01-31", "\"in plan\""]
        );
    }
}
