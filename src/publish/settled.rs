//! What tells without a build that a build would change nothing.
//!
//! A build that had nothing to complain of leaves a note beside its record: from which inputs it came, as one number, and
//! what it told. As long as the inputs have that number and every file is as it was left, there is nothing to do. The
//! note is worth nothing by itself: any doubt about it, the record or a file means a build.

use std::fs;

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::Target;
use super::disk::Disk;
use super::error::PublishError;
use super::manifest::{Loaded, Manifest, Stamp};
use super::place::Place;

/// What a build told that had nothing to complain of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// How many models the site has.
    pub models: usize,
    /// How many files, without the compressed ones.
    pub files: usize,
    /// How many compressed files stand beside them.
    pub compressed: usize,
    /// Whether absolute addresses could be made.
    pub has_base_url: bool,
}

const HEAD: &str = "modelfolio-settled 1";

/// What the last build told, if it was made from these inputs and everything that it wrote is there untouched.
#[must_use]
pub fn settled(target: &Target, inputs: u128) -> Option<Settled> {
    // A folder that cannot be held is for the build to tell of.
    let place = Place::take(target).ok()?;
    let note = fs::read_to_string(&place.settled).ok()?;
    let record = fs::read(&place.manifest).ok()?;
    let settled = parse(&note, inputs, &record)?;
    let Loaded::Whole(manifest) = Manifest::read(record) else { return None };
    let files: Vec<_> = manifest.files.iter().collect();
    let untouched = files.into_par_iter().all(|(path, entry)| {
        fs::symlink_metadata(place.out.join(path.as_str()))
            .is_ok_and(|metadata| metadata.is_file() && Stamp::of(&metadata) == entry.stamp)
    });
    (untouched && manifest.claims.is_empty()).then_some(settled)
}

/// Leaves the note; the record is written already.
pub(super) fn settle(place: &Place, inputs: u128, settled: &Settled, disk: &dyn Disk) -> Result<(), PublishError> {
    let record = fs::read(&place.manifest).map_err(PublishError::io("read", &place.manifest))?;
    let text = to_text(settled, inputs, &record);
    disk.write(&place.settled_temp, text.as_bytes()).map_err(PublishError::io("write", &place.settled_temp))?;
    disk.rename(&place.settled_temp, &place.settled).map_err(PublishError::io("write", &place.settled))
}

fn to_text(settled: &Settled, inputs: u128, record: &[u8]) -> String {
    let Settled { models, files, compressed, has_base_url } = settled;
    let text = format!(
        "{HEAD}\ninputs {inputs:x}\nrecord {:x}\ntold {models} {files} {compressed} {has_base_url}\n",
        xxh3_128(record)
    );
    format!("{text}end {:x}\n", xxh3_64(text.as_bytes()))
}

/// The note, if it is whole and of these inputs and this record: written again it is the same.
fn parse(note: &str, inputs: u128, record: &[u8]) -> Option<Settled> {
    let mut told = note.lines().find_map(|line| line.strip_prefix("told "))?.split(' ');
    let mut number = || told.next()?.parse().ok();
    let (models, files, compressed) = (number()?, number()?, number()?);
    let settled = Settled { models, files, compressed, has_base_url: told.next()? == "true" };
    (to_text(&settled, inputs, record) == note).then_some(settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_of_other_inputs_or_another_record_or_a_damaged_one_says_nothing() {
        let settled = Settled { models: 3, files: 12, compressed: 4, has_base_url: true };
        let note = to_text(&settled, 7, b"record");
        assert_eq!(parse(&note, 7, b"record"), Some(settled));
        assert_eq!(parse(&note, 8, b"record"), None);
        assert_eq!(parse(&note, 7, b"Record"), None);
        assert_eq!(parse(&note.replace("told 3", "told 4"), 7, b"record"), None);
        for end in 0..note.len() {
            assert_eq!(parse(&note[..end], 7, b"record"), None, "{end}");
        }
    }
}
