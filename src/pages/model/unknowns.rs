//! What is not known: what the author looked for in vain, and what the data do not hold.

use super::Card;
use crate::catalog::{Ability, Component, Fact, Modality, State, Weights};
use crate::pages::text::{capital, listed, sentence};

/// One thing that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unknown {
    /// What.
    pub what: String,
    /// What is known about it all the same.
    pub why: String,
}

pub(super) fn unknowns(card: &Card<'_>) -> Vec<Unknown> {
    let authored =
        card.model.unknowns.iter().map(|unknown| Unknown { what: capital(&unknown.what), why: sentence(&unknown.why) });
    let mut unknowns: Vec<Unknown> = authored.collect();
    let said = |what: &str, unknowns: &[Unknown]| {
        let what = what.to_lowercase();
        unknowns.iter().any(|unknown| unknown.what.to_lowercase().contains(&what))
    };
    for (what, key, why) in derived(card) {
        if !said(key, &unknowns) {
            unknowns.push(Unknown { what: what.to_owned(), why });
        }
    }
    unknowns
}

/// What, the word by which an author would name it, and why it is said.
fn derived(card: &Card<'_>) -> Vec<(&'static str, &'static str, String)> {
    let model = card.model;
    let mut found: Vec<(&'static str, &'static str, String)> = Vec::new();
    let mut add = |is_unknown: bool, what, key, why: &str| {
        if is_unknown {
            found.push((what, key, why.to_owned()));
        }
    };
    let writes = model.gives.known().is_none_or(|modalities| modalities.contains(&Modality::Text));
    let open = model.weights.known() == Some(&Weights::Open);
    let no_date = unknown(&model.dates.released) && unknown(&model.dates.announced);
    add(model.offers.is_empty(), "Offers", "offer", "No provider that serves it is on file.");
    let no_price = !model.offers.is_empty() && card.listed().is_none();
    add(no_price, "Prices", "price", "None of the providers on file has a price for it here.");
    let priced = card.reference.is_some();
    let cache = model.has("prompt caching") == Some(true) && !card.ever_had_price_of(Component::CacheRead);
    add(
        priced && cache,
        "Price of cached input",
        "cache",
        "It can read prompts from a cache; what that costs is not on file.",
    );
    add(unknown(&model.context_window), "Context window", "context", "No length is on file.");
    add(unknown(&model.max_output) && writes, "Max output", "max output", "No limit of an answer’s length is on file.");
    add(no_date, "Release", "release", "Neither a day of announcement nor one of release is on file.");
    add(unknown(&model.dates.knowledge_cutoff) && writes, "Knowledge cut-off", "cut-off", "No date is on file.");
    add(unknown(&model.weights), "Weights", "weights", "Whether they can be had is not on file.");
    add(
        open && unknown(&model.license),
        "Licence",
        "licence",
        "The weights are open; under which licence is not on file.",
    );
    add(open && unknown(&model.parameters), "Size", "parameters", "The number of parameters is not on file.");
    add(model.scores.is_empty(), "Benchmarks", "benchmark", "No result is on file.");
    let silent: Vec<&str> =
        model.capabilities.iter().map(|(name, _)| *name).filter(|name| model.has(name).is_none()).collect();
    let says_any = model.capabilities.iter().any(|(_, ability)| *ability != Ability::Unknown);
    if says_any && !silent.is_empty() {
        let why = format!("Whether it has {} is not on file.", listed(&silent).replace(" and ", " or "));
        found.push(("Capabilities", "capabilit", why));
    }
    found
}

fn unknown<T>(fact: &Fact<T>) -> bool {
    matches!(fact.state, State::Unknown)
}
