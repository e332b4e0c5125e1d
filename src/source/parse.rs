//! From texts to content types: which kind a file is goes by its path, what is in it by serde.

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use toml::de::DeTable;

use super::fault::{Subject, TOLD, drop_echoes, is_duplicate};
use super::node::unseen;
use super::read::read;
use super::{BenchmarkFile, DeveloperFile, ModelFile, ProviderFile, SiteFile};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, sort};
use crate::files::{FileId, Origin, SourceTree, Span};

/// A content file as read.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// The file.
    pub file: FileId,
    /// The file's name without its extension, which is the record's id.
    pub id: String,
    /// What it says.
    pub value: T,
}

/// A model's file as read, with its texts.
#[derive(Debug, Clone)]
pub struct ParsedModel {
    /// The TOML file.
    pub file: FileId,
    /// Id of the developer: the name of the folder.
    pub developer: String,
    /// The file's name without its extension.
    pub stem: String,
    /// What it says.
    pub value: ModelFile,
    /// The long description beside it: `<stem>.md`.
    pub description: Option<FileId>,
    /// The FAQ beside it: `<stem>.faq.md`.
    pub faq: Option<FileId>,
}

/// A record whose file is there and could not be read. It exists: a reference to it is no mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    /// What it would have been.
    pub kind: Kind,
    /// Path of the file.
    pub path: String,
}

/// All that the author wrote, in the order of the files' paths.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The settings.
    pub site: Option<Parsed<SiteFile>>,
    /// `content/developers/*.toml`.
    pub developers: Vec<Parsed<DeveloperFile>>,
    /// `content/providers/*.toml`.
    pub providers: Vec<Parsed<ProviderFile>>,
    /// `content/benchmarks/*.toml`.
    pub benchmarks: Vec<Parsed<BenchmarkFile>>,
    /// `content/models/<developer>/*.toml`.
    pub models: Vec<ParsedModel>,
    /// `content/pages/**/*.md`, `.faq.md` among them.
    pub pages: Vec<FileId>,
    /// Files of records that could not be read.
    pub broken: Vec<Broken>,
}

/// What a file of `content/` is, going by its path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `content/site.toml`.
    Site,
    /// `content/developers/<id>.toml`.
    Developer(String),
    /// `content/providers/<id>.toml`.
    Provider(String),
    /// `content/benchmarks/<id>.toml`.
    Benchmark(String),
    /// `content/models/<developer>/<stem>.toml`.
    Model {
        /// Id of the developer.
        developer: String,
        /// The file's name without its extension.
        stem: String,
    },
    /// `content/models/<developer>/<stem>.md` or `.faq.md`.
    ModelText {
        /// Path of the model's TOML file.
        model: String,
    },
    /// `content/pages/<path>.md` or `.faq.md`.
    Page,
}

impl Kind {
    /// What the file at this path is. None when files there mean nothing.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix("content/")?.split('/').collect();
        let toml = |name: &str| name.strip_suffix(".toml").map(str::to_owned);
        match parts.as_slice() {
            ["site.toml"] => Some(Self::Site),
            ["developers", name] => toml(name).map(Self::Developer),
            ["providers", name] => toml(name).map(Self::Provider),
            ["benchmarks", name] => toml(name).map(Self::Benchmark),
            ["models", developer, name] => match toml(name) {
                Some(stem) => Some(Self::Model { developer: (*developer).to_owned(), stem }),
                None => {
                    let stem = name.strip_suffix(".faq.md").or_else(|| name.strip_suffix(".md"))?;
                    Some(Self::ModelText { model: format!("content/models/{developer}/{stem}.toml") })
                }
            },
            ["pages", .., name] => name.ends_with(".md").then_some(Self::Page),
            _ => None,
        }
    }

    /// What the file is about, with its name: "model `openai/o3-mini`".
    fn record(&self) -> String {
        match self {
            Self::Site => "the site's settings".to_owned(),
            Self::Developer(id) => format!("developer `{id}`"),
            Self::Provider(id) => format!("provider `{id}`"),
            Self::Benchmark(id) => format!("benchmark `{id}`"),
            Self::Model { developer, stem } => format!("model `{developer}/{stem}`"),
            Self::ModelText { model } => format!("the text of `{model}`"),
            Self::Page => "the page".to_owned(),
        }
    }
}

