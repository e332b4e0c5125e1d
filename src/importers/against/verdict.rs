//! Whether two values are the same, and how far they are apart.

use rust_decimal::Decimal;

use crate::importers::date::Date;
use crate::importers::fact::Fact;
use crate::importers::review::{numbers, percentage, suspicion};
use crate::importers::slot::Slot;

/// How large a disagreement is. Ratios tell most, then what is a number on one side only, then days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Size {
    /// So many days lie between two dates.
    Days(i32),
    /// A number on one side, a word on the other.
    Word,
    /// The larger number is so many times the smaller one.
    Times(Decimal),
    /// One of the two is zero, or their signs differ.
    Boundless,
}

/// What comes of holding two values against each other.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They say the same.
    Agree,
    /// They do not.
    Differ { how: Option<String>, size: Size, suspicion: Option<String> },
    /// They cannot be compared, and why.
    Apart(String),
}

const DATES: [Fact; 6] =
    [Fact::Announced, Fact::Released, Fact::Updated, Fact::KnowledgeCutoff, Fact::Deprecated, Fact::Retired];

/// Holds what the content says at a place against what upstream says; both in one form.
pub(super) fn verdict(slot: &Slot, ours: &str, theirs: &str) -> Verdict {
    if ours == theirs {
        return Verdict::Agree;
    }
    let differ = |how: Option<String>, size: Size, suspicion: Option<String>| Verdict::Differ { how, size, suspicion };
    if matches!(slot, Slot::Key(keys) if DATES.iter().any(|fact| [fact.key()] == keys.as_slice())) {
        let date = |text: &str| Date::parse(text.trim_matches('"'));
        return match (date(ours), date(theirs)) {
            (Some(ours), Some(theirs)) if ours.agrees_with(theirs) => Verdict::Agree,
            (Some(ours), Some(theirs)) => {
                let days = ours.days_to(theirs);
                let way = if days > 0 { "later" } else { "earlier" };
                let unit = if days.abs() == 1 { "day" } else { "days" };
                differ(Some(format!("{} {unit} {way}", days.abs())), Size::Days(days.abs()), None)
            }
            _ => differ(None, Size::Word, None),
        };
    }
    if let Some((here, there)) = numbers(ours, theirs) {
        let suspicion = match suspicion(ours, theirs) {
            None if here.is_zero() => Some("zero here".to_owned()),
            // What a ratio can stem from is said of prices.
            Some(words) if !matches!(slot, Slot::Price(..)) => words.split(": ").next().map(str::to_owned),
            other => other,
        };
        let size = size(here, there);
        return if here == there { Verdict::Agree } else { differ(percentage(ours, theirs), size, suspicion) };
    }
    match (currency(ours), currency(theirs)) {
        (Some(here), Some(there)) => Verdict::Apart(format!("in {here} here, in {there} there")),
        _ => differ(None, Size::Word, None),
    }
}

fn size(here: Decimal, there: Decimal) -> Size {
    if here.is_zero() || there.is_zero() || here.is_sign_negative() != there.is_sign_negative() {
        return Size::Boundless;
    }
    let (here, there) = (here.abs(), there.abs());
    // A ratio beyond what 28 digits hold is larger than any that they do.
    here.max(there).checked_div(here.min(there)).map_or(Size::Boundless, Size::Times)
}

/// The currency of an amount; none where the value is no number.
fn currency(amount: &str) -> Option<&str> {
    numbers(amount, amount)?;
    Some(amount.split_once(' ').map_or("USD", |(_, currency)| currency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::price::{Component, Conditions, Unit};
    use crate::importers::slot::PriceKey;

    fn price() -> Slot {
        let key =
            PriceKey { component: Component::Input, unit: Unit::MillionTokens, conditions: Conditions::default() };
        Slot::Price(None, key)
    }

    fn told(slot: &Slot, ours: &str, theirs: &str) -> String {
        match verdict(slot, ours, theirs) {
            Verdict::Agree => "agree".to_owned(),
            Verdict::Apart(why) => why,
            Verdict::Differ { how, suspicion, .. } => {
                [how, suspicion].into_iter().flatten().collect::<Vec<_>>().join("; ")
            }
        }
    }

    #[test]
    fn amounts_are_compared_within_one_currency() {
        assert_eq!(told(&price(), "1.1", "1.1"), "agree");
        assert_eq!(told(&price(), "1.1", "2.2"), "+100%");
        assert_eq!(told(&price(), "8 CNY", "1.1"), "in CNY here, in USD there");
        assert_eq!(told(&price(), "8 CNY", "4 CNY"), "-50%");
        assert_eq!(told(&price(), "0", "3"), "zero here");
        assert_eq!(told(&price(), "3", "0"), "-100%; to zero: free, or not known any more?");
        assert_eq!(told(&price(), "\"in plan\"", "3"), "", "a word and a number are told without a ratio");
    }

    #[test]
    fn what_a_ratio_can_stem_from_is_said_of_prices_only() {
        assert!(told(&price(), "1.1", "1100").ends_with("×1000: per 1K tokens in the place of per 1M tokens?"));
        assert!(told(&Slot::key("context_window"), "128", "128000").ends_with("; ×1000"));
    }

    #[test]
    fn a_month_and_a_day_of_it_agree() {
        let released = Slot::key("released");
        assert_eq!(told(&released, "2025-01-31", "\"2025-01\""), "agree");
        assert_eq!(told(&released, "\"2025\"", "2025-03-01"), "agree");
        assert_eq!(told(&released, "2025-01-31", "2025-02-01"), "1 day later");
        assert_eq!(told(&released, "2025-01-31", "\"2024-12\""), "31 days earlier");
    }

    #[test]
    fn the_largest_is_what_has_no_bound_then_ratios_words_and_days() {
        let size = |slot: &Slot, ours: &str, theirs: &str| match verdict(slot, ours, theirs) {
            Verdict::Differ { size, .. } => size,
            other => panic!("{other:?}"),
        };
        let sizes = [
            size(&price(), "3", "0"),
            size(&price(), "0.001", "1"),
            size(&price(), "20", "2"),
            size(&price(), "2", "2.0001"),
            size(&price(), "\"not applicable\"", "2"),
            size(&Slot::key("released"), "2025-01-31", "2026-01-31"),
            size(&Slot::key("released"), "2025-01-31", "2025-02-01"),
        ];
        assert!(sizes.is_sorted_by(|a, b| a > b), "{sizes:?}");
    }
}
