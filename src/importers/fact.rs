//! The facts of a model or offer that a foreign catalogue can give, by the keys of the content format.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::date::Date;
use super::ledger::Given;

/// A fact about a model, in the order of a model's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Name as the developer writes it: a text.
    Name,
    /// One paragraph of plain text.
    Summary,
    /// Line of models: a text.
    Family,
    /// `active`, `preview`, `deprecated` or `retired`.
    Status,
    /// Date.
    Announced,
    /// Date.
    Released,
    /// Date.
    Updated,
    /// Date.
    KnowledgeCutoff,
    /// Date from which it is deprecated and still served.
    Deprecated,
    /// Date on which it is turned off, or was.
    Retired,
    /// Tokens.
    ContextWindow,
    /// Tokens.
    MaxInput,
    /// Tokens.
    MaxOutput,
    /// Words: text, image, audio, video, pdf. Written only together with [`Fact::ModalitiesOut`].
    ModalitiesIn,
    /// Words, as for [`Fact::ModalitiesIn`].
    ModalitiesOut,
    /// `open` or `closed`.
    Weights,
    /// Web address.
    WeightsUrl,
    /// SPDX identifier or name.
    License,
    /// Web address.
    LicenseUrl,
    /// A number.
    Parameters,
    /// A number.
    ActiveParameters,
    /// Words: none, minimal, low, medium, high, xhigh, max.
    Efforts,
    /// One of the efforts.
    DefaultEffort,
    /// A flag, as are all that follow.
    ToolCalling,
    /// A flag.
    StructuredOutput,
    /// A flag.
    Reasoning,
    /// A flag.
    Vision,
    /// A flag.
    PromptCaching,
    /// A flag.
    Streaming,
    /// A flag.
    WebSearch,
    /// A flag.
    ComputerUse,
}

impl Fact {
    /// Every fact, in the order of a model's file.
    pub const ALL: [Self; 31] = [
        Self::Name,
        Self::Summary,
        Self::Family,
        Self::Status,
        Self::Announced,
        Self::Released,
        Self::Updated,
        Self::KnowledgeCutoff,
        Self::Deprecated,
        Self::Retired,
        Self::ContextWindow,
        Self::MaxInput,
        Self::MaxOutput,
        Self::ModalitiesIn,
        Self::ModalitiesOut,
        Self::Weights,
        Self::WeightsUrl,
        Self::License,
        Self::LicenseUrl,
        Self::Parameters,
        Self::ActiveParameters,
        Self::Efforts,
        Self::DefaultEffort,
        Self::ToolCalling,
        Self::StructuredOutput,
        Self::Reasoning,
        Self::Vision,
        Self::PromptCaching,
        Self::Streaming,
        Self::WebSearch,
        Self::ComputerUse,
    ];

    /// The key in a model's file, with a point where it is in a table.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Summary => "summary",
            Self::Family => "family",
            Self::Status => "status",
            Self::Announced => "announced",
            Self::Released => "released",
            Self::Updated => "updated",
            Self::KnowledgeCutoff => "knowledge_cutoff",
            Self::Deprecated => "deprecated",
            Self::Retired => "retired",
            Self::ContextWindow => "context_window",
            Self::MaxInput => "max_input",
            Self::MaxOutput => "max_output",
            Self::ModalitiesIn => "modalities.input",
            Self::ModalitiesOut => "modalities.output",
            Self::Weights => "weights",
            Self::WeightsUrl => "weights_url",
            Self::License => "license",
            Self::LicenseUrl => "license_url",
            Self::Parameters => "parameters",
            Self::ActiveParameters => "active_parameters",
            Self::Efforts => "reasoning.efforts",
            Self::DefaultEffort => "reasoning.default",
            Self::ToolCalling => "capabilities.tool_calling",
            Self::StructuredOutput => "capabilities.structured_output",
            Self::Reasoning => "capabilities.reasoning",
            Self::Vision => "capabilities.vision",
            Self::PromptCaching => "capabilities.prompt_caching",
            Self::Streaming => "capabilities.streaming",
            Self::WebSearch => "capabilities.web_search",
            Self::ComputerUse => "capabilities.computer_use",
        }
    }
}

/// The words of [`Fact::Efforts`], from the least to the most.
pub const EFFORTS: [&str; 7] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/// The value of a fact. What is not known is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// A text.
    Text(String),
    /// A number, exactly.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A date.
    Date(Date),
    /// A list of words.
    Words(Vec<String>),
    /// There is no such thing, which is more than not knowing it.
    NotApplicable,
}

/// What a foreign record says about a model, each fact with its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<Fact, Given<Datum>>);

impl Facts {
    /// Adds a text, if there is one.
    pub fn text(&mut self, fact: Fact, given: Option<Given<String>>) {
        self.put(fact, given.map(|given| given.map(Datum::Text)));
    }

    /// Adds a number, if there is one.
    pub fn number(&mut self, fact: Fact, given: Option<Given<Decimal>>) {
        self.put(fact, given.map(|given| given.map(Datum::Number)));
    }

    /// Adds a flag, if there is one.
    pub fn flag(&mut self, fact: Fact, given: Option<Given<bool>>) {
        self.put(fact, given.map(|given| given.map(Datum::Flag)));
    }

    /// Adds a date, if there is one.
    pub fn date(&mut self, fact: Fact, given: Option<Given<Date>>) {
        self.put(fact, given.map(|given| given.map(Datum::Date)));
    }

    /// Adds words, if there are any.
    pub fn words(&mut self, fact: Fact, given: Option<Given<Vec<String>>>) {
        self.put(fact, given.map(|given| given.map(Datum::Words)));
    }

    /// Adds a value, if there is one, in the place of another. Efforts stand in their order, whatever that of the input.
    pub fn put(&mut self, fact: Fact, given: Option<Given<Datum>>) {
        let Some(mut given) = given else { return };
        if let (Fact::Efforts, Datum::Words(words)) = (fact, &mut given.value) {
            words.sort_by_key(|word| EFFORTS.iter().position(|known| known == word));
        }
        self.0.insert(fact, given);
    }

    /// The value of a fact.
    #[must_use]
    pub fn get(&self, fact: Fact) -> Option<&Given<Datum>> {
        self.0.get(&fact)
    }

    /// The number that a fact is.
    #[must_use]
    pub fn number_of(&self, fact: Fact) -> Option<Decimal> {
        match self.get(fact)?.value {
            Datum::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The date that a fact is.
    #[must_use]
    pub fn date_of(&self, fact: Fact) -> Option<Date> {
        match self.get(fact)?.value {
            Datum::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The text that a fact is.
    #[must_use]
    pub fn text_of(&self, fact: Fact) -> Option<&str> {
        match &self.get(fact)?.value {
            Datum::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a fact out.
    pub fn remove(&mut self, fact: Fact) -> Option<Given<Datum>> {
        self.0.remove(&fact)
    }

    /// Every fact that is known, in the order of a model's file.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, &Given<Datum>)> {
        self.0.iter().map(|(fact, given)| (*fact, given))
    }
}
