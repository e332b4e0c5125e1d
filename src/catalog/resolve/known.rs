//! The records that can be referred to, and those that are there but cannot be used.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Scope, nearest};
use crate::catalog::{Benchmark, BenchmarkId, Developer, DeveloperId, ModelId};
use crate::files::SourceTree;
use crate::source::{Kind, Located, Sources};

/// The records that can be referred to.
pub(super) struct Known<'a> {
    pub(super) models: &'a BTreeSet<ModelId>,
    pub(super) developers: &'a BTreeMap<DeveloperId, Developer>,
    pub(super) benchmarks: &'a BTreeMap<BenchmarkId, Benchmark>,
    pub(super) lost: &'a Lost<'a>,
}

/// Records that are there and cannot be used. Why has been said; a reference to them is no mistake of its own.
#[derive(Default)]
pub(super) struct Lost<'a> {
    pub(super) models: BTreeSet<String>,
    pub(super) developers: BTreeSet<String>,
    pub(super) benchmarks: BTreeSet<String>,
    /// Texts of models' files that could not be read: an ID of their own stands somewhere in them.
    texts: Vec<&'a str>,
}

impl<'a> Lost<'a> {
    /// The records whose file could not be read.
    pub(super) fn of(tree: &'a SourceTree, sources: &Sources) -> Self {
        let mut lost = Self::default();
        for broken in &sources.broken {
            match &broken.kind {
                Kind::Model { developer, stem } => {
                    lost.models.insert(format!("{developer}/{stem}"));
                    lost.texts.extend(tree.find(&broken.path).map(|file| tree.get(file).text.as_str()));
                }
                Kind::Developer(id) => drop(lost.developers.insert(id.clone())),
                Kind::Benchmark(id) => drop(lost.benchmarks.insert(id.clone())),
                _ => {}
            }
        }
        lost
    }

    fn has_model(&self, id: &str) -> bool {
        let quoted = [format!("\"{id}\""), format!("'{id}'")];
        self.models.contains(id) || self.texts.iter().any(|text| quoted.iter().any(|id| text.contains(id.as_str())))
    }
}

impl Scope<'_> {
    /// The model that an author's ID names.
    pub(super) fn model(&mut self, id: &Located<String>, known: &Known<'_>) -> Option<ModelId> {
        self.known_model(id, known, "unknown-model", "there is no model")
    }

    /// The model that an author's ID names as the one to use instead.
    pub(super) fn successor(&mut self, id: &Located<String>, known: &Known<'_>) -> Option<ModelId> {
        self.known_model(id, known, "unknown-successor", "its successor does not exist: there is no model")
    }

    fn known_model(
        &mut self,
        id: &Located<String>,
        known: &Known<'_>,
        code: &'static str,
        words: &str,
    ) -> Option<ModelId> {
        let found = known.models.get(id.value.as_str()).cloned();
        if found.is_none() && !known.lost.has_model(&id.value) {
            let help = nearest(&id.value, known.models.iter().map(ModelId::as_str))
                .unwrap_or_else(|| "models are named by their ID, as in `openai/o3-mini`".to_owned());
            self.error(code, format!("{words} `{}`", id.value), id.span, "no such model", help);
        }
        found
    }

    /// The developer that an author's id names.
    pub(super) fn developer(&mut self, id: &Located<String>, known: &Known<'_>) -> Option<DeveloperId> {
        let found = known.developers.get_key_value(id.value.as_str()).map(|(id, _)| id.clone());
        if found.is_none() && !known.lost.developers.contains(&id.value) {
            let message = format!("there is no developer `{}`", id.value);
            let help = known.developer_help(&id.value);
            self.error("unknown-developer", message, id.span, "no such developer", help);
        }
        found
    }

    /// The benchmark that an author's id names.
    pub(super) fn benchmark<'b>(&mut self, id: &Located<String>, known: &Known<'b>) -> Option<&'b Benchmark> {
        let found = known.benchmarks.get(id.value.as_str());
        if found.is_none() && !known.lost.benchmarks.contains(&id.value) {
            let help = nearest(&id.value, known.benchmarks.keys().map(BenchmarkId::as_str))
                .unwrap_or_else(|| format!("describe it in content/benchmarks/{}.toml", id.value));
            let message = format!("there is no benchmark `{}`", id.value);
            self.error("unknown-benchmark", message, id.span, "no such benchmark", help);
        }
        found
    }
}

impl Known<'_> {
    /// What to do about a developer who is not there.
    pub(super) fn developer_help(&self, id: &str) -> String {
        nearest(id, self.developers.keys().map(DeveloperId::as_str))
            .unwrap_or_else(|| format!("describe it in content/developers/{id}.toml"))
    }
}
