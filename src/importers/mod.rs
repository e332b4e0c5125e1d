//! Foreign catalogues to content files: texts in, texts out.
//!
//! ```text
//! texts ─format─► upstream ─join─► plan ─merge with content and lock─► edits, review, account
//! ```
//!
//! A format reads texts into an [`upstream::Upstream`] and enters every field into its [`ledger::Ledger`]. Everything after
//! that is the same for all formats. Nothing here sees the disk, the clock or the network; the day is an argument.

pub mod account;
pub mod against;
pub mod content;
mod csv;
pub mod date;
pub mod document;
pub mod fact;
pub mod fields;
pub mod foreign;
mod huggingface;
pub mod join;
pub mod ledger;
mod litellm;
mod llm_prices;
pub mod lock;
pub mod mapping;
pub mod merge;
mod models_dev;
pub mod number;
mod openrouter;
pub mod plan;
pub mod price;
pub mod review;
pub mod slot;
#[cfg(test)]
mod told;
pub mod upstream;
pub mod value;
mod zeros;

use std::collections::BTreeMap;

use self::account::Account;
use self::content::Content;
use self::date::Date;
use self::join::Unjoined;
use self::ledger::{Fate, Ledger};
use self::lock::Lock;
use self::mapping::Mapping;
use self::review::Review;
use self::upstream::Upstream;
use crate::files::ForeignFile;

/// A format that can be imported.
pub struct Format {
    /// Its name on the command line, in file names and as the key of its source.
    pub name: &'static str,
    /// What it is, in half a line.
    pub summary: &'static str,
    /// Title of the source.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Where it is published, if it is.
    pub url: Option<&'static str>,
    /// Its reader.
    reader: Reader,
}

/// How files of a format are read. Files that are not its own are entered into the account as left out.
enum Reader {
    /// They say themselves what their fields are.
    Files(fn(&[ForeignFile]) -> Upstream),
    /// They are tables, and a file beside them can say what their columns are. What is wrong with it is an error, as nothing
    /// can be read by it.
    Tables(fn(&[ForeignFile], Option<&ForeignFile>) -> Result<Upstream, String>),
}

impl Format {
    /// All that files of this format say, tables by the file that says what their columns are.
    ///
    /// # Errors
    ///
    /// What is wrong with that file, or that the format has no use for one.
    pub fn upstream(&self, files: &[ForeignFile], columns: Option<&ForeignFile>) -> Result<Upstream, String> {
        let mut upstream = match self.reader {
            Reader::Files(read) if columns.is_none() => read(files),
            Reader::Files(_) => {
                return Err(format!("{} says itself what its fields are: leave the columns out", self.title));
            }
            Reader::Tables(read) => read(files, columns)?,
        };
        zeros::settle(&mut upstream);
        Ok(upstream)
    }
}

/// Every format.
pub const FORMATS: &[Format] =
    &[models_dev::FORMAT, litellm::FORMAT, openrouter::FORMAT, llm_prices::FORMAT, csv::FORMAT, huggingface::FORMAT];

/// The format of this name, or of what it is called in print: `models-dev` is `models.dev`.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name || format.title == name)
}

/// What is imported, and into what.
pub struct Request<'a> {
    /// The format of the files.
    pub format: &'a Format,
    /// The files of the foreign catalogue, in the order of their paths.
    pub files: &'a [ForeignFile],
    /// What the columns of tables are, where a file says it.
    pub columns: Option<&'a ForeignFile>,
    /// The content as it is: texts by their paths below the site's root.
    pub content: &'a [(&'a str, &'a str)],
    /// The mapping file as it is; empty when there is none.
    pub mapping: &'a str,
    /// The lock file as it is; empty when there is none.
    pub lock: &'a str,
    /// The lock that an interrupted import meant to leave; empty when there is none.
    pub meant: &'a str,
    /// The day of the import.
    pub today: Date,
    /// What is done with offers that no model is found for.
    pub unjoined: Unjoined,
}

