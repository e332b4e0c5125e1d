//! Foreign catalogues to content files: texts in, texts out.
//!
//! ```text
//! texts ─format─► upstream ─join─► plan ─merge with content and lock─► edits, review, account
//! ```
//!
//! A format reads texts into an [`upstream::Upstream`] and enters every field into its [`ledger::Ledger`]. Everything after
//! that is the same for all formats. Nothing here sees the disk, the clock or the network; the day is an argument.

pub mod date;
pub mod fact;
pub mod fields;
pub mod foreign;
pub mod ledger;
mod models_dev;
pub mod number;
pub mod price;
pub mod upstream;

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
    /// Where it is published.
    pub url: &'static str,
    /// Its reader. Files that are not its own are entered into the account as left out.
    pub read: fn(&[ForeignFile]) -> Upstream,
}

/// Every format.
pub const FORMATS: &[Format] = &[models_dev::FORMAT];
