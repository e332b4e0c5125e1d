//! The whole site of `tests/fixtures/complete`, file by file.

use crate::{binary, trees};

/// The pages as the templates make them, which can be read in a diff.
#[test]
fn complete_site_is_as_it_was_blessed() {
    let out = tempfile::tempdir().unwrap();
    let public = out.path().join("public");
    binary::build(&binary::complete(), &public, &["--no-minify", "--strict"]);
    let expected_folder = binary::repository().join("tests/fixtures/complete.expected");
    let found = trees::read(&public);
    if std::env::var_os("BLESS").is_some() {
        if expected_folder.exists() {
            std::fs::remove_dir_all(&expected_folder).unwrap();
        }
        trees::write(&found, &expected_folder);
    }
    let expected = trees::read(&expected_folder);
    if let Some(difference) = trees::difference(&expected, &found) {
        panic!(
            "the site is not as it was:\n{difference}\nIf that is right: BLESS=1 cargo test --test site golden, then read the diff"
        );
    }
}

/// A minified page differs from the templates' own in white space and the like, and in nothing that is read.
#[test]
fn minified_site_has_the_same_files() {
    let out = tempfile::tempdir().unwrap();
    let (plain, small) = (out.path().join("plain"), out.path().join("small"));
    binary::build(&binary::complete(), &plain, &["--no-minify"]);
    let printed = binary::build(&binary::complete(), &small, &[]);
    assert!(!binary::text(&printed.stderr).contains("not-minified"), "{}", binary::text(&printed.stderr));
    let (plain, small) = (trees::read(&plain), trees::read(&small));
    assert_eq!(plain.keys().collect::<Vec<_>>(), small.keys().collect::<Vec<_>>());
    for (path, bytes) in &plain {
        assert!(small[path].len() <= bytes.len(), "{path} grew");
    }
}
