//! The numbers of the content, by model and provider, each with its file.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::importers::document::figures::{self, Figure, Figures, Offer, Price, Score};

/// Something of the content and the file that it stands in.
#[derive(Debug)]
pub(super) struct Spot<'a, T: ?Sized> {
    pub(super) path: &'a str,
    pub(super) value: &'a T,
}

impl<T: ?Sized> Clone for Spot<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Spot<'_, T> {}

impl Spot<'_, Figure> {
    /// The file and the first byte.
    pub(super) fn place(&self) -> (String, usize) {
        (self.path.to_owned(), self.value.span.start)
    }
}

/// A score, and the benchmark that it is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScoreSpot<'a> {
    pub(super) path: &'a str,
    pub(super) benchmark: &'a str,
    pub(super) value: &'a Score,
}

/// In the place of a byte of a file: its list prices as a whole.
pub(super) const LIST: usize = usize::MAX;

/// Every figure of the content.
pub(super) struct Here {
    files: BTreeMap<String, Figures>,
    /// The files of models by their IDs.
    models: BTreeMap<String, String>,
    /// Benchmark files that have results of a model, each with the places of these in the list of the file.
    results: BTreeMap<String, Vec<(String, usize)>>,
}

impl Here {
    /// Reads the texts of the content, by their paths.
    ///
    /// # Errors
    ///
    /// Which file is no TOML, and why.
    pub(super) fn read(content: &[(&str, &str)], models: &BTreeMap<String, String>) -> Result<Self, String> {
        let texts = content.par_iter().filter(|(path, _)| path.ends_with(".toml"));
        let files = texts.map(|(path, text)| {
            let figures = figures::read(text).map_err(|error| format!("{path}: {error}"))?;
            Ok(((*path).to_owned(), figures))
        });
        let files: BTreeMap<String, Figures> = files.collect::<Result<_, String>>()?;
        let mut results: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for (path, file) in files.iter().filter(|(path, _)| benchmark(path).is_some()) {
            for (index, score) in file.scores.iter().enumerate() {
                results.entry(score.of.clone()).or_default().push((path.clone(), index));
            }
        }
        Ok(Self { files, models: models.clone(), results })
    }

    fn model(&self, id: &str) -> Option<(&str, &Figures)> {
        self.files.get_key_value(self.models.get(id)?).map(|(path, file)| (path.as_str(), file))
    }

    /// A number or date of a model.
    pub(super) fn fact(&self, model: &str, key: &str) -> Option<Spot<'_, Figure>> {
        let (path, file) = self.model(model)?;
        Some(Spot { path, value: file.facts.get(key)? })
    }

    /// Every number and date of a model.
    pub(super) fn facts(&self, model: &str) -> impl Iterator<Item = (&'static str, Spot<'_, Figure>)> {
        let file = self.model(model).into_iter();
        file.flat_map(|(path, file)| file.facts.iter().map(move |(key, value)| (*key, Spot { path, value })))
    }

    /// The list prices in a model's file, where it has some.
    pub(super) fn list(&self, model: &str) -> Option<Spot<'_, [Price]>> {
        let (path, file) = self.model(model)?;
        (!file.prices.is_empty()).then_some(Spot { path, value: file.prices.as_slice() })
    }

    /// Every score of a model, in its own file and in those of benchmarks.
    pub(super) fn scores(&self, model: &str) -> impl Iterator<Item = ScoreSpot<'_>> {
        let own = self.model(model).into_iter().flat_map(|(path, file)| {
            file.scores.iter().map(move |value| ScoreSpot { path, benchmark: &value.of, value })
        });
        let results = self.results.get(model).into_iter().flatten().filter_map(|(path, index)| {
            let value = self.files.get(path)?.scores.get(*index)?;
            Some(ScoreSpot { path, benchmark: benchmark(path)?, value })
        });
        own.chain(results)
    }

    /// The offers of a provider.
    pub(super) fn offers(&self, provider: &str) -> impl Iterator<Item = Spot<'_, Offer>> {
        let file = self.files.get_key_value(&format!("content/providers/{provider}.toml")).into_iter();
        file.flat_map(|(path, file)| file.offers.iter().map(move |value| Spot { path: path.as_str(), value }))
    }

    /// Every offer with its provider.
    pub(super) fn all_offers(&self) -> impl Iterator<Item = (&str, Spot<'_, Offer>)> {
        let files = self.files.iter().filter_map(|(path, file)| Some((path.as_str(), provider(path)?, file)));
        files.flat_map(|(path, id, file)| file.offers.iter().map(move |value| (id, Spot { path, value })))
    }
}

/// The provider whose file this is.
pub(super) fn provider(path: &str) -> Option<&str> {
    path.strip_prefix("content/providers/")?.strip_suffix(".toml")
}

/// The benchmark whose file this is.
fn benchmark(path: &str) -> Option<&str> {
    path.strip_prefix("content/benchmarks/")?.strip_suffix(".toml")
}

/// Whether a key of an offer is a number.
pub(super) fn is_limit(key: &str) -> bool {
    matches!(key, "context_window" | "max_output")
}
