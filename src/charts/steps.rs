//! Amounts that hold from one day to another, as lines of steps over time.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::calendar::Calendar;
use super::plot::{Dot, Number, push_dots, push_head, push_numbers_below, push_numbers_beside};
use super::room::{Across, Area, Obstacles};
use super::scale::Scale;
use crate::html::Html;

/// A drawing of amounts over time.
pub struct Steps<'a> {
    /// Begins the ids of its parts, which must be those of no other part of the page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What is to be seen on it.
    pub description: String,
    /// From left to right.
    pub calendar: Calendar,
    /// From bottom to top.
    pub scale: Scale,
    /// An amount in words.
    pub words: &'a dyn Fn(Decimal) -> String,
    /// The lines, each of a form of its own.
    pub lines: Vec<Vec<Step>>,
}

/// An amount and how long it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it begins, from 0 to 1.
    pub from: f64,
    /// Where it ends; that of the last may be the end of the drawing.
    pub to: f64,
    /// Where it lies, from 0 at the bottom to 1.
    pub up: f64,
    /// What stands at its beginning.
    pub name: String,
    /// What it says to whoever points at it, and to a screen reader.
    pub title: String,
    /// Where its beginning leads.
    pub href: String,
}

/// So many forms of lines can be told apart.
pub const MOST_LINES: usize = 4;

const HEIGHT: f64 = 240.0;

/// So many lines lie across at most.
const MOST_NUMBERS: usize = 5;

/// The drawing.
#[must_use]
pub fn steps(steps: &Steps<'_>) -> Html {
    let mut svg = String::new();
    push_head(&mut svg, &steps.id, Some(HEIGHT as usize), &steps.title, &steps.description);
    svg.push_str("<g class=\"grid\">");
    let up = steps.scale.ticks().into_iter().find(|row| row.len() <= MOST_NUMBERS).unwrap_or_default();
    let up: Vec<Number> = up.iter().map(|tick| (1.0 - tick.place, (steps.words)(tick.value))).collect();
    push_numbers_beside(&mut svg, &up);
    push_numbers_below(&mut svg, &steps.calendar.numbers(), false);
    svg.push_str("</g><svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\">");
    for (at, line) in steps.lines.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(svg, "<path class=\"l{}\" vector-effect=\"non-scaling-stroke\" d=\"{}\"/>", at + 1, path(line));
    }
    svg.push_str("</svg>");
    let every = || steps.lines.iter().flatten();
    // What holds last is named first: that is what most come for.
    let dots = every().rev().map(|step| Dot {
        name: step.name.clone(),
        title: step.title.clone(),
        href: step.href.clone(),
        x: step.from,
        y: 1.0 - step.up,
        look: super::Look::Plain,
    });
    let dots: Vec<Dot> = dots.collect();
    let soft = |height: f64| every().map(|step| area(step, height)).collect();
    push_dots(&mut svg, &dots, &|height| Obstacles { solid: Vec::new(), soft: soft(height) }, &|_| HEIGHT);
    svg.push_str("</svg>");
    Html::new(svg)
}

/// The lying part of a step, which names keep away from where they can.
fn area(step: &Step, height: f64) -> Area {
    let y = (1.0 - step.up) * height;
    Area { left: Across::share(step.from), right: Across::share(step.to.max(step.from)), top: y - 1.0, bottom: y + 1.0 }
}

/// The steps in a box of 1,000 by 1,000; two that meet are joined.
fn path(line: &[Step]) -> String {
    let mut path = String::new();
    let mut end = None;
    for step in line {
        let [from, to, y] = [step.from, step.to, 1.0 - step.up].map(|share| (share * 1_000.0).round());
        // Writing to a string cannot fail.
        let _ = match end == Some(from) {
            true => write!(path, "V{y}H{to}"),
            false => write!(path, "M{from} {y}H{to}"),
        };
        end = Some(to);
    }
    path
}

/// A line for a legend, counted from one.
#[must_use]
pub fn line_key(line: usize) -> Html {
    Html::new(format!("<svg class=\"sw plot-key\" aria-hidden=\"true\"><path class=\"l{line}\" d=\"M0 6h18\"/></svg>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Date;

    fn step(from: f64, to: f64, up: f64) -> Step {
        Step { from, to, up, name: "$1".to_owned(), title: "input <$1>".to_owned(), href: "../m/".to_owned() }
    }

    #[test]
    fn steps_that_meet_are_joined_and_others_are_not() {
        let line = [step(0.1, 0.5, 0.5), step(0.5, 0.7, 0.25), step(0.8, 1.0, 0.25)];
        assert_eq!(path(&line), "M100 500H500V750H700M800 750H1000");
        let svg = steps(&Steps {
            id: "p1".to_owned(),
            title: "Prices".to_owned(),
            description: "Two lines".to_owned(),
            calendar: Calendar::around([Date::parse("2025").unwrap()]),
            scale: Scale::linear([0.0, 4.0]),
            words: &|value| format!("${value}"),
            lines: vec![line.to_vec(), vec![step(0.1, 1.0, 0.9)]],
        });
        let svg = svg.as_str();
        assert!(svg.contains("class=\"l1\"") && svg.contains("class=\"l2\"") && svg.contains("id=\"p1-t\""), "{svg}");
        assert_eq!(svg.matches("<a href=\"../m/\"><title>input &lt;$1&gt;</title>").count(), 4);
        assert!(svg.contains(">$2</text>") && svg.contains(">Jul</text>"), "{svg}");
    }
}
