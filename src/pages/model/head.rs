//! The head of the card: what it is, whether it can still be used, and how it is called.

use super::{Card, STATUS};
use crate::catalog::{Date, Model, SideBySide, Status, moves_to};
use crate::pages::sources::Citations;
use crate::pages::text::{Text, is_long_name, sentence};
use crate::urls;

/// The head of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModelHead {
    /// Link to the catalogue.
    pub catalogue: String,
    /// Who made it.
    pub developer: String,
    /// Link to the developer's page.
    pub developer_page: String,
    /// Its name.
    pub name: String,
    /// Whether the name is so long that it needs smaller type.
    pub long_name: bool,
    /// Whether the name is so short that it fits one line of a rail.
    pub short_name: bool,
    /// What a reader must know before using it.
    pub banner: Option<Banner>,
    /// What it is and for whom.
    pub lead: Option<String>,
    /// Its ID.
    pub id: String,
    /// Endpoints, the main one first.
    pub endpoints: Vec<EndpointWords>,
    /// Where they are.
    pub base_url: Option<String>,
    /// Dated names.
    pub snapshots: Vec<String>,
    /// Moving names.
    pub aliases: Vec<String>,
}

/// A banner about the status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Banner {
    /// What the status means, with its dates.
    pub text: Text,
    /// Where to go instead.
    pub successor: Option<Successor>,
}

/// A link to the model to use instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Successor {
    /// Its name.
    pub name: String,
    /// Its card.
    pub href: String,
    /// The two side by side, when the banner says to move.
    pub compare: Option<String>,
}

/// Method and path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EndpointWords {
    /// `POST`
    pub method: String,
    /// `/v1/chat/completions`
    pub path: String,
}

pub(super) fn head(card: &Card<'_>, citations: &mut Citations<'_>) -> ModelHead {
    let model = card.model;
    ModelHead {
        catalogue: card.base.href(&urls::home()),
        developer: card.developer.name.clone(),
        developer_page: card.base.href(&urls::developer(&card.developer.id)),
        name: model.name.clone(),
        long_name: is_long_name(&model.name),
        short_name: model.name.chars().count() <= 16,
        banner: banner(card, citations),
        lead: model.summary.clone(),
        id: model.id.to_string(),
        endpoints: model
            .endpoints
            .iter()
            .map(|endpoint| EndpointWords { method: endpoint.method.clone(), path: endpoint.path.clone() })
            .collect(),
        base_url: card.base_url(),
        snapshots: model.snapshots.clone(),
        aliases: model.aliases.iter().filter(|alias| **alias != *model.id.as_str()).cloned().collect(),
    }
}

impl Card<'_> {
    /// Base URL of the API that the card shows: the site's own, else that of the developer's service.
    pub(super) fn base_url(&self) -> Option<String> {
        let settings = &self.cx.catalog.settings;
        let own = || {
            let provider = self.model.own_offer().and_then(|offer| offer.provider.as_ref());
            let provider = provider.or(self.developer.provider.as_ref())?;
            self.cx.catalog.providers.get(provider)?.base_url.as_ref()
        };
        let url = settings.api.as_ref().map(|api| &api.base_url).or_else(own)?;
        Some(url.as_str().trim_end_matches('/').to_owned())
    }

    /// The page that compares this model with another one, when there is one.
    pub(super) fn comparison_with(&self, other: &Model) -> Option<String> {
        let set = SideBySide::of_pair(self.cx.catalog, self.model, other)?;
        Some(self.base.href(&urls::comparison(self.cx.catalog, &set.models)))
    }

    pub(super) fn successor(&self) -> Option<Successor> {
        let successor = self.cx.catalog.models.get(self.model.successor.as_ref()?)?;
        let compare = moves_to(self.cx.catalog, self.model).and_then(|to| self.comparison_with(to));
        Some(Successor { name: successor.name.clone(), href: self.card_of(successor), compare })
    }
}

fn banner(card: &Card<'_>, citations: &mut Citations<'_>) -> Option<Banner> {
    let dates = &card.model.dates;
    let (retired, deprecated) = (dates.retired.known().copied(), dates.deprecated.known().copied());
    let mut text = match card.model.status {
        Status::Active => return None,
        Status::Preview => Text::default().strong("Preview.").say(" Served, and not final: it can change or go."),
        Status::Deprecated => deprecated_text(deprecated, retired),
        Status::Retired => {
            let text = Text::default().strong("Retired");
            match retired {
                Some(date) => text.say(", turned off ").on(date),
                None => text.say(format!(". {} no longer serves it", card.developer.name)),
            }
        }
    };
    if card.model.status != Status::Preview {
        let fact = if retired.is_some() { &dates.retired } else { &dates.deprecated };
        let mark = citations.cite(&fact.provenance, STATUS).filter(|_| fact.known().is_some());
        text = text.mark(mark).say(".");
        if let Some(note) = fact.provenance.note.as_deref().filter(|_| fact.known().is_some()) {
            text = text.say(format!(" {}", sentence(note)));
        }
    }
    let successor = card.successor();
    if successor.is_none() && card.model.status.is_leaving() {
        text = text.say(" No successor is named.");
    }
    Some(Banner { text, successor })
}

fn deprecated_text(deprecated: Option<Date>, retired: Option<Date>) -> Text {
    let text = Text::default().strong("Deprecated");
    let text = match deprecated {
        Some(date) => text.say(" since ").date(date).say(", not for new work"),
        None => text.say(", not for new work"),
    };
    match retired {
        Some(date) => text.say("; served until ").date(date),
        None => text.say("; no shut-off date is on file"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::*;

    fn head_of(text: &str) -> ModelHead {
        let other = ("models/acme/b.toml", "name = \"B 2\"");
        with(&[("models/acme/a.toml", text), other], "acme/a", head)
    }

    #[test]
    fn the_banner_says_the_status_its_dates_and_where_to_go() {
        let banner = |text: &str| head_of(&format!("name = \"A\"\n{text}")).banner;
        assert_eq!(banner(""), None);
        let deprecated = banner("status = \"deprecated\"\nretired = 2026-10-23\nsuccessor = \"acme/b\"").unwrap();
        assert_eq!(deprecated.text.words(), "Deprecated, not for new work; served until 23 Oct 2026.");
        assert_eq!(
            deprecated.successor,
            Some(Successor {
                name: "B 2".into(),
                href: "../b/".into(),
                compare: Some("../../../compare/a-vs-b/".into())
            })
        );
        let words = |text: &str| banner(text).unwrap().text.words();
        assert_eq!(
            words("status = \"retired\"\nretired = \"2025-07\""),
            "Retired, turned off in Jul 2025. No successor is named."
        );
        assert_eq!(words("status = \"retired\""), "Retired. Acme no longer serves it. No successor is named.");
        assert_eq!(
            words("status = \"deprecated\"\ndeprecated = 2025-01-02"),
            "Deprecated since 2 Jan 2025, not for new work; no shut-off date is on file. No successor is named."
        );
        assert!(words("status = \"preview\"").starts_with("Preview."));
        // The status follows from the dates where none is written.
        assert_eq!(
            words("retired = 2026-12-01"),
            "Deprecated, not for new work; served until 1 Dec 2026. No successor is named."
        );
        assert_eq!(words("retired = 2026-01-31"), "Retired, turned off on 31 Jan 2026. No successor is named.");
        assert_eq!(words("deprecated = 2026-02-01").split(',').next(), Some("Deprecated since 1 Feb 2026"));
    }
}
