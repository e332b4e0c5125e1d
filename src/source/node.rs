//! A value of a TOML table as serde sees it.
//!
//! Differs from the toml crate's own in four ways: the table is borrowed and can be read again; an error says which
//! node is wrong; unknown keys are collected and passed over; a list is no table and a date no table either.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::gap::Gap;
use super::located::{DATE, LOCATED, Parts};
use super::read::{Address, Fault, Kind, Lessons, Problem, TOP, address};
use crate::files::Span;

/// Why a table could not be read, and which node is to blame.
#[derive(Debug)]
pub(super) struct Failure(pub(super) Box<Blame>);

/// A problem and the nodes that it is about.
#[derive(Debug)]
pub(super) struct Blame {
    /// What to tell the author.
    pub(super) problem: Problem,
    /// The value; for a missing key the table that lacks it.
    pub(super) node: Address,
    /// The table that the value is in.
    pub(super) table: Address,
    /// How far up the error has been told its place.
    placed: Placed,
}

#[derive(Debug, PartialEq, Eq)]
enum Placed {
    Nowhere,
    AtNode,
    InTable,
}

impl Failure {
    fn new(fault: Fault) -> Self {
        let problem = Problem { span: Span::default(), keys: Vec::new(), fault, table: TOP };
        Self(Box::new(Blame { problem, node: TOP, table: TOP, placed: Placed::Nowhere }))
    }

    fn at(mut self, node: Address, span: Span) -> Self {
        if self.0.placed == Placed::Nowhere {
            self.0.node = node;
            self.0.problem.span = span;
            self.0.problem.table = node;
            self.0.placed = Placed::AtNode;
        }
        self
    }

    fn below(mut self, table: Address, key: &str) -> Self {
        if self.0.placed != Placed::InTable {
            self.0.table = table;
            self.0.placed = Placed::InTable;
        }
        self.0.problem.keys.insert(0, key.to_owned());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.problem)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(Fault::WrongType { expected: message.to_string(), found: Kind::String })
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match found {
            de::Unexpected::Bool(_) => Kind::Boolean,
            de::Unexpected::Unsigned(_) | de::Unexpected::Signed(_) | de::Unexpected::Float(_) => Kind::Number,
            de::Unexpected::Seq => Kind::List,
            de::Unexpected::Map => Kind::Table,
            de::Unexpected::Other(_) => Kind::Date,
            _ => Kind::String,
        };
        Self::new(Fault::WrongType { expected: expected.to_string(), found })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Fault::MissingKey(field))
    }
}

/// A node of the table.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: View<'a>,
    address: Address,
    span: Span,
    lessons: &'a Lessons,
}

#[derive(Clone, Copy)]
enum View<'a> {
    Table(&'a DeTable<'a>),
    Value(&'a DeValue<'a>),
}

impl<'a> Node<'a> {
    /// The top of a file.
    pub(super) fn top(table: &'a DeTable<'_>, lessons: &'a Lessons) -> Self {
        Self { value: View::Table(table), address: TOP, span: Span::default(), lessons }
    }

    fn of(value: &'a Spanned<DeValue<'a>>, lessons: &'a Lessons) -> Self {
        let view = match value.get_ref() {
            DeValue::Table(table) => View::Table(table),
            other => View::Value(other),
        };
        Self { value: view, address: address(value), span: value.span().into(), lessons }
    }

