//! Scales of drawings: where a number lies between the two ends, and the round numbers that are written beside.

use rust_decimal::Decimal;

/// A scale, whose places go from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    logarithmic: bool,
    /// How much of the beginning is kept for zero, which a logarithmic scale has no place for.
    gutter: f64,
}

/// A round number beside a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// Where it lies.
    pub place: f64,
    /// The number, exact.
    pub value: Decimal,
}

/// What zero gets of a logarithmic scale.
const GUTTER: f64 = 0.08;

/// Of so many powers of ten at least a logarithmic scale is made, so that it has numbers beside it.
const LEAST_DECADES: f64 = 1.0;

/// What is left free at both ends, so that no point lies on the frame.
const MARGIN: f64 = 0.04;

impl Scale {
    /// A linear scale around these values.
    #[must_use]
    pub fn linear(values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = ends(values).unwrap_or((0.0, 1.0));
        let least = low.abs().max(high.abs()) * 1e-6;
        // One value alone lies in the middle.
        let (missing, span) = if high - low > least { (0.0, high - low) } else { (0.5, low.abs().max(1.0)) };
        let margin = span * (missing + MARGIN);
        Self { low: low - margin, high: high + margin, logarithmic: false, gutter: 0.0 }
    }

    /// A logarithmic scale around these values. Zero, when it is among them, has a place of its own before all others.
    #[must_use]
    pub fn logarithmic(values: impl IntoIterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.into_iter().collect();
        let gutter = if values.iter().any(|value| *value <= 0.0) { GUTTER } else { 0.0 };
        let (low, high) =
            ends(values.into_iter().filter(|value| *value > 0.0).map(f64::log10)).unwrap_or((0.0, LEAST_DECADES));
        let missing = (LEAST_DECADES - (high - low)).max(0.0) / 2.0;
        let margin = (high - low).max(LEAST_DECADES) * MARGIN;
        Self { low: low - missing - margin, high: high + missing + margin, logarithmic: true, gutter }
    }

    /// Where a value lies.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        if self.logarithmic && value <= 0.0 {
            return self.gutter / 2.0;
        }
        let value = if self.logarithmic { value.log10() } else { value };
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.gutter + share * (1.0 - self.gutter)
    }

    /// Where zero lies, and where its part of the scale ends, when it has one.
    #[must_use]
    pub fn gutter(&self) -> Option<(f64, f64)> {
        (self.gutter > 0.0).then_some((self.gutter / 2.0, self.gutter))
    }

    /// Rows of round numbers that lie on the scale, the one with most numbers first; a user takes the first that has room.
    #[must_use]
    pub fn ticks(&self) -> Vec<Vec<Tick>> {
        if !self.logarithmic {
            let steps = [12.0, 7.0, 4.5, 2.5, 1.2].map(|most| round_step((self.high - self.low) / most));
            return steps.into_iter().map(|step| self.multiples(step)).collect();
        }
        let mut rows: Vec<Vec<Tick>> =
            [&[1, 2, 3, 5][..], &[1, 2, 5], &[1, 3], &[1]].into_iter().map(|digits| self.powers(digits, 1)).collect();
        rows.extend([2, 3, 6].map(|every| self.powers(&[1], every)));
        rows
    }

    /// The multiples of a step that lie on the scale.
    fn multiples(&self, step: f64) -> Vec<Tick> {
        let exponent = step.log10().floor() as i32;
        let digit = (step / 10f64.powi(exponent)).round() as i64;
        let (first, last) = ((self.low / step - 1e-6).ceil() as i64, (self.high / step + 1e-6).floor() as i64);
        (first..=last).take(100).filter_map(|times| self.tick(times * digit, exponent)).collect()
    }

    /// These digits times every so many powers of ten, where they lie on the scale.
    fn powers(&self, digits: &[i64], every: i32) -> Vec<Tick> {
        let exponents = self.low.floor() as i32..=self.high.ceil() as i32;
        let exponents = exponents.filter(|exponent| exponent.rem_euclid(every) == 0);
        let all = exponents.flat_map(|exponent| digits.iter().filter_map(move |digit| self.tick(*digit, exponent)));
        all.filter(|tick| tick.place > self.gutter).collect()
    }

    /// A number of this many powers of ten. `None` where it is off the scale, or where a decimal cannot hold it.
    fn tick(&self, digits: i64, exponent: i32) -> Option<Tick> {
        let value = digits as f64 * 10f64.powi(exponent);
        let on_scale = if self.logarithmic { value.log10() } else { value };
        let slack = (self.high - self.low) * 1e-9;
        if on_scale < self.low - slack || on_scale > self.high + slack {
            return None;
        }
        let power = exponent.unsigned_abs();
        let exact = if exponent < 0 {
            Decimal::try_from_i128_with_scale(digits.into(), power).ok()?
        } else {
            Decimal::from(digits).checked_mul(Decimal::from(10_u64.checked_pow(power)?))?
        };
        Some(Tick { place: self.place(value), value: exact.normalize() })
    }
}

