//! Reading a foreign table key by key, with an account of each.
//!
//! A key that nobody asks for is left out as unknown when the reading of its table ends, with the key that was probably
//! meant.

use rust_decimal::Decimal;

use super::date::Date;
use super::foreign::{Node, Value};
use super::ledger::{Fate, Given, Ledger, Place, RecordId};
use super::number::{exact, times_ten_to};
use crate::diagnostic::suggest::nearest;

/// Nothing above this is believed, as in the content format.
const LARGEST: i64 = 1_000_000_000_000_000;

/// A table that is being read.
pub struct Fields<'a> {
    ledger: &'a mut Ledger,
    entries: &'a [(String, Node)],
    /// Where each entry begins.
    places: Vec<Place>,
    record: RecordId,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Enters a record into the account and begins to read it. None when it is no table: then it is left out.
    pub fn open(ledger: &'a mut Ledger, file: &str, id: &str, node: &'a Node) -> (RecordId, Option<Self>) {
        let (record, first) = ledger.open(file, id, node);
        let Value::Table(entries) = &node.value else {
            ledger.leave_out_record(record, "not a table of keys and values");
            return (record, None);
        };
        (record, Some(Self::of(ledger, record, entries, first)))
    }

    fn of(ledger: &'a mut Ledger, record: RecordId, entries: &'a [(String, Node)], first: Place) -> Self {
        let mut at = first;
        let places = entries.iter().map(|(_, node)| {
            let place = at;
            at = at.plus(node.fields());
            place
        });
        let places = places.collect();
        Self { ledger, entries, places, record, asked: Vec::new() }
    }

    /// The record that this is a part of.
    #[must_use]
    pub fn record(&self) -> RecordId {
        self.record
    }

    /// The account.
    pub fn ledger(&mut self) -> &mut Ledger {
        self.ledger
    }

    /// Every key that is there, in the order of the input.
    pub fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The value of a key, with the place of its first field, asked for and marked as read. Of a key that is there twice the
    /// last one holds.
    pub fn node(&mut self, key: &'static str) -> Option<(&'a Node, Place)> {
        self.asked.push(key);
        self.find(key)
    }

    /// The value of a key that is known only from the input.
    pub fn node_of(&mut self, key: &str) -> Option<(&'a Node, Place)> {
        self.find(key)
    }

    fn find(&mut self, key: &str) -> Option<(&'a Node, Place)> {
        let index = self.entries.iter().rposition(|(name, _)| name == key)?;
        let (node, place) = (&self.entries[index].1, self.places[index]);
        for at in 0..node.fields() {
            if self.ledger.field(place.plus(at)).fate == Fate::Unread {
                self.ledger.set(place.plus(at), Fate::Read);
            }
        }
        Some((node, place))
    }

    /// Leaves out the value of a key, with all that is in it.
    pub fn leave_out(&mut self, key: &'static str, why: &str) {
        if let Some((node, place)) = self.node(key) {
            self.refuse(node, place, why);
        }
    }

    /// Leaves out the value of a key that is known only from the input.
    pub fn leave_out_of(&mut self, key: &str, why: &str) {
        if let Some((node, place)) = self.find(key) {
            self.refuse(node, place, why);
        }
    }

    /// Leaves out whatever nobody has asked for so far.
    pub fn leave_out_all(&mut self, why: &str) {
        for (index, (_, node)) in self.entries.iter().enumerate() {
            for at in 0..node.fields() {
                let place = self.places[index].plus(at);
                if self.ledger.field(place).fate == Fate::Unread {
                    self.ledger.leave_out(place, why);
                }
            }
        }
    }

    fn refuse(&mut self, node: &Node, place: Place, why: &str) {
        for at in 0..node.fields() {
            self.ledger.leave_out(place.plus(at), why);
        }
    }

    /// Leaves out whatever of this table has been read and has no fate yet, when nothing can be made of the whole.
    pub fn give_up(&mut self, why: &str) {
        for ((_, node), place) in self.entries.iter().zip(&self.places) {
            for at in 0..node.fields() {
                if self.ledger.field(place.plus(at)).fate == Fate::Read {
                    self.ledger.leave_out(place.plus(at), why);
                }
            }
        }
    }

    /// A text. An empty one says nothing and is left out, and so is one with characters that cannot be seen.
    pub fn text(&mut self, key: &'static str) -> Option<Given<String>> {
        let (node, place) = self.node(key)?;
        let why = match &node.value {
            Value::Null => "null: not known",
            Value::Text(text) if text.trim().is_empty() => "an empty text says nothing",
            Value::Text(text) if text.chars().any(is_unseen) => "holds a character that cannot be seen",
            Value::Text(text) => return Some(Given { value: text.trim().to_owned(), place }),
            _ => "not a text",
        };
        self.refuse(node, place, why);
        None
    }

    /// A text that is a web address. Others are left out.
    pub fn url(&mut self, key: &'static str) -> Option<Given<String>> {
        let given = self.text(key)?;
        if is_web_address(&given.value) {
            return Some(given);
        }
        self.ledger.leave_out(given.place, "not a web address that readers can open");
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<Given<bool>> {
        let (node, place) = self.node(key)?;
        match &node.value {
            Value::Flag(value) => return Some(Given { value: *value, place }),
            Value::Null => self.refuse(node, place, "null: not known"),
            _ => self.refuse(node, place, "neither true nor false"),
        }
        None
    }

    /// A number, exactly, the noise of a float taken off. A number in quotes is one. Both are told as put right.
    pub fn number(&mut self, key: &'static str) -> Option<Given<Decimal>> {
        let (node, place) = self.node(key)?;
        self.number_at(node, place)
    }

    /// The number that a value is, exactly, as [`Fields::number`] has it.
    pub fn number_at(&mut self, node: &Node, place: Place) -> Option<Given<Decimal>> {
        let (digits, quoted) = match &node.value {
            Value::Number(digits) => (digits, false),
            Value::Text(digits) => (digits, true),
            Value::Null => {
                self.refuse(node, place, "null: not known");
                return None;
            }
            _ => {
                self.refuse(node, place, "not a number");
                return None;
            }
        };
        match exact(digits) {
            Ok(number) => {
                if number.repaired {
                    self.ledger.repair(place, format!("noise of a float: {digits} is {}", number.value));
                } else if quoted {
                    self.ledger.repair(place, "a number in quotes");
                }
                Some(Given { value: number.value, place })
            }
            Err(why) => {
                self.ledger.leave_out(place, why);
                None
            }
        }
    }

    /// A limit in tokens, or another count: a whole number above zero. `0` and `-1` stand for what is not known, and are left
    /// out.
    pub fn count(&mut self, key: &'static str) -> Option<Given<Decimal>> {
        let given = self.number(key)?;
        let why = if given.value.is_zero() {
            "a limit of 0 is none: not known"
        } else if given.value.is_sign_negative() {
            "a limit below 0 is none: not known"
        } else if !given.value.fract().is_zero() {
            "not a whole number"
        } else if given.value > Decimal::from(LARGEST) {
            "larger than can be meant"
        } else {
            return Some(given.map(|value| value.normalize()));
        };
        self.ledger.leave_out(given.place, why);
        None
    }

    /// A price, made one per 1M tokens by moving the point: 0 places for one that is so already, 6 for one per token. One
    /// below zero stands for one that varies or is not known, and is left out. Zero is told as zero: what it means is for the
    /// format to say.
    pub fn price(&mut self, key: &'static str, places: u32) -> Option<Given<Decimal>> {
        let (node, place) = self.node(key)?;
        self.price_at(node, place, places)
    }

    /// The price that a value is, as [`Fields::price`] has it.
    pub fn price_at(&mut self, node: &Node, place: Place, places: u32) -> Option<Given<Decimal>> {
        let given = self.number_at(node, place)?;
        let why = if given.value.is_sign_negative() && !given.value.is_zero() {
            "a price below 0 stands for one that varies or is not known"
        } else {
            match times_ten_to(given.value, places) {
                Ok(value) if value <= Decimal::from(LARGEST) => return Some(Given { value, place }),
                Ok(_) => "larger than can be meant",
                Err(why) => why,
            }
        };
        self.ledger.leave_out(place, why);
        None
    }

    /// A day, month or year.
    pub fn date(&mut self, key: &'static str) -> Option<Given<Date>> {
        let (node, place) = self.node(key)?;
        let why = match &node.value {
            Value::Null => "null: not known",
            Value::Text(text) if text.trim().is_empty() => "an empty text says nothing",
            Value::Text(text) | Value::Date(text) | Value::Number(text) => match Date::parse(text) {
                Some(value) => return Some(Given { value, place }),
                None => "not a day, month or year",
            },
            _ => "not a day, month or year",
        };
        self.refuse(node, place, why);
        None
    }

    /// A list of texts.
    pub fn words(&mut self, key: &'static str) -> Option<Given<Vec<String>>> {
        let (node, place) = self.node(key)?;
        let why = match &node.value {
            Value::Null => "null: not known",
            Value::List(items) if items.is_empty() => "an empty list says nothing",
            Value::List(items) => {
                let words = items.iter().map(|item| match &item.value {
                    Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
                    _ => None,
                });
                match words.collect() {
                    Some(value) => return Some(Given { value, place }),
                    None => "not a list of texts",
                }
            }
            _ => "not a list",
        };
        self.refuse(node, place, why);
        None
    }

    /// A table within this one.
    pub fn table(&mut self, key: &'static str) -> Option<Fields<'_>> {
        self.asked.push(key);
        self.table_of(key)
    }

    /// A table within this one, whose key is known only from the input.
    pub fn table_of(&mut self, key: &str) -> Option<Fields<'_>> {
        let (node, place) = self.find(key)?;
        match &node.value {
            Value::Table(entries) if !entries.is_empty() => {
                self.unread(node, place);
                Some(Fields::of(self.ledger, self.record, entries, place))
            }
            Value::Table(_) => {
                self.refuse(node, place, "an empty table says nothing");
                None
            }
            Value::Null => {
                self.refuse(node, place, "null: not known");
                None
            }
            _ => {
                self.refuse(node, place, "not a table");
                None
            }
        }
    }

    /// Each table of a list within this one.
    pub fn tables(&mut self, key: &'static str, mut read: impl FnMut(&mut Fields<'_>)) {
        let Some((node, place)) = self.node(key) else { return };
        let items = match &node.value {
            Value::List(items) if super::foreign::is_list_of_tables(items) => items,
            Value::List(items) if items.is_empty() => return self.refuse(node, place, "an empty list says nothing"),
            Value::Null => return self.refuse(node, place, "null: not known"),
            _ => return self.refuse(node, place, "not a list of tables"),
        };
        self.unread(node, place);
        let mut at = place;
        for item in items {
            let fields = item.fields();
            match &item.value {
                Value::Table(entries) if !entries.is_empty() => {
                    read(&mut Fields::of(self.ledger, self.record, entries, at));
                }
                _ => self.ledger.leave_out(at, "an empty table says nothing"),
            }
            at = at.plus(fields);
        }
    }

    /// A table was asked for as a whole; what is in it is still to be read.
    fn unread(&mut self, node: &Node, place: Place) {
        for at in 0..node.fields() {
            if self.ledger.field(place.plus(at)).fate == Fate::Read {
                self.ledger.set(place.plus(at), Fate::Unread);
            }
        }
    }
}

impl Drop for Fields<'_> {
    fn drop(&mut self) {
        for (index, (key, node)) in self.entries.iter().enumerate() {
            let last = self.entries.iter().rposition(|(name, _)| name == key) == Some(index);
            for at in 0..node.fields() {
                let place = self.places[index].plus(at);
                if self.ledger.field(place).fate != Fate::Unread {
                    continue;
                }
                let why = if !last {
                    "the key is there twice, and the last one holds".to_owned()
                } else if let Some(near) = nearest(key, self.asked.iter().copied().filter(|asked| asked != key)) {
                    format!("unknown key `{key}`; perhaps `{near}` is meant")
                } else {
                    format!("unknown key `{key}`")
                };
                self.ledger.leave_out(place, why);
            }
        }
    }
}

/// Whether a text is a web address that can be written into the content.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | '<' | '>' | '"' | '\\'))
    })
}

/// Whether nobody sees this character where it stands.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
