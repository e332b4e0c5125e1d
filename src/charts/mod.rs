//! Numbers to small pictures: SVG of shapes only, with no text of anybody else in it, so that it is safe as it is.
//!
//! Every picture is decoration beside a number in words. Widths are percentages of the box that a picture is given, and
//! lines keep their width.

mod bar;
mod lane;
pub mod rulers;

pub use bar::{Extent, Fill, bar, needle, stack};
pub use lane::{Shape, lane, lane_parts, swatch};

/// A position for a picture: one decimal at most, none when it is whole.
fn tenths(position: f64) -> String {
    let position = if position.is_finite() { position.clamp(0.0, 100.0) } else { 0.0 };
    let text = format!("{position:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn positions_have_one_decimal_at_most_and_stay_inside() {
        for (position, text) in [(0.0, "0"), (18.44, "18.4"), (99.97, "100"), (-3.0, "0"), (f64::NAN, "0")] {
            assert_eq!(super::tenths(position), text);
        }
    }
}
