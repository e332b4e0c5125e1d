//! Compressed copies beside texts.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use modelfolio::publish::{Publication, PublishError, Published, Target, publish};
use modelfolio::site::{Site, SitePath};
use tempfile::TempDir;

use crate::disks::Mortal;
use crate::{paths, project, site, tree};

/// A project that is published with compressed copies.
fn compressing() -> (TempDir, Target) {
    let (folder, target) = project();
    (folder, Target { precompress: true, ..target })
}

/// A page that is worth it.
fn page(word: &str) -> String {
    format!("<!doctype html>\n<p>{}</p>\n", format!("{word} ").repeat(600).trim_end())
}

/// Text in which nothing comes again: no copy of it would be smaller.
fn noise() -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..2_000).map(|_| next()).collect()
}

fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = fs::read(path).unwrap();
    let mut text = Vec::new();
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("br") => brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut text).unwrap(),
        Some("gz") => flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut text).unwrap(),
        other => panic!("{other:?}"),
    };
    text
}

#[test]
fn every_copy_holds_what_is_published_and_the_second_build_touches_nothing() {
    let (_folder, target) = compressing();
    let mut site = site(&[("index.html", &page("one")), ("a/style.css", &page("two")), ("tiny.html", "<p>x</p>")]);
    site.insert(SitePath::new("_headers").unwrap(), "h", page("three").into_bytes()).unwrap();
    site.insert(SitePath::new("logo.png").unwrap(), "l", page("four").into_bytes()).unwrap();
    let published = publish(&target, &site).unwrap();
    let copies = ["a/style.css.br", "a/style.css.gz", "index.html.br", "index.html.gz"];
    let found = paths(&published.added);
    assert_eq!(
        found.iter().filter(|path| path.ends_with(".br") || path.ends_with(".gz")).collect::<Vec<_>>(),
        copies.iter().collect::<Vec<_>>()
    );
    for copy in copies {
        let (original, _) = copy.rsplit_once('.').unwrap();
        assert_eq!(unpacked(&target.out.join(copy)), fs::read(target.out.join(original)).unwrap(), "{copy}");
        assert!(fs::metadata(target.out.join(copy)).unwrap().len() < 100, "{copy}");
    }
    let again = Publication::prepare(&target, &site).unwrap().write_to(&Mortal::after(0)).unwrap();
    assert_eq!(again, Published { unchanged: 9, ..Published::default() });
    let (_other, elsewhere) = compressing();
    publish(&elsewhere, &site).unwrap();
    assert_eq!(tree(&elsewhere.out), tree(&target.out), "the same site gives the same bytes");
}

#[test]
fn an_edit_changes_the_copies_of_that_page_and_without_the_option_they_go() {
    let (_folder, mut target) = compressing();
    publish(&target, &site(&[("index.html", &page("one")), ("b.html", &page("two"))])).unwrap();
    let edited = site(&[("index.html", &page("one")), ("b.html", &page("three"))]);
    let published = publish(&target, &edited).unwrap();
    assert_eq!(paths(&published.changed), ["b.html", "b.html.br", "b.html.gz"]);
    assert_eq!((published.unchanged, published.added.len()), (3, 0));
    target.precompress = false;
    let published = publish(&target, &edited).unwrap();
    assert_eq!(paths(&published.removed), ["b.html.br", "b.html.gz", "index.html.br", "index.html.gz"]);
    assert_eq!((published.unchanged, published.changed.len()), (2, 0), "the pages stay as they are");
    target.precompress = true;
    assert_eq!(publish(&target, &edited).unwrap().added.len(), 4);
    target.minify = false;
    assert_eq!(publish(&target, &edited).unwrap().changed.len(), 6);
    assert_eq!(unpacked(&target.out.join("b.html.br")), page("three").into_bytes());
}

#[test]
fn a_copy_that_would_not_be_smaller_is_left_out_and_not_tried_again() {
    let (_folder, target) = compressing();
    let with = |bytes: Vec<u8>| {
        let mut site = Site::default();
        site.insert(SitePath::new("data.txt").unwrap(), "maker", bytes).unwrap();
        site
    };
    assert_eq!(paths(&publish(&target, &with(noise())).unwrap().added), ["data.txt"]);
    let record = fs::read_to_string(target.root.join(".public.modelfolio")).unwrap();
    assert_eq!(record.lines().filter(|line| line.starts_with("none ")).count(), 2, "{record}");
    let again = Publication::prepare(&target, &with(noise())).unwrap().write_to(&Mortal::after(0)).unwrap();
    assert_eq!(again, Published { unchanged: 1, ..Published::default() });
    let text = publish(&target, &with(page("x").into_bytes())).unwrap();
    assert_eq!(paths(&text.added), ["data.txt.br", "data.txt.gz"]);
    let noise = publish(&target, &with(noise())).unwrap();
    assert_eq!(paths(&noise.removed), ["data.txt.br", "data.txt.gz"]);
}

#[test]
fn a_copy_that_an_author_made_stays_and_one_of_others_is_not_replaced() {
    let (_folder, mut target) = compressing();
    let own = site(&[("a.css", &page("one")), ("a.css.br", "mine"), ("a.css.GZ", "mine")]);
    assert_eq!(publish(&target, &own).unwrap().added.len(), 3);
    assert_eq!(fs::read(target.out.join("a.css.br")).unwrap(), b"mine");
    fs::write(target.out.join("b.css.br"), "of somebody").unwrap();
    let more = site(&[("b.css", &page("one"))]);
    assert!(matches!(publish(&target, &more), Err(PublishError::ForeignFile { .. })));
    target.force = true;
    publish(&target, &more).unwrap();
    assert_eq!(unpacked(&target.out.join("b.css.br")), page("one").into_bytes());
}

#[test]
fn a_build_killed_anywhere_is_made_good_by_the_next() {
    let first = site(&[("index.html", &page("one")), ("gone/x.html", &page("two")), ("a.css.br/x", "1")]);
    let second = site(&[("index.html", &page("two")), ("new/x.html", &page("two")), ("a.css", &page("a"))]);
    let clean = |site: &Site| {
        let (_folder, target) = compressing();
        publish(&target, site).unwrap();
        tree(&target.out)
    };
    let (before, expected) = (clean(&first), clean(&second));
    for changes in 0.. {
        let (_folder, target) = compressing();
        publish(&target, &first).unwrap();
        let done = Publication::prepare(&target, &second).unwrap().write_to(&Mortal::after(changes)).is_ok();
        for (path, file) in tree(&target.out) {
            let leftover = path.file_name().unwrap().to_string_lossy().starts_with(".modelfolio-");
            let whole = [&before, &expected].iter().any(|tree| tree.get(&path) == Some(&file));
            assert!(leftover || whole, "after {changes} changes {} is neither old nor new", path.display());
        }
        publish(&target, &second).unwrap();
        assert_eq!(tree(&target.out), expected, "killed after {changes} changes");
        assert_eq!(publish(&target, &second).unwrap().unchanged, 9, "the third build has nothing to do");
        if done {
            assert!(changes > 15, "the build was killed at each change");
            return;
        }
    }
}
