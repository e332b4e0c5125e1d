//! Models and the offers to serve them.

use rust_decimal::Decimal;

use super::{
    Charge, Component, Date, DeveloperId, Effort, Fact, LinkKind, Modality, ModelId, Parameters, Price, PriceList,
    Provenance, ProviderId, Score, Slug, Status, Tokens, WebUrl, Weights,
};
use crate::files::{FileId, Origin};

/// A model with everything that is known of it.
#[derive(Debug, Clone)]
pub struct Model {
    /// Its ID.
    pub id: ModelId,
    /// Who made it.
    pub developer: DeveloperId,
    /// Path segment of its card below the developer's.
    pub slug: Slug,
    /// Name as the developer writes it.
    pub name: String,
    /// One paragraph: what it is and for whom.
    pub summary: Option<String>,
    /// Line of models that it belongs to.
    pub family: Option<String>,
    /// Whether it can be used, and should be, on the day for which the site is built.
    pub status: Status,
    /// The status as its file has it, when it has one.
    pub written_status: Option<Status>,
    /// The model to use instead.
    pub successor: Option<ModelId>,
    /// Its dates.
    pub dates: Dates,
    /// Longest prompt and answer together.
    pub context_window: Fact<Tokens>,
    /// Longest prompt, where it has a limit of its own.
    pub max_input: Fact<Tokens>,
    /// Longest answer.
    pub max_output: Fact<Tokens>,
    /// What it takes, in the order of [`Modality`]; empty when unknown.
    pub takes: Fact<Vec<Modality>>,
    /// What it gives, in the order of [`Modality`]; empty when unknown.
    pub gives: Fact<Vec<Modality>>,
    /// Whether the weights can be had.
    pub weights: Fact<Weights>,
    /// Where open weights can be had.
    pub weights_url: Option<WebUrl>,
    /// Licence of the weights.
    pub license: Fact<String>,
    /// Text of the licence.
    pub license_url: Option<WebUrl>,
    /// Number of parameters.
    pub parameters: Fact<Parameters>,
    /// Number of parameters that are active for one token.
    pub active_parameters: Fact<Parameters>,
    /// Reasoning efforts to choose from, and the default.
    pub reasoning: Option<Reasoning>,
    /// What it can do: every capability in the order of the format.
    pub capabilities: Vec<(&'static str, Ability)>,
    /// Where the capabilities are said.
    pub capabilities_provenance: Provenance,
    /// Endpoints, the main one first.
    pub endpoints: Vec<Endpoint>,
    /// Request parameters.
    pub parameters_accepted: Vec<RequestParameter>,
    /// Moving names.
    pub aliases: Vec<String>,
    /// Dated names, newest first.
    pub snapshots: Vec<String>,
    /// Every offer: the developer's own first, the others by provider and region.
    pub offers: Vec<Offer>,
    /// Every score, in the order of benchmark, comparability and variant.
    pub scores: Vec<Score>,
    /// Media and discussions, in the author's order.
    pub links: Vec<Link>,
    /// Models that compete with this one, in the author's order.
    pub competitors: Vec<ModelId>,
    /// What was looked for and not found.
    pub unknowns: Vec<UnknownFact>,
    /// Long description.
    pub description: Option<Prose>,
    /// Questions and answers.
    pub faq: Option<Prose>,
    /// Source and date of all facts that name no other.
    pub provenance: Provenance,
    /// Where its name was written.
    pub origin: Origin,
    /// Where its status was written, when it was.
    pub status_origin: Option<Origin>,
    /// Where its successor was written, when it was.
    pub successor_origin: Option<Origin>,
}

impl Model {
    /// The day on which it came out, or was announced.
    #[must_use]
    pub fn came_out(&self) -> Option<Date> {
        self.dates.released.known().or_else(|| self.dates.announced.known()).copied()
    }

    /// The developer's own offer, whose prices are the list prices.
    #[must_use]
    pub fn own_offer(&self) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.own)
    }

    /// The prices to show for the model as such: the list prices, where they are amounts, else those of the cheapest offer
    /// by blended price, else those of the first offer that has any.
    ///
    /// What another than the developer offers at no charge is a trial with limits of its own, so it counts only where
    /// nobody asks for money.
    #[must_use]
    pub fn reference_offer(&self, today: Date) -> Option<&Offer> {
        let priced = || self.offers.iter().filter(|offer| offer.prices.on(today).next().is_some());
        let has_amounts = |offer: &Offer| offer.prices.on(today).any(|price| matches!(price.charge, Charge::Amount(_)));
        let mut offers = self.offers.iter();
        offers
            .find(|offer| offer.own && has_amounts(offer))
            .or_else(|| self.cheapest_of(today, |_| true))
            .or_else(|| priced().find(|offer| offer.own))
            .or_else(|| priced().min_by_key(|offer| offer.is_free(today)))
    }

    /// The offer by whose prices the model is told: the reference offer, or where no price holds on the day the first whose
    /// prices have ended or are still to begin, the developer's own before others.
    #[must_use]
    pub fn listed_offer(&self, today: Date) -> Option<&Offer> {
        self.reference_offer(today).or_else(|| self.offers.iter().find(|offer| !offer.prices.is_empty()))
    }

    /// Its price as one number: the blended price of its reference offer, in US dollars per 1M tokens.
    #[must_use]
    pub fn blended_price(&self, today: Date) -> Option<Decimal> {
        self.reference_offer(today)?.prices.blended(today)
    }

    /// The cheapest by blended price of the offers that cost something.
    #[must_use]
    pub fn cheapest_paid_offer(&self, today: Date) -> Option<&Offer> {
        self.cheapest_of(today, |blended| !blended.is_zero())
    }

    /// The cheapest by blended price of some offers, those at no charge last.
    fn cheapest_of(&self, today: Date, is_fit: impl Fn(&Decimal) -> bool) -> Option<&Offer> {
        let blended = self.offers.iter().filter_map(|offer| Some((offer.prices.blended(today)?, offer)));
        let cheapest = blended.filter(|(blended, _)| is_fit(blended)).min_by(|(a, x), (b, y)| {
            (a.is_zero(), a).cmp(&(b.is_zero(), b)).then_with(|| x.sort_key().cmp(&y.sort_key()))
        });
        cheapest.map(|(_, offer)| offer)
    }

    /// The offers for which nothing is charged on a day.
    pub fn free_offers(&self, today: Date) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(move |offer| offer.is_free(today))
    }
}

