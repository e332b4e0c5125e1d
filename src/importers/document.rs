//! A content file that is edited: what stands at a place, and a change there that leaves the rest as a person wrote it.

pub mod figures;
mod prices;

use std::collections::HashMap;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::date::Date;
use super::slot::{LISTS, OfferKey, Slot};
use super::value::{plain, said};

/// A content file.
pub struct Document {
    toml: DocumentMut,
    /// The place of each offer in the list of a provider's file, of equal ones that of the first: a provider can have
    /// thousands, and every value of each is looked up.
    offers: HashMap<OfferKey, usize>,
}

impl Document {
    /// A file with this text; an empty text is a new file.
    ///
    /// # Errors
    ///
    /// When the text is no TOML.
    pub fn parse(text: &str) -> Result<Self, String> {
        let toml = text.parse::<DocumentMut>().map_err(|error| error.message().to_owned())?;
        let mut document = Self { toml, offers: HashMap::new() };
        for (place, offer) in document.offers().into_iter().enumerate() {
            document.offers.entry(offer).or_insert(place);
        }
        Ok(document)
    }

    /// Sets the keys at the head of a new file apart: what it is, its dates, its limits, its source.
    pub fn set_apart(&mut self) {
        let mut former = 0;
        for (mut key, item) in self.toml.as_table_mut().iter_mut() {
            if !item.is_value() {
                continue;
            }
            let group = match key.get() {
                "announced" | "released" | "updated" | "knowledge_cutoff" | "deprecated" | "retired" => 1,
                "context_window" | "max_input" | "max_output" | "modalities" => 2,
                "weights" | "weights_url" | "license" | "license_url" | "parameters" | "active_parameters" => 3,
                "source" | "as_of" => 4,
                _ => 0,
            };
            if group != former && group > 0 {
                key.leaf_decor_mut().set_prefix("\n");
            }
            former = group;
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        self.toml.to_string()
    }

    /// What stands at a place, in one form. Of a price that which holds on this day.
    #[must_use]
    pub fn get(&self, slot: &Slot, today: Date) -> Option<String> {
        match slot {
            Slot::Key(path) => {
                let mut table: &dyn TableLike = self.toml.as_table();
                let (last, tables) = path.split_last()?;
                for key in tables {
                    table = table.get(key)?.as_table_like()?;
                }
                table.get(last)?.as_value().map(said)
            }
            Slot::Offer(offer, key) => self.offer(offer)?.get(key)?.as_value().map(said),
            Slot::Price(offer, price) => {
                let table = match offer {
                    Some(offer) => self.offer(offer)?.get("price")?.as_table_like()?,
                    None => self.toml.get("price")?.as_table_like()?,
                };
                prices::current(table, price, today)
            }
            Slot::Row(list, identity) => {
                let rows = self.toml.get(list)?.as_array_of_tables()?;
                rows.iter().find(|row| is_row(row, list, identity)).map(row_said)
            }
        }
    }

    /// Whether there is a table or list of this name, with something in it.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        match self.toml.get(key) {
            Some(Item::Value(Value::InlineTable(table))) => !table.is_empty(),
            Some(Item::Table(table)) => !table.is_empty(),
            Some(Item::ArrayOfTables(rows)) => !rows.is_empty(),
            Some(item) => !item.is_none(),
            None => false,
        }
    }

    /// A text that stands at the top of the file.
    #[must_use]
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.toml.get(key)?.as_str()
    }

    /// The texts of a list at the top of the file; none where there is no such list.
    #[must_use]
    pub fn texts_at(&self, key: &str) -> Option<Vec<&str>> {
        Some(self.toml.get(key)?.as_array()?.iter().filter_map(Value::as_str).collect())
    }

    /// The number that stands at the keys.
    #[must_use]
    pub fn number_at(&self, path: &[&str]) -> Option<rust_decimal::Decimal> {
        let slot = Slot::Key(path.iter().map(|part| (*part).to_owned()).collect());
        let Slot::Key(path) = &slot else { return None };
        let mut table: &dyn TableLike = self.toml.as_table();
        let (last, tables) = path.split_last()?;
        for key in tables {
            table = table.get(key)?.as_table_like()?;
        }
        super::number::exact(&said(table.get(last)?.as_value()?)).ok().map(|number| number.value)
    }

    /// The benchmarks of which the file of a model has a score, short or in full.
    #[must_use]
    pub fn scored(&self) -> Vec<String> {
        let short = self.toml.get("scores").and_then(Item::as_table_like);
        let short = short.into_iter().flat_map(|table| table.iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>());
        let rows = self.toml.get("score").and_then(Item::as_array_of_tables);
        let rows = rows.into_iter().flat_map(ArrayOfTables::iter);
        short.chain(rows.filter_map(|row| row.get("benchmark")?.as_str().map(str::to_owned))).collect()
    }

    /// The models of which the file of a benchmark has results.
    #[must_use]
    pub fn results(&self) -> Vec<String> {
        let short = self.toml.get("results").and_then(Item::as_table_like);
        let short = short.into_iter().flat_map(|table| table.iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>());
        let rows = self.toml.get("result").and_then(Item::as_array_of_tables);
        let rows = rows.into_iter().flat_map(ArrayOfTables::iter);
        short.chain(rows.filter_map(|row| row.get("model")?.as_str().map(str::to_owned))).collect()
    }

    /// Whether an offer has a price.
    #[must_use]
    pub fn has_price(&self, offer: &OfferKey) -> bool {
        self.offer(offer).is_some_and(|table| table.contains_key("price"))
    }

    /// Every offer of a provider's file; one without an ID of its own has an empty one.
    #[must_use]
    pub fn offers(&self) -> Vec<OfferKey> {
        let rows = self.toml.get("offer").and_then(Item::as_array_of_tables);
        let text = |row: &Table, key: &str| row.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
        let offers = rows.into_iter().flat_map(ArrayOfTables::iter);
        offers.map(|row| OfferKey { model: text(row, "model"), id: text(row, "id") }).collect()
    }

    /// Whether a provider's file has an offer.
    #[must_use]
    pub fn has_offer(&self, offer: &OfferKey) -> bool {
        self.offers.contains_key(offer)
    }

    fn offer(&self, key: &OfferKey) -> Option<&Table> {
        self.toml.get("offer")?.as_array_of_tables()?.get(*self.offers.get(key)?)
    }

    fn offer_mut(&mut self, key: &OfferKey) -> Option<&mut Table> {
        let offers = self.toml.entry("offer").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let offers = offers.as_array_of_tables_mut()?;
        let place = *self.offers.entry(key.clone()).or_insert_with(|| {
            let mut row = Table::new();
            row.insert("model", toml_edit::value(key.model.as_str()));
            row.insert("id", toml_edit::value(key.id.as_str()));
            offers.push(row);
            offers.len() - 1
        });
        offers.get_mut(place)
    }

    /// Puts a value at a place where there is none, or in the place of another. A price that holds already ends on the day
    /// before, and the new one begins.
    ///
    /// # Errors
    ///
    /// Why it cannot stand there.
    pub fn set(&mut self, slot: &Slot, written: &str, today: Date) -> Result<(), String> {
        match slot {
            Slot::Key(path) => {
                let (last, tables) = path.split_last().ok_or("a place without a key")?;
                let mut table: &mut dyn TableLike = self.toml.as_table_mut();
                for key in tables {
                    let new = || if path[0] == "modalities" { inline() } else { implicit(key) };
                    let item = table.entry(key).or_insert_with(new);
                    table = item.as_table_like_mut().ok_or_else(|| format!("`{key}` is no table"))?;
                }
                put(table, last, written)
            }
            Slot::Offer(offer, key) => {
                let table = self.offer_mut(offer).ok_or("`offer` is no list of tables")?;
                put(table, key, written)
            }
            Slot::Price(offer, price) => prices::set(self.price_table(offer.as_ref())?, price, written, today),
            Slot::Row(list, identity) => {
                let rows = self.toml.entry(list).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
                let rows = rows.as_array_of_tables_mut().ok_or_else(|| format!("`{list}` is no list of tables"))?;
                if !rows.iter().any(|row| is_row(row, list, identity)) {
                    rows.push(Table::new());
                }
                let last = rows.len() - 1;
                let at = rows.iter().position(|row| is_row(row, list, identity)).unwrap_or(last);
                let row = rows.get_mut(at).ok_or("a row that is not there")?;
                let value = written.parse::<Value>().map_err(|error| error.to_string())?;
                let table = value.as_inline_table().ok_or("a row is a table")?;
                let gone: Vec<String> =
                    row.iter().map(|(key, _)| key.to_owned()).filter(|key| !table.contains_key(key)).collect();
                for key in gone {
                    row.remove(&key);
                }
                table.iter().try_for_each(|(key, value)| put(row, key, value.to_string().trim()))
            }
        }
    }

    fn price_table(&mut self, offer: Option<&OfferKey>) -> Result<&mut Table, String> {
        let owner = match offer {
            Some(offer) => self.offer_mut(offer).ok_or("`offer` is no list of tables")?,
            None => self.toml.as_table_mut(),
        };
        let item = owner.entry("price").or_insert_with(toml_edit::table);
        if let Item::Value(Value::InlineTable(_)) = item {
            // Rows do not fit into one line.
            let Item::Value(Value::InlineTable(table)) = std::mem::take(item) else { return Err("a price".to_owned()) };
            *item = Item::Table(table.into_table());
        }
        item.as_table_mut().ok_or_else(|| "`price` is no table".to_owned())
    }

    /// Takes a value away. A price ends on the day before.
    ///
    /// # Errors
    ///
    /// Why it cannot be taken away.
    pub fn remove(&mut self, slot: &Slot, today: Date) -> Result<(), String> {
        match slot {
            Slot::Key(path) => {
                remove_key(self.toml.as_table_mut(), path);
                Ok(())
            }
            Slot::Offer(offer, key) => {
                if let Some(table) = self.offer_mut(offer) {
                    table.remove(key);
                }
                Ok(())
            }
            Slot::Price(offer, price) => prices::end(self.price_table(offer.as_ref())?, price, today),
            Slot::Row(list, identity) => {
                if let Some(rows) = self.toml.get_mut(list).and_then(Item::as_array_of_tables_mut) {
                    rows.retain(|row| !is_row(row, list, identity));
                }
                Ok(())
            }
        }
    }
}

