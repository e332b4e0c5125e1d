//! Reading folders: what is taken, what is left out, and broken sites that git cannot hold.

mod broken;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use broken::{all_diagnostics, codes_of};
use modelfolio::diagnostic::text;
use modelfolio::files::SourceTree;
use modelfolio::load::{LoadError, find_root, load};
use modelfolio::source::parse;
use tempfile::TempDir;

/// A small site in a temporary folder with these files.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write(folder.path(), "content/site.toml", b"title = \"Made\"\n");
    write(folder.path(), "content/developers/x.toml", b"name = \"X\"\n");
    write(folder.path(), "content/models/x/x.toml", b"name = \"X\"\n");
    for (path, bytes) in files {
        write(folder.path(), path, bytes);
    }
    folder
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it is below the root")).expect("the folder can be made");
    fs::write(path, bytes).expect("the file can be written");
}

/// The text of all diagnostics of this site, which are all of this code.
fn only(root: &Path, code: &str) -> String {
    let (tree, diagnostics) = all_diagnostics(root);
    let shown = text::render_all(&tree, &diagnostics, false);
    assert_eq!(codes_of(&diagnostics), BTreeSet::from([code]), "{shown}");
    shown
}

fn paths(tree: &SourceTree) -> Vec<&str> {
    tree.iter().map(|(_, file)| file.path.as_str()).collect()
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let unix = "name = \"Ünïcode\"\n# a comment\naliases = [\n  \"a\",\n  \"b\",\n]\nparameters = 200_000\n";
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    let folder = site(&[
        ("content/models/x/a.toml", windows.as_bytes()),
        ("content/models/x/a.md", "\u{feff}Text\r\n".as_bytes()),
    ]);
    let (tree, diagnostics) = all_diagnostics(folder.path());
    assert_eq!(diagnostics, []);
    let (sources, _) = parse(&tree);
    let model = &sources.models[0];
    // Places are those in the text as stored.
    let text = &tree.get(model.file).text;
    let window = model.value.parameters.as_ref().expect("it is given");
    assert_eq!(&text[window.span.start()..window.span.end()], "200_000");
    let second = &model.value.aliases[1];
    assert_eq!(&text[second.span.start()..second.span.end()], "\"b\"");
    assert_eq!(model.value.name.value, "Ünïcode");
    let description = model.description.expect("it is beside the model");
    assert_eq!(tree.get(description).text, "Text\r\n");
}

#[test]
fn hidden_files_and_those_that_editors_leave_behind_are_passed_over() {
    let folder = site(&[
        ("content/models/x/.a.toml.swp", b"\xff"),
        ("content/models/x/a.toml~", b"\xff"),
        ("content/models/x/#a.toml#", b"\xff"),
        ("content/models/.git/config", b"\xff"),
        ("content/.DS_Store", b"\xff"),
        ("static/.DS_Store", b""),
        ("static/logo.svg~", b""),
        ("static/.nojekyll", b""),
        ("static/.well-known/security.txt", b"Contact: me"),
        ("static/theme/tokens.css", b":root {}"),
        ("static/empty", b""),
    ]);
    let (tree, diagnostics) = load(folder.path()).expect("it is a site");
    assert_eq!(diagnostics, []);
    assert_eq!(paths(&tree), ["content/developers/x.toml", "content/models/x/x.toml", "content/site.toml"]);
    let statics: Vec<_> = tree.statics().iter().map(|file| file.path.as_str()).collect();
    assert_eq!(statics, [".nojekyll", ".well-known/security.txt", "empty", "theme/tokens.css"]);
}

#[test]
fn a_folder_without_content_says_how_to_begin() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let error = load(folder.path()).expect_err("there is nothing");
    assert!(matches!(error, LoadError::NoContent { .. }));
    assert!(error.to_string().contains("modelfolio new"), "{error}");
    let error = load(&folder.path().join("nowhere")).expect_err("there is nothing");
    assert!(matches!(error, LoadError::Root { .. }) && error.to_string().contains("nowhere"), "{error}");
}

#[test]
fn the_root_is_found_from_below() {
    let folder = site(&[("content/models/x/a.toml", b"")]);
    let root = find_root(&folder.path().join("content/models/x")).expect("it is above");
    assert_eq!(fs::canonicalize(root).expect("it exists"), fs::canonicalize(folder.path()).expect("it exists"));
    let empty = tempfile::tempdir().expect("a temporary folder can be made");
    assert_eq!(find_root(empty.path()), None);
}

#[test]
fn text_that_is_not_utf8_is_refused_with_its_place_and_its_texts_are_no_orphans() {
    let folder = site(&[
        ("content/models/x/a.toml", b"name = \"a\"\r\nfamily = \"\xc3\xa9t\xe9\"\r\n"),
        ("content/models/x/a.md", b"Text"),
        ("content/models/x/b.toml", b"\xff\xfen\0"),
    ]);
    let shown = only(folder.path(), "not-utf8");
    assert!(shown.contains("a.toml:2:13") && shown.contains("0xe9 at line 2, column 13"), "{shown}");
    assert!(shown.contains("UTF-16"), "{shown}");
    let (tree, _) = load(folder.path()).expect("it is a site");
    let (sources, _) = parse(&tree);
    let broken: Vec<_> = sources.broken.iter().map(|broken| broken.path.as_str()).collect();
    assert_eq!(broken, ["content/models/x/a.toml", "content/models/x/b.toml"]);
}

