use crate::importers::fact::{Datum, Fact};
use crate::importers::ledger::Fate;
use crate::importers::told::{self, left_out, prices};
use crate::importers::upstream::Upstream;

fn upstream(records: &str) -> Upstream {
    let text = format!(r#"{{ "data": [ {records} ] }}"#);
    told::upstream(&super::FORMAT, &text)
}

#[test]
fn texts_per_token_become_prices_and_minus_one_is_none() {
    let upstream = upstream(
        r#"{ "id": "acme/m", "pricing": { "prompt": "0.00000022", "completion": "-1", "web_search": "0.01",
            "input_cache_write": "0.0000000208333333333333", "image": "0.003" } }"#,
    );
    assert_eq!(
        prices(&upstream.offers[0]),
        ["input = 0.22", "cache write = 0.0208333333333333", "web search per request = 0.01"]
    );
    assert_eq!(left_out(&upstream, "pricing.completion"), "a price below 0 stands for one that varies or is not known");
    assert!(left_out(&upstream, "pricing.image").contains("per image or per token"));
}

#[test]
fn overrides_are_conditions_and_windows_wrap_past_midnight() {
    let upstream = upstream(
        r#"{ "id": "acme/m", "pricing": { "prompt": "0.000001", "overrides": [
            { "min_prompt_tokens": 272000, "prompt": "0.000002" },
            { "utc_start": 1630, "utc_end": 30, "prompt": "0.0000005" },
            { "utc_start": 1660, "utc_end": 30, "prompt": "0.0000004" },
            { "utc_start": 1000, "prompt": "0.0000003" },
            { "prompt": "0.0000002" } ] } }"#,
    );
    assert_eq!(
        prices(&upstream.offers[0]),
        ["input = 1", "input, above 272000 tokens = 2", "input, 16:30-00:30 = 0.5"]
    );
    assert_eq!(left_out(&upstream, "pricing.overrides[2].prompt"), "not hours and minutes");
    assert_eq!(left_out(&upstream, "pricing.overrides[3].prompt"), "a window without both a beginning and an end");
    assert_eq!(left_out(&upstream, "pricing.overrides[4].prompt"), "a price under a condition that is not told");
}

#[test]
fn variants_are_offers_and_aliases_are_no_models() {
    let upstream = upstream(
        r#"{ "id": "acme/m", "pricing": { "prompt": "0.000001" } },
           { "id": "acme/m:free", "pricing": { "prompt": "0", "completion": "0" } },
           { "id": "acme/m:batch", "pricing": { "prompt": "0.0000005" } },
           { "id": "~acme/m-latest", "alias_target": { "slug": "acme/m", "name": "M" } },
           { "id": "bare" }, { "id": "acme/zero", "pricing": { "prompt": "0" } }"#,
    );
    let models: Vec<&str> = upstream.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(models, ["acme/m", "acme/zero"]);
    let all: Vec<(&str, Vec<String>)> =
        upstream.offers.iter().map(|offer| (offer.id.as_str(), prices(offer))).collect();
    assert_eq!(all[1], ("acme/m:free", vec!["input = 0".to_owned(), "output = 0".to_owned()]));
    assert_eq!(all[2], ("acme/m:batch", vec!["input, batch = 0.5".to_owned()]));
    assert_eq!(all[3], ("acme/zero", Vec::new()), "a zero alone does not say that it is free");
    let fates: Vec<&Fate> = upstream.ledger.records().iter().map(|record| &record.fate).collect();
    assert!(matches!(fates[3], Fate::LeftOut(why) if why == super::ALIAS));
    assert!(matches!(fates[4], Fate::LeftOut(why) if why == "its ID does not say who makes it"));
}

#[test]
fn facts_are_those_of_the_format() {
    let upstream = upstream(
        r#"{ "id": "acme/m", "name": "Acme: M", "hugging_face_id": "Acme/M", "context_length": 1000000,
            "expiration_date": "2098-12-31", "knowledge_cutoff": "2026-01-31", "created": 1787311563,
            "architecture": { "input_modalities": ["text", "file"], "output_modalities": ["text"] },
            "top_provider": { "context_length": 262144, "max_completion_tokens": null },
            "supported_parameters": ["tools", "seed"], "benchmarks": { "design_arena": [],
              "artificial_analysis": { "intelligence_index": 53.2, "coding_index": null } },
            "reasoning": { "supported_efforts": ["high", "low"], "default_effort": "medium" } },
           { "id": "acme/n", "hugging_face_id": "", "expiration_date": "2026-09-30", "supported_parameters": ["seed"] }"#,
    );
    let model = &upstream.models[0];
    let said = |fact: Fact| model.facts.get(fact).map(|given| crate::importers::value::datum(&given.value));
    assert_eq!(said(Fact::Name).as_deref(), Some("\"M\""));
    let maker = upstream.developers["acme"].name.as_ref().map(|given| given.value.as_str());
    assert_eq!(maker, Some("Acme"));
    assert_eq!(said(Fact::WeightsUrl).as_deref(), Some("\"https://huggingface.co/Acme/M\""));
    assert_eq!(said(Fact::ModalitiesIn).as_deref(), Some("[\"text\", \"pdf\"]"));
    assert_eq!(said(Fact::ToolCalling).as_deref(), Some("true"));
    assert_eq!(said(Fact::StructuredOutput), None, "what is not listed is not known");
    assert_eq!(said(Fact::Efforts).as_deref(), Some("[\"low\", \"high\"]"));
    assert_eq!(said(Fact::DefaultEffort).as_deref(), Some("\"medium\""));
    assert_eq!(said(Fact::ContextWindow).as_deref(), Some("1_000_000"));
    assert_eq!(said(Fact::Retired), None);
    let offer = &upstream.offers[0];
    assert_eq!(offer.facts.number_of(Fact::ContextWindow).map(|n| n.to_string()).as_deref(), Some("262144"));
    assert_eq!(left_out(&upstream, "expiration_date"), "a day so far away stands for never");
    assert_eq!(model.scores.len(), 1);
    assert_eq!(left_out(&upstream, "benchmarks.artificial_analysis.coding_index"), "null: not known");
    assert!(matches!(upstream.models[1].facts.get(Fact::Retired).map(|given| &given.value), Some(Datum::Date(_))));
}
