//! Numbers to pictures: SVG of shapes, and of texts that are escaped where they are placed, so that it is safe as it is.
//!
//! Small pictures are decoration beside a number in words; drawings have a title, a description, points that are links,
//! and a table of the same beside them. Widths are percentages of the box that a picture is given; lines and letters keep
//! their size.

mod bar;
mod calendar;
#[cfg(test)]
mod dice;
mod lane;
mod plot;
pub mod room;
pub mod rulers;
mod scale;
mod scatter;
mod steps;
mod timeline;

pub use bar::{Extent, Fill, bar, needle, stack};
pub use calendar::Calendar;
pub use lane::{Shape, lane, lane_parts, swatch};
pub use plot::{Dot, Look, key};
pub use scale::{Scale, Tick};
pub use scatter::{Scatter, Side, scatter};
pub use steps::{MOST_LINES, Step, Steps, line_key, steps};
pub use timeline::{Lane, Timeline, timeline};

/// A position for a picture: one decimal at most, none when it is whole.
fn tenths(position: f64) -> String {
    let position = if position.is_finite() { position.clamp(0.0, 100.0) } else { 0.0 };
    let tenths = (position * 10.0).round_ties_even() as u32;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
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
