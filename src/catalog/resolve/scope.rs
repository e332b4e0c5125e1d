//! What resolving one record needs: its file, its name in words, the sources it may refer to, and where findings go.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::number::{Inexact, exact};
use crate::catalog::{Date, Fact, Provenance, SourceId, State, WebUrl};
use crate::diagnostic::{Diagnostic, suggest};
use crate::files::{FileId, Origin, SourceTree, Span};
use crate::source::{Amount, DateText, Located};

/// Sources by their keys, as one file sees them.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceKeys {
    pub(super) known: BTreeMap<String, SourceId>,
    /// Whether there may be more: the settings could not be read, and a key of theirs is no mistake of its own.
    pub(super) partial: bool,
}

/// One record being resolved.
pub(super) struct Scope<'a> {
    /// All texts, for the digits of numbers.
    pub(super) tree: &'a SourceTree,
    /// The record's file.
    pub(super) file: FileId,
    /// The record in words: ``model `openai/o3` ``.
    pub(super) record: String,
    /// The sources that the file may refer to.
    pub(super) sources: &'a SourceKeys,
    /// Source and date of every value that names no other.
    pub(super) defaults: Provenance,
    /// What was found wrong.
    pub(super) found: Vec<Diagnostic>,
}

/// The most that a number can be before it cannot be meant, and small enough to be worked with exactly.
pub(super) const SIZE: i64 = 1_000_000_000_000_000;
/// The most tokens that a limit or a threshold can be.
pub(super) const TOKENS: i64 = 10_000_000_000;
/// The most that a price can be, in whatever currency and unit.
const PRICE: i64 = 1_000_000_000;

impl<'a> Scope<'a> {
    pub(super) fn new(tree: &'a SourceTree, file: FileId, record: String, sources: &'a SourceKeys) -> Self {
        Self { tree, file, record, sources, defaults: Provenance::default(), found: Vec::new() }
    }

