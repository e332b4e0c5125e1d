//! How a change of a file shows without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// So coarse are the clocks of file systems that note parts of a second.
const FINE: Duration = Duration::from_millis(100);

/// So coarse are those that note whole seconds; FAT has every second one only.
const COARSE: Duration = Duration::from_secs(2);

/// What a file system notes of a file. Two different stamps mean that it was touched; equal ones that it was not, unless
/// the first [is young](Self::is_young).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    place: Place,
}

/// Which file it is, so that another one that takes its place shows, though it may have its size and times.
#[cfg(unix)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    device: u64,
    inode: u64,
    /// When anything was done to the file. Programs can set back the time of its last modification, but not this.
    changed: Option<SystemTime>,
}

#[cfg(not(unix))]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    created: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of a file.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok(), place: Place::of(metadata) }
    }

    /// Whether the file was touched so short a time before this moment that it could be touched once more and have the
    /// same stamp. Also when its time is yet to come, since then nobody knows what the clocks are worth.
    pub(crate) fn is_young(&self, now: SystemTime) -> bool {
        let is_old = |time: SystemTime| {
            let is_whole = time.duration_since(SystemTime::UNIX_EPOCH).is_ok_and(|since| since.subsec_nanos() == 0);
            now.duration_since(time).is_ok_and(|age| age >= if is_whole { COARSE } else { FINE })
        };
        !self.times().into_iter().all(|time| time.is_some_and(is_old))
    }

    #[cfg(unix)]
    fn times(&self) -> [Option<SystemTime>; 2] {
        [self.modified, self.place.changed]
    }

    #[cfg(not(unix))]
    fn times(&self) -> [Option<SystemTime>; 1] {
        [self.modified]
    }
}

impl Place {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let seconds = u64::try_from(metadata.ctime()).ok().map(Duration::from_secs);
        let nanoseconds = u64::try_from(metadata.ctime_nsec()).ok().map(Duration::from_nanos);
        let since = seconds.zip(nanoseconds).map(|(seconds, nanoseconds)| seconds + nanoseconds);
        let changed = since.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
        Self { device: metadata.dev(), inode: metadata.ino(), changed }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        Self { created: metadata.created().ok() }
    }
}
