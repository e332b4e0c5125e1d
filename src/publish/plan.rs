//! What has to be done to the output folder, known whole before any of it is done.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::PathBuf;

use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::error::PublishError;
use super::manifest::{Entry, Manifest, Stamp};
use super::place::Place;
use super::wanted::{Wanted, wanted};
use super::{Target, recipe};
use crate::diagnostic::Diagnostic;
use crate::minify;
use crate::site::{Site, SiteFile, SitePath};

/// A file of the site, ready.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) path: Cow<'a, SitePath>,
    /// Hash of the file of the site; absent when it could not be finished as it should, so that it is tried again.
    pub(super) input: Option<u128>,
    pub(super) written: u128,
    pub(super) act: Act<'a>,
    warning: Option<Diagnostic>,
}

/// What has to be done for a file.
#[derive(Debug)]
pub(super) enum Act<'a> {
    /// These bytes are there.
    Keep(Stamp),
    /// These bytes have to be written.
    Write {
        bytes: Cow<'a, [u8]>,
        /// Whether there was no such file.
        new: bool,
    },
    /// A compressed file would not be smaller, so there is to be none.
    LeaveOut,
}

/// All that has to be done.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) files: Vec<Prepared<'a>>,
    /// Folders to make, those above before those below.
    pub(super) new_folders: Vec<String>,
    /// Folders of files to be written that are there: a killed build may have left one that not everybody may read.
    pub(super) old_folders: Vec<String>,
    /// Of all these folders, those that can stand only when the files to remove first are gone, with what is in them.
    pub(super) late_folders: BTreeSet<String>,
    /// Files to remove before the new ones get their names, since they stand where the site needs a folder, or the other
    /// way round.
    pub(super) remove_first: Vec<SitePath>,
    /// Files to remove when everything is written.
    pub(super) remove_last: Vec<SitePath>,
    /// Folders that were of use to the last build only: removed if nothing is in them.
    pub(super) old_homes: BTreeSet<String>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// What is to be found at a path of the output folder.
enum Found {
    Nothing,
    File(Stamp, bool),
    Folder,
    Link,
}

/// The bytes that are published, and a word if they are not as they should be.
type Finished<'a> = (Cow<'a, [u8]>, Option<Diagnostic>);

struct Planner<'a> {
    target: &'a Target,
    place: &'a Place,
    former: &'a Manifest,
    /// Paths that are ours though the record has no stamp of them.
    claimed: HashSet<&'a str>,
    /// Names that a killed build may have left behind.
    leftovers: HashSet<String>,
    /// Files of ours that are no longer of the site and can be removed.
    stale: BTreeSet<SitePath>,
    stale_folded: HashSet<String>,
}

