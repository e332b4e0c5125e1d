use super::section::Section;
use super::*;
use crate::catalog::{DeveloperId, ProviderId};
use crate::pages::example::with;

const SOURCE: &str = "source = \"list\"\nas_of = 2026-06-01\n[sources.list]\ntitle = \"List\"\nchecked = 2026-06-02\n";

/// A model that moved its prices on 1 April 2026 and will on 1 January 2027.
fn moving() -> String {
    let rows = [
        ("input", "10", "from = 2025-06-01\nuntil = 2026-03-31"),
        ("output", "30", "from = 2025-06-01\nuntil = 2026-03-31"),
        ("input", "2", "from = 2026-04-01\nuntil = 2026-12-31"),
        ("output", "20", "from = 2026-04-01"),
        ("input", "4", "from = 2027-01-01"),
    ];
    let row = |(component, amount, days): &(&str, &str, &str)| {
        format!("[[price.row]]\ncomponent = \"{component}\"\namount = {amount}\n{days}\n")
    };
    format!("name = \"A\"\nreleased = 2025-06-01\n{SOURCE}{}", rows.iter().map(row).collect::<String>())
}

fn told(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| format!("{} {} {}", line.date.iso(), line.kind, line.text.words())).collect()
}

fn headings(page: &ChangesPage) -> Vec<String> {
    page.months.iter().map(|month| format!("{}: {}", month.title, month.note)).collect()
}

#[test]
fn without_dates_the_page_says_so() {
    with(&[("models/acme/a.toml", "name = \"A\"")], |cx| {
        let page = view(cx);
        assert_eq!(page.lead, "Nothing on file has a date yet.");
        assert!(page.ahead.is_none() && page.months.is_empty() && page.jump.is_empty());
        assert!(page.layout.description.ends_with("none on file has a date yet."));
    });
}

#[test]
fn months_come_newest_first_and_what_is_ahead_before_them() {
    let b = "name = \"B\"\nreleased = \"2026-04\"\nretired = 2026-12-31\nsuccessor = \"acme/a\"";
    let c = "name = \"C\"\nannounced = \"2024\"\nreleased = 2026-04-01\ndeprecated = 2026-05-01\nretired = \"2026-06\"";
    let files = [("models/acme/a.toml", &*moving()), ("models/acme/b.toml", b), ("models/acme/c.toml", c)];
    with(&files, |cx| {
        let page = view(cx);
        let ahead = page.ahead.as_ref().expect("something is ahead");
        assert_eq!(
            told(&ahead.retired),
            ["2026-06 retirement C by Acme", "2026-12-31 retirement B by Acme; its successor is A"]
        );
        assert_eq!(
            told(&ahead.others),
            ["2027-01-01 price A by Acme, from 1 Jan 2027: input $2.00 → $4.00 per 1M tokens, 100% higher[1]"]
        );
        assert_eq!(
            headings(&page),
            [
                "May 2026: 1 deprecation.",
                "April 2026: 2 price changes and 2 releases.",
                "June 2025: 1 release.",
                "2024: 1 announcement."
            ]
        );
        let april = &page.months[1];
        assert_eq!(
            (april.id.as_str(), told(&april.lines)),
            ("m2026-04", vec!["2026-04-01 release C by Acme".to_owned(), "2026-04 release B by Acme".to_owned(),])
        );
        let moved = &april.prices[0];
        assert_eq!(
            (moved.model.as_str(), moved.by.as_str(), moved.date.iso().to_string().as_str()),
            ("A", "by Acme", "2026-04-01")
        );
        assert_eq!(moved.marks.iter().map(|mark| mark.number).collect::<Vec<_>>(), [1]);
        let rows: Vec<String> = moved
            .rows
            .iter()
            .map(|row| {
                format!(
                    "{}|{}{}|{}{}|{}",
                    row.name, row.before.text, row.before.pad, row.after.text, row.after.pad, row.difference
                )
            })
            .collect();
        assert_eq!(rows, ["Input|$10.00|$2.00|80% lower", "Output|$30.00|$20.00|about 33.3% lower"]);
        let jump: Vec<_> = page.jump.iter().map(|jump| (jump.words.as_str(), jump.href.as_str())).collect();
        assert_eq!(jump, [("Ahead", "#ahead"), ("2026", "#m2026-05"), ("2025", "#m2025-06"), ("2024", "#m2024")]);
        assert_eq!(page.sources.lines.len(), 1);
        assert!(page.layout.description.contains("up to 1 May 2026"), "{}", page.layout.description);
    });
}

