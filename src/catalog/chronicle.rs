//! All changes of a catalogue in the order of time, of each developer and of each provider too. Made once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::changes::is_ahead;
use super::{Catalog, Change, Date, DeveloperId, ModelIndex, ProviderId, What};

/// Every change, the oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Chronicle {
    all: Vec<Entry>,
    /// Of each developer those of its models and of its own offers of them.
    by_developer: BTreeMap<DeveloperId, Vec<Entry>>,
    /// The price changes of the offers of each provider.
    by_provider: BTreeMap<ProviderId, Vec<Entry>>,
}

/// A change by its place among those of its model. In order by date; at one date by what it is, then by model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    date: Date,
    rank: u8,
    model: ModelIndex,
    at: usize,
    /// Whether it is the end of something.
    ends: bool,
}

impl Chronicle {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut chronicle = Self::default();
        for (index, model) in catalog.indexed_models() {
            for (at, change) in model.changes().iter().enumerate() {
                let (rank, ends) = (change.what.rank(), change.ends());
                let entry = Entry { date: change.date, rank, model: index, at, ends };
                let offer = change.what.offer();
                if let Some(provider) = offer.and_then(|offer| offer.provider.as_ref()) {
                    chronicle.by_provider.entry(provider.clone()).or_default().push(entry.clone());
                }
                if offer.is_none_or(|offer| offer.own) {
                    chronicle.by_developer.entry(model.developer.clone()).or_default().push(entry.clone());
                }
                chronicle.all.push(entry);
            }
        }
        chronicle.all.sort_unstable();
        let parts = chronicle.by_developer.values_mut().chain(chronicle.by_provider.values_mut());
        parts.for_each(|entries| entries.sort_unstable());
        chronicle
    }
}

impl Entry {
    fn is_ahead(&self, today: Date) -> bool {
        is_ahead(self.date, self.ends, today)
    }
}

/// Changes in the order of time: all of a catalogue, or those of a part of it.
#[derive(Debug, Clone, Copy)]
pub struct Changes<'a> {
    catalog: &'a Catalog,
    chronicle: &'a Chronicle,
    entries: &'a [Entry],
}

impl<'a> Changes<'a> {
    pub(super) fn new(catalog: &'a Catalog, chronicle: &'a Chronicle) -> Self {
        Self { catalog, chronicle, entries: &chronicle.all }
    }

    /// Those of the models of a developer, with the prices of its own offers alone.
    #[must_use]
    pub fn of_developer(self, developer: &DeveloperId) -> Self {
        Self { entries: self.chronicle.by_developer.get(developer).map_or(&[], Vec::as_slice), ..self }
    }

    /// The price changes of the offers of a provider.
    #[must_use]
    pub fn of_provider(self, provider: &ProviderId) -> Self {
        Self { entries: self.chronicle.by_provider.get(provider).map_or(&[], Vec::as_slice), ..self }
    }

    /// Of these, those of a year.
    #[must_use]
    pub fn of_year(self, year: i16) -> Self {
        let before = |last: i16| self.entries.partition_point(|entry| entry.date.year() <= last);
        Self { entries: &self.entries[before(year - 1)..before(year)], ..self }
    }

    /// Of these, those at some places in their order; none when there are no such places.
    #[must_use]
    pub fn between(self, places: Range<usize>) -> Self {
        Self { entries: self.entries.get(places).unwrap_or_default(), ..self }
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.entries.is_empty()
    }

    /// The years that have any, the oldest first, each with how many it has.
    pub fn years(self) -> impl Iterator<Item = (i16, usize)> {
        let years = self.entries.chunk_by(|a, b| a.date.year() == b.date.year());
        years.filter_map(|entries| Some((entries.first()?.date.year(), entries.len())))
    }

