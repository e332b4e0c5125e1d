//! Points in time, in lanes under one another.

use std::fmt::Write as _;

use super::calendar::Calendar;
use super::plot::{Dot, push_dots, push_head, push_numbers_below};
use super::room::{Across, Area, Obstacles, text_width};
use crate::html::{Html, escape_into};

/// A drawing of points in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Begins the ids of its parts, which must be those of no other part of the page.
    pub id: &'static str,
    /// What it shows.
    pub title: String,
    /// What is to be seen on it.
    pub description: String,
    /// From left to right.
    pub calendar: Calendar,
    /// From top to bottom.
    pub lanes: Vec<Lane>,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// What they have in common.
    pub name: String,
    /// The points, those first that are to be named first; how far down they lie is the lane's to say.
    pub dots: Vec<Dot>,
}

/// From one lane to the next, in pixels: its name, names over the points, the points, names under them.
const PITCH: f64 = 52.0;
/// From the upper edge of a lane to the line on which its name stands, and to its points.
const NAME: f64 = 13.0;
const POINTS: f64 = 32.0;

/// The drawing.
#[must_use]
pub fn timeline(timeline: &Timeline) -> Html {
    let mut svg = String::new();
    let height = timeline.lanes.len().max(1) as f64 * PITCH;
    push_head(&mut svg, timeline.id, Some(height as usize), &timeline.title, &timeline.description);
    svg.push_str("<g class=\"grid\">");
    push_numbers_below(&mut svg, &timeline.calendar.numbers(), true);
    let mut names = Vec::new();
    let mut dots = Vec::new();
    for (at, lane) in timeline.lanes.iter().enumerate() {
        let top = at as f64 * PITCH;
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "<line class=\"lane-line\" x2=\"100%\" y1=\"{0}\" y2=\"{0}\"/><text class=\"b\" y=\"{1}\">",
            top + POINTS,
            top + NAME
        );
        escape_into(&mut svg, &lane.name);
        svg.push_str("</text>");
        let end = Across { share: 0.0, pixels: text_width(&lane.name, true) };
        names.push(Area { left: Across::share(0.0), right: end, top: top + 2.0, bottom: top + NAME + 4.0 });
        dots.extend(lane.dots.iter().map(|dot| Dot { y: (top + POINTS) / height, ..dot.clone() }));
    }
    svg.push_str("</g>");
    let obstacles = |_| Obstacles { solid: names.clone(), soft: Vec::new() };
    push_dots(&mut svg, &dots, &obstacles, &|_| height);
    svg.push_str("</svg>");
    Html::new(svg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Date;
    use crate::charts::Look;

    #[test]
    fn each_lane_has_its_name_and_its_points_on_its_line() {
        let dot = |name: &str, x| Dot {
            name: name.to_owned(),
            title: format!("{name}, 1 May 2026"),
            href: "../m/".to_owned(),
            x,
            y: 0.0,
            look: Look::Plain,
        };
        let lane = |name: &str, dots: Vec<Dot>| Lane { name: name.to_owned(), dots };
        let svg = timeline(&Timeline {
            id: "t",
            title: "Releases".to_owned(),
            description: "Two lanes".to_owned(),
            calendar: Calendar::around([Date::parse("2025").unwrap()]),
            lanes: vec![lane("A <b>", vec![dot("One", 0.5)]), lane("B", vec![dot("Two", 0.5), dot("Three", 0.9)])],
        });
        let svg = svg.as_str();
        assert!(
            svg.contains("height=\"104\"") && svg.contains("<text class=\"b\" y=\"13\">A &lt;b&gt;</text>"),
            "{svg}"
        );
        assert!(
            svg.contains("<circle cx=\"50%\" cy=\"30.8%\" r=\"5\"/>") && svg.contains("y1=\"84\" y2=\"84\""),
            "{svg}"
        );
        assert_eq!(svg.matches("<a href").count(), 3);
        assert!(svg.contains(">2025</text>"), "{svg}");
    }
}