/// What one file gave.
enum Record {
    Site(Parsed<SiteFile>),
    Developer(Parsed<DeveloperFile>),
    Provider(Parsed<ProviderFile>),
    Benchmark(Parsed<BenchmarkFile>),
    Model(Box<ParsedModel>),
    Page(FileId),
    Broken(Broken),
    Nothing,
}

/// Reads every file of `content/`. What cannot be read is left out and said in the diagnostics, all of them.
#[must_use]
pub fn parse(tree: &SourceTree) -> (Sources, Vec<Diagnostic>) {
    let files: Vec<FileId> = tree.iter().map(|(file, _)| file).collect();
    let read: Vec<(Record, Vec<Diagnostic>)> = files.into_par_iter().map(|file| read_file(tree, file)).collect();

    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    for (record, mut found) in read {
        diagnostics.append(&mut found);
        match record {
            Record::Site(site) => sources.site = Some(site),
            Record::Developer(developer) => sources.developers.push(developer),
            Record::Provider(provider) => sources.providers.push(provider),
            Record::Benchmark(benchmark) => sources.benchmarks.push(benchmark),
            Record::Model(model) => sources.models.push(*model),
            Record::Page(file) => sources.pages.push(file),
            Record::Broken(broken) => sources.broken.push(broken),
            Record::Nothing => {}
        }
    }
    let unread = tree.unread().filter_map(|path| Some(Broken { kind: Kind::of(path)?, path: path.to_owned() }));
    sources.broken.extend(unread);
    sources.broken.sort();
    sort(tree, &mut diagnostics);
    (sources, diagnostics)
}

/// One file that was read again.
#[derive(Debug)]
pub enum Reread {
    /// A model's file.
    Model(Box<ParsedModel>),
    /// A text: that of the model with this file, or of a free page.
    Text {
        /// The model's file.
        model: Option<FileId>,
    },
}

/// Reads one file of a tree again. `None` for a file that more than one page depends on, and when something is wrong
/// with it.
#[must_use]
pub fn parse_again(tree: &SourceTree, file: FileId) -> Option<Reread> {
    match read_file(tree, file) {
        (_, found) if !found.is_empty() => None,
        (Record::Model(model), _) => Some(Reread::Model(model)),
        (Record::Page(_), _) => Some(Reread::Text { model: None }),
        (Record::Nothing, _) => match Kind::of(&tree.get(file).path)? {
            Kind::ModelText { model } => Some(Reread::Text { model: Some(tree.find(&model)?) }),
            _ => None,
        },
        _ => None,
    }
}

fn read_file(tree: &SourceTree, file: FileId) -> (Record, Vec<Diagnostic>) {
    let path = &tree.get(file).path;
    let Some(kind) = Kind::of(path) else {
        return (Record::Nothing, vec![unknown_file(path)]);
    };
    let subject = Subject { file, text: &tree.get(file).text, record: kind.record() };
    let (record, found) = match &kind {
        Kind::Site => parsed(&subject, "site", Record::Site),
        Kind::Developer(id) => parsed(&subject, id, Record::Developer),
        Kind::Provider(id) => parsed(&subject, id, Record::Provider),
        Kind::Benchmark(id) => parsed(&subject, id, Record::Benchmark),
        Kind::Model { developer, stem } => {
            let beside = |end| tree.find(&format!("content/models/{developer}/{stem}{end}"));
            let (value, found) = read_toml::<ModelFile>(&subject);
            let record = value.map(|value| {
                Record::Model(Box::new(ParsedModel {
                    file,
                    developer: developer.clone(),
                    stem: stem.clone(),
                    value,
                    description: beside(".md"),
                    faq: beside(".faq.md"),
                }))
            });
            (record, found)
        }
        Kind::ModelText { model } => {
            let orphan = (!tree.has(model)).then(|| orphan_file(path, model));
            (Some(Record::Nothing), orphan.into_iter().chain(unseen_in(&subject)).collect())
        }
        Kind::Page => (Some(Record::Page(file)), unseen_in(&subject).into_iter().collect()),
    };
    (record.unwrap_or_else(|| Record::Broken(Broken { kind, path: path.clone() })), found)
}

