//! Publishing: killed anywhere, refused, disturbed, and made good again.

#![allow(clippy::unwrap_used)]

mod compressed;
mod disks;
mod failing;
mod killed;
mod settled;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use modelfolio::publish::{Publication, PublishError, Published, Target, publish};
use modelfolio::site::{Site, SitePath};
use tempfile::TempDir;

use disks::Mortal;

fn site(files: &[(&str, &str)]) -> Site {
    let mut site = Site::default();
    for (path, text) in files {
        site.insert(SitePath::new(*path).unwrap(), format!("maker of {path}"), text.as_bytes().to_vec()).unwrap();
    }
    site
}

/// A project folder with `content/`, and the target `public` in it.
fn project() -> (TempDir, Target) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("project/content")).unwrap();
    let root = folder.path().join("project");
    let target = Target::new(&root, root.join("public"));
    (folder, target)
}

/// Every file and folder below: bytes, and the mode where there are modes.
fn tree(folder: &Path) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let bytes = if metadata.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            found.insert(path.strip_prefix(folder).unwrap().to_owned(), (mode(&metadata), bytes));
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    found
}

#[cfg(unix)]
fn mode(metadata: &fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode()
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> u32 {
    0
}

fn clean(site: &Site) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let (_folder, target) = project();
    publish(&target, site).unwrap();
    tree(&target.out)
}

fn paths(list: &[SitePath]) -> Vec<&str> {
    list.iter().map(SitePath::as_str).collect()
}

const PAGE: &str = "<!doctype html>\n<p>one</p>\n";

fn old_site() -> Site {
    site(&[
        ("index.html", PAGE),
        ("style.css", "a{}"),
        ("gone/deep/index.html", PAGE),
        ("gone/deep/data.json", "{}"),
        ("turns-into-folder", "x"),
        ("turns-into-file/index.html", PAGE),
        ("models/a/index.html", PAGE),
    ])
}

fn new_site() -> Site {
    site(&[
        ("index.html", "<!doctype html>\n<p>two</p>\n"),
        ("style.css", "a{}"),
        ("new/deep/index.html", PAGE),
        ("new/deep/data.json", "{}"),
        ("turns-into-folder/index.html", PAGE),
        ("turns-into-file", "y"),
        ("models/a/index.html", PAGE),
        ("models/b/index.html", PAGE),
    ])
}

#[test]
fn the_second_build_touches_nothing() {
    let (_folder, target) = project();
    let first = publish(&target, &old_site()).unwrap();
    assert_eq!((first.added.len(), first.unchanged), (7, 0));
    let second = Publication::prepare(&target, &old_site()).unwrap().write_to(&Mortal::after(0)).unwrap();
    assert_eq!(second, Published { unchanged: 7, ..Published::default() });
}

#[test]
fn what_changed_is_told_and_the_rest_keeps_its_time() {
    let (_folder, target) = project();
    publish(&target, &old_site()).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let set = |path: &str| File::options().write(true).open(target.out.join(path)).unwrap().set_modified(long_ago);
    set("style.css").unwrap();
    set("models/a/index.html").unwrap();
    let published = publish(&target, &new_site()).unwrap();
    assert_eq!(
        paths(&published.added),
        [
            "models/b/index.html",
            "new/deep/data.json",
            "new/deep/index.html",
            "turns-into-file",
            "turns-into-folder/index.html"
        ]
    );
    assert_eq!(paths(&published.changed), ["index.html"]);
    assert_eq!(
        paths(&published.removed),
        ["gone/deep/data.json", "gone/deep/index.html", "turns-into-file/index.html", "turns-into-folder"]
    );
    assert_eq!(published.unchanged, 2);
    for path in ["style.css", "models/a/index.html"] {
        assert_eq!(fs::metadata(target.out.join(path)).unwrap().modified().unwrap(), long_ago, "{path}");
    }
}

#[test]
fn files_of_others_stay_and_so_do_their_folders() {
    let (_folder, target) = project();
    fs::create_dir_all(target.out.join(".git")).unwrap();
    fs::write(target.out.join(".git/HEAD"), "ref").unwrap();
    publish(&target, &old_site()).unwrap();
    fs::write(target.out.join("CNAME"), "example.org").unwrap();
    fs::write(target.out.join("gone/deep/mine.txt"), "mine").unwrap();
    publish(&target, &new_site()).unwrap();
    let tree = tree(&target.out);
    for path in [".git/HEAD", "CNAME", "gone/deep/mine.txt"] {
        assert!(tree.contains_key(Path::new(path)), "{path}");
    }
    assert!(!tree.contains_key(Path::new("gone/deep/index.html")));
}

