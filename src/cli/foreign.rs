//! Another catalogue as a command names it: its format, its files, and what an import remembers of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::Failure;
use crate::catalog;
use crate::files::{ForeignFile, SourceTree};
use crate::importers::date::Date;
use crate::importers::join::Unjoined;
use crate::importers::{self, FORMATS, Request};
use crate::load;

/// What a command names.
pub(super) struct Named<'a> {
    pub(super) kind: &'a str,
    pub(super) path: &'a Path,
    /// The folder of the catalogue in which the files are taken to stand.
    pub(super) folder: Option<&'a str>,
    /// The file that says what the columns of tables are.
    pub(super) columns: Option<&'a Path>,
}

/// All that is read of another catalogue.
pub(super) struct Foreign {
    pub(super) format: &'static importers::Format,
    files: Vec<ForeignFile>,
    columns: Option<ForeignFile>,
    mapping: String,
    lock: String,
    /// Where the lock that an interrupted import meant to leave would stand.
    pub(super) meant_path: PathBuf,
    meant: String,
    today: Date,
}

impl Foreign {
    /// Reads another catalogue for the site in a folder.
    pub(super) fn read(named: &Named<'_>, root: &Path, today: catalog::Date) -> Result<Self, Failure> {
        let format = importers::format(named.kind).ok_or_else(|| {
            let known: Vec<String> = FORMATS.iter().map(|one| format!("  {:<12} {}", one.name, one.summary)).collect();
            Failure::Usage(format!("there is no format `{}`; there are\n{}", named.kind, known.join("\n")))
        })?;
        let today = today.to_string();
        let today =
            Date::parse(&today).ok_or_else(|| Failure::Usage(format!("{today} is not a day that is believed")))?;
        let failed = |source| Failure::Io { what: "read", path: named.path.to_owned(), source };
        let mut files = load::foreign(named.path).map_err(failed)?;
        if let Some(folder) = named.folder {
            let folder = folder.trim_matches('/');
            for path in files.iter_mut().flat_map(|file| std::iter::once(&mut file.path).chain(&mut file.link_to)) {
                *path = format!("{folder}/{path}");
            }
        }
        let columns = named.columns.map(columns).transpose()?;
        let meant_path = root.join(importers::lock_path(format) + importers::MEANT);
        Ok(Self {
            format,
            files,
            columns,
            mapping: optional(&root.join(importers::mapping_path(format)))?,
            lock: optional(&root.join(importers::lock_path(format)))?,
            meant: optional(&meant_path)?,
            meant_path,
            today,
        })
    }

    /// What is asked of the importers.
    pub(super) fn request<'a>(&'a self, content: &'a [(&'a str, &'a str)], unjoined: Unjoined) -> Request<'a> {
        Request {
            format: self.format,
            files: &self.files,
            columns: self.columns.as_ref(),
            content,
            mapping: &self.mapping,
            lock: &self.lock,
            meant: &self.meant,
            today: self.today,
            unjoined,
        }
    }
}

/// The texts of a site by their paths.
pub(super) fn texts(tree: &SourceTree) -> Vec<(&str, &str)> {
    tree.iter().map(|(_, file)| (file.path.as_str(), file.text.as_str())).collect()
}

/// The file that says what the columns of tables are, named as it was on the command line.
fn columns(path: &Path) -> Result<ForeignFile, Failure> {
    let text =
        fs::read_to_string(path).map_err(|source| Failure::Io { what: "read", path: path.to_owned(), source })?;
    Ok(ForeignFile { path: path.display().to_string(), link_to: None, text: Ok(text) })
}

/// The text of a file; empty where there is none.
fn optional(path: &Path) -> Result<String, Failure> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        other => other.map_err(|source| Failure::Io { what: "read", path: path.to_owned(), source }),
    }
}
