//! JSON with the digits of its numbers, and with keys that are there twice.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Node, Value};

/// Deeper than any catalogue that is one.
const DEEPEST: usize = 64;

/// Reads a JSON text.
///
/// # Errors
///
/// What is wrong with the syntax, in one line.
pub fn parse(text: &str) -> Result<Node, String> {
    let text = text.trim_start_matches('\u{feff}');
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| format!("no valid JSON: {error}"))?;
    node(raw, 0)
}

fn node(raw: &RawValue, depth: usize) -> Result<Node, String> {
    if depth > DEEPEST {
        return Err(format!("nested more than {DEEPEST} levels deep"));
    }
    let text = raw.get();
    let failed = |error: serde_json::Error| format!("no valid JSON: {error}");
    let value = match text.as_bytes().first() {
        Some(b'{') => {
            let entries: Entries<'_> = serde_json::from_str(text).map_err(failed)?;
            let entries = entries.0.into_iter().map(|(key, raw)| Ok((key, node(raw, depth + 1)?)));
            Value::Table(entries.collect::<Result<_, String>>()?)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(failed)?;
            Value::List(items.into_iter().map(|raw| node(raw, depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Value::Text(serde_json::from_str(text).map_err(failed)?),
        Some(b't') => Value::Flag(true),
        Some(b'f') => Value::Flag(false),
        Some(b'n') => Value::Null,
        _ => Value::Number(text.to_owned()),
    };
    Ok(Node::of(value))
}

/// The entries of an object as they stand, none lost to another of the same key.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry::<String, &'de RawValue>()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_order_and_twins_stay() {
        let node = parse(r#"{ "b": 2.9999900000000002e-06, "a": [1, {"x": null}], "b": "t\u00e9" }"#).expect("JSON");
        assert_eq!(node.shown(), r#"{ b = 2.9999900000000002e-06, a = [1, { x = null }], b = "té" }"#);
    }

    #[test]
    fn depth_is_bounded() {
        assert!(parse(&format!("{}{}", "[".repeat(100), "]".repeat(100))).expect_err("too deep").contains("64"));
        assert!(parse("{").expect_err("cut off").starts_with("no valid JSON"));
    }
}
