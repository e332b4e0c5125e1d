//! What the content format refuses is left out with the reason, rather than making content that does not build.

use std::collections::BTreeMap;

use crate::importers::fact::{Datum, EFFORTS, Fact, Facts};
use crate::importers::ledger::{Given, Ledger};

const MODALITIES: [&str; 5] = ["text", "image", "audio", "video", "pdf"];

/// Dates and limits that a person has written: they stand, and upstream's give way.
pub(super) type Held = BTreeMap<Fact, Datum>;

/// The facts that bound each other.
pub(super) const ORDERED: [Fact; 9] = [
    Fact::Announced,
    Fact::Released,
    Fact::Updated,
    Fact::KnowledgeCutoff,
    Fact::Deprecated,
    Fact::Retired,
    Fact::ContextWindow,
    Fact::MaxInput,
    Fact::MaxOutput,
];

/// Takes out what cannot stand beside the rest, and beside what a person has written.
pub(super) fn settle(facts: &mut Facts, held: &Held, ledger: &mut Ledger) {
    let out = |facts: &mut Facts, ledger: &mut Ledger, fact: Fact, why: &str| {
        if let Some(given) = facts.remove(fact).filter(|_| !held.contains_key(&fact)) {
            ledger.leave_out(given.place, why);
        }
    };
    for (fact, known) in [
        (Fact::ModalitiesIn, MODALITIES.as_slice()),
        (Fact::ModalitiesOut, MODALITIES.as_slice()),
        (Fact::Efforts, EFFORTS.as_slice()),
    ] {
        known_words(facts, ledger, fact, known);
    }
    let is_effort = |default: &str| match facts.get(Fact::Efforts).map(|given| &given.value) {
        Some(Datum::Words(efforts)) => efforts.iter().any(|effort| effort == default),
        _ => false,
    };
    if facts.text_of(Fact::DefaultEffort).is_some_and(|default| !is_effort(default)) {
        out(facts, ledger, Fact::DefaultEffort, "the default of efforts that are not told");
    }
    for (one, other) in [(Fact::ModalitiesIn, Fact::ModalitiesOut), (Fact::ModalitiesOut, Fact::ModalitiesIn)] {
        if facts.get(one).is_none() {
            out(facts, ledger, other, "what it takes and what it gives are written together, and one is not known");
        }
    }
    let number = |facts: &Facts, fact: Fact| match held.get(&fact) {
        Some(Datum::Number(number)) => Some(*number),
        _ => facts.number_of(fact),
    };
    let date = |facts: &Facts, fact: Fact| match held.get(&fact) {
        Some(Datum::Date(date)) => Some(*date),
        _ => facts.date_of(fact),
    };
    for fact in [Fact::MaxOutput, Fact::MaxInput] {
        if number(facts, fact).zip(number(facts, Fact::ContextWindow)).is_some_and(|(limit, context)| limit > context) {
            // The one that a person wrote stays.
            let wrong = if held.contains_key(&fact) { Fact::ContextWindow } else { fact };
            out(facts, ledger, wrong, "above the context window, which holds prompt and answer together");
        }
    }
    let before = |facts: &Facts, early: Fact, late: Fact| {
        date(facts, late).zip(date(facts, early)).is_some_and(|(late, early)| late.is_before(early))
    };
    for (early, late) in [
        (Fact::Announced, Fact::Released),
        (Fact::Released, Fact::Updated),
        (Fact::Released, Fact::Deprecated),
        (Fact::Released, Fact::Retired),
        (Fact::Deprecated, Fact::Retired),
    ] {
        if before(facts, early, late) {
            let why = format!("the date of `{}` would be before that of `{}`", late.key(), early.key());
            out(facts, ledger, if held.contains_key(&late) { early } else { late }, &why);
        }
    }
    let newest = if date(facts, Fact::Updated).is_some() { Fact::Updated } else { Fact::Released };
    if before(facts, Fact::KnowledgeCutoff, newest) {
        let wrong = if held.contains_key(&Fact::KnowledgeCutoff) { newest } else { Fact::KnowledgeCutoff };
        out(facts, ledger, wrong, "its knowledge would end after its last release");
    }
    let has_date = facts.get(Fact::Deprecated).is_some() || facts.get(Fact::Retired).is_some();
    if has_date {
        out(facts, ledger, Fact::Status, "the status follows from the dates");
    }
}

/// Keeps the words that the format knows, in their order, each once.
fn known_words(facts: &mut Facts, ledger: &mut Ledger, fact: Fact, known: &[&str]) {
    let Some(given) = facts.remove(fact) else { return };
    let Datum::Words(words) = &given.value else { return };
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        if known.contains(&word.as_str()) && !kept.contains(word) {
            kept.push(word.clone());
        }
    }
    if kept.is_empty() {
        ledger.leave_out(given.place, "none of the words is one of the format");
        return;
    }
    let gone: Vec<&str> = words.iter().filter(|word| !kept.contains(word)).map(String::as_str).collect();
    if !gone.is_empty() {
        ledger
            .repair(given.place, format!("left out of the list, as the format has no such word: {}", gone.join(", ")));
    }
    facts.put(fact, Some(Given { value: Datum::Words(kept), place: given.place }));
}
