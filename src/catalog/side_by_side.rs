//! Models that stand side by side on a page of their own.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::{Catalog, Model, ModelId, Status};

/// So many models can be compared on one page.
pub const COMPARED: RangeInclusive<usize> = 2..=4;

/// The comparisons that the settings name.
#[derive(Debug, Clone, Default)]
pub struct Curated {
    sets: Vec<Vec<ModelId>>,
    /// The place of each set, by its models in the order of their IDs.
    places: BTreeMap<Vec<ModelId>, usize>,
}

impl Curated {
    /// The comparisons of these models, in their order. No set is there twice.
    pub(super) fn new(sets: Vec<Vec<ModelId>>) -> Self {
        let places = sets.iter().enumerate().map(|(place, models)| (sorted(models.clone()), place)).collect();
        Self { sets, places }
    }

    /// The comparison of exactly these models, in whichever order.
    fn of(&self, models: Vec<ModelId>) -> Option<&Vec<ModelId>> {
        self.sets.get(*self.places.get(&sorted(models))?)
    }
}

fn sorted(mut models: Vec<ModelId>) -> Vec<ModelId> {
    models.sort_unstable();
    models
}

/// Models that have a page on which they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideBySide {
    /// The models: each is compared with the first.
    pub models: Vec<ModelId>,
    /// Whether the settings name them. The others are a deprecated or retired model and its successor.
    pub curated: bool,
}

impl SideBySide {
    /// Every comparison of a catalogue: those of the settings in their order; then the models that are still served, those
    /// first that are turned off first; then those that are off, the last one first.
    pub(super) fn all(catalog: &Catalog) -> Vec<Self> {
        let curated = &catalog.settings.compare;
        let mut moves: Vec<(&Model, &Model)> =
            catalog.models.values().filter_map(|model| Some((model, moves_to(catalog, model)?))).collect();
        moves.retain(|(model, successor)| curated.of(vec![model.id.clone(), successor.id.clone()]).is_none());
        moves.sort_by_key(|(model, _)| {
            let off = model.dates.retired.known().copied();
            let is_off = model.status == Status::Retired;
            (is_off, off.is_none(), off.filter(|_| !is_off), Reverse(off), &model.id)
        });
        let curated = curated.sets.iter().map(|models| Self { models: models.clone(), curated: true });
        let moves = moves.into_iter().map(|(model, successor)| Self::of_move(model, successor));
        curated.chain(moves).collect()
    }

    /// The comparison of two models, when it has a page.
    #[must_use]
    pub fn of_pair(catalog: &Catalog, one: &Model, other: &Model) -> Option<Self> {
        let curated = catalog.settings.compare.of(vec![one.id.clone(), other.id.clone()]);
        let of_move = |model, successor: &Model| {
            moves_to(catalog, model).filter(|to| to.id == successor.id).map(|_| Self::of_move(model, successor))
        };
        curated
            .map(|models| Self { models: models.clone(), curated: true })
            .or_else(|| of_move(one, other))
            .or_else(|| of_move(other, one))
    }

    fn of_move(model: &Model, successor: &Model) -> Self {
        Self { models: vec![model.id.clone(), successor.id.clone()], curated: false }
    }
}

/// Where the users of a deprecated or retired model move to.
#[must_use]
pub fn moves_to<'a>(catalog: &'a Catalog, model: &Model) -> Option<&'a Model> {
    catalog.models.get(model.successor.as_ref().filter(|_| model.status.is_leaving())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::catalog;

    fn names(sets: &[SideBySide]) -> Vec<String> {
        let name = |id: &ModelId| id.as_str().trim_start_matches("acme/").to_owned();
        let of = |set: &SideBySide| set.models.iter().map(name).collect::<Vec<_>>().join(" ");
        sets.iter().map(|set| format!("{}{}", of(set), if set.curated { " *" } else { "" })).collect()
    }

    #[test]
    fn those_of_the_settings_come_first_then_who_is_turned_off_first_and_a_pair_is_there_once() {
        let leaves = |rest: &str| format!("name = \"M\"\nsuccessor = \"acme/new\"\n{rest}");
        let texts = [
            ("off-early", leaves("retired = 2025-01-01")),
            ("off-late", leaves("retired = 2026-01-01")),
            ("off", leaves("status = \"retired\"")),
            ("soon", leaves("retired = 2026-12-01")),
            ("later", leaves("retired = \"2027-01\"")),
            ("some-day", leaves("status = \"deprecated\"")),
            ("stays", leaves("")),
            ("alone", "name = \"M\"\nstatus = \"retired\"".to_owned()),
            ("picked", leaves("status = \"deprecated\"")),
            ("new", "name = \"M\"".to_owned()),
        ];
        let paths = texts.each_ref().map(|(slug, text)| (format!("models/acme/{slug}.toml"), text));
        let site = "title = \"T\"\n[[compare]]\nmodels = [\"acme/new\", \"acme/stays\", \"acme/alone\"]\n\
            [[compare]]\nmodels = [\"acme/new\", \"acme/picked\"]";
        let mut files: Vec<(&str, &str)> = paths.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("site.toml", site));
        let catalog = catalog(&files);
        let all = SideBySide::all(&catalog);
        let rest = ["soon", "later", "some-day", "off-late", "off-early", "off"].map(|name| format!("{name} new"));
        let curated = ["new stays alone *".to_owned(), "new picked *".to_owned()];
        assert_eq!(names(&all), [&curated[..], &rest[..]].concat());

        // A card asks for one pair alone, from either side.
        for set in all.iter().filter(|set| set.models.len() == 2) {
            let [one, other] = [0, 1].map(|at| &catalog.models[&set.models[at]]);
            assert_eq!(SideBySide::of_pair(&catalog, one, other).as_ref(), Some(set));
            assert_eq!(SideBySide::of_pair(&catalog, other, one).as_ref(), Some(set));
        }
        let [new, stays] = ["acme/new", "acme/stays"].map(|id| &catalog.models[id]);
        assert_eq!(SideBySide::of_pair(&catalog, stays, new), None);
    }
}
