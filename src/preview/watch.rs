//! The system tells which files may have changed. What it tells is a hint: it can lose some, and says more than there is.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::load;

/// Something that may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Touch {
    /// A file or folder of the site, by its path below the root.
    Site(String),
    /// Anything in the site: the system lost count.
    Anything,
    /// A source of the program.
    Program,
    /// The system tells no more, for this reason.
    Blind(String),
}

/// A folder that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// Where it really is: some systems tell of no other path.
    path: PathBuf,
    role: Role,
    /// Which folder it is, so that another one that takes its place shows.
    identity: Identity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The site's folder, without what is below it.
    Root,
    /// A folder of the site, by its name, with all that is below it.
    Site(&'static str),
    /// A folder with sources of the program.
    Program { is_deep: bool },
}

/// A folder with sources of the program.
#[derive(Debug, Clone)]
pub(super) struct ProgramPlace {
    pub(super) path: PathBuf,
    /// Whether what is below it counts too.
    pub(super) is_deep: bool,
}

/// The folders of a site, watched.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    root: PathBuf,
    program: Vec<ProgramPlace>,
    shared: Arc<Shared>,
}

/// What the thread that hears of events has to know.
#[derive(Default)]
struct Shared {
    places: RwLock<Vec<Place>>,
    /// Whether one of the places was removed or replaced, so that it may be watched no more.
    is_lost: AtomicBool,
}

impl Watch {
    /// Prepares to watch the site in this folder and the sources of the program. Nothing is watched before
    /// [`Self::renew`].
    pub(super) fn new(
        root: &Path,
        program: Vec<ProgramPlace>,
        mut tell: impl FnMut(Touch) + Send + 'static,
    ) -> notify::Result<Self> {
        let shared = Arc::<Shared>::default();
        let heard = Arc::clone(&shared);
        let hear = move |event: notify::Result<notify::Event>| heard.hear(event, &mut tell);
        // A link can lead to anywhere; those to files are looked at by scans.
        let watcher = RecommendedWatcher::new(hear, Config::default().with_follow_symlinks(false))?;
        Ok(Self { watcher, root: root.to_path_buf(), program, shared })
    }

    /// Watches the folders that are there now. What happened in one that was not watched before is not known.
    pub(super) fn renew(&mut self) -> notify::Result<()> {
        let is_lost = self.shared.is_lost.swap(false, Ordering::Relaxed);
        let wanted = self.wanted();
        let held = self.shared.places.read().unwrap_or_else(PoisonError::into_inner).clone();
        let is_held = |place: &Place| !is_lost && held.contains(place);
        let mut stale: Vec<&Place> = held.iter().filter(|place| is_lost || !wanted.contains(place)).collect();
        let fresh: Vec<&Place> = wanted.iter().filter(|place| !is_held(place)).collect();
        if stale.is_empty() && fresh.is_empty() {
            return Ok(());
        }
        // What hears of events has to know the folders before they are watched.
        *self.shared.places.write().unwrap_or_else(PoisonError::into_inner) = wanted.clone();
        stale.dedup_by_key(|place| &place.path);
        for place in stale {
            // A folder that is gone is watched no more, and cannot be let go.
            let _ = self.watcher.unwatch(&place.path);
        }
        for place in &fresh {
            let mode = if place.role.is_deep() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match self.watcher.watch(&place.path, mode) {
                Ok(()) => {}
                // It went away just now.
                Err(error) if is_not_found(&error) => self.shared.is_lost.store(true, Ordering::Relaxed),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The folders that are there and should be watched.
    fn wanted(&self) -> Vec<Place> {
        let mut places = Vec::new();
        let mut add = |path: &Path, role: Role, within: Option<&Path>| {
            let path =
                fs::canonicalize(path).ok().filter(|path| within.is_none_or(|within| path.starts_with(within)))?;
            let identity = Identity::of(&path)?;
            places.push(Place { path: path.clone(), role, identity });
            Some(path)
        };
        if let Some(root) = add(&self.root, Role::Root, None) {
            for name in load::FOLDERS {
                // A folder that is a link to elsewhere is refused by who reads it.
                add(&self.root.join(name), Role::Site(name), Some(&root));
            }
        }
        for ProgramPlace { path, is_deep } in &self.program {
            add(path, Role::Program { is_deep: *is_deep }, None);
        }
        places
    }
}

impl Shared {
    fn hear(&self, event: notify::Result<notify::Event>, tell: &mut impl FnMut(Touch)) {
        let event = match event {
            Ok(event) => event,
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return tell(Touch::Blind(words(&error))),
            Err(_) => return tell(Touch::Anything),
        };
        let (touches, is_lost) = touches(&event, &self.places.read().unwrap_or_else(PoisonError::into_inner));
        if is_lost {
            self.is_lost.store(true, Ordering::Relaxed);
        }
        touches.into_iter().for_each(tell);
    }
}

/// What an event says of the files, and whether one of the places is not what it was.
fn touches(event: &notify::Event, places: &[Place]) -> (Vec<Touch>, bool) {
    if event.need_rescan() {
        return (vec![Touch::Anything, Touch::Program], false);
    }
    // That a file is read changes nothing. A file that was open for writing and is closed may have been written by way of
    // memory, of which nothing else tells.
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write)) {
        return (Vec::new(), false);
    }
    let moves = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any
    );
    let mut touches = Vec::new();
    let mut is_lost = false;
    for path in &event.paths {
        for place in places {
            let Ok(below) = path.strip_prefix(&place.path) else { continue };
            is_lost |= moves && below.as_os_str().is_empty();
            touches.extend(place.role.touch(below));
        }
    }
    touches.dedup();
    (touches, is_lost)
}

