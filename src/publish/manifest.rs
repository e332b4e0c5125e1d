//! What the last build wrote: kept beside the output folder, so that nothing of it is ever uploaded.
//!
//! It is one line a file, closed by a hash of all lines, so that a record that is cut off or edited is noticed. A path
//! in it is used only if it could be a path of a site: no record can make a build touch anything outside.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::Metadata;
use std::path::Path;
use std::{fs, io};

use xxhash_rust::xxh3::xxh3_64;

use super::error::PublishError;
use super::plan::folders_above;
use crate::site::SitePath;

/// What tells without reading it that a file is the one we wrote.
///
/// The time of change (ctime) is part of it because size and time of modification are kept by `cp -p`, `rsync -t`
/// and `tar`, which may put back other bytes; nobody can set the ctime. What it cannot see is a change of equal
/// size within the same tick of the clock (some milliseconds) in which we wrote the file: that is accepted. A stamp
/// that differs costs one reading of the file and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// Nanoseconds since 1970.
    mtime: i128,
    ctime: i128,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let (mtime, ctime) = {
            use std::os::unix::fs::MetadataExt;
            let nanos = |seconds, nanos| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
            (nanos(metadata.mtime(), metadata.mtime_nsec()), nanos(metadata.ctime(), metadata.ctime_nsec()))
        };
        #[cfg(not(unix))]
        let (mtime, ctime) = {
            let since = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
            (since.and_then(|time| i128::try_from(time.as_nanos()).ok()).unwrap_or(-1), 0)
        };
        Self { size: metadata.len(), mtime, ctime }
    }
}

/// A file as the last build left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Hash of the file before minification; absent when that failed, so that it is tried and told again.
    pub(super) input: Option<u128>,
    /// Hash of the bytes that are there.
    pub(super) written: u128,
    pub(super) stamp: Stamp,
}

/// What the last build wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// How inputs became outputs: with another recipe an equal input says nothing about the output.
    pub(super) recipe: u64,
    pub(super) files: BTreeMap<SitePath, Entry>,
    /// Compressed files that were left out since they would not be smaller, each with the hash of what it was made from, so
    /// that it is not tried again.
    pub(super) left_out: BTreeMap<SitePath, u128>,
    /// Paths and hashes of what a build was about to write. They are recorded before the first change and dropped
    /// after the last one, so a build that was killed leaves no file of which the next does not know whose it is.
    pub(super) claims: Vec<(SitePath, u128)>,
}

/// The record of the last build, if there is one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Loaded {
    Absent,
    /// Something is there that is not a whole record of this version.
    Damaged,
    Whole(Manifest),
}

const HEAD: &str = "modelfolio-manifest 1";

impl Manifest {
    pub(super) fn load(path: &Path) -> Result<Loaded, PublishError> {
        match fs::read(path) {
            Ok(bytes) => Ok(Self::read(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Loaded::Absent),
            Err(error) => Err(PublishError::io("read", path)(error)),
        }
    }

    /// A record from its bytes.
    pub(super) fn read(bytes: Vec<u8>) -> Loaded {
        let manifest = String::from_utf8(bytes).ok().and_then(|text| Self::parse(&text));
        manifest.map_or(Loaded::Damaged, Loaded::Whole)
    }

    /// Files and folders of which a killed build may have left something with a temporary name.
    pub(super) fn leftovers(&self) -> impl Iterator<Item = &str> {
        let paths = || self.claims.iter().map(|(path, _)| path.as_str());
        let distinct: BTreeSet<&str> = paths().flat_map(folders_above).chain(paths()).collect();
        distinct.into_iter()
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{HEAD}\nrecipe {:x}\n", self.recipe);
        // Writing to a string cannot fail.
        for (path, Entry { input, written, stamp: Stamp { size, mtime, ctime } }) in &self.files {
            let _ = match input {
                Some(input) => write!(text, "file {input:x}"),
                None => write!(text, "file -"),
            };
            let _ = writeln!(text, " {written:x} {size} {mtime} {ctime} {path}");
        }
        for (path, input) in &self.left_out {
            let _ = writeln!(text, "none {input:x} {path}");
        }
        for (path, written) in &self.claims {
            let _ = writeln!(text, "claim {written:x} {path}");
        }
        let _ = writeln!(text, "end {:x}", xxh3_64(text.as_bytes()));
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let (lines, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let lines_whole = &text[..=lines.len()];
        if u64::from_str_radix(end.strip_prefix("end ")?, 16).ok()? != xxh3_64(lines_whole.as_bytes()) {
            return None;
        }
        let mut lines = lines.split('\n');
        if lines.next()? != HEAD {
            return None;
        }
        let recipe = u64::from_str_radix(lines.next()?.strip_prefix("recipe ")?, 16).ok()?;
        let mut manifest = Self { recipe, ..Self::default() };
        for line in lines {
            let hash = |text: &str| u128::from_str_radix(text, 16).ok();
            if let Some(fields) = line.strip_prefix("file ") {
                let mut fields = fields.splitn(6, ' ');
                let input = match fields.next()? {
                    "-" => None,
                    text => Some(hash(text)?),
                };
                let written = hash(fields.next()?)?;
                let size = fields.next()?.parse().ok()?;
                let mtime = fields.next()?.parse().ok()?;
                let ctime = fields.next()?.parse().ok()?;
                let path = SitePath::new(fields.next()?).ok()?;
                manifest.files.insert(path, Entry { input, written, stamp: Stamp { size, mtime, ctime } });
            } else if let Some(fields) = line.strip_prefix("none ") {
                let (input, path) = fields.split_once(' ')?;
                manifest.left_out.insert(SitePath::new(path).ok()?, hash(input)?);
            } else {
                let (written, path) = line.strip_prefix("claim ")?.split_once(' ')?;
                manifest.claims.push((SitePath::new(path).ok()?, hash(written)?));
            }
        }
        Some(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let path = |text: &str| SitePath::new(text).unwrap();
        let stamp = Stamp { size: 3, mtime: 1_700_000_000_123_456_789, ctime: -1 };
        Manifest {
            recipe: 7,
            files: BTreeMap::from([
                (path("a b/é.html"), Entry { input: Some(u128::MAX), written: 0, stamp }),
                (path("c"), Entry { input: None, written: 1, stamp }),
            ]),
            left_out: BTreeMap::from([(path("c.br"), 3)]),
            claims: vec![(path("d e"), 2)],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Manifest::parse(&manifest().to_text()), Some(manifest()));
        assert_eq!(Manifest::parse(&Manifest::default().to_text()), Some(Manifest::default()));
    }

    #[test]
    fn a_record_that_is_cut_off_or_changed_is_damaged() {
        let text = manifest().to_text();
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            assert_eq!(Manifest::parse(&text[..end]), None, "{end}");
        }
        assert_eq!(Manifest::parse(&text.replace(" c\n", " x\n")), None);
    }

    #[test]
    fn a_record_cannot_point_out_of_the_folder() {
        for path in ["../x", "/etc/passwd", "a/../../x", ""] {
            let lines = format!("{HEAD}\nrecipe 0\nclaim 0 {path}\n");
            let text = format!("{lines}end {:x}\n", xxh3_64(lines.as_bytes()));
            assert_eq!(Manifest::parse(&text), None, "{path}");
        }
    }
}
