//! Bars on a scale, needles on a ruler, bars of several parts. The view box is 100 wide and is stretched.

use std::fmt::Write as _;

use super::tenths;
use crate::html::Html;

/// What of its scale a bar covers, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Extent {
    /// From one place to another: where the scale has a declared zero or low end.
    Between(f64, f64),
    /// Only the place itself: where the scale has no end from which a length would mean something.
    At(f64),
}

/// What a bar, or a part of one, stands for; `static/theme/css/parts.css` gives each its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// This model.
    Accent,
    /// Something measured.
    Measured,
    /// A developer's claim about its own model.
    Claimed,
    /// Context.
    Quiet,
}

impl Fill {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Accent => "",
            Self::Measured => " class=\"c1\"",
            Self::Claimed => " class=\"c2\"",
            Self::Quiet => " class=\"c3\"",
        }
    }
}

const OPEN: &str = "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";

/// A bar. The number that it shows must stand beside it.
#[must_use]
pub fn bar(extent: Extent, fill: Fill) -> Html {
    let mut svg = OPEN.to_owned();
    match extent {
        Extent::Between(from, to) => {
            let (from, to) = if from <= to { (from, to) } else { (to, from) };
            // A score that is not zero is seen, however small it is.
            rect(&mut svg, from, (to - from).max(0.3), fill);
        }
        Extent::At(place) => {
            // Writing to a string cannot fail.
            let _ =
                write!(svg, "<path class=\"me\" d=\"M{} 0v8\" vector-effect=\"non-scaling-stroke\"/>", tenths(place));
        }
    }
    svg.push_str("</svg>");
    Html::new(svg)
}

/// The needle of one model, to lie over a ruler.
#[must_use]
pub fn needle(place: f64) -> Html {
    bar(Extent::At(place), Fill::Accent)
}

/// A bar of several parts side by side, each a percentage of the whole.
#[must_use]
pub fn stack(parts: &[(f64, Fill)]) -> Html {
    let mut svg = OPEN.to_owned();
    let mut from = 0.0;
    for (width, fill) in parts.iter().filter(|(width, _)| *width > 0.0) {
        rect(&mut svg, from, *width, *fill);
        from += width;
    }
    svg.push_str("</svg>");
    Html::new(svg)
}

fn rect(svg: &mut String, from: f64, width: f64, fill: Fill) {
    let x = if from > 0.0 { format!(" x=\"{}\"", tenths(from)) } else { String::new() };
    // Writing to a string cannot fail.
    let _ = write!(svg, "<rect{}{x} width=\"{}\" height=\"8\"/>", fill.class(), tenths(width));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_covers_its_part_of_the_scale() {
        let svg = bar(Extent::Between(0.0, 18.4), Fill::Accent);
        assert_eq!(svg.as_str(), format!("{OPEN}<rect width=\"18.4\" height=\"8\"/></svg>"));
        let svg = bar(Extent::Between(50.0, 25.04), Fill::Claimed);
        assert_eq!(svg.as_str(), format!("{OPEN}<rect class=\"c2\" x=\"25\" width=\"25\" height=\"8\"/></svg>"));
    }

    #[test]
    fn a_place_on_an_open_scale_is_a_mark_and_has_no_length() {
        let svg = bar(Extent::At(73.25), Fill::Accent);
        assert!(svg.as_str().contains("M73.2 0v8") && !svg.as_str().contains("rect"), "{svg}");
    }

    #[test]
    fn parts_lie_side_by_side_and_empty_ones_are_left_out() {
        let svg = stack(&[(25.0, Fill::Measured), (0.0, Fill::Quiet), (75.0, Fill::Accent)]);
        let rects = "<rect class=\"c1\" width=\"25\" height=\"8\"/><rect x=\"25\" width=\"75\" height=\"8\"/>";
        assert_eq!(svg.as_str(), format!("{OPEN}{rects}</svg>"));
    }
}
