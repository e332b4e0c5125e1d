//! Who serves the model, cheapest first, and how each differs from the developer's own terms.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::prices::offers_in_words;
use super::{Card, OFFERS};
use crate::catalog::{Charge, Component, Conditions, Offer, Price, Unit};
use crate::pages::DateWords;
use crate::pages::figure::{Figure, align, price_in_words};
use crate::pages::sources::{Citations, Mark};
use crate::pages::terms::{Term, limit, policy, terms, told_once};
use crate::pages::text::{Text, capital, sentence};
use crate::urls;

/// The section of offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offers {
    /// How many there are and how they are ordered.
    pub note: Text,
    /// Whether any has a price per 1M tokens of each of the three components.
    pub token_prices: bool,
    /// Whether a term of any differs from the developer's own.
    pub marked: bool,
    /// What providers do with prompts and answers, as far as it is known.
    pub policies: Vec<Text>,
    /// One row an offer.
    pub rows: Vec<OfferRow>,
    /// What the author says of single offers.
    pub remarks: Vec<Text>,
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfferRow {
    /// The provider.
    pub provider: String,
    /// Its page; a developer without a provider file has none.
    pub href: Option<String>,
    /// Whether it is the developer's own.
    pub own: bool,
    /// Region and quantisation, and whether the developer's own terms have others.
    pub terms: Vec<Term>,
    /// Input price.
    pub input: Figure,
    /// Price of reading from the cache.
    pub cache_read: Figure,
    /// Output price.
    pub output: Figure,
    /// All other prices in words.
    pub others: String,
    /// Context window there.
    pub context: Figure,
    /// Max output there.
    pub max_output: Figure,
    /// Model ID there.
    pub id: Option<String>,
    /// When that was so.
    pub as_of: Option<DateWords>,
    /// Where it is said.
    pub mark: Option<Mark>,
}

pub(super) fn offers(card: &Card<'_>, citations: &mut Citations<'_>) -> Option<Offers> {
    let mut offers: Vec<&Offer> = card.model.offers.iter().collect();
    if offers.is_empty() {
        return None;
    }
    offers.sort_by(|a, b| cheapest_first(card, a, b));
    let own = card.model.own_offer();
    let known = |component| offers.iter().any(|offer| offer.prices.plain(component, card.cx.today).is_some());
    let token_prices = known(Component::Input) || known(Component::Output) || known(Component::CacheRead);
    let mut rows: Vec<OfferRow> = offers.iter().map(|offer| row(card, offer, own, citations)).collect();
    let remarks = remarks(card, &offers, &rows, token_prices);
    align(rows.iter_mut().map(|row| &mut row.input));
    align(rows.iter_mut().map(|row| &mut row.cache_read));
    align(rows.iter_mut().map(|row| &mut row.output));
    let mut note = capital(&offers_in_words(offers.len()));
    if offers.len() > 1 {
        note.push_str(", cheapest blended price first");
    }
    let unit = if token_prices { " US dollars per 1M tokens." } else { "" };
    let note = Text::of(format!("{note}.{unit}"));
    Some(Offers {
        note,
        token_prices,
        marked: rows.iter().any(OfferRow::is_marked),
        policies: policies(card, &offers),
        rows,
        remarks,
    })
}

/// Blended price, the offers without one last: those that a plan holds before those that nobody knows.
fn cheapest_first(card: &Card<'_>, a: &Offer, b: &Offer) -> Ordering {
    let today = card.cx.today;
    let key =
        |offer: &Offer| (offer.prices.blended(today).is_none(), offer.prices.blended(today), offer.prices.is_empty());
    let name = |offer: &Offer| (!offer.own, card.provider_name(offer).to_lowercase(), offer.region.clone());
    key(a).cmp(&key(b)).then_with(|| name(a).cmp(&name(b))).then_with(|| a.sort_key().cmp(&b.sort_key()))
}