impl Role {
    fn is_deep(self) -> bool {
        match self {
            Self::Root => false,
            Self::Site(_) => true,
            Self::Program { is_deep } => is_deep,
        }
    }

    /// What it means that something happened at this path below a place of this role.
    fn touch(self, below: &Path) -> Option<Touch> {
        let depth = below.components().count();
        match self {
            Self::Root if depth == 0 => Some(Touch::Anything),
            Self::Root => {
                let name = below.to_str().filter(|name| load::FOLDERS.contains(name))?;
                Some(Touch::Site(name.to_owned()))
            }
            Self::Site(name) => match with_slashes(name, below) {
                Some(path) if load::is_passed_over(&path) => None,
                Some(path) => Some(Touch::Site(path)),
                None => Some(Touch::Anything),
            },
            Self::Program { is_deep } => (is_deep || depth <= 1).then_some(Touch::Program),
        }
    }
}

/// A path below a folder of the site as the site writes it. None when it is no text.
fn with_slashes(folder: &str, below: &Path) -> Option<String> {
    let mut text = folder.to_owned();
    for part in below.components() {
        let Component::Normal(part) = part else { return None };
        text.push('/');
        text.push_str(part.to_str()?);
    }
    Some(text)
}

fn is_not_found(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Why the system does not tell of changes.
pub(super) fn words(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system's limit of watched folders is reached".to_owned(),
        _ => error.to_string(),
    }
}

/// Which folder it is. A number can be given again after a folder was removed, so its birth belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity {
    number: Option<(u64, u64)>,
    created: Option<SystemTime>,
}