/// Looks at the folder and decides; reads, and changes nothing.
pub(super) fn plan<'a>(
    target: &Target,
    place: &Place,
    former: &Manifest,
    site: &'a Site,
) -> Result<Plan<'a>, PublishError> {
    let mut planner = Planner {
        target,
        place,
        former,
        claimed: former.claims.iter().map(|(path, _)| path.as_str()).collect(),
        leftovers: former.leftovers().map(temp_name).collect(),
        stale: BTreeSet::new(),
        stale_folded: HashSet::new(),
    };
    let wanted = wanted(site, target.precompress);
    let paths: HashSet<&str> = wanted.iter().flatten().map(|wanted| wanted.path.as_str()).collect();
    let mut warnings = planner.find_stale(|path| !paths.contains(path.as_str()))?;
    let prepared: Vec<Result<Vec<Prepared<'a>>, PublishError>> =
        wanted.par_iter().map(|wanted| planner.prepare_all(wanted)).collect();
    // One after the other, so that of several errors it is always the same that is told.
    let mut files: Vec<Prepared<'a>> =
        prepared.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let left_out = files.iter().filter(|file| matches!(file.act, Act::LeaveOut));
    let left_out: HashSet<&SitePath> = left_out.map(|file| &*file.path).collect();
    warnings.extend(planner.find_stale(|path| left_out.contains(path))?);
    warnings.extend(files.iter_mut().filter_map(|file| file.warning.take()));
    let (new_folders, old_folders) = planner.folders(&files)?;
    let homes: HashSet<&str> = site.iter().flat_map(|(path, _)| folders_above(path.as_str())).collect();
    let gone: Vec<&SitePath> = former.files.keys().chain(former.claims.iter().map(|(path, _)| path)).collect();
    let old_homes = gone.iter().flat_map(|path| folders_above(path.as_str())).filter(|home| !homes.contains(home));
    let old_homes: BTreeSet<String> = old_homes.map(str::to_owned).collect();
    let folded: HashSet<String> = match planner.stale.is_empty() {
        true => HashSet::new(),
        false => wanted.iter().flatten().map(|wanted| wanted.path.folded()).collect(),
    };
    let (remove_first, remove_last): (Vec<_>, Vec<_>) = planner.stale.into_iter().partition(|path| {
        homes.contains(path.as_str())
            || folders_above(path.as_str()).any(|folder| paths.contains(folder))
            // Where case makes no difference, removing the old one later would remove the new one.
            || folded.contains(&path.folded())
    });
    let late_folders = late_folders(new_folders.iter().chain(&old_folders), &remove_first, &old_homes);
    Ok(Plan { files, new_folders, old_folders, late_folders, remove_first, remove_last, old_homes, warnings })
}

/// The folders in the place of something that goes first, and those in them.
fn late_folders<'f>(
    needed: impl Iterator<Item = &'f String>,
    remove_first: &[SitePath],
    old_homes: &BTreeSet<String>,
) -> BTreeSet<String> {
    if remove_first.is_empty() {
        return BTreeSet::new();
    }
    let folded = |folder: &str| SitePath::new(folder).ok().map(|path| path.folded());
    // A folder whose name differs by case only has to go too, or the new one would keep the old name.
    let going: HashSet<String> =
        remove_first.iter().map(SitePath::folded).chain(old_homes.iter().filter_map(|home| folded(home))).collect();
    let gives_way = |folder: &str| folded(folder).is_some_and(|folded| going.contains(&folded));
    needed.filter(|folder| gives_way(folder) || folders_above(folder).any(gives_way)).cloned().collect()
}