    /// The place of a span in the record's file.
    pub(super) fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file, span }
    }

    /// Reports an error of this record at a span.
    pub(super) fn error(&mut self, code: &'static str, message: String, span: Span, label: &str, help: String) {
        let message = format!("{}: {message}", self.record);
        self.found.push(Diagnostic::error(code, message).at(self.origin(span), label).help(help));
    }

    /// The word that a closed vocabulary has for this text.
    pub(super) fn word<T>(
        &mut self,
        key: &str,
        word: &Located<String>,
        words: &[&'static str],
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(&word.value);
        if value.is_none() {
            let help = nearest(&word.value, words.iter().copied())
                .unwrap_or_else(|| format!("it can be {}", suggest::list(words.iter().copied())));
            let message = format!("`{}` is not a word for {key}", word.value);
            self.error("unknown-word", message, word.span, "not known", help);
        }
        value
    }

    /// The exact number written at this span.
    pub(super) fn decimal(&mut self, key: &str, span: Span) -> Option<Decimal> {
        let (label, help) = match exact(self.tree.text(self.origin(span))) {
            Ok(number) => return self.bounded(key, span, number, SIZE),
            Err(Inexact::Large) => return self.bounded(key, span, Decimal::MAX, SIZE),
            Err(Inexact::Form(help)) => ("not a decimal number", help),
            Err(Inexact::Digits) => {
                let help = "write it with digits and a decimal point, at most 28 digits in all";
                ("cannot be held exactly", help.to_owned())
            }
        };
        self.error("not-a-number", format!("{key} is no exact decimal number"), span, label, help);
        None
    }

    /// The number, when it can be meant.
    fn bounded(&mut self, key: &str, span: Span, number: Decimal, most: i64) -> Option<Decimal> {
        if number.abs() <= Decimal::from(most) {
            return Some(number);
        }
        let help = "check the unit: prices are per 1M tokens, limits are in tokens".to_owned();
        let label = format!("more than 10^{}", most.ilog10());
        self.error("absurd-number", format!("{key} is too large to be meant"), span, &label, help);
        None
    }

    /// The exact number written at this span, when it is not below zero.
    pub(super) fn positive(&mut self, key: &str, span: Span) -> Option<Decimal> {
        let number = self.decimal(key, span)?;
        if number.is_sign_negative() && !number.is_zero() {
            let help = "leave the key out if the value is not known: unknown is not a number".to_owned();
            self.error("negative-number", format!("{key} is below zero"), span, "below zero", help);
            return None;
        }
        Some(number)
    }

    /// The exact price written at this span.
    pub(super) fn price(&mut self, key: &str, span: Span) -> Option<Decimal> {
        let number = self.positive(key, span)?;
        self.bounded(key, span, number, PRICE)
    }

    /// The whole number written at this span, zero included.
    pub(super) fn whole(&mut self, key: &str, span: Span) -> Option<u64> {
        let number = self.positive(key, span)?;
        if !number.fract().is_zero() {
            let help = "leave the key out if the value is not known".to_owned();
            self.error("absurd-number", format!("{key} is not a whole number"), span, "not a whole number", help);
            return None;
        }
        u64::try_from(number.normalize()).ok()
    }

    /// The whole number written at this span, when it is above zero and at most this.
    pub(super) fn count(&mut self, key: &str, span: Span, most: i64) -> Option<u64> {
        let number = self.whole(key, span)?;
        if number == 0 {
            let help = "leave the key out if the value is not known, or write \"not applicable\"".to_owned();
            self.error("absurd-number", format!("{key} is zero"), span, "zero", help);
            return None;
        }
        self.bounded(key, span, Decimal::from(number), most)?;
        Some(number)
    }

    /// What a list says, without what it says again, which is reported.
    pub(super) fn unique<'l>(&mut self, key: &str, list: &'l [Located<String>]) -> Vec<&'l Located<String>> {
        let mut first: Vec<&Located<String>> = Vec::with_capacity(list.len());
        let mut seen: BTreeMap<&String, (Span, bool)> = BTreeMap::new();
        for item in list {
            let Some((earlier, told)) = seen.get_mut(&item.value) else {
                seen.insert(&item.value, (item.span, false));
                first.push(item);
                continue;
            };
            if !std::mem::replace(told, true) {
                let message = format!("{}: `{}` is listed twice in `{key}`", self.record, item.value);
                let (earlier, again) = (*earlier, item.span);
                let finding = super::price::duplicate(message, self.origin(earlier), self.origin(again));
                self.found.push(finding.help("keep one of the two"));
            }
        }
        first
    }

    /// A limit or size: a whole number, or "not applicable".
    pub(super) fn count_fact<T>(
        &mut self,
        key: &str,
        amount: Option<&Located<Amount>>,
        most: i64,
        of: fn(u64) -> T,
    ) -> Fact<T> {
        let Some(amount) = amount else { return Fact::default() };
        let state = match &amount.value {
            Amount::Number => {
                self.count(key, amount.span, most).map_or(State::Unknown, |count| State::Known(of(count)))
            }
            Amount::Words(words) if words == "not applicable" => State::NotApplicable,
            Amount::Words(words) => {
                let help = "it is a number or \"not applicable\"; leave the key out if it is not known";
                self.no_amount(key, words, amount.span, help);
                State::Unknown
            }
        };
        Fact { state, provenance: self.defaults.clone(), origin: Some(self.origin(amount.span)) }
    }

    /// Reports words in the place of a number.
    pub(super) fn no_amount(&mut self, key: &str, words: &str, span: Span, help: &str) {
        let bare = words.trim_start_matches(['$', '€', '£']).replace([',', ' ', '_', '\''], "");
        if bare.parse::<Decimal>().is_ok() {
            let message = format!("{key}: expected a number, found a string");
            self.error("wrong-type", message, span, "expected a number", format!("write it without quotes: `{bare}`"));
        } else {
            let message = format!("`{words}` is not a word for {key}");
            self.error("unknown-word", message, span, "not known", help.to_owned());
        }
    }

    /// The date that this text says.
    pub(super) fn date(&mut self, key: &str, text: &Located<DateText>) -> Option<Date> {
        let date = Date::parse(&text.value.0);
        if date.is_none() {
            let message = format!("{key} `{}` is not a date", text.value.0);
            let help = "write 2025-01-31, or \"2025-01\" or \"2025\" in quotes if no more is known".to_owned();
            self.error("invalid-date", message, text.span, "no such date", help);
        } else if date.is_some_and(|date| !(1950..=2100).contains(&date.year())) {
            let message = format!("{key} `{}` cannot be right", text.value.0);
            let help = "leave the key out if the date is not known".to_owned();
            self.error("invalid-date", message, text.span, "not a year of AI models", help);
            return None;
        }
        date
    }

    /// A date, when one is written.
    pub(super) fn date_option(&mut self, key: &str, text: Option<&Located<DateText>>) -> Option<Date> {
        text.and_then(|text| self.date(key, text))
    }

    /// A date with its provenance.
    pub(super) fn date_fact(&mut self, key: &str, text: Option<&Located<DateText>>) -> Fact<Date> {
        let Some(text) = text else { return Fact::default() };
        let state = self.date(key, text).map_or(State::Unknown, State::Known);
        Fact { state, provenance: self.defaults.clone(), origin: Some(self.origin(text.span)) }
    }

    /// The web address that this text is.
    pub(super) fn url(&mut self, key: &str, text: Option<&Located<String>>) -> Option<WebUrl> {
        let text = text?;
        let url = WebUrl::parse(&text.value);
        if url.is_none() {
            let message = format!("{key} `{}` is not a web address", text.value);
            let help = "an address begins with https:// or http:// and has no spaces".to_owned();
            self.error("invalid-url", message, text.span, "not http or https", help);
        }
        url
    }

    /// The source that this key names.
    pub(super) fn source(&mut self, key: Option<&Located<String>>) -> Option<SourceId> {
        let key = key?;
        let source = self.sources.known.get(&key.value).copied();
        if source.is_none() && !self.sources.partial {
            let help = nearest(&key.value, self.sources.known.keys().map(String::as_str)).unwrap_or_else(|| {
                format!("name it once under `[sources.{}]`, in this file or in content/site.toml", key.value)
            });
            self.error("unknown-source", format!("no source `{}` is named", key.value), key.span, "not named", help);
        }
        source
    }

    /// Source, date and note of a value; what is absent is the file's.
    pub(super) fn provenance(
        &mut self,
        source: Option<&Located<String>>,
        as_of: Option<&Located<DateText>>,
        note: Option<&Located<String>>,
        defaults: &Provenance,
    ) -> Provenance {
        let own_source = self.source(source);
        let own_date = self.date_option("as_of", as_of);
        // Date and note go with their source: those of another source would be a false claim.
        let other = own_source.is_some() && own_source != defaults.source;
        let (date, words) = if other { (None, None) } else { (defaults.as_of, defaults.note.clone()) };
        let source = own_source.or(defaults.source);
        Provenance { source, as_of: own_date.or(date), note: text(note).or(words), overdue: None }
    }
}

/// "did you mean" for a text that is none of these; `None` when nothing is near.
pub(super) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest::nearest(text, known).map(|known| format!("did you mean `{known}`?"))
}

/// What a key says: `Some(None)` when it is absent, `None` when it is there and cannot be read.
///
/// A value of which a condition cannot be read is left out: without the condition it would say something else.
pub(super) fn optional<T, U>(given: Option<&T>, read: impl FnOnce(&T) -> Option<U>) -> Option<Option<U>> {
    given.map_or(Some(None), |given| read(given).map(Some))
}

/// The values of located strings.
pub(super) fn text<'a, T: From<&'a str>>(text: Option<&'a Located<String>>) -> Option<T> {
    text.map(|text| text.value.as_str().into())
}
