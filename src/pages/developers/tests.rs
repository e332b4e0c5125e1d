use super::*;
use crate::pages::example::with;

fn told(row: &Row) -> String {
    let newest = row.newest.as_ref().map_or_else(|| "-".to_owned(), Text::words);
    format!(
        "{}: {}, {newest}, {} to {}, {} {}",
        row.name,
        row.models,
        row.lowest.text,
        row.highest.text,
        row.score.text,
        row.best.words()
    )
}

#[test]
fn the_best_come_first_then_the_newest_and_every_state_is_said() {
    let files = [
        ("developers/best.toml", "name = \"Best\"\ncountry = \"Iceland\""),
        ("developers/none.toml", "name = \"None\""),
        ("developers/gone.toml", "name = \"Gone\""),
        ("developers/free.toml", "name = \"Free\""),
        (
            "models/acme/a.toml",
            "name = \"A\"\nreleased = 2026-02-01\nprice = { input = 1, output = 5 }\n[scores]\nexam = 50",
        ),
        ("models/best/b.toml", "name = \"B\"\nprice = { input = 1, output = 1 }\n[scores]\nexam = 70"),
        (
            "models/best/c.toml",
            "name = \"C\"\nreleased = 2026-01-01\nprice = { input = 2, output = 4 }\n[scores]\nexam = 70",
        ),
        (
            "models/gone/g.toml",
            "name = \"G\"\nstatus = \"retired\"\nreleased = 2023-01-01\nprice = { input = 2, output = 4 }",
        ),
        ("models/free/f.toml", "name = \"F\"\nreleased = 2025-01-01\nprice = { input = 0, output = 0 }"),
    ];
    with(&files, |cx| {
        let page = view(cx, 1).expect("there is a first page");
        let rows: Vec<String> = page.rows.iter().map(told).collect();
        assert_eq!(
            rows.iter().map(|row| row.replace('\u{2007}', "")).collect::<Vec<_>>(),
            [
                "Best: 2, C, $1.00 to $2.50, 70 C",
                "Acme: 1, A, $2.00 to $2.00, 50 A",
                "Free: 1, F, no charge to no charge, no score ",
                "Gone: 1, G, none to be had to none to be had, no score ",
                "None: 0, -, none to be had to none to be had, no score ",
            ]
        );
        assert_eq!(page.rows[0].country.as_deref(), Some("Iceland"));
        assert!(page.note.starts_with("5 developers, by the best model of each."), "{}", page.note);
        assert_eq!(page.layout.title, "Developers of AI models · Cards");
        assert!(page.layout.description.starts_with("5 developers of AI models: how many"));
        assert!(view(cx, 2).is_none());
    });
}

#[test]
fn one_developer_is_told_in_the_singular_and_many_go_on_to_further_pages() {
    with(&[], |cx| {
        let page = view(cx, 1).expect("there is a first page");
        assert!(page.note.starts_with("1 developer. Prices"), "{}", page.note);
        assert!(page.index.is_none() && page.pager.is_none());
    });
    let paths: Vec<String> = (0..200).map(|at| format!("developers/d{at:03}.toml")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "name = \"D\"")).collect();
    with(&files, |cx| {
        let page = view(cx, 2).expect("there are two pages");
        assert_eq!((page.rows.len(), page.rows[0].href.as_str()), (1, "../d199/"));
        assert_eq!(page.layout.title, "Developers of AI models, page 2 · Cards");
        assert_eq!(page.pager.and_then(|pager| pager.previous).as_deref(), Some("../"));
    });
}
