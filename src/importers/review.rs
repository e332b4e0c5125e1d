//! What an import changes, for a person to read before it goes live: by model, with percentages, what is suspicious marked.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::merge::{Change, Kind, Merged};
use super::number::exact;
use super::slot::Slot;
use super::value::plain;

/// Everything that an import changes.
#[derive(Debug, Default)]
pub struct Review {
    /// New files, by the folder that they are in.
    pub new: BTreeMap<String, usize>,
    /// Offers that are new, in new files and in others.
    pub new_offers: usize,
    /// What changes in the files that were there, by model or, where it is about none, by file.
    pub subjects: BTreeMap<String, Vec<Line>>,
}

/// A change as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// What is done.
    pub kind: Kind,
    /// What changes: `azure, gpt-5.5: price of input`.
    pub what: String,
    /// From what to what, with the percentage.
    pub how: String,
    /// Why a person should look at it.
    pub suspicion: Option<String>,
}

/// Makes the review of a merge.
#[must_use]
pub fn review(merged: &Merged) -> Review {
    let mut review = Review::default();
    for path in &merged.new {
        let folder = path.trim_start_matches("content/").split('/').next().unwrap_or_default();
        *review.new.entry(folder.to_owned()).or_default() += 1;
    }
    for change in &merged.changes {
        if change.kind == Kind::Added && matches!(&change.slot, Slot::Offer(_, key) if key == "id") {
            review.new_offers += 1;
        }
        let in_new = merged.new.binary_search(&change.path).is_ok();
        if in_new || is_stamp(&change.slot) {
            continue;
        }
        let (subject, line) = line(change);
        review.subjects.entry(subject).or_default().push(line);
    }
    review
}

/// Sources and days follow from what is told anyway.
fn is_stamp(slot: &Slot) -> bool {
    let is_word = |key: &str| matches!(key, "source" | "as_of" | "checked");
    match slot {
        Slot::Key(keys) => {
            keys.first().is_some_and(|key| key == "sources" || key == "provenance")
                || keys.last().is_some_and(|key| is_word(key))
        }
        Slot::Offer(_, key) => is_word(key),
        _ => false,
    }
}

/// What a place is called: the model, or the file where it is about none, and what of it.
pub(super) fn named(path: &str, slot: &Slot) -> (String, String) {
    let stem = path.trim_start_matches("content/").trim_end_matches(".toml");
    let file = stem.strip_prefix("models/").unwrap_or(stem);
    let Some(offer) = slot.offer() else { return (file.to_owned(), slot.to_string()) };
    let provider = stem.strip_prefix("providers/").unwrap_or(stem);
    let what = match slot {
        Slot::Price(_, price) => format!("price of {price}"),
        Slot::Offer(_, key) if key == "id" => "offer".to_owned(),
        Slot::Offer(_, key) => key.clone(),
        _ => String::new(),
    };
    (offer.model.clone(), format!("{provider}, {}: {what}", offer.id))
}

fn line(change: &Change) -> (String, Line) {
    let (subject, what) = named(&change.path, &change.slot);
    let what = match (change.kind, change.slot.offer()) {
        (Kind::Unlisted, Some(_)) => what.split_once(": ").map_or(what.clone(), |(offer, _)| offer.to_owned()),
        (Kind::Unlisted, None) => "the model".to_owned(),
        _ => what,
    };
    let (how, suspicion) = match (change.kind, &change.before, &change.after) {
        (Kind::Added, _, Some(after)) => (format!("new: {after}"), None),
        (Kind::Gone, Some(before), _) => (format!("{before} → not said any more"), None),
        (Kind::Unlisted, ..) => ("not listed any more".to_owned(), None),
        (kind, Some(before), Some(after)) => {
            let mut how = format!("{before} → {after}");
            if let Some(percent) = percentage(before, after) {
                how.push_str(&format!(", {percent}"));
            }
            if kind == Kind::Overridden {
                how.push_str(" upstream; yours stays");
            }
            (how, suspicion(before, after))
        }
        (Kind::Overridden, Some(before), None) => (format!("{before} → not said any more upstream; yours stays"), None),
        _ => (String::new(), None),
    };
    (subject, Line { kind: change.kind, what, how, suspicion })
}

/// The numbers that two values are, of one currency.
pub(super) fn numbers(before: &str, after: &str) -> Option<(Decimal, Decimal)> {
    let parts = |text: &str| -> Option<(Decimal, String)> {
        let text = plain(text);
        let (number, currency) = text.split_once(' ').unwrap_or((&text, ""));
        Some((exact(number).ok()?.value, currency.to_owned()))
    };
    let ((before, one), (after, other)) = (parts(before)?, parts(after)?);
    (one == other).then_some((before, after))
}

