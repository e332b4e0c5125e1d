//! Which models are near which: of one family, or of one level. Prepared once, so that no card walks all models.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{BenchmarkId, Catalog, Date, DeveloperId, Model, ModelId, Rankings};

/// The models of a family, each with its date.
type Family = Vec<(Option<Date>, ModelId)>;

/// Models by family and by their scores on the headline indices.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    /// Of each family its models, oldest first; those without a date come first.
    families: BTreeMap<(DeveloperId, String), Family>,
    /// Of each headline index its models, lowest score first.
    levels: BTreeMap<BenchmarkId, Vec<(Decimal, ModelId)>>,
}

impl Kin {
    /// Prepares the models of a catalogue that is ranked already.
    pub(super) fn new(catalog: &Catalog, rankings: &Rankings) -> Self {
        let mut kin = Self::default();
        for model in catalog.models.values() {
            if let Some(family) = family_of(model) {
                kin.families.entry(family).or_default().push(member(model));
            }
            for index in &catalog.settings.headline {
                if let Some(level) = level(rankings, model, index) {
                    kin.levels.entry(index.clone()).or_default().push(level);
                }
            }
        }
        kin.families.values_mut().for_each(|models| models.sort_unstable());
        kin.levels.values_mut().for_each(|models| models.sort_unstable());
        kin
    }

    /// Takes a model out, which is ranked as it was.
    pub(super) fn remove(&mut self, catalog: &Catalog, rankings: &Rankings, model: &Model) {
        if let Some(models) = family_of(model).and_then(|family| self.families.get_mut(&family)) {
            models.retain(|(_, id)| *id != model.id);
        }
        for index in &catalog.settings.headline {
            if let (Some(level), Some(models)) = (level(rankings, model, index), self.levels.get_mut(index))
                && let Ok(place) = models.binary_search(&level)
            {
                models.remove(place);
            }
        }
    }

    /// Puts a model in, which is ranked already.
    pub(super) fn add(&mut self, catalog: &Catalog, rankings: &Rankings, model: &Model) {
        if let Some(family) = family_of(model) {
            let models = self.families.entry(family).or_default();
            models.insert(models.partition_point(|other| *other < member(model)), member(model));
        }
        for index in &catalog.settings.headline {
            if let Some(level) = level(rankings, model, index) {
                let models = self.levels.entry(index.clone()).or_default();
                models.insert(models.partition_point(|other| *other < level), level);
            }
        }
    }

    /// Up to so many other models of the family, those released next to this one first.
    #[must_use]
    pub fn of_family(&self, model: &Model, most: usize) -> Vec<&ModelId> {
        let Some(models) = family_of(model).and_then(|family| self.families.get(&family)) else { return Vec::new() };
        let place = models.partition_point(|other| *other < member(model));
        let (before, after) = models.split_at(place);
        let mut older = before.iter().rev().map(|(_, id)| id);
        let mut newer = after.iter().map(|(_, id)| id).filter(|id| **id != model.id);
        let mut near = Vec::new();
        // The newer neighbour comes first: it is what a reader would move to.
        loop {
            let step: Vec<&ModelId> = newer.next().into_iter().chain(older.next()).collect();
            if step.is_empty() || near.len() >= most {
                near.truncate(most);
                return near;
            }
            near.extend(step);
        }
    }

    /// Up to so many other models whose score on a headline index is nearest to this one, the nearest first.
    #[must_use]
    pub fn of_level(&self, id: &ModelId, index: &BenchmarkId, value: Decimal, most: usize) -> Vec<&ModelId> {
        let Some(models) = self.levels.get(index) else { return Vec::new() };
        let (before, after) = models.split_at(models.partition_point(|(other, _)| *other < value));
        let mut below = before.iter().rev().peekable();
        let mut above = after.iter().filter(|(_, other)| other != id).peekable();
        let mut near = Vec::new();
        while near.len() < most {
            let next = match (below.peek(), above.peek()) {
                (Some((low, _)), Some((high, _))) if value - *low < *high - value => below.next(),
                (_, Some(_)) => above.next(),
                (Some(_), None) => below.next(),
                (None, None) => break,
            };
            near.extend(next.map(|(_, id)| id));
        }
        near
    }

    /// The model with the highest score on a headline index, or the lowest where less is better.
    #[must_use]
    pub fn leader(&self, index: &BenchmarkId, best: Decimal) -> Option<&ModelId> {
        let models = self.levels.get(index)?;
        let place = models.partition_point(|(value, _)| *value < best);
        models.get(place).filter(|(value, _)| *value == best).map(|(_, id)| id)
    }
}

fn family_of(model: &Model) -> Option<(DeveloperId, String)> {
    Some((model.developer.clone(), model.family.clone()?))
}

/// A model's place in its family.
fn member(model: &Model) -> (Option<Date>, ModelId) {
    (model.came_out(), model.id.clone())
}

/// A model's place on a headline index.
fn level(rankings: &Rankings, model: &Model, index: &BenchmarkId) -> Option<(Decimal, ModelId)> {
    rankings.ranked_score(model, index).map(|score| (score.value.0, model.id.clone()))
}
