//! The finished files in memory: path to bytes, with whoever made each.
//!
//! A site refuses two files of one path, also when only case or Unicode normalisation tells them apart, and a
//! file where another one needs a folder, since hosts and file systems do not keep those apart.

use std::collections::BTreeMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Path of a file of the site: relative, `/`-separated, no empty, `.` or `..` parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Why a string is not the path of a file of the site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be a path of the site: {reason}")]
pub struct InvalidPath {
    path: String,
    reason: &'static str,
}

impl InvalidPath {
    /// What is wrong with it.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        self.reason
    }
}

impl SitePath {
    /// A path from its text.
    ///
    /// # Errors
    ///
    /// When a part is empty, `.`, `..`, ends in a dot or a space, has a character that some file system or URL
    /// does not take, or is a device's name on Windows.
    pub fn new(path: impl Into<String>) -> Result<Self, InvalidPath> {
        let path = path.into();
        let reason = path.split('/').find_map(|part| {
            let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
            let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
                || (stem.len() == 4
                    && (stem.starts_with("com") || stem.starts_with("lpt"))
                    && stem.ends_with(|c: char| c.is_ascii_digit() && c != '0'));
            if part.is_empty() {
                Some("a part is empty")
            } else if part == "." || part == ".." {
                Some("a part is `.` or `..`")
            } else if part.ends_with(['.', ' ']) {
                Some("a part ends in a dot or a space")
            } else if part.chars().any(|c| c.is_control() || r#"\:*?"<>|#%"#.contains(c)) {
                Some("a character is not portable")
            } else if device {
                Some("a part is the name of a device on Windows")
            } else {
                None
            }
        });
        match reason {
            Some(reason) => Err(InvalidPath { path, reason }),
            None => Ok(Self(path)),
        }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the path is compared by: NFC, then lower case.
    #[must_use]
    pub fn folded(&self) -> String {
        if self.0.is_ascii() {
            self.0.to_ascii_lowercase()
        } else {
            self.0.nfc().collect::<String>().to_lowercase().nfc().collect()
        }
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// What made it, in words for an error: ``model `openai/o3` ``, `static/robots.txt`.
    pub producer: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Two producers want one path, or a file where the other needs a folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{first} ({first_path}) and {second} ({second_path}) cannot both be part of the site: {reason}")]
pub struct PathClash {
    /// Who came first.
    pub first: String,
    /// The path of the first.
    pub first_path: SitePath,
    /// Who came second.
    pub second: String,
    /// The path of the second.
    pub second_path: SitePath,
    /// What clashes.
    pub reason: &'static str,
}

/// The finished files of a site.
#[derive(Debug, Clone, Default)]
pub struct Site {
    files: BTreeMap<SitePath, SiteFile>,
    /// Folded path of every file and of every folder above one, with the file that made it.
    taken: BTreeMap<String, Taken>,
}

#[derive(Debug, Clone)]
struct Taken {
    by: SitePath,
    folder: bool,
}

impl Site {
    /// Adds a file.
    ///
    /// # Errors
    ///
    /// When the path is taken, or differs from a taken one by case or normalisation only, or when one of the two
    /// is a file where the other needs a folder.
    pub fn insert(
        &mut self,
        path: SitePath,
        producer: impl Into<String>,
        bytes: Vec<u8>,
    ) -> Result<(), Box<PathClash>> {
        let producer = producer.into();
        let folded = path.folded();
        if let Some(taken) = self.taken.get(&folded) {
            let reason = if taken.folder {
                "one is a file where the other needs a folder"
            } else if taken.by == path {
                "they have one path"
            } else {
                "their paths differ by case or Unicode form only"
            };
            return Err(self.clash(taken, path, producer, reason));
        }
        for (end, _) in folded.match_indices('/') {
            if let Some(taken) = self.taken.get(&folded[..end]).filter(|taken| !taken.folder) {
                return Err(self.clash(taken, path, producer, "one is a file where the other needs a folder"));
            }
        }
        for (end, _) in folded.match_indices('/') {
            self.taken.entry(folded[..end].to_owned()).or_insert_with(|| Taken { by: path.clone(), folder: true });
        }
        self.taken.insert(folded, Taken { by: path.clone(), folder: false });
        self.files.insert(path, SiteFile { producer, bytes });
        Ok(())
    }

    fn clash(&self, taken: &Taken, path: SitePath, producer: String, reason: &'static str) -> Box<PathClash> {
        let first = self.files.get(&taken.by).map_or_else(String::new, |file| file.producer.clone());
        Box::new(PathClash { first, first_path: taken.by.clone(), second: producer, second_path: path, reason })
    }

    /// The file at this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&SiteFile> {
        SitePath::new(path).ok().and_then(|path| self.files.get(&path))
    }

    /// Whether a file or folder is at this path, or at one that only case or Unicode form tells from it.
    #[must_use]
    pub fn holds(&self, path: &SitePath) -> bool {
        self.taken.contains_key(&path.folded())
    }

    /// Every file in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &SiteFile)> {
        self.files.iter()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(site: &mut Site, path: &str) -> Result<(), Box<PathClash>> {
        site.insert(SitePath::new(path).unwrap(), format!("maker of {path}"), Vec::new())
    }

    #[test]
    fn refuses_a_path_that_differs_by_case_and_names_both() {
        let mut site = Site::default();
        add(&mut site, "models/a/Foo/index.html").unwrap();
        let clash = add(&mut site, "models/a/foo/index.html").unwrap_err();
        assert_eq!(clash.first, "maker of models/a/Foo/index.html");
        assert_eq!(clash.second, "maker of models/a/foo/index.html");
    }

    #[test]
    fn refuses_a_path_that_differs_by_unicode_form() {
        let mut site = Site::default();
        add(&mut site, "caf\u{e9}.html").unwrap();
        assert!(add(&mut site, "cafe\u{301}.html").is_err());
    }

    #[test]
    fn refuses_a_file_where_a_folder_is_needed_in_both_orders() {
        let mut site = Site::default();
        add(&mut site, "a").unwrap();
        assert!(add(&mut site, "a/b").is_err());
        let mut site = Site::default();
        add(&mut site, "a/b/c").unwrap();
        assert!(add(&mut site, "a/b").is_err());
    }

    #[test]
    fn refuses_paths_that_leave_the_site_or_a_file_system_cannot_hold() {
        for path in ["", "/a", "a/", "a//b", "../a", "a/./b", "con", "a/NUL.txt", "a.", "a:b", "a\\b", "a?b"] {
            assert!(SitePath::new(path).is_err(), "{path}");
        }
        for path in ["index.html", ".nojekyll", "_headers", "models/a-b.c_d/index.html", "ein Bild.png", "comet"] {
            assert!(SitePath::new(path).is_ok(), "{path}");
        }
    }
}
