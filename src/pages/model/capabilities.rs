//! What the model can do and what a request to it accepts.

use super::{CAPABILITIES, Card};
use crate::catalog::{Ability, Effort};
use crate::pages::sources::Citations;
use crate::pages::text::{Text, capital, listed};

/// The section of capabilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Capabilities {
    /// Who says so, as of when.
    pub note: Text,
    /// Every capability.
    pub abilities: Vec<AbilityLine>,
    /// Request parameters.
    pub parameters: Vec<ParameterLine>,
}

/// One capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AbilityLine {
    /// Its name.
    pub name: String,
    /// `yes`, `no`, `not known`.
    pub state: &'static str,
    /// Whether it is there.
    pub yes: bool,
    /// Whether it is known not to be there.
    pub no: bool,
    /// How it is done.
    pub detail: String,
}

/// One request parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ParameterLine {
    /// Its name.
    pub name: String,
    /// What it accepts.
    pub accepts: String,
    /// Its default.
    pub default: Option<String>,
}

pub(super) fn capabilities(card: &Card<'_>, citations: &mut Citations<'_>) -> Option<Capabilities> {
    let model = card.model;
    let is_known = |(_, ability): &(&str, Ability)| *ability != Ability::Unknown;
    if !model.capabilities.iter().any(is_known) && model.parameters_accepted.is_empty() && model.reasoning.is_none() {
        return None;
    }
    let provenance = &model.capabilities_provenance;
    let mut note = match citations.publisher(provenance) {
        Some(publisher) => Text::of(format!("According to {publisher}")).mark(citations.cite(provenance, CAPABILITIES)),
        None => Text::of("No source is named for these"),
    };
    if let Some(as_of) = provenance.as_of {
        note = note.say(", as of ").date(as_of);
    }
    note = note.say(".");
    let abilities = model.capabilities.iter().map(|(name, ability)| {
        let has = model.has(name);
        let detail = match ability {
            Ability::Yes(Some(detail)) => detail.clone(),
            _ if *name == "reasoning" => efforts(card),
            Ability::Unknown if *name == "vision" && has.is_some() => "by its modalities".to_owned(),
            _ => String::new(),
        };
        let state = match has {
            Some(true) => "yes",
            Some(false) => "no",
            None => "not known",
        };
        AbilityLine { name: capital(name), state, yes: has == Some(true), no: has == Some(false), detail }
    });
    Some(Capabilities {
        note,
        abilities: abilities.collect(),
        parameters: model
            .parameters_accepted
            .iter()
            .map(|parameter| ParameterLine {
                name: parameter.name.clone(),
                accepts: parameter.accepts.clone(),
                default: parameter.default.clone(),
            })
            .collect(),
    })
}

/// `low, medium and high; medium when none is asked for`
fn efforts(card: &Card<'_>) -> String {
    let Some(reasoning) = &card.model.reasoning else { return String::new() };
    let words: Vec<&str> = reasoning.efforts.iter().map(|effort| Effort::word(*effort)).collect();
    match (words.is_empty(), reasoning.default) {
        (true, None) => String::new(),
        (true, Some(default)) => format!("{default} by default"),
        (false, None) => listed(&words),
        (false, Some(default)) => format!("{}; {default} by default", listed(&words)),
    }
}
