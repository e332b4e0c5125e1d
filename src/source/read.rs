//! From a parsed TOML table to a content type, telling everything that is wrong and not only the first.
//!
//! serde stops at the first error. So the table is read again and again: each time the entry that was wrong is
//! left out, until the rest can be read. A key that is required and missing is made up (a *gap*) while the rest is
//! looked at, and what holds a gap is thrown away in the end. Nodes of the table are told apart by their addresses,
//! which stay the same since the table is only borrowed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::Node;
use crate::files::Span;

/// After this many wrong values the rest of a file is not looked at.
const PATIENCE: usize = 100;

/// Something that is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Problem {
    /// The value, or for an unknown key the key.
    pub(super) span: Span,
    /// The keys from the file's top to the value.
    pub(super) keys: Vec<String>,
    /// What is wrong.
    pub(super) fault: Fault,
    /// The table that has the unknown key or lacks the missing one.
    pub(super) table: Address,
}

/// What can be wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// A table has a key that means nothing there.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that mean something.
        known: &'static [&'static str],
    },
    /// A table lacks this key.
    MissingKey(&'static str),
    /// A value is of another type than it must be.
    WrongType {
        /// What it must be, as serde's visitors say.
        expected: String,
        /// What it is.
        found: Kind,
    },
    /// A number has more digits than can be read.
    TooLarge,
    /// A text says nothing.
    Blank,
    /// A text has a character that is not shown, here as a code point.
    Unseen(char),
}

/// Types of TOML values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A string.
    String,
    /// A whole number or one with a fraction.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A date or time.
    Date,
    /// A list of values.
    List,
    /// A list of tables, each with a header in double brackets.
    TableList,
    /// A table.
    Table,
}

impl Kind {
    /// The type of this value.
    pub(super) fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(_) => Self::String,
            DeValue::Integer(_) | DeValue::Float(_) => Self::Number,
            DeValue::Boolean(_) => Self::Boolean,
            DeValue::Datetime(_) => Self::Date,
            DeValue::Array(list) if list.iter().any(|item| item.get_ref().is_table()) => Self::TableList,
            DeValue::Array(_) => Self::List,
            DeValue::Table(_) => Self::Table,
        }
    }
}

/// Address of a node of the table.
pub(super) type Address = usize;

/// The address of a value of the table.
pub(super) fn address(value: &Spanned<DeValue<'_>>) -> Address {
    std::ptr::from_ref(value) as Address
}

/// The top of the file, which is a table without a value around it.
pub(super) const TOP: Address = 0;

/// What earlier readings of the same table taught.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    /// Values to leave out.
    pub(super) void: BTreeSet<Address>,
    /// Keys to make up: the table, and the key that it lacks.
    pub(super) gaps: BTreeSet<(Address, &'static str)>,
    /// Unknown keys met on the way, which do not stop the reading.
    pub(super) unknown: RefCell<BTreeSet<Problem>>,
    /// The keys that mean something at the top of the file.
    pub(super) top_keys: Cell<&'static [&'static str]>,
}

/// What could be read of a table.
pub(super) struct Reading<T> {
    /// The value; none when the table as a whole lacks something.
    pub(super) value: Option<T>,
    /// All that is wrong, in the order of the text.
    pub(super) problems: BTreeSet<Problem>,
    /// The keys that mean something at the top of the table.
    pub(super) top_keys: &'static [&'static str],
}

/// Reads a value of this type from a table.
pub(super) fn read<T: DeserializeOwned>(table: &DeTable<'_>) -> Reading<T> {
    let mut lessons = Lessons::default();
    let mut lost: BTreeSet<(Address, String)> = BTreeSet::new();
    let mut problems = BTreeSet::new();

    let mut value = None;
    for _ in 0..PATIENCE {
        let failure = match T::deserialize(Node::top(table, &lessons)) {
            Ok(read) => {
                value = Some(read);
                break;
            }
            Err(failure) => *failure.0,
        };
        if let Fault::MissingKey(key) = failure.problem.fault {
            // A key that is there and of the wrong type is not missing: that has been said.
            if !lost.contains(&(failure.node, key.to_owned())) {
                problems.insert(failure.problem);
            }
            lessons.gaps.insert((failure.node, key));
        } else {
            if let Some(key) = failure.problem.keys.last() {
                lost.insert((failure.table, key.clone()));
            }
            let new = lessons.void.insert(failure.node);
            problems.insert(failure.problem);
            if !new {
                break;
            }
        }
    }
    if !lessons.gaps.is_empty() {
        value = value.and_then(|_| read_sound(table, &mut lessons));
    }
    problems.append(&mut lessons.unknown.take());
    Reading { value, problems, top_keys: lessons.top_keys.get() }
}

/// Reads once more, without the tables that have gaps.
fn read_sound<T: DeserializeOwned>(table: &DeTable<'_>, lessons: &mut Lessons) -> Option<T> {
    for (holed, _) in std::mem::take(&mut lessons.gaps) {
        if holed == TOP {
            return None;
        }
        lessons.void.insert(holed);
    }
    for _ in 0..PATIENCE {
        match T::deserialize(Node::top(table, lessons)) {
            Ok(read) => return Some(read),
            // The table around lacks what was left out, so it is left out as well.
            Err(failure) if failure.0.node == TOP || !lessons.void.insert(failure.0.node) => return None,
            Err(_) => {}
        }
    }
    None
}