/// The dates of a model.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    /// First announced.
    pub announced: Fact<Date>,
    /// First usable.
    pub released: Fact<Date>,
    /// Last updated.
    pub updated: Fact<Date>,
    /// End of its training knowledge.
    pub knowledge_cutoff: Fact<Date>,
    /// Declared deprecated.
    pub deprecated: Fact<Date>,
    /// Turned off, or to be.
    pub retired: Fact<Date>,
}

impl Status {
    /// The status on a day. A date that has passed moves it on, so that a site does not grow wrong as time goes by:
    /// what was deprecated is, and what was to be turned off is off. A day of retirement that is known is a deprecation.
    #[must_use]
    pub fn on(today: Date, written: Option<Self>, dates: &Dates) -> Self {
        let retired = dates.retired.known();
        let deprecated = dates.deprecated.known().is_some_and(|date| !today.is_before(*date));
        if written == Some(Self::Retired) || retired.is_some_and(|date| date.is_before(today)) {
            Self::Retired
        } else if written == Some(Self::Deprecated) || deprecated || retired.is_some() {
            Self::Deprecated
        } else {
            written.unwrap_or(Self::Active)
        }
    }
}

/// How reasoning is set.
#[derive(Debug, Clone)]
pub struct Reasoning {
    /// Efforts to choose from.
    pub efforts: Vec<Effort>,
    /// The effort when none is asked for.
    pub default: Option<Effort>,
    /// Where the first of them is written.
    pub origin: Option<Origin>,
}

/// Whether a model can do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ability {
    /// It can; perhaps with a word on how.
    Yes(Option<String>),
    /// It cannot.
    No,
    /// Nobody has said.
    Unknown,
}

/// Method and path of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// HTTP method in capitals.
    pub method: String,
    /// Path, beginning with a slash.
    pub path: String,
}

/// A request parameter.
#[derive(Debug, Clone)]
pub struct RequestParameter {
    /// Name in the request.
    pub name: String,
    /// What it accepts.
    pub accepts: String,
    /// Its default.
    pub default: Option<String>,
}

/// A link to something about the model.
#[derive(Debug, Clone)]
pub struct Link {
    /// What it leads to.
    pub kind: LinkKind,
    /// Title.
    pub title: String,
    /// Address.
    pub url: WebUrl,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// Something that was looked for and not found.
#[derive(Debug, Clone)]
pub struct UnknownFact {
    /// What is not known.
    pub what: String,
    /// What is known about it all the same.
    pub why: String,
}

/// Markdown by an author: the file, whose text `markdown` renders.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The file it stands in.
    pub file: FileId,
    /// The Markdown.
    pub text: String,
}

/// One provider serving one model.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The provider; `None` is the developer where it has no provider file.
    pub provider: Option<ProviderId>,
    /// Whether it is the developer's own.
    pub own: bool,
    /// ID of the model there.
    pub id_there: Option<String>,
    /// Region or deployment.
    pub region: Option<String>,
    /// Context window there; unknown means as the developer has it.
    pub context_window: Fact<Tokens>,
    /// Max output there; unknown means as the developer has it.
    pub max_output: Fact<Tokens>,
    /// Quantisation of the weights.
    pub quantization: Option<String>,
    /// Prices.
    pub prices: PriceList,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it was written.
    pub origin: Origin,
}

impl Offer {
    /// Whether nothing is charged on a day: amounts are named, all of them are zero, and nothing is left unsaid of input or
    /// output. Unknown is not free.
    #[must_use]
    pub fn is_free(&self, today: Date) -> bool {
        let is_zero = |price: &Price| match &price.charge {
            Charge::Amount(money) => Some(money.amount.is_zero()),
            Charge::InPlan => Some(false),
            Charge::NotApplicable => None,
        };
        let says = |component| self.prices.on(today).any(|price| price.component == component);
        let mut amounts = self.prices.on(today).filter_map(is_zero).peekable();
        amounts.peek().is_some() && amounts.all(|is_zero| is_zero) && says(Component::Input) && says(Component::Output)
    }

    /// A total order of the offers of one model: own first, then by provider and region.
    #[must_use]
    pub fn sort_key(&self) -> (bool, Option<&ProviderId>, Option<&str>, Option<&str>) {
        (!self.own, self.provider.as_ref(), self.region.as_deref(), self.id_there.as_deref())
    }
}
