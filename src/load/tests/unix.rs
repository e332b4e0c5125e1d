//! What only some systems have: links, permissions, sockets; and a folder to which anything happens.

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
