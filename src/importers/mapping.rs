//! Which record of upstream is which model of the catalogue: a file that the import writes, and a person edits.
//!
//! What stands in it wins over every rule, so that a decision that was taken once stays.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// What a record was joined to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A model or developer of the catalogue, and the rule by which it was found; a person's entry has none.
    Is(String, Option<String>),
    /// A person wants it left out: `false`.
    Nothing,
}

/// All joins that are written down.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// Names that upstream has for developers.
    pub developers: BTreeMap<String, Entry>,
    /// Records of models.
    pub models: BTreeMap<String, Entry>,
    /// Names of benchmarks; the import adds none.
    pub benchmarks: BTreeMap<String, Entry>,
    /// Ids that upstream has for providers; the import adds none.
    pub providers: BTreeMap<String, Entry>,
    /// Records of offers, by provider and ID there.
    pub offers: BTreeMap<(String, String), Entry>,
    toml: DocumentMut,
    is_new: bool,
}

const HEAD: &str = "\
# Which record of upstream is which model of this catalogue. The import adds lines and changes none:
# what stands here wins over its rules. Edit a line to join a record to another model, write `false` in the place of
# the braces to leave it out, or take the line away to have the rules applied anew.\n";

impl Mapping {
    /// Reads a mapping file; an empty text is an empty one.
    ///
    /// # Errors
    ///
    /// What is not understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let toml: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
        let mut mapping = Self { is_new: text.is_empty(), ..Self::default() };
        for (key, item) in toml.iter() {
            let table = item.as_table_like().ok_or_else(|| format!("`{key}` is no table"))?;
            match key {
                "developer" => mapping.developers = entries(key, table)?,
                "benchmark" => mapping.benchmarks = entries(key, table)?,
                "provider" => mapping.providers = entries(key, table)?,
                "model" => mapping.models = entries(key, table)?,
                "offer" => {
                    for (provider, item) in table.iter() {
                        let inner = item.as_table_like().ok_or_else(|| format!("`offer.{provider}` is no table"))?;
                        let inner = entries(provider, inner)?;
                        let inner = inner.into_iter().map(|(id, entry)| ((provider.to_owned(), id), entry));
                        mapping.offers.extend(inner);
                    }
                }
                _ => {
                    return Err(format!(
                        "unknown table `{key}`: it can be benchmark, developer, model, offer or provider"
                    ));
                }
            }
        }
        mapping.toml = toml;
        Ok(mapping)
    }

    /// The ids that providers have here, by upstream's.
    #[must_use]
    pub fn services(&self) -> BTreeMap<String, String> {
        let named = self.providers.iter().filter_map(|(theirs, entry)| match entry {
            Entry::Is(ours, _) => Some((theirs.clone(), ours.clone())),
            Entry::Nothing => None,
        });
        named.collect()
    }

    /// Adds how the name of a developer was understood.
    pub fn add_developer(&mut self, name: &str, id: &str, rule: &str) {
        self.developers.insert(name.to_owned(), Entry::Is(id.to_owned(), Some(rule.to_owned())));
        insert(table(self.toml.as_table_mut(), "developer"), name, "id", id, rule);
    }

    /// Adds what the record of a model was joined to.
    pub fn add_model(&mut self, id: &str, model: &str, rule: &str) {
        self.models.insert(id.to_owned(), Entry::Is(model.to_owned(), Some(rule.to_owned())));
        insert(table(self.toml.as_table_mut(), "model"), id, "model", model, rule);
    }

    /// Adds what an offer was joined to.
    pub fn add_offer(&mut self, provider: &str, id: &str, model: &str, rule: &str) {
        let entry = Entry::Is(model.to_owned(), Some(rule.to_owned()));
        self.offers.insert((provider.to_owned(), id.to_owned()), entry);
        let offers = table(self.toml.as_table_mut(), "offer");
        offers.set_implicit(true);
        insert(table(offers, provider), id, "model", model, rule);
    }

    /// The text of the file: what was there as it was, new lines in their places.
    #[must_use]
    pub fn text(mut self) -> String {
        for key in ["developer", "model"] {
            if let Some(table) = self.toml.get_mut(key).and_then(Item::as_table_mut) {
                table.sort_values();
            }
        }
        if let Some(offers) = self.toml.get_mut("offer").and_then(Item::as_table_mut) {
            for (_, item) in offers.iter_mut() {
                if let Some(table) = item.as_table_mut() {
                    table.sort_values();
                }
            }
        }
        // A comment belongs to the table below it, and a new file has none yet.
        if self.is_new { format!("{HEAD}\n{}", self.toml) } else { self.toml.to_string() }
    }
}

fn entries(name: &str, table: &dyn TableLike) -> Result<BTreeMap<String, Entry>, String> {
    let mut entries = BTreeMap::new();
    for (key, item) in table.iter() {
        let wrong = || format!("`{key}` in `{name}`: an ID, a table with `model`, or false");
        let entry = match item.as_value().ok_or_else(wrong)? {
            Value::String(id) => Entry::Is(id.value().clone(), None),
            Value::Boolean(flag) if !*flag.value() => Entry::Nothing,
            Value::InlineTable(table) => {
                let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
                Entry::Is(text("model").or_else(|| text("id")).ok_or_else(wrong)?, text("rule"))
            }
            _ => return Err(wrong()),
        };
        entries.insert(key.to_owned(), entry);
    }
    Ok(entries)
}

fn table<'a>(parent: &'a mut Table, key: &str) -> &'a mut Table {
    let item = parent.entry(key).or_insert_with(toml_edit::table);
    if !item.is_table() {
        // Only `parse` lets others in, and it takes tables alone.
        *item = toml_edit::table();
    }
    item.as_table_mut().expect("it is a table by now")
}

fn insert(table: &mut Table, key: &str, what: &str, value: &str, rule: &str) {
    let mut entry = InlineTable::new();
    entry.insert(what, value.into());
    entry.insert("rule", rule.into());
    table.insert(key, Item::Value(Value::InlineTable(entry)));
}
