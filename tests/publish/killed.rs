//! A build killed at each of its changes.

use std::fs;

use modelfolio::publish::{Publication, publish};
use modelfolio::site::Site;

use crate::disks::Mortal;
use crate::{PAGE, clean, new_site, old_site, project, site, tree};

/// Kills the second build at each of its changes; then `next` is built and has to be as if nothing had happened.
fn killed_everywhere(first: Option<&Site>, second: &Site, next: &Site) {
    let expected = clean(next);
    let whole: Vec<_> = first.map(clean).into_iter().chain([clean(second)]).collect();
    for changes in 0.. {
        let (_folder, target) = project();
        if let Some(first) = first {
            publish(&target, first).unwrap();
        }
        let done = Publication::prepare(&target, second).unwrap().write_to(&Mortal::after(changes)).is_ok();
        for (path, file) in tree(&target.out) {
            let leftover = path.file_name().unwrap().to_string_lossy().starts_with(".modelfolio-");
            assert!(
                leftover || whole.iter().any(|tree| tree.get(&path) == Some(&file)),
                "after {changes} changes {} is neither old nor new",
                path.display()
            );
        }
        publish(&target, next).unwrap();
        assert_eq!(tree(&target.out), expected, "killed after {changes} changes");
        let mut beside: Vec<_> = fs::read_dir(&target.root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        beside.sort();
        assert_eq!(beside, [".public.modelfolio", ".public.modelfolio.lock", "content", "public"]);
        assert_eq!(publish(&target, next).unwrap().unchanged, next.len(), "the third build has nothing to do");
        if done {
            assert!(changes > 10, "the build was killed at each change");
            return;
        }
    }
}

#[test]
fn a_build_killed_anywhere_is_made_good_by_the_next() {
    killed_everywhere(Some(&old_site()), &new_site(), &new_site());
}

#[test]
fn a_first_build_killed_anywhere_is_made_good_by_the_next() {
    killed_everywhere(None, &old_site(), &old_site());
}

#[test]
fn a_killed_build_that_is_taken_back_leaves_nothing() {
    killed_everywhere(Some(&old_site()), &new_site(), &old_site());
    killed_everywhere(None, &old_site(), &site(&[("other/index.html", PAGE)]));
}

#[test]
fn a_build_killed_while_a_folder_changes_its_case_or_gives_way_deep_down_is_made_good() {
    let before = site(&[("Case/index.html", PAGE), ("a/b/c", "x"), ("a/d/e/f", "x")]);
    let after = site(&[("case/index.html", PAGE), ("a/b/c/d/index.html", PAGE), ("a/d", "y")]);
    for next in [&before, &after, &site(&[("a", "z"), ("case", "z")])] {
        killed_everywhere(Some(&before), &after, next);
    }
}
