//! Questions: those of the author, then those that the data answer, which cannot go stale.

use super::Card;
use crate::catalog::{BLEND, Charge, Component, Modality, Money, Offer, Prose, State, Status, Weights};
use crate::diagnostic::Diagnostic;
use crate::html::Html;
use crate::markdown::{self, Place};
use crate::pages::AuthoredLink;
use crate::pages::figure::Figure;
use crate::pages::text::{Text, capital, listed};

/// What an author's texts bring with them.
#[derive(Debug, Default)]
pub(super) struct Authored {
    /// Their links.
    pub links: Vec<AuthoredLink>,
    /// What is wrong with them.
    pub found: Vec<Diagnostic>,
}

impl Authored {
    /// The long description.
    pub(super) fn about(&mut self, card: &Card<'_>, prose: &Prose) -> Option<Html> {
        let rendered = markdown::render(prose, &Place { base: &card.base, level: 3, prefix: "about-" });
        self.links.extend(rendered.links);
        self.found.extend(rendered.diagnostics);
        Some(rendered.html).filter(|html| !html.is_empty())
    }

    fn questions(&mut self, card: &Card<'_>, prose: &Prose) -> Vec<AuthoredQuestion> {
        let faq = markdown::faq(prose, &Place { base: &card.base, level: 3, prefix: "q-" });
        self.links.extend(faq.links);
        self.found.extend(faq.diagnostics);
        let question = |entry: markdown::Question| AuthoredQuestion {
            id: entry.id,
            question: entry.question,
            answer: entry.answer,
        };
        faq.questions.into_iter().map(question).collect()
    }
}

/// The section of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Faq {
    /// The author's own.
    pub authored: Vec<AuthoredQuestion>,
    /// Those that the data answer.
    pub from_data: Vec<DataQuestion>,
}

/// A question of the author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AuthoredQuestion {
    /// Its id in the page.
    pub id: String,
    /// The question.
    pub question: Html,
    /// The answer.
    pub answer: Html,
}

/// A question that the data answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DataQuestion {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Text,
    /// Whether it is the first of the section, which stands open.
    pub open: bool,
}

pub(super) fn faq(card: &Card<'_>, texts: &mut Authored) -> Option<Faq> {
    let authored = card.model.faq.as_ref().map(|prose| texts.questions(card, prose)).unwrap_or_default();
    let name = &card.model.name;
    let questions = [
        (format!("How much does {name} cost?"), cost(card)),
        (format!("Is {name} still available?"), availability(card)),
        ("How long can a prompt and an answer be?".to_owned(), limits(card)),
        (format!("Can {name} read images?"), images(card)),
        (format!("Can I run {name} myself?"), weights(card)),
    ];
    let from_data: Vec<DataQuestion> = questions
        .into_iter()
        .filter_map(|(question, answer)| Some(DataQuestion { question, answer: answer?, open: false }))
        .enumerate()
        .map(|(place, question)| DataQuestion { open: authored.is_empty() && place == 0, ..question })
        .collect();
    (!authored.is_empty() || !from_data.is_empty()).then_some(Faq { authored, from_data })
}

fn cost(card: &Card<'_>) -> Option<Text> {
    let offer = card.listed()?;
    let today = card.cx.today;
    if offer.prices.on(today).next().is_none() {
        return none_today(card, offer);
    }
    let (input, output) = (offer.prices.plain(Component::Input, today)?, offer.prices.plain(Component::Output, today)?);
    if matches!((&input.charge, &output.charge), (Charge::InPlan, Charge::InPlan)) {
        return Some(Text::of("It is part of a plan and has no price of its own."));
    }
    let free = |charge: &Charge| matches!(charge, Charge::Amount(money) if money.amount.is_zero());
    let at = if offer.own {
        format!("at {}’s list price", card.developer.name)
    } else {
        format!("at {}, the lowest blended price on file", card.provider_name(offer))
    };
    let mut text = if free(&input.charge) && free(&output.charge) {
        Text::of(format!("Input and output are free of charge, {at}"))
    } else {
        let say = |charge: &Charge, what: &str| match charge {
            Charge::Amount(money) if !money.amount.is_zero() => format!("{money} per 1M {what} tokens"),
            charge => format!("{} for {what} tokens", Figure::charge(charge).text),
        };
        let mut parts = vec![say(&input.charge, "input")];
        if let Some(cache) = offer.prices.plain(Component::CacheRead, today)
            && super::tiles::costs_money(&cache.charge)
        {
            parts.push(format!("{} per 1M read from the cache", Figure::charge(&cache.charge).text));
        }
        parts.push(say(&output.charge, "output"));
        Text::of(format!("{}, {at}", capital(&listed(&parts))))
    };
    if let Some(as_of) = input.provenance.as_of {
        text = text.say(" as of ").date(as_of);
    }
    text = text.say(".");
    if let Some(amount) = offer.prices.blended(today).filter(|blended| !blended.is_zero()) {
        let blended = Money::usd(amount);
        text = text.say(format!(" Blended {}:{}, that is {blended} per 1M tokens.", BLEND.0, BLEND.1));
    }
    Some(text)
}

