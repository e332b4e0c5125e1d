//! Which ID and which path every model has, and whose it is.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::known::{Known, Lost};
use super::scope::Scope;
use crate::catalog::{DeveloperId, ModelId, Slug};
use crate::diagnostic::Diagnostic;
use crate::files::{Origin, SourceTree};
use crate::site::SitePath;
use crate::source::ParsedModel;

/// No host and no file system takes longer parts of a path.
const LONGEST_SLUG: usize = 200;

/// A model whose ID and place are settled.
pub(super) struct Placed<'a> {
    pub(super) id: ModelId,
    pub(super) slug: Slug,
    pub(super) parsed: &'a ParsedModel,
}

impl Placed<'_> {
    /// Where its ID was written, or its name when the file's path is its ID.
    fn origin(&self) -> Origin {
        id_origin(self.parsed)
    }
}

fn id_origin(parsed: &ParsedModel) -> Origin {
    let span = parsed.value.id.as_ref().map_or(parsed.value.name.span, |id| id.span);
    Origin { file: parsed.file, span }
}

impl Scope<'_> {
    /// Whether a file's name can be an id, which is a path segment too.
    pub(super) fn file_id(&mut self, id: &str) -> bool {
        let plain = is_file_id(id);
        if !plain {
            let path = self.tree.get(self.file).path.clone();
            let message = format!("{}: the file's name cannot be an id", self.record);
            let help = "use lower-case letters, digits, `-`, `_` and `.`, beginning with a letter or digit; names of \
                        devices such as `con` and `aux` do not work on every system";
            self.found.push(Diagnostic::error("invalid-id", message).in_file(path).help(help));
        }
        plain
    }
}

/// Whether this text can be the name of a content file, which is an id and a path segment too.
#[must_use]
pub fn is_file_id(text: &str) -> bool {
    Slug::is_plain(text) && is_portable(text)
}

pub(super) fn is_portable(segment: &str) -> bool {
    segment.len() <= LONGEST_SLUG && SitePath::new(segment).is_ok()
}

/// Whether an ID can be told from others by looking at it: no space around it, nothing in it that is not seen.
fn is_visible(id: &str) -> bool {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    id.trim() == id && !id.chars().any(unseen)
}

/// What an ID is compared by: no reader tells two apart by case or Unicode form.
fn folded(id: &str) -> String {
    id.nfc().collect::<String>().to_lowercase().nfc().collect()
}

/// The models that have their ID and path so far.
#[derive(Default)]
struct Taken {
    ids: BTreeMap<String, (ModelId, Origin)>,
    paths: BTreeMap<String, (ModelId, Origin)>,
}

/// Gives every model its ID and its path. The second of two that want the same is reported and left out.
pub(super) fn models<'a>(
    tree: &SourceTree,
    models: &'a [ParsedModel],
    lost: &mut Lost<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<Placed<'a>>> {
    let mut taken = Taken::default();
    models
        .iter()
        .map(|parsed| {
            let own = parsed.value.id.as_ref();
            let id = own.map_or_else(|| format!("{}/{}", parsed.developer, parsed.stem), |id| id.value.clone());
            match taken.place(tree, ModelId::new(id.clone()), parsed, id_origin(parsed)) {
                Ok(placed) => Some(placed),
                Err(finding) => {
                    found.push(*finding);
                    // Others refer to it as it was meant to be called, which may be any of these.
                    lost.models.extend([id.trim().to_owned(), format!("{}/{}", parsed.developer, parsed.stem), id]);
                    None
                }
            }
        })
        .collect()
}

