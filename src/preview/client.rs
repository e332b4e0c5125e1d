//! What runs in the browser: part of the program, and served beside the site.

use xxhash_rust::xxh3::xxh3_64;

use super::request::OWN;

/// The script of every page.
pub(super) const SCRIPT: &str = "client.js";

/// The worker that listens to changes for all pages.
const WORKER: &str = "worker.js";

/// The look of the problems.
pub(super) const STYLE: &str = "overlay.css";

const FILES: [(&str, &str); 3] = [
    (SCRIPT, include_str!("client/client.js")),
    (WORKER, include_str!("client/worker.js")),
    (STYLE, include_str!("client/overlay.css")),
];

/// The file of this name.
pub(super) fn file(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(own, _)| *own == name).map(|(_, text)| *text)
}

/// A name of these bytes.
pub(super) fn print(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// The address of the file of this name.
pub(super) fn url(name: &str) -> String {
    format!("{OWN}{name}")
}

/// The page with the script in it, that knows this version.
///
/// It stands at the end of the head, where no rule of a style sheet can count it among the parts of the page.
pub(super) fn with_script(page: Vec<u8>, version: &str) -> Vec<u8> {
    let end = b"</head>";
    let at = page.windows(end.len()).position(|bytes| bytes.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    let (head, rest) = page.split_at(at);
    [head, tag(version).as_bytes(), rest].concat()
}

/// The tag of the script. Addresses change with the bytes: a browser need not ask for the script again with each page, and
/// pages of before and after a restart do not share a worker.
fn tag(version: &str) -> String {
    let printed = |name| format!("{}?{}", url(name), file(name).map_or_else(String::new, print));
    let (script, worker) = (printed(SCRIPT), printed(WORKER));
    format!("<script src=\"{script}\" data-version=\"{version}\" data-worker=\"{worker}\" defer></script>")
}
