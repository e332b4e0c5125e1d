//! YAML with the digits of its numbers, through the events of its parser.
//!
//! Plain words are what the core schema of YAML 1.2 says: `no` and `on` are texts, `0755` is 755, `12:30` is a text.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::{Node, Value};
use crate::importers::number::exact;

/// Deeper than any catalogue that is one.
const DEEPEST: usize = 64;

/// So many bytes and values can come of references to anchors: with more a small text would become a large one.
const COPIED: usize = 1 << 20;

/// A list or table that is being read.
enum Open {
    List(Vec<Node>),
    Table(Vec<(String, Node)>, Option<String>),
}

/// Reads the first document of a YAML text.
///
/// # Errors
///
/// What is wrong, in one line.
pub fn parse(text: &str) -> Result<Node, String> {
    let mut open: Vec<(Open, usize, usize)> = Vec::new();
    let mut anchors: BTreeMap<usize, Node> = BTreeMap::new();
    let mut copied = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| format!("no valid YAML: {error}"))?;
        let line = span.start.line();
        let (node, anchor) = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() == DEEPEST => return Err(too_deep()),
            Event::SequenceStart(anchor, _) => {
                open.push((Open::List(Vec::new()), line, anchor));
                continue;
            }
            Event::MappingStart(anchor, _) => {
                open.push((Open::Table(Vec::new(), None), line, anchor));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some((Open::List(items), line, anchor)) => (Node { value: Value::List(items), line }, anchor),
                Some((Open::Table(entries, _), line, anchor)) => (Node { value: Value::Table(entries), line }, anchor),
                None => continue,
            },
            Event::Scalar(text, style, anchor, tag) => {
                (Node { value: scalar(&text, style, tag.as_deref()), line }, anchor)
            }
            Event::Alias(anchor) => {
                let node =
                    anchors.get(&anchor).ok_or_else(|| format!("line {line}: a reference to a part of itself"))?;
                let node = copy(node, &mut copied, line)?;
                if open.len() + depth(&node) > DEEPEST {
                    return Err(too_deep());
                }
                (node, 0)
            }
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, copy(&node, &mut copied, line)?);
        }
        match open.last_mut() {
            None => return Ok(node),
            Some((Open::List(items), ..)) => items.push(node),
            Some((Open::Table(entries, key), ..)) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(name(&node).ok_or_else(|| format!("line {line}: a key that is no text"))?),
            },
        }
    }
    Err("no value in it".to_owned())
}

fn too_deep() -> String {
    format!("nested more than {DEEPEST} levels deep")
}

/// A copy of what an anchor stands for, as long as all copies together stay small.
fn copy(node: &Node, copied: &mut usize, line: usize) -> Result<Node, String> {
    *copied += size(node);
    if *copied > COPIED {
        return Err(format!("line {line}: references to anchors make more than {} MiB", COPIED >> 20));
    }
    Ok(Node { value: node.value.clone(), line })
}

/// How many lists and tables are in each other.
fn depth(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Table(entries) => 1 + entries.iter().map(|(_, node)| depth(node)).max().unwrap_or_default(),
        _ => 0,
    }
}

/// The values of a node and the bytes of its texts, which a copy of it takes again.
fn size(node: &Node) -> usize {
    let parts = match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => text.len(),
        Value::List(items) => items.iter().map(size).sum(),
        Value::Table(entries) => entries.iter().map(|(key, node)| key.len() + size(node)).sum(),
        Value::Null | Value::Flag(_) => 0,
    };
    1 + parts
}

