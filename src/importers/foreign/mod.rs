//! What a foreign file says, whatever its syntax: texts, digits as they are written, lists and tables in their order.
//!
//! A number is the text of its digits, since a float has forgotten them.

mod json;
mod toml;
mod yaml;

pub use self::json::parse as json;
pub use self::toml::parse as toml;
pub use self::yaml::parse as yaml;

/// A value of a foreign file, and the line on which it begins where the syntax tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its line, counted from 1; 0 where it is not known.
    pub line: usize,
}

/// What a foreign value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// JSON's `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// The digits as they are written, group signs taken out: `0.0028`, `2.9e-06`, `-1`.
    Number(String),
    /// A text.
    Text(String),
    /// A date or time that the syntax itself knows, as TOML does.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file. JSON can have a key twice.
    Table(Vec<(String, Node)>),
}

impl Node {
    /// A node whose line is not known.
    #[must_use]
    pub fn of(value: Value) -> Self {
        Self { value, line: 0 }
    }

    /// How many fields there are in it: a value is one, and so is an empty table and a list without tables; a table or
    /// a list of tables has those of its parts.
    #[must_use]
    pub fn fields(&self) -> usize {
        match &self.value {
            Value::Table(entries) if !entries.is_empty() => entries.iter().map(|(_, node)| node.fields()).sum(),
            Value::List(items) if is_list_of_tables(items) => items.iter().map(Self::fields).sum(),
            _ => 1,
        }
    }

    /// The value as a person reads it in one line: digits as written, texts in quotes.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(digits) => digits.clone(),
            Value::Text(text) => format!("{text:?}"),
            Value::Date(text) => text.clone(),
            Value::List(items) => format!("[{}]", items.iter().map(Self::shown).collect::<Vec<_>>().join(", ")),
            Value::Table(entries) => {
                let entries = entries.iter().map(|(key, node)| format!("{key} = {}", node.shown()));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The text at a key of a table.
pub(super) fn text_at<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    let Value::Table(entries) = &node.value else { return None };
    entries.iter().find_map(|(name, node)| match &node.value {
        Value::Text(text) if name == key => Some(text.as_str()),
        _ => None,
    })
}

/// Whether each item has fields of its own.
pub(super) fn is_list_of_tables(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|item| matches!(&item.value, Value::Table(_)))
}