/// Takes a key away, and tables that are empty then.
fn remove_key(table: &mut dyn TableLike, path: &[String]) {
    match path {
        [] => {}
        [last] => {
            table.remove(last);
        }
        [first, rest @ ..] => {
            let Some(inner) = table.get_mut(first).and_then(Item::as_table_like_mut) else { return };
            remove_key(inner, rest);
            if inner.is_empty() {
                table.remove(first);
            }
        }
    }
}

/// Puts a value at a key; of one that is there its place, comments and layout stay.
fn put(table: &mut dyn TableLike, key: &str, written: &str) -> Result<(), String> {
    let mut value = written.parse::<Value>().map_err(|error| format!("{key}: {error}"))?;
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            value.decor_mut().clear();
            table.insert(key, Item::Value(value));
        }
    }
    Ok(())
}

fn inline() -> Item {
    Item::Value(Value::InlineTable(toml_edit::InlineTable::new()))
}

/// A table whose head is not written where only its tables have values.
fn implicit(key: &str) -> Item {
    let mut table = Table::new();
    table.set_implicit(matches!(key, "sources" | "provenance"));
    Item::Table(table)
}

fn is_row(row: &Table, list: &str, identity: &[String]) -> bool {
    let Some((_, keys)) = LISTS.into_iter().find(|(name, _)| *name == list) else { return false };
    let text = |key: &str| row.get(key).and_then(Item::as_str).unwrap_or_default();
    keys.iter().zip(identity).all(|(key, part)| text(key) == part)
}

fn row_said(row: &Table) -> String {
    plain(&format!("{{ {} }}", {
        let entries =
            row.iter().filter_map(|(key, item)| item.as_value().map(|value| format!("{key} = {}", said(value))));
        entries.collect::<Vec<_>>().join(", ")
    }))
}
