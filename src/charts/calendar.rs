//! A scale of time, with the beginnings of years and months beside it.

use crate::catalog::Date;

use super::plot::Number;

/// A scale from before the first date to behind the last, whose places go from 0 to 1. It counts in months, each of them
/// of 31 days, which is exact enough for a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calendar {
    first: f64,
    last: f64,
}

/// What is left free at both ends.
const MARGIN: f64 = 0.03;

/// At least so many months are on it.
const LEAST: f64 = 3.0;

/// From one number to the next, in months: rows from the densest to the sparsest.
const STEPS: [i64; 7] = [1, 3, 6, 12, 24, 60, 120];

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Calendar {
    /// A scale around these dates.
    #[must_use]
    pub fn around(dates: impl IntoIterator<Item = Date>) -> Self {
        let months = dates.into_iter().map(|date| (months(date.first_day()), months(date.last_day())));
        let ends = months.fold(None, |ends: Option<(f64, f64)>, (first, last)| {
            let (low, high) = ends.unwrap_or((first, last));
            Some((low.min(first), high.max(last)))
        });
        let (first, last) = ends.unwrap_or((0.0, LEAST));
        let missing = (LEAST - (last - first)).max(0.0) / 2.0;
        let margin = (last - first).max(LEAST) * MARGIN;
        Self { first: first - missing - margin, last: last + missing + margin }
    }

    /// Where the first day that a date can mean lies.
    #[must_use]
    pub fn beginning(&self, date: Date) -> f64 {
        self.share(months(date.first_day()))
    }

    /// Where the middle of all days that a date can mean lies.
    #[must_use]
    pub fn middle(&self, date: Date) -> f64 {
        self.share((months(date.first_day()) + months(date.last_day())) / 2.0)
    }

    /// Where the day behind the last that a date can mean lies.
    #[must_use]
    pub fn end(&self, date: Date) -> f64 {
        self.share(months(date.last_day()) + 1.0 / 31.0)
    }

    fn share(&self, months: f64) -> f64 {
        ((months - self.first) / (self.last - self.first)).clamp(0.0, 1.0)
    }

    /// Rows of beginnings of months, the densest first: a year where one begins, else the month.
    pub(super) fn numbers(&self) -> Vec<Vec<Number>> {
        let rows = STEPS.map(|step| {
            let (first, last) = ((self.first / step as f64).ceil() as i64, (self.last / step as f64).floor() as i64);
            // Of a range of centuries the dense rows would not be shown anyway.
            let months = (first..=last).take(200).map(|times| times * step);
            months.map(|month| (self.share(month as f64), month_in_words(month))).collect()
        });
        rows.into()
    }
}

fn month_in_words(month: i64) -> String {
    match usize::try_from(month.rem_euclid(12)) {
        Ok(of_year @ 1..) => MONTHS[of_year].to_owned(),
        _ => month.div_euclid(12).to_string(),
    }
}

/// Months since the year 0.
fn months((year, month, day): (i16, i8, i8)) -> f64 {
    f64::from(year) * 12.0 + f64::from(month - 1) + f64::from(day - 1) / 31.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::dice::Dice;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn words(calendar: &Calendar, row: usize) -> String {
        calendar.numbers()[row].iter().map(|(_, words)| words.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn years_and_months_begin_where_they_are_written() {
        let calendar = Calendar::around([date("2025-02-10"), date("2026-03-05")]);
        assert_eq!(words(&calendar, 1), "Apr Jul Oct 2026");
        assert_eq!(words(&calendar, 3), "2026");
        let (place, _) = calendar.numbers()[3][0];
        assert!((calendar.beginning(date("2026-01-01")) - place).abs() < 1e-9);
        let one = Calendar::around([date("2026-03-05")]);
        assert!(one.numbers()[0].len() >= 3, "one day alone has months beside it");
        assert_eq!(Calendar::around([]).numbers().len(), 7);
    }

    #[test]
    fn a_month_lies_in_its_middle_and_begins_at_its_first_day() {
        let calendar = Calendar::around([date("2025"), date("2026-06")]);
        assert_eq!(calendar.beginning(date("2025-06")), calendar.beginning(date("2025-06-01")));
        assert!(calendar.middle(date("2025-06")) > calendar.middle(date("2025-06-15")));
        assert!(calendar.middle(date("2025-06")) < calendar.middle(date("2025-06-17")));
        assert!((calendar.end(date("2025-06")) - calendar.beginning(date("2025-07-01"))).abs() < 1e-9);
    }

    #[test]
    fn over_any_range_dates_keep_their_order_and_lie_inside() {
        let mut dice = Dice::new(3);
        let mut any = || {
            let mut below = |end| dice.below(end) as i64;
            date(&format!("{:04}-{:02}-{:02}", 1990 + below(60), 1 + below(12), 1 + below(28)))
        };
        for _ in 0..500 {
            let (a, b) = (any(), any());
            let (first, last) = (a.min(b), a.max(b));
            let calendar = Calendar::around([first, last]);
            let (begin, end) = (calendar.middle(first), calendar.middle(last));
            assert!(0.0 < begin && begin <= end && end < 1.0 && (first == last || begin < end));
            for row in calendar.numbers() {
                assert!(row.windows(2).all(|pair| pair[0].0 < pair[1].0));
                assert!(row.iter().all(|(place, _)| (0.0..=1.0).contains(place)));
            }
        }
    }
}
