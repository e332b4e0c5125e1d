//! Prices: texts, in US dollars per token, per search or per request.

use super::Fields;
use crate::importers::ledger::Place;
use crate::importers::number::exact;
use crate::importers::price::{Amount, Component, Conditions, PriceRow, ServiceTier, Unit, hours};

/// The prices of a record; those of an ID that ends in `:batch` are of that service tier.
pub(super) fn read(fields: &mut Fields<'_>, is_batch: bool) -> Vec<PriceRow> {
    let mut rows = Vec::new();
    let base = Conditions { service_tier: is_batch.then_some(ServiceTier::Batch), ..Conditions::default() };
    let Some(mut pricing) = fields.table("pricing") else { return rows };
    prices(&mut pricing, &base, &[], &mut rows);
    pricing.tables("overrides", |fields| overridden(fields, &base, &mut rows));
    rows
}

/// Keys that hold prices: what is paid, per what, the modality or lifetime, and by how many places the point moves.
const KEYS: [(&str, Component, Unit, &str, &str, u32); 12] = [
    ("prompt", Component::Input, Unit::MillionTokens, "", "", 6),
    ("completion", Component::Output, Unit::MillionTokens, "", "", 6),
    ("input_cache_read", Component::CacheRead, Unit::MillionTokens, "", "", 6),
    ("input_cache_write", Component::CacheWrite, Unit::MillionTokens, "", "", 6),
    ("input_cache_write_1h", Component::CacheWrite, Unit::MillionTokens, "", "1h", 6),
    ("internal_reasoning", Component::Reasoning, Unit::MillionTokens, "", "", 6),
    ("audio", Component::Input, Unit::MillionTokens, "audio", "", 6),
    ("audio_output", Component::Output, Unit::MillionTokens, "audio", "", 6),
    ("input_audio_cache", Component::CacheRead, Unit::MillionTokens, "audio", "", 6),
    ("image_output", Component::Output, Unit::MillionTokens, "image", "", 6),
    ("web_search", Component::WebSearch, Unit::Request, "", "", 0),
    ("request", Component::Request, Unit::Request, "", "", 0),
];

fn prices(fields: &mut Fields<'_>, base: &Conditions, more: &[Place], rows: &mut Vec<PriceRow>) {
    for (key, component, unit, modality, ttl, places) in KEYS {
        let Some(given) = fields.price(key, places) else { continue };
        let mut row = PriceRow::of(component, Amount::Money(given.value), given.place);
        row.unit = unit;
        let word = |word: &str| (!word.is_empty()).then(|| word.to_owned());
        row.conditions = Conditions { modality: word(modality), cache_ttl: word(ttl), ..base.clone() };
        row.more = more.to_vec();
        rows.push(row);
    }
    fields.leave_out("image", "OpenRouter does not say whether it is per image or per token");
    fields.leave_out("discount", "a factor on prices: the format has the prices themselves");
}

/// One of `overrides`: prices for long prompts, or at hours of the day.
fn overridden(fields: &mut Fields<'_>, base: &Conditions, rows: &mut Vec<PriceRow>) {
    let mut conditions = base.clone();
    let mut more = Vec::new();
    if let Some(least) = fields.count("min_prompt_tokens") {
        conditions.above = u64::try_from(least.value).ok();
        more.push(least.place);
    }
    let clock = |fields: &mut Fields<'_>, key: &'static str| {
        let (node, place) = fields.node(key)?;
        let time = match &node.value {
            crate::importers::foreign::Value::Number(digits) => {
                exact(digits).ok().and_then(|time| u32::try_from(time.value).ok())
            }
            _ => None,
        };
        Some((time, place))
    };
    let (start, end) = (clock(fields, "utc_start"), clock(fields, "utc_end"));
    let mut why = None;
    match (start, end) {
        (None, None) => {}
        (Some((Some(start), first)), Some((Some(end), second))) => {
            more.extend([first, second]);
            match hours(start, end) {
                Ok(hours) => conditions.hours = Some(hours),
                Err(fault) => why = Some(fault),
            }
        }
        (start, end) => {
            more.extend([start, end].into_iter().flatten().map(|(_, place)| place));
            why = Some("a window without both a beginning and an end");
        }
    }
    if conditions == *base && why.is_none() {
        why = Some("a price under a condition that is not told");
    }
    if let Some(why) = why {
        for place in more {
            fields.ledger().leave_out(place, why);
        }
        return fields.leave_out_all(why);
    }
    prices(fields, &conditions, &more, rows);
}
