//! llm-prices by Simon Willison: `data/<vendor>.json`, each a vendor's own prices per 1M tokens.

use std::collections::BTreeSet;

use super::content::slug;
use super::fact::{Fact, Facts};
use super::fields::Fields;
use super::foreign::{self, Node, Value};
use super::join::path_of;
use super::ledger::{Fate, Given, RecordId};
use super::price::{Amount, Component, PriceRow};
use super::upstream::{Model, Offer, Party, Upstream};
use super::{Format, Reader};
use crate::files::ForeignFile;

pub(super) const FORMAT: Format = Format {
    name: "llm-prices",
    summary: "the folder data/ of simonw/llm-prices, or one of its files",
    title: "llm-prices",
    publisher: "Simon Willison",
    url: Some("https://www.llm-prices.com/"),
    reader: Reader::Files(read),
};

fn read(files: &[ForeignFile]) -> Upstream {
    let mut upstream = Upstream::default();
    let mut paths = BTreeSet::new();
    for file in files {
        if file.path.rsplit('.').next() != Some("json") && file.path != "-" {
            let why = "not a JSON file: no record".to_owned();
            upstream.ledger.enter(&file.path, &file.path, Fate::LeftOut(why));
            continue;
        }
        let Some((vendor, models)) = upstream.ledger.parsed(file, &file.path, vendor) else { continue };
        let developer = slug(&vendor);
        if developer.is_empty() {
            let why = "the vendor's name has no letter to make an id of".to_owned();
            upstream.ledger.enter(&file.path, &vendor, Fate::LeftOut(why));
            continue;
        }
        upstream.providers.insert(developer.clone(), Party::default());
        for node in &models {
            entry(&mut upstream, file, &developer, node, &mut paths);
        }
    }
    upstream
}

/// The name of a vendor and its records.
fn vendor(text: &str) -> Result<(String, Vec<Node>), String> {
    let (mut vendor, mut models) = (None, None);
    let Value::Table(entries) = foreign::json(text)?.value else { return Err(NO_VENDOR.to_owned()) };
    for (key, node) in entries {
        match (key.as_str(), node.value) {
            ("vendor", Value::Text(name)) => vendor = Some(name),
            ("models", Value::List(items)) => models = Some(items),
            _ => {}
        }
    }
    vendor.zip(models).ok_or_else(|| NO_VENDOR.to_owned())
}

/// What a file is left out for that is of another kind.
const NO_VENDOR: &str = "no vendor with a list of models";

/// Reads a record as the vendor's own offer, and as its model.
fn entry(upstream: &mut Upstream, file: &ForeignFile, developer: &str, node: &Node, paths: &mut BTreeSet<String>) {
    let name = foreign::text_at(node, "id").unwrap_or("no ID");
    let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, &format!("{developer}: {name}"), node);
    let read =
        fields.map(|mut fields| one(&mut fields, developer, record).inspect_err(|why| fields.leave_out_all(why)));
    match read {
        None => {}
        Some(Err(why)) => upstream.ledger.leave_out_record(record, why),
        Some(Ok(offer)) => {
            let id = format!("{developer}/{}", offer.id);
            if !paths.insert(path_of(&id)) {
                return upstream.ledger.leave_out_record(record, "another record of the vendor has the same ID");
            }
            upstream.models.push(Model { facts: offer.facts.clone(), ..Model::new(id, record, developer) });
            upstream.offers.push(offer);
        }
    }
}

/// Why the prices of former days are not in the content.
const PAST: &str = "a price of former days: an import writes what holds, and dates it when it changes";

fn one(fields: &mut Fields<'_>, developer: &str, record: RecordId) -> Result<Offer, &'static str> {
    let id = fields.text("id").ok_or("has no ID")?;
    let name = fields.text("name");
    if name.as_ref().is_some_and(|name| name.value.contains('>')) {
        return Err("a price for long prompts under an ID of its own, which is no model");
    }
    fields.ledger().merge(id.place, "offer", "the ID is the name of the record");
    let mut prices = Vec::new();
    fields.tables("price_history", |fields| {
        let (from, until) = (fields.date("from_date"), fields.date("to_date"));
        let ended = until.is_some();
        for date in [from, until].into_iter().flatten() {
            let why = if ended { PAST } else { "an import dates a price on the day on which it meets another" };
            fields.ledger().leave_out(date.place, why);
        }
        if ended {
            for key in ["input", "output", "input_cached"] {
                fields.leave_out(key, PAST);
            }
            return;
        }
        for (key, component) in
            [("input", Component::Input), ("output", Component::Output), ("input_cached", Component::CacheRead)]
        {
            let Some(given) = fields.price(key, 0) else { continue };
            prices.push(PriceRow::of(component, Amount::Money(given.value), given.place));
        }
    });
    let mut facts = Facts::default();
    // `≤200k` behind a name says which of two prices it is, and is no part of the name.
    let name =
        name.map(|given: Given<String>| given.map(|name| name.split('≤').next().unwrap_or_default().trim().to_owned()));
    facts.text(Fact::Name, name.filter(|name| !name.value.is_empty()));
    Ok(Offer { facts, prices, ..Offer::new(id.value, record, developer) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::value::amount;

    fn upstream(text: &str) -> Upstream {
        read(&[
            ForeignFile { path: "README.md".to_owned(), link_to: None, text: Ok("# Data".to_owned()) },
            ForeignFile { path: "acme.json".to_owned(), link_to: None, text: Ok(text.to_owned()) },
        ])
    }

    #[test]
    fn what_holds_is_taken_and_what_held_is_told() {
        let upstream = upstream(
            r#"{ "vendor": "acme", "models": [
                { "id": "m-1", "name": "M 1 ≤200k", "price_history": [
                  { "input": 10.00, "output": 40, "input_cached": null, "from_date": "2026-06-13", "to_date": null },
                  { "input": 50, "output": 200, "from_date": "2026-06-01", "to_date": "2026-06-13" } ] },
                { "id": "m-1-200k", "name": "M 1 >200k", "price_history": [
                  { "input": 20, "output": 80, "from_date": null, "to_date": null } ] },
                { "name": "Nameless" } ] }"#,
        );
        assert_eq!(upstream.models.len(), 1);
        let offer = &upstream.offers[0];
        assert_eq!(offer.facts.text_of(Fact::Name), Some("M 1"));
        let rows: Vec<_> = offer.prices.iter().map(|row| (row.component, amount(row.amount, "USD"))).collect();
        assert_eq!(rows, [(Component::Input, "10".to_owned()), (Component::Output, "40".to_owned())]);
        let past = upstream.ledger.fields().iter().filter(|field| field.fate == Fate::LeftOut(PAST.to_owned()));
        assert_eq!(past.count(), 4);
        let fates: Vec<bool> =
            upstream.ledger.records().iter().map(|record| matches!(record.fate, Fate::LeftOut(_))).collect();
        assert_eq!(fates, [true, false, true, true]);
    }

    #[test]
    fn a_file_of_another_kind_is_told() {
        assert!(upstream("[]").offers.is_empty());
        assert!(matches!(&upstream("{").ledger.records()[1].fate, Fate::LeftOut(why) if why.contains("JSON")));
    }
}
