//! `modelfolio new`: a site to begin with, or a model in a site. What it writes builds.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::error::Failure;
use super::schema::write_schemas;
use super::{CommandResult, Global, Outcome, report};
use crate::catalog::resolve::is_file_id;

/// The files of a new site: path and text.
const SITE: &[(&str, &str)] = &[
    ("content/site.toml", include_str!("new/site.toml")),
    ("content/developers/acme.toml", include_str!("new/developer.toml")),
    ("content/benchmarks/gpqa.toml", include_str!("new/benchmark.toml")),
    ("content/models/acme/sonata-1.toml", include_str!("new/card.toml")),
    ("content/models/acme/sonata-1.faq.md", include_str!("new/card.faq.md")),
    ("content/pages/about.md", include_str!("new/about.md")),
    (".gitignore", "/public/\n/.public.modelfolio*\n"),
];

/// A model to be filled in.
const MODEL: &str = include_str!("new/model.toml");

pub(super) fn site(global: &Global, folder: &Path) -> CommandResult {
    let occupied = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(source) => return Err(Failure::Io { what: "read", path: folder.to_owned(), source }),
    };
    if occupied {
        let message = format!("{} is not empty: name a new folder", report::folder(folder));
        return Err(Failure::Usage(message));
    }
    for (path, text) in SITE {
        create(&folder.join(path), text)?;
    }
    write_schemas(&folder.join("schema"))?;
    if report::wanted(global) {
        let shown = report::folder(folder);
        let words = format!(
            "A site with one card is in {shown}/\nBuild it:  modelfolio --root {shown}\nChange it: {shown}/content/models/acme/sonata-1.toml\n"
        );
        let paths: Vec<PathBuf> = SITE.iter().map(|(path, _)| folder.join(path)).collect();
        report::written(global, &paths, &words)?;
    }
    Ok(Outcome::Done)
}

pub(super) fn model(global: &Global, id: &str, name: Option<&str>) -> CommandResult {
    let root = global.site_root()?;
    let (developer, stem) = id
        .split_once('/')
        .filter(|(developer, stem)| is_file_id(developer) && is_file_id(stem))
        .ok_or_else(|| {
            Failure::Usage(format!(
                "`{id}` is not <developer>/<file name>, in lower-case letters, digits, `-`, `_` and `.`, and no name \
                 of a device such as `con`: write openai/o3-mini, and set an `id` in the file if the model's own is another"
            ))
        })?;
    let path = root.join("content/models").join(developer).join(format!("{stem}.toml"));
    if fs::symlink_metadata(&path).is_ok() {
        return Err(Failure::Usage(format!("{} is there already: edit it", report::folder(&path))));
    }
    let name = name.unwrap_or(stem);
    create(&path, &MODEL.replace("\"NAME\"", &quoted(name)))?;
    let mut written = vec![path];
    let developer_path = root.join("content/developers").join(format!("{developer}.toml"));
    if !developer_path.exists() {
        let text = format!("#:schema ../../schema/developer.json\nname = {}\n", quoted(developer));
        create(&developer_path, &text)?;
        written.push(developer_path);
    }
    if report::wanted(global) {
        let files: String = written.iter().map(|path| format!("  {}\n", report::folder(path))).collect();
        let words =
            format!("Wrote\n{files}Fill in what you know and build; what you leave out is shown as not known\n");
        report::written(global, &written, &words)?;
    }
    Ok(Outcome::Done)
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Writes a file that must not be there yet.
fn create(path: &PathBuf, text: &str) -> Result<(), Failure> {
    let failed = |what, source| Failure::Io { what, path: path.clone(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| failed("create the folder of", source))?;
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|source| failed("create", source))?;
    file.write_all(text.as_bytes()).map_err(|source| failed("write", source))
}