#[test]
fn a_page_that_somebody_changed_is_put_right_or_left_when_it_is_no_longer_ours() {
    let (_folder, target) = project();
    publish(&target, &old_site()).unwrap();
    let page = target.out.join("models/a/index.html");
    let bytes = fs::read(&page).unwrap();
    // Of the same size, and with the old time put back.
    let modified = fs::metadata(&page).unwrap().modified().unwrap();
    fs::write(&page, vec![b'x'; bytes.len()]).unwrap();
    File::options().write(true).open(&page).unwrap().set_modified(modified).unwrap();
    fs::write(target.out.join("gone/deep/index.html"), "edited").unwrap();
    let published = publish(&target, &new_site()).unwrap();
    assert_eq!(fs::read(&page).unwrap(), bytes);
    assert_eq!(published.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["left-file"]);
    assert_eq!(fs::read(target.out.join("gone/deep/index.html")).unwrap(), b"edited");
    assert!(publish(&target, &new_site()).unwrap().warnings.is_empty(), "from now on it is theirs");
}

#[test]
fn a_folder_of_others_is_refused_unless_forced() {
    let (_folder, mut target) = project();
    fs::create_dir(&target.out).unwrap();
    fs::write(target.out.join("index.html"), "mine").unwrap();
    fs::write(target.out.join("notes.txt"), "mine").unwrap();
    assert!(matches!(publish(&target, &old_site()), Err(PublishError::ForeignFolder { .. })));
    assert_eq!(tree(&target.out).len(), 2);
    target.force = true;
    publish(&target, &old_site()).unwrap();
    assert_eq!(fs::read(target.out.join("notes.txt")).unwrap(), b"mine");
    assert_ne!(fs::read(target.out.join("index.html")).unwrap(), b"mine");
}

#[test]
fn a_file_of_others_is_not_replaced_by_a_new_page() {
    let (_folder, mut target) = project();
    publish(&target, &old_site()).unwrap();
    fs::create_dir_all(target.out.join("models/b")).unwrap();
    fs::write(target.out.join("models/b/index.html"), "mine").unwrap();
    let before = tree(&target.out);
    let error = publish(&target, &new_site()).unwrap_err();
    assert!(error.to_string().contains("models/b/index.html"), "{error}");
    assert_eq!(tree(&target.out), before);
    target.force = true;
    publish(&target, &new_site()).unwrap();
}

#[test]
fn what_is_in_the_way_is_not_removed() {
    let (_folder, target) = project();
    publish(&target, &old_site()).unwrap();
    fs::write(target.out.join("turns-into-file/mine.txt"), "mine").unwrap();
    let before = tree(&target.out);
    assert!(matches!(publish(&target, &new_site()), Err(PublishError::InTheWay { .. })));
    fs::remove_file(target.out.join("turns-into-file/mine.txt")).unwrap();
    fs::write(target.out.join("new"), "mine").unwrap();
    assert!(matches!(publish(&target, &new_site()), Err(PublishError::InTheWay { .. })));
    fs::remove_file(target.out.join("new")).unwrap();
    fs::create_dir(target.out.join("turns-into-file/mine")).unwrap();
    assert!(matches!(publish(&target, &new_site()), Err(PublishError::InTheWay { .. })));
    fs::remove_dir(target.out.join("turns-into-file/mine")).unwrap();
    let mut before = before;
    before.remove(Path::new("turns-into-file/mine.txt"));
    assert_eq!(tree(&target.out), before);
    publish(&target, &new_site()).unwrap();
}

#[test]
fn folders_that_would_endanger_the_sources_are_refused() {
    let (folder, target) = project();
    let root = target.root.clone();
    fs::write(root.join("content/site.toml"), "x").unwrap();
    for out in ["", "content", "content/public", "../project", "..", "../..", ".git", ".git/public", "static"] {
        for force in [false, true] {
            let target = Target { out: root.join(out), force, ..target.clone() };
            let error = publish(&target, &old_site()).unwrap_err();
            assert!(matches!(error, PublishError::UnsafeFolder { .. }), "{out}: {error}");
        }
    }
    assert_eq!(tree(folder.path()).len(), 3);
    let file = Target { out: root.join("content/../file"), ..target };
    fs::write(root.join("file"), "x").unwrap();
    assert!(matches!(publish(&file, &old_site()), Err(PublishError::UnsafeFolder { .. })));
}

