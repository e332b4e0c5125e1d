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

const OLD: &str = "title = \"Cards\"\nrecheck_after_days = 30\n\
    [sources.old]\ntitle = \"Old\"\nchecked = 2026-05-01\n[sources.new]\ntitle = \"New\"\nchecked = 2026-06-01\n\
    [sources.plain]\ntitle = \"Plain\"";

#[test]
fn overdue_figures_are_marked_where_their_source_is_told_and_in_the_list_of_sources() {
    let model = "name = \"A\"\nreleased = 2025-01-01\ncontext_window = 1_000\nsource = \"new\"\n\
        [price]\ninput = 1\noutput = 2\nsource = \"old\"";
    let files = [("site.toml", OLD), ("models/acme/a.toml", model)];
    let (note, tiles, sources) = with(&files, "acme/a", |card, citations| {
        let tiles = crate::pages::model::tiles::tiles(card, citations);
        let prices = crate::pages::model::prices::prices(card, citations);
        (prices.note.words(), tiles.notes[0].words(), citations.finish(None))
    });
    assert_eq!(note, "US dollars per 1M tokens: Acme’s list price[1] (last checked 1 May 2026).");
    assert_eq!(tiles, "Context window and released[2].", "dates are never overdue");
    let purposes: Vec<_> = sources.lines.iter().map(|line| line.purposes.as_str()).collect();
    assert_eq!(purposes, ["prices (last checked 1 May 2026)", "limits and dates"]);
}

#[test]
fn figures_of_one_source_and_several_days_are_marked_one_by_one() {
    let row = |component: &str, as_of: &str| {
        format!("[[price.row]]\ncomponent = \"{component}\"\namount = 1\nas_of = {as_of}\n")
    };
    let rows = row("input", "2026-06-01") + &row("output", "2026-04-01") + &row("cache read", "2026-03-01");
    let model = format!("name = \"A\"\nsource = \"plain\"\n{rows}");
    let files = [("site.toml", OLD), ("models/acme/a.toml", model.as_str())];
    let (covers, sources) = with(&files, "acme/a", |card, citations| {
        let prices = crate::pages::model::prices::prices(card, citations);
        let covers: Vec<String> = prices.rows.iter().map(|row| row.covers.words()).collect();
        (covers, citations.finish(None))
    });
    let marked = |mark: &str| covers.iter().filter(|words| words.contains(mark)).count();
    assert_eq!((marked("[1]"), marked("(last checked 1 Apr 2026)"), marked("(last checked 1 Mar 2026)")), (3, 1, 1));
    assert_eq!(sources.lines[0].purposes, "prices (the oldest last checked 1 Mar 2026)");
}

#[test]
fn an_overdue_figure_without_a_source_is_told_of_at_the_foot() {
    let model = "name = \"A\"\nas_of = 2026-01-01\ncontext_window = 1_000\nprice = { input = 1 }";
    let files = [("site.toml", OLD), ("models/acme/a.toml", model)];
    let sources = with(&files, "acme/a", |card, citations| {
        crate::pages::model::tiles::tiles(card, citations);
        citations.finish(None)
    });
    let note = "No source is named for anything on this page. Of the figures without a source the oldest was last checked \
                1 Jan 2026.";
    assert_eq!(sources.note.words(), note);
}

#[test]
fn a_mark_of_an_overdue_figure_says_so_in_words() {
    use askama::Template as _;
    let mark = |overdue| crate::pages::sources::Mark { number: 3, overdue }.render().expect("it can be written");
    let plain = "<a class=\"ref\" href=\"#s3\" aria-label=\"source 3\">[3]</a>";
    assert_eq!(mark(None), plain);
    let day = crate::catalog::Date::parse("2025-03-01");
    assert_eq!(
        mark(day),
        format!("{plain} <small>(last checked <time datetime=\"2025-03-01\">1 Mar 2025</time>)</small>")
    );
}
