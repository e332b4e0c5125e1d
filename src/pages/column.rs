//! A column of numbers that are aligned on the decimal point as plain text.
//!
//! Where a number has fewer decimals than the longest, figure spaces stand for the digits and a punctuation space
//! for the point. So the column is right in every font with tabular figures, and what is copied is the number.

const FIGURE_SPACE: char = '\u{2007}';
const PUNCTUATION_SPACE: char = '\u{2008}';

/// How far the numbers of a column reach behind the decimal point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    decimals: usize,
}

impl Column {
    /// A column of these numbers.
    pub fn of<'a>(numbers: impl IntoIterator<Item = &'a str>) -> Self {
        Self { decimals: numbers.into_iter().map(|number| decimals(number).unwrap_or(0)).max().unwrap_or(0) }
    }

    /// What fills a number up behind to the width of the column.
    #[must_use]
    pub fn pad(self, number: &str) -> String {
        let (point, missing) = match decimals(number) {
            Some(has) => (None, self.decimals.saturating_sub(has)),
            None if self.decimals > 0 => (Some(PUNCTUATION_SPACE), self.decimals),
            None => (None, 0),
        };
        point.into_iter().chain(std::iter::repeat_n(FIGURE_SPACE, missing)).collect()
    }
}

/// How many digits follow the point; `None` when there is no point.
fn decimals(number: &str) -> Option<usize> {
    let (_, fraction) = number.split_once('.')?;
    Some(fraction.chars().take_while(char::is_ascii_digit).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_under_one_another_whatever_their_decimals() {
        let column = Column::of(["$1.10", "$1.6875", "86", "$1,000.5"]);
        assert_eq!(column.pad("$1.10"), "\u{2007}\u{2007}");
        assert_eq!(column.pad("$1.6875"), "");
        assert_eq!(column.pad("86"), "\u{2008}\u{2007}\u{2007}\u{2007}\u{2007}");
        assert_eq!(column.pad("$1,000.5"), "\u{2007}\u{2007}\u{2007}");
        assert_eq!(Column::of(["1", "20"]).pad("1"), "");
    }
}
