//! Source texts by path: what `load` read, what `source` parses, what diagnostics point into.
//!
//! This module knows nothing of folders or of TOML. A path here is relative to the site's root,
//! written with `/` on every system.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// One text file of the site: its path below the root and its whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the site's root with `/` as separator, as in `content/models/openai/o3.toml`.
    pub path: String,
    /// The text, without a byte order mark, line ends as the author has them.
    pub text: String,
}

/// A file that is copied as it is: its path below `static/` and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticFile {
    /// Path below `static/` with `/` as separator.
    pub path: String,
    /// The bytes of the file.
    pub bytes: Arc<[u8]>,
}

/// A file of a catalogue that is imported, or why it cannot be had: whatever is there is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignFile {
    /// Path below what is imported, with `/` as separator; `-` for what came through a pipe.
    pub path: String,
    /// The file that it is a symbolic link to, by its path below what is imported; outside of it, as the link has it.
    pub link_to: Option<String>,
    /// Its text without a byte order mark, or why there is none.
    pub text: Result<String, String>,
}

/// Index of a file in a [`SourceTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in a source text. Every value of a catalogue has one, so it is small: texts are read up to a few
/// megabytes, which is far below what the numbers hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: byte(range.start), end: byte(range.end) }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start()..span.end()
    }
}

/// Where something was written: a file and a range in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// All text files of a site, in the order of their paths. A copy shares the texts.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    files: Vec<Arc<SourceFile>>,
    statics: Vec<StaticFile>,
    unread: BTreeSet<String>,
}

impl SourceTree {
    /// A tree of these files. The order in which they are given does not matter.
    #[must_use]
    pub fn new(files: Vec<SourceFile>, statics: Vec<StaticFile>) -> Self {
        Self::shared(files.into_iter().map(Arc::new).collect(), statics)
    }

    /// A tree of these files, which others have too.
    #[must_use]
    pub fn shared(mut files: Vec<Arc<SourceFile>>, mut statics: Vec<StaticFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        statics.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, statics, unread: BTreeSet::new() }
    }

    /// The same tree with another text of a file that it has. Ids stay what they are.
    ///
    /// # Panics
    ///
    /// When the id is of another tree.
    #[must_use]
    pub fn with_text(mut self, id: FileId, text: String) -> Self {
        let path = self.get(id).path.clone();
        self.files[id.0 as usize] = Arc::new(SourceFile { path, text });
        self
    }

    /// The same, knowing of text files and folders that are there and could not be read, so that nobody calls them
    /// missing.
    #[must_use]
    pub fn with_unread(mut self, paths: impl IntoIterator<Item = String>) -> Self {
        self.unread.extend(paths);
        self
    }

    /// The paths of the text files and folders that are there and could not be read, in order.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.unread.iter().map(String::as_str)
    }

    /// Whether a text file is at this path, read or not, or may be: nobody knows what is in a folder that cannot be read.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.chain([path]).any(|path| self.unread.contains(path)) || self.find(path).is_some()
    }

    /// Every text file with its id, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(self.files.iter().map(Arc::as_ref))
    }

    /// The files of `static/`, in the order of their paths.
    #[must_use]
    pub fn statics(&self) -> &[StaticFile] {
        &self.statics
    }

    /// The file with this id.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The id of the file at this path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()
            .and_then(|index| u32::try_from(index).ok())
            .map(FileId)
    }

    /// The files whose text differs from that of a former tree, which has the same files. `None` when files came or went,
    /// or other bytes are to be copied.
    #[must_use]
    pub fn changed_since(&self, former: &Self) -> Option<Vec<FileId>> {
        let same_statics = self.statics.len() == former.statics.len()
            && self
                .statics
                .iter()
                .zip(&former.statics)
                .all(|(now, then)| now.path == then.path && now.bytes == then.bytes);
        if self.files.len() != former.files.len() || self.unread != former.unread || !same_statics {
            return None;
        }
        let mut changed = Vec::new();
        for ((id, now), then) in (0..).map(FileId).zip(&self.files).zip(&former.files) {
            if Arc::ptr_eq(now, then) {
                continue;
            }
            if now.path != then.path {
                return None;
            }
            if now.text != then.text {
                changed.push(id);
            }
        }
        Some(changed)
    }

    /// The text at this place.
    #[must_use]
    pub fn text(&self, origin: Origin) -> &str {
        self.get(origin.file).text.get(Range::from(origin.span)).unwrap_or_default()
    }

    /// How many text files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no text file at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Line and column of a byte of a text, both from 1, the column in characters.
///
/// A line ends before its `\n` or `\r\n`. An offset past the end, or inside a character, is taken back to the
/// nearest place before it.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..floor_char_boundary(text, offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.bytes().filter(|&byte| byte == b'\n').count();
    (line, 1 + before[line_start..].chars().count())
}

/// The nearest character boundary at or before this offset.
#[must_use]
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_and_column_count_from_one_in_characters() {
        let text = "a = 1\r\n\tb = \"é\" # x\r\n\r\nc";
        assert_eq!(line_column(text, 0), (1, 1));
        assert_eq!(line_column(text, 5), (1, 6), "the carriage return stands after the last character");
        assert_eq!(line_column(text, 7), (2, 1));
        assert_eq!(line_column(text, 8), (2, 2), "a tab is one character");
        let after_accent = text.find("é").expect("the text has it") + "é".len();
        assert_eq!(line_column(text, after_accent), (2, 8), "a character of two bytes is one column");
        assert_eq!(line_column(text, after_accent - 1), (2, 7), "inside a character is its start");
        assert_eq!(line_column(text, text.len()), (4, 2));
        assert_eq!(line_column(text, 10_000), (4, 2), "past the end is the end");
        assert_eq!(line_column("", 0), (1, 1));
    }

    #[test]
    fn a_file_that_could_not_be_read_is_still_there() {
        let tree = SourceTree::new(Vec::new(), Vec::new()).with_unread(["content/site.toml".to_owned()]);
        assert!(tree.has("content/site.toml"));
        assert!(tree.find("content/site.toml").is_none());
        let tree = SourceTree::default().with_unread(["content/models".to_owned()]);
        assert!(tree.has("content/models/a/b.toml") && !tree.has("content/site.toml"));
    }
}
