//! The rulers: one file with a line of ticks for every measure, of which a card shows one part at a time.
//!
//! A tick is a model. So that one edit changes this file and not every card, a card draws only its own needle over
//! it. Ticks are binned to what a screen can show: the file grows with the number of measures, not of models.

use std::fmt::Write as _;

use rayon::prelude::*;

use crate::catalog::{Measure, Ranking, Rankings};

/// How many places a tick can have.
const PLACES: f64 = 400.0;

/// Height of a line of ticks.
const HEIGHT: usize = 8;

/// From one line to the next, so that none shows at the edge of another.
const PITCH: usize = 16;

/// Ticks and the best one are of two greys that are seen on white and on black.
///
/// The style keeps a tick as wide as it is drawn at any width. Where a policy of the host takes styles away, the
/// attributes give it a width that is not far off.
const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"none\" stroke=\"#8b929a\" stroke-width=\".4\">\n\
    <style>path{vector-effect:non-scaling-stroke;stroke-width:1px}.best{stroke-width:3px}</style>";
const BEST: &str = "class=\"best\" stroke=\"#6f767d\" stroke-width=\".9\"";

/// The file of all rulers.
#[must_use]
pub fn file(rankings: &Rankings) -> String {
    let measures: Vec<(usize, (&Measure, &Ranking))> = rankings.iter().enumerate().collect();
    let lines: Vec<String> = measures
        .into_par_iter()
        .map(|(line, (measure, ranking))| {
            let mut svg = String::new();
            push_line(&mut svg, &measure_name(measure), ranking, line * PITCH);
            svg
        })
        .collect();
    format!("{HEAD}{}</svg>\n", lines.concat())
}

fn push_line(svg: &mut String, name: &str, ranking: &Ranking, top: usize) {
    let place = |value| (ranking.axis().position(value) / 100.0 * PLACES).round() as u16;
    let mut places: Vec<u16> = ranking.values().iter().map(|value| place(*value)).collect();
    places.sort_unstable();
    places.dedup();
    // Writing to a string cannot fail.
    let _ = write!(svg, "\n<view id=\"{name}\" viewBox=\"0 {top} 100 {HEIGHT}\" preserveAspectRatio=\"none\"/>");
    push_ticks(svg, "", places.into_iter(), top);
    if let Some(best) = ranking.values().first() {
        push_ticks(svg, BEST, std::iter::once(place(*best)), top);
    }
}

fn push_ticks(svg: &mut String, looks: &str, places: impl Iterator<Item = u16>, top: usize) {
    let space = if looks.is_empty() { "" } else { " " };
    let _ = write!(svg, "<path{space}{looks} d=\"");
    for place in places {
        let _ = write!(svg, "M{} {top}v{HEIGHT}", f64::from(place) * 100.0 / PLACES);
    }
    svg.push_str("\"/>");
}

/// Names of measures hold letters, digits, `-`, `_` and `.` only; whatever else came would be left out.
fn measure_name(measure: &Measure) -> String {
    measure.name().chars().filter(|c| c.is_alphanumeric() || "-_.".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example;

    #[test]
    fn every_measure_has_a_line_with_a_tick_for_each_place_and_its_best_marked() {
        let catalog = example::catalog(&[
            ("models/acme/a.toml", "name = \"A\"\ncontext_window = 1_000\n[price]\ninput = 1\noutput = 2"),
            ("models/acme/b.toml", "name = \"B\"\ncontext_window = 10_000\n[price]\ninput = 10\noutput = 2"),
            ("models/acme/c.toml", "name = \"C\"\ncontext_window = 10_000"),
        ]);
        let svg = file(&Rankings::new(&catalog, example::today()));
        let line = |name: &str| svg.lines().find(|line| line.contains(&format!("id=\"{name}\""))).unwrap().to_owned();
        assert_eq!(
            line("input-price"),
            "<view id=\"input-price\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\"/>\
             <path d=\"M0 0v8M100 0v8\"/>\
             <path class=\"best\" stroke=\"#6f767d\" stroke-width=\".9\" d=\"M0 0v8\"/>"
        );
        assert!(line("context-window").contains("viewBox=\"0 32 100 8\""), "{svg}");
        assert!(line("context-window").contains("d=\"M0 32v8M100 32v8\""), "equal values share a tick: {svg}");
        assert!(!svg.contains("max-output"), "a measure without values has no line: {svg}");
    }

    #[test]
    fn the_file_does_not_grow_with_the_models() {
        let models: Vec<(String, String)> = (0..3_000)
            .map(|n| (format!("models/acme/m{n}.toml"), format!("name = \"M{n}\"\ncontext_window = {}", 1_000 + n * 7)))
            .collect();
        let models: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let svg = file(&Rankings::new(&example::catalog(&models), example::today()));
        assert!(svg.len() < 5_000, "{} bytes", svg.len());
    }
}
