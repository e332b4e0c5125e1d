//! Points by two measures, with the line of what nothing beats. What the measures are is said beside the drawing.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::plot::{Dot, Look, Number, percent, push_dots, push_head, push_numbers_below, push_numbers_beside, rounded};
use super::room::{Across, Area, Obstacles};
use super::scale::{Scale, Tick};
use crate::html::Html;

/// One of the two measures.
pub struct Side<'a> {
    /// Its scale.
    pub scale: Scale,
    /// A number of it in words.
    pub words: &'a dyn Fn(Decimal) -> String,
}

/// A drawing of points by two measures.
pub struct Scatter<'a> {
    /// Begins the ids of its parts, which must be those of no other part of the page.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What is to be seen on it.
    pub description: String,
    /// From left to right.
    pub across: Side<'a>,
    /// From bottom to top.
    pub up: Side<'a>,
    /// Whether less is better, from bottom to top.
    pub lower_is_better: bool,
    /// The points, those first that are to be named first. The line goes through the leading ones.
    pub dots: Vec<Dot>,
}

impl Side<'_> {
    fn number(&self, tick: &Tick) -> Number {
        (tick.place, (self.words)(tick.value))
    }
}

/// So many lines lie over one another at most.
const MOST_LINES: usize = 7;

/// The drawing.
#[must_use]
pub fn scatter(scatter: &Scatter<'_>) -> Html {
    let mut svg = String::new();
    push_head(&mut svg, scatter.id, None, &scatter.title, &scatter.description);
    let corners = corners(scatter);
    push_area(&mut svg, scatter, &corners);
    svg.push_str("<g class=\"grid\">");
    if let Some((_, end)) = scatter.across.scale.gutter() {
        // Writing to a string cannot fail.
        let _ = write!(svg, "<line class=\"zero\" x1=\"{0}\" x2=\"{0}\" y2=\"100%\"/>", percent(end));
    }
    let up = scatter.up.scale.ticks().into_iter().find(|row| row.len() <= MOST_LINES).unwrap_or_default();
    let up: Vec<Number> = up.iter().map(|tick| scatter.up.number(tick)).map(|(at, words)| (1.0 - at, words)).collect();
    push_numbers_beside(&mut svg, &up);
    let zero = scatter.across.scale.gutter().map(|(at, _)| (at, "$0".to_owned()));
    let rows: Vec<Vec<Number>> = scatter
        .across
        .scale
        .ticks()
        .iter()
        .map(|row| zero.iter().cloned().chain(row.iter().map(|tick| scatter.across.number(tick))).collect())
        .collect();
    push_numbers_below(&mut svg, &rows, false);
    svg.push_str("</g>");
    push_front(&mut svg, &corners);
    push_dots(&mut svg, &scatter.dots, &|height| lines(&corners, height), &|frame| frame.height);
    svg.push_str("</svg>");
    Html::new(svg)
}

/// The corners of the line: it begins at the worse edge, goes to the first leading point, and from each at the same height
/// to where the next lies, to end at the right edge. None without a leading point.
fn corners(scatter: &Scatter<'_>) -> Vec<(f64, f64)> {
    let leading = scatter.dots.iter().filter(|dot| matches!(dot.look, Look::Leading | Look::LeadingRing));
    let mut points: Vec<(f64, f64)> = leading.map(|dot| (rounded(dot.x), rounded(dot.y))).collect();
    // Of points that are drawn at one place across the better comes last.
    let better_last = |a: f64, b: f64| if scatter.lower_is_better { a.total_cmp(&b) } else { b.total_cmp(&a) };
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| better_last(a.1, b.1)));
    points.dedup();
    let Some(first) = points.first() else { return Vec::new() };
    let mut corners = vec![(first.0, worst(scatter))];
    for (at, point) in points.iter().enumerate() {
        corners.push(*point);
        corners.push((points.get(at + 1).map_or(1.0, |next| next.0), point.1));
    }
    corners
}

/// The height of the edge from which the line comes.
fn worst(scatter: &Scatter<'_>) -> f64 {
    if scatter.lower_is_better { 0.0 } else { 1.0 }
}

/// The corners as a path in a box of 1,000 by 1,000.
fn path(corners: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let mut before: Option<(f64, f64)> = None;
    for (x, y) in corners.iter().map(|(x, y)| ((x * 1_000.0).round(), (y * 1_000.0).round())) {
        // Writing to a string cannot fail.
        let _ = match before {
            None => write!(path, "M{x} {y}"),
            Some(before) if before == (x, y) => Ok(()),
            Some((_, height)) if height == y => write!(path, "H{x}"),
            Some((place, _)) if place == x => write!(path, "V{y}"),
            Some(_) => write!(path, "L{x} {y}"),
        };
        before = Some((x, y));
    }
    path
}

const BOX: &str = "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\">";

