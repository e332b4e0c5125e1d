//! Does what the plan says, in an order in which it may be stopped anywhere.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use rayon::prelude::*;

use super::disk::Disk;
use super::error::PublishError;
use super::manifest::{Manifest, Stamp};
use super::place::Place;
use super::plan::{Act, Plan, Prepared, folders_above, temp_name};
use super::recipe;
use crate::compress::Encoding;
use crate::site::SitePath;

/// Brings the output folder to what the plan says.
///
/// 1. The record says which files are about to be written, so that they are known as ours whatever happens.
/// 2. Every file is written whole, and every folder made, under a name of its own in a folder that stays. A full disk
///    shows here, and the old site is untouched.
/// 3. What stands in the way of the new site goes. From here on nothing needs more space.
/// 4. Every file gets its name: pages last, so that no page refers to a file that is not there yet.
/// 5. What else is no longer of the site goes, then folders that are empty.
/// 6. The record says what is there.
///
/// Files are not forced to the medium one by one: that takes several times as long, and what a power cut loses has
/// another size or stamp than the record says, so the next build writes it again.
pub(super) fn write(
    plan: &Plan<'_>,
    place: &Place,
    former: &Manifest,
    minify: bool,
    disk: &dyn Disk,
) -> Result<(), PublishError> {
    let job = Job { plan, place, disk };
    let writes: Vec<&Prepared<'_>> = plan.files.iter().filter(|file| matches!(file.act, Act::Write { .. })).collect();
    let still = !writes.is_empty() || !plan.remove_first.is_empty() || !plan.remove_last.is_empty();
    let mut record = former.clone();
    record.claims.extend(writes.iter().map(|file| (file.path.as_ref().clone(), file.written)));
    // Builds that fail one after the other mostly claim the same.
    record.claims.sort_unstable();
    record.claims.dedup();
    if still {
        job.record(&record)?;
        job.make_out(former)?;
    }
    job.clear_leftovers(former);
    let staged = job.make_folders().and_then(|()| {
        let results: Vec<_> = writes.par_iter().map(|file| job.stage(file)).collect();
        results.into_iter().collect::<Result<(), _>>()
    });
    if let Err(error) = staged.and_then(|()| job.give_way()) {
        job.undo(&writes);
        return Err(error);
    }
    let (pages, others): (Vec<&Prepared<'_>>, Vec<&Prepared<'_>>) =
        writes.iter().partition(|file| is_page(file.path.as_str()));
    let mut stamps = Vec::with_capacity(writes.len());
    for group in [others, pages] {
        let results: Vec<_> = group.par_iter().map(|file: &&Prepared<'_>| job.commit(&file.path)).collect();
        for (file, stamp) in group.iter().zip(results) {
            stamps.push((&*file.path, stamp?));
        }
    }
    for path in &plan.remove_last {
        job.remove(path)?;
    }
    job.remove_empty_folders();
    let stamps: BTreeMap<&SitePath, Stamp> = stamps.into_iter().collect();
    let files = plan.files.iter().filter_map(|file| {
        let stamp = match file.act {
            Act::Keep(stamp) => Some(stamp),
            Act::Write { .. } => stamps.get(&*file.path).copied(),
            Act::LeaveOut => None,
        };
        stamp.map(|stamp| (file.path.as_ref().clone(), file.entry(stamp)))
    });
    let left_out = plan.files.iter().filter(|file| matches!(file.act, Act::LeaveOut));
    let left_out = left_out.filter_map(|file| Some((file.path.as_ref().clone(), file.input?))).collect();
    let record = Manifest { recipe: recipe(minify), files: files.collect(), left_out, claims: Vec::new() };
    // A build that changes nothing leaves even the record as it is.
    if still || record != *former { job.record(&record) } else { Ok(()) }
}

/// Whether this is a page, compressed or not.
fn is_page(path: &str) -> bool {
    let ending = Encoding::ALL.into_iter().find_map(|encoding| path.strip_suffix(encoding.ending()));
    ending.unwrap_or(path).ends_with(".html")
}

struct Job<'a> {
    plan: &'a Plan<'a>,
    place: &'a Place,
    disk: &'a dyn Disk,
}

