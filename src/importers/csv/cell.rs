//! What a cell says, by the column that it is in.

use rust_decimal::Decimal;

use super::columns::Column;
use crate::importers::date::Date;
use crate::importers::fact::{Datum, Fact};
use crate::importers::fields::{Fields, is_web_address};
use crate::importers::foreign::{Node, Value};
use crate::importers::ledger::Given;
use crate::importers::number::{exact, times_ten_to};

/// The number of a cell, multiplied as the file of columns says. Others are left out: nobody can say whether a comma is in
/// front of thousands or of a fraction.
pub(super) fn number(fields: &mut Fields<'_>, text: &Given<String>, column: &Column) -> Option<Given<Decimal>> {
    let Given { value: digits, place } = text;
    if exact(digits).is_err() {
        let why = if digits.contains(|c: char| c.is_ascii_digit()) && digits.contains([',', ' ', '\'', '’', '\u{a0}'])
        {
            "a sign between digits, which can stand for thousands or for a fraction: write 1200.5 without one"
        } else {
            "not a number: digits alone, with a point in front of a fraction"
        };
        fields.ledger().leave_out(*place, why);
        return None;
    }
    let given = fields.number_at(&Node::of(Value::Number(digits.clone())), *place)?;
    if column.factor == Decimal::ONE {
        return Some(given);
    }
    let Some(value) = given.value.checked_mul(column.factor).map(|value| value.normalize()) else {
        fields.ledger().leave_out(*place, "larger than can be meant");
        return None;
    };
    fields.ledger().repair(*place, format!("times {}, as the file of columns says: {value}", column.factor));
    Some(Given { value, place: *place })
}

/// The price of a cell, per the unit of its column.
pub(super) fn price(fields: &mut Fields<'_>, text: &Given<String>, column: &Column) -> Option<Given<Decimal>> {
    let given = number(fields, text, column)?;
    if given.value < Decimal::ZERO {
        fields.ledger().leave_out(given.place, "a price below 0 stands for one that varies or is not known");
        return None;
    }
    match times_ten_to(given.value, column.per.1) {
        Ok(value) => Some(Given { value, place: given.place }),
        Err(why) => {
            fields.ledger().leave_out(given.place, why);
            None
        }
    }
}

/// The value of a fact. None when it was left out.
pub(super) fn datum(fact: Fact, fields: &mut Fields<'_>, text: Given<String>, column: &Column) -> Option<Given<Datum>> {
    let place = text.place;
    match read(fact, fields, text, column) {
        Ok(value) => value.map(|value| Given { value, place }),
        Err(why) => {
            fields.ledger().leave_out(place, why);
            None
        }
    }
}

/// Nothing when the cell was left out already.
fn read(
    fact: Fact,
    fields: &mut Fields<'_>,
    text: Given<String>,
    column: &Column,
) -> Result<Option<Datum>, &'static str> {
    use Fact::{
        ActiveParameters, Announced, ContextWindow, Deprecated, Efforts, KnowledgeCutoff, License, LicenseUrl,
        MaxInput, MaxOutput, ModalitiesIn, ModalitiesOut, Parameters, Released, Retired, Updated, WeightsUrl,
    };
    let word = text.value.as_str();
    if word == "not applicable" && matches!(fact, ContextWindow | MaxOutput | MaxInput | Parameters | License) {
        return Ok(Some(Datum::NotApplicable));
    }
    let value = match fact {
        Announced | Released | Updated | KnowledgeCutoff | Deprecated | Retired => {
            Datum::Date(Date::parse(word).ok_or("not a day, month or year: write 2026-05-31, 2026-05 or 2026")?)
        }
        ContextWindow | MaxInput | MaxOutput | Parameters | ActiveParameters => {
            if is_grouped(word) && column.factor == Decimal::ONE {
                return Err("a point that can stand for thousands, as in 200.000: write 200000");
            }
            let Some(given) = number(fields, &text, column) else { return Ok(None) };
            if given.value <= Decimal::ZERO || !given.value.fract().is_zero() {
                return Err("a limit that is no whole number above 0: not known");
            }
            Datum::Number(given.value.normalize())
        }
        ModalitiesIn | ModalitiesOut | Efforts => {
            let words = word.split([';', ',', '|', '+']).map(|word| word.trim().to_lowercase());
            Datum::Words(words.filter(|word| !word.is_empty()).collect())
        }
        WeightsUrl | LicenseUrl if !is_web_address(word) => return Err("not a web address that readers can open"),
        _ if fact >= Fact::ToolCalling => match word.to_lowercase().as_str() {
            "true" | "yes" | "1" => Datum::Flag(true),
            "false" | "no" | "0" => Datum::Flag(false),
            _ => return Err("neither true nor false, yes nor no"),
        },
        Fact::Status if !["active", "preview", "deprecated", "retired"].contains(&word) => {
            return Err("not a status: active, preview, deprecated or retired");
        }
        Fact::Weights if !["open", "closed"].contains(&word) => return Err("neither open nor closed"),
        Fact::Summary => {
            let paragraph = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if paragraph != word {
                fields.ledger().repair(text.place, "line breaks and runs of blanks made one blank each");
            }
            Datum::Text(paragraph)
        }
        _ => Datum::Text(text.value),
    };
    Ok(Some(value))
}

/// Whether points stand as they do between thousands: `200.000`. What a program writes for a whole number is `200000.0`.
fn is_grouped(digits: &str) -> bool {
    let mut parts = digits.split('.');
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    (1..=3).contains(&first.len())
        && is_number(first)
        && !rest.is_empty()
        && rest.iter().all(|part| part.len() == 3 && is_number(part))
}
