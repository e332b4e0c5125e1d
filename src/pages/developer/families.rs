//! The families of a developer's models, each from its oldest member to its newest, with who follows whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Date, Model, View};
use crate::pages::model_row::status;
use crate::pages::text::Text;
use crate::pages::{Context, DateWords};
use crate::urls::{self, LinkBase};

/// The section of families.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Families {
    /// How they are ordered.
    pub note: String,
    /// Those of the newest models first; models without a family come last.
    pub families: Vec<Family>,
}

/// One family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Family {
    /// Its name.
    pub name: String,
    /// Its own page, when it has one.
    pub href: Option<String>,
    /// Its models, oldest first.
    pub members: Vec<Member>,
}

/// One model of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Member {
    /// Its name.
    pub name: String,
    /// Its card.
    pub href: String,
    /// Preview, deprecated or retired.
    pub status: Option<&'static str>,
    /// Whom it follows, and who follows it.
    pub lineage: Text,
    /// When it came out.
    pub date: Option<DateWords>,
}

/// The families of the models that a page shows, of `all` that the developer has. `None` when no family is named and nobody
/// follows anybody.
pub(super) fn families(cx: &Context<'_>, shown: &[&Model], all: usize, base: &LinkBase) -> Option<Families> {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let before = |model: &Model| overview.predecessors(cx.catalog, &model.id);
    let kin = |model: &&Model| model.family.is_some() || model.successor.is_some() || !before(model).is_empty();
    if !shown.iter().any(kin) {
        return None;
    }
    // Models come newest first, and so do families, each where its newest stands.
    let mut names: Vec<Option<&str>> = Vec::new();
    let mut seen = BTreeSet::new();
    for model in shown {
        let name = model.family.as_deref();
        if seen.insert(name) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| name.is_none());
    let mut members: BTreeMap<Option<&str>, Vec<Member>> = BTreeMap::new();
    for model in shown.iter().rev() {
        let member = member(cx, model, &before(model), base);
        members.entry(model.family.as_deref()).or_default().push(member);
    }
    let families = names.into_iter().map(|name| Family {
        href: name.zip(shown.first()).and_then(|(name, model)| page_of(cx, model, name, base)),
        name: name.map_or_else(|| "No family named".to_owned(), str::to_owned),
        members: members.remove(&name).unwrap_or_default(),
    });
    let rest = if shown.len() < all { " Only the models of this page." } else { "" };
    let note = format!("The family of the newest model first; within each the oldest model first.{rest}");
    Some(Families { note, families: families.collect() })
}

/// The page of a family by the developer of a model.
fn page_of(cx: &Context<'_>, model: &Model, family: &str, base: &LinkBase) -> Option<String> {
    let view = View::Family(model.developer.clone(), family.to_owned());
    cx.listings.overview(cx.catalog, cx.rankings, cx.today).view(&view)?;
    Some(base.href(&urls::view(&view)?))
}

/// A model as a line of its family; predecessors come newest first.
pub(in crate::pages) fn member(cx: &Context<'_>, model: &Model, predecessors: &[&Model], base: &LinkBase) -> Member {
    let link = |text: Text, other: &Model| {
        let text = text.link(other.name.clone(), base.href(&urls::model(other)));
        match other.developer == model.developer {
            true => text,
            false => text.say(format!(" of {}", cx.catalog.developer(other).name)),
        }
    };
    let mut lineage = Text::default();
    for (at, predecessor) in predecessors.iter().rev().enumerate() {
        let word = match at {
            0 => "follows ",
            at if at + 1 == predecessors.len() => " and ",
            _ => ", ",
        };
        lineage = link(lineage.say(word), predecessor);
    }
    if let Some(successor) = model.successor.as_ref().and_then(|id| cx.catalog.models.get(id)) {
        let word = if lineage.is_empty() { "succeeded by " } else { "; succeeded by " };
        lineage = link(lineage.say(word), successor);
    }
    Member {
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        status: status(model),
        lineage,
        date: model.came_out().map(Date::into),
    }
}