fn ends(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values.into_iter().filter(|value| value.is_finite()).fold(None, |ends, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    })
}

/// The next of 1, 2 and 5 times a power of ten that is not smaller.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    let digits = [1.0, 2.0, 5.0, 10.0];
    digits.into_iter().map(|digit| digit * power).find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::dice::Dice;
    use rust_decimal::prelude::ToPrimitive;

    fn words(row: &[Tick]) -> String {
        row.iter().map(|tick| tick.value.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn linear_scales_have_round_numbers_beside_them() {
        for (values, densest, others) in [
            (vec![17.3, 57.2], "20 25 30 35 40 45 50 55", "20 30 40 50"),
            (vec![0.0, 100.0], "0 10 20 30 40 50 60 70 80 90 100", "0 20 40 60 80 100"),
            (vec![5.0], "2.5 3 3.5 4 4.5 5 5.5 6 6.5 7 7.5", "3 4 5 6 7"),
            (vec![], "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1", "0 0.2 0.4 0.6 0.8 1"),
            (vec![-3.0, 4.0], "-3 -2 -1 0 1 2 3 4", "-2 0 2 4"),
            (
                vec![1180.0, 1280.0],
                "1180 1190 1200 1210 1220 1230 1240 1250 1260 1270 1280",
                "1180 1200 1220 1240 1260 1280",
            ),
        ] {
            let rows: Vec<String> = Scale::linear(values.clone()).ticks().iter().map(|row| words(row)).collect();
            assert_eq!(rows[0], densest, "{values:?}");
            assert!(rows.iter().any(|row| row == others), "{values:?}: {rows:?}");
        }
    }

    #[test]
    fn logarithmic_scales_have_the_digits_that_people_write() {
        let scale = Scale::logarithmic([0.25, 12.0]);
        assert_eq!(words(&scale.ticks()[0]), "0.3 0.5 1 2 3 5 10");
        assert_eq!(words(&scale.ticks()[3]), "1 10");
        assert_eq!(words(&Scale::logarithmic([1.0, 1e12]).ticks()[5]), "1 1000 1000000 1000000000 1000000000000");
        // One value alone still has numbers beside it.
        assert_eq!(words(&Scale::logarithmic([3.0, 3.0]).ticks()[1]), "1 2 5 10");
    }

    #[test]
    fn nothing_costs_nothing_at_a_place_before_all_others() {
        let scale = Scale::logarithmic([0.0, 1.0, 100.0]);
        let (zero, end) = scale.gutter().unwrap();
        assert_eq!(scale.place(0.0), zero);
        assert!(zero < end && scale.place(1.0) > end && scale.place(100.0) < 1.0);
        assert!(scale.ticks().iter().flatten().all(|tick| tick.place > end));
        assert_eq!(Scale::logarithmic([1.0]).gutter(), None);
    }

    #[test]
    fn over_any_range_places_keep_the_order_lie_inside_and_ticks_are_where_their_value_is() {
        let mut dice = Dice::new(11);
        for _ in 0..2_000 {
            let power =
                |dice: &mut Dice| 10f64.powf(dice.below(24) as f64 - 12.0) * (1.0 + dice.below(900) as f64 / 100.0);
            let (a, b) = (power(&mut dice), power(&mut dice));
            let (low, high) = (a.min(b), a.max(b));
            for scale in
                [Scale::linear([low, high]), Scale::logarithmic([low, high]), Scale::logarithmic([0.0, low, high])]
            {
                let (first, last) = (scale.place(low), scale.place(high));
                assert!(0.0 < first && first <= last && last < 1.0, "{low} to {high}: {first} {last}");
                assert!(low == high || first < last);
                let rows = scale.ticks();
                assert!(rows[0].len() >= 2, "{low} to {high}: {rows:?}");
                assert!(rows.windows(2).take(3).all(|pair| pair[0].len() >= pair[1].len()), "{rows:?}");
                for row in &rows {
                    assert!(row.windows(2).all(|pair| pair[0].place < pair[1].place && pair[0].value < pair[1].value));
                    for tick in row {
                        let place = scale.place(tick.value.to_f64().unwrap());
                        assert!((place - tick.place).abs() < 1e-6 && (0.0..=1.0).contains(&tick.place), "{tick:?}");
                    }
                }
            }
        }
    }
}
