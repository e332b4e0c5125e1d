//! Links from one address to another, and what stands in them.

use super::SiteUrl;

/// From where a page links: its own address, or the root of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkBase {
    /// Links go by `../` from this page.
    Page(SiteUrl),
    /// Links begin with this path, which begins and ends with a slash.
    Root(String),
}

impl LinkBase {
    /// The link from here to an address of the site.
    #[must_use]
    pub fn href(&self, to: &SiteUrl) -> String {
        match self {
            Self::Root(path) => format!("{path}{}", encode(&to.0)),
            Self::Page(from) => relative(&from.0, &to.0),
        }
    }
}

fn relative(from: &str, to: &str) -> String {
    let from_folder = from.rfind('/').map_or("", |end| &from[..=end]);
    let shared = from_folder
        .split_inclusive('/')
        .zip(to.split_inclusive('/'))
        .take_while(|(a, b)| a == b && a.ends_with('/'))
        .map(|(a, _)| a.len())
        .sum::<usize>();
    let up = from_folder[shared..].matches('/').count();
    let down = &to[shared..];
    // Nothing at all would be the page itself. A colon is encoded, so that a first segment never reads as a scheme.
    if up == 0 && down.is_empty() {
        return "./".to_owned();
    }
    let mut href = String::with_capacity(3 * up + down.len());
    (0..up).for_each(|_| href.push_str("../"));
    push_encoded(&mut href, down, b"-._~/");
    href
}

/// Percent-encodes what a URL's path cannot hold as it is. Slashes stay.
pub(super) fn encode(path: &str) -> String {
    encode_but(path, b"-._~/")
}

/// Percent-encodes all but letters, digits and these.
pub(super) fn encode_but(path: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(path.len());
    push_encoded(&mut encoded, path, kept);
    encoded
}

fn push_encoded(encoded: &mut String, path: &str, kept: &[u8]) {
    use std::fmt::Write as _;
    let is_kept = |byte: u8| byte.is_ascii_alphanumeric() || kept.contains(&byte);
    // Nearly all paths stand as they are.
    if path.bytes().all(is_kept) {
        encoded.push_str(path);
        return;
    }
    for byte in path.bytes() {
        if is_kept(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
}
