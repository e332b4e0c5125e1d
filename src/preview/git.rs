//! Whether git is at work on the files, so that half of what it does is not shown.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A lock older than this was left behind by a git that died.
const STALE: Duration = Duration::from_secs(10);

/// The file that git has while it changes the work tree that this folder is in.
pub(super) fn lock(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    let git = folder.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    // In a work tree beside the first one it is a file that says where to find the folder.
    let folder = match fs::read_to_string(&git) {
        Ok(text) => git.parent()?.join(text.strip_prefix("gitdir:")?.trim()),
        Err(_) => git,
    };
    Some(folder.join("index.lock"))
}

/// Whether git has this lock now.
pub(super) fn is_held(lock: &Path) -> bool {
    let Ok(made) = fs::metadata(lock).and_then(|metadata| metadata.modified()) else { return false };
    SystemTime::now().duration_since(made).is_ok_and(|age| age < STALE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_found_from_below_and_in_other_work_trees() {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        let root = fs::canonicalize(place.path()).expect("it is there");
        fs::create_dir_all(root.join("first/.git/worktrees/second")).expect("it can be made");
        fs::create_dir_all(root.join("first/docs/site")).expect("it can be made");
        fs::create_dir_all(root.join("second")).expect("it can be made");
        let gitdir = root.join("first/.git/worktrees/second");
        fs::write(root.join("second/.git"), format!("gitdir: {}\n", gitdir.display())).expect("it can be written");
        assert_eq!(lock(&root.join("first/docs/site")), Some(root.join("first/.git/index.lock")));
        assert_eq!(lock(&root.join("second")), Some(gitdir.join("index.lock")));
    }

    #[test]
    fn a_lock_that_was_left_behind_holds_nothing() {
        let place = tempfile::tempdir().expect("a temporary folder can be made");
        let lock = place.path().join("index.lock");
        assert!(!is_held(&lock));
        let file = fs::File::create(&lock).expect("it can be made");
        assert!(is_held(&lock));
        file.set_modified(SystemTime::now() - STALE).expect("times can be set");
        assert!(!is_held(&lock));
    }
}
