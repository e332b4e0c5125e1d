//! Leaves of a content file: a value with its place, and the few values that can be written in more than one way.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, Visitor};

use super::words::AMOUNT_WORDS;
use crate::files::Span;

/// A value and the bytes of the file that it was read from.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value as written.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

/// Name by which [`Located`] asks its deserializer for start, end and value.
pub(super) const LOCATED: &str = "$modelfolio::Located";

/// Name by which [`DateText`] asks its deserializer for the text of a date.
pub(super) const DATE: &str = "$modelfolio::DateText";

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut parts: A) -> Result<Located<T>, A::Error> {
        let lacking = || de::Error::custom("a place, which only `source::parse` gives");
        let start = parts.next_element()?.ok_or_else(lacking)?;
        let end = parts.next_element()?.ok_or_else(lacking)?;
        let value = parts.next_element()?.ok_or_else(lacking)?;
        Ok(Located { value, span: Span::from(start..end) })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple_struct(LOCATED, 3, LocatedVisitor(PhantomData))
    }
}

/// Start, end and value: what a [`Located`] is made of.
pub(super) struct Parts<D> {
    span: Span,
    value: Option<D>,
    given: u8,
}

impl<D> Parts<D> {
    /// The parts of a value that stands here.
    pub(super) fn new(span: Span, value: D) -> Self {
        Self { span, value: Some(value), given: 0 }
    }
}

impl<'de, D: Deserializer<'de>> de::SeqAccess<'de> for Parts<D> {
    type Error = D::Error;

    fn next_element_seed<S: de::DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, D::Error> {
        self.given += 1;
        match self.given {
            1 => seed.deserialize(self.span.start().into_deserializer()).map(Some),
            2 => seed.deserialize(self.span.end().into_deserializer()).map(Some),
            _ => self.value.take().map(|value| seed.deserialize(value)).transpose(),
        }
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: PartialOrd> PartialOrd for Located<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Located<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A number. Its digits are read from the file's text by its span, so that no float comes between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number;

/// A number, or the words for a value that cannot be one: `"not applicable"`, or for prices `"in plan"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// A number; its digits stand in the file's text.
    Number,
    /// What was written in quotes.
    Words(String),
}

/// A date: `2025-01-31` as a TOML date, or `"2025-01"` and `"2025"` in quotes when no more is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateText(pub String);

/// Whether the model can do it: `true`, `false`, or a few words on how (which say yes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Capability {
    /// Yes or no.
    Flag(bool),
    /// Yes, and how: `"JSON Schema, strict"`.
    Words(String),
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Number, E> {
        Ok(Number)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Number, E> {
        Ok(Number)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Number, E> {
        Ok(Number)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Number, E> {
        Ok(Number)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Number, E> {
        Ok(Number)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(NumberVisitor)
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or \"not applicable\"")
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Amount, E> {
        Ok(Amount::Number)
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Amount, E> {
        Ok(Amount::Number)
    }

    fn visit_i128<E: de::Error>(self, _: i128) -> Result<Amount, E> {
        Ok(Amount::Number)
    }

    fn visit_u128<E: de::Error>(self, _: u128) -> Result<Amount, E> {
        Ok(Amount::Number)
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Amount, E> {
        Ok(Amount::Number)
    }

    fn visit_str<E: de::Error>(self, words: &str) -> Result<Amount, E> {
        Ok(Amount::Words(words.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_f64(AmountVisitor)
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "number", "minimum": 0 },
                { "enum": AMOUNT_WORDS }
            ]
        })
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = DateText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2025-01-31, or \"2025-01\" in quotes")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DateText, E> {
        Ok(DateText(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for DateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(DATE, DateVisitor)
    }
}

impl JsonSchema for DateText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
    }
}

struct CapabilityVisitor;

impl Visitor<'_> for CapabilityVisitor {
    type Value = Capability;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, or a few words on how")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Capability, E> {
        Ok(Capability::Flag(flag))
    }

    fn visit_str<E: de::Error>(self, words: &str) -> Result<Capability, E> {
        // Words say yes, so `"false"` in quotes would say the contrary of what is meant.
        if matches!(words.trim().to_ascii_lowercase().as_str(), "" | "true" | "false" | "yes" | "no" | "unknown") {
            return Err(de::Error::invalid_type(de::Unexpected::Str(words), &self));
        }
        Ok(Capability::Words(words.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Capability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bool(CapabilityVisitor)
    }
}

impl JsonSchema for Capability {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Capability".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["boolean", "string"] })
    }
}
