//! The one writer: brings a folder to what the site in memory is, by as few changes as possible.
//!
//! Files that are equal are not touched, files of others are not touched, and a build that fails or is killed at any
//! moment leaves only whole files and is made good by the next one. [`Publication::prepare`] decides everything and
//! changes nothing; [`Publication::write`] does it.

mod disk;
mod error;
mod manifest;
mod place;
mod plan;
mod settled;
mod wanted;
mod write;

use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64;

pub use disk::{Disk, RealDisk};
pub use error::PublishError;
pub use settled::{Settled, settled};

use crate::compress;
use crate::diagnostic::Diagnostic;
use crate::minify;
use crate::site::{Site, SitePath};
use manifest::{Loaded, Manifest};
use place::Place;
use plan::{Act, Plan};

/// Where to publish and how.
#[derive(Debug, Clone)]
pub struct Target {
    /// The output folder.
    pub out: PathBuf,
    /// The folder that the site is built from; never written to as a whole.
    pub root: PathBuf,
    /// Folders that are read by a build and must not be written to: `content/` and `static/`.
    pub sources: Vec<PathBuf>,
    /// Publish into a folder that has files of others, and replace those that the site has too.
    pub force: bool,
    /// Make pages smaller.
    pub minify: bool,
    /// Put compressed copies beside texts: `.br` and `.gz`.
    pub precompress: bool,
}

impl Target {
    /// A target that spares what is not ours and minifies.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        let root = root.into();
        let sources = vec![root.join("content"), root.join("static")];
        Self { out: out.into(), root, sources, force: false, minify: true, precompress: false }
    }
}

/// What publishing changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that were not there.
    pub added: Vec<SitePath>,
    /// Files that have other bytes now.
    pub changed: Vec<SitePath>,
    /// Files that are no longer of the site.
    pub removed: Vec<SitePath>,
    /// How many files were as they should be.
    pub unchanged: usize,
    /// How many bytes were written.
    pub bytes: u64,
    /// Pages that were not minified, files that were left.
    pub warnings: Vec<Diagnostic>,
}

/// A site that is ready to be written: complete in memory, compared with what is there, the folder held against
/// other builds.
#[derive(Debug)]
pub struct Publication<'a> {
    place: Place,
    former: Manifest,
    plan: Plan<'a>,
    minify: bool,
    settled: Option<(u128, Settled)>,
}

impl<'a> Publication<'a> {
    /// Finishes every file that is not known to be there, and decides what to write and what to remove.
    ///
    /// # Errors
    ///
    /// When the folder must not be written to, has files of others in the way, or cannot be read.
    pub fn prepare(target: &Target, site: &'a Site) -> Result<Self, PublishError> {
        let place = Place::take(target)?;
        let mut damaged = None;
        let former = match Manifest::load(&place.manifest)? {
            Loaded::Whole(manifest) => manifest,
            loaded => {
                let damage = loaded == Loaded::Damaged;
                if !target.force && place.has_files()? {
                    let (out, manifest) = (target.out.clone(), place.manifest.clone());
                    return Err(match damage {
                        true => PublishError::DamagedManifest { manifest, out },
                        false => PublishError::ForeignFolder { out },
                    });
                }
                damaged = damage.then(|| {
                    let message = "the record of the last build is damaged, so pages that no longer exist stay";
                    Diagnostic::warning("damaged-manifest", message).in_file(place.manifest.to_string_lossy())
                });
                Manifest::default()
            }
        };
        let mut plan = plan::plan(target, &place, &former, site)?;
        plan.warnings.splice(..0, damaged);
        Ok(Self { place, former, plan, minify: target.minify, settled: None })
    }

    /// What to tell of, known before anything is written: `not-minified`, `left-file`, `damaged-manifest`.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.plan.warnings
    }

    /// Every file of the folder as it will be, with its size.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, u64)> {
        self.plan.files.iter().filter_map(|file| Some((&*file.path, file.size()?)))
    }

    /// Has the build note what it told and the number of its inputs, for [`settled`] to see: it has nothing to complain of.
    pub fn settle(&mut self, inputs: u128, settled: Settled) {
        self.settled = Some((inputs, settled));
    }

    /// Writes what is not there and removes what is no longer of the site.
    ///
    /// # Errors
    ///
    /// When the machine fails. As long as not every file could be written whole, the old site is as it was.
    pub fn write(self) -> Result<Published, PublishError> {
        self.write_to(&RealDisk)
    }

    /// The same on this disk.
    ///
    /// # Errors
    ///
    /// As for [`Self::write`].
    pub fn write_to(self, disk: &dyn Disk) -> Result<Published, PublishError> {
        write::write(&self.plan, &self.place, &self.former, self.minify, disk)?;
        if let Some((inputs, settled)) = &self.settled {
            settled::settle(&self.place, *inputs, settled, disk)?;
        }
        let Plan { files, remove_first, remove_last, warnings, .. } = self.plan;
        let mut published = Published { warnings, ..Published::default() };
        for file in files {
            match file.act {
                Act::LeaveOut => {}
                Act::Keep(_) => published.unchanged += 1,
                Act::Write { bytes, new } => {
                    published.bytes += bytes.len() as u64;
                    let list = if new { &mut published.added } else { &mut published.changed };
                    list.push(file.path.into_owned());
                }
            }
        }
        published.removed = remove_first.into_iter().chain(remove_last).collect();
        published.added.sort();
        published.changed.sort();
        published.removed.sort();
        Ok(published)
    }
}

/// Publishes the site.
///
/// # Errors
///
/// When the folder must not be written to or the machine fails.
pub fn publish(target: &Target, site: &Site) -> Result<Published, PublishError> {
    Publication::prepare(target, site)?.write()
}

/// How inputs become outputs, as a number: a page that was made by another recipe is made again.
fn recipe(minify: bool) -> u64 {
    const PARTS: [&str; 6] = [
        env!("CARGO_PKG_VERSION"),
        minify::TOOLS,
        compress::TOOLS,
        // So that who works on these sees what they do without deleting anything.
        include_str!("../compress.rs"),
        include_str!("../minify/mod.rs"),
        include_str!("../minify/shape.rs"),
    ];
    xxh3_64(PARTS.concat().as_bytes()) ^ u64::from(minify)
}
