//! models.dev: a checkout of the repository, with `models/<developer>/<model>.toml`, `providers/<id>/provider.toml` and
//! `providers/<id>/models/<model ID>.toml`.

mod cost;
mod facts;

use super::fields::Fields;
use super::foreign;
use super::ledger::{Fate, Given};
use super::upstream::{Benchmark, Citation, Link, Model, Offer, Party, Score, Upstream};
use super::{Format, Reader, date::Date};
use crate::files::ForeignFile;

pub(super) const FORMAT: Format = Format {
    name: "models-dev",
    summary: "a checkout of models.dev: a folder with models/ and providers/",
    title: "models.dev",
    publisher: "models.dev",
    url: Some("https://models.dev/"),
    reader: Reader::Files(read),
};

/// What a file is, going by its path.
enum Kind<'a> {
    Model { developer: &'a str, id: &'a str },
    Provider { id: &'a str },
    Offer { provider: &'a str, id: &'a str },
    Other(&'static str),
}

fn kind(path: &str) -> Kind<'_> {
    if path.ends_with(".svg") {
        return Kind::Other("a logo: trademarks are not taken over");
    }
    let stem = path.strip_suffix(".toml");
    let mut parts = path.splitn(4, '/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("models"), Some(developer), Some(_), None) => match stem.and_then(|stem| stem.strip_prefix("models/")) {
            Some(id) => Kind::Model { developer, id },
            None => Kind::Other("a name without `.toml`: no record"),
        },
        (Some("providers"), Some(id), Some("provider.toml"), None) => Kind::Provider { id },
        (Some("providers"), Some(provider), Some("models"), Some(name)) => match name.strip_suffix(".toml") {
            Some(id) => Kind::Offer { provider, id },
            None => Kind::Other("a name without `.toml`: no record"),
        },
        _ => Kind::Other("not a file of models/ or providers/: no record"),
    }
}

fn read(files: &[ForeignFile]) -> Upstream {
    let mut upstream = Upstream::default();
    for file in files {
        let kind = kind(&file.path);
        let id = match &kind {
            Kind::Model { id, .. } | Kind::Provider { id } => (*id).to_owned(),
            Kind::Offer { provider, id } => format!("{provider}: {id}"),
            Kind::Other(why) => {
                upstream.ledger.enter(&file.path, &file.path, Fate::LeftOut((*why).to_owned()));
                continue;
            }
        };
        let Some(node) = upstream.ledger.parsed(file, &id, foreign::toml) else { continue };
        let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, &id, &node);
        // A TOML file is a table.
        let Some(mut fields) = fields else { continue };
        match kind {
            Kind::Model { developer, id } => {
                let (facts, links) = facts::read(&mut fields);
                let scores = scores(&mut fields, &mut upstream.benchmarks);
                upstream.models.push(Model { facts, scores, links, ..Model::new(id, record, developer) });
            }
            Kind::Provider { id } => {
                let party = provider(&mut fields, id);
                drop(fields);
                upstream.providers.insert(id.to_owned(), Party { record: Some(record), ..party });
            }
            Kind::Offer { provider, id } => {
                let mut offer = offer(&mut fields, provider, id);
                offer.twin = file.link_to.as_deref().and_then(|target| match self::kind(target) {
                    Kind::Offer { provider, id } => Some((provider.to_owned(), id.to_owned())),
                    _ => None,
                });
                drop(fields);
                upstream.offers.push(offer);
            }
            Kind::Other(_) => {}
        }
    }
    upstream
}

fn provider(fields: &mut Fields<'_>, id: &str) -> Party {
    let name = fields.text("name");
    let base_url = fields.url("api");
    let docs = fields.url("doc");
    fields.leave_out("env", "names of environment variables: a matter of one client library");
    fields.leave_out("npm", "a package of one client library");
    let is_plan = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "plan");
    let is_plan = is_plan(id) || name.as_ref().is_some_and(|name| is_plan(&name.value));
    Party { name, base_url, docs, is_plan, ..Party::default() }
}