/// How far a number has moved, in percent with a decimal at most.
pub(super) fn percentage(before: &str, after: &str) -> Option<String> {
    let (before, after) = numbers(before, after)?;
    let exact = after.checked_sub(before)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before)?;
    let percent = exact.round_dp(1).normalize();
    if percent.is_zero() && !exact.is_zero() {
        return Some("less than 0.1%".to_owned());
    }
    let sign = if percent.is_sign_positive() && !percent.is_zero() { "+" } else { "" };
    Some(format!("{sign}{percent}%"))
}

/// Why a move is more likely a slip than a price.
#[must_use]
pub fn suspicion(before: &str, after: &str) -> Option<String> {
    let (before, after) = numbers(before, after)?;
    if before.is_zero() || before == after {
        return None;
    }
    if after.is_zero() {
        return Some("to zero: free, or not known any more?".to_owned());
    }
    if before.is_sign_negative() != after.is_sign_negative() {
        return Some("the sign turned".to_owned());
    }
    let ratio = if after > before { after.checked_div(before) } else { before.checked_div(after) }?;
    let near = |power: i64| ratio >= Decimal::from(power * 9 / 10) && ratio <= Decimal::from(power * 11 / 10);
    let times = ratio.round_dp(1).normalize();
    let way = if after > before { "×" } else { "÷" };
    if near(1_000_000) {
        Some(format!("{way}{times}: per token in the place of per 1M tokens?"))
    } else if near(1_000) {
        Some(format!("{way}{times}: per 1K tokens in the place of per 1M tokens?"))
    } else if ratio >= Decimal::TEN {
        Some(format!("{way}{times}"))
    } else {
        None
    }
}

impl Review {
    /// The review as text: all of it, or its suspicious and its first lines.
    #[must_use]
    pub fn text(&self, lines: usize) -> String {
        let mut text = String::new();
        let new: Vec<String> = self.new.iter().map(|(folder, count)| format!("{count} in {folder}")).collect();
        if !new.is_empty() {
            text.push_str(&format!("New files: {}\n", new.join(", ")));
        }
        if self.new_offers > 0 {
            text.push_str(&format!("New offers: {}\n", self.new_offers));
        }
        let suspicious = self.subjects.values().flatten().filter(|line| line.suspicion.is_some()).count();
        let all = self.subjects.values().map(Vec::len).sum::<usize>();
        if all == 0 {
            if new.is_empty() && self.new_offers == 0 {
                text.push_str("Nothing changes\n");
            }
            return text;
        }
        let flagged = if suspicious > 0 { format!(", {suspicious} of them suspicious") } else { String::new() };
        text.push_str(&format!(
            "Changes in {}: {all}{flagged}\n",
            count(self.subjects.len(), "model or file", "models and files")
        ));
        let mut shown = 0;
        for (subject, all) in &self.subjects {
            let left: Vec<&Line> = all
                .iter()
                .filter(|line| {
                    line.suspicion.is_some() || {
                        shown += 1;
                        shown <= lines
                    }
                })
                .collect();
            if left.is_empty() {
                continue;
            }
            text.push_str(&format!("\n  {subject}\n"));
            for line in left {
                text.push_str(&format!("    {}  {}\n", line.what, line.how));
                if let Some(suspicion) = &line.suspicion {
                    text.push_str(&format!("      suspicious: {suspicion}\n"));
                }
            }
        }
        if shown > lines {
            text.push_str(&format!("\n  and {} more: --dry-run shows all of them\n", shown - lines));
        }
        text
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_that_are_probably_slips_are_marked() {
        let said = |before, after| suspicion(before, after).unwrap_or_default();
        assert_eq!(said("1.10", "2.20"), "");
        assert_eq!(said("1", "10"), "×10");
        assert_eq!(said("10", "0.5"), "÷20");
        assert_eq!(said("2.5", "0.0025"), "÷1000: per 1K tokens in the place of per 1M tokens?");
        assert_eq!(said("0.0000025", "2.5"), "×1000000: per token in the place of per 1M tokens?");
        assert_eq!(said("3", "0"), "to zero: free, or not known any more?");
        assert_eq!(said("3", "-3"), "the sign turned");
        assert_eq!(said("0", "3"), "");
        assert_eq!(said("3 EUR", "30 EUR"), "×10");
        assert_eq!(said("3 EUR", "30"), "", "amounts of two currencies are not compared");
    }

    #[test]
    fn percentages_are_told() {
        assert_eq!(percentage("1.10", "2.20").as_deref(), Some("+100%"));
        assert_eq!(percentage("3", "2").as_deref(), Some("-33.3%"));
        assert_eq!(percentage("65536", "65535").as_deref(), Some("less than 0.1%"));
        assert_eq!(percentage("0", "2"), None);
        assert_eq!(percentage("79228162514264337593543950335", "-79228162514264337593543950335"), None);
        assert_eq!(percentage("\"in plan\"", "2"), None);
    }
}
