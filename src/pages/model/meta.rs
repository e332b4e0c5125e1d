//! What search engines and previews show of the card.

use super::Card;
use crate::catalog::{Component, Money, Status};
use crate::pages::headline;
use crate::pages::scale::score_in_words;
use crate::pages::text::{DESCRIPTION, TITLE, capital, first_that_fits, fitting};

pub(super) fn title_and_description(card: &Card<'_>) -> (String, String) {
    let (name, developer) = (&card.model.name, &card.developer.name);
    let titles = [
        format!("{name} by {developer}: price, limits, benchmarks, API"),
        format!("{name} by {developer}: price, limits, scores"),
        format!("{name} by {developer}"),
        name.clone(),
    ];
    (first_that_fits(titles, TITLE), description(card))
}

/// The sentences that fit, in the order of what a reader looks for.
fn description(card: &Card<'_>) -> String {
    let model = card.model;
    let sentences = [
        Some(price(card)),
        limits(card),
        match model.status {
            Status::Active => None,
            Status::Preview => Some("A preview.".to_owned()),
            Status::Deprecated | Status::Retired => Some(match card.successor() {
                Some(successor) => format!("{}: use {}.", capitalised(model.status), successor.name),
                None => format!("{}.", capitalised(model.status)),
            }),
        },
        headline(card),
        Some("Providers, scores, limits and sources.".to_owned()),
        Some("With dates and what is not known.".to_owned()),
    ];
    let text = fitting(sentences.into_iter().flatten(), DESCRIPTION);
    if text.is_empty() { "Prices, limits, benchmarks, providers and sources of one AI model.".to_owned() } else { text }
}

fn capitalised(status: Status) -> String {
    capital(status.word())
}

fn price(card: &Card<'_>) -> String {
    let name = &card.model.name;
    let usd = |component| card.reference?.prices.usd(component, card.cx.today);
    match (usd(Component::Input), usd(Component::Output)) {
        (Some(input), Some(output)) if input.is_zero() && output.is_zero() => {
            format!("{name} by {} is free of charge.", card.developer.name)
        }
        (Some(input), Some(output)) => {
            format!("{name} costs {} per 1M input and {} per 1M output tokens.", Money::usd(input), Money::usd(output))
        }
        _ => format!("{name} by {}: what it costs, how long its prompts can be, what it scores.", card.developer.name),
    }
}

fn limits(card: &Card<'_>) -> Option<String> {
    let window = card.model.context_window.known()?;
    Some(match card.model.max_output.known() {
        Some(most) => format!("Context {window}, at most {most} tokens out."),
        None => format!("Context {window} tokens."),
    })
}

fn headline(card: &Card<'_>) -> Option<String> {
    let index = card.cx.catalog.settings.headline.first()?;
    let benchmark = card.cx.catalog.benchmarks.get(index)?;
    let score = card.headline_score(index)?;
    Some(format!("{}: {}.", headline::short_name(card.cx.catalog, benchmark), score_in_words(score.value, benchmark)))
}
