//! The account of an import: every record and every field of the input, and what became of it.
//!
//! All fields of a record are entered when it is opened, before anything is read, so that none can be forgotten: what
//! nobody reads stays [`Fate::Unread`] and is told as left out.

use super::foreign::{Node, Value, is_list_of_tables};
use crate::files::ForeignFile;

/// A record of the input: a file, an entry of a list, a line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(u32);

impl RecordId {
    /// Its place among all records.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A field of a record: where a value stands in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u32);

impl Place {
    /// The place of a field that stands so many fields behind this one.
    pub(super) fn plus(self, fields: usize) -> Self {
        Self(self.0 + u32::try_from(fields).expect("there are fewer fields than that"))
    }
}

/// A value that the input gives, and the place where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Given<T> {
    /// The value made into another, which stands at the same place.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Given<U> {
        Given { value: make(self.value), place: self.place }
    }
}

/// What became of a record or field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Fate {
    /// Nobody has looked at it. At the end of an import that is: left out, since no rule reads it.
    #[default]
    Unread,
    /// It was read, and nothing has been made of it yet. At the end of an import that is a fault of the importer, and told.
    Read,
    /// It stands in the content: the file, and the key in it.
    Taken(String),
    /// Something of the content says it already: what, and by which rule.
    Merged {
        /// What it became a part of.
        into: String,
        /// The rule, in words.
        rule: String,
    },
    /// It is not in the content: why.
    LeftOut(String),
}

/// A record and its fate.
#[derive(Debug, Clone)]
pub struct Record {
    /// The file that it stands in, by its path below what is imported.
    pub file: String,
    /// What it calls itself.
    pub id: String,
    /// What became of it.
    pub fate: Fate,
}

/// A field and its fate.
#[derive(Debug, Clone)]
pub struct Field {
    /// The record that it is of.
    pub record: RecordId,
    /// The keys that lead to it: `cost.tiers[0].input`.
    pub path: String,
    /// Its value in a line.
    pub shown: String,
    /// The line of the file, 0 where it is not known.
    pub line: usize,
    /// What became of it.
    pub fate: Fate,
    /// What was put right as it was read.
    pub repair: Option<String>,
}

/// Every record and field of an import.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    records: Vec<Record>,
    fields: Vec<Field>,
}

impl Ledger {
    /// Enters a record with all of its fields, none of them read. Gives the place of the first field.
    pub fn open(&mut self, file: &str, id: &str, node: &Node) -> (RecordId, Place) {
        let record = self.enter(file, id, Fate::Read);
        let first = Place(u32::try_from(self.fields.len()).expect("there are fewer fields than that"));
        let mut path = String::new();
        self.add(record, node, &mut path);
        (record, first)
    }

    /// Enters a record that has no fields to look at, as a link that leads nowhere.
    pub fn enter(&mut self, file: &str, id: &str, fate: Fate) -> RecordId {
        let record = RecordId(u32::try_from(self.records.len()).expect("there are fewer records than that"));
        self.records.push(Record { file: file.to_owned(), id: id.to_owned(), fate });
        record
    }

    /// What a file says by its syntax. None when it cannot be read: then it is entered as left out, with the reason.
    pub fn parsed<T>(
        &mut self,
        file: &ForeignFile,
        id: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let parsed = file.text.as_ref().map_err(Clone::clone).and_then(|text| parse(text));
        parsed.map_err(|why| self.enter(&file.path, id, Fate::LeftOut(why))).ok()
    }

    /// In the order of [`Node::fields`].
    fn add(&mut self, record: RecordId, node: &Node, path: &mut String) {
        let length = path.len();
        match &node.value {
            Value::Table(entries) if !entries.is_empty() => {
                for (key, node) in entries {
                    if length > 0 {
                        path.push('.');
                    }
                    path.push_str(key);
                    self.add(record, node, path);
                    path.truncate(length);
                }
            }
            Value::List(items) if is_list_of_tables(items) => {
                for (index, node) in items.iter().enumerate() {
                    path.push_str(&format!("[{index}]"));
                    self.add(record, node, path);
                    path.truncate(length);
                }
            }
            _ => {
                let (path, shown) = (path.clone(), node.shown());
                self.fields.push(Field { record, path, shown, line: node.line, fate: Fate::Unread, repair: None });
            }
        }
    }

    /// Says what became of a record.
    pub fn settle(&mut self, record: RecordId, fate: Fate) {
        self.records[record.0 as usize].fate = fate;
    }

    /// Says what became of a field.
    pub fn set(&mut self, place: Place, fate: Fate) {
        self.fields[place.0 as usize].fate = fate;
    }

    /// A field is in the content, at this key of this file.
    pub fn take(&mut self, place: Place, into: impl Into<String>) {
        self.set(place, Fate::Taken(into.into()));
    }

    /// A field is not in the content, and this is why.
    pub fn leave_out(&mut self, place: Place, why: impl Into<String>) {
        self.set(place, Fate::LeftOut(why.into()));
    }

    /// A field says what the content says anyway.
    pub fn merge(&mut self, place: Place, into: impl Into<String>, rule: impl Into<String>) {
        self.set(place, Fate::Merged { into: into.into(), rule: rule.into() });
    }

    /// Something was put right as a field was read.
    pub fn repair(&mut self, place: Place, what: impl Into<String>) {
        self.fields[place.0 as usize].repair = Some(what.into());
    }

    /// A record.
    #[must_use]
    pub fn record(&self, id: RecordId) -> &Record {
        &self.records[id.0 as usize]
    }

    /// A field.
    #[must_use]
    pub fn field(&self, place: Place) -> &Field {
        &self.fields[place.0 as usize]
    }

    /// All records in the order of the input.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// All fields in the order of the input.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Whatever of a record was read or not looked at so far is left out, and so is the record.
    pub fn leave_out_record(&mut self, record: RecordId, why: &str) {
        self.settle(record, Fate::LeftOut(why.to_owned()));
        // The fields of a record stand together.
        let start = self.fields.partition_point(|field| field.record < record);
        for field in self.fields[start..].iter_mut().take_while(|field| field.record == record) {
            if matches!(field.fate, Fate::Unread | Fate::Read) {
                field.fate = Fate::LeftOut(why.to_owned());
            }
        }
    }
}