fn offer(fields: &mut Fields<'_>, provider: &str, id: &str) -> Offer {
    let base = fields.text("base_model");
    fields.leave_out(
        "base_model_omit",
        "takes back what its base says; of an offer only its own values are taken anyway",
    );
    let (facts, _) = facts::read(fields);
    let prices = cost::read(fields);
    Offer { base, facts, prices, ..Offer::new(id, fields.record(), provider) }
}

/// Metrics that count out of a hundred, by the words that models.dev has for them.
const PERCENTAGES: &[&str] = &[
    "accuracy",
    "percent",
    "percent correct",
    "percent resolved",
    "resolved",
    "resolve rate",
    "pass@1",
    "success rate",
];

fn scores(fields: &mut Fields<'_>, benchmarks: &mut std::collections::BTreeMap<String, Benchmark>) -> Vec<Score> {
    let mut scores = Vec::new();
    fields.tables("benchmarks", |fields| {
        let (name, value) = (fields.text("name"), fields.number("score"));
        let metric = fields.text("metric");
        let (harness, variant) = (fields.text("harness"), fields.text("variant"));
        let (dataset, version) = (fields.text("dataset"), fields.text("version"));
        let (source, date) = (fields.url("source"), fields.date("date"));
        let (Some(benchmark), Some(value)) = (name, value) else {
            return fields.give_up("a result without both a benchmark and a number");
        };
        let is_percentage =
            metric.as_ref().is_some_and(|metric| PERCENTAGES.contains(&metric.value.to_lowercase().as_str()));
        let entry = benchmarks.entry(benchmark.value.clone()).or_insert(Benchmark { unit: Some("%") });
        if !is_percentage {
            entry.unit = None;
        }
        // A part of a benchmark is not compared with the whole, as another version is not.
        let mut more = Vec::new();
        let version = match (version, dataset) {
            (Some(version), Some(dataset)) => {
                more.push(dataset.place);
                Some(version.map(|version| format!("{version}, {}", dataset.value)))
            }
            (version, dataset) => version.or(dataset),
        };
        let date: Option<Given<Date>> = date;
        let citation = source.map(|source| {
            let mut places = vec![source.place];
            places.extend(date.as_ref().map(|date| date.place));
            Citation { url: source.value, title: None, date: date.as_ref().map(|date| date.value), places }
        });
        if citation.is_none()
            && let Some(date) = &date
        {
            fields.ledger().leave_out(date.place, "a date of a source that is not named");
        }
        scores.push(Score { metric, harness, variant, version, citation, more, ..Score::new(benchmark, value) });
    });
    scores
}

/// The kind of a page by the word that models.dev has for it.
fn link_kind(word: Option<&str>) -> &'static str {
    match word {
        Some("announcement") => "announcement",
        Some("blog") => "blog",
        Some("docs") => "docs",
        Some("model_card") => "model card",
        Some("paper") => "paper",
        Some("weights") => "weights",
        _ => "other",
    }
}

/// The pages that a list of them names.
fn links(fields: &mut Fields<'_>, key: &'static str, kind: Option<&'static str>) -> Vec<Link> {
    let mut links = Vec::new();
    fields.tables(key, |fields| {
        let (title, url, word) = (fields.text("label"), fields.url("url"), fields.text("type"));
        for key in ["format", "quantization"] {
            fields.leave_out(key, "the format has no place for a property of one set of weights");
        }
        let kind = kind.unwrap_or_else(|| link_kind(word.as_ref().map(|word| word.value.as_str())));
        match (title, url) {
            (Some(title), Some(url)) => {
                let places = [title.place, url.place].into_iter().chain(word.map(|word| word.place)).collect();
                links.push(Link { kind, title: title.value, url: url.value, places });
            }
            _ => fields.give_up("a page without both a title and an address"),
        }
    });
    links
}