/// When the last price ended, and when the next one begins.
fn none_today(card: &Card<'_>, offer: &Offer) -> Option<Text> {
    let today = card.cx.today;
    let parts = [
        offer.prices.ended(today, |_| true).map(|date| Text::of("the last one ended ").on(date)),
        offer.prices.begins(today, |_| true).map(|date| Text::of("the next one begins ").on(date)),
    ];
    let dates = parts.into_iter().flatten().reduce(|text, next| text.say("; ").then(next))?;
    Some(Text::of(format!("No price of {} holds today: ", card.provider_name(offer))).then(dates).say("."))
}

fn availability(card: &Card<'_>) -> Option<Text> {
    let developer = &card.developer.name;
    let text = match card.model.status {
        Status::Active => return None,
        Status::Preview => Text::of("Yes, as a preview: it can change or go."),
        Status::Deprecated => match card.model.dates.retired.known() {
            Some(date) if !date.is_before(card.cx.today) => {
                Text::of(format!("Yes, but not for long: {developer} has deprecated it and turns it off on "))
                    .date(*date)
                    .say(".")
            }
            _ => Text::of("It is deprecated, so not for new work. No day on which it is turned off is on file."),
        },
        Status::Retired => match card.model.dates.retired.known() {
            Some(date) => Text::of(format!("No. {developer} turned it off on ")).date(*date).say("."),
            None => Text::of(format!("No. {developer} no longer serves it.")),
        },
    };
    Some(match card.successor() {
        Some(successor) => text.say(" The model to use instead is ").link(successor.name, successor.href).say("."),
        None => text,
    })
}

fn limits(card: &Card<'_>) -> Option<Text> {
    let window = card.model.context_window.known()?;
    let mut words = format!("Prompt and answer share a window of {} tokens", window.grouped());
    if let Some(longest) = card.model.max_input.known() {
        words.push_str(&format!(", of which the prompt can take {}", longest.grouped()));
    }
    words.push_str(&match card.model.max_output.known() {
        Some(most) => format!(", and an answer can have at most {}.", most.grouped()),
        None => ". How long an answer can be is not known.".to_owned(),
    });
    Some(Text::of(words))
}

fn images(card: &Card<'_>) -> Option<Text> {
    let sees = card.model.has("vision")?;
    let Some(takes) = card.model.takes.known().filter(|modalities| !modalities.is_empty()) else {
        let words = if sees { "Yes. What else it takes is not known." } else { "No. What it takes is not known." };
        return Some(Text::of(words));
    };
    // In a sentence what can be counted is plural.
    let in_words = |modality: Modality| if modality == Modality::Image { "images" } else { modality.in_words() };
    let words: Vec<&str> = takes.iter().map(|modality| in_words(*modality)).collect();
    let gives = card.model.gives.known().map(|gives| {
        let words: Vec<&str> = gives.iter().map(|modality| in_words(*modality)).collect();
        format!(" and gives {}", listed(&words))
    });
    let answer = if sees { "Yes" } else { "No" };
    Some(Text::of(format!("{answer}. It takes {}{}.", listed(&words), gives.unwrap_or_default())))
}

fn weights(card: &Card<'_>) -> Option<Text> {
    let model = card.model;
    let State::Known(weights) = model.weights.state else { return None };
    if weights == Weights::Closed && model.status == Status::Retired {
        return Some(Text::of("No. Its weights are closed, and it is no longer served."));
    }
    if weights == Weights::Closed {
        return Some(Text::of("No. Its weights are closed: it can only be used through an API."));
    }
    let text = match (model.license.known(), &model.license_url) {
        (Some(license), Some(url)) => Text::of("Yes. Its weights are open, under ").web(license, url.as_str()),
        (Some(license), None) => Text::of(format!("Yes. Its weights are open, under {license}")),
        (None, _) => Text::of("Yes. Its weights are open"),
    };
    let text = match &model.weights_url {
        Some(url) => text.say(", at ").web(url.host(), url.as_str()),
        None => text,
    };
    let text = text.say(if model.license.known().is_some() { "." } else { "; under which licence is not known." });
    Some(match (model.parameters.known(), model.active_parameters.known()) {
        (Some(all), Some(active)) => {
            text.say(format!(" It has {all} parameters, of which {active} are active for one token."))
        }
        (Some(all), None) => text.say(format!(" It has {all} parameters.")),
        (None, _) => text,
    })
}
