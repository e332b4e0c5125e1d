//! Prices of a foreign catalogue as rows: what is paid for, per what, how much, under which conditions.

use rust_decimal::Decimal;

use super::date::Date;
use super::ledger::Place;
use super::upstream::Citation;

/// Makes an enum whose variants are words of the content format.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)* }
        impl $name {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
            /// The word of the content format.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
            /// The one of this word.
            #[must_use]
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// What is paid for.
    Component {
        /// Tokens of the prompt.
        Input = "input",
        /// Input read from the prompt cache.
        CacheRead = "cache read",
        /// Input written to the prompt cache.
        CacheWrite = "cache write",
        /// Tokens of the answer.
        Output = "output",
        /// Reasoning tokens, where they have a price of their own.
        Reasoning = "reasoning",
        /// Keeping what is in the cache.
        CacheStorage = "cache storage",
        /// A search of the web.
        WebSearch = "web search",
        /// A request as such.
        Request = "request",
        /// A session as such.
        Session = "session",
        /// Training on tokens.
        Training = "training",
    }
}

words! {
    /// What an amount is per.
    Unit {
        /// The unit of all short keys.
        MillionTokens = "1M tokens",
        /// As speech is priced.
        MillionCharacters = "1M characters",
        /// One image.
        Image = "image",
        /// One second.
        Second = "second",
        /// One minute.
        Minute = "minute",
        /// One hour.
        Hour = "hour",
        /// One page.
        Page = "page",
        /// One request.
        Request = "request",
        /// A thousand requests.
        ThousandRequests = "1K requests",
        /// One session.
        Session = "session",
        /// As cache storage is priced.
        MillionTokensHour = "1M tokens per hour",
    }
}

words! {
    /// Class of service.
    ServiceTier {
        /// The usual one.
        Standard = "standard",
        /// Answers within a day.
        Batch = "batch",
        /// Answers when there is room.
        Flex = "flex",
        /// Answers first.
        Priority = "priority",
    }
}

/// What a price says is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So much. Zero is no charge.
    Money(Decimal),
    /// There is no such charge.
    NotApplicable,
    /// Covered by a subscription or plan.
    InPlan,
}

/// When a price holds. Two prices of one offer for the same component and unit differ here, or in their days.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conditions {
    /// Only requests whose prompt has more tokens than this.
    pub above: Option<u64>,
    /// Standard when absent.
    pub service_tier: Option<ServiceTier>,
    /// Only this modality: text, image, audio, video, pdf.
    pub modality: Option<String>,
    /// How long a cache entry lives: `5m`, `1h`.
    pub cache_ttl: Option<String>,
    /// Only there, in words.
    pub region: Option<String>,
    /// Only at these hours in UTC: `16:30-00:30`.
    pub hours: Option<String>,
    /// Size, quality or another condition in words.
    pub quality: Option<String>,
}

/// One price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    /// What is paid for.
    pub component: Component,
    /// What the amount is per.
    pub unit: Unit,
    /// How much.
    pub amount: Amount,
    /// ISO 4217.
    pub currency: String,
    /// When it holds.
    pub conditions: Conditions,
    /// First day, where upstream says so.
    pub from: Option<Date>,
    /// Last day, where upstream says so.
    pub until: Option<Date>,
    /// Where it says so, other than the catalogue itself.
    pub citation: Option<Citation>,
    /// What a reader should know.
    pub note: Option<String>,
    /// The field of the amount.
    pub place: Place,
    /// The fields of its conditions, citation and note.
    pub more: Vec<Place>,
}

impl PriceRow {
    /// A price in US dollars per 1M tokens of a standard request.
    #[must_use]
    pub fn of(component: Component, amount: Amount, place: Place) -> Self {
        Self {
            component,
            unit: Unit::MillionTokens,
            amount,
            currency: "USD".to_owned(),
            conditions: Conditions::default(),
            from: None,
            until: None,
            citation: None,
            note: None,
            place,
            more: Vec::new(),
        }
    }
}

/// Hours of the day out of two numbers as `1630`, which may wrap past midnight: `16:30-00:30`.
///
/// # Errors
///
/// Why the numbers are no hours.
pub fn hours(start: u32, end: u32) -> Result<String, &'static str> {
    let clock = |time: u32| {
        let (hour, minute) = (time / 100, time % 100);
        (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
    };
    if start == end {
        return Err("a window that ends where it begins is the whole day or nothing");
    }
    let end = if end == 2400 { 0 } else { end };
    match (clock(start), clock(end)) {
        (Some(start), Some(end)) => Ok(format!("{start}-{end}")),
        _ => Err("not hours and minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_can_wrap_past_midnight() {
        assert_eq!(hours(1000, 100).as_deref(), Ok("10:00-01:00"));
        assert_eq!(hours(30, 2400).as_deref(), Ok("00:30-00:00"));
        assert!(hours(1000, 1000).is_err() && hours(2500, 100).is_err() && hours(1060, 100).is_err());
    }
}