#[test]
fn a_path_in_git_is_refused() {
    let (_folder, target) = project();
    let error = publish(&target, &site(&[(".git/hooks/post-checkout", "x")])).unwrap_err();
    assert!(matches!(error, PublishError::ReservedPath { .. }), "{error}");
}

#[test]
#[cfg(unix)]
fn nothing_is_written_or_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let (folder, target) = project();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    // The output folder itself.
    symlink(&elsewhere, &target.out).unwrap();
    for out in [target.out.clone(), target.out.join("")] {
        let target = Target { out, force: true, ..target.clone() };
        assert!(matches!(publish(&target, &old_site()), Err(PublishError::Link { .. })));
    }
    fs::remove_file(&target.out).unwrap();
    // A folder and a file in it.
    publish(&target, &old_site()).unwrap();
    fs::rename(target.out.join("models"), elsewhere.join("models")).unwrap();
    symlink(elsewhere.join("models"), target.out.join("models")).unwrap();
    assert!(matches!(publish(&target, &new_site()), Err(PublishError::Link { .. })));
    let without = publish(&target, &site(&[("index.html", PAGE)])).unwrap();
    assert_eq!(paths(&without.removed).iter().filter(|path| path.starts_with("models")).count(), 0);
    assert!(elsewhere.join("models/a/index.html").exists());
    fs::write(elsewhere.join("victim"), "x").unwrap();
    symlink(elsewhere.join("victim"), target.out.join("data.json")).unwrap();
    assert!(matches!(publish(&target, &site(&[("data.json", "{}")])), Err(PublishError::Link { .. })));
    assert_eq!(fs::read(elsewhere.join("victim")).unwrap(), b"x");
}

#[test]
fn two_builds_at_once_are_refused() {
    let (_folder, target) = project();
    let site = old_site();
    let first = Publication::prepare(&target, &site).unwrap();
    assert!(matches!(publish(&target, &site), Err(PublishError::Busy { .. })));
    first.write().unwrap();
    publish(&target, &site).unwrap();
}

#[test]
fn a_damaged_record_is_refused_unless_forced_or_nothing_is_there() {
    let (_folder, mut target) = project();
    publish(&target, &old_site()).unwrap();
    let record = target.root.join(".public.modelfolio");
    for text in ["", "{}", "modelfolio-manifest 1\nrecipe 0\nfile", "\u{0}"] {
        fs::write(&record, text).unwrap();
        assert!(matches!(publish(&target, &old_site()), Err(PublishError::DamagedManifest { .. })), "{text:?}");
    }
    target.force = true;
    let published = publish(&target, &old_site()).unwrap();
    assert_eq!((published.unchanged, published.warnings[0].code), (7, "damaged-manifest"));
    target.force = false;
    assert_eq!(publish(&target, &old_site()).unwrap().unchanged, 7);
    fs::remove_dir_all(&target.out).unwrap();
    fs::write(&record, "x").unwrap();
    assert_eq!(publish(&target, &old_site()).unwrap().added.len(), 7);
}

#[test]
fn a_lost_output_folder_is_written_again() {
    let (_folder, target) = project();
    publish(&target, &old_site()).unwrap();
    fs::remove_dir_all(&target.out).unwrap();
    publish(&target, &new_site()).unwrap();
    assert_eq!(tree(&target.out), clean(&new_site()));
}

#[test]
fn pages_are_minified_and_one_that_cannot_be_is_written_as_it_is_and_told_each_time() {
    let (_folder, mut target) = project();
    let odd = "<p id=odd> <code>a<span>b  c</span></code> </p>";
    let mut site = site(&[("index.html", PAGE), ("odd.html", odd), ("data.txt", PAGE)]);
    site.insert(SitePath::new("own.html").unwrap(), "static/own.html", PAGE.into()).unwrap();
    for _ in 0..2 {
        let published = publish(&target, &site).unwrap();
        assert_eq!(published.warnings.len(), 1);
        assert_eq!(
            (published.warnings[0].code, published.warnings[0].path.as_deref()),
            ("not-minified", Some("odd.html"))
        );
    }
    let read = |path: &str| fs::read_to_string(target.out.join(path)).unwrap();
    assert_eq!(read("index.html"), "<!doctype html><p>one</p>");
    assert_eq!(
        (read("odd.html"), read("data.txt"), read("own.html")),
        (odd.to_owned(), PAGE.to_owned(), PAGE.to_owned())
    );
    target.minify = false;
    let published = publish(&target, &site).unwrap();
    assert_eq!(paths(&published.changed), ["index.html"]);
    assert_eq!(fs::read_to_string(target.out.join("index.html")).unwrap(), PAGE);
}