    fn kind(&self) -> Kind {
        match self.value {
            View::Table(_) => Kind::Table,
            View::Value(value) => Kind::of(value),
        }
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let value = match self.value {
            View::Table(table) => return visitor.visit_map(Entries::new(self, table, None)),
            View::Value(value) => value,
        };
        match value {
            DeValue::String(text) if text.trim().is_empty() => Err(Failure::new(Fault::Blank)),
            DeValue::String(text) => match unseen(text) {
                Some(c) => Err(Failure::new(Fault::Unseen(c))),
                None => visitor.visit_str(text),
            },
            DeValue::Integer(digits) => {
                // Which number it is does not matter: exact digits are read from the text.
                match i64::from_str_radix(digits.as_str(), digits.radix()) {
                    Ok(number) => visitor.visit_i64(number),
                    Err(_) => match i128::from_str_radix(digits.as_str(), digits.radix()) {
                        Ok(number) => visitor.visit_i128(number),
                        Err(_) => Err(Failure::new(Fault::TooLarge)),
                    },
                }
            }
            DeValue::Float(digits) => match digits.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() || digits.as_str().ends_with(['f', 'n']) => visitor.visit_f64(number),
                _ => Err(Failure::new(Fault::TooLarge)),
            },
            DeValue::Boolean(flag) => visitor.visit_bool(*flag),
            DeValue::Datetime(_) => Err(de::Error::invalid_type(de::Unexpected::Other("date"), &visitor)),
            DeValue::Array(items) => visitor.visit_seq(Items { items: items.iter(), lessons: self.lessons }),
            DeValue::Table(_) => Err(de::Error::invalid_type(de::Unexpected::Map, &visitor)),
        }
    }

    /// Gives an error that has no place yet the place of this node.
    fn blame<T>(self, result: Result<T, Failure>) -> Result<T, Failure> {
        result.map_err(|mut failure| {
            if failure.0.placed == Placed::Nowhere
                && let Fault::WrongType { found, .. } = &mut failure.0.problem.fault
            {
                *found = self.kind();
            }
            failure.at(self.address, self.span)
        })
    }
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.blame(self.visit(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            View::Value(DeValue::Datetime(date)) if name == DATE => self.blame(visitor.visit_string(date.to_string())),
            _ if name == DATE => self.deserialize_any(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == LOCATED { visitor.visit_seq(Parts::new(self.span, self)) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let result = match self.value {
            View::Table(table) => visitor.visit_map(Entries::new(self, table, Some(fields))),
            // serde would take a list for a table, its items for the keys in their order.
            View::Value(_) => Err(de::Error::invalid_type(de::Unexpected::Seq, &visitor)),
        };
        self.blame(result)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple map enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Failure> for Node<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The first character of a text that no page can show, or that turns the direction of what stands around it.
pub(super) fn unseen(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}

/// The items of a list.
struct Items<'a> {
    items: std::slice::Iter<'a, Spanned<DeValue<'a>>>,
    lessons: &'a Lessons,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        let lessons = self.lessons;
        match self.items.find(|item| !lessons.void.contains(&address(item))) {
            Some(item) => seed.deserialize(Node::of(item, lessons)).map(Some),
            None => Ok(None),
        }
    }
}

/// The entries of a table, and then its gaps.
struct Entries<'a> {
    table: Address,
    entries: Vec<(&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>)>,
    next: usize,
    gaps: Vec<&'static str>,
    in_gap: bool,
    lessons: &'a Lessons,
}

impl<'a> Entries<'a> {
    fn new(node: Node<'a>, table: &'a DeTable<'a>, fields: Option<&'static [&'static str]>) -> Self {
        let lessons = node.lessons;
        if let (TOP, Some(known)) = (node.address, fields) {
            lessons.top_keys.set(known);
        }
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            match fields {
                Some(known) if !known.contains(&key.get_ref().as_ref()) => {
                    let fault = Fault::UnknownKey { key: key.get_ref().to_string(), known };
                    let problem = Problem { span: key.span().into(), keys: Vec::new(), fault, table: node.address };
                    lessons.unknown.borrow_mut().insert(problem);
                }
                _ if lessons.void.contains(&address(value)) => {}
                _ => entries.push((key, value)),
            }
        }
        let gaps = lessons.gaps.range((node.address, "")..).take_while(|gap| gap.0 == node.address);
        let gaps = gaps.map(|gap| gap.1).collect();
        Self { table: node.address, entries, next: 0, gaps, in_gap: false, lessons }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        if let Some((key, _)) = self.entries.get(self.next) {
            return seed.deserialize(Key { text: key.get_ref(), span: key.span().into() }).map(Some);
        }
        self.in_gap = true;
        match self.gaps.pop() {
            Some(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        if self.in_gap {
            return seed.deserialize(Gap);
        }
        let (key, value) = self.entries[self.next];
        self.next += 1;
        seed.deserialize(Node::of(value, self.lessons)).map_err(|failure| failure.below(self.table, key.get_ref()))
    }
}

/// A key of a table.
#[derive(Clone, Copy)]
struct Key<'a> {
    text: &'a str,
    span: Span,
}

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_str(self.text)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        if name == LOCATED { visitor.visit_seq(Parts::new(self.span, self)) } else { self.deserialize_any(visitor) }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple map enum identifier ignored_any option newtype_struct struct
    }
}
