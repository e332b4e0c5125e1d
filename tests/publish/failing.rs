//! A machine that fails: the old site stays.

use std::io;
use std::sync::atomic::AtomicUsize;

use modelfolio::publish::{Publication, Target, publish};
use modelfolio::site::{Site, SitePath};

#[cfg(target_os = "linux")]
use crate::disks::Mount;
use crate::disks::Refusing;
use crate::{PAGE, clean, project, site, tree};

/// Two sites between which nothing has to give way before the new files are there.
fn plain_sites() -> (Site, Site) {
    let old = site(&[("index.html", PAGE), ("gone/index.html", PAGE), ("style.css", "a{}")]);
    let new = site(&[("index.html", "<p>two</p>"), ("new/deep/index.html", PAGE), ("style.css", "b{}")]);
    (old, new)
}

#[test]
fn a_full_disk_leaves_the_old_site_byte_for_byte() {
    let (old, new) = plain_sites();
    // One write is the record; each of the next three is a file of the site.
    for writes in 0..4 {
        let (_folder, target) = project();
        publish(&target, &old).unwrap();
        let before = tree(&target.out);
        let disk = Refusing { writes_left: AtomicUsize::new(writes), kind: io::ErrorKind::StorageFull };
        let error = Publication::prepare(&target, &new).unwrap().write_to(&disk).unwrap_err();
        assert!(error.to_string().contains("free some space"), "{error}");
        assert!(error.to_string().contains("public"), "{error}");
        assert_eq!(tree(&target.out), before, "full after {writes} files");
        publish(&target, &new).unwrap();
        assert_eq!(tree(&target.out), clean(&new));
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named_with_advice() {
    let (_folder, target) = project();
    let (old, _) = plain_sites();
    for (kind, advice) in [
        (io::ErrorKind::ReadOnlyFilesystem, "choose a folder that can be written"),
        (io::ErrorKind::PermissionDenied, "allow yourself to write there"),
    ] {
        let disk = Refusing { writes_left: AtomicUsize::new(0), kind };
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
    let (old, new) = plain_sites();
    publish(&target, &old).unwrap();
    let before = tree(&target.out);
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
