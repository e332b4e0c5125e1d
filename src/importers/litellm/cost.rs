//! Prices: what the name of a key says it is for, per what, and under which conditions.

use super::Fields;
use super::key::Key;
use crate::importers::ledger::Place;
use crate::importers::price::{Amount, Component, Conditions, PriceRow, ServiceTier, Unit};

/// What is paid, per what, under which conditions, and by how many places the point moves.
#[derive(Debug, PartialEq, Eq)]
struct Price {
    component: Component,
    unit: Unit,
    conditions: Conditions,
    places: u32,
}

/// The prices of a record, and of its tables of tiers.
pub(super) fn read(fields: &mut Fields<'_>, key: &Key) -> Vec<PriceRow> {
    let base = Conditions { region: key.region.clone(), quality: key.quality.clone(), ..Conditions::default() };
    let mut rows = Vec::new();
    prices(fields, &base, &[], &mut rows);
    fields.tables("tiered_pricing", |tier| tiered(tier, &base, &mut rows));
    if let Some(mut search) = fields.table("search_context_cost_per_query") {
        for size in ["low", "medium", "high"] {
            searches(&mut search, size, &base, &mut rows);
        }
    }
    let why = "holds at some hours of some days of the week, and the format has hours of all days";
    fields.leave_out("off_peak_pricing", why);
    rows
}

/// The prices of one table.
fn prices(fields: &mut Fields<'_>, base: &Conditions, more: &[Place], rows: &mut Vec<PriceRow>) {
    let keys: Vec<&str> = fields.keys().collect();
    for key in keys {
        let price = match price(key, base) {
            None => continue,
            Some(Err(why)) => {
                fields.leave_out_of(key, why);
                continue;
            }
            Some(Ok(price)) => price,
        };
        let Some((node, place)) = fields.node_of(key) else { continue };
        let Some(given) = fields.price_at(node, place, price.places) else { continue };
        let mut row = PriceRow::of(price.component, Amount::Money(given.value), given.place);
        row.unit = price.unit;
        row.conditions = price.conditions;
        row.more = more.to_vec();
        rows.push(row);
    }
}

/// One of `tiered_pricing`: prices for prompts of a range of lengths.
fn tiered(tier: &mut Fields<'_>, base: &Conditions, rows: &mut Vec<PriceRow>) {
    let Some((node, place)) = tier.node("range") else {
        return tier.leave_out_all("a tier without a range of tokens");
    };
    let above = match &node.value {
        crate::importers::foreign::Value::List(bounds) if bounds.len() == 2 => match &bounds[0].value {
            crate::importers::foreign::Value::Number(digits) => crate::importers::number::exact(digits).ok(),
            _ => None,
        },
        _ => None,
    };
    let above = above.and_then(|above| u64::try_from(above.value.normalize()).ok());
    let Some(above) = above else {
        tier.ledger().leave_out(place, "not a range of tokens");
        return tier.leave_out_all("a tier without a range of tokens");
    };
    let conditions = Conditions { above: (above > 0).then_some(above), ..base.clone() };
    prices(tier, &conditions, &[place], rows);
}

/// A search of the web, by how much of what it finds is read.
fn searches(search: &mut Fields<'_>, size: &str, base: &Conditions, rows: &mut Vec<PriceRow>) {
    let Some((node, place)) = search.node_of(&format!("search_context_size_{size}")) else { return };
    let Some(given) = search.price_at(node, place, 0) else { return };
    let mut row = PriceRow::of(Component::WebSearch, Amount::Money(given.value), place);
    row.unit = Unit::Request;
    row.conditions = Conditions { quality: Some(format!("{size} search context")), ..base.clone() };
    rows.push(row);
}

