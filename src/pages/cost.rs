//! Words about the cost of a workload, and about why there is none.

use rust_decimal::prelude::ToPrimitive;

use super::figure::{NONE_TODAY, per};
use crate::catalog::{Component, Cost, CostPart, NoCost, ServiceTier, Tokens, Workload};
use crate::charts::Fill;

/// Where the money goes, in percent: what a stacked bar shows.
pub(super) fn shares(cost: &Cost<'_>) -> [(&'static str, f64, Fill); 3] {
    let total = cost.total().to_f64().unwrap_or(1.0);
    let percent = |part: CostPart<'_>| part.amount.to_f64().unwrap_or(0.0) / total * 100.0;
    [
        ("input", percent(cost.input), Fill::Measured),
        ("cache read", percent(cost.cache_read), Fill::Quiet),
        ("output", percent(cost.output), Fill::Accent),
    ]
}

/// What is to be known about a cost beside its parts, each in a few words.
pub(super) fn remarks(cost: &Cost<'_>, workload: &Workload) -> Vec<String> {
    let mut remarks = Vec::new();
    let tier = workload.service_tier.map_or("", ServiceTier::word);
    match cost.not_of(workload.service_tier) {
        (0, _) => {}
        (some, all) if some == all => remarks.push(format!("at the standard price: no {tier} price for it is known")),
        _ => {
            let parts = [("input", cost.input), ("cache read", cost.cache_read), ("output", cost.output)];
            let standard = parts.iter().filter(|(_, part)| {
                part.price.is_some_and(|price| price.conditions.service_tier != workload.service_tier)
            });
            let names: Vec<&str> = standard.map(|(name, _)| *name).collect();
            remarks.push(format!(
                "{} at the standard price: no {tier} price for it is known",
                super::text::listed(&names)
            ));
        }
    }
    if cost.is_without_cache() {
        remarks.push("no cache: all of the prompt is billed as input".to_owned());
    }
    remarks
}

/// Why a workload has no cost, in a few words.
pub(super) fn why(why: &NoCost) -> String {
    match why {
        NoCost::Context { .. } => "does not fit its context".to_owned(),
        NoCost::MaxInput { .. } => "longer than its max input".to_owned(),
        NoCost::MaxOutput { .. } => "longer than its max output".to_owned(),
        NoCost::OtherUnit(component, unit) => format!("{} priced {}", component.word(), per(*unit)),
        NoCost::OtherCurrency(component, currency) => format!("{} priced in {}", component.word(), currency.code()),
        NoCost::Varies(component) => format!("{} price varies", component.word()),
        NoCost::InPlan(Component::Input) => "in a plan".to_owned(),
        NoCost::InPlan(component) => format!("{} in a plan", component.word()),
        NoCost::NotApplicable(component) => format!("no price for {} as such", component.word()),
        NoCost::Unknown(Component::CacheRead) => "cache price not known".to_owned(),
        NoCost::Unknown(_) | NoCost::NoPrice => "not known".to_owned(),
        NoCost::NoneToday => NONE_TODAY.to_owned(),
        NoCost::Inexact => "too long a number to be exact".to_owned(),
        NoCost::NoText => "does not both read and write text".to_owned(),
        NoCost::NoWindow => "has no context window".to_owned(),
    }
}

/// What a limit takes and what a request needs: `153,000 of 128,000 tokens`; empty where no limit is passed.
pub(super) fn beyond(why: &NoCost) -> String {
    let (NoCost::Context { needed, limit } | NoCost::MaxInput { needed, limit } | NoCost::MaxOutput { needed, limit }) =
        why
    else {
        return String::new();
    };
    let [needed, limit] = [needed, limit].map(|tokens: &Tokens| tokens.grouped());
    format!("needs {needed} tokens, has {limit}")
}
