//! TOML with the digits of its numbers.

use toml::de::{DeTable, DeValue};

use super::{Node, Value};

/// Reads a TOML file.
///
/// # Errors
///
/// What is wrong with the syntax, in one line.
pub fn parse(text: &str) -> Result<Node, String> {
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_of(text, span.start));
        format!("no valid TOML: line {line}: {}", error.message())
    })?;
    let lines = Lines { text };
    Ok(lines.table(table.get_ref(), 1))
}

/// The line of a byte, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count()
}

struct Lines<'a> {
    text: &'a str,
}

impl Lines<'_> {
    fn table(&self, table: &DeTable<'_>, line: usize) -> Node {
        // The crate's table is ordered by its keys; a file is read from top to bottom.
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let entries = entries.into_iter().map(|(key, value)| {
            let line = line_of(self.text, key.span().start);
            (key.get_ref().to_string(), self.node(value.get_ref(), line))
        });
        Node { value: Value::Table(entries.collect()), line }
    }

    fn node(&self, value: &DeValue<'_>, line: usize) -> Node {
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(digits) if digits.radix() == 10 => Value::Number(digits.as_str().to_owned()),
            DeValue::Integer(digits) => match i128::from_str_radix(digits.as_str(), digits.radix()) {
                Ok(number) => Value::Number(number.to_string()),
                Err(_) => Value::Text(digits.as_str().to_owned()),
            },
            DeValue::Float(digits) => Value::Number(digits.as_str().to_owned()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => {
                let items = items.iter().map(|item| {
                    let line = line_of(self.text, item.span().start);
                    self.node(item.get_ref(), line)
                });
                Value::List(items.collect())
            }
            DeValue::Table(table) => return self.table(table, line),
        };
        Node { value, line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_order_are_those_of_the_file() {
        let node = parse("b = 1_000\na = 0.0600\n[t]\nd = 2025-01-31\nx = 0x10\n").expect("it is TOML");
        assert_eq!(node.shown(), "{ b = 1000, a = 0.0600, t = { d = 2025-01-31, x = 16 } }");
        assert_eq!(node.fields(), 4);
        let Value::Table(entries) = &node.value else { panic!("a table") };
        assert_eq!(entries[1].1.line, 2);
    }

    #[test]
    fn a_fault_names_its_line() {
        assert!(parse("a = 1\nb = = 2\n").expect_err("wrong").starts_with("no valid TOML: line 2: "));
    }
}
