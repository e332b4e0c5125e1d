//! A model that is left beside its successor.

use super::*;

#[test]
fn a_move_says_what_it_changes_with_its_dates() {
    let leaves = |rest: &str| format!("successor = \"acme/m1\"\n{rest}");
    let banner = |old: &str, new: &str| page(&[&leaves(old), new], said);
    let came = "released = 2026-03-17";
    assert_eq!(
        banner("deprecated = 2026-02-01\nretired = 2026-12-31", came),
        "A has been deprecated since 1 Feb 2026 and is served until 31 Dec 2026. Its successor B came out on 17 Mar 2026."
    );
    assert_eq!(
        banner("retired = 2025-10-23", came),
        "A was turned off on 23 Oct 2025. Its successor B came out on 17 Mar 2026."
    );
    assert_eq!(
        banner("retired = \"2025-10\"", "released = \"2026-03\""),
        "A was turned off in Oct 2025. Its successor B came out in Mar 2026."
    );
    assert_eq!(banner("status = \"retired\"", ""), "A is no longer served by Acme. Its successor B takes its place.");
    assert_eq!(
        banner("status = \"deprecated\"", "status = \"preview\""),
        "A is deprecated; no shut-off date is on file. Its successor B is a preview."
    );
    assert_eq!(
        banner("deprecated = 2026-02-01", "retired = 2026-12-31"),
        "A has been deprecated since 1 Feb 2026; no shut-off date is on file. Its successor B is deprecated itself and served until 31 Dec 2026."
    );
    assert_eq!(
        banner("retired = 2026-12-31", "status = \"retired\""),
        "A is deprecated and served until 31 Dec 2026. Its successor B is retired itself."
    );
    assert_eq!(banner("", ""), "", "who is served leaves nothing");

    // The successor is compared with the model that is left, whichever of the two stands first.
    let old = "status = \"deprecated\"\ncontext_window = 200_000";
    let new = "context_window = 400_000";
    assert_eq!(
        page(&[&leaves(old), new], |page| page.lead[0].clone()),
        "Compared with A, B has twice the context window."
    );
    let turned = [new, &format!("successor = \"acme/m0\"\n{old}")];
    assert_eq!(page(&turned, |page| page.lead[0].clone()), "Compared with B, A has twice the context window.");
}

#[test]
fn what_a_successor_lacks_and_adds_is_said_and_what_is_not_known_is_no_lack() {
    let lacks = |old: &str, new: &str| {
        let old = format!("status = \"deprecated\"\nsuccessor = \"acme/m1\"\n{old}");
        page(&[&old, new], |page| page.lead[1..page.lead.len() - 1].join(" "))
    };
    let can = |words: &str| format!("[capabilities]\n{words}");
    let all = "vision = true\nstreaming = true\nweb_search = true";
    assert_eq!(lacks("", ""), "");
    assert_eq!(lacks(&can(all), &can(all)), "Nothing that A is known to do is missing.");
    assert_eq!(
        lacks(&can(all), &can("vision = false\nstreaming = false\nweb_search = true")),
        "B lacks vision and streaming."
    );
    assert_eq!(lacks(&can(all), &can("vision = true")), "Whether it has streaming or web search is not known.");
    assert_eq!(
        lacks(&can("vision = true\nstreaming = false"), &can("vision = true\nstreaming = true")),
        "Nothing that A is known to do is missing. B adds streaming."
    );
    let takes = |kinds: &str| format!("modalities = {{ input = [{kinds}], output = [\"text\"] }}");
    assert_eq!(
        lacks(&takes("\"text\", \"pdf\""), &takes("\"text\", \"audio\"")),
        "B lacks PDF input. It adds audio input."
    );
    // Vision is told once, by what both take.
    let sees = format!("{}\n{}", takes("\"text\", \"image\""), can("vision = true"));
    assert_eq!(lacks(&takes("\"text\""), &sees), "B adds image input.");
    assert_eq!(lacks("", &can(all)), "");
}