#[test]
fn prices_that_begin_are_a_row_of_their_own_or_one_for_all() {
    let offer =
        |price: &str| format!("name = \"P\"\n[[offer]]\nmodel = \"acme/a\"\nregion = \"EU\"\nprice = {{ {price} }}");
    let rows = |price: &str| {
        let files = [("models/acme/a.toml", "name = \"A\""), ("providers/p.toml", &offer(price))];
        with(&files, |cx| {
            let moved = view(cx).months[0].prices[0].clone();
            let row = |row: &table::Row| {
                format!("{} ({}): {} | {} | {}", row.name, row.detail, row.before.text, row.after.text, row.difference)
            };
            (moved.by, moved.rows.iter().map(row).collect::<Vec<_>>())
        })
    };
    let (by, one) = rows("input = 1, from = 2026-01-01");
    assert_eq!((by.as_str(), one), ("at P, EU", vec!["Input (): none on file | $1.00 | begins".to_owned()]));
    let (_, all) = rows("input = 1, output = 2, batch = { input = 1 }, from = 2026-01-01");
    assert_eq!(all, ["Prices (input and output): none on file | 3 prices | begin"]);
    let (_, ended) = rows("input = 1, output = 2, until = 2026-01-01");
    assert_eq!(ended, ["Prices (input and output): 2 prices | none on file | end"]);
}

#[test]
fn developers_and_providers_have_their_own_changes() {
    let provider =
        "name = \"P\"\n[[offer]]\nmodel = \"acme/a\"\nregion = \"EU\"\nprice = { input = 3, until = 2026-07-31 }";
    with(&[("models/acme/a.toml", &*moving()), ("providers/p.toml", provider)], |cx| {
        let base = link_base(cx.catalog, &urls::home());
        let changes = cx.listings.changes(cx.catalog);
        let mut citations = Citations::new(cx.catalog);
        let mut of = |changes, beside| -> Section {
            section(cx, &base, changes, beside, &mut citations).expect("there are changes")
        };
        let acme = of(changes.of_developer(&DeveloperId::new("acme")), Beside::OfDeveloper);
        assert_eq!(
            told(&acme.past),
            [
                "2026-04-01 price A: input $10.00 → $2.00 per 1M tokens, 80% lower; output $30.00 → $20.00, about 33.3% lower[1]",
                "2025-06-01 release A[1]",
            ]
        );
        assert_eq!(
            told(&acme.ahead),
            ["2027-01-01 price A, from 1 Jan 2027: input $2.00 → $4.00 per 1M tokens, 100% higher[1]"]
        );
        let order = "3 changes, the newest first. What is ahead stands before them, the soonest first. All changes";
        assert_eq!((acme.title, acme.note.words().as_str()), ("Changes", order));
        let p = of(changes.of_provider(&ProviderId::new("p")), Beside::OfProvider);
        assert_eq!(
            told(&p.ahead),
            ["2026-07-31 price A, EU, until 31 Jul 2026: input $3.00 per 1M tokens, none on file after"]
        );
        assert_eq!((p.title, p.note.words().as_str()), ("Price changes", "The only one that is dated. All changes"));
        assert_eq!(section(cx, &base, changes.of_year(1999), Beside::OfProvider, &mut citations), None);
    });
}

#[test]
fn a_section_shows_the_newest_of_many() {
    let models: Vec<(String, String)> = (1..=28)
        .map(|day| (format!("models/acme/m{day:02}.toml"), format!("name = \"M{day}\"\nreleased = 2026-02-{day:02}")))
        .collect();
    let files: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, |cx| {
        let base = link_base(cx.catalog, &urls::home());
        let mut citations = Citations::new(cx.catalog);
        let changes = cx.listings.changes(cx.catalog);
        let section = section(cx, &base, changes, Beside::OfDeveloper, &mut citations).expect("there are changes");
        assert_eq!(section.past.len(), 20);
        assert_eq!(section.past[19].text.words(), "M9");
        assert_eq!(section.note.words(), "The newest 20. All changes");
    });
}

#[test]
fn a_section_has_room_for_what_is_ahead_and_for_what_has_happened() {
    let models: Vec<(String, String)> = (1..=15)
        .map(|day| {
            let text = format!("name = \"M{day}\"\nreleased = 2026-02-{day:02}\nretired = 2027-01-{day:02}");
            (format!("models/acme/m{day:02}.toml"), text)
        })
        .collect();
    let note = |models: &[(String, String)]| {
        let files: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        with(&files, |cx| {
            let base = link_base(cx.catalog, &urls::home());
            let mut citations = Citations::new(cx.catalog);
            let changes = cx.listings.changes(cx.catalog);
            let section = section(cx, &base, changes, Beside::OfDeveloper, &mut citations).expect("there are changes");
            (section.ahead.len(), section.past.len(), section.note.words().replace(" All changes", ""))
        })
    };
    let both = "The newest 10. Before them stand the soonest 10 of what is ahead.";
    assert_eq!(note(&models), (10, 10, both.to_owned()));
    assert_eq!(note(&models[..11]), (10, 10, both.to_owned()));
    let all = "8 changes, the newest first. What is ahead stands before them, the soonest first.";
    assert_eq!(note(&models[..4]), (4, 4, all.to_owned()));
    let mut ahead = models[..11].to_vec();
    ahead.iter_mut().skip(2).for_each(|(_, text)| *text = text.replace("released = 2026", "announced = 2027"));
    let first = "2 changes so far, the newest first. Before them stand the soonest 10 of what is ahead.";
    assert_eq!(note(&ahead), (10, 2, first.to_owned()));
}

