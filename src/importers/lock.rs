//! What the last import knew: for each place of each content file the value that upstream gave, and who made what stands there.
//!
//! A line is a JSON string, the path of a file, or a JSON array: the mark, the parts of a place, and the value.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

use super::content::Content;
use super::date::Date;
use super::slot::Slot;
use super::value::plain;

/// Who made what stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The import wrote upstream's value there.
    Written,
    /// A person's value stands there, and wins.
    Kept,
    /// A person took out what the import had written.
    Deleted,
}

impl Mark {
    const ALL: [(Self, &str); 3] = [(Self::Written, "="), (Self::Kept, "kept"), (Self::Deleted, "deleted")];
}

/// What upstream said last about a place, and who made what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who made it.
    pub mark: Mark,
    /// What upstream said, as it was written.
    pub value: String,
}

/// What is remembered of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockedFile {
    /// Whether the import made the file; otherwise it was there before.
    pub made: bool,
    /// Every place of which upstream has said something.
    pub places: BTreeMap<Slot, Known>,
}

/// What the last import knew, by the paths of content files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// Files by their paths below the site's root.
    pub files: BTreeMap<String, LockedFile>,
}

const HEAD: &str =
    "# Written by `modelfolio import`; not to be edited. What upstream said last, to see what has changed since.\n";

impl Lock {
    /// Reads the text of a lock file; an empty text is an empty lock.
    ///
    /// # Errors
    ///
    /// The line that is not understood.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut lock = Self::default();
        let mut file: Option<&mut LockedFile> = None;
        for (index, line) in text.lines().enumerate() {
            let wrong = || format!("line {} is not understood", index + 1);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with('"') {
                let path: String = serde_json::from_str(line).map_err(|_| wrong())?;
                file = Some(lock.files.entry(path).or_default());
                continue;
            }
            let mut parts: Vec<String> = serde_json::from_str(line).map_err(|_| wrong())?;
            let file = file.as_deref_mut().ok_or_else(wrong)?;
            if parts == ["made"] {
                file.made = true;
                continue;
            }
            let value = parts.pop().ok_or_else(wrong)?;
            let (word, slot) = parts.split_first().ok_or_else(wrong)?;
            let (mark, _) = Mark::ALL.into_iter().find(|(_, known)| known == word).ok_or_else(wrong)?;
            let slot = Slot::of_parts(slot).ok_or_else(wrong)?;
            file.places.insert(slot, Known { mark, value });
        }
        Ok(lock)
    }

    /// What is known after an import that was interrupted: of each file that it had written, what it meant to remember.
    #[must_use]
    pub fn recovered(mut self, meant: Self, content: &Content, today: Date) -> Self {
        for (path, file) in meant.files {
            let Some(document) = content.documents.get(&path) else { continue };
            let mut written = file.places.iter().filter(|(_, known)| known.mark == Mark::Written);
            if written.all(|(slot, known)| document.get(slot, today) == Some(plain(&known.value))) {
                self.files.insert(path, file);
            }
        }
        self
    }

    /// The text of the lock file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (path, file) in &self.files {
            let _ = writeln!(text, "{}", json!(path));
            if file.made {
                text.push_str("[\"made\"]\n");
            }
            for (slot, known) in &file.places {
                let word = Mark::ALL.into_iter().find(|(mark, _)| *mark == known.mark).map_or("=", |(_, word)| word);
                let mut parts = vec![word.to_owned()];
                parts.extend(slot.parts());
                parts.push(known.value.clone());
                let _ = writeln!(text, "{}", json!(parts));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let mut lock = Lock::default();
        let file = lock.files.entry("content/models/a/b.toml".to_owned()).or_default();
        file.made = true;
        let known = |mark, value: &str| Known { mark, value: value.to_owned() };
        file.places.insert(Slot::key("name"), known(Mark::Written, "\"B \\\"x\\\"\""));
        file.places.insert(Slot::key("capabilities.vision"), known(Mark::Kept, "true"));
        file.places.insert(Slot::key("weights"), known(Mark::Deleted, "\"open\""));
        assert_eq!(Lock::parse(&lock.text()), Ok(lock));
        assert_eq!(Lock::parse(""), Ok(Lock::default()));
        assert_eq!(Lock::parse("[\"=\"]"), Err("line 1 is not understood".to_owned()));
    }
}
