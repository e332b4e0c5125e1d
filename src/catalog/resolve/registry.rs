//! Sources: named once, in a file or for all files in the settings, and referred to by their keys.

use std::collections::BTreeMap;

use super::scope::{Scope, SourceKeys, text};
use crate::catalog::{Slug, Source, SourceId};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, SourceTree};
use crate::source::{Located, SourceDef, Sources};

/// Every source of the site.
#[derive(Default)]
pub(super) struct Registry {
    /// Id of the first of them.
    pub(super) first: u32,
    pub(super) sources: Vec<Source>,
}

/// The keys that each file can refer to, its own and the shared ones, in the order of the files.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) shared: SourceKeys,
    pub(super) benchmarks: Vec<SourceKeys>,
    pub(super) providers: Vec<SourceKeys>,
    pub(super) models: Vec<SourceKeys>,
}

impl Registry {
    /// Reads the sources of all files.
    pub(super) fn of(tree: &SourceTree, sources: &Sources, found: &mut Vec<Diagnostic>) -> (Self, Keys) {
        let mut registry = Self::default();
        let mut keys = Keys::default();
        keys.shared.partial = sources.site.is_none();
        if let Some(site) = &sources.site {
            let none = SourceKeys::default();
            keys.shared = registry.read(tree, site.file, "the settings", &site.value.sources, &none, found);
        }
        for parsed in &sources.benchmarks {
            let record = format!("benchmark `{}`", parsed.id);
            let own = registry.read(tree, parsed.file, &record, &parsed.value.sources, &keys.shared, found);
            keys.benchmarks.push(own);
        }
        for parsed in &sources.providers {
            let record = format!("provider `{}`", parsed.id);
            let own = registry.read(tree, parsed.file, &record, &parsed.value.sources, &keys.shared, found);
            keys.providers.push(own);
        }
        for parsed in &sources.models {
            let record = format!("model `{}/{}`", parsed.developer, parsed.stem);
            let own = registry.read(tree, parsed.file, &record, &parsed.value.sources, &keys.shared, found);
            keys.models.push(own);
        }
        (registry, keys)
    }

    /// Reads the sources of one file.
    pub(super) fn read(
        &mut self,
        tree: &SourceTree,
        file: FileId,
        record: &str,
        own: &BTreeMap<Located<String>, SourceDef>,
        shared: &SourceKeys,
        found: &mut Vec<Diagnostic>,
    ) -> SourceKeys {
        let none = SourceKeys::default();
        let mut scope = Scope::new(tree, file, record.to_owned(), &none);
        let mut keys = shared.clone();
        for (key, source) in own {
            if !Slug::is_plain(&key.value.to_ascii_lowercase()) {
                let message = format!("`{}` cannot be the key of a source", key.value);
                let help = "use letters, digits, `-`, `_` and `.`, as in `[sources.openai-docs]`".to_owned();
                scope.error("invalid-id", message, key.span, "not a key", help);
            }
            if shared.known.contains_key(&key.value) {
                let message = format!("the source `{}` is named in content/site.toml already", key.value);
                let help = "refer to that one, or take another key".to_owned();
                scope.error("duplicate-fact", message, key.span, "named again", help);
            }
            let source = Source {
                key: key.value.clone(),
                origin: scope.origin(key.span),
                title: source.title.value.clone(),
                publisher: text(source.publisher.as_ref()),
                url: scope.url("url", source.url.as_ref()),
                checked: scope.date_option("checked", source.checked.as_ref()),
            };
            let number = u32::try_from(self.sources.len()).expect("no site has four thousand million sources");
            self.sources.push(source);
            keys.known.insert(key.value.clone(), SourceId(self.first + number));
        }
        found.append(&mut scope.found);
        keys
    }
}
