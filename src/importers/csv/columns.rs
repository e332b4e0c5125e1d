//! Which column of a table is which fact: a TOML file that a person writes, and heads that are keys themselves.

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::suggest::nearest;
use crate::files::{ForeignFile, line_column};
use crate::importers::content::slug;
use crate::importers::fact::Fact;
use crate::importers::number::exact;
use crate::importers::price::{Component, Unit};

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// ID of the model, with or without the developer in front.
    Id,
    /// Name or id of the developer.
    Developer,
    /// Name or id of the provider.
    Provider,
    /// What the provider calls the model.
    OfferId,
    /// A fact of the model.
    Fact(Fact),
    /// A price.
    Price(Component),
    /// A score in the benchmark of this name.
    Score(String),
    /// It is left out on purpose.
    Nothing,
}

/// A column as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) key: Key,
    /// What its numbers are multiplied by.
    pub(super) factor: Decimal,
    /// What its prices are per, after the point has been moved to the right by so many places.
    pub(super) per: (Unit, u32),
    /// The currency of its prices.
    pub(super) currency: String,
    /// Whether its scores are percentages.
    pub(super) is_percentage: bool,
}

impl Column {
    fn of(key: Key) -> Self {
        let (factor, per) = (Decimal::ONE, (Unit::MillionTokens, 0));
        Self { key, factor, per, currency: "USD".to_owned(), is_percentage: false }
    }

    /// Whether two columns would write to one place.
    fn is_twin(&self, other: &Self) -> bool {
        match (&self.key, &other.key) {
            (Key::Nothing, _) => false,
            (Key::Price(one), Key::Price(two)) => one == two && self.per.0 == other.per.0,
            (Key::Score(one), Key::Score(two)) => slug(one) == slug(two),
            (one, two) => one == two,
        }
    }
}

/// Words of `per` that are no units of the format, with the unit, and by how many places the point moves.
const PER: [(&str, Unit, u32); 4] = [
    ("token", Unit::MillionTokens, 6),
    ("1K tokens", Unit::MillionTokens, 3),
    ("character", Unit::MillionCharacters, 6),
    ("1K characters", Unit::MillionCharacters, 3),
];

/// What is wrong with a value, and what to write.
type Fault = (String, String);

/// The columns that a file names.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Head, column, and the place in the file, in the order of the file.
    named: Vec<(String, Column, String)>,
}

impl Columns {
    /// Reads the file. All that is wrong with it is told at once, each with its place and what to do about it.
    pub(super) fn parse(file: &ForeignFile) -> Result<Self, String> {
        let text = file.text.as_deref().map_err(|why| format!("{}: {why}", file.path))?;
        let at = |offset: usize| {
            let (line, column) = line_column(text, offset);
            format!("{}:{line}:{column}", file.path)
        };
        let root = DeTable::parse(text).map_err(|error| {
            let place = at(error.span().map_or(0, |span| span.start));
            format!("{place}: no valid TOML: {}", error.message())
        })?;
        let mut named: Vec<(usize, String, Column)> = Vec::new();
        let mut faults: Vec<(usize, Fault)> = Vec::new();
        for (name, value) in root.get_ref() {
            if name.get_ref() != "columns" {
                let what = format!("unknown key `{}`", name.get_ref());
                faults.push((name.span().start, (what, "put the columns below `[columns]`".to_owned())));
                continue;
            }
            let DeValue::Table(table) = value.get_ref() else {
                let fault = ("`columns` is no table".to_owned(), "write `Head = \"key\"` below `[columns]`".to_owned());
                faults.push((name.span().start, fault));
                continue;
            };
            for (head, value) in table {
                match column(value) {
                    Ok(column) => named.push((head.span().start, head.get_ref().to_string(), column)),
                    Err((offset, fault)) => faults.push((offset, fault)),
                }
            }
        }
        // The parser gives keys in the order of the alphabet; what is said has that of the file.
        faults.sort_by_key(|(offset, _)| *offset);
        named.sort_by_key(|(offset, ..)| *offset);
        let named: Vec<_> = named.into_iter().map(|(offset, head, column)| (head, column, at(offset))).collect();
        let mut told: Vec<String> =
            faults.iter().map(|(offset, (what, cure))| format!("{}: {what}; {cure}", at(*offset))).collect();
        for (index, (head, column, place)) in named.iter().enumerate() {
            if let Some((first, ..)) = named[..index].iter().find(|(_, first, _)| first.is_twin(column)) {
                told.push(format!(
                    "{place}: the columns `{first}` and `{head}` are the same key; write `false` for one of them"
                ));
            }
        }
        if told.is_empty() { Ok(Self { named }) } else { Err(told.join("\n")) }
    }