    /// All of them, the oldest first.
    pub fn in_order(self) -> impl Iterator<Item = Change<'a>> {
        self.told(self.entries.iter())
    }

    /// What has happened up to a day, the newest first.
    pub fn newest(self, today: Date) -> impl Iterator<Item = Change<'a>> {
        self.told(self.newest_first().filter(move |entry| !entry.is_ahead(today)))
    }

    /// How much has not happened on a day.
    #[must_use]
    pub fn number_ahead(self, today: Date) -> usize {
        self.entries_ahead(today).count()
    }

    /// What has not happened on a day, the soonest first.
    pub fn ahead(self, today: Date) -> impl Iterator<Item = Change<'a>> {
        self.told(self.entries_ahead(today))
    }

    /// What is turned off on a day or after it, the soonest first.
    pub fn retired_ahead(self, today: Date) -> impl Iterator<Item = Change<'a>> {
        self.told(self.entries_ahead(today).filter(|entry| entry.rank == What::Retired.rank()))
    }

    fn entries_ahead(self, today: Date) -> impl Iterator<Item = &'a Entry> {
        // A year that is not over can lie ahead with all that it holds, even where only the year is known.
        let start = self.entries.partition_point(|entry| entry.date.year() < today.year());
        self.entries[start..].iter().filter(move |entry| entry.is_ahead(today))
    }

    /// By date the newest first; at one date in the order that they have.
    fn newest_first(self) -> impl Iterator<Item = &'a Entry> {
        self.entries.chunk_by(|a, b| a.date == b.date).rev().flatten()
    }

    /// The changes of these entries, those of each model derived once.
    fn told(self, entries: impl Iterator<Item = &'a Entry>) -> impl Iterator<Item = Change<'a>> {
        let mut of_models: BTreeMap<ModelIndex, Vec<Change<'a>>> = BTreeMap::new();
        entries.filter_map(move |entry| {
            let changes = of_models.entry(entry.model).or_insert_with(|| self.catalog.model(entry.model).changes());
            changes.get(entry.at).cloned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::{catalog, today};
    use crate::catalog::{Listings, PriceChange};

    const FILES: [(&str, &str); 5] = [
        (
            "models/acme/a.toml",
            "name = \"A\"\nreleased = 2025-03-01\nretired = \"2026-06\"\n[price]\nfrom = 2026-02-01\ninput = 1\noutput = 3\n\
             [[price.row]]\ncomponent = \"input\"\namount = 2\nfrom = 2025-03-01\nuntil = 2026-01-31\n\
             [[price.row]]\ncomponent = \"output\"\namount = 4\nfrom = 2025-03-01\nuntil = 2026-01-31",
        ),
        ("models/acme/b.toml", "name = \"B\"\nannounced = \"2025-03\"\nreleased = 2026-02-01\ndeprecated = \"2027\""),
        ("models/bolt/c.toml", "name = \"C\"\nreleased = 2026-02-01\nretired = 2026-12-31"),
        ("developers/bolt.toml", "name = \"Bolt\""),
        (
            "providers/p.toml",
            "name = \"P\"\n[[offer]]\nmodel = \"bolt/c\"\nprice = { input = 1, from = 2026-05-01, until = 2026-07-31 }",
        ),
    ];

    fn words(changes: impl Iterator<Item = Change<'static>>) -> Vec<String> {
        let what = |what: &What<'_>| match (what, what.prices()) {
            (_, []) => format!("{what:?}").to_lowercase(),
            (_, [PriceChange::Moved(_, price)]) => format!("{} moved", price.component),
            (What::Begun(..), prices) => format!("{} begun", prices.len()),
            (_, prices) => format!("{} ended", prices.len()),
        };
        changes.map(|change| format!("{} {} {}", change.date, change.model.name, what(&change.what))).collect()
    }

    /// The changes of the example, for as long as the tests run.
    fn changes() -> Changes<'static> {
        let catalog: &'static Catalog = Box::leak(Box::new(catalog(&FILES)));
        let listings: &'static Listings = Box::leak(Box::default());
        listings.changes(catalog)
    }

    #[test]
    fn changes_stand_in_one_order_from_either_end() {
        let changes = changes();
        let past = [
            "2026-05-01 C 1 begun",
            "2026-02-01 A input moved",
            "2026-02-01 A output moved",
            "2026-02-01 B released",
            "2026-02-01 C released",
            "2025-03-01 A released",
            "2025-03 B announced",
        ];
        assert_eq!(words(changes.newest(today())), past);
        let ahead = ["2026-06 A retired", "2026-07-31 C 1 ended", "2026-12-31 C retired", "2027 B deprecated"];
        assert_eq!(words(changes.ahead(today())), ahead);
        assert_eq!(words(changes.retired_ahead(today())), ["2026-06 A retired", "2026-12-31 C retired"]);
        assert_eq!(changes.number_ahead(today()), ahead.len());
        assert_eq!(changes.len(), past.len() + ahead.len());
        let in_order = words(changes.in_order());
        assert_eq!(in_order[..2], ["2025-03 B announced", "2025-03-01 A released"]);
        assert_eq!(in_order[2..6], past[1..5], "at one date the order is the same from either end");
    }

    #[test]
    fn years_developers_and_providers_have_their_own() {
        let changes = changes();
        assert!(changes.years().eq([(2025, 2), (2026, 8), (2027, 1)]));
        assert_eq!(words(changes.of_year(2027).in_order()), ["2027 B deprecated"]);
        assert_eq!(words(changes.of_year(2025).between(1..2).in_order()), ["2025-03-01 A released"]);
        assert!(changes.of_year(2024).is_empty() && changes.between(10..12).is_empty());
        let bolt = changes.of_developer(&DeveloperId::new("bolt"));
        assert_eq!(words(bolt.in_order()), ["2026-02-01 C released", "2026-12-31 C retired"]);
        let acme = changes.of_developer(&DeveloperId::new("acme"));
        assert_eq!(words(acme.newest(today()))[..2], ["2026-02-01 A input moved", "2026-02-01 A output moved"]);
        let p = changes.of_provider(&ProviderId::new("p"));
        assert_eq!(words(p.in_order()), ["2026-05-01 C 1 begun", "2026-07-31 C 1 ended"]);
        assert!(changes.of_developer(&DeveloperId::new("nobody")).is_empty());
    }
}
