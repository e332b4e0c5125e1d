//! Sources: their numbers, and what they are for.

use super::with;

#[test]
fn sources_are_numbered_by_first_use_and_say_what_they_are_for() {
    let model = "name = \"A\"\ncontext_window = 1_000\nsource = \"facts\"\n\
        [price]\ninput = 1\noutput = 2\nsource = \"list\"\n\
        [sources.facts]\ntitle = \"Facts\"\nchecked = 2026-05-01\n\
        [sources.list]\ntitle = \"List\"\npublisher = \"Acme\"\nurl = \"https://a.example/\"\nchecked = 2026-06-01\n\
        [sources.unused]\ntitle = \"Unused\"";
    let settings = "title = \"Cards\"\nreport_url = \"https://a.example/?t={id}\"";
    let files = [("site.toml", settings), ("models/acme/a.toml", model)];
    let sources = with(&files, "acme/a", |card, citations| {
        crate::pages::model::tiles::tiles(card, citations);
        crate::pages::model::prices::prices(card, citations);
        citations.finish(Some("https://a.example/?t=acme%2Fa".to_owned()))
    });
    let lines: Vec<_> =
        sources.lines.iter().map(|line| (line.number, line.title.as_str(), line.purposes.as_str())).collect();
    assert_eq!(lines, [(1, "List", "prices"), (2, "Facts", "limits")]);
    assert_eq!(sources.note.words(), "Last checked 1 Jun 2026.");
    assert_eq!(sources.report.as_deref(), Some("https://a.example/?t=acme%2Fa"));
}