fn row(card: &Card<'_>, offer: &Offer, own: Option<&Offer>, citations: &mut Citations<'_>) -> OfferRow {
    let today = card.cx.today;
    let own = own.filter(|own| !std::ptr::eq(*own, offer));
    let price = |component| {
        let there = offer.prices.plain(component, today);
        let differs = own
            .and_then(|own| own.prices.plain(component, today))
            .zip(there)
            .is_some_and(|(own, there)| !same_charge(&own.charge, &there.charge));
        match there {
            Some(price) => Figure::charge(&price.charge).differing(differs),
            None if offer.prices.on(today).any(|price| price.component == component) => Figure::words("see below"),
            None => Figure::absent(&offer.prices, component),
        }
    };
    let latest = offer.prices.on(today).filter_map(|price| price.provenance.as_of).max();
    OfferRow {
        provider: card.provider_name(offer),
        href: offer.provider.as_ref().map(|id| card.base.href(&urls::provider(id))),
        own: offer.own,
        terms: terms(offer, own),
        input: price(Component::Input),
        cache_read: price(Component::CacheRead),
        output: price(Component::Output),
        others: others(card, offer),
        context: limit(&offer.context_window, &card.model.context_window),
        max_output: limit(&offer.max_output, &card.model.max_output),
        id: offer.id_there.clone().or_else(|| {
            let names = card.model.aliases.iter().chain(&card.model.snapshots);
            names.into_iter().next().filter(|_| offer.own).cloned()
        }),
        as_of: latest.or(offer.provenance.as_of).map(DateWords::from),
        mark: citations.cite(offer.provenance_on(today), OFFERS),
    }
}

fn same_charge(a: &Charge, b: &Charge) -> bool {
    match (a, b) {
        (Charge::Amount(a), Charge::Amount(b)) => a.currency == b.currency && a.amount == b.amount,
        _ => a == b,
    }
}

/// Prices that the columns do not show, and what the author says of offers: the same words once for all of them.
fn remarks(card: &Card<'_>, offers: &[&Offer], rows: &[OfferRow], token_prices: bool) -> Vec<Text> {
    let mut said: Vec<(String, String)> = Vec::new();
    for (offer, row) in offers.iter().zip(rows) {
        let terms: Vec<&str> = row.terms.iter().map(|term| term.words.as_str()).collect();
        let name = [vec![row.provider.as_str()], terms].concat().join(", ");
        let others = if row.others.is_empty() || !token_prices { None } else { Some(sentence(&capital(&row.others))) };
        let priced_above = card.reference.is_some_and(|reference| std::ptr::eq(reference, *offer));
        let note = offer.provenance.note.as_deref().filter(|_| !(priced_above && offer.own)).map(sentence);
        said.extend(others.into_iter().chain(note).map(|words| (name.clone(), words)));
    }
    told_once(said)
}

/// Every price that the three columns do not show. Those of the offer in the price table stand there already.
fn others(card: &Card<'_>, offer: &Offer) -> String {
    if card.reference.is_some_and(|reference| std::ptr::eq(reference, offer)) {
        return String::new();
    }
    let shown = |price: &Price| {
        matches!(price.component, Component::Input | Component::CacheRead | Component::Output)
            && price.unit == Unit::MillionTokens
            && price.conditions == Conditions::default()
    };
    let words = offer.prices.on(card.cx.today).filter(|price| !shown(price));
    words
        .map(|price| price_in_words(price.component, &price.conditions, price.unit, &price.charge))
        .collect::<Vec<_>>()
        .join("; ")
}

/// What each provider does with prompts and answers; those of whom it is not known are told together.
fn policies(card: &Card<'_>, offers: &[&Offer]) -> Vec<Text> {
    let mut seen = BTreeSet::new();
    let mut silent = 0;
    let mut said = Vec::new();
    for offer in offers {
        let Some(provider) = offer.provider.as_ref().and_then(|id| card.cx.catalog.providers.get(id)) else { continue };
        if !seen.insert(&provider.id) {
            continue;
        }
        match policy(&provider.data_policy) {
            Some(words) => {
                said.push(Text::default().strong(format!("{}, your data:", provider.name)).say(" ").then(words));
            }
            None => silent += 1,
        }
    }
    if !said.is_empty() && silent > 0 {
        said.push(Text::of("What the other providers do with your data is not known."));
    }
    said
}