    /// What a column is by its head: as the file says, otherwise as the head itself does, otherwise why it is left out.
    pub(super) fn of(&self, head: &str) -> Result<Column, &'static str> {
        if let Some((_, column, _)) = self.named.iter().find(|(name, ..)| name == head) {
            return Ok(column.clone());
        }
        let column = key(head).map(Column::of).filter(|column| !is_per_something(&column.key));
        let column = column.ok_or("a column that is no key, and that no file of columns names")?;
        if self.named.iter().any(|(_, named, _)| named.is_twin(&column)) {
            return Err("the file of columns has another column for this key");
        }
        Ok(column)
    }

    /// The columns that none of the tables has.
    pub(super) fn missing<'a>(&'a self, heads: &'a [String]) -> impl Iterator<Item = String> {
        let missing = self.named.iter().filter(|(name, ..)| !heads.contains(name));
        missing.map(|(name, _, place)| {
            let near = nearest(name, heads.iter().map(String::as_str));
            let cure = match near {
                Some(near) => format!("perhaps `{near}` is meant"),
                None => format!("there are {}", list(heads.iter().map(String::as_str))),
            };
            format!("{place}: no table has a column `{name}`; {cure}")
        })
    }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Every key that a column can be, but scores, which have the name of the benchmark behind `scores.`.
fn names() -> Vec<(String, Key)> {
    let ids = [("id", Key::Id), ("developer", Key::Developer), ("provider", Key::Provider), ("offer.id", Key::OfferId)];
    let facts = Fact::ALL.into_iter().map(|fact| (fact.key().to_owned(), Key::Fact(fact)));
    let prices = Component::ALL
        .iter()
        .map(|component| (format!("price.{}", component.word().replace(' ', "_")), Key::Price(*component)));
    ids.into_iter().map(|(name, key)| (name.to_owned(), key)).chain(facts).chain(prices).collect()
}

/// The key of this name, if there is one.
fn key(name: &str) -> Option<Key> {
    if let Some(benchmark) = name.strip_prefix("scores.").map(str::trim).filter(|benchmark| !slug(benchmark).is_empty())
    {
        return Some(Key::Score(benchmark.to_owned()));
    }
    names().into_iter().find(|(known, _)| known == name).map(|(_, key)| key)
}

fn named(name: &str) -> Result<Key, Fault> {
    key(name).ok_or_else(|| {
        let names = names();
        let known = || names.iter().map(|(name, _)| name.as_str());
        let cure = match nearest(name, known()) {
            Some(near) => format!("perhaps `{near}` is meant"),
            None => format!("there are {} and `scores.<benchmark>`", list(known())),
        };
        (format!("`{name}` is no key that a column can be"), cure)
    })
}

/// Whether nobody can say what the price is per without being told: it is not paid by the token.
fn is_per_something(key: &Key) -> bool {
    use Component::{CacheStorage, Request, Session, WebSearch};
    matches!(key, Key::Price(CacheStorage | Request | Session | WebSearch))
}

/// Whether the cells of a column are numbers.
fn is_numeric(key: &Key) -> bool {
    use Fact::{ActiveParameters, ContextWindow, MaxInput, MaxOutput, Parameters};
    match key {
        Key::Price(_) | Key::Score(_) => true,
        Key::Fact(fact) => matches!(fact, ContextWindow | MaxInput | MaxOutput | Parameters | ActiveParameters),
        _ => false,
    }
}

