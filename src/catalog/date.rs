//! Dates that may know their year or month only.

use std::fmt;

/// A calendar date of which the day, or the day and the month, may not be known.
///
/// Dates are ordered by what is known; a date of which less is known comes before those that it contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Date {
    /// A date from `2025-01-31`, `2025-01` or `2025`. `None` when the text has another form or no such day exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| -> Result<Option<i16>, ()> {
            match parts.next() {
                None => Ok(None),
                Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
                    part.parse().map(Some).map_err(|_| ())
                }
                Some(_) => Err(()),
            }
        };
        let year = part(4).ok()??;
        let month = part(2).ok()?.map(|month| month as i8);
        let day = part(2).ok()?.map(|day| day as i8);
        if parts.next().is_some() || year == 0 {
            return None;
        }
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// Its month, or its year where no month is known.
    #[must_use]
    pub fn month(self) -> Self {
        Self { day: None, ..self }
    }

    /// Whether its month is known.
    #[must_use]
    pub fn has_month(self) -> bool {
        self.month.is_some()
    }

    /// Whether its day is known.
    #[must_use]
    pub fn has_day(self) -> bool {
        self.day.is_some()
    }

    /// Whether the whole of this date lies before the other: a month that is not over yet does not.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    /// The first day that the date can mean.
    #[must_use]
    pub fn first_day(self) -> (i16, i8, i8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that the date can mean; every month counts as having 31 days, which is enough to compare.
    #[must_use]
    pub fn last_day(self) -> (i16, i8, i8) {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31))
    }

    /// Whether the other begins on the day after the last that this one can mean.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let (year, month, first) = (self.year, self.month.unwrap_or(12), self.day.unwrap_or(1));
        let Ok(date) = jiff::civil::Date::new(year, month, first) else { return false };
        let last = if self.day.is_some() { date } else { date.last_of_month() };
        last.tomorrow().is_ok_and(|next| (next.year(), next.month(), next.day()) == other.first_day())
    }

    /// The day so many days before the first that this can mean; `None` where no calendar reaches so far back.
    #[must_use]
    pub fn days_before(self, days: u32) -> Option<Self> {
        let (year, month, day) = self.first_day();
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        let date = date.checked_sub(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) })
    }

    /// Whether all of it that is over lies at most so many days before a day: of a month or a year its first day counts.
    #[must_use]
    pub fn is_within(self, days: i32, today: Self) -> bool {
        let day = |(year, month, day)| jiff::civil::Date::new(year, month, day);
        let (Ok(first), Ok(today_first)) = (day(self.first_day()), day(today.first_day())) else { return false };
        !today.is_before(self) && (today_first - first).get_days() <= days
    }

    /// For people: `31 Jan 2025`, `Jan 2025`, `2025`.
    #[must_use]
    pub fn long(self) -> String {
        self.with_months(&MONTHS)
    }

    /// For headings: `31 January 2025`, `January 2025`, `2025`.
    #[must_use]
    pub fn in_full(self) -> String {
        self.with_months(&LONG_MONTHS)
    }

    fn with_months(self, months: &[&str; 12]) -> String {
        let month = self.month.and_then(|month| months.get(usize::try_from(month - 1).ok()?));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

impl fmt::Display for Date {
    /// For machines, as in ISO 8601: `2025-01-31`, `2025-01`, `2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_known_and_shows_it_for_people_and_machines() {
        for (text, long) in [("2025-01-31", "31 Jan 2025"), ("2025-04", "Apr 2025"), ("2024", "2024")] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(date.long(), long);
        }
        let full = |text: &str| Date::parse(text).unwrap().in_full();
        assert_eq!([full("2025-01-31"), full("2025-09"), full("2024")], ["31 January 2025", "September 2025", "2024"]);
        assert_eq!(Date::parse("2025-01-31").unwrap().month(), Date::parse("2025-01").unwrap());
        assert_eq!(Date::parse("2025").unwrap().month(), Date::parse("2025").unwrap());
    }

    #[test]
    fn refuses_days_that_do_not_exist_and_other_forms() {
        for text in ["2025-02-29", "2025-13", "2025-00-01", "2025-1-1", "25-01-01", "31.1.2025", "", "2025-01-01-01"] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2024-02-29").is_some());
    }

    #[test]
    fn dates_meet_where_no_day_lies_between_them() {
        let meet = |a, b| Date::parse(a).unwrap().meets(Date::parse(b).unwrap());
        for (a, b) in [
            ("2025-06-30", "2025-07-01"),
            ("2025-06", "2025-07-01"),
            ("2024-02", "2024-03"),
            ("2024-02-29", "2024-03-01"),
            ("2024", "2025-01"),
            ("2024-12-31", "2025"),
            ("2025-05-09", "2025-05-10"),
        ] {
            assert!(meet(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("2025-06-30", "2025-07-02"),
            ("2025-06-30", "2025-06-30"),
            ("2025-06", "2025-06-30"),
            ("2024-02-28", "2024-03-01"),
            ("2024", "2025-02"),
            ("2025-07-01", "2025-06-30"),
            ("9999-12-31", "2025-01-01"),
        ] {
            assert!(!meet(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_month_lies_within_some_days_when_its_first_day_does() {
        let within = |date| Date::parse(date).unwrap().is_within(90, Date::parse("2026-11-23").unwrap());
        for date in ["2026-11-23", "2026-11", "2026-08-25", "2026-09"] {
            assert!(within(date), "{date}");
        }
        for date in ["2026-08-24", "2026-08", "2026", "2026-11-24", "2026-12", "2025-11-23"] {
            assert!(!within(date), "{date}");
        }
    }

    #[test]
    fn days_are_counted_back_through_months_and_years() {
        let before = |date, days| Date::parse(date).unwrap().days_before(days).map(|date| date.to_string());
        assert_eq!(before("2026-03-01", 1).as_deref(), Some("2026-02-28"));
        assert_eq!(before("2024-03-01", 366).as_deref(), Some("2023-03-01"));
        assert_eq!(before("2026-06-30", 0).as_deref(), Some("2026-06-30"));
        assert_eq!(before("2026-06", 1).as_deref(), Some("2026-05-31"));
        assert_eq!(before("2026-06-30", u32::MAX), None);
    }

    #[test]
    fn a_month_is_over_only_when_its_last_day_is() {
        let month = Date::parse("2025-04").unwrap();
        assert!(!month.is_before(Date::parse("2025-04-30").unwrap()));
        assert!(month.is_before(Date::parse("2025-05-01").unwrap()));
    }
}
