//! The content as it is now: which models, offers and results a person or a former import has written.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;

/// The files of a site's content.
#[derive(Default)]
pub struct Content {
    /// Every TOML file by its path below the site's root.
    pub documents: BTreeMap<String, Document>,
    /// The path of each model's file by the model's ID.
    pub models: BTreeMap<String, String>,
    /// The model of each alias and snapshot, by the name alone and with the developer in front.
    pub names: BTreeMap<String, String>,
    /// The id of each benchmark by the id of its name, and by its own.
    pub benchmarks: BTreeMap<String, String>,
    /// Benchmark and model of each result in the file of a benchmark.
    pub results: BTreeSet<(String, String)>,
    /// The provider that is the own service of a developer.
    pub services: BTreeMap<String, String>,
}

impl Content {
    /// Reads the texts of `content/`, by their paths below the site's root.
    ///
    /// # Errors
    ///
    /// Which file is no TOML, and why.
    pub fn read<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, String> {
        use rayon::prelude::*;
        let texts: Vec<_> = texts.into_iter().filter(|(path, _)| path.ends_with(".toml")).collect();
        let documents = texts.into_par_iter().map(|(path, text)| {
            let document = Document::parse(text).map_err(|error| format!("{path}: {error}"))?;
            Ok((path.to_owned(), document))
        });
        let documents: BTreeMap<String, Document> = documents.collect::<Result<_, String>>()?;
        let mut content = Self::default();
        for (path, document) in &documents {
            let Some(stem) = path.strip_prefix("content/").and_then(|path| path.strip_suffix(".toml")) else {
                continue;
            };
            match stem.split_once('/') {
                Some(("models", id)) => {
                    let developer = id.split('/').next().unwrap_or_default();
                    let id = document.text_at("id").unwrap_or(id);
                    for name in ["aliases", "snapshots"].into_iter().filter_map(|key| document.texts_at(key)).flatten()
                    {
                        content.names.insert(name.to_owned(), id.to_owned());
                        content.names.insert(format!("{developer}/{name}"), id.to_owned());
                    }
                    content.models.insert(id.to_owned(), path.clone());
                }
                Some(("benchmarks", id)) => {
                    if let Some(name) = document.text_at("name") {
                        content.benchmarks.entry(slug(name)).or_insert_with(|| id.to_owned());
                    }
                    content.benchmarks.insert(id.to_owned(), id.to_owned());
                    content.results.extend(document.results().into_iter().map(|model| (id.to_owned(), model)));
                }
                Some(("providers", id)) => {
                    if let Some(developer) = document.text_at("developer") {
                        content.services.insert(developer.to_owned(), id.to_owned());
                    }
                }
                _ => {}
            }
        }
        content.documents = documents;
        Ok(content)
    }

    /// Whether there is such a file.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.documents.contains_key(path)
    }
}

/// A name made into an id: letters and digits, small, with `-` between them. Spellings of one name that differ by case, by
/// signs between words, or by the form of a letter become one: `SWE Bench Pro` and `SWE-Bench Pro`, `τ²` and `𝜏²`.
#[must_use]
pub fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut slug = String::new();
    for c in name.nfkd() {
        match c {
            'τ' => slug.push_str("tau"),
            '\'' | '’' | '‘' | '`' => {}
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            // Marks that were a part of a letter.
            c if ('\u{300}'..='\u{36f}').contains(&c) => {}
            '.' | '_' if !slug.is_empty() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches(['-', '.', '_']).to_owned()
}

/// Longer names of files are refused by file systems, with room for an ending.
const LONGEST_ID: usize = 200;

/// Whether the id of a name can be that of a file of the content: there is something in it, it is not too long, and no device
/// has it.
#[must_use]
pub fn is_id(slug: &str) -> bool {
    let stem = slug.split('.').next().unwrap_or_default();
    let is_numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|number| matches!(number.as_bytes(), [digit] if matches!(digit, b'1'..=b'9')))
    };
    let is_device = matches!(stem, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt");
    (1..=LONGEST_ID).contains(&slug.len()) && !is_device
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn spelling_twins_become_one() {
        assert_eq!(slug("SWE Bench Pro"), slug("SWE-Bench Pro"));
        assert_eq!(slug("τ²-Bench"), slug("𝜏²-Bench"));
        assert_eq!(slug("Humanity’s Last Exam"), slug("Humanity's Last Exam"));
        assert_eq!(slug("Terminal-Bench 2.1"), "terminal-bench-2.1");
        assert_ne!(slug("GPQA Diamond"), slug("GPQA"));
    }
}