impl Identity {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_dir)?;
        Some(Self { number: number(&metadata), created: metadata.created().ok() })
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn number(metadata: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn number(_metadata: &fs::Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind, RenameMode};

    use super::*;

    /// A site in `/site`, of which `content` is a link to `/site/texts`, in the source tree of the program.
    fn places() -> Vec<Place> {
        let place = |path: &str, role: Role| {
            let identity = Identity { number: None, created: None };
            Place { path: PathBuf::from(path), role, identity }
        };
        vec![
            place("/site", Role::Root),
            place("/site/texts", Role::Site("content")),
            place("/site/static", Role::Site("static")),
            place("/site", Role::Program { is_deep: false }),
            place("/site/src", Role::Program { is_deep: true }),
        ]
    }

    /// What is heard of an event of this kind at these paths: names of touches, and whether a place is lost.
    fn heard(kind: EventKind, paths: &[&str]) -> (Vec<String>, bool) {
        let event = paths.iter().fold(notify::Event::new(kind), |event, path| event.add_path(PathBuf::from(path)));
        let (touches, is_lost) = touches(&event, &places());
        let name = |touch: Touch| match touch {
            Touch::Site(path) => path,
            other => format!("{other:?}"),
        };
        (touches.into_iter().map(name).collect(), is_lost)
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const MADE: EventKind = EventKind::Create(CreateKind::Any);

    fn only(touch: &str) -> (Vec<String>, bool) {
        (vec![touch.to_owned()], false)
    }

    fn nothing() -> (Vec<String>, bool) {
        (Vec::new(), false)
    }

    #[test]
    fn a_save_is_heard_by_the_names_of_the_site() {
        assert_eq!(heard(WRITTEN, &["/site/texts/models/a/b.toml"]), only("content/models/a/b.toml"));
        assert_eq!(heard(WRITTEN, &["/site/static/logo.svg"]), only("static/logo.svg"));
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert_eq!(heard(closed, &["/site/texts/a.md"]), only("content/a.md"));
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let (paths, is_lost) = heard(renamed, &["/site/texts/a.md.tmp", "/site/texts/a.md"]);
        assert_eq!((paths, is_lost), (vec!["content/a.md.tmp".to_owned(), "content/a.md".to_owned()], false));
        let attributes = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert_eq!(heard(attributes, &["/site/texts/models"]), only("content/models"));
    }

    #[test]
    fn what_changes_nothing_is_not_heard() {
        for read in [AccessKind::Open(AccessMode::Any), AccessKind::Read, AccessKind::Close(AccessMode::Read)] {
            assert_eq!(heard(EventKind::Access(read), &["/site/texts/a.md", "/site/src/a.rs"]), nothing());
        }
        for left in [".a.md.swp", "a.md~", ".#a.md", "#a.md#", ".git/index", ".idea/x.md"] {
            assert_eq!(heard(MADE, &[&format!("/site/texts/models/{left}")]), nothing(), "{left}");
        }
        assert_eq!(heard(MADE, &["/site/static/.DS_Store"]), nothing());
        assert_eq!(heard(MADE, &["/elsewhere/content/a.md"]), nothing());
    }

    #[test]
    fn a_folder_that_is_replaced_is_watched_anew() {
        let removed = EventKind::Remove(RemoveKind::Folder);
        assert_eq!(heard(removed, &["/site/texts"]), (vec!["content".to_owned(), "Program".to_owned()], true));
        assert!(heard(MADE, &["/site/static"]).1);
        let (paths, is_lost) = heard(EventKind::Modify(ModifyKind::Name(RenameMode::From)), &["/site"]);
        assert_eq!((paths, is_lost), (vec!["Anything".to_owned(), "Program".to_owned()], true));
        // A link takes the place of another one: what it leads to is not known from here.
        assert_eq!(heard(MADE, &["/site/content"]), (vec!["content".to_owned(), "Program".to_owned()], false));
        assert!(!heard(WRITTEN, &["/site/static"]).1);
    }

    #[test]
    fn when_the_system_lost_count_anything_may_have_changed() {
        let overflow = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(touches(&overflow, &places()), (vec![Touch::Anything, Touch::Program], false));
        let hear = |error: ErrorKind| {
            let mut heard = Vec::new();
            Shared::default().hear(Err(notify::Error::new(error)), &mut |touch| heard.push(touch));
            heard
        };
        assert_eq!(hear(ErrorKind::Generic("it failed".to_owned())), [Touch::Anything]);
        assert!(matches!(hear(ErrorKind::MaxFilesWatch).as_slice(), [Touch::Blind(why)] if why.contains("limit")));
    }

    #[test]
    fn sources_of_the_program_are_heard() {
        assert_eq!(heard(WRITTEN, &["/site/src/cli/mod.rs"]), only("Program"));
        assert_eq!(heard(WRITTEN, &["/site/Cargo.toml"]), only("Program"));
        assert_eq!(heard(WRITTEN, &["/site/target/debug/x"]), nothing());
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_asks_for_a_look_at_everything() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = Path::new("/site/texts").join(std::ffi::OsStr::from_bytes(b"caf\xe9.md"));
        let event = notify::Event::new(MADE).add_path(path);
        assert_eq!(touches(&event, &places()), (vec![Touch::Anything], false));
    }
}
