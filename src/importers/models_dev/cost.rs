//! Prices, in US dollars per 1M tokens.

use super::Fields;
use crate::importers::ledger::Given;
use crate::importers::price::{Amount, Component, Conditions, PriceRow, ServiceTier};

/// Keys that are written by mistake, and those that were probably meant. models.dev itself passes over them.
const MISSPELT: [(&str, &str); 3] =
    [("cached_input", "cache_read"), ("cache_input", "cache_read"), ("cached_write", "cache_write")];

/// The prices of an offer.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<PriceRow> {
    let mut rows = Vec::new();
    if let Some(mut cost) = fields.table("cost") {
        prices(&mut cost, &Conditions::default(), &[], &mut rows);
        cost.tables("tiers", |tier| tiered(tier, &mut rows));
        if let Some(mut above) = cost.table("context_over_200k") {
            let conditions = Conditions { above: Some(200_000), ..Conditions::default() };
            prices(&mut above, &conditions, &[], &mut rows);
        }
    }
    if let Some(mut experimental) = fields.table("experimental")
        && let Some(mut modes) = experimental.table("modes")
    {
        for name in modes.keys() {
            mode(&mut modes, name, &mut rows);
        }
    }
    rows
}

/// The prices of one table under these conditions.
fn prices(
    fields: &mut Fields<'_>,
    conditions: &Conditions,
    more: &[crate::importers::ledger::Place],
    rows: &mut Vec<PriceRow>,
) {
    let keys = [
        ("input", Component::Input, None),
        ("output", Component::Output, None),
        ("cache_read", Component::CacheRead, None),
        ("cache_write", Component::CacheWrite, None),
        ("reasoning", Component::Reasoning, None),
        ("input_audio", Component::Input, Some("audio")),
        ("output_audio", Component::Output, Some("audio")),
    ];
    for (key, component, modality) in keys {
        let Some(Given { value, place }) = fields.price(key, 0) else { continue };
        let mut row = PriceRow::of(component, Amount::Money(value), place);
        row.conditions = Conditions { modality: modality.map(str::to_owned), ..conditions.clone() };
        row.more = more.to_vec();
        rows.push(row);
    }
    for (key, meant) in MISSPELT {
        fields.leave_out(
            key,
            &format!("unknown key `{key}`: perhaps `{meant}` is meant, but models.dev does not say so"),
        );
    }
    for key in ["image", "citation", "request"] {
        fields.leave_out(key, "models.dev does not say what this price is per");
    }
}

/// One `[[cost.tiers]]`: prices above a number of tokens.
fn tiered(fields: &mut Fields<'_>, rows: &mut Vec<PriceRow>) {
    let mut more = Vec::new();
    let mut above = None;
    let mut is_context = true;
    if let Some(mut tier) = fields.table("tier") {
        if let Some(kind) = tier.text("type") {
            is_context = kind.value == "context";
            more.push(kind.place);
        }
        if let Some(size) = tier.count("size") {
            more.push(size.place);
            above = u64::try_from(size.value).ok();
        }
    }
    if let (Some(above), true) = (above, is_context) {
        return prices(fields, &Conditions { above: Some(above), ..Conditions::default() }, &more, rows);
    }
    let why = "a tier whose condition is not a number of tokens";
    for place in more {
        fields.ledger().leave_out(place, why);
    }
    for key in ["input", "output", "cache_read", "cache_write", "reasoning", "input_audio", "output_audio"] {
        fields.leave_out(key, why);
    }
}

/// One of `[experimental.modes]`. A mode that asks for the priority service tier is that tier; the price of any other is told
/// with its name as a condition.
fn mode(modes: &mut Fields<'_>, name: &str, rows: &mut Vec<PriceRow>) {
    let Some(mut mode) = modes.table_of(name) else { return };
    let mut tier = None;
    if let Some(mut provider) = mode.table("provider") {
        if let Some(mut body) = provider.table("body") {
            tier = body.text("service_tier");
            body.leave_out("speed", "how a request asks for the mode");
        }
        provider.leave_out("headers", "how a request asks for the mode");
    }
    let mut more = Vec::new();
    let conditions = match tier {
        Some(given) if ServiceTier::of(&given.value).is_some() => {
            more.push(given.place);
            Conditions { service_tier: ServiceTier::of(&given.value), ..Conditions::default() }
        }
        other => {
            if let Some(given) = other {
                mode.ledger().leave_out(given.place, "how a request asks for the mode");
            }
            Conditions { quality: Some(format!("{name} mode")), ..Conditions::default() }
        }
    };
    if let Some(mut cost) = mode.table("cost") {
        prices(&mut cost, &conditions, &more, rows);
    }
}
