//! What drawings are made of: points that are links, names beside them, grid and numbers.

use std::fmt::Write as _;

use super::room::{Area, FRAMES, Frame, Obstacles, Spot, Wish, place, row_with_room, text_width};
use super::tenths;
use crate::html::{Html, escape_into};

/// How a point looks; `static/theme/css/charts.css` has the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Full.
    Plain,
    /// A ring.
    Ring,
    /// Full, large, in the accent colour, its name in bold.
    Leading,
    /// The same as a ring.
    LeadingRing,
}

impl Look {
    fn is_leading(self) -> bool {
        matches!(self, Self::Leading | Self::LeadingRing)
    }

    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Ring => " class=\"o\"",
            Self::Leading => " class=\"f\"",
            Self::LeadingRing => " class=\"f o\"",
        }
    }

    /// That of what is filled: the line of a ring lies around it.
    fn radius(self) -> u8 {
        match self {
            Self::Ring => 4,
            Self::Plain | Self::LeadingRing => 5,
            Self::Leading => 6,
        }
    }
}

/// A point of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// What stands beside it, where there is room.
    pub name: String,
    /// What it says to whoever points at it, and to a screen reader.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// Where it lies across, from 0 to 1.
    pub x: f64,
    /// Where it lies down, from 0 to 1.
    pub y: f64,
    /// How it looks.
    pub look: Look,
}

/// How far around its middle a point keeps names away.
const CLEARANCE: f64 = 6.4;

/// A share as it is written, with three digits, so that what is placed is what is drawn.
pub(super) fn rounded(share: f64) -> f64 {
    if share.is_finite() { (share.clamp(0.0, 1.0) * 1_000.0).round() / 1_000.0 } else { 0.0 }
}

/// A share as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", tenths(rounded(share) * 100.0))
}

/// Appends the points, those in front last, each a link with its name where there is room. Those that come first in the list
/// are the first to get room. `obstacles` are what else is in the way in a plot of a height, and `height` is that of the plot
/// in a frame.
pub(super) fn push_dots(
    svg: &mut String,
    dots: &[Dot],
    obstacles: &dyn Fn(f64) -> Obstacles,
    height: &dyn Fn(&Frame) -> f64,
) {
    let spots: Vec<Vec<Option<Spot>>> = FRAMES
        .iter()
        .map(|frame| {
            let height = height(frame);
            let at = |dot: &Dot| (rounded(dot.x), rounded(dot.y) * height);
            let mut obstacles = obstacles(height);
            obstacles.solid.extend(dots.iter().map(|dot| Area::around(at(dot).0, at(dot).1, CLEARANCE)));
            let wishes: Vec<Wish> = dots
                .iter()
                .map(|dot| {
                    let (share, y) = at(dot);
                    Wish { share, y, width: text_width(&dot.name, dot.look.is_leading()) }
                })
                .collect();
            let places = place(frame, height, &obstacles, &wishes);
            places.into_iter().map(|place| place.map(|(spot, _)| spot)).collect()
        })
        .collect();
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by_key(|at| dots[*at].look.is_leading());
    for at in order {
        push_dot(svg, &dots[at], &std::array::from_fn(|frame| spots[frame][at]));
    }
}

/// A point with its names, one for each place that it has in a frame.
fn push_dot(svg: &mut String, dot: &Dot, spots: &[Option<Spot>; FRAMES.len()]) {
    let (x, y) = (percent(dot.x), percent(dot.y));
    svg.push_str("<a href=\"");
    escape_into(svg, &dot.href);
    svg.push_str("\"><title>");
    escape_into(svg, &dot.title);
    svg.push_str("</title>");
    let mut told: Vec<Spot> = Vec::new();
    for spot in spots.iter().flatten() {
        if told.contains(spot) {
            continue;
        }
        told.push(*spot);
        let (anchor, dx, dy) = spot.offset();
        let shown = |at: usize| spots[at] == Some(*spot);
        let class = classes(shown, anchor.into_iter().chain(dot.look.is_leading().then_some('b')));
        let dx = if dx == 0.0 { String::new() } else { format!(" dx=\"{dx}\"") };
        // Writing to a string cannot fail.
        let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\"{dx} dy=\"{dy}\">");
        escape_into(svg, &dot.name);
        svg.push_str("</text>");
    }
    // The point lies over the ground that its name has around it.
    let _ = write!(svg, "<circle{} cx=\"{x}\" cy=\"{y}\" r=\"{}\"/></a>", dot.look.class(), dot.look.radius());
}

