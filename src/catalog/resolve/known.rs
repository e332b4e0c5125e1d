//! The records that can be referred to, and those that are there but cannot be used.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::scope::{Scope, nearest};
use crate::catalog::{Benchmark, BenchmarkId, Developer, DeveloperId, ModelId, Slug};
use crate::diagnostic::Diagnostic;
use crate::files::{Origin, SourceTree};
use crate::source::{Kind, Located, Sources};

/// Suggestions are looked for among all models, so only for as many wrong IDs as somebody reads.
const SUGGESTIONS: usize = 50;

/// The records that can be referred to.
pub(super) struct Known<'a> {
    pub(super) models: &'a BTreeSet<ModelId>,
    pub(super) developers: &'a BTreeMap<DeveloperId, Developer>,
    pub(super) benchmarks: &'a BTreeMap<BenchmarkId, Benchmark>,
    pub(super) lost: &'a Lost<'a>,
    /// IDs of models that are wrong, by their places. Which come first does not depend on who found them first.
    wrong: Mutex<BTreeMap<Origin, String>>,
}

/// Records that are there and cannot be used. Why has been said; a reference to them is no mistake of its own.
pub(super) struct Lost<'a> {
    tree: &'a SourceTree,
    /// IDs of models, as far as they are known.
    pub(super) models: BTreeSet<String>,
    /// Texts of models' files that could not be read: an ID of their own stands somewhere in them.
    texts: Vec<&'a str>,
}

impl<'a> Lost<'a> {
    /// The models whose file could not be read.
    pub(super) fn of(tree: &'a SourceTree, sources: &Sources) -> Self {
        let mut lost = Self { tree, models: BTreeSet::new(), texts: Vec::new() };
        for broken in &sources.broken {
            if let Kind::Model { developer, stem } = &broken.kind {
                lost.models.insert(format!("{developer}/{stem}"));
                lost.texts.extend(tree.find(&broken.path).map(|file| tree.get(file).text.as_str()));
            }
        }
        lost
    }

    /// Whether a developer who is not known has a file.
    pub(super) fn has_developer(&self, id: &str) -> bool {
        self.tree.has(&format!("content/developers/{id}.toml"))
    }

    /// Whether a benchmark that is not known has a file.
    fn has_benchmark(&self, id: &str) -> bool {
        self.tree.has(&format!("content/benchmarks/{id}.toml"))
    }

    /// Whether a model that is not known may be in a file. A file that was read may hold a model of another ID.
    fn has_model(&self, id: &str) -> bool {
        let path = format!("content/models/{id}.toml");
        let unread = self.tree.has(&path) && self.tree.find(&path).is_none();
        let quoted = [format!("\"{id}\""), format!("'{id}'")];
        let named = |text: &str| quoted.iter().any(|id| text.contains(id.as_str()));
        unread || self.models.contains(id) || self.texts.iter().any(|text| named(text))
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
            let help = match id.value.split_once('/') {
                Some((developer, model)) if Slug::is_plain(developer) && Slug::is_plain(model) => {
                    format!("add content/models/{developer}/{model}.toml, or remove this")
                }
                _ => "models are named by their ID, as in `openai/o3-mini`".to_owned(),
            };
            let mut wrong = known.wrong.lock().unwrap_or_else(PoisonError::into_inner);
            wrong.insert(self.origin(id.span), id.value.clone());
            drop(wrong);
            self.error(code, format!("{words} `{}`", id.value), id.span, "no such model", help);
        }
        found
    }

    /// The developer that an author's id names.
    pub(super) fn developer(&mut self, id: &Located<String>, known: &Known<'_>) -> Option<DeveloperId> {
        let found = known.developers.get_key_value(id.value.as_str()).map(|(id, _)| id.clone());
        if found.is_none() && !known.lost.has_developer(&id.value) {
            let message = format!("there is no developer `{}`", id.value);
            let help = known.developer_help(&id.value);
            self.error("unknown-developer", message, id.span, "no such developer", help);
        }
        found
    }

    /// The benchmark that an author's id names.
    pub(super) fn benchmark<'b>(&mut self, id: &Located<String>, known: &Known<'b>) -> Option<&'b Benchmark> {
        let found = known.benchmarks.get(id.value.as_str());
        if found.is_none() && !known.lost.has_benchmark(&id.value) {
            let help = nearest(&id.value, known.benchmarks.keys().map(BenchmarkId::as_str))
                .unwrap_or_else(|| format!("describe it in content/benchmarks/{}.toml", id.value));
            let message = format!("there is no benchmark `{}`", id.value);
            self.error("unknown-benchmark", message, id.span, "no such benchmark", help);
        }
        found
    }
}

impl<'a> Known<'a> {
    pub(super) fn new(
        models: &'a BTreeSet<ModelId>,
        developers: &'a BTreeMap<DeveloperId, Developer>,
        benchmarks: &'a BTreeMap<BenchmarkId, Benchmark>,
        lost: &'a Lost<'a>,
    ) -> Self {
        Self { models, developers, benchmarks, lost, wrong: Mutex::default() }
    }

    /// Says in the findings about wrong IDs of models which ones were meant, for the first of them.
    pub(super) fn suggest(&self, found: &mut [Diagnostic]) {
        let wrong = std::mem::take(&mut *self.wrong.lock().unwrap_or_else(PoisonError::into_inner));
        let mut meant: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for id in wrong.values() {
            if meant.len() < SUGGESTIONS && !meant.contains_key(id.as_str()) {
                meant.insert(id, self.meant(id));
            }
        }
        for finding in found.iter_mut().filter(|finding| finding.code.starts_with("unknown-")) {
            let id = finding.labels.first().and_then(|label| wrong.get(&label.origin));
            if let Some(Some(help)) = id.and_then(|id| meant.get(id.as_str())) {
                finding.help = Some(help.clone());
            }
        }
    }

    fn meant(&self, id: &str) -> Option<String> {
        let named = |model: &&ModelId| model.as_str().rsplit('/').next() == Some(id);
        nearest(id, self.models.iter().map(ModelId::as_str))
            .or_else(|| self.models.iter().find(named).map(|model| format!("did you mean `{model}`?")))
    }

    /// What to do about a developer who is not there.
    pub(super) fn developer_help(&self, id: &str) -> String {
        nearest(id, self.developers.keys().map(DeveloperId::as_str))
            .unwrap_or_else(|| format!("describe it in content/developers/{id}.toml"))
    }
}
