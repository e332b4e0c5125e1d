//! The facts of a record: limits, dates, capabilities.

use super::Fields;
use crate::importers::fact::{Fact, Facts};
use crate::importers::ledger::Given;

/// Flags that the format has, by LiteLLM's names.
const FLAGS: [(&str, Fact); 8] = [
    ("supports_function_calling", Fact::ToolCalling),
    ("supports_response_schema", Fact::StructuredOutput),
    ("supports_reasoning", Fact::Reasoning),
    ("supports_vision", Fact::Vision),
    ("supports_prompt_caching", Fact::PromptCaching),
    ("supports_native_streaming", Fact::Streaming),
    ("supports_web_search", Fact::WebSearch),
    ("supports_computer_use", Fact::ComputerUse),
];

pub(super) fn read(fields: &mut Fields<'_>, mode: Option<&Given<String>>) -> Facts {
    let mut facts = Facts::default();
    // The longest prompt, which is not the same as the context window: that holds the answer too.
    facts.number(Fact::MaxInput, fields.count("max_input_tokens"));
    facts.number(Fact::MaxOutput, fields.count("max_output_tokens"));
    fields.leave_out("max_tokens", "an older key of LiteLLM, which stands for the one limit or the other");
    // LiteLLM calls the day on which a model is turned off its deprecation.
    facts.date(Fact::Retired, fields.date("deprecation_date"));
    for (key, fact) in FLAGS {
        facts.flag(fact, fields.flag(key));
    }
    facts.words(Fact::Efforts, fields.words("reasoning_effort_levels"));
    facts.text(Fact::DefaultEffort, default_effort(fields, &facts));
    modalities(fields, &mut facts, mode);
    facts
}

/// The default effort, where it is one of the efforts that are told.
fn default_effort(fields: &mut Fields<'_>, facts: &Facts) -> Option<Given<String>> {
    let given = fields.text("default_reasoning_effort")?;
    let is_told = matches!(
        facts.get(Fact::Efforts).map(|efforts| &efforts.value),
        Some(crate::importers::fact::Datum::Words(efforts)) if efforts.contains(&given.value)
    );
    if is_told {
        return Some(given);
    }
    fields.ledger().leave_out(given.place, "the default of efforts that are not told");
    None
}

/// What a model takes and gives: told as lists, or plain from what it is for.
fn modalities(fields: &mut Fields<'_>, facts: &mut Facts, mode: Option<&Given<String>>) {
    facts.words(Fact::ModalitiesIn, fields.words("supported_modalities"));
    facts.words(Fact::ModalitiesOut, fields.words("supported_output_modalities"));
    let Some(mode) = mode else { return };
    let told = facts.get(Fact::ModalitiesIn).is_some() || facts.get(Fact::ModalitiesOut).is_some();
    let (takes, gives) = match mode.value.as_str() {
        "audio_transcription" => ("audio", "text"),
        "audio_speech" => ("text", "audio"),
        "image_generation" => ("text", "image"),
        _ => ("", ""),
    };
    if told || takes.is_empty() {
        let why = "what a model is for the format tells by what it takes and gives";
        return fields.ledger().leave_out(mode.place, why);
    }
    let words = |word: &str| Some(Given { value: vec![word.to_owned()], place: mode.place });
    facts.words(Fact::ModalitiesIn, words(takes));
    facts.words(Fact::ModalitiesOut, words(gives));
}

/// Keys that the format has no place for, each with the reason. What LiteLLM adds later is told as unknown.
const REST: [(&[&str], &str); 6] = [
    (
        &[
            "supports_audio_input",
            "supports_audio_output",
            "supports_pdf_input",
            "supports_video_input",
            "supports_image_input",
            "supports_embedding_image_input",
            "supports_multimodal",
        ],
        "one modality alone: the format has the list of all of them",
    ),
    (
        &[
            "supports_none_reasoning_effort",
            "supports_minimal_reasoning_effort",
            "supports_low_reasoning_effort",
            "supports_xhigh_reasoning_effort",
            "supports_max_reasoning_effort",
            "bedrock_output_config_effort_ceiling",
            "reasoning_contexts",
            "reasoning_modes",
            "thinking_always_on",
        ],
        "one effort or mode alone: the format has the list of all efforts",
    ),
    (
        &["supported_endpoints", "supported_regions", "rpm", "tpm", "output_vector_size", "prompt_cache_min_tokens"],
        "the format has no such key",
    ),
    (
        &[
            "regional_endpoint_uplift_multiplier",
            "regional_processing_uplift_multiplier_eu",
            "regional_processing_uplift_multiplier_us",
        ],
        "a factor on prices: the format has the prices themselves",
    ),
    (&["search_free_requests", "web_search_billing_unit"], "a free quota or its unit, which is no price"),
    (
        &[
            "token_count_model",
            "token_count_framing",
            "token_count_tokenizer",
            "provider_specific_entry",
            "audio_transcription_config",
            "use_openai_responses_path",
            "uses_embed_content",
            "gemini_native_audio",
            "gemini_audio_only_live",
        ],
        "a setting of LiteLLM itself",
    ),
];

/// Leaves out what the format has no place for.
pub(super) fn leave_out_rest(fields: &mut Fields<'_>) {
    for (keys, why) in REST {
        for key in keys {
            fields.leave_out(key, why);
        }
    }
    let keys: Vec<&str> =
        fields.keys().filter(|key| key.starts_with("supports_") || key.starts_with("bedrock_")).collect();
    for key in keys {
        let known = FLAGS.iter().any(|(flag, _)| *flag == key) || REST.iter().any(|(keys, _)| keys.contains(&key));
        if !known {
            fields.leave_out_of(key, "the format has no such capability");
        }
    }
}
