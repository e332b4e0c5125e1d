//! Which score of the content is the one that upstream speaks of.

use toml_edit::Value;

use super::here::{Here, ScoreSpot};
use crate::importers::content::{Content, slug};
use crate::importers::value::said;

/// What the content has on a score of upstream's.
pub(super) enum Found<'a> {
    /// Nothing on the benchmark.
    None,
    /// Something on the benchmark, and not this: why.
    Other(&'static str),
    /// The same score.
    One(ScoreSpot<'a>),
}

/// The value of a row of scores.
pub(super) fn value(row: &str) -> Option<String> {
    let row: Value = row.parse().ok()?;
    row.as_inline_table()?.get("value").map(said)
}

/// Looks for a score by what tells it from others: benchmark, version, harness, variant, metric, and who measured.
pub(super) fn find<'a>(here: &'a Here, content: &Content, model: &str, identity: &[String]) -> Found<'a> {
    let [benchmark, version, harness, variant, metric, measured] = identity else { return Found::None };
    let document = content.documents.get(&format!("content/benchmarks/{benchmark}.toml"));
    let usual = |key: &str| document.and_then(|document| document.text_at(key)).map(slug).unwrap_or_default();
    let (usual_version, usual_metric) = (usual("version"), usual("metric"));
    // A text that is absent is what the benchmark has for all.
    let or = |text: &str, usual: &str| if text.is_empty() { usual.to_owned() } else { slug(text) };
    let of: Vec<ScoreSpot<'a>> = here.scores(model).filter(|spot| spot.benchmark == benchmark).collect();
    if of.is_empty() {
        return Found::None;
    }
    let is_same = |spot: &&ScoreSpot<'a>| {
        let ours = spot.value;
        let metrics = [or(&ours.metric, &usual_metric), or(metric, &usual_metric)];
        or(&ours.version, &usual_version) == or(version, &usual_version)
            && slug(&ours.harness) == slug(harness)
            && slug(&ours.variant) == slug(variant)
            && (metrics[0] == metrics[1] || metrics.iter().any(String::is_empty))
            // Who does not say who measured may mean either.
            && (ours.measured == *measured || ours.measured.is_empty() || measured.is_empty())
    };
    let same: Vec<&ScoreSpot<'a>> = of.iter().filter(is_same).collect();
    match same.as_slice() {
        [one] => Found::One(**one),
        [] => Found::Other("in another version, harness, variant or metric, or measured by others"),
        _ => Found::Other("several results here can be meant"),
    }
}
