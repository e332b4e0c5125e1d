//! What is new: releases, deprecations and retirements, by their dates.

use crate::catalog::{Component, Date, Model};
use crate::pages::{Context, DateWords};
use crate::urls::{self, LinkBase};

use super::dollars;

/// So many lines are shown.
const MOST_LINES: usize = 8;

/// Something that happened to a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) note: String,
    pub(super) date: DateWords,
}

/// What happened up to today, newest first.
pub(super) fn of(cx: &Context<'_>, base: &LinkBase) -> Vec<Line> {
    let mut events: Vec<(Date, &'static str, &Model)> = Vec::new();
    for model in cx.catalog.models.values() {
        let dates = &model.dates;
        for (kind, fact) in
            [("release", &dates.released), ("deprecated", &dates.deprecated), ("retired", &dates.retired)]
        {
            events.extend(fact.known().filter(|date| !cx.today.is_before(**date)).map(|date| (*date, kind, model)));
        }
    }
    events.sort_by(|(a, kind, x), (b, other, y)| b.cmp(a).then_with(|| (kind, &x.id).cmp(&(other, &y.id))));
    let line = |(date, kind, model): (Date, &'static str, &Model)| Line {
        kind,
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        note: if kind == "release" { release(cx, model) } else { successor(cx, model) },
        date: date.into(),
    };
    events.into_iter().take(MOST_LINES).map(line).collect()
}

/// `1M context, $0.75 input`
fn release(cx: &Context<'_>, model: &Model) -> String {
    let context = model.context_window.known().map(|tokens| format!("{tokens} context"));
    let input = model.reference_offer(cx.today).and_then(|offer| offer.prices.usd(Component::Input, cx.today));
    let input = input.filter(|amount| !amount.is_zero()).map(|amount| format!("{} input", dollars(amount)));
    [Some(cx.catalog.developer(model).name.clone()), context, input]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn successor(cx: &Context<'_>, model: &Model) -> String {
    let successor = model.successor.as_ref().and_then(|id| cx.catalog.models.get(id));
    successor.map_or_else(String::new, |successor| format!("successor {}", successor.name))
}
