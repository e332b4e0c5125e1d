//! Where a link or an image may lead: to the web, to a mailbox, to this site.

use crate::catalog::WebUrl;
use crate::urls::{self, LinkBase};

/// Where an author's link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// To the web.
    Web(String),
    /// To a mailbox.
    Mail(String),
    /// To an anchor of the same text, without `#`.
    Anchor(String),
    /// To this site, as it stands in the page.
    Site(String),
}

/// Reads a destination whose escapes and entities Markdown has already taken away, or says why it may not be.
///
/// A browser drops white space and control characters, takes a backslash for a slash, and does not care about case:
/// so whatever has one of these, or could be read as a scheme in another way, is refused and not repaired.
pub(super) fn read(text: &str, base: &LinkBase) -> Result<Destination, &'static str> {
    if text.is_empty() {
        return Err("has no destination");
    }
    if text.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err("has a control character");
    }
    if text.chars().any(char::is_whitespace) {
        return Err("has a space, which is written `%20`");
    }
    if text.contains('\\') {
        return Err("has a backslash");
    }
    if text.starts_with("//") {
        return Err("names a host without `https:`");
    }
    if let Some(anchor) = text.strip_prefix('#') {
        return Ok(Destination::Anchor(anchor.to_owned()));
    }
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, rest)) = first.split_once(':') {
        return with_scheme(&scheme.to_ascii_lowercase(), rest, text);
    }
    let decoded = percent_decode(first).ok_or("has a percent sign that is not followed by two digits of UTF-8")?;
    if first.contains('&') {
        return Err("has an `&` before its first slash, which is written `%26`");
    }
    if decoded.contains([':', '\\']) || decoded.chars().any(char::is_control) {
        return Err("hides a colon, a backslash or a control character");
    }
    let Some(path) = text.strip_prefix('/') else {
        return Ok(Destination::Site(text.to_owned()));
    };
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, suffix) = path.split_at(end);
    let path = percent_decode(path).ok_or("has a percent sign that is not followed by two digits of UTF-8")?;
    if path.starts_with(['/', '\\']) || path.split('/').any(|part| part == "..") {
        return Err("leaves the site");
    }
    Ok(Destination::Site(format!("{}{suffix}", base.href(&urls::authored(&path)))))
}

fn with_scheme(scheme: &str, rest: &str, text: &str) -> Result<Destination, &'static str> {
    match scheme {
        "http" | "https" => {
            let url = format!("{scheme}{}", &text[scheme.len()..]);
            WebUrl::parse(&url).map(|url| Destination::Web(url.as_str().to_owned())).ok_or("is not a whole web address")
        }
        "mailto" if rest.contains('@') => Ok(Destination::Mail(format!("mailto{}", &text[scheme.len()..]))),
        "mailto" => Err("names no mailbox"),
        _ => Err("has a scheme other than `https`, `http` and `mailto`"),
    }
}

/// Characters without a width, and those that turn the direction of text: none has a place in an address.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}