/// What something on the line beats.
fn push_area(svg: &mut String, scatter: &Scatter<'_>, corners: &[(f64, f64)]) {
    if !corners.is_empty() {
        let end = (worst(scatter) * 1_000.0).round();
        // Writing to a string cannot fail.
        let _ = write!(svg, "{BOX}<path class=\"area\" d=\"{}V{end}Z\"/></svg>", path(corners));
    }
}

fn push_front(svg: &mut String, corners: &[(f64, f64)]) {
    if !corners.is_empty() {
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "{BOX}<path class=\"front\" vector-effect=\"non-scaling-stroke\" d=\"{}\"/></svg>",
            path(corners)
        );
    }
}

/// The parts of the line: a name crosses as little of them as it can.
fn lines(corners: &[(f64, f64)], height: f64) -> Obstacles {
    let part = |pair: &[(f64, f64)]| {
        let [(x, y), (to_x, to_y)] = [pair[0], pair[1]];
        Area {
            left: Across { share: x.min(to_x), pixels: -1.0 },
            right: Across { share: x.max(to_x), pixels: 1.0 },
            top: y.min(to_y) * height - 1.0,
            bottom: y.max(to_y) * height + 1.0,
        }
    };
    Obstacles { solid: Vec::new(), soft: corners.windows(2).map(part).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(name: &str, x: f64, y: f64, look: Look) -> Dot {
        Dot { name: name.to_owned(), title: format!("{name}: 1"), href: "../m/".to_owned(), x, y, look }
    }

    fn drawn(dots: Vec<Dot>, lower_is_better: bool) -> String {
        let drawing = Scatter {
            id: "c",
            title: "A & B".to_owned(),
            description: "What <is> seen".to_owned(),
            across: Side { scale: Scale::logarithmic([0.0, 1.0, 50.0]), words: &|value| format!("${value}") },
            up: Side { scale: Scale::linear([10.0, 60.0]), words: &|value| value.to_string() },
            lower_is_better,
            dots,
        };
        scatter(&drawing).to_string()
    }

    #[test]
    fn it_has_a_name_a_description_numbers_and_points_that_are_links() {
        let svg = drawn(vec![dot("One", 0.5, 0.5, Look::Ring)], false);
        assert!(svg.starts_with(
            "<svg class=\"plot\" paint-order=\"stroke\" role=\"group\" aria-labelledby=\"c-t\" aria-describedby=\"c-d\"><title id=\"c-t\">A &amp; B</title>\
             <desc id=\"c-d\">What &lt;is&gt; seen</desc>"
        ), "{svg}");
        let link = "<a href=\"../m/\"><title>One: 1</title><text x=\"50%\" y=\"50%\" dx=\"8\" dy=\"4\">One</text>\
            <circle class=\"o\" cx=\"50%\" cy=\"50%\" r=\"4\"/></a>";
        assert!(svg.contains(link), "one label for all frames: {svg}");
        assert!(svg.contains(">$0</text>") && svg.contains(">$10</text>") && svg.contains(">20</text>"), "{svg}");
        assert!(!svg.contains("class=\"front\""), "no line without a leading point");
    }

    #[test]
    fn the_line_goes_from_the_worse_edge_by_steps_to_the_right() {
        let dots = || {
            vec![
                dot("Dear", 0.8, 0.1, Look::Leading),
                dot("Cheap", 0.2, 0.6, Look::LeadingRing),
                dot("Worse", 0.5, 0.9, Look::Plain),
            ]
        };
        let svg = drawn(dots(), false);
        assert!(
            svg.contains("class=\"front\" vector-effect=\"non-scaling-stroke\" d=\"M200 1000V600H800V100H1000\"/>"),
            "{svg}"
        );
        assert!(svg.contains("class=\"area\" d=\"M200 1000V600H800V100H1000V1000Z\"/>"), "{svg}");
        let worse = svg.find(">Worse<").unwrap();
        assert!(svg.find(">Dear<").unwrap() > worse, "leading points lie over the others");
        let svg = drawn(vec![dot("Cheap", 0.2, 0.3, Look::Leading), dot("Best", 0.8, 0.9, Look::Leading)], true);
        assert!(svg.contains("d=\"M200 0V300H800V900H1000\"/>"), "{svg}");
    }

    #[test]
    fn hostile_names_are_text() {
        let name = "</title></svg><script>alert(1)</script>\" onload=\"x";
        let mut hostile = dot(name, 0.5, 0.5, Look::Plain);
        hostile.href = "\"><script>".to_owned();
        let svg = drawn(vec![hostile], false);
        assert!(!svg.contains("<script") && !svg.contains("\" onload=\""), "{svg}");
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
    }

    #[test]
    fn no_point_no_scale_no_harm() {
        assert!(drawn(Vec::new(), false).contains("</svg>"));
        assert!(drawn(vec![dot("x", f64::NAN, f64::INFINITY, Look::Leading)], false).contains("cx=\"0%\""));
    }
}