/// The class attribute of what is shown in some of the frames: none where it is shown in all.
fn classes(shown: impl Fn(usize) -> bool, others: impl Iterator<Item = char>) -> String {
    let frames: Vec<char> = (0..FRAMES.len()).filter(|at| shown(*at)).map(|at| FRAMES[at].class).collect();
    let everywhere = frames.len() == FRAMES.len();
    let classes: Vec<String> =
        others.chain(frames.into_iter().filter(|_| !everywhere)).map(|class| class.to_string()).collect();
    if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }
}

/// A number beside an axis: where it lies, and what is written.
pub(super) type Number = (f64, String);

/// Appends marks under the plot with the numbers that have room in each frame; of several rows the densest. Widths are
/// those of the monospaced letters that the stylesheet gives them.
pub(super) fn push_numbers_below(svg: &mut String, rows: &[Vec<Number>], grid: bool) {
    let width = |number: &Number| (number.0, number.1.chars().count() as f64 * 7.0);
    let shown: Vec<&[Number]> = FRAMES.iter().map(|frame| row_with_room(frame, rows, width)).collect();
    let mut all: Vec<&Number> = shown.iter().copied().flatten().collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    all.dedup();
    for number in all {
        let x = percent(number.0);
        let class = classes(|at| shown[at].contains(number), std::iter::once('c'));
        let line = classes(|at| shown[at].contains(number), std::iter::empty());
        // Writing to a string cannot fail.
        let _ = if grid {
            write!(svg, "<line{line} x1=\"{x}\" x2=\"{x}\" y2=\"100%\"/>")
        } else {
            write!(svg, "<svg{line} y=\"100%\"><line x1=\"{x}\" x2=\"{x}\" y2=\"5\"/></svg>")
        };
        let class = class.replacen("\"c", "\"x c", 1);
        // Where lines cross the whole plot their numbers stand at both ends, since it may be higher than a screen.
        for end in if grid { &[" dy=\"-8\"", " y=\"100%\" dy=\"21\""][..] } else { &[" y=\"100%\" dy=\"21\""] } {
            let _ = write!(svg, "<text{class} x=\"{x}\"{end}>");
            escape_into(svg, &number.1);
            svg.push_str("</text>");
        }
    }
}

/// Appends lines across the plot with their numbers left of it.
pub(super) fn push_numbers_beside(svg: &mut String, row: &[Number]) {
    for (place, words) in row {
        let y = percent(*place);
        // Writing to a string cannot fail.
        let _ =
            write!(svg, "<line x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/><text class=\"x e\" y=\"{y}\" dx=\"-8\" dy=\"4\">");
        escape_into(svg, words);
        svg.push_str("</text>");
    }
}

/// Appends the beginning of a drawing with its name and what it shows in words.
pub(super) fn push_head(svg: &mut String, id: &str, height: Option<usize>, title: &str, description: &str) {
    let height = height.map_or_else(String::new, |height| format!(" height=\"{height}\""));
    // Writing to a string cannot fail. IDs are made by this program.
    let _ = write!(
        svg,
        "<svg class=\"plot\"{height} paint-order=\"stroke\" role=\"group\" aria-labelledby=\"{id}-t\" aria-describedby=\"{id}-d\"><title id=\"{id}-t\">"
    );
    escape_into(svg, title);
    let _ = write!(svg, "</title><desc id=\"{id}-d\">");
    escape_into(svg, description);
    svg.push_str("</desc>");
}

/// A form for a legend: a point, or the line.
#[must_use]
pub fn key(look: Option<Look>) -> Html {
    let form = match look {
        Some(look) => format!("<circle{} cx=\"9\" cy=\"6\" r=\"{}\"/>", look.class(), look.radius() - 1),
        None => "<path class=\"front\" d=\"M0 10h9V3h9\"/>".to_owned(),
    };
    Html::new(format!("<svg class=\"sw plot-key\" paint-order=\"stroke\" aria-hidden=\"true\">{form}</svg>"))
}