/// What comes of an import.
#[derive(Debug)]
pub struct Import {
    /// The new texts of files that are new or change, by their paths below the site's root: content, mapping and lock.
    pub texts: BTreeMap<String, String>,
    /// What changes.
    pub review: Review,
    /// What became of the input, in short.
    pub account: Account,
    /// What became of each record and field.
    pub ledger: Ledger,
    /// Records that the mapping joins to another model than the rules would: record, mapping, rules.
    pub differ: Vec<(String, String, String)>,
}

/// Where the mapping of a format stands, below the site's root.
#[must_use]
pub fn mapping_path(format: &Format) -> String {
    format!("imports/{}.toml", format.name)
}

/// Where the lock of a format stands, below the site's root.
#[must_use]
pub fn lock_path(format: &Format) -> String {
    format!("imports/{}.lock", format.name)
}

/// The ending of the lock while files are written: it takes the lock's place when all of them are.
pub const MEANT: &str = ".new";

/// Imports a foreign catalogue.
///
/// # Errors
///
/// When the content, the columns, the mapping or the lock cannot be read, which file and why; when no model is in the files.
/// What else is wrong with the foreign files is told in the account.
pub fn import(request: &Request<'_>) -> Result<Import, String> {
    let Request { format, today, unjoined, .. } = *request;
    let (mapping_path, lock_path) = (mapping_path(format), lock_path(format));
    let Ground { mut mapping, lock, content, mut upstream } = ground(request, "imported")?;
    let meant = Lock::parse(request.meant).map_err(|error| format!("{lock_path}{MEANT}: {error}"))?;
    let lock = lock.recovered(meant, &content, today);
    let joins = join::join(&upstream, &content, &mut mapping, unjoined);
    upstream.rename_providers(&mapping.services());
    let plan = plan::plan(format, upstream, &joins, &mapping, &content, &lock, today);
    let merged = merge::merge(format, plan, content, &lock, today)?;
    let review = review::review(&merged);
    let account = account::account(&merged.ledger);
    let mut texts = merged.texts;
    for (path, former, text) in
        [(mapping_path, request.mapping, mapping.text()), (lock_path, request.lock, merged.lock.text())]
    {
        if former != text {
            texts.insert(path, text);
        }
    }
    Ok(Import { texts, review, account, ledger: merged.ledger, differ: joins.differ })
}

/// All that an import and a cross-check go by.
struct Ground {
    mapping: Mapping,
    lock: Lock,
    content: Content,
    upstream: Upstream,
}

/// Reads what a request gives; `done` is what is not done with files that have no model.
fn ground(request: &Request<'_>, done: &str) -> Result<Ground, String> {
    let format = request.format;
    let (mapping_path, lock_path) = (mapping_path(format), lock_path(format));
    let mapping = Mapping::parse(request.mapping).map_err(|error| format!("{mapping_path}: {error}"))?;
    let lock = Lock::parse(request.lock).map_err(|error| format!("{lock_path}: {error}"))?;
    let content = Content::read(request.content.iter().copied())?;
    let upstream = format.upstream(request.files, request.columns)?;
    if upstream.models.is_empty() && upstream.offers.is_empty() {
        return Err(nothing(format, &upstream.ledger, done));
    }
    Ok(Ground { mapping, lock, content, upstream })
}

/// What is said of an input without any model: more likely a wrong path than a catalogue that has lost all of its models.
fn nothing(format: &Format, ledger: &Ledger, done: &str) -> String {
    let mut text = format!("there is no model of {} in it, so nothing is {done}", format.title);
    for record in ledger.records().iter().take(5) {
        if let Fate::LeftOut(why) = &record.fate {
            text.push_str(&format!("\n{}: {why}", record.file));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_names_and_by_what_they_are_called() {
        let name = |text: &str| format(text).map(|format| format.name);
        assert_eq!(
            [name("models-dev"), name("models.dev"), name("LiteLLM")],
            [Some("models-dev"), Some("models-dev"), Some("litellm")]
        );
        assert_eq!((name("llm.prices"), name("")), (None, None));
    }
}
