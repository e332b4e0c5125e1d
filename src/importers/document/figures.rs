//! The numbers and dates of a content file, each with its place in the text: what a cross-check holds against another catalogue.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{ArrayOfTables, Item, Table, TableLike, Value};

use super::prices;
use crate::importers::date::Date;
use crate::importers::fact::Fact;
use crate::importers::slot::{OfferKey, PriceKey};
use crate::importers::value::said;

/// The facts that are numbers or dates.
pub const FACTS: [Fact; 11] = [
    Fact::Announced,
    Fact::Released,
    Fact::Updated,
    Fact::KnowledgeCutoff,
    Fact::Deprecated,
    Fact::Retired,
    Fact::ContextWindow,
    Fact::MaxInput,
    Fact::MaxOutput,
    Fact::Parameters,
    Fact::ActiveParameters,
];

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it says, in one form.
    pub value: String,
    /// The bytes of the file that say so.
    pub span: Range<usize>,
}

/// A price and its place.
#[derive(Debug, Clone)]
pub struct Price {
    /// What it is the price of.
    pub key: PriceKey,
    /// The amount.
    pub figure: Figure,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

/// A model as a provider serves it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which one. The ID is empty where the file gives none.
    pub key: OfferKey,
    /// Region or deployment.
    pub region: Option<String>,
    /// Its first byte in the file.
    pub start: usize,
    /// Its own limits, by their keys.
    pub limits: BTreeMap<&'static str, Figure>,
    /// Its prices, on whatever days.
    pub prices: Vec<Price>,
}

/// A score and its place. Texts that the file does not give are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The other side: the benchmark, or the model where the file is that of the benchmark.
    pub of: String,
    /// Version of the benchmark.
    pub version: String,
    /// Program or agent around the model.
    pub harness: String,
    /// Setting of the model.
    pub variant: String,
    /// What was counted.
    pub metric: String,
    /// Who measured.
    pub measured: String,
    /// The score.
    pub figure: Figure,
}

/// The figures of one file, whatever its kind: what a kind has not is empty.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Numbers and dates of a model, by their keys.
    pub facts: BTreeMap<&'static str, Figure>,
    /// List prices of a model, on whatever days.
    pub prices: Vec<Price>,
    /// Offers of a provider.
    pub offers: Vec<Offer>,
    /// Scores of a model, or results of a benchmark.
    pub scores: Vec<Score>,
}

/// Reads the figures of a file.
///
/// # Errors
///
/// When the text is no TOML.
pub fn read(text: &str) -> Result<Figures, String> {
    let document = toml_edit::Document::parse(text).map_err(|error| error.message().to_owned())?;
    let root = document.as_table();
    let offers = rows(root, "offer").map(|row| Offer {
        key: OfferKey { model: text_at(row, "model"), id: text_at(row, "id") },
        region: row.get("region").and_then(Item::as_str).map(str::to_owned),
        start: row.span().map_or(0, |span| span.start),
        limits: facts(row),
        prices: prices(row),
    });
    // A short result has the settings that stand at the head of its file, a row its own first. Of a model's file only short scores
    // do, and from a table of theirs.
    let of_model = root.get("scores_from").and_then(Item::as_table_like);
    let mut scores: Vec<Score> = short_scores(root, "scores", of_model);
    scores.extend(rows(root, "score").filter_map(|row| score(row, "benchmark", None)));
    scores.extend(short_scores(root, "results", Some(root)));
    scores.extend(rows(root, "result").filter_map(|row| score(row, "model", Some(root))));
    Ok(Figures { facts: facts(root), prices: prices(root), offers: offers.collect(), scores })
}

fn rows<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> + use<'a> {
    table.get(key).and_then(Item::as_array_of_tables).into_iter().flat_map(ArrayOfTables::iter)
}

fn text_at(table: &dyn TableLike, key: &str) -> String {
    table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned()
}

fn figure(value: &Value) -> Option<Figure> {
    Some(Figure { value: said(value), span: value.span()? })
}

fn facts(table: &Table) -> BTreeMap<&'static str, Figure> {
    let facts = FACTS.into_iter().filter_map(|fact| Some((fact.key(), figure(table.get(fact.key())?.as_value()?)?)));
    facts.collect()
}

fn prices(owner: &Table) -> Vec<Price> {
    let Some(table) = owner.get("price").and_then(Item::as_table_like) else { return Vec::new() };
    let (from, until) = (prices::day(table, "from"), prices::day(table, "until"));
    let prices = prices::all(table).into_iter().filter_map(|price| {
        let figure = Figure { value: price.said(), span: price.value.span()? };
        Some(Price { from: price.from.or(from), until: price.until.or(until), key: price.key, figure })
    });
    prices.collect()
}

fn short_scores(root: &Table, key: &str, settings: Option<&dyn TableLike>) -> Vec<Score> {
    let scores = root.get(key).and_then(Item::as_table_like).into_iter().flat_map(|table| table.iter());
    let setting = |key: &str| settings.map(|table| text_at(table, key)).unwrap_or_default();
    let scores = scores.filter_map(|(of, item)| {
        Some(Score {
            of: of.to_owned(),
            version: String::new(),
            harness: setting("harness"),
            variant: setting("variant"),
            metric: String::new(),
            measured: setting("measured"),
            figure: figure(item.as_value()?)?,
        })
    });
    scores.collect()
}

fn score(row: &Table, of: &str, settings: Option<&Table>) -> Option<Score> {
    let or_setting = |key: &str| match settings {
        Some(settings) if !row.contains_key(key) => text_at(settings, key),
        _ => text_at(row, key),
    };
    Some(Score {
        of: text_at(row, of),
        version: text_at(row, "version"),
        harness: or_setting("harness"),
        variant: or_setting("variant"),
        metric: text_at(row, "metric"),
        measured: or_setting("measured"),
        figure: figure(row.get("value")?.as_value()?)?,
    })
}