/// So many models, each with a release: the first ones in 2024, the last of all ahead.
fn many(of_2024: usize, of_2026: usize) -> Vec<(String, String)> {
    let model = |at: usize, day: String| {
        (format!("models/acme/m{at:04}.toml"), format!("name = \"M{at}\"\nreleased = {day}\n"))
    };
    let mut models: Vec<_> =
        (0..of_2024).map(|at| model(at, format!("2024-{:02}-{:02}", at / 28 % 12 + 1, at % 28 + 1))).collect();
    models.extend((0..of_2026).map(|at| model(1000 + at, format!("2026-{:02}-{:02}", at / 28 % 5 + 1, at % 28 + 1))));
    if let Some((_, text)) = models.last_mut() {
        text.push_str("retired = 2027-03-01\n");
    }
    models
}

fn addresses(models: &[(String, String)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, |cx| {
        let pages = crate::pages::list(cx).into_iter().map(|(url, _)| url.as_str().to_owned());
        pages.filter(|url| url.starts_with("changes/")).collect()
    })
}

#[test]
fn years_have_pages_of_their_own_when_one_page_cannot_hold_all() {
    assert_eq!(addresses(&many(100, 99)), ["changes/"]);
    assert_eq!(addresses(&many(100, 100)), ["changes/", "changes/2024/", "changes/2026/", "changes/2027/"]);
    assert_eq!(
        addresses(&many(201, 100)),
        ["changes/", "changes/2024/", "changes/2024/2/", "changes/2026/", "changes/2027/"]
    );
}

#[test]
fn pages_of_a_year_read_forward_and_hold_every_change_once() {
    let models = many(250, 100);
    let files: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, |cx| {
        let page = view(cx);
        assert_eq!(page.months.iter().map(|month| month.lines.len()).sum::<usize>(), 100);
        assert_eq!(page.months[0].note, "16 releases on this page.");
        assert_eq!(page.ahead.as_ref().map(|ahead| ahead.retired.len()), Some(1));
        let jump: Vec<_> = page.jump.iter().map(|jump| (jump.words.as_str(), jump.href.as_str())).collect();
        assert_eq!(jump, [("Ahead", "#ahead"), ("2027", "2027/"), ("2026", "2026/"), ("2024", "2024/")]);

        let first = view_of_year(cx, 2024, 1).expect("it is a page");
        let second = view_of_year(cx, 2024, 2).expect("it is a page");
        assert_eq!(first.months[0].title, "January 2024");
        assert_eq!(first.lead, "The changes 1 to 200 of the year, from its first month on.");
        assert_eq!(second.lead, "The changes 201 to 250 of the year, from its first month on.");
        assert_eq!(second.layout.title, "Changes of AI models in 2024, page 2 · Cards");
        assert_eq!(second.pager.as_ref().and_then(|pager| pager.previous.as_deref()), Some("../"));
        let names = |page: &ChangesPage| -> Vec<String> {
            page.months.iter().flat_map(|month| &month.lines).map(|line| line.text.words()).collect()
        };
        let mut all = [names(&first), names(&second)].concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 250);
        let whole = view_of_year(cx, 2026, 1).expect("it is a page");
        assert_eq!((whole.months[0].note.as_str(), whole.pager), ("28 releases.", None));
        assert_eq!(whole.lead, "100 changes, from the first month on.");
        assert!(view_of_year(cx, 2024, 3).is_none() && view_of_year(cx, 2025, 1).is_none());
    });
}

#[test]
fn something_new_leaves_the_earlier_pages_of_its_year_as_they_are() {
    let pages = |models: &[(String, String)]| {
        let files: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        with(&files, |cx| [1, 2].map(|page| render_year(cx, 2024, page).expect("it is a page").html))
    };
    let mut models = many(250, 100);
    let [first, second] = pages(&models);
    models.push(("models/acme/new.toml".to_owned(), "name = \"New\"\nreleased = 2024-12-31".to_owned()));
    let [first_then, second_then] = pages(&models);
    assert_eq!(first, first_then);
    assert_ne!(second, second_then);
}

#[test]
fn words_of_authors_are_escaped() {
    let model = "name = \"<b>A\"\nreleased = 2026-04-01";
    with(&[("models/acme/a.toml", model)], |cx| {
        let html = view(cx).render().expect("it renders");
        assert!(!html.contains("<b>A") && html.contains("&#60;b&#62;A"), "{html}");
    });
}
