use super::key::Key;
use crate::importers::fact::Fact;
use crate::importers::told::{self, left_out, prices};
use crate::importers::upstream::Upstream;

fn upstream(text: &str) -> Upstream {
    told::upstream(&super::FORMAT, text)
}

#[test]
fn floats_per_token_become_exact_prices_per_million() {
    let upstream = upstream(
        r#"{ "acme-1": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2.9999900000000002e-06,
            "output_cost_per_token": 1.2e-05, "cache_read_input_token_cost": 7.5e-08, "max_input_tokens": 0,
            "max_output_tokens": "8192", "deprecation_date": "2026-10-23" } }"#,
    );
    let offer = &upstream.offers[0];
    assert_eq!(prices(offer), ["input = 2.99999", "output = 12", "cache read = 0.075"]);
    assert_eq!(offer.facts.number_of(Fact::MaxOutput).map(|limit| limit.to_string()).as_deref(), Some("8192"));
    assert_eq!(left_out(&upstream, "max_input_tokens"), "a limit of 0 is none: not known");
    assert_eq!(offer.facts.date_of(Fact::Retired).map(|date| date.to_string()).as_deref(), Some("2026-10-23"));
    let repaired = upstream.ledger.fields().iter().find_map(|field| field.repair.clone());
    assert_eq!(repaired.as_deref(), Some("noise of a float: 2.9999900000000002e-06 is 0.00000299999"));
    assert_eq!(upstream.models[0].id, "openai/acme-1");
}

#[test]
fn the_sample_and_services_are_no_models() {
    let upstream = upstream(
        r#"{ "sample_spec": { "litellm_provider": "one of …", "mode": "one of: chat" },
            "acme/search": { "litellm_provider": "acme", "mode": "search", "input_cost_per_query": 0.005 },
            "nobody": { "mode": "chat" }, "text": 7 }"#,
    );
    assert!(upstream.offers.is_empty() && upstream.models.is_empty());
    let why: Vec<String> = upstream.ledger.records().iter().map(|record| format!("{:?}", record.fate)).collect();
    assert_eq!(
        why,
        [
            "LeftOut(\"a description of the format, not a model\")",
            "LeftOut(\"a service that is no model\")",
            "LeftOut(\"names no provider\")",
            "LeftOut(\"not a table of keys and values\")",
        ]
    );
}

#[test]
fn keys_hold_regions_sizes_and_globs() {
    let key = |key: &str, named: &str| {
        let Key { id, region, quality } = Key::of(key, named, &super::key::provider(named));
        format!("{id} | {} | {}", region.unwrap_or_default(), quality.unwrap_or_default())
    };
    assert_eq!(key("gpt-9", "openai"), "gpt-9 |  | ");
    assert_eq!(key("deepinfra/Qwen/Qwen9", "deepinfra"), "Qwen/Qwen9 |  | ");
    assert_eq!(key("azure/eu/gpt-9", "azure"), "azure/eu/gpt-9 | eu | ");
    assert_eq!(
        key("bedrock/us-gov-west-1/a.b-v1:0", "bedrock_converse"),
        "bedrock/us-gov-west-1/a.b-v1:0 | us-gov-west-1 | "
    );
    assert_eq!(key("low/1024-x-1536/img-1", "openai"), "low/1024-x-1536/img-1 |  | low, 1024x1536");
    assert_eq!(
        key("bedrock/*/1-month-commitment/cohere.text-v14", "bedrock"),
        "bedrock/*/1-month-commitment/cohere.text-v14 |  | 1 month commitment"
    );
    assert_eq!(key("vertex_ai/claude-9@20260514", "vertex_ai-anthropic_models"), "claude-9@20260514 |  | ");
    assert_eq!(key("deepgram/streaming/nova-9", "deepgram"), "deepgram/streaming/nova-9 |  | ");
    assert_eq!(key("nvidia_nim/nvidia/model", "nvidia_nim"), "nvidia/model |  | ");
}

#[test]
fn tiers_are_rows() {
    let upstream = upstream(
        r#"{ "acme/m": { "litellm_provider": "acme", "tiered_pricing": [
              { "range": [0, 32000.0], "input_cost_per_token": 1.2e-06 },
              { "range": [32000.0, 128000.0], "input_cost_per_token": 2.4e-06 },
              { "range": "long", "input_cost_per_token": 1 } ],
            "search_context_cost_per_query": { "search_context_size_low": 0.03, "search_context_size_high": 0.05 } } }"#,
    );
    assert_eq!(
        prices(&upstream.offers[0]),
        [
            "input = 1.2",
            "input, above 32000 tokens = 2.4",
            "web search per request, low search context = 0.03",
            "web search per request, high search context = 0.05",
        ]
    );
    assert_eq!(left_out(&upstream, "tiered_pricing[2].input_cost_per_token"), "a tier without a range of tokens");
    assert!(upstream.models.is_empty(), "nobody says who makes it");
}

#[test]
fn zeros_alone_are_not_free() {
    let upstream = upstream(
        r#"{ "ollama/m": { "litellm_provider": "ollama", "input_cost_per_token": 0.0, "output_cost_per_token": 0 },
            "e": { "litellm_provider": "voyage", "input_cost_per_token": 1e-07, "output_cost_per_token": 0.0 },
            "github_copilot/x": { "litellm_provider": "github_copilot", "input_cost_per_token": 0 } }"#,
    );
    let all: Vec<Vec<String>> = upstream.offers.iter().map(prices).collect();
    assert_eq!(
        all,
        [vec![], vec!["input = 0.1".to_owned(), "output = 0".to_owned()], vec!["input = \"in plan\"".to_owned()]]
    );
}

#[test]
fn unknown_keys_are_told_with_what_was_probably_meant() {
    let upstream =
        upstream(r#"{ "m": { "litellm_provider": "openai", "max_input_token": 5, "supports_wings": true } }"#);
    assert_eq!(
        left_out(&upstream, "max_input_token"),
        "unknown key `max_input_token`; perhaps `max_input_tokens` is meant"
    );
    assert_eq!(left_out(&upstream, "supports_wings"), "the format has no such capability");
}