impl Planner<'_> {
    /// Finds the files of ours that are no longer wanted, and says which of them cannot be removed.
    fn find_stale(&mut self, unwanted: impl Fn(&SitePath) -> bool) -> Result<Vec<Diagnostic>, PublishError> {
        let mut ours: BTreeMap<&SitePath, (Option<Stamp>, Vec<u128>)> = BTreeMap::new();
        for (path, entry) in &self.former.files {
            ours.insert(path, (Some(entry.stamp), vec![entry.written]));
        }
        for (path, written) in &self.former.claims {
            ours.entry(path).or_default().1.push(*written);
        }
        let mut warnings = Vec::new();
        for (path, (stamp, hashes)) in ours.into_iter().filter(|(path, _)| unwanted(path)) {
            let through_link = folders_above(path.as_str()).any(|home| matches!(self.look(home), Ok(Found::Link)));
            let ours = match self.look(path.as_str())? {
                Found::Nothing => continue,
                Found::File(..) if through_link => false,
                Found::File(is, _) if Some(is) == stamp => true,
                Found::File(..) => hashes.contains(&xxh3_128(&self.read(path.as_str())?)),
                Found::Folder | Found::Link => false,
            };
            if ours {
                self.stale_folded.insert(path.folded());
                self.stale.insert(path.clone());
            } else {
                let message = format!("`{path}` is no longer part of the site, but was changed since it was written");
                let help = "it was left as it is; remove it if you do not need it";
                warnings.push(Diagnostic::warning("left-file", message).in_file(path.as_str()).help(help));
            }
        }
        Ok(warnings)
    }

    /// A file of the site and the compressed ones beside it.
    fn prepare_all<'a>(&self, wanted: &[Wanted<'a>]) -> Result<Vec<Prepared<'a>>, PublishError> {
        let Some(plain) = wanted.first() else { return Ok(Vec::new()) };
        // Made once for all of them, and only where it is not known to be there.
        let finished = LazyCell::new(|| self.finish(&plain.path, plain.source));
        wanted.iter().map(|wanted| self.prepare(wanted, &finished)).collect()
    }

    fn prepare<'a, F: FnOnce() -> Finished<'a>>(
        &self,
        wanted: &Wanted<'a>,
        finished: &LazyCell<Finished<'a>, F>,
    ) -> Result<Prepared<'a>, PublishError> {
        let (path, file) = (&wanted.path, wanted.source);
        if path.as_str().split('/').any(|part| part.eq_ignore_ascii_case(".git")) {
            return Err(PublishError::ReservedPath { path: path.to_string(), producer: file.producer.clone() });
        }
        let input = xxh3_128(&file.bytes);
        let former = self.former.files.get(path.as_ref());
        let ours = former.is_some() || self.claimed.contains(path.as_str());
        let found = self.look(path.as_str())?;
        let prepared = |input, written, act, warning| Prepared { path: path.clone(), input, written, act, warning };
        let same_recipe = self.former.recipe == recipe(self.target.minify);
        if same_recipe && wanted.encoding.is_some() && self.former.left_out.get(path.as_ref()) == Some(&input) {
            return Ok(prepared(Some(input), 0, Act::LeaveOut, None));
        }
        if let (Some(entry), Found::File(stamp, readable)) = (former, &found) {
            let known = same_recipe && entry.input == Some(input);
            // Where it is not the file that we left, its bytes may still be.
            if known
                && (entry.stamp == *stamp
                    || (entry.stamp.size == stamp.size
                        && *readable
                        && xxh3_128(&self.read(path.as_str())?) == entry.written))
            {
                return Ok(prepared(Some(input), entry.written, Act::Keep(*stamp), None));
            }
        }
        let (bytes, warning) = &**finished;
        let input = warning.is_none().then_some(input);
        let (bytes, warning) = match wanted.encoding {
            None => (bytes.clone(), warning.clone()),
            Some(encoding) => {
                let compressed = encoding.compress(bytes);
                if compressed.len() >= bytes.len() {
                    return Ok(prepared(input, 0, Act::LeaveOut, None));
                }
                (Cow::Owned(compressed), None)
            }
        };
        let written = xxh3_128(&bytes);
        // On a disk that ignores case this finds the file of an old path, which will be removed.
        let found = if !ours && self.stale_folded.contains(&path.folded()) { Found::Nothing } else { found };
        let new = match found {
            Found::Nothing => true,
            Found::File(stamp, readable) => {
                let untouched = former.is_some_and(|entry| entry.stamp == stamp && entry.written == written);
                let same_size = stamp.size == bytes.len() as u64;
                if untouched || (same_size && readable && self.read(path.as_str())? == *bytes) {
                    return Ok(prepared(input, written, Act::Keep(stamp), warning));
                }
                if !ours && !self.target.force {
                    return Err(PublishError::ForeignFile { path: self.at(path.as_str()) });
                }
                false
            }
            Found::Folder => {
                self.only_stale_below(path.as_str())?;
                true
            }
            Found::Link => return Err(PublishError::Link { path: self.at(path.as_str()) }),
        };
        Ok(prepared(input, written, Act::Write { bytes, new }, warning))
    }

    /// The bytes that are published, and a word if they are not as small as they should be.
    fn finish<'a>(&self, path: &SitePath, file: &'a SiteFile) -> Finished<'a> {
        if !self.target.minify {
            return (Cow::Borrowed(&file.bytes), None);
        }
        let (bytes, error) = minify::published(path.as_str(), file.producer.starts_with("static/"), &file.bytes);
        let warning = error.map(|error| {
            let message = format!("the page of {} is published as it is: {error}", file.producer);
            Diagnostic::warning("not-minified", message).in_file(path.as_str())
        });
        (bytes, warning)
    }

    /// The folders that have to be made, and those that are there.
    fn folders(&self, files: &[Prepared<'_>]) -> Result<(Vec<String>, Vec<String>), PublishError> {
        let written = files.iter().filter(|file| matches!(file.act, Act::Write { .. }));
        let needed: BTreeSet<&str> = written.flat_map(|file| folders_above(file.path.as_str())).collect();
        let (mut new, mut old) = (Vec::new(), Vec::new());
        // In this order a folder comes before those in it.
        for folder in needed {
            match self.look(folder)? {
                Found::Folder => old.push(folder.to_owned()),
                Found::Nothing => new.push(folder.to_owned()),
                Found::Link => return Err(PublishError::Link { path: self.at(folder) }),
                Found::File(..) if self.stale.iter().any(|path| path.as_str() == folder) => new.push(folder.to_owned()),
                Found::File(..) => return Err(PublishError::InTheWay { path: self.at(folder) }),
            }
        }
        Ok((new, old))
    }

    /// A folder stands where the site has a file: it can go if nothing is in it but what goes anyway.
    fn only_stale_below(&self, folder: &str) -> Result<(), PublishError> {
        let at = self.at(folder);
        let below = |path: &SitePath| path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let claims = self.former.claims.iter().map(|(path, _)| path);
        if !self.former.files.keys().chain(claims).any(below) {
            return Err(PublishError::InTheWay { path: at });
        }
        for entry in fs::read_dir(&at).map_err(PublishError::io("read the folder", &at))? {
            let entry = entry.map_err(PublishError::io("read the folder", &at))?;
            let in_the_way = || PublishError::InTheWay { path: entry.path() };
            let name = entry.file_name();
            let name = name.to_str().ok_or_else(in_the_way)?;
            if self.leftovers.contains(name) {
                continue;
            }
            let path = format!("{folder}/{name}");
            match self.look(&path)? {
                Found::Folder => self.only_stale_below(&path)?,
                _ if SitePath::new(&*path).is_ok_and(|path| self.stale.contains(&path)) => {}
                _ => return Err(in_the_way()),
            }
        }
        Ok(())
    }

    fn look(&self, path: &str) -> Result<Found, PublishError> {
        let at = self.at(path);
        let metadata = match fs::symlink_metadata(&at) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Found::Nothing);
            }
            metadata => metadata.map_err(PublishError::io("look at", &at))?,
        };
        Ok(if metadata.is_symlink() {
            Found::Link
        } else if metadata.is_dir() {
            Found::Folder
        } else {
            Found::File(Stamp::of(&metadata), readable_by_all(&metadata))
        })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, PublishError> {
        let at = self.at(path);
        match fs::read(&at) {
            // A file that we may not read cannot be compared, so it is written anew.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(Vec::new()),
            bytes => bytes.map_err(PublishError::io("read", &at)),
        }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.place.out.join(path)
    }
}

impl Prepared<'_> {
    /// How many bytes the file has, or will have, if there is to be one.
    pub(super) fn size(&self) -> Option<u64> {
        match &self.act {
            Act::Keep(stamp) => Some(stamp.size),
            Act::Write { bytes, .. } => Some(bytes.len() as u64),
            Act::LeaveOut => None,
        }
    }

    /// The record of the file once it is there.
    pub(super) fn entry(&self, stamp: Stamp) -> Entry {
        Entry { input: self.input, written: self.written, stamp }
    }
}

/// The folders above a path, from the nearest to the farthest, without the output folder itself.
pub(super) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(end, _)| &path[..end])
}

/// The name that a file or folder has until everything is whole: the same in every build, so that the next one finds a
/// leftover without a search.
pub(super) fn temp_name(path: &str) -> String {
    format!(".modelfolio-{:016x}.tmp", xxh3_64(path.as_bytes()))
}

fn readable_by_all(metadata: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        metadata.permissions().mode() & 0o444 == 0o444
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        true
    }
}
