//! Source texts by path: what `load` read, what `source` parses, what diagnostics point into.
//!
//! This module knows nothing of folders or of TOML. A path here is relative to the site's root,
//! written with `/` on every system.

use std::ops::Range;

/// One text file of the site: its path below the root and its whole text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path below the site's root with `/` as separator, as in `content/models/openai/o3.toml`.
    pub path: String,
    /// The text, without a byte order mark, line ends as the author has them.
    pub text: String,
}

/// A file that is copied as it is: its path below `static/` and its bytes.
#[derive(Debug, Clone)]
pub struct StaticFile {
    /// Path below `static/` with `/` as separator.
    pub path: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

/// Index of a file in a [`SourceTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in a source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
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

/// All text files of a site, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct SourceTree {
    files: Vec<SourceFile>,
    statics: Vec<StaticFile>,
}

impl SourceTree {
    /// A tree of these files. The order in which they are given does not matter.
    #[must_use]
    pub fn new(mut files: Vec<SourceFile>, mut statics: Vec<StaticFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        statics.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files, statics }
    }

    /// Every text file with its id, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
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
