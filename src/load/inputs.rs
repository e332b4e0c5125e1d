//! All that a build reads, as one number, without reading it.

use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::listing::list;
use super::stamp::Stamp;

/// A number that is the same only as long as the folder has the same files and none of them was touched.
///
/// None when that cannot be told: when a file was touched so short a time ago that another touch would not show, when
/// there are links, or when something is wrong with a name or folder.
#[must_use]
pub fn inputs(root: &Path) -> Option<u128> {
    inputs_at(root, SystemTime::now())
}

pub(super) fn inputs_at(root: &Path, now: SystemTime) -> Option<u128> {
    let listing = list(root).ok()?;
    if listing.is_torn || listing.has_links || !listing.diagnostics.is_empty() {
        return None;
    }
    let numbers: Option<Vec<[u64; 2]>> = listing
        .files
        .par_iter()
        .map(|file| {
            let stamp = Stamp::of(&fs::symlink_metadata(&file.disk).ok()?);
            let mut hasher = Xxh3::new();
            stamp.hash(&mut hasher);
            (!stamp.is_young(now)).then(|| [xxh3_64(file.path.as_bytes()), hasher.finish()])
        })
        .collect();
    let mut all = Xxh3::new();
    numbers?.iter().flatten().for_each(|number| all.update(&number.to_le_bytes()));
    Some(all.digest128())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn any_touch_gives_another_number_and_one_of_just_now_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("content/models/d")).unwrap();
        fs::write(at("content/site.toml"), "title = \"T\"").unwrap();
        fs::write(at("content/models/d/m.toml"), "name = \"M\"").unwrap();
        let later = || inputs_at(folder.path(), SystemTime::now() + Duration::from_secs(60));
        assert_eq!(inputs_at(folder.path(), fs::metadata(at("content/site.toml")).unwrap().modified().unwrap()), None);
        let mut seen = vec![later()];
        assert_eq!(later(), seen[0]);
        // What is not read does not count.
        fs::write(at("README.md"), "x").unwrap();
        assert_eq!(later(), seen[0]);

        let mut another = |what: &str| {
            let number = later();
            assert!(number.is_some() && !seen.contains(&number), "{what}");
            seen.push(number);
        };
        fs::write(at("content/models/d/m.toml"), "name = \"N!\"").unwrap();
        another("other text");
        fs::rename(at("content/models/d/m.toml"), at("content/models/d/n.toml")).unwrap();
        another("another name");
        fs::write(at("content/models/d/o.toml"), "name = \"O\"").unwrap();
        another("one more");
        fs::remove_file(at("content/models/d/o.toml")).unwrap();
        fs::create_dir(at("static")).unwrap();
        fs::write(at("static/logo.svg"), "x").unwrap();
        another("a file to copy");
        // A name that is refused makes findings, which a build has to tell.
        fs::write(at("content/models/d/p.yaml"), "x").unwrap();
        assert_eq!(later(), None);
    }
}