impl Job<'_> {
    fn record(&self, manifest: &Manifest) -> Result<(), PublishError> {
        let Place { manifest: path, manifest_temp: temp, .. } = self.place;
        self.disk.write(temp, manifest.to_text().as_bytes()).map_err(|error| {
            let _ = self.disk.remove_file(temp);
            PublishError::io("write", temp)(error)
        })?;
        self.disk.rename(temp, path).map_err(PublishError::io("write", path))
    }

    fn make_out(&self, former: &Manifest) -> Result<(), PublishError> {
        // A folder that somebody made keeps its mode, unless a killed build may have made it.
        if !self.place.out.exists() || !former.claims.is_empty() {
            self.disk.create_dir(&self.place.out).map_err(PublishError::io("create the folder", &self.place.out))?;
        }
        Ok(())
    }

    /// What a killed build left half done; nothing depends on its going.
    fn clear_leftovers(&self, former: &Manifest) {
        for path in former.leftovers() {
            let name = temp_name(path);
            // Which of the folders stayed at that time is not known.
            for folder in folders_above(path).chain([""]) {
                let temp = self.place.out.join(folder).join(&name);
                // Most often there is none, and one look is cheaper than two attempts.
                match fs::symlink_metadata(&temp) {
                    Ok(metadata) if metadata.is_dir() => drop(self.disk.remove_dir(&temp)),
                    Ok(_) => drop(self.disk.remove_file(&temp)),
                    Err(_) => {}
                }
            }
        }
        if fs::symlink_metadata(&self.place.manifest_temp).is_ok() {
            let _ = self.disk.remove_file(&self.place.manifest_temp);
        }
    }

    fn make_folders(&self) -> Result<(), PublishError> {
        let depth = |folder: &&String| folder.matches('/').count();
        let all = || self.plan.new_folders.iter().chain(&self.plan.old_folders);
        for level in 0..=all().map(|folder| depth(&folder)).max().unwrap_or(0) {
            let folders: Vec<&String> = all().filter(|folder| depth(folder) == level).collect();
            let at = |folder: &String| match self.plan.late_folders.contains(folder) {
                true => self.temp(folder),
                false => self.at(folder),
            };
            let results: Vec<_> = folders
                .par_iter()
                .map(|folder| at(folder))
                .map(|at| self.disk.create_dir(&at).map_err(PublishError::io("create the folder", &at)))
                .collect();
            results.into_iter().collect::<Result<(), _>>()?;
        }
        Ok(())
    }

    /// Removes what stands in the way, and gives the folders that come in its place their names.
    fn give_way(&self) -> Result<(), PublishError> {
        for path in &self.plan.remove_first {
            self.remove(path)?;
        }
        // One of them may stand where the site has a file.
        self.remove_empty_folders();
        for folder in &self.plan.late_folders {
            let (temp, at) = (self.temp(folder), self.at(folder));
            // Where case makes no difference, the old folder stays if it has files of others.
            if self.disk.rename(&temp, &at).is_err() {
                self.disk.create_dir(&at).map_err(PublishError::io("create the folder", &at))?;
                let _ = self.disk.remove_dir(&temp);
            }
        }
        Ok(())
    }

    fn stage(&self, file: &Prepared<'_>) -> Result<(), PublishError> {
        let Act::Write { bytes, .. } = &file.act else { return Ok(()) };
        // The path in the error is the one that the user knows.
        let error = |source| PublishError::io("write", &self.at(file.path.as_str()))(source);
        self.disk.write(&self.temp(file.path.as_str()), bytes).map_err(error)
    }

    fn commit(&self, path: &SitePath) -> Result<Stamp, PublishError> {
        let at = self.at(path.as_str());
        self.disk.rename(&self.temp(path.as_str()), &at).map_err(PublishError::io("write", &at))?;
        // Only now: the new name changes the time of change.
        fs::symlink_metadata(&at).map(|metadata| Stamp::of(&metadata)).map_err(PublishError::io("look at", &at))
    }

    fn remove(&self, path: &SitePath) -> Result<(), PublishError> {
        let at = self.at(path.as_str());
        match self.disk.remove_file(&at) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PublishError::io("remove", &at)(error)),
            _ => Ok(()),
        }
    }

    /// Removes the folders that were of use to the last build only; one that is not empty stays, whoever fills it.
    fn remove_empty_folders(&self) {
        for folder in self.plan.old_homes.iter().rev() {
            let _ = self.disk.remove_dir(&self.at(folder));
        }
    }

    /// Takes back what was begun, so that the old site is as it was.
    fn undo(&self, writes: &[&Prepared<'_>]) {
        for file in writes {
            let _ = self.disk.remove_file(&self.temp(file.path.as_str()));
        }
        for folder in &self.plan.late_folders {
            let _ = self.disk.remove_dir(&self.temp(folder));
        }
        for folder in self.plan.new_folders.iter().rev() {
            let _ = self.disk.remove_dir(&self.at(folder));
        }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.place.out.join(path)
    }

    /// Where a file is until it is whole, and a folder until there is room for it: in the nearest folder that stays.
    fn temp(&self, path: &str) -> PathBuf {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        let stays = folders.take_while(|folder| !self.plan.late_folders.contains(*folder)).last();
        self.place.out.join(stays.unwrap_or_default()).join(temp_name(path))
    }
}