impl OfferRow {
    fn is_marked(&self) -> bool {
        [&self.input, &self.cache_read, &self.output, &self.context, &self.max_output]
            .iter()
            .any(|figure| figure.differs)
            || self.terms.iter().any(|term| term.differs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::*;

    const OWN: &str = "name = \"A\"\ncontext_window = 200_000\nmax_output = 100_000\n\
        [price]\ninput = 1\noutput = 4\ncache_read = 0.5";

    fn offers_of(model: &str, providers: &[(&str, &str)]) -> Offers {
        let mut files = vec![("models/acme/a.toml", model)];
        files.extend(providers);
        with(&files, "acme/a", offers).unwrap()
    }

    #[test]
    fn the_cheapest_is_first_plans_and_unknown_prices_last_and_differences_are_marked() {
        let providers = [
            (
                "providers/dear.toml",
                "name = \"Dear\"\n[[offer]]\nmodel = \"acme/a\"\nregion = \"EU\"\nprice = { input = 2, output = 8 }",
            ),
            (
                "providers/cheap.toml",
                "name = \"Cheap\"\n[[offer]]\nmodel = \"acme/a\"\nmax_output = 66_000\nquantization = \"fp8\"\nprice = { input = 0.9, output = 4.0 }",
            ),
            ("providers/silent.toml", "name = \"Silent\"\n[[offer]]\nmodel = \"acme/a\""),
            (
                "providers/plan.toml",
                "name = \"Plan\"\n[[offer]]\nmodel = \"acme/a\"\nprice = { input = \"in plan\", output = \"in plan\" }",
            ),
        ];
        let offers = offers_of(OWN, &providers);
        let names: Vec<&str> = offers.rows.iter().map(|row| row.provider.as_str()).collect();
        assert_eq!(names, ["Cheap", "Acme", "Dear", "Plan", "Silent"]);
        let cheap = &offers.rows[0];
        assert!(cheap.input.differs && !cheap.output.differs && cheap.max_output.differs && !cheap.context.differs);
        assert_eq!(cheap.cache_read.text, "not known");
        assert_eq!(cheap.terms, [Term { words: "fp8".into(), differs: true }]);
        assert!(offers.rows[2].terms[0].differs);
        assert_eq!(offers.rows[3].input.text, "in a plan");
        assert!(!offers.rows[1].is_marked() && offers.marked);
    }

    #[test]
    fn a_price_that_has_ended_is_not_one_that_nobody_knows() {
        let provider = "name = \"P\"\n[[offer]]\nmodel = \"acme/a\"\nprice = { input = 1, until = 2025-12-31 }";
        let offers = offers_of(OWN, &[("providers/p.toml", provider)]);
        let last = offers.rows.last().unwrap();
        assert_eq!((last.input.text.as_str(), last.output.text.as_str()), ("none today", "not known"));
    }

    #[test]
    fn prices_that_have_no_column_are_told_below_and_the_same_words_once() {
        let provider = "name = \"P\"\n[data_policy]\nretention = \"30 days\"\ntrains_on_data = false\n\
            [[offer]]\nmodel = \"acme/a\"\nregion = \"EU\"\nnote = \"A note\"\n[offer.price]\ninput = 1\noutput = 4\nbatch = { input = 0.5 }\n\
            [[offer]]\nmodel = \"acme/a\"\nregion = \"US\"\nnote = \"A note\"\n[[offer.price.row]]\ncomponent = \"input\"\nunit = \"request\"\namount = 0.01";
        let offers = offers_of(OWN, &[("providers/p.toml", provider)]);
        let remarks: Vec<String> = offers.remarks.iter().map(Text::words).collect();
        assert_eq!(remarks, ["P, EU: Input, batch $0.50.", "P, EU; P, US: A note.", "P, US: Input $0.01 per request."]);
        assert_eq!(offers.rows.last().unwrap().input.text, "see below");
        assert_eq!(offers.policies[0].words(), "P, your data: kept 30 days, not trained on.");
    }
}
