//! A row as it is read, and the model and offer that it is.

use std::collections::{BTreeMap, BTreeSet};

use super::cell;
use super::columns::{Column, Key};
use crate::importers::content::slug;
use crate::importers::fact::{Fact, Facts};
use crate::importers::fields::{Fields, is_unseen};
use crate::importers::foreign::Value;
use crate::importers::join::path_of;
use crate::importers::ledger::{Given, RecordId};
use crate::importers::price::{Amount, PriceRow};
use crate::importers::upstream::{Benchmark, Model, Offer, Party, Score, Upstream};

/// What former rows were about.
#[derive(Default)]
pub(super) struct Seen {
    /// ID of the model by the path of its file.
    models: BTreeMap<String, String>,
    /// Provider and ID of each offer.
    offers: BTreeSet<(String, String)>,
}

/// A row.
#[derive(Default)]
pub(super) struct Row {
    id: Option<Given<String>>,
    developer: Option<Given<String>>,
    provider: Option<Given<String>>,
    offer_id: Option<Given<String>>,
    facts: Facts,
    prices: Vec<PriceRow>,
    scores: Vec<Score>,
    /// Benchmarks whose scores are percentages.
    percentages: BTreeSet<String>,
}

impl Row {
    /// Reads a cell.
    pub(super) fn cell(&mut self, fields: &mut Fields<'_>, head: &str, column: &Column) {
        let Some((node, place)) = fields.node_of(head) else { return };
        let text = match &node.value {
            _ if column.key == Key::Nothing => {
                return fields.ledger().leave_out(place, "left out by the file of columns");
            }
            Value::Number(text) | Value::Text(text) => Given { value: text.clone(), place },
            _ => return fields.ledger().leave_out(place, "an empty cell: not known"),
        };
        // A paragraph can go over lines.
        let is_summary = column.key == Key::Fact(Fact::Summary);
        if text.value.chars().any(|c| is_unseen(c) && !(is_summary && c.is_whitespace())) {
            return fields.ledger().leave_out(place, "holds a line break, or another character that cannot be seen");
        }
        match &column.key {
            Key::Nothing => {}
            Key::Id => self.id = Some(text),
            Key::Developer => self.developer = Some(text),
            Key::Provider => self.provider = Some(text),
            Key::OfferId => self.offer_id = Some(text),
            Key::Price(component) => {
                let Some(price) = cell::price(fields, &text, column) else { return };
                let mut row = PriceRow::of(*component, Amount::Money(price.value), place);
                row.unit = column.per.0;
                column.currency.clone_into(&mut row.currency);
                self.prices.push(row);
            }
            Key::Score(benchmark) => {
                let Some(value) = cell::number(fields, &text, column) else { return };
                if column.is_percentage {
                    self.percentages.insert(benchmark.clone());
                }
                let may_be_share = !column.is_percentage;
                let benchmark = Given { value: benchmark.clone(), place };
                self.scores.push(Score { may_be_share, ..Score::new(benchmark, value) });
            }
            Key::Fact(fact) => self.facts.put(*fact, cell::datum(*fact, fields, text, column)),
        }
    }

    /// Makes the model and the offer that the row is about.
    pub(super) fn settle(self, record: RecordId, upstream: &mut Upstream, seen: &mut Seen) -> Result<(), &'static str> {
        let (id, developer) = self.named()?;
        let provider = match &self.provider {
            Some(given) => slug(&given.value),
            None => developer.clone(),
        };
        if provider.is_empty() {
            return Err("the name of the provider has no letter to make an id of");
        }
        let written = self.id.clone().ok_or(NO_ID)?;
        let path = path_of(&id);
        let is_new = !seen.models.contains_key(&path);
        // Another row can have written it with other case or signs.
        let id = seen.models.entry(path).or_insert(id).clone();
        upstream.ledger.merge(written.place, &id, "names the model");
        self.parties(&developer, &provider, upstream);
        if is_new {
            for score in &self.scores {
                let name = &score.benchmark.value;
                let unit = self.percentages.contains(name).then_some("%");
                upstream.benchmarks.insert(name.clone(), Benchmark { unit });
            }
            let model = Model::new(id.clone(), record, developer);
            upstream.models.push(Model { facts: self.facts.clone(), scores: self.scores, ..model });
        } else {
            for score in self.scores {
                upstream.ledger.leave_out(score.value.place, "another row has the scores of the model");
            }
        }
        if self.provider.is_none() && self.prices.is_empty() {
            if let Some(given) = self.offer_id {
                upstream.ledger.leave_out(given.place, "the name of an offer that has neither a provider nor a price");
            }
            return if is_new { Ok(()) } else { Err("another row is about the same model") };
        }
        let called = self.offer_id.map_or(written.value, |given| {
            upstream.ledger.merge(given.place, "offer", "the name of the offer");
            given.value
        });
        if !seen.offers.insert((provider.clone(), called.clone())) {
            return Err("another row is about the same offer");
        }
        let base = Some(Given { value: id, place: written.place });
        upstream.offers.push(Offer {
            base,
            facts: self.facts,
            prices: self.prices,
            ..Offer::new(called, record, provider)
        });
        Ok(())
    }

    /// ID of the model, and id of its developer: that of the column, otherwise what stands in front of the ID.
    fn named(&self) -> Result<(String, String), &'static str> {
        let id = &self.id.as_ref().ok_or(NO_ID)?.value;
        let (first, rest) = id.split_once('/').map_or((None, id.as_str()), |(first, rest)| (Some(first), rest));
        let developer = match (&self.developer, first) {
            (Some(given), _) => slug(&given.value),
            (None, Some(first)) => slug(first),
            (None, None) => {
                return Err("does not say who makes the model: neither a column nor what is in front of the ID");
            }
        };
        let is_own = first.is_some_and(|first| slug(first) == developer);
        let stem = if is_own { rest } else { rest.rsplit('/').next().unwrap_or(rest) };
        if developer.is_empty() || slug(stem).is_empty() {
            return Err("the name of the developer or the ID has no letter to make an address of");
        }
        Ok((format!("{developer}/{stem}"), developer))
    }

    /// Enters who makes the model and who serves it, by the names that the first row gives them.
    fn parties(&self, developer: &str, provider: &str, upstream: &mut Upstream) {
        let mut enter = |parties: &mut BTreeMap<String, Party>, id: &str, name: Option<&Given<String>>, what: &str| {
            let name = name.map(|given| given.clone().map(|name| name.trim().to_owned()));
            if let Some(given) = &name {
                upstream.ledger.merge(given.place, id, what);
            }
            let party = parties.entry(id.to_owned()).or_default();
            party.name = party.name.take().or(name);
        };
        enter(&mut upstream.developers, developer, self.developer.as_ref(), "names the developer");
        if self.provider.is_some() || !self.prices.is_empty() {
            let name = self.provider.as_ref().or(self.developer.as_ref());
            enter(&mut upstream.providers, provider, name, "names the provider");
        }
    }
}

/// What a row is left out for that is about nothing.
const NO_ID: &str = "names no model";
