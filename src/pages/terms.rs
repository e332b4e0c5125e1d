//! The terms of an offer as cards and providers tell them: region, quantisation, limits, data policy, remarks.

use super::figure::Figure;
use super::text::{Text, sentence};
use crate::catalog::{DataPolicy, Fact, Offer, Tokens};

/// A term of an offer that is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// In words.
    pub words: String,
    /// Whether the developer's own terms have another.
    pub differs: bool,
}

/// Region and quantisation of an offer, beside those of the developer's `own`.
pub(super) fn terms(offer: &Offer, own: Option<&Offer>) -> Vec<Term> {
    let term = |there: &Option<String>, of: fn(&Offer) -> &Option<String>| {
        there
            .as_ref()
            .map(|words| Term { words: words.clone(), differs: own.is_some_and(|own| of(own).as_ref() != Some(words)) })
    };
    [term(&offer.region, |own| &own.region), term(&offer.quantization, |own| &own.quantization)]
        .into_iter()
        .flatten()
        .collect()
}

/// A limit there; where the offer names none it is the developer's.
pub(super) fn limit(there: &Fact<Tokens>, own: &Fact<Tokens>) -> Figure {
    match (there.known(), own.known()) {
        (Some(tokens), own) => Figure::of(tokens.to_string()).differing(own.is_some_and(|own| own != tokens)),
        (None, _) => Figure::tokens(own),
    }
}

/// What is said of offers by their names; the same words are said once for all of them.
pub(super) fn told_once(said: impl IntoIterator<Item = (String, String)>) -> Vec<Text> {
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for (name, words) in said {
        match told.iter_mut().find(|(_, held)| *held == words) {
            Some((names, _)) if names.contains(&name) => {}
            Some((names, _)) => names.push(name),
            None => told.push((vec![name], words)),
        }
    }
    let text = |(names, words): (Vec<String>, String)| {
        Text::default().strong(format!("{}:", names.join("; "))).say(format!(" {words}"))
    };
    told.into_iter().map(text).collect()
}

/// `kept 30 days, not trained on`; empty when nothing is known.
pub(super) fn policy_in_words(policy: &DataPolicy) -> String {
    let words: Vec<String> = [
        policy.retention.as_deref().map(kept),
        policy.trains_on_data.map(|trains| if trains { "trained on" } else { "not trained on" }.to_owned()),
        policy.regions.as_ref().map(|regions| format!("processed in {regions}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    words.join(", ")
}

/// `kept 30 days`; words that are no time as they are.
fn kept(time: &str) -> String {
    if time.starts_with(|c: char| c.is_ascii_digit()) { format!("kept {time}") } else { time.to_owned() }
}

/// The same with a link to the page where the provider says so. `None` when nothing is known of it.
pub(super) fn policy(policy: &DataPolicy) -> Option<Text> {
    let words = policy_in_words(policy);
    match (words.is_empty(), &policy.url) {
        (true, None) => None,
        (true, Some(url)) => Some(Text::default().web("see its policy", url.as_str()).say(".")),
        (false, Some(url)) => Some(Text::default().web(words, url.as_str()).say(".")),
        (false, None) => Some(Text::of(sentence(&words))),
    }
}