/// What a key is the price of; nothing when it is none; why not, when the format cannot say it.
fn price(key: &str, base: &Conditions) -> Option<Result<Price, &'static str>> {
    if !key.contains("cost") || key == "search_context_cost_per_query" {
        return None;
    }
    let mut name = key;
    let mut conditions = base.clone();
    loop {
        if let Some((rest, tier)) =
            [("_batches", ServiceTier::Batch), ("_flex", ServiceTier::Flex), ("_priority", ServiceTier::Priority)]
                .into_iter()
                .find_map(|(end, tier)| Some((name.strip_suffix(end)?, tier)))
        {
            conditions.service_tier = Some(tier);
            name = rest;
        } else if ["_balanced", "_ultrafast", "_decisions"].iter().any(|end| name.ends_with(end)) {
            return Some(Err("a service tier that the format has not"));
        } else if name.ends_with("_interval") {
            return Some(Err("a price by the length of a video, which is no condition of the format"));
        } else if let Some((rest, ttl)) = [("_above_1hr", "1h"), ("_above_12hr", "12h")]
            .into_iter()
            .find_map(|(end, ttl)| Some((name.strip_suffix(end)?, ttl)))
        {
            conditions.cache_ttl = Some(ttl.to_owned());
            name = rest;
        } else if let Some((rest, above)) = threshold(name) {
            conditions.above = Some(above);
            name = rest;
        } else {
            break;
        }
    }
    Some(plain(name, conditions))
}

/// `…_above_200k_tokens`.
fn threshold(name: &str) -> Option<(&str, u64)> {
    let (rest, thousands) = name.strip_suffix("k_tokens")?.rsplit_once("_above_")?;
    Some((rest, thousands.parse::<u64>().ok()?.checked_mul(1000)?))
}

/// What a key without conditions is the price of.
fn plain(name: &str, mut conditions: Conditions) -> Result<Price, &'static str> {
    use Component::{CacheRead, CacheWrite, Input, Output, Reasoning, Request, Session};
    if let Some((rest, size)) = ["_480p", "_720p", "_768p", "_1080p", "_2k", "_4k", "_1K", "_2K", "_4K", "_0.5K"]
        .into_iter()
        .find_map(|end| Some((name.strip_suffix(end)?, &end[1..])))
    {
        add(&mut conditions, size);
        return plain(rest, conditions);
    }
    let (component, unit, modality, places) = match name {
        "input_cost_per_token" => (Input, Unit::MillionTokens, "", 6),
        "output_cost_per_token" => (Output, Unit::MillionTokens, "", 6),
        "output_cost_per_reasoning_token" => (Reasoning, Unit::MillionTokens, "", 6),
        "cache_read_input_token_cost" | "input_cost_per_token_cache_hit" => (CacheRead, Unit::MillionTokens, "", 6),
        "cache_creation_input_token_cost" => (CacheWrite, Unit::MillionTokens, "", 6),
        "explicit_cache_read_input_token_cost" => {
            add(&mut conditions, "explicit cache");
            (CacheRead, Unit::MillionTokens, "", 6)
        }
        "cache_read_input_audio_token_cost" => (CacheRead, Unit::MillionTokens, "audio", 6),
        "cache_read_input_image_token_cost" => (CacheRead, Unit::MillionTokens, "image", 6),
        "cache_creation_input_audio_token_cost" => (CacheWrite, Unit::MillionTokens, "audio", 6),
        "input_cost_per_audio_token" => (Input, Unit::MillionTokens, "audio", 6),
        "output_cost_per_audio_token" => (Output, Unit::MillionTokens, "audio", 6),
        "input_cost_per_image_token" => (Input, Unit::MillionTokens, "image", 6),
        "output_cost_per_image_token" => (Output, Unit::MillionTokens, "image", 6),
        "input_cost_per_video_token" => (Input, Unit::MillionTokens, "video", 6),
        "output_cost_per_video_token" => (Output, Unit::MillionTokens, "video", 6),
        "input_cost_per_character" => (Input, Unit::MillionCharacters, "", 6),
        "output_cost_per_character" => (Output, Unit::MillionCharacters, "", 6),
        "input_cost_per_image" => (Input, Unit::Image, "", 0),
        "output_cost_per_image" => (Output, Unit::Image, "", 0),
        "input_cost_per_second" => (Input, Unit::Second, "", 0),
        "output_cost_per_second" => (Output, Unit::Second, "", 0),
        "input_cost_per_audio_per_second" => (Input, Unit::Second, "audio", 0),
        "input_cost_per_video_per_second" => (Input, Unit::Second, "video", 0),
        "output_cost_per_video_per_second" => (Output, Unit::Second, "video", 0),
        "input_cost_per_query" | "input_cost_per_request" => (Request, Unit::Request, "", 0),
        "ocr_cost_per_page" => (Input, Unit::Page, "", 0),
        "annotation_cost_per_page" => {
            add(&mut conditions, "annotation");
            (Input, Unit::Page, "", 0)
        }
        "code_interpreter_cost_per_session" => {
            add(&mut conditions, "code interpreter");
            (Session, Unit::Session, "", 0)
        }
        "cost_per_second" => return Err("LiteLLM does not say whether input or output is paid"),
        "input_dbu_cost_per_token" | "output_dbu_cost_per_token" => {
            return Err("in units of Databricks, which are no currency");
        }
        _ if name.contains("pixel") => return Err("the format has no price per pixel"),
        _ if name.contains("per_gb_per_day") => return Err("the format has no price per GB and day"),
        _ if name.contains("text_message") => return Err("the format has no price per text message"),
        _ if name.starts_with("google_maps") || name.starts_with("file_search") || name.starts_with("computer_use") => {
            return Err("the format has no price of this tool");
        }
        _ => return Err("a price whose name is not understood"),
    };
    if !modality.is_empty() {
        conditions.modality = Some(modality.to_owned());
    }
    Ok(Price { component, unit, conditions, places })
}

