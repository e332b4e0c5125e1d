//! One file into memory, or what is wrong with it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::TEXT_LIMIT;
use super::listing::Found;
use super::stamp::Stamp;
use crate::diagnostic::Diagnostic;
use crate::files::{SourceFile, StaticFile, line_column};

/// What a file is to the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    Text(Arc<SourceFile>),
    Copy(StaticFile),
    Refused(Diagnostic),
}

/// A file as it was read.
pub(super) struct Reading {
    pub(super) content: Content,
    /// Its stamp from before its first byte was read. None when the system failed: then it says nothing of the content.
    pub(super) stamp: Option<Stamp>,
    /// Whether it is not there any more.
    pub(super) is_gone: bool,
}

/// Reads a file: as text below `content/`, as bytes below `static/`.
pub(super) fn read(found: &Found) -> Reading {
    let is_text = found.path.starts_with("content/");
    let limit = if is_text { TEXT_LIMIT + 1 } else { u64::MAX };
    match read_bytes(&found.disk, limit) {
        Ok((bytes, stamp)) => {
            let content = if is_text { text(&found.path, bytes) } else { copy(&found.path, bytes) };
            Reading { content, stamp: Some(stamp), is_gone: false }
        }
        Err(error) => Reading {
            content: Content::Refused(unreadable(&found.path, &error)),
            stamp: None,
            is_gone: error.kind() == io::ErrorKind::NotFound,
        },
    }
}

/// The bytes of a file, at most so many, also when it grows while it is read.
fn read_bytes(disk: &Path, limit: u64) -> io::Result<(Vec<u8>, Stamp)> {
    let file = File::open(disk)?;
    let metadata = file.metadata()?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limit)).unwrap_or(0) + 1);
    file.take(limit).read_to_end(&mut bytes)?;
    Ok((bytes, Stamp::of(&metadata)))
}

fn copy(path: &str, bytes: Vec<u8>) -> Content {
    let path = path.strip_prefix("static/").unwrap_or(path).to_owned();
    Content::Copy(StaticFile { path, bytes: bytes.into() })
}

fn text(path: &str, bytes: Vec<u8>) -> Content {
    if bytes.len() as u64 > TEXT_LIMIT {
        return Content::Refused(
            Diagnostic::error("file-too-large", format!("`{path}` is larger than {} MiB", TEXT_LIMIT >> 20))
                .in_file(path)
                .help("split it: one file for each model, provider or benchmark"),
        );
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Content::Text(Arc::new(SourceFile { path: path.to_owned(), text }))
        }
        Err(error) => Content::Refused(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let text = String::from_utf8_lossy(&bytes[..valid]);
    let (line, column) = line_column(&text, text.len());
    let what = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "it looks like UTF-16".to_owned()
    } else {
        format!("the byte 0x{:02x} at line {line}, column {column}", bytes[valid])
    };
    Diagnostic::error("not-utf8", format!("`{path}` is not UTF-8: {what}"))
        .in_file(path)
        .at_position(line, column)
        .help("save the file as UTF-8")
}

pub(super) fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("`{path}` cannot be read: {error}"))
        .in_file(path)
        .help("check its permissions")
}

pub(super) fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", format!("`{path}` is not a regular file"))
        .in_file(path)
        .help("remove it: pipes, sockets and devices are not read")
}
