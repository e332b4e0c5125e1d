//! Model cards of Hugging Face: `<owner>/<model>/README.md` with YAML in front, and `<owner>/<model>/.eval_results/*.yaml`
//! beside it.

mod facts;
mod scores;

use std::collections::{BTreeMap, BTreeSet};

use super::content::slug;
use super::fields::Fields;
use super::foreign;
use super::join::path_of;
use super::ledger::Fate;
use super::upstream::{Link, Model, Upstream};
use super::{Format, Reader};
use crate::files::ForeignFile;

pub(super) const FORMAT: Format = Format {
    name: "huggingface",
    summary: "model cards: a folder with <owner>/<model>/README.md",
    title: "Hugging Face",
    publisher: "Hugging Face",
    url: Some("https://huggingface.co/models"),
    reader: Reader::Files(read),
};

/// A repository of a model: `Acme/Aria-1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Repository<'a> {
    owner: &'a str,
    name: &'a str,
}

impl Repository<'_> {
    /// ID of the model: the developer's part is an id, as those of developers are.
    fn model(&self) -> String {
        format!("{}/{}", slug(self.owner), self.name)
    }

    fn title(&self) -> String {
        format!("{}/{} at Hugging Face", self.owner, self.name)
    }

    fn url(&self) -> String {
        format!("https://huggingface.co/{}/{}", self.owner, self.name)
    }
}

/// Whether this is a name that an owner or model can have.
fn is_part(name: &str) -> bool {
    let is_sign = |c: char| matches!(c, '-' | '_' | '.');
    !slug(name).is_empty()
        && !name.starts_with(['-', '.'])
        && name.chars().all(|c| c.is_ascii_alphanumeric() || is_sign(c))
}

/// What a file is, going by its path.
enum Kind<'a> {
    Card(Repository<'a>),
    Results(Repository<'a>),
    Other(&'static str),
}

fn kind(path: &str) -> Kind<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [owner, name, "README.md" | "-"] => Kind::Card(Repository { owner, name }),
        [owner, name, ".eval_results", file] if file.ends_with(".yaml") || file.ends_with(".yml") => {
            Kind::Results(Repository { owner, name })
        }
        [.., "README.md" | "-"] => Kind::Other(
            "its path does not say whose card it is, as <owner>/<model>/README.md does; `--as <owner>/<model>` says it",
        ),
        _ => Kind::Other("neither a card nor results: no record"),
    }
}

fn read(files: &[ForeignFile]) -> Upstream {
    let mut upstream = Upstream::default();
    let mut paths = BTreeSet::new();
    let mut results: BTreeMap<Repository<'_>, Vec<&ForeignFile>> = BTreeMap::new();
    for file in files {
        match kind(&file.path) {
            Kind::Card(repository) => card(&mut upstream, file, repository, &mut paths),
            Kind::Results(repository) => results.entry(repository).or_default().push(file),
            Kind::Other(why) => {
                upstream.ledger.enter(&file.path, &file.path, Fate::LeftOut(why.to_owned()));
            }
        }
    }
    for (repository, files) in results {
        let model = repository.model();
        let at = upstream.models.iter().position(|known| known.id == model);
        for file in files {
            scores::file(&mut upstream, file, repository, at);
        }
    }
    scores::one_scale_each(&mut upstream);
    upstream
}

/// Reads a card.
fn card(upstream: &mut Upstream, file: &ForeignFile, repository: Repository<'_>, paths: &mut BTreeSet<String>) {
    let id = repository.model();
    let parse = |text: &str| front_matter(text).and_then(foreign::yaml);
    let Some(node) = upstream.ledger.parsed(file, &id, parse) else { return };
    let refusal = if !is_part(repository.owner) || !is_part(repository.name) {
        Some("its folders have no names that owners and models have: letters, digits, `-`, `_` and `.`")
    } else if !paths.insert(path_of(&id)) {
        Some("another card has the same address")
    } else {
        None
    };
    let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, &id, &node);
    let model = fields.map(|mut fields| {
        if let Some(why) = refusal {
            fields.leave_out_all(why);
            return Err(why);
        }
        let facts = facts::read(&mut fields, repository);
        let mut links =
            vec![Link { kind: "model card", title: repository.title(), url: repository.url(), places: Vec::new() }];
        links.extend(facts::relatives(&mut fields));
        let scores = scores::index(&mut fields);
        facts::leave_out_rest(&mut fields);
        Ok(Model { facts, scores, links, ..Model::new(id, record, slug(repository.owner)) })
    });
    match model {
        None => {}
        Some(Ok(model)) => upstream.models.push(model),
        Some(Err(why)) => upstream.ledger.leave_out_record(record, why),
    }
}

/// The YAML between two lines of dashes at the head of a card, with the end of the first one, so that lines count from there.
fn front_matter(text: &str) -> Result<&str, String> {
    let none = || "a card without front matter: no record".to_owned();
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text.split_inclusive('\n');
    let head = lines.next().filter(|line| is_fence(line)).ok_or_else(none)?;
    let mut end = head.len();
    for line in lines {
        if is_fence(line) {
            return if end == head.len() { Err(none()) } else { Ok(&text["---".len()..end]) };
        }
        end += line.len();
    }
    Err("front matter that does not end".to_owned())
}

#[cfg(test)]
mod tests;