/// Adds a condition in words.
fn add(conditions: &mut Conditions, word: &str) {
    conditions.quality = Some(match conditions.quality.take() {
        Some(before) => format!("{before}, {word}"),
        None => word.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &str) -> String {
        match price(key, &Conditions::default()) {
            None => "no price".to_owned(),
            Some(Err(why)) => why.to_owned(),
            Some(Ok(price)) => {
                let (component, unit) = (price.component, price.unit);
                crate::importers::slot::PriceKey { component, unit, conditions: price.conditions }.to_string()
            }
        }
    }

    #[test]
    fn conditions_multiply() {
        assert_eq!(read("input_cost_per_token"), "input");
        assert_eq!(
            read("cache_creation_input_token_cost_above_12hr_above_272k_tokens_priority"),
            "cache write, above 272000 tokens, priority, 12h"
        );
        assert_eq!(read("cache_creation_input_token_cost_above_1hr"), "cache write, 1h");
        assert_eq!(read("output_cost_per_token_above_200k_tokens_batches"), "output, above 200000 tokens, batch");
        assert_eq!(read("cache_read_input_audio_token_cost_flex"), "cache read, flex, audio");
        assert_eq!(read("output_cost_per_second_1080p"), "output per second, 1080p");
        assert_eq!(read("output_cost_per_image_4K"), "output per image, 4K");
        assert_eq!(read("input_cost_per_character"), "input per 1M characters");
    }

    #[test]
    fn what_the_format_cannot_say_is_told() {
        assert_eq!(read("supports_vision"), "no price");
        assert_eq!(read("input_cost_per_pixel"), "the format has no price per pixel");
        assert_eq!(read("input_dbu_cost_per_token"), "in units of Databricks, which are no currency");
        assert_eq!(read("output_cost_per_token_above_272k_tokens_ultrafast"), "a service tier that the format has not");
        assert_eq!(
            read("input_cost_per_video_per_second_above_15s_interval"),
            "a price by the length of a video, which is no condition of the format"
        );
        assert_eq!(read("cost_per_unicorn"), "a price whose name is not understood");
    }
}
