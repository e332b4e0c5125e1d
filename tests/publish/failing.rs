//! A machine that fails: the old site stays.

use std::fs;
use std::io;
use std::sync::atomic::AtomicUsize;

use modelfolio::publish::{Publication, Target, publish};
use modelfolio::site::{Site, SitePath};

#[cfg(target_os = "linux")]
use crate::disks::Mount;
use crate::disks::Refusing;
use crate::{PAGE, clean, project, site, tree};

/// Two sites between which files give way to folders and folders to files.
fn sites() -> (Site, Site) {
    let old = site(&[
        ("index.html", PAGE),
        ("gone/index.html", PAGE),
        ("style.css", "a{}"),
        ("turns-into-file/a.txt", "a"),
        ("turns-into-folder", "b"),
        ("Case/index.html", PAGE),
    ]);
    let new = site(&[
        ("index.html", "<p>two</p>"),
        ("new/deep/index.html", PAGE),
        ("style.css", "b{}"),
        ("turns-into-file", "c"),
        ("turns-into-folder/deep/index.html", PAGE),
        ("case/index.html", PAGE),
    ]);
    (old, new)
}

#[test]
fn a_full_disk_leaves_the_old_site_byte_for_byte() {
    let (old, new) = sites();
    // The record, and each file and folder of the new site.
    for takes in 0.. {
        let (_folder, target) = project();
        publish(&target, &old).unwrap();
        let before = tree(&target.out);
        let disk = Refusing { takes_left: AtomicUsize::new(takes), kind: io::ErrorKind::StorageFull };
        let result = Publication::prepare(&target, &new).unwrap().write_to(&disk);
        let Err(error) = result else {
            // What is still to come is the last writing of the record, which must have been refused too.
            assert!(takes > 12, "full at each step");
            break;
        };
        assert!(error.to_string().contains("free some space"), "{error}");
        assert!(error.to_string().contains("public"), "{error}");
        let after = tree(&target.out);
        assert!(after == before || after == clean(&new), "full after {takes} files and folders");
        assert_eq!(after == before, takes < 12, "full after {takes} files and folders");
        publish(&target, &new).unwrap();
        assert_eq!(tree(&target.out), clean(&new));
    }
}

#[test]
fn the_record_does_not_grow_with_builds_that_fail() {
    let (_folder, target) = project();
    let (old, new) = sites();
    publish(&target, &old).unwrap();
    let mut sizes = (0..3).map(|_| {
        let disk = Refusing { takes_left: AtomicUsize::new(3), kind: io::ErrorKind::StorageFull };
        Publication::prepare(&target, &new).unwrap().write_to(&disk).unwrap_err();
        fs::metadata(target.root.join(".public.modelfolio")).unwrap().len()
    });
    let first = sizes.next();
    assert!(sizes.all(|size| Some(size) == first));
}

#[test]
fn a_folder_that_cannot_be_written_is_named_with_advice() {
    let (_folder, target) = project();
    let (old, _) = sites();
    for (kind, advice) in [
        (io::ErrorKind::ReadOnlyFilesystem, "choose a folder that can be written"),
        (io::ErrorKind::PermissionDenied, "allow yourself to write there"),
    ] {
        let disk = Refusing { takes_left: AtomicUsize::new(0), kind };
        let error = Publication::prepare(&target, &old).unwrap().write_to(&disk).unwrap_err();
        assert!(error.to_string().contains(advice), "{error}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_really_full_or_read_only_leaves_the_old_site() {
    let Some(mount) = Mount::new() else { return };
    let (_folder, target) = project();
    let target = Target { out: mount.0.path().join("public"), ..target };
    let (old, new) = sites();
    publish(&target, &old).unwrap();
    let before = tree(&target.out);
    // The report that began it: a folder becomes a file in the build that fills the disk.
    let mut big = new.clone();
    big.insert(SitePath::new("big.bin").unwrap(), "big", vec![7; 1 << 20]).unwrap();
    let error = publish(&target, &big).unwrap_err();
    assert!(error.to_string().contains("big.bin") && error.to_string().contains("free some space"), "{error}");
    assert_eq!(tree(&target.out), before);
    assert!(mount.run("mount", &["-o", "remount,ro"]));
    let error = publish(&target, &new).unwrap_err();
    assert!(error.to_string().contains("choose a folder that can be written"), "{error}");
    assert_eq!(tree(&target.out), before);
    assert!(mount.run("mount", &["-o", "remount,rw"]));
    publish(&target, &new).unwrap();
    assert_eq!(tree(&target.out), clean(&new));
}
