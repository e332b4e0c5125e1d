//! Scores: gauges, rows, ranks, and what has none.

use super::with;
use crate::pages::model::Card;
use crate::pages::model::benchmarks::*;
use crate::pages::sources::Citations;

fn of(scores: &str) -> Benchmarks {
    let benchmarks = "name = \"Duel\"\nmeasures = \"Who wins\"\ncategory = \"Tests\"\nunit = \"Elo\"";
    let errors = "name = \"Errors\"\nmeasures = \"Words got wrong\"\ncategory = \"Speech\"\nunit = \"%\"\n\
        scale = { min = 0 }\ndirection = \"lower\"";
    let model = format!("name = \"A\"\n{scores}");
    let other = "name = \"B\"\n[scores]\nexam = 50\nduel = 1_300\nerrors = 12";
    let files = [
        ("site.toml", "title = \"Cards\"\nheadline = [\"exam\"]\ncategories = [\"Tests\", \"Speech\"]"),
        ("benchmarks/duel.toml", benchmarks),
        ("benchmarks/errors.toml", errors),
        ("models/acme/a.toml", model.as_str()),
        ("models/acme/b.toml", other),
    ];
    with(&files, "acme/a", benchmarks_of).unwrap()
}

fn benchmarks_of(card: &Card<'_>, citations: &mut Citations<'_>) -> Option<Benchmarks> {
    benchmarks(card, citations)
}

#[test]
fn headline_indices_stand_large_with_rank_median_and_best() {
    let section = of("[scores]\nexam = 18.4");
    let gauge = &section.gauges[0];
    assert_eq!((gauge.value.as_str(), gauge.unit.as_str()), ("18.4", "/100"));
    assert_eq!(gauge.standing.words(), "Rank 2 of 2 · median 34.2 · best 50, B");
    assert!(gauge.meter.ticks.is_some() && gauge.meter.bar.as_str().contains("width=\"18.4\""));
    assert_eq!(gauge.scale.len(), 5);
}

#[test]
fn a_score_of_another_kind_is_drawn_without_ticks_and_without_a_rank() {
    let section = of("[[score]]\nbenchmark = \"exam\"\nvalue = 60\nversion = \"2\"\n\
        [[score]]\nbenchmark = \"errors\"\nvalue = 10\nmeasured = \"self-reported\"");
    assert_eq!(section.gauges[0].standing.words(), "Not ranked: version 2");
    assert!(section.gauges[0].meter.ticks.is_none());
    let row = &section.categories[0].rows[0];
    assert!(!row.ranked && row.meter.ticks.is_none() && section.claims);
    assert!(row.meter.bar.as_str().contains("class=\"c2\""), "the developer's own claim has its colour");
}

#[test]
fn open_scales_have_a_mark_and_lower_is_better_is_said() {
    let section = of("[scores]\nduel = 1_250\nerrors = 10.3");
    let (duel, errors) = (&section.categories[0].rows[0], &section.categories[1].rows[0]);
    assert!(!duel.meter.bar.as_str().contains("rect"), "{}", duel.meter.bar);
    assert_eq!(errors.detail.words(), "Words got wrong; lower is better");
    assert_eq!(errors.rank, "1 of 2");
    assert_eq!(section.categories[1].unit, "%");
}

#[test]
fn variants_of_one_model_do_not_compete_and_missing_efforts_are_told() {
    let section = of("[reasoning]\nefforts = [\"low\", \"high\"]\n\
        [[score]]\nbenchmark = \"duel\"\nvalue = 1_250\nvariant = \"low\"\n\
        [[score]]\nbenchmark = \"duel\"\nvalue = 1_350\nvariant = \"high\"\n\
        [[score]]\nbenchmark = \"errors\"\nvalue = 9");
    let duel: Vec<(&str, &str)> =
        section.categories[0].rows.iter().map(|row| (row.tags[0].as_str(), row.rank.as_str())).collect();
    assert_eq!(duel, [("high", "1 of 2"), ("low", "not ranked")]);
    assert!(section.categories[1].rows[0].detail.words().contains("effort not stated"));
    let silent = of("[reasoning]\nefforts = [\"low\", \"high\"]\n[scores]\nexam = 1");
    assert!(silent.note.words().contains("effort behind them is not stated"), "{}", silent.note.words());
}
