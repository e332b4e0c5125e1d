//! What tells that a build would change nothing, and all that makes it silent.

use std::fs;

use modelfolio::publish::{Publication, Settled, Target, settled};

use super::{PAGE, new_site, old_site, project, publish};

const TOLD: Settled = Settled { models: 3, files: 7, compressed: 0, has_base_url: true };

/// A published site, settled for the inputs of this number.
fn settle(target: &Target, inputs: u128) {
    let site = old_site();
    let mut publication = Publication::prepare(target, &site).unwrap();
    publication.settle(inputs, TOLD);
    publication.write().unwrap();
    assert_eq!(settled(target, inputs), Some(TOLD));
}

#[test]
fn the_same_inputs_and_files_are_settled_and_others_are_not() {
    let (_folder, target) = project();
    assert_eq!(settled(&target, 7), None);
    settle(&target, 7);
    assert_eq!(settled(&target, 8), None);
    // Nobody has to be asked twice.
    assert_eq!(settled(&target, 7), Some(TOLD));
}

#[test]
fn a_file_that_is_gone_or_touched_or_a_link_is_not_settled() {
    type Touch = fn(&std::path::Path);
    let touches: [Touch; 4] = [
        |page| fs::remove_file(page).unwrap(),
        |page| fs::write(page, PAGE.replace("one", "two")).unwrap(),
        |page| {
            fs::remove_file(page).unwrap();
            fs::create_dir(page).unwrap();
        },
        |page| {
            let moved = page.with_extension("moved");
            fs::rename(page, &moved).unwrap();
            fs::copy(&moved, page).unwrap();
        },
    ];
    for touch in touches {
        let (_folder, target) = project();
        settle(&target, 7);
        touch(&target.out.join("models/a/index.html"));
        assert_eq!(settled(&target, 7), None);
    }
}

#[test]
fn another_build_or_a_damaged_note_or_record_unsettles() {
    let (_folder, target) = project();
    settle(&target, 7);
    publish(&target, &new_site()).unwrap();
    assert_eq!(settled(&target, 7), None);

    settle(&target, 7);
    let note = target.out.with_file_name(".public.modelfolio.settled");
    let text = fs::read_to_string(&note).unwrap();
    fs::write(&note, text.replace("told 3", "told 4")).unwrap();
    assert_eq!(settled(&target, 7), None);
    fs::write(&note, text).unwrap();
    assert_eq!(settled(&target, 7), Some(TOLD));
    let record = target.out.with_file_name(".public.modelfolio");
    let lines = fs::read_to_string(&record).unwrap();
    fs::write(&record, &lines[..lines.len() - 1]).unwrap();
    assert_eq!(settled(&target, 7), None);
}

#[test]
fn a_build_that_settles_nothing_leaves_the_folder_unsettled_when_it_changed_something() {
    let (_folder, target) = project();
    settle(&target, 7);
    fs::remove_file(target.out.join("index.html")).unwrap();
    publish(&target, &old_site()).unwrap();
    // The record has another stamp now, of which the note knows nothing.
    assert_eq!(settled(&target, 7), None);
}