impl Taken {
    fn place<'a>(
        &mut self,
        tree: &SourceTree,
        id: ModelId,
        parsed: &'a ParsedModel,
        origin: Origin,
    ) -> Result<Placed<'a>, Box<Diagnostic>> {
        let slug = id.slug(&DeveloperId::new(parsed.developer.as_str()));
        let Some(slug) = slug.filter(|slug| is_visible(id.as_str()) && is_portable(slug.as_str())) else {
            let help = "give it an `id` with letters or digits, without spaces around it or characters that are not \
                        seen, of at most 200 bytes; names of devices such as `con` do not work on every system";
            let finding = Diagnostic::error("invalid-id", format!("model `{id}`: no path can be made from its ID"));
            return Err(Box::new(finding.at(origin, "cannot be part of a path").help(help)));
        };
        let folded = folded(id.as_str());
        if let Some((first, place)) = self.ids.get(&folded) {
            let same = if *first == id { String::new() } else { format!(" (as `{first}`)") };
            let path = &tree.get(place.file).path;
            let finding =
                Diagnostic::error("duplicate-id", format!("model `{id}`: there is another model of this ID{same}"))
                    .at(origin, "the same ID")
                    .at(*place, "the first one")
                    .help(format!("give one of them another `id`; the first is {path}"));
            return Err(Box::new(finding));
        }
        let path = format!("models/{}/{slug}/", parsed.developer);
        let folded_path = SitePath::new(path.trim_end_matches('/')).map_or_else(|_| path.clone(), |path| path.folded());
        if let Some((first, place)) = self.paths.get(&folded_path) {
            let message = format!("models `{first}` and `{id}` would have one path: {path}");
            let finding = Diagnostic::error("duplicate-path", message)
                .at(origin, "the same path")
                .at(*place, "the first one")
                .help("characters other than letters, digits, `.` and `_` become `-`: change one of the IDs");
            return Err(Box::new(finding));
        }
        self.ids.insert(folded, (id.clone(), origin));
        self.paths.insert(folded_path, (id.clone(), origin));
        Ok(Placed { id, slug, parsed })
    }
}

/// The slugs that models of more than one developer have. No reader tells two apart by their Unicode form.
pub(super) fn shared_slugs(placed: &[Option<Placed<'_>>]) -> BTreeSet<Slug> {
    let mut by_form: BTreeMap<String, Vec<&Slug>> = BTreeMap::new();
    for placed in placed.iter().flatten() {
        by_form.entry(folded(placed.slug.as_str())).or_default().push(&placed.slug);
    }
    by_form.into_values().filter(|slugs| slugs.len() > 1).flatten().cloned().collect()
}

/// Reports a name that two models of one developer have, as an alias or a snapshot: a request by it means one.
pub(super) fn names(tree: &SourceTree, placed: &[Option<Placed<'_>>], found: &mut Vec<Diagnostic>) {
    let ids: BTreeMap<&str, &Placed<'_>> = placed.iter().flatten().map(|placed| (placed.id.as_str(), placed)).collect();
    let mut taken: BTreeMap<(&str, &str), (&ModelId, Origin)> = BTreeMap::new();
    for placed in placed.iter().flatten() {
        let parsed = placed.parsed;
        for name in parsed.value.aliases.iter().chain(&parsed.value.snapshots) {
            let origin = Origin { file: parsed.file, span: name.span };
            let whole = format!("{}/{}", parsed.developer, name.value);
            let same = ids.get(name.value.as_str()).or_else(|| ids.get(whole.as_str()));
            if let Some(other) = same.filter(|other| other.id != placed.id) {
                let message = format!("model `{}`: `{}` is the ID of another model", placed.id, name.value);
                found.push(
                    Diagnostic::error("duplicate-id", message)
                        .at(origin, "another model's ID")
                        .at(other.origin(), "that model")
                        .help("remove it here: a request by it means the model of that ID"),
                );
                continue;
            }
            let first = *taken.entry((parsed.developer.as_str(), name.value.as_str())).or_insert((&placed.id, origin));
            if first.1 == origin {
                continue;
            }
            let whose = if *first.0 == placed.id { "this model twice" } else { "two models" };
            let message = format!("model `{}`: `{}` is a name of {whose}", placed.id, name.value);
            let path = &tree.get(first.1.file).path;
            found.push(
                Diagnostic::error("duplicate-id", message)
                    .at(origin, "the same name")
                    .at(first.1, "the first one")
                    .help(format!("keep it with the model that answers to it; the first is in {path}")),
            );
        }
    }
}

/// Reports folders of models that name no developer: one finding a folder, since that is one mistake.
pub(super) fn report_homeless(models: &[ParsedModel], known: &Known<'_>, found: &mut Vec<Diagnostic>) {
    let mut folders: BTreeMap<&str, Vec<&ParsedModel>> = BTreeMap::new();
    for parsed in models {
        let id = parsed.developer.as_str();
        if !known.developers.contains_key(id) && !known.lost.has_developer(id) {
            folders.entry(id).or_default().push(parsed);
        }
    }
    for (id, models) in folders {
        let first = models[0];
        let message = match models.len() {
            1 => format!("model `{id}/{}`: its folder names no developer: there is no `{id}`", first.stem),
            many => format!("content/models/{id}/ has {many} models, but there is no developer `{id}`"),
        };
        let origin = Origin { file: first.file, span: first.value.name.span };
        let finding = Diagnostic::error("unknown-developer", message);
        found.push(finding.at(origin, "a model of it").help(known.developer_help(id)));
    }
}
