//! Views: the parts and orders of the catalogue that have pages of their own, and which models stand in which.

use super::{Ability, BenchmarkId, Date, DeveloperId, Modality, Model, Status, Weights};

/// A part or an order of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// What came out, newest first.
    Newest,
    /// What costs something, by blended price.
    Cheapest,
    /// By context window, the largest first.
    LargestContext,
    /// By a headline index other than the first, which orders the catalogue itself.
    Index(BenchmarkId),
    /// What can do something.
    Capability(&'static str),
    /// What takes a kind of data beside text.
    Takes(Modality),
    /// What gives a kind of data beside text.
    Gives(Modality),
    /// What takes [`LONG_CONTEXT`] tokens and more.
    LongContext,
    /// What has open weights.
    OpenWeights,
    /// What somebody serves without charge.
    Free,
    /// A family of a developer.
    Family(DeveloperId, String),
}

/// From so many tokens on a context window is long.
pub const LONG_CONTEXT: u64 = 1_000_000;

/// The capabilities that have views. Streaming is no ground to choose by, and vision is to take images.
const CAPABILITIES: [&str; 6] =
    ["tool calling", "structured output", "reasoning", "prompt caching", "web search", "computer use"];

impl View {
    /// Every view in which a model stands, but for those by an index, which follow from the rankings.
    #[must_use]
    pub fn of(model: &Model, today: Date) -> Vec<Self> {
        let family = model.family.as_ref().map(|family| Self::Family(model.developer.clone(), family.clone()));
        let mut views: Vec<Self> = family.into_iter().collect();
        if model.status == Status::Retired {
            return views;
        }
        let beside_text = |modalities: Option<&Vec<Modality>>| {
            modalities.cloned().unwrap_or_default().into_iter().filter(|modality| *modality != Modality::Text)
        };
        let blended = model.blended_price(today);
        let context = model.context_window.known();
        let plain = [
            (Self::Newest, model.is_out(today)),
            (Self::Cheapest, blended.is_some_and(|blended| !blended.is_zero())),
            (Self::LargestContext, context.is_some()),
            (Self::LongContext, context.is_some_and(|tokens| tokens.0 >= LONG_CONTEXT)),
            (Self::OpenWeights, model.weights.known() == Some(&Weights::Open)),
            (Self::Free, model.free_offers(today).next().is_some()),
        ];
        views.extend(plain.into_iter().filter_map(|(view, stands)| stands.then_some(view)));
        views.extend(model.can().filter(|name| CAPABILITIES.contains(name)).map(Self::Capability));
        views.extend(beside_text(model.takes.known()).map(Self::Takes));
        if model.has("vision") == Some(true) && !views.contains(&Self::Takes(Modality::Image)) {
            views.push(Self::Takes(Modality::Image));
        }
        views.extend(beside_text(model.gives.known()).map(Self::Gives));
        views
    }

    /// Whether it holds every model of which there is something to order by.
    #[must_use]
    pub fn is_order(&self) -> bool {
        matches!(self, Self::Newest | Self::Cheapest | Self::LargestContext | Self::Index(_))
    }
}

impl Model {
    /// What it can do, in the order of the format.
    pub fn can(&self) -> impl Iterator<Item = &'static str> {
        self.capabilities.iter().map(|(name, _)| *name).filter(|name| self.has(name) == Some(true))
    }

    /// Whether it can do something, as far as that is known. A model whose reasoning can be set can reason; and vision is
    /// to take images, so that the modalities tell of it where nothing else does.
    #[must_use]
    pub fn has(&self, name: &str) -> Option<bool> {
        match self.ability(name) {
            _ if name == "reasoning" && self.reasoning.is_some() => Some(true),
            Ability::Yes(_) => Some(true),
            Ability::No => Some(false),
            Ability::Unknown if name == "vision" => {
                let takes = self.takes.known().filter(|modalities| !modalities.is_empty());
                takes.map(|modalities| modalities.contains(&Modality::Image))
            }
            Ability::Unknown => None,
        }
    }

    /// What its file says of a capability.
    #[must_use]
    pub fn ability(&self, name: &str) -> &Ability {
        self.capabilities.iter().find(|(own, _)| *own == name).map_or(&Ability::Unknown, |(_, ability)| ability)
    }

    /// Whether it has come out by a day.
    #[must_use]
    pub fn is_out(&self, today: Date) -> bool {
        self.dates.released.known().is_some_and(|date| !today.is_before(*date))
    }
}