#[test]
fn a_file_of_megabytes_is_refused() {
    let limit = usize::try_from(modelfolio::load::TEXT_LIMIT).expect("it fits");
    let folder = site(&[("content/pages/a.md", &vec![b'x'; limit]), ("content/pages/b.md", &vec![b'x'; limit + 1])]);
    let shown = only(folder.path(), "file-too-large");
    assert!(shown.contains("pages/b.md") && !shown.contains("pages/a.md"), "{shown}");
}

#[test]
fn the_order_in_which_folders_are_listed_does_not_matter() {
    let names = ["c", "a", "b", "A", "a-b", "a.b"];
    let one = site(&[]);
    let other = site(&[]);
    for name in names {
        write(one.path(), &format!("content/models/x/{name}.toml"), b"name = 1\nnmae = 2\n");
    }
    for name in names.iter().rev() {
        write(other.path(), &format!("content/models/x/{name}.toml"), b"name = 1\nnmae = 2\n");
    }
    let shown = |root: &Path| {
        let (tree, diagnostics) = all_diagnostics(root);
        text::render_all(&tree, &diagnostics, false)
    };
    assert_eq!(shown(one.path()), shown(other.path()));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_name_that_is_not_utf8_is_refused() {
        let folder = site(&[("content/models/x/line\nbreak.toml", b""), ("content/pages/a\\b.md", b"")]);
        let path = folder.path().join("content/models/x").join(OsStr::from_bytes(b"caf\xe9.toml"));
        // Some systems (macOS) do not take such a name at all.
        let taken = fs::write(path, b"name = \"x\"").is_ok();
        let shown = only(folder.path(), "bad-file-name");
        assert_eq!(shown.matches("error[").count(), if taken { 3 } else { 2 }, "{shown}");
    }

    #[test]
    fn a_file_that_not_every_system_can_hold_is_refused() {
        let folder =
            site(&[("static/aux.svg", b"<svg/>"), ("static/50%.txt", b""), ("content/pages/what?.md", b"# ?")]);
        let shown = only(folder.path(), "invalid-path");
        assert_eq!(shown.matches("error[").count(), 3, "{shown}");
    }

    #[test]
    fn a_link_to_a_file_of_the_site_is_followed() {
        let folder = site(&[("shared/a.toml", b"name = \"a\"\n"), ("content/models/x/b.toml", b"name = \"b\"\n")]);
        symlink("../../../shared/a.toml", folder.path().join("content/models/x/a.toml")).expect("links can be made");
        let (tree, diagnostics) = load(folder.path()).expect("it is a site");
        assert_eq!(diagnostics, []);
        assert!(tree.find("content/models/x/a.toml").is_some());
    }

    #[test]
    fn a_link_that_leaves_the_site_is_refused() {
        let outside = site(&[("secret", b"secret")]);
        let folder = site(&[("static/x", b"")]);
        symlink(outside.path().join("secret"), folder.path().join("static/secret")).expect("links can be made");
        symlink(outside.path().join("content"), folder.path().join("content/benchmarks")).expect("links can be made");
        let shown = only(folder.path(), "symlink-outside");
        assert!(shown.contains("static/secret") && shown.contains("content/benchmarks"), "{shown}");
        assert_eq!(load(folder.path()).expect("it is a site").0.statics().len(), 1);
    }

    #[test]
    fn a_content_folder_that_is_a_link_to_elsewhere_is_refused() {
        let outside = site(&[]);
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        symlink(outside.path().join("content"), folder.path().join("content")).expect("links can be made");
        only(folder.path(), "symlink-outside");
    }

    #[test]
    fn a_link_that_leads_nowhere_or_to_itself_is_refused() {
        let folder = site(&[]);
        symlink("gone.toml", folder.path().join("content/gone.toml")).expect("links can be made");
        fs::create_dir(folder.path().join("static")).expect("the folder can be made");
        symlink("round", folder.path().join("static/round")).expect("links can be made");
        let shown = only(folder.path(), "dangling-symlink");
        assert_eq!(shown.matches("error[").count(), 2, "{shown}");
    }

    #[test]
    fn a_link_to_a_folder_is_refused_and_does_not_loop() {
        let folder = site(&[("content/models/x/a.toml", b"name = \"a\"\n")]);
        symlink("..", folder.path().join("content/models/up")).expect("links can be made");
        only(folder.path(), "symlink-folder");
    }

    #[test]
    fn what_is_no_file_or_may_not_be_read_is_refused() {
        let folder = site(&[("content/models/x/a.md", b"Text"), ("content/pages/locked.md", b"")]);
        let _socket = UnixListener::bind(folder.path().join("content/models/x/a.toml")).expect("sockets can be made");
        let locked = folder.path().join("content/pages/locked.md");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("its owner may");
        // The superuser may read everything.
        let expected = if fs::read(&locked).is_ok() { 1 } else { 2 };
        let shown = only(folder.path(), "unreadable-file");
        assert_eq!(shown.matches("error[").count(), expected, "{shown}");
    }
}
