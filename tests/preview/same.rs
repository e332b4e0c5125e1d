//! What is served is what is built, byte for byte, but for the script that renews the page.

use std::collections::BTreeMap;
use std::path::Path;

use crate::at_root;
use crate::http::get;
use crate::program::{Program, TODAY, complete, modelfolio};

/// Every file that a build writes.
fn built(root: &Path, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().expect("a folder");
    let public = out.path().join("public");
    let mut command = modelfolio();
    command.args(["build", "--date", TODAY, "--root"]).arg(root).arg("--out").arg(&public).args(more);
    let output = command.output().expect("the binary can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let entries = walkdir::WalkDir::new(&public).into_iter().map(|entry| entry.expect("it can be listed"));
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&public).expect("it is below").to_string_lossy().replace('\\', "/");
            (path, std::fs::read(entry.path()).expect("it can be read"))
        })
        .collect()
}

/// The page without the one tag that the preview adds.
fn without_script(page: &str) -> String {
    let start = page.find("<script src=\"/.modelfolio/client.js?").expect("the page has the script");
    let end = page[start..].find("</script>").expect("the script ends") + start + "</script>".len();
    assert!(page[end..].starts_with("</head>"), "the script stands at the end of the head");
    let (before, after) = (&page[..start], &page[end..]);
    assert!(!after.contains("/.modelfolio/"), "it stands there once");
    format!("{before}{after}")
}

fn compare(root: &Path, base_path: &str, more: &[&str]) {
    let program = Program::serve(root, more);
    let built = built(root, more);
    assert!(built.len() > 15, "a site has files: {:?}", built.keys());
    for (path, bytes) in &built {
        let encoded: String = path
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
                byte => format!("%{byte:02x}"),
            })
            .collect();
        let answer = get(program.address, &format!("{base_path}{encoded}"));
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-length"), Some(answer.body.len().to_string().as_str()), "{path}");
        if path.ends_with(".html") {
            let page = String::from_utf8(bytes.clone()).expect("a page is text");
            assert_eq!(without_script(&answer.text()), page, "{path}");
        } else {
            assert!(answer.body == *bytes, "{path} differs");
        }
    }
    for (path, _) in built.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let folder = path.strip_suffix("index.html").expect("it was just asked");
        let [file, index] = [path, folder].map(|path| get(program.address, &format!("{base_path}{path}")));
        assert_eq!((file.status, file.headers(), file.body), (index.status, index.headers(), index.body), "{path}");
    }
}

#[test]
fn every_file_of_a_site_at_the_root() {
    compare(&complete(), "/", &["--base-url", "https://a.example/"]);
}

#[test]
fn every_file_of_a_site_below_a_path() {
    compare(&complete(), "/cards/", &["--base-url", "https://a.example/cards/"]);
}

#[test]
fn nothing_is_written() {
    let before = files(&complete());
    let program = at_root(&[]);
    assert_eq!(get(program.address, "/").status, 200);
    drop(program);
    assert_eq!(files(&complete()), before);
}

/// Every path below a folder with its length.
fn files(root: &Path) -> BTreeMap<String, u64> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("it can be listed"));
    entries
        .map(|entry| {
            let length = entry.metadata().expect("it is there").len();
            (entry.path().to_string_lossy().into_owned(), length)
        })
        .collect()
}
