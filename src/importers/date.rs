//! Dates as precise as the source: a day, a month or a year.

use std::fmt;

use jiff::civil;

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// Reads `2025-01-31`, `2025-01` or `2025`; of a point in time its day. A year before 1950 or after 2100 is not believed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = match text.split_once(['T', ' ']) {
            Some((day, time)) if day.len() == 10 && time.contains(':') => day,
            _ => text,
        };
        let mut parts = text.split('-');
        let mut next = |length: usize| match parts.next() {
            None => Some(None),
            Some(part) if part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()) => {
                part.parse::<i16>().ok().map(Some)
            }
            Some(_) => None,
        };
        let year = next(4)??;
        let month = next(2)?.and_then(|month| i8::try_from(month).ok());
        let day = next(2)?.and_then(|day| i8::try_from(day).ok());
        if parts.next().is_some() || !(1950..=2100).contains(&year) {
            return None;
        }
        civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// Whether it is a day.
    #[must_use]
    pub fn has_day(self) -> bool {
        self.day.is_some()
    }

    /// Whether all of it is over before the other begins.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.last() < other.first()
    }

    /// The day before this one; of a month or year, before its first day.
    #[must_use]
    pub fn day_before(self) -> Self {
        self.first().yesterday().map_or(self, |day| Self {
            year: day.year(),
            month: Some(day.month()),
            day: Some(day.day()),
        })
    }

    /// Whether one of the two is a part of the other, as a day is of its month: then they say the same, one more exactly.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        let holds = |whole: Self, part: Self| whole.first() <= part.first() && part.last() <= whole.last();
        holds(self, other) || holds(other, self)
    }

    /// How many days lie between the nearest days of the two.
    #[must_use]
    pub fn days_to(self, other: Self) -> i32 {
        let between = |early: Self, late: Self| (late.first() - early.last()).get_days();
        if self.is_before(other) { between(self, other) } else { -between(other, self) }
    }

    fn first(self) -> civil::Date {
        civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(civil::Date::MIN)
    }

    fn last(self) -> civil::Date {
        let first = self.first();
        match (self.month, self.day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn as_precise_as_written() {
        for text in ["2025-01-31", "2025-01", "2025"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("2025-01-31T12:00:00Z").to_string(), "2025-01-31");
        for text in ["", "2025-13", "2025-02-30", "25-01-01", "2025-1-1", "soon", "2025-01-31-x", "2999-01-01"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_covers_its_days() {
        assert!(!date("2025-01").is_before(date("2025-01-31")));
        assert!(date("2025-01").is_before(date("2025-02-01")));
        assert!(!date("2025").is_before(date("2025-12")));
        assert_eq!(date("2025-03-01").day_before().to_string(), "2025-02-28");
    }
}
