//! Other models that a reader may want instead, each with the reason why it stands here.

use super::Card;
use crate::catalog::{Component, Model, ModelId};
use crate::charts::Fill;
use crate::html::Html;
use crate::pages::figure::{Figure, align};
use crate::pages::headline;
use crate::pages::text::Text;

/// How many models are shown beside this one.
const MOST: usize = 6;

/// How many of one family, so that others have room.
const OF_FAMILY: usize = 3;

/// The section of alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Similar {
    /// What the columns show.
    pub note: Text,
    /// Name of the headline index; empty when the site has none.
    pub index: String,
    /// This model, then the others.
    pub rows: Vec<SimilarRow>,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SimilarRow {
    /// Its name.
    pub name: String,
    /// Its card; none is this one.
    pub href: Option<String>,
    /// Why it stands here.
    pub why: String,
    /// The page that compares the two, when there is one.
    pub compare: Option<String>,
    /// Input price.
    pub input: Figure,
    /// Output price.
    pub output: Figure,
    /// Context window.
    pub context: Figure,
    /// Score on the headline index.
    pub score: Figure,
    /// The same as a bar.
    pub bar: Option<Html>,
}

pub(super) fn similar(card: &Card<'_>) -> Option<Similar> {
    let mut near: Vec<(&Model, String)> = Vec::new();
    for (id, why) in candidates(card) {
        let Some(model) = card.cx.catalog.models.get(id) else { continue };
        if model.id != card.model.id && near.len() < MOST && !near.iter().any(|(held, _)| held.id == model.id) {
            near.push((model, why));
        }
    }
    if near.is_empty() {
        return None;
    }
    let own = row(card, card.model, "this model".to_owned());
    let others = near.into_iter().map(|(model, why)| row(card, model, why));
    let mut rows: Vec<SimilarRow> = std::iter::once(own).chain(others).collect();
    align(rows.iter_mut().map(|row| &mut row.input));
    align(rows.iter_mut().map(|row| &mut row.output));
    align(rows.iter_mut().map(|row| &mut row.score));
    let index = headline::index(card.cx);
    let index = index.map(|benchmark| headline::short_name(card.cx.catalog, benchmark)).unwrap_or_default();
    let note = Text::of("Prices in US dollars per 1M tokens, context in tokens.");
    Some(Similar { note, index, rows })
}

/// In the order of what a reader looks for: where to move, what its maker and others name, what is nearest.
fn candidates<'a>(card: &Card<'a>) -> Vec<(&'a ModelId, String)> {
    let model = card.model;
    let kin = card.cx.rankings.kin();
    let mut found: Vec<(&ModelId, String)> = Vec::new();
    found.extend(model.successor.as_ref().map(|id| (id, "successor".to_owned())));
    found.extend(model.competitors.iter().map(|id| (id, "competitor".to_owned())));
    let family = model.family.as_deref().unwrap_or_default();
    for id in kin.of_family(model, OF_FAMILY) {
        let age = match card.cx.catalog.models.get(id).and_then(Model::came_out).zip(model.came_out()) {
            Some((other, own)) if other > own => ", newer",
            Some((other, own)) if other < own => ", older",
            _ => "",
        };
        found.push((id, format!("{family}{age}")));
    }
    if let Some(index) = card.cx.catalog.settings.headline.first()
        && let Some(score) = card.cx.rankings.ranked_score(model, index)
        && let Some(benchmark) = card.cx.catalog.benchmarks.get(index)
    {
        let name = headline::short_name(card.cx.catalog, benchmark);
        let near = kin.of_level(&model.id, index, score.value.0, MOST);
        found.extend(near.into_iter().map(|id| (id, format!("near on the {name}"))));
    }
    found
}

fn row(card: &Card<'_>, model: &Model, why: String) -> SimilarRow {
    let today = card.cx.today;
    let offer = model.listed_offer(today);
    let index = headline::index(card.cx);
    let price = |component| Figure::headline(offer.map(|offer| &offer.prices), component, today);
    let is_this = model.id == card.model.id;
    let why = if model.status.is_leaving() && !is_this { format!("{why}, {}", model.status) } else { why };
    let fill = if is_this { Fill::Accent } else { Fill::Measured };
    SimilarRow {
        name: model.name.clone(),
        href: (!is_this).then(|| card.card_of(model)),
        why,
        compare: if is_this { None } else { card.comparison_with(model) },
        input: price(Component::Input),
        output: price(Component::Output),
        context: Figure::tokens(&model.context_window),
        score: headline::score(card.cx, model, index),
        bar: headline::bar(card.cx, model, index, fill),
    }
}
