//! Rows of a table of results: each a bar on the benchmark's scale, with marks and lines to compare it with.
//!
//! A row has no view box, so that hatching and marks keep their form at any width.

use std::fmt::Write as _;

use super::bar::{Extent, Fill};
use super::tenths;
use crate::html::Html;

/// What is drawn of one result, or in a legend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// A full bar.
    Solid(Extent, Fill),
    /// A hatched bar: a result that is not ranked.
    Hatched(Extent, Fill),
    /// A mark across the bar, at a place in percent.
    Mark(f64, Fill),
}

/// What rows refer to, once for a page: hatching, and lines at these places in percent.
#[must_use]
pub fn lane_parts(lines: &[f64]) -> Html {
    let mut svg = "<svg class=\"parts\" aria-hidden=\"true\"><defs>".to_owned();
    for fill in [Fill::Measured, Fill::Claimed] {
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "<pattern id=\"{}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <path{} d=\"M1 0v5\"/></pattern>",
            hatching(fill),
            fill.class(),
        );
    }
    svg.push_str("<g id=\"lines\">");
    for place in lines {
        let place = tenths(*place);
        let _ = write!(svg, "<line x1=\"{place}%\" x2=\"{place}%\" y2=\"100%\"/>");
    }
    svg.push_str("</g></defs></svg>");
    Html::new(svg)
}

/// A row. The numbers that it shows must stand beside it.
#[must_use]
pub fn lane(shapes: &[Shape], lines: bool) -> Html {
    let mut svg = "<svg class=\"lane\" aria-hidden=\"true\">".to_owned();
    if lines {
        svg.push_str("<use href=\"#lines\"/>");
    }
    shapes.iter().for_each(|shape| push(&mut svg, *shape));
    svg.push_str("</svg>");
    Html::new(svg)
}

/// The same for a legend.
#[must_use]
pub fn swatch(shape: Shape) -> Html {
    let mut svg = "<svg class=\"sw lane\" aria-hidden=\"true\">".to_owned();
    push(&mut svg, shape);
    svg.push_str("</svg>");
    Html::new(svg)
}

fn push(svg: &mut String, shape: Shape) {
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Solid(Extent::Between(from, to), fill) => {
            let (x, width) = span(from, to);
            // The style sheet says how high it is, since a list can have hundreds.
            write!(svg, "<rect{}{x} y=\"34%\" width=\"{width}%\"/>", fill.class())
        }
        Shape::Hatched(Extent::Between(from, to), fill) => {
            let (x, width) = span(from, to);
            let class = if fill == Fill::Claimed { "un" } else { "un m" };
            let of = hatching(fill);
            write!(svg, "<rect class=\"{class}\"{x} y=\"35%\" width=\"{width}%\" height=\"30%\" fill=\"url(#{of})\"/>")
        }
        // Where a length would mean nothing, full and hatched are a full and a hollow dot.
        Shape::Solid(Extent::At(place), fill) => {
            write!(svg, "<circle{} cx=\"{}%\" cy=\"50%\" r=\"5\"/>", fill.class(), tenths(place))
        }
        Shape::Hatched(Extent::At(place), fill) => {
            let class = if fill == Fill::Claimed { "un" } else { "un m" };
            write!(svg, "<circle class=\"{class}\" cx=\"{}%\" cy=\"50%\" r=\"5\" fill=\"none\"/>", tenths(place))
        }
        Shape::Mark(place, fill) => {
            let (class, place) = (fill.class(), tenths(place));
            write!(
                svg,
                "<rect{class} x=\"{place}%\" y=\"26%\" width=\"3\" height=\"48%\" transform=\"translate(-1.5)\"/>"
            )
        }
    };
}

fn hatching(fill: Fill) -> &'static str {
    if fill == Fill::Claimed { "hatch" } else { "hatch-m" }
}

/// Where a bar begins, as an attribute, and how long it is. A score that is not zero is seen, however small it is.
fn span(from: f64, to: f64) -> (String, String) {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    let x = if from > 0.0 { format!(" x=\"{}%\"", tenths(from)) } else { String::new() };
    (x, tenths((to - from).max(0.3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_its_bar_its_mark_and_the_lines_of_the_page() {
        let shapes = [Shape::Solid(Extent::Between(0.0, 94.12), Fill::Measured), Shape::Mark(94.3, Fill::Claimed)];
        let svg = lane(&shapes, true);
        assert_eq!(
            svg.as_str(),
            "<svg class=\"lane\" aria-hidden=\"true\"><use href=\"#lines\"/>\
             <rect class=\"c1\" y=\"34%\" width=\"94.1%\"/>\
             <rect class=\"c2\" x=\"94.3%\" y=\"26%\" width=\"3\" height=\"48%\" transform=\"translate(-1.5)\"/></svg>"
        );
        assert!(lane_parts(&[25.0]).as_str().contains("<g id=\"lines\"><line x1=\"25%\" x2=\"25%\" y2=\"100%\"/></g>"));
    }

    #[test]
    fn what_is_not_ranked_is_hatched_and_a_place_on_an_open_scale_is_a_dot() {
        let svg = lane(&[Shape::Hatched(Extent::Between(50.0, 20.0), Fill::Claimed)], false);
        assert!(
            svg.as_str().contains("x=\"20%\" y=\"35%\" width=\"30%\" height=\"30%\" fill=\"url(#hatch)\""),
            "{svg}"
        );
        let svg = lane(&[Shape::Solid(Extent::At(40.0), Fill::Accent)], false);
        assert!(svg.as_str().contains("<circle cx=\"40%\" cy=\"50%\" r=\"5\"/>"), "{svg}");
        let svg = swatch(Shape::Hatched(Extent::At(40.0), Fill::Measured));
        assert!(svg.as_str().contains("class=\"un m\"") && svg.as_str().contains("fill=\"none\""), "{svg}");
    }
}