fn name(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text.clone()),
        Value::Flag(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// What a scalar is. In quotes, in a block or under a tag of its own it is a text, whatever it looks like.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let is_plain = style == ScalarStyle::Plain;
    let is_text = tag.is_some_and(|tag| !tag.is_yaml_core_schema() || tag.suffix == "str");
    let is_value = tag.is_some() && !is_text;
    if is_text || !is_plain && !is_value {
        return Value::Text(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Flag(true),
        "false" | "False" | "FALSE" => Value::Flag(false),
        _ => number(text).map_or_else(|| Value::Text(text.to_owned()), Value::Number),
    }
}

/// The digits of a number; those of `0x1F` and `0o17` in tens.
fn number(text: &str) -> Option<String> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix).filter(|digits| !digits.starts_with(['+', '-'])) {
            return u64::from_str_radix(digits, radix).ok().map(|number| number.to_string());
        }
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let begins = digits.strip_prefix('.').unwrap_or(digits).starts_with(|c: char| c.is_ascii_digit());
    (begins && !digits.contains('_') && exact(text).is_ok()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse(text).expect("YAML").shown()
    }

    #[test]
    fn digits_quotes_and_order_stay() {
        let text = "b: 20.90\na: \"20.90\"\nlist:\n- x: null\n  y: ~\n- x: true\nday: 2026-05-20\nv: 1.0.2\n";
        assert_eq!(
            shown(text),
            "{ b = 20.90, a = \"20.90\", list = [{ x = null, y = null }, { x = true }], day = \"2026-05-20\", v = \"1.0.2\" }"
        );
        let Value::Table(entries) = parse(text).expect("YAML").value else { panic!("a table") };
        assert_eq!(entries[1].1.line, 2);
        assert_eq!(shown("a: >-\n  one\n  two\nb: |\n  12\n"), "{ a = \"one two\", b = \"12\\n\" }");
    }

    #[test]
    fn words_are_those_of_yaml_1_2() {
        assert_eq!(shown("[no, NO, yes, on, off, n]"), r#"["no", "NO", "yes", "on", "off", "n"]"#);
        assert_eq!(shown("[0755, 0o17, 0x1F, 1_000, 12:30:45]"), r#"[0755, 15, 31, "1_000", "12:30:45"]"#);
        assert_eq!(exact("0755").expect("a number").value.to_string(), "755");
        assert_eq!(shown("[.5, -1e-3, .inf, .nan, 1.0.2]"), r#"[.5, -1e-3, ".inf", ".nan", "1.0.2"]"#);
        assert_eq!(shown("[!!str 1.10, !!float \"1.10\", !mine 7]"), r#"["1.10", 1.10, "7"]"#);
    }

    #[test]
    fn a_key_that_is_there_twice_is_kept_twice() {
        assert_eq!(shown("a: 1\nb: 2\na: 3\n"), "{ a = 1, b = 2, a = 3 }");
    }

    #[test]
    fn references_are_followed_as_long_as_they_stay_small() {
        assert_eq!(shown("a: &x [1, {b: c}]\nd: *x\n"), "{ a = [1, { b = \"c\" }], d = [1, { b = \"c\" }] }");
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..20 {
            let below = format!("*a{}", level - 1);
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![below; 10].join(", ")));
        }
        assert!(parse(&bomb).expect_err("a bomb").ends_with("references to anchors make more than 1 MiB"));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(10_000), vec!["*a"; 200].join(", "));
        assert!(parse(&long).expect_err("a bomb of one text").contains("more than 1 MiB"));
        assert!(parse("a: &a [*a]\n").expect_err("a circle").contains("a part of itself"));
        assert!(parse("a: *nobody\n").is_err());
        let nested = |inner: &str| format!("{}{inner}{}", "[".repeat(40), "]".repeat(40));
        let deep = format!("a: &a {}\nb: {}\n", nested("x"), nested("*a"));
        assert_eq!(parse(&deep).expect_err("too deep"), "nested more than 64 levels deep");
    }

    #[test]
    fn what_is_hostile_is_refused() {
        assert_eq!(parse(&"[".repeat(200)).expect_err("too deep"), "nested more than 64 levels deep");
        assert!(parse("a: [1").expect_err("cut off").starts_with("no valid YAML"));
        assert!(parse("? [a]\n: b\n").expect_err("a list as a key").contains("a key that is no text"));
        assert!(parse("").is_err());
    }
}
