//! The words that importers write are those that the content format knows.

use std::collections::BTreeSet;

use modelfolio::catalog::resolve::is_file_id;
use modelfolio::importers::content::is_id;
use modelfolio::importers::price::{Component, ServiceTier, Unit};
use modelfolio::source::words;

#[test]
fn importers_have_the_words_of_the_format() {
    let pairs: [(Vec<&str>, &[&str]); 3] = [
        (Component::ALL.iter().map(|one| one.word()).collect(), words::COMPONENTS),
        (Unit::ALL.iter().map(|one| one.word()).collect(), words::UNITS),
        (ServiceTier::ALL.iter().map(|one| one.word()).collect(), words::SERVICE_TIERS),
    ];
    for (ours, known) in pairs {
        let sets = [ours.iter().copied().collect::<BTreeSet<_>>(), known.iter().copied().collect()];
        assert_eq!(sets[0], sets[1]);
    }
}

#[test]
fn importers_know_which_names_files_can_have() {
    let long = "x".repeat(201);
    for name in
        ["acme", "a.b", "con", "con.x", "com1", "com0", "com10", "lpt9", "nul", "console", "", &long, &long[1..]]
    {
        assert_eq!(is_id(name), is_file_id(name), "{name}");
    }
}
