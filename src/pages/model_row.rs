//! A model as one row of a list: what every list of models says of it.

use super::figure::{Figure, align};
use super::{Context, DateWords, headline};
use crate::catalog::{Component, Date, Model, Status};
use crate::charts::Fill;
use crate::html::Html;
use crate::urls::{self, LinkBase};

/// One model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModelRow {
    /// Its name.
    pub name: String,
    /// Its card.
    pub href: String,
    /// Preview, deprecated or retired.
    pub status: Option<&'static str>,
    /// Whether the status says not to use it.
    pub warn: bool,
    /// When it came out.
    pub released: Option<DateWords>,
    /// Context window.
    pub context: Figure,
    /// Input price.
    pub input: Figure,
    /// Output price.
    pub output: Figure,
    /// Score on the first headline index.
    pub score: Figure,
    /// The same as a bar.
    pub bar: Option<Html>,
}

/// The rows of these models, whose figures end under one another.
pub(super) fn rows<'a>(
    cx: &Context<'_>,
    base: &LinkBase,
    models: impl IntoIterator<Item = &'a Model>,
) -> Vec<ModelRow> {
    let mut rows: Vec<ModelRow> = models.into_iter().map(|model| row(cx, base, model)).collect();
    align(rows.iter_mut().map(|row| &mut row.input));
    align(rows.iter_mut().map(|row| &mut row.output));
    align(rows.iter_mut().map(|row| &mut row.score));
    rows
}

fn row(cx: &Context<'_>, base: &LinkBase, model: &Model) -> ModelRow {
    let prices = model.listed_offer(cx.today).map(|offer| &offer.prices);
    ModelRow {
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        status: status(model),
        warn: model.status.is_leaving(),
        released: model.came_out().map(DateWords::from),
        context: Figure::tokens(&model.context_window),
        input: Figure::headline(prices, Component::Input, cx.today),
        output: Figure::headline(prices, Component::Output, cx.today),
        score: headline::score(cx, model, headline::index(cx)),
        bar: headline::bar(cx, model, headline::index(cx), Fill::Measured),
    }
}

/// The status that a name is told with; an active model is told without.
pub(super) fn status(model: &Model) -> Option<&'static str> {
    (model.status != Status::Active).then(|| model.status.word())
}

/// The newest date of a source of what a row says.
pub(super) fn as_of(cx: &Context<'_>, model: &Model) -> Option<Date> {
    let offer = model.reference_offer(cx.today);
    let prices = offer.into_iter().flat_map(|offer| offer.prices.on(cx.today)).map(|price| price.provenance.as_of);
    let score = headline::ranked(cx, model).and_then(|score| score.provenance.as_of);
    prices.flatten().chain(score).chain(model.provenance.as_of).max()
}
