//! A folder that is read again is held against the same folder read anew, after every kind of change.

#[cfg(unix)]
mod unix;

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
