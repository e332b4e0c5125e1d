//! A folder that is read again is held against the same folder read anew, after every kind of change.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, FileTimes};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::folder::{Known, scan};
use super::read::Content;
use super::stamp::Stamp;
use super::*;
use crate::files::{SourceFile, StaticFile};

/// A small site in a temporary folder.
struct Place {
    /// The site is some folders below this one, so that links that lead away do not lead out of it.
    folder: TempDir,
    /// Whether stamps are believed however young they are. Otherwise nothing in a test is ever old enough.
    believes: bool,
}

impl Place {
    fn new(believes: bool) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = Self { folder, believes };
        place.write("content/site.toml", "title = \"T\"");
        place.write("content/developers/d.toml", "name = \"D\"");
        place.write("content/models/d/m.toml", "name = \"M\"");
        place.write("content/models/d/m.md", "One word");
        place.write("static/logo.svg", "<svg/>");
        place
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("above/site")
    }

    fn disk(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let disk = self.disk(path);
        fs::create_dir_all(disk.parent().expect("it is below the root")).expect("the folder can be made");
        fs::write(disk, text).expect("the file can be written");
    }

    fn rename(&self, from: &str, to: &str) {
        fs::rename(self.disk(from), self.disk(to)).expect("it can be renamed");
    }

    fn now(&self) -> SystemTime {
        SystemTime::now() + if self.believes { Duration::from_secs(3600) } else { Duration::ZERO }
    }

    fn open(&self) -> Folder {
        let mut folder = Folder::open(&self.root()).expect("it is a site");
        self.again(&mut folder).expect("it is a site");
        folder
    }

    /// Looks again. When stamps are believed, whatever is done afterwards will have another one.
    fn again(&self, folder: &mut Folder) -> Result<Change, String> {
        let change = folder.again_at(self.now()).map_err(|error| error.to_string());
        if self.believes {
            let clock = || {
                self.write("clock", "");
                Stamp::of(&fs::metadata(self.disk("clock")).expect("it is there"))
            };
            let then = clock();
            while clock() == then {}
        }
        change
    }

    /// Looks again, and holds what is held against a fresh look.
    fn check(&self, folder: &mut Folder) -> Result<Change, String> {
        let before = (folder.tree().clone(), folder.diagnostics().to_vec());
        let change = self.again(folder);
        let fresh = load(&self.root());
        let held = (folder.tree(), folder.diagnostics());
        match (&change, &fresh) {
            (Ok(change), Ok((tree, diagnostics))) => {
                assert_eq!(shown(held.0, held.1), shown(tree, diagnostics));
                assert_eq!(kind(change), expected(&before, held), "{change:?}");
            }
            (Err(words), Err(error)) => {
                assert_eq!(*words, error.to_string());
                assert_eq!(shown(held.0, held.1), shown(&before.0, &before.1), "the last is kept");
            }
            _ => panic!("{change:?} but {fresh:?}"),
        }
        change
    }
}

type Shown = (Vec<(String, String)>, Vec<StaticFile>, Vec<String>, Vec<Diagnostic>);

/// All that is to be known of a tree.
fn shown(tree: &SourceTree, diagnostics: &[Diagnostic]) -> Shown {
    let files = tree.iter().map(|(_, file)| (file.path.clone(), file.text.clone())).collect();
    let unread = tree.unread().map(str::to_owned).collect();
    (files, tree.statics().to_vec(), unread, diagnostics.to_vec())
}

/// The name of a change, and the texts that it hands over.
fn kind(change: &Change) -> (&'static str, BTreeMap<String, String>) {
    match change {
        Change::Nothing => ("nothing", BTreeMap::new()),
        Change::Texts(texts) => ("texts", texts.clone()),
        Change::Everything(paths) => {
            assert!(!paths.is_empty(), "something changed");
            ("everything", BTreeMap::new())
        }
    }
}

