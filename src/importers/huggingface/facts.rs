//! The facts of a card, and the models that it is made of.

use super::{Fields, Repository, is_part};
use crate::importers::fact::{Fact, Facts};
use crate::importers::fields::is_web_address;
use crate::importers::foreign::Value;
use crate::importers::ledger::Given;
use crate::importers::upstream::Link;

/// Licences whose name here is the SPDX identifier but for case. Names that stand for more than one licence of SPDX, as `gpl-3.0`
/// does, stay as they are.
const SPDX: [&str; 43] = [
    "AFL-3.0",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-3-Clause-Clear",
    "BSL-1.0",
    "CC-BY-2.0",
    "CC-BY-2.5",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-2.0",
    "CC-BY-NC-3.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-3.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-2.0",
    "CC-BY-NC-SA-3.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDLA-Permissive-1.0",
    "CDLA-Permissive-2.0",
    "CDLA-Sharing-1.0",
    "ECL-2.0",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "ISC",
    "LPPL-1.3c",
    "MIT",
    "MPL-2.0",
    "MS-PL",
    "NCSA",
    "OFL-1.1",
    "OSL-3.0",
    "PostgreSQL",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

/// What is left out for that the content format does not know.
const NO_KEY: &str = "the format has no such key";

pub(super) fn read(fields: &mut Fields<'_>, repository: Repository<'_>) -> Facts {
    let mut facts = Facts::default();
    facts.text(Fact::Name, fields.text("model_name"));
    facts.text(Fact::License, license(fields));
    facts.text(Fact::LicenseUrl, license_url(fields, repository));
    if let Some(task) = fields.text("pipeline_tag") {
        modalities(fields, &mut facts, &task);
    }
    facts
}

fn license(fields: &mut Fields<'_>) -> Option<Given<String>> {
    let (license, named) = (fields.text("license"), fields.text("license_name"));
    match (license, named) {
        // `other` stands for a licence that has a name of its own.
        (Some(license), Some(named)) if license.value == "other" => {
            fields.ledger().merge(license.place, "license", "says that it has a name of its own");
            Some(named)
        }
        (Some(license), None) if license.value == "other" => {
            fields.ledger().leave_out(license.place, "a licence without a name");
            None
        }
        (Some(license), named) if license.value == "unknown" => {
            fields.ledger().leave_out(license.place, "not known");
            named
        }
        (Some(license), named) => {
            if let Some(named) = named {
                fields.ledger().leave_out(named.place, "a second name of the licence");
            }
            Some(match SPDX.into_iter().find(|id| id.eq_ignore_ascii_case(&license.value)) {
                Some(id) if id != license.value => {
                    fields.ledger().repair(license.place, format!("written as SPDX has it: {id}"));
                    license.map(|_| id.to_owned())
                }
                _ => license,
            })
        }
        (None, named) => named,
    }
}

/// The text of the licence: a web address, or a file of the repository, for which Hugging Face lets two names stand.
fn license_url(fields: &mut Fields<'_>, repository: Repository<'_>) -> Option<Given<String>> {
    let given = fields.text("license_link")?;
    let url = if ["LICENSE", "LICENSE.md"].contains(&given.value.as_str()) {
        let url = format!("{}/blob/main/{}", repository.url(), given.value);
        fields.ledger().repair(given.place, format!("a file of the repository: {url}"));
        url
    } else {
        given.value
    };
    if is_web_address(&url) {
        return Some(Given { value: url, place: given.place });
    }
    fields.ledger().leave_out(given.place, "not a web address that readers can open");
    None
}

/// What a model takes and gives, where its task says it.
fn modalities(fields: &mut Fields<'_>, facts: &mut Facts, task: &Given<String>) {
    let (takes, gives): (&[&str], &[&str]) = match task.value.as_str() {
        "text-generation" | "text2text-generation" | "translation" | "summarization" => (&["text"], &["text"]),
        "image-text-to-text" | "visual-question-answering" => (&["text", "image"], &["text"]),
        "audio-text-to-text" => (&["text", "audio"], &["text"]),
        "video-text-to-text" => (&["text", "video"], &["text"]),
        "image-to-text" => (&["image"], &["text"]),
        "text-to-image" => (&["text"], &["image"]),
        "image-text-to-image" => (&["text", "image"], &["image"]),
        "text-to-video" => (&["text"], &["video"]),
        "image-text-to-video" => (&["text", "image"], &["video"]),
        "text-to-speech" | "text-to-audio" => (&["text"], &["audio"]),
        "automatic-speech-recognition" => (&["audio"], &["text"]),
        "audio-to-audio" => (&["audio"], &["audio"]),
        "image-to-image" => (&["image"], &["image"]),
        "image-to-video" => (&["image"], &["video"]),
        "video-to-video" => (&["video"], &["video"]),
        _ => {
            let why = "a task that does not say in words of the format what goes in and what comes out";
            return fields.ledger().leave_out(task.place, why);
        }
    };
    let words = |words: &[&str]| {
        let value = words.iter().map(|word| (*word).to_owned()).collect();
        Some(Given { value, place: task.place })
    };
    facts.words(Fact::ModalitiesIn, words(takes));
    facts.words(Fact::ModalitiesOut, words(gives));
}

/// Links to the cards of the models that this one is made of, and of the one that follows it.
pub(super) fn relatives(fields: &mut Fields<'_>) -> Vec<Link> {
    let relation = fields.text("base_model_relation");
    let mut links = Vec::new();
    for (key, what) in [("base_model", "Base model"), ("new_version", "Newer version")] {
        let Some((node, place)) = fields.node(key) else { continue };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let (mut names, mut others) = (Vec::new(), Vec::new());
        for item in items {
            match &item.value {
                Value::Text(name) if is_repository(name) => names.push(name.as_str()),
                _ => others.push(item.shown()),
            }
        }
        if names.is_empty() {
            fields.ledger().leave_out(place, "not the name of a repository");
            continue;
        }
        if !others.is_empty() {
            let what = format!("left out of the list, as they name no repository: {}", others.join(", "));
            fields.ledger().repair(place, what);
        }
        let relation = relation.as_ref().filter(|_| key == "base_model");
        for name in names {
            let title = match relation {
                Some(relation) => format!("{what} ({}): {name}", relation.value),
                None => format!("{what}: {name}"),
            };
            let places = std::iter::once(place).chain(relation.map(|relation| relation.place)).collect();
            links.push(Link { kind: "model card", title, url: format!("https://huggingface.co/{name}"), places });
        }
    }
    if let Some(relation) = relation
        && !links.iter().any(|link| link.places.contains(&relation.place))
    {
        fields.ledger().leave_out(relation.place, "the relation to a base model that is not named");
    }
    links
}

/// Whether a text is `<owner>/<model>`, which paths of a disk are not.
fn is_repository(name: &str) -> bool {
    name.split_once('/').is_some_and(|(owner, name)| is_part(owner) && is_part(name))
}

/// Leaves out what cards have and the content format has not.
pub(super) fn leave_out_rest(fields: &mut Fields<'_>) {
    for key in [
        "buckets",
        "co2_eq_emissions",
        "datasets",
        "inference",
        "language",
        "library_name",
        "metrics",
        "tags",
        "thumbnail",
        "widget",
    ] {
        fields.leave_out(key, NO_KEY);
    }
    let gates: Vec<&str> = fields.keys().filter(|key| key.starts_with("extra_gated_")).collect();
    for key in gates {
        fields.leave_out_of(key, "a form of Hugging Face, no fact of the model");
    }
}
