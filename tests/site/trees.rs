//! Folders as values: every file with its bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files below a folder by their paths.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// Reads a folder.
pub(crate) fn read(folder: &Path) -> Tree {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be walked"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("it is below the folder");
            (path.to_string_lossy().replace('\\', "/"), fs::read(entry.path()).expect("the file can be read"))
        })
        .collect()
}

/// Writes files into a folder.
pub(crate) fn write(tree: &Tree, folder: &Path) {
    for (path, bytes) in tree {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    write(&read(from), to);
}

/// How two trees differ, for people: the first lines that do, of the first files that do.
pub(crate) fn difference(expected: &Tree, found: &Tree) -> Option<String> {
    let paths: std::collections::BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let differences: Vec<String> = paths
        .into_iter()
        .filter_map(|path| match (expected.get(path), found.get(path)) {
            (Some(a), Some(b)) if a == b => None,
            (Some(a), Some(b)) => Some(format!("~ {path}\n{}", first_line(a, b))),
            (Some(_), None) => Some(format!("- {path} is missing\n")),
            (None, _) => Some(format!("+ {path} is new\n")),
        })
        .collect();
    let more = differences.len().saturating_sub(10);
    let shown: String = differences.iter().take(10).map(String::as_str).collect();
    (!differences.is_empty()).then(|| if more > 0 { format!("{shown}and {more} more\n") } else { shown })
}

fn first_line(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    match lines.find(|(_, (a, b))| a != b) {
        Some((number, (a, b))) => format!("  line {}\n  - {}\n  + {}\n", number + 1, around(a, b), around(b, a)),
        None => "  one is longer than the other\n".to_owned(),
    }
}

/// The part of a line from a little before where it differs.
fn around(line: &str, other: &str) -> String {
    let same = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    line.chars().skip(same.saturating_sub(40)).take(160).collect()
}