/// The change that leads from the one to the other.
fn expected(
    before: &(SourceTree, Vec<Diagnostic>),
    after: (&SourceTree, &[Diagnostic]),
) -> (&'static str, BTreeMap<String, String>) {
    let (before, after) = (shown(&before.0, &before.1), shown(after.0, after.1));
    let paths = |shown: &Shown| shown.0.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    if (paths(&before), &before.1, &before.2, &before.3) != (paths(&after), &after.1, &after.2, &after.3) {
        return ("everything", BTreeMap::new());
    }
    let differ = before.0.iter().zip(&after.0).filter(|(before, after)| before != after);
    let texts: BTreeMap<_, _> = differ.map(|(_, after)| after.clone()).collect();
    (if texts.is_empty() { "nothing" } else { "texts" }, texts)
}

fn texts(pairs: &[(&str, &str)]) -> Result<Change, String> {
    let owned = pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Ok(Change::Texts(owned.collect()))
}

fn everything(paths: &[&str]) -> Result<Change, String> {
    Ok(Change::Everything(paths.iter().map(|path| (*path).to_owned()).collect()))
}

fn hints(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn what_was_not_touched_is_not_read() {
    let place = Place::new(true);
    let mut folder = place.open();
    // What it believes is wrong, so it shows whether the file was read.
    let path = "content/models/d/m.md";
    let wrong = SourceFile { path: path.to_owned(), text: "wrong".to_owned() };
    folder.files.get_mut(path).expect("it is known").content = Content::Text(Arc::new(wrong));
    assert_eq!(place.again(&mut folder), Ok(Change::Nothing));
    place.write("content/models/d/m.toml", "name = \"N\"");
    assert_eq!(place.again(&mut folder), texts(&[("content/models/d/m.toml", "name = \"N\"")]));
    place.write(path, "One word");
    assert_eq!(place.again(&mut folder), texts(&[(path, "One word")]));
}

#[test]
fn what_was_touched_just_now_is_read_again_and_shared_when_it_is_the_same() {
    let place = Place::new(false);
    let mut folder = place.open();
    assert!(folder.files.values().all(|known| known.stamp.is_none()), "all of it is young");
    let texts = |folder: &Folder| -> Vec<Arc<SourceFile>> {
        let text = |known: &Known| match &known.content {
            Content::Text(file) => Some(Arc::clone(file)),
            _ => None,
        };
        folder.files.values().filter_map(text).collect()
    };
    let before = texts(&folder);
    assert_eq!(place.check(&mut folder), Ok(Change::Nothing));
    assert!(before.iter().zip(texts(&folder)).all(|(a, b)| Arc::ptr_eq(a, &b)));
    let scan = scan(&place.root(), &folder.files, place.now() + Duration::from_secs(3600)).expect("it is a site");
    assert!(scan.files.values().all(|known| known.stamp.is_some()), "once it is old it is believed");
}

#[test]
fn a_file_of_the_same_size_and_time_is_another_one() {
    let place = Place::new(true);
    let mut folder = place.open();
    let path = "content/models/d/m.md";
    let disk = place.disk(path);
    let then = fs::metadata(&disk).expect("it is there").modified().expect("it has a time");
    place.write(path, "Two word");
    let file = File::options().append(true).open(&disk).expect("it can be opened");
    file.set_times(FileTimes::new().set_modified(then)).expect("times can be set");
    assert_eq!(fs::metadata(&disk).expect("it is there").modified().expect("it has a time"), then);
    assert_eq!(place.check(&mut folder), texts(&[(path, "Two word")]));
    // By another file in its place.
    place.write("content/models/d/new.md", "Six word");
    let file = File::options().append(true).open(place.disk("content/models/d/new.md")).expect("it can be opened");
    file.set_times(FileTimes::new().set_modified(then)).expect("times can be set");
    place.rename("content/models/d/new.md", path);
    assert_eq!(place.check(&mut folder), texts(&[(path, "Six word")]));
}

#[test]
fn files_and_folders_come_and_go() {
    for believes in [true, false] {
        let place = Place::new(believes);
        let mut folder = place.open();
        place.write("content/models/d/n.toml", "name = \"N\"");
        assert_eq!(place.check(&mut folder), everything(&["content/models/d/n.toml"]));
        place.rename("content/models/d/n.toml", "content/models/d/o.toml");
        assert_eq!(place.check(&mut folder), everything(&["content/models/d/n.toml", "content/models/d/o.toml"]));
        fs::remove_file(place.disk("content/models/d/o.toml")).expect("it can be removed");
        assert_eq!(place.check(&mut folder), everything(&["content/models/d/o.toml"]));
        place.rename("content/models/d", "content/models/e");
        assert_eq!(
            place.check(&mut folder),
            everything(&[
                "content/models/d/m.md",
                "content/models/d/m.toml",
                "content/models/e/m.md",
                "content/models/e/m.toml"
            ])
        );
        // A file becomes a folder, and back.
        fs::remove_file(place.disk("content/models/e/m.md")).expect("it can be removed");
        place.write("content/models/e/m.md/inner.md", "Inner");
        let both = ["content/models/e/m.md", "content/models/e/m.md/inner.md"];
        assert_eq!(place.check(&mut folder), everything(&both));
        fs::remove_dir_all(place.disk("content/models/e/m.md")).expect("it can be removed");
        place.write("content/models/e/m.md", "Outer");
        assert_eq!(place.check(&mut folder), everything(&both));
        // An empty folder is nothing.
        fs::create_dir(place.disk("content/pages")).expect("it can be made");
        assert_eq!(place.check(&mut folder), Ok(Change::Nothing));
        // Files that are copied.
        place.write("static/logo.svg", "<svg></svg>");
        assert_eq!(place.check(&mut folder), everything(&["static/logo.svg"]));
        fs::remove_dir_all(place.disk("static")).expect("it can be removed");
        assert_eq!(place.check(&mut folder), everything(&["static/logo.svg"]));
        place.write("static/x/y", [0xff]);
        assert_eq!(place.check(&mut folder), everything(&["static/x/y"]));
    }
}

#[test]
fn what_is_wrong_with_a_file_comes_and_goes_with_it() {
    for believes in [true, false] {
        let place = Place::new(believes);
        let mut folder = place.open();
        let path = "content/models/d/m.md";
        place.write(path, "\u{feff}One word");
        assert_eq!(place.check(&mut folder), Ok(Change::Nothing), "a byte order mark is no word");
        place.write(path, b"caf\xe9");
        assert_eq!(place.check(&mut folder), everything(&[path]));
        place.write(path, b"calf\xe9");
        assert_eq!(place.check(&mut folder), everything(&[path]), "the place of the fault is another");
        assert_eq!(place.check(&mut folder), Ok(Change::Nothing));
        let limit = usize::try_from(TEXT_LIMIT).expect("it fits");
        place.write(path, vec![b'x'; limit + 1]);
        assert_eq!(place.check(&mut folder), everything(&[path]));
        place.write(path, "One word");
        assert_eq!(place.check(&mut folder), everything(&[path]));
        place.write("content/notes.txt", "Note");
        assert_eq!(place.check(&mut folder), everything(&["content/notes.txt"]), "there is a warning");
        place.write("content/notes.txt", "Notes");
        assert_eq!(place.check(&mut folder), Ok(Change::Nothing));
        for passed_over in ["content/models/d/.m.md.swp", "content/models/d/m.md~", "content/.git/x.md", "notes"] {
            place.write(passed_over, "x");
            assert_eq!(place.check(&mut folder), Ok(Change::Nothing), "{passed_over}");
        }
    }
}

#[test]
fn a_folder_that_is_gone_is_an_error_until_it_is_back() {
    let place = Place::new(true);
    let mut folder = place.open();
    place.rename("content", "away");
    assert!(place.check(&mut folder).expect_err("it is gone").contains("no folder `content`"));
    place.write("content", "a file");
    assert!(place.check(&mut folder).expect_err("it is a file").contains("no folder `content`"));
    fs::remove_file(place.disk("content")).expect("it can be removed");
    place.rename("away", "content");
    assert_eq!(place.check(&mut folder), Ok(Change::Nothing));
    let (root, aside) = (place.root(), tempfile::tempdir().expect("a folder can be made"));
    fs::rename(&root, aside.path().join("root")).expect("it can be moved");
    let error = folder.again().expect_err("it is gone");
    assert!(matches!(error, LoadError::Root { .. }), "{error}");
    fs::rename(aside.path().join("root"), &root).expect("it can be moved");
    place.write("content/site.toml", "title = \"U\"");
    assert_eq!(place.check(&mut folder), texts(&[("content/site.toml", "title = \"U\"")]));
}

#[test]
fn hints_are_enough_for_texts_alone() {
    let place = Place::new(false);
    let mut folder = place.open();
    let path = "content/models/d/m.md";
    assert_eq!(folder.reread(&hints(&[path])), Some(BTreeMap::new()), "nothing changed");
    // As editors save: a temporary file, put in the place of the old one.
    place.write("content/models/d/m.md.tmp", "Two words");
    place.rename("content/models/d/m.md.tmp", path);
    let saved = hints(&["content/models/d/m.md.tmp", "content/models/d/4913", "content/models/d/.m.md.swp", path]);
    assert_eq!(folder.reread(&saved), Some(BTreeMap::from([(path.to_owned(), "Two words".to_owned())])));
    assert_eq!(place.check(&mut folder), Ok(Change::Nothing), "it is known already");

    let mut too_little = |paths: &[&str]| {
        assert_eq!(folder.reread(&hints(paths)), None, "{paths:?}");
        place.check(&mut folder)
    };
    place.write("content/models/d/n.md", "New");
    place.write(path, "Three words");
    assert_eq!(too_little(&[path, "content/models/d/n.md"]), everything(&[path, "content/models/d/n.md"]));
    fs::remove_file(place.disk("content/models/d/n.md")).expect("it can be removed");
    assert!(matches!(too_little(&["content/models/d/n.md"]), Ok(Change::Everything(_))));
    place.write(path, [0xff]);
    assert!(matches!(too_little(&[path]), Ok(Change::Everything(_))));
    place.write(path, "Text");
    assert!(matches!(too_little(&[path]), Ok(Change::Everything(_))), "it was refused before");
    place.write("static/logo.svg", "<svg> </svg>");
    assert!(matches!(too_little(&["static/logo.svg"]), Ok(Change::Everything(_))));
    place.write("content/notes.txt", "");
    assert!(matches!(too_little(&["content/notes.txt"]), Ok(Change::Everything(_))));
    fs::remove_file(place.disk("content/notes.txt")).expect("it can be removed");
    assert!(matches!(too_little(&["content/notes.txt"]), Ok(Change::Everything(_))), "its warning goes");
    fs::remove_dir_all(place.disk("content/models")).expect("it can be removed");
    assert!(matches!(too_little(&["content/models"]), Ok(Change::Everything(_))));
    assert_eq!(too_little(&["content"]), Ok(Change::Nothing), "a folder says nothing of what is in it");
}

#[test]
fn stamps_are_young_for_as_long_as_clocks_are_coarse() {
    let place = Place::new(false);
    let disk = place.disk("content/site.toml");
    let file = File::options().append(true).open(&disk).expect("it can be opened");
    let young = |modified: SystemTime, age: Duration| {
        file.set_times(FileTimes::new().set_modified(modified)).expect("times can be set");
        let stamp = Stamp::of(&fs::metadata(&disk).expect("it is there"));
        stamp.is_young(SystemTime::now() + age)
    };
    let hour = Duration::from_secs(3600);
    let past = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
    assert!(!young(past, hour));
    let future = SystemTime::now() + 2 * hour;
    assert!(young(future, hour), "its time is yet to come");
    // On a file system that counts whole seconds, two writes within one of them look the same.
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later than that");
    let whole = SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs() + 36_000);
    file.set_times(FileTimes::new().set_modified(whole)).expect("times can be set");
    let stamp = Stamp::of(&fs::metadata(&disk).expect("it is there"));
    assert!(stamp.is_young(whole + Duration::from_millis(1_999)) && !stamp.is_young(whole + Duration::from_secs(2)));
    let parts = whole + Duration::from_millis(500);
    file.set_times(FileTimes::new().set_modified(parts)).expect("times can be set");
    let stamp = Stamp::of(&fs::metadata(&disk).expect("it is there"));
    assert!(stamp.is_young(parts + Duration::from_millis(99)) && !stamp.is_young(parts + Duration::from_millis(100)));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    fn link(place: &Place, target: impl AsRef<Path>, path: &str) {
        symlink(target, place.disk(path)).expect("links can be made");
    }

    #[test]
    fn links_lead_to_what_is_there_now() {
        for believes in [true, false] {
            let place = Place::new(believes);
            place.write("drafts/a.md", "Draft A");
            place.write("drafts/b.md", "Draft B");
            let mut folder = place.open();
            let path = "content/models/d/l.md";
            link(&place, "../../../drafts/a.md", path);
            assert_eq!(place.check(&mut folder), everything(&[path]));
            let relink = |target: &str| {
                fs::remove_file(place.disk(path)).expect("it can be removed");
                link(&place, target, path);
            };
            relink("../../../drafts/b.md");
            assert_eq!(place.check(&mut folder), texts(&[(path, "Draft B")]));
            place.write("drafts/b.md", "Draft C");
            assert_eq!(folder.reread(&hints(&[path])), None, "where links are, hints say little");
            assert_eq!(place.check(&mut folder), texts(&[(path, "Draft C")]));
            relink("../../models");
            assert_eq!(place.check(&mut folder), everything(&[path]), "it leads to a folder");
            relink("nowhere");
            assert_eq!(place.check(&mut folder), everything(&[path]), "it leads nowhere");
            relink("/");
            assert_eq!(place.check(&mut folder), everything(&[path]), "it leads away");
            relink("m.md");
            assert_eq!(place.check(&mut folder), everything(&[path]));
            place.write("content/models/d/m.md", "Word");
            let both = [("content/models/d/m.md", "Word"), (path, "Word")];
            assert_eq!(place.check(&mut folder), texts(&both));
            fs::remove_file(place.disk(path)).expect("it can be removed");
            place.write(path, "Word");
            assert_eq!(place.check(&mut folder), Ok(Change::Nothing), "the words are the same");
            place.write(path, "Its own");
            assert_eq!(folder.reread(&hints(&[path])), Some(BTreeMap::from([(path.to_owned(), "Its own".to_owned())])));
        }
    }

    #[test]
    fn what_may_not_be_read_is_told_until_it_may() {
        let place = Place::new(true);
        let mut folder = place.open();
        let path = "content/models/d/m.md";
        let allow = |path: &str, mode: u32| {
            fs::set_permissions(place.disk(path), fs::Permissions::from_mode(mode)).expect("its owner may");
        };
        allow(path, 0);
        // The superuser may read everything.
        let is_refused = fs::read(place.disk(path)).is_err();
        let expected = if is_refused { everything(&[path]) } else { Ok(Change::Nothing) };
        assert_eq!(place.check(&mut folder), expected);
        assert_eq!(folder.files[path].stamp.is_none(), is_refused, "what could not be read is tried again");
        allow(path, 0o644);
        assert_eq!(place.check(&mut folder), expected);
        allow("content/models/d", 0);
        let change = place.check(&mut folder);
        assert_eq!(change.is_ok_and(|change| change == Change::Nothing), !is_refused);
        allow("content/models/d", 0o755);
        place.check(&mut folder).expect("it is a site");
        assert_eq!(folder.diagnostics(), []);
    }

    #[test]
    fn what_is_no_file_is_told_until_it_is_one() {
        let place = Place::new(true);
        let mut folder = place.open();
        let path = "content/models/d/m.md";
        fs::remove_file(place.disk(path)).expect("it can be removed");
        let socket = UnixListener::bind(place.disk(path)).expect("sockets can be made");
        assert_eq!(folder.reread(&hints(&[path])), None);
        assert_eq!(place.check(&mut folder), everything(&[path]));
        drop(socket);
        fs::remove_file(place.disk(path)).expect("it can be removed");
        place.write(path, "One word");
        assert_eq!(place.check(&mut folder), everything(&[path]));
        assert_eq!(folder.diagnostics(), []);
    }

    /// Numbers that look random and are the same in every run.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
        }

        fn pick<T: Copy>(&mut self, list: &[T]) -> T {
            list[self.roll(list.len())]
        }
    }

    const PATHS: &[&str] = &[
        "content/site.toml",
        "content/a.md",
        "content/a.md/b.md",
        "content/a-b.md",
        "content/d",
        "content/d/a.toml",
        "content/d/e",
        "content/d/e/b.toml",
        "content/d/e/c.md",
        "content/x.txt",
        "content/.hidden.md",
        "content/d/a.toml~",
        "content/d/4913",
        "static",
        "static/logo.svg",
        "static/d",
        "static/d/f.bin",
        "static/.hidden",
        "static/.nojekyll",
        "drafts/a.md",
        "drafts/d/b.toml",
    ];

    const TEXTS: &[&[u8]] = &[b"", b"a = 1", b"a = 2", b"a = 3\n", b"\xef\xbb\xbfa = 1", b"caf\xe9", b"\xff\xfea\0"];

    /// Does something to the files; what it does may be impossible and then nothing happens. The paths that it touched.
    fn happen(place: &Place, dice: &mut Dice) -> Vec<&'static str> {
        let path = dice.pick(PATHS);
        let other = dice.pick(PATHS);
        let (disk, other_disk) = (place.disk(path), place.disk(other));
        let remove = |disk: &Path| match fs::symlink_metadata(disk) {
            Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(disk),
            Ok(_) => fs::remove_file(disk),
            Err(error) => Err(error),
        };
        let make_way = |disk: &Path| {
            let folder = disk.parent().expect("it is below the root");
            fs::create_dir_all(folder).is_ok()
        };
        let text = dice.pick(TEXTS);
        match dice.roll(12) {
            0 => {
                let _ = make_way(&disk) && fs::write(&disk, text).is_ok();
            }
            1..=4 => {
                let _ = fs::write(&disk, text);
                return vec![path];
            }
            5 => {
                // The time stays what it was.
                let then = fs::metadata(&disk).and_then(|metadata| metadata.modified());
                let written = File::options().write(true).truncate(true).open(&disk).and_then(|mut file| {
                    std::io::Write::write_all(&mut file, text)?;
                    file.set_times(FileTimes::new().set_modified(then?))
                });
                drop(written);
                return vec![path];
            }
            6 => {
                // As editors save.
                let temporary = place.disk("content/saving.tmp");
                let _ = fs::write(&temporary, text).is_ok() && fs::rename(&temporary, &disk).is_ok();
                let _ = fs::remove_file(&temporary);
                return vec![path, "content/saving.tmp"];
            }
            7 => drop(remove(&disk)),
            8 => {
                let _ = make_way(&other_disk) && fs::rename(&disk, &other_disk).is_ok();
            }
            9 => {
                let target = dice.pick(&["a.md", "../drafts/a.md", "../../drafts/d/b.toml", "nowhere", "..", "../.."]);
                drop(remove(&disk));
                let _ = make_way(&disk) && symlink(target, &disk).is_ok();
            }
            10 => drop(fs::create_dir_all(&disk)),
            _ => {
                drop(remove(&disk));
                let _ = make_way(&disk) && fs::write(&disk, text).is_ok();
            }
        }
        let parents = |path: &'static str| path.match_indices('/').map(move |(end, _)| &path[..end]).chain([path]);
        parents(path).chain(parents(other)).collect()
    }

    #[test]
    fn after_any_changes_it_is_what_a_fresh_look_sees() {
        let mut kinds = BTreeMap::new();
        for seed in 1..=6 {
            let place = Place::new(seed % 2 == 0);
            let mut folder = place.open();
            let mut dice = Dice(seed);
            for _ in 0..80 {
                let mut touched = BTreeSet::new();
                for _ in 0..=dice.roll(3) {
                    touched.extend(happen(&place, &mut dice));
                }
                if dice.roll(8) == 0 {
                    // The whole content goes, and what is left of it is back some time later.
                    let (content, away) = (place.disk("content"), place.disk("away"));
                    let _ = fs::rename(&content, &away).is_err() && fs::rename(&away, &content).is_err();
                    touched.insert("content");
                }
                if dice.roll(2) == 0 {
                    // All that was touched is known, so when that is enough there is nothing left to see.
                    let touched: BTreeSet<String> = touched.into_iter().map(str::to_owned).collect();
                    if folder.reread(&touched).is_some() {
                        *kinds.entry("hints").or_default() += 1;
                        let change = place.check(&mut folder);
                        assert!(matches!(change, Ok(Change::Nothing) | Err(_)), "{touched:?} {change:?}");
                        continue;
                    }
                }
                let kind = place.check(&mut folder).map_or("error", |change| kind(&change).0);
                *kinds.entry(kind).or_insert(0) += 1;
            }
        }
        // It all came up, or the test would say little.
        for kind in ["nothing", "texts", "everything", "error", "hints"] {
            assert!(kinds.get(kind).is_some_and(|count| *count >= 5), "{kinds:?}");
        }
    }
}