fn parsed<T: DeserializeOwned>(
    subject: &Subject<'_>,
    id: &str,
    record: fn(Parsed<T>) -> Record,
) -> (Option<Record>, Vec<Diagnostic>) {
    let (value, found) = read_toml(subject);
    (value.map(|value| record(Parsed { file: subject.file, id: id.to_owned(), value })), found)
}

fn read_toml<T: DeserializeOwned>(subject: &Subject<'_>) -> (Option<T>, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(subject.text);
    let table = table.get_ref();
    let mut diagnostics = subject.syntax(&errors, table);
    if !errors.iter().all(is_duplicate) {
        return (None, diagnostics);
    }
    let mut reading = read::<T>(table);
    drop_echoes(&mut reading.problems);
    let told = reading.problems.iter().take(TOLD);
    diagnostics.extend(told.map(|problem| subject.problem(problem, table, reading.top_keys)));
    (reading.value, diagnostics)
}

/// The first character of a Markdown file that cannot be shown.
fn unseen_in(subject: &Subject<'_>) -> Option<Diagnostic> {
    let c = unseen(subject.text)?;
    let start = subject.text.find(c)?;
    let span = Span::from(start..start + c.len_utf8());
    let message = format!("{} holds a character that cannot be shown", subject.record);
    let finding = Diagnostic::error("control-character", message).at(Origin { file: subject.file, span }, "");
    Some(finding.help(format!("remove it: U+{:04X}", u32::from(c))))
}

fn orphan_file(path: &str, model: &str) -> Diagnostic {
    Diagnostic::error("orphan-file", format!("`{path}` belongs to no model"))
        .in_file(path)
        .help(format!("add `{model}`, or give the text the name of its model's file"))
}

fn unknown_file(path: &str) -> Diagnostic {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let folders = ["developers", "providers", "benchmarks", "models", "pages"];
    let name = parts.last().copied().unwrap_or_default();
    let help = match parts.as_slice() {
        [_] if name.ends_with(".md") => format!("did you mean `content/pages/{name}`?"),
        [_] if nearest(name, ["site.toml"]).is_some() => "did you mean `content/site.toml`?".to_owned(),
        ["models", _] => format!("did you mean `content/models/<developer>/{name}`?"),
        ["models", developer, ..] => format!("did you mean `content/models/{developer}/{name}`?"),
        [folder, rest @ ..] if !rest.is_empty() => match nearest(folder, folders) {
            Some("models") if rest.len() == 1 => format!("did you mean `content/models/<developer>/{name}`?"),
            Some(near) if near != *folder => format!("did you mean `content/{near}/{}`?", rest.join("/")),
            Some("pages") => "pages are written in Markdown: `.md`".to_owned(),
            Some(near) => format!("files of `content/{near}/` are named `<id>.toml`"),
            None => known_places(),
        },
        _ => known_places(),
    };
    let message = format!("`{path}` means nothing where it is and is ignored");
    // What was written in a format of the content was meant to be read: a model must not go missing quietly.
    let meant = [".toml", ".md"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let finding =
        if meant { Diagnostic::error("unknown-file", message) } else { Diagnostic::warning("unknown-file", message) };
    finding.in_file(path).help(help)
}

fn known_places() -> String {
    "content has `site.toml`, `developers/<id>.toml`, `providers/<id>.toml`, `benchmarks/<id>.toml`, \
     `models/<developer>/<model>.toml` and `pages/<path>.md`"
        .to_owned()
}