/// Reads what a column is: a key in quotes, a table, or false. Otherwise what is wrong, and where.
fn column(value: &Spanned<DeValue<'_>>) -> Result<Column, (usize, Fault)> {
    let offset = value.span().start;
    let wrong = |what: &str, cure: &str| (offset, (what.to_owned(), cure.to_owned()));
    let table = match value.get_ref() {
        DeValue::Boolean(false) => return Ok(Column::of(Key::Nothing)),
        DeValue::String(name) => {
            let key = named(name).map_err(|fault| (offset, fault))?;
            if is_per_something(&key) {
                return Err(wrong("it is not said what the price is per", "write `{ key = …, per = \"request\" }`"));
            }
            return Ok(Column::of(key));
        }
        DeValue::Table(table) => table,
        _ => return Err(wrong("no key", "write a key in quotes, `{ key = … }`, or `false` to leave the column out")),
    };
    let Some(name) = table.get("key").and_then(|name| name.get_ref().as_str().map(|text| (text, name.span().start)))
    else {
        return Err(wrong("the column has no key", "write `key = \"price.input\"` or another one"));
    };
    let mut column = Column::of(named(name.0).map_err(|fault| (name.1, fault))?);
    let mut has_per = false;
    for (part, value) in table {
        let offset = value.span().start;
        let (word, is_price) = (value.get_ref().as_str(), matches!(column.key, Key::Price(_)));
        let fault = |what: &str, cure: String| Err((offset, (what.to_owned(), cure)));
        match part.get_ref().as_ref() {
            "key" => {}
            "factor" if !is_numeric(&column.key) => {
                return fault("a factor of what is no number", "take `factor` away".to_owned());
            }
            "factor" => match digits(value.get_ref()).and_then(|digits| exact(digits).ok()) {
                Some(factor) if factor.value > Decimal::ZERO => column.factor = factor.value,
                _ => return fault("no number above 0", "write a factor as `1_000` or `0.01`".to_owned()),
            },
            "per" | "currency" if !is_price => {
                return fault("said of what is no price", format!("take `{}` away", part.get_ref()));
            }
            "per" => {
                has_per = true;
                let own = PER.iter().find(|(known, ..)| Some(*known) == word).map(|(_, unit, places)| (*unit, *places));
                let Some(per) = own.or_else(|| word.and_then(Unit::of).map(|unit| (unit, 0))) else {
                    let units = Unit::ALL.iter().map(|unit| unit.word()).chain(PER.map(|(known, ..)| known));
                    return fault("not what a price can be per", format!("there are {}", list(units)));
                };
                column.per = per;
            }
            "currency" => match word {
                Some(code) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                    code.clone_into(&mut column.currency);
                }
                _ => return fault("no currency", "write a code of three capital letters, as `EUR`".to_owned()),
            },
            "unit" if !matches!(column.key, Key::Score(_)) => {
                return fault("a unit of what is no score", "of a price it is `per`".to_owned());
            }
            "unit" if word == Some("%") => column.is_percentage = true,
            "unit" => return fault("a unit that is not known", "write `%` or nothing".to_owned()),
            other => {
                let known = ["key", "factor", "per", "currency", "unit"];
                let cure = nearest(other, known).map_or_else(
                    || format!("there are {}", list(known.into_iter())),
                    |near| format!("perhaps `{near}` is meant"),
                );
                return Err((part.span().start, (format!("unknown key `{other}`"), cure)));
            }
        }
    }
    if is_per_something(&column.key) && !has_per {
        return Err(wrong("it is not said what the price is per", "write `per = \"request\"` or another unit"));
    }
    Ok(column)
}

/// The digits of a number as they are written.
fn digits<'a>(value: &'a DeValue<'_>) -> Option<&'a str> {
    match value {
        DeValue::Integer(digits) if digits.radix() == 10 => Some(digits.as_str()),
        DeValue::Float(digits) => Some(digits.as_str()),
        _ => None,
    }
}
