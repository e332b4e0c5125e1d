//! Scores, and the benchmarks that they are of.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Ground, Plan, Wanted};
use crate::importers::content::{is_id, slug};
use crate::importers::mapping::Entry;
use crate::importers::slot::Slot;
use crate::importers::upstream::{Benchmark, Citation, Score};
use crate::importers::value::{date, quoted};

/// Wants the scores of a model as rows of its file.
pub(super) fn plan(
    ground: &Ground<'_>,
    model: &str,
    scores: &[Score],
    benchmarks: &BTreeMap<String, Benchmark>,
    wanted: &mut Wanted,
    plan: &mut Plan,
) {
    for score in scores {
        let places = score.places();
        let mut refuse = |why: &str| places.iter().for_each(|place| plan.ledger.leave_out(*place, why));
        let name = &score.benchmark.value;
        let Some(id) = benchmark_id(ground, name) else {
            refuse("no file can have the name of the benchmark, or the mapping leaves it out");
            continue;
        };
        let path = format!("content/benchmarks/{id}.toml");
        if ground.is_deleted(&path) {
            refuse("the file of the benchmark was deleted by hand");
            continue;
        }
        if !ground.content.has(&path) && !has_category(ground) {
            refuse("a benchmark that is new, and the categories of the site have no `Imported`");
            continue;
        }
        let unit = unit(name, benchmarks);
        let misfit = misfit(ground, &path, score, unit);
        let text = |given: &Option<crate::importers::ledger::Given<String>>| {
            given.as_ref().map(|given| given.value.clone()).unwrap_or_default()
        };
        let identity = vec![
            id.clone(),
            text(&score.version),
            text(&score.harness),
            text(&score.variant),
            text(&score.metric),
            text(&score.measured),
        ];
        let slot = Slot::Row("score", identity.clone());
        let mut row = row(&id, score, &identity);
        if ground.content.results.contains(&(id.clone(), model.to_owned())) {
            if misfit.is_none() {
                wanted.note(slot, format!("{row} }}"), places.clone());
            }
            refuse("the benchmark's own file has results of the model");
            continue;
        }
        if let Some(why) = misfit {
            refuse(why);
            continue;
        }
        if wanted.has(&slot) {
            refuse("another score of the model has the same benchmark, version, harness, variant and metric");
            continue;
        }
        if let Some(citation) = &score.citation {
            let key = source(citation, wanted);
            row.push_str(&format!(", source = {}", quoted(&key)));
            if let Some(day) = citation.date {
                row.push_str(&format!(", as_of = {}", date(day)));
            }
        }
        row.push_str(" }");
        wanted.put(slot, row, places);
        benchmark(ground, &path, name, unit, plan);
    }
}

/// A score as a row of a file, without its source and its end.
fn row(id: &str, score: &Score, identity: &[String]) -> String {
    let mut row = format!("{{ benchmark = {}, value = {}", quoted(id), score.value.value);
    for (key, text) in ["version", "harness", "variant", "metric", "measured"].into_iter().zip(&identity[1..]) {
        if !text.is_empty() {
            row.push_str(&format!(", {key} = {}", quoted(text)));
        }
    }
    if let Some(uncertainty) = &score.uncertainty {
        row.push_str(&format!(", uncertainty = {}", uncertainty.value));
    }
    row
}

/// The id of a benchmark: by the mapping, by its name in the content, or made of its name.
fn benchmark_id(ground: &Ground<'_>, name: &str) -> Option<String> {
    let id = slug(name);
    match ground.mapping.benchmarks.get(name).or_else(|| ground.mapping.benchmarks.get(&id)) {
        Some(Entry::Is(id, _)) => return Some(id.clone()),
        Some(Entry::Nothing) => return None,
        None => {}
    }
    ground.content.benchmarks.get(&id).cloned().or(Some(id)).filter(|id| is_id(id))
}

/// The category of benchmarks of which upstream says none.
const CATEGORY: &str = "Imported";

/// Whether the settings of the site let a benchmark be in the category.
fn has_category(ground: &Ground<'_>) -> bool {
    let settings = ground.content.documents.get("content/site.toml");
    let categories = settings.and_then(|settings| settings.texts_at("categories"));
    categories.is_none_or(|categories| categories.contains(&CATEGORY))
}

/// The unit that all spellings of a benchmark's name agree in.
fn unit(name: &str, benchmarks: &BTreeMap<String, Benchmark>) -> Option<&'static str> {
    let id = slug(name);
    let mut units = benchmarks.iter().filter(|(other, _)| slug(other) == id).map(|(_, benchmark)| benchmark.unit);
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first).flatten()
}

/// Why a score cannot be of the benchmark.
fn misfit(ground: &Ground<'_>, path: &str, score: &Score, unit: Option<&str>) -> Option<&'static str> {
    let value = score.value.value;
    let hundred = Decimal::ONE_HUNDRED;
    let document = ground.content.documents.get(path);
    let counted = document.and_then(|document| document.text_at("unit"));
    if unit.zip(counted).is_some_and(|(unit, counted)| unit != counted) {
        return Some("in another unit than that of the benchmark");
    }
    let (min, max) = match document {
        Some(document) => (document.number_at(&["scale", "min"]), document.number_at(&["scale", "max"])),
        None if unit == Some("%") => (Some(Decimal::ZERO), Some(hundred)),
        None => (None, None),
    };
    if score.is_open() && max.is_some_and(|max| max > Decimal::ONE) {
        return Some(Score::SHARE);
    }
    let outside = min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max);
    outside.then_some("outside of the scale of the benchmark")
}

/// The key of a source in the model's file, which is wanted there.
fn source(citation: &Citation, wanted: &mut Wanted) -> String {
    let bare = citation.url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let mut key = slug(bare).replace(['.', '_'], "-");
    if key.len() > 60 {
        let hash = xxhash_rust::xxh3::xxh3_64(bare.as_bytes());
        key.truncate(44);
        key = format!("{}-{hash:016x}", key.trim_end_matches('-'));
    }
    let slot = Slot::key(&format!("sources.{key}.title"));
    if !wanted.has(&slot) {
        let title = citation.title.clone().unwrap_or_else(|| bare.to_owned());
        wanted.put(slot, quoted(&title), Vec::new());
        wanted.key(&format!("sources.{key}.url"), quoted(&citation.url), Vec::new());
    }
    key
}

/// Wants the file of a benchmark that the content has not. What it measures upstream does not say.
fn benchmark(ground: &Ground<'_>, path: &str, name: &str, unit: Option<&str>, plan: &mut Plan) {
    let is_locked = ground.lock.files.contains_key(path);
    if ground.content.has(path) && !is_locked || plan.files.contains_key(path) {
        return;
    }
    let wanted = plan.files.entry(path.to_owned()).or_default();
    wanted.key("name", quoted(name), Vec::new());
    wanted.key("measures", quoted(&format!("Not described by {}", ground.format.title)), Vec::new());
    wanted.key("category", quoted(CATEGORY), Vec::new());
    if let Some(unit) = unit {
        wanted.key("unit", quoted(unit), Vec::new());
        wanted.key("scale.min", "0", Vec::new());
        wanted.key("scale.max", "100", Vec::new());
    }
}
