use super::*;
use crate::pages::example::with;

const EXAM: &str = "name = \"Exam\"\nmeasures = \"What was learnt\"\ncategory = \"Tests\"\nscale = { min = 0, max = 100 }\n[results]\n";

fn exam(results: &str) -> String {
    format!("{EXAM}{results}")
}

fn own(offers: &str) -> String {
    format!("name = \"Acme Cloud\"\ndeveloper = \"acme\"\n{offers}")
}

fn table<T>(cx: &Context<'_>, look: impl FnOnce(&Table) -> T) -> T {
    look(&Table::new(cx, &entrants(cx), &link_base(cx.catalog, &urls::home())))
}

#[test]
fn the_best_come_first_and_those_without_a_score_after_all_others() {
    let results = exam("\"acme/b\" = 40\n\"acme/a\" = 60.5\n\"acme/old\" = 50\n");
    let files = [
        ("models/acme/a.toml", "name = \"A\""),
        ("models/acme/b.toml", "name = \"B\""),
        ("models/acme/old.toml", "name = \"Old\"\nstatus = \"deprecated\""),
        ("models/acme/y.toml", "name = \"Y\"\nreleased = 2025-01-01"),
        ("models/acme/x.toml", "name = \"X\"\nreleased = 2026-01-01"),
        ("models/acme/gone.toml", "name = \"Gone\"\nstatus = \"retired\"\nreleased = 2026-02-01"),
        ("benchmarks/exam.toml", results.as_str()),
    ];
    with(&files, |cx| {
        table(cx, |table| {
            let rows: Vec<_> = table.rows.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(rows, ["A", "Old", "B", "X", "Y", "Gone"]);
            let scores: Vec<_> = table.rows.iter().flat_map(|row| &row.score).map(|bar| bar.figure.as_str()).collect();
            assert_eq!(scores, ["60.5", "50\u{2008}\u{2007}", "40\u{2008}\u{2007}"]);
            assert_eq!(table.rows[0].score.as_ref().map(|bar| bar.length.as_str()), Some("60.5"));
            assert_eq!((table.index.as_deref(), table.sorted), (Some("Exam"), "descending"));
            assert_eq!((table.rows[1].status, table.rows[1].warn), (Some("deprecated"), true));
            assert!(table.rows[1].marks.ends_with(" d"));
        });
    });
}

#[test]
fn prices_say_what_they_are_and_what_they_are_not() {
    let offers = own(
        "[[offer]]\nmodel = \"acme/paid\"\nprice = { input = 1.10, cache_read = \"not applicable\", output = 4.4 }\n\
         [[offer]]\nmodel = \"acme/free\"\nprice = { input = 0, output = 0 }\n\
         [[offer]]\nmodel = \"acme/ear\"\n[[offer.price.row]]\ncomponent = \"input\"\nunit = \"hour\"\namount = 0.04\n",
    );
    let other = "name = \"Reseller\"\n[[offer]]\nmodel = \"acme/else\"\nprice = { input = 0.125, output = \"in plan\" }\n\
                 [[offer]]\nmodel = \"acme/resold\"\nprice = { input = 0.125, output = 1 }";
    let files = [
        ("models/acme/paid.toml", "name = \"Paid\""),
        ("models/acme/free.toml", "name = \"Free\""),
        ("models/acme/ear.toml", "name = \"Ear\""),
        ("models/acme/mute.toml", "name = \"Mute\""),
        ("models/acme/resold.toml", "name = \"Resold\""),
        ("models/acme/else.toml", "name = \"Else\""),
        ("providers/acme-cloud.toml", offers.as_str()),
        ("providers/reseller.toml", other),
    ];
    with(&files, |cx| {
        table(cx, |table| {
            let row = |name: &str| table.rows.iter().find(|row| row.name == name).unwrap();
            let texts = |name: &str| row(name).prices.each_ref().map(|cell| cell.text.clone());
            assert_eq!(texts("Paid"), ["$1.10\u{2007}", "not applicable", "$4.40", "$1.925\u{2007}\u{2007}"]);
            assert_eq!(texts("Free"), ["no charge", "not known", "no charge", "no charge"]);
            assert_eq!(texts("Ear"), ["$0.04/hour", "not known", "not known", "not known"]);
            assert_eq!(texts("Mute"), ["not known", "not known", "not known", "not known"]);
            assert_eq!(texts("Resold"), ["$0.125", "not known", "$1.00", "$0.34375"]);
            assert_eq!(texts("Else"), ["$0.125", "not known", "in a plan", "not known"]);
            assert_eq!((row("Resold").via.as_deref(), row("Paid").via.as_deref()), (Some("Reseller"), None));
            assert!(table.index.is_none(), "no model has a score");
        });
    });
}

#[test]
fn filters_are_offered_only_where_they_tell_models_apart() {
    let files = [
        (
            "models/acme/a.toml",
            "name = \"A\"\nweights = \"open\"\nmodalities = { input = [\"text\", \"image\"], output = [\"text\"] }",
        ),
        (
            "models/acme/b.toml",
            "name = \"B\"\nweights = \"closed\"\nmodalities = { input = [\"text\", \"image\"], output = [\"text\"] }",
        ),
    ];
    with(&files, |cx| {
        table(cx, |table| {
            let filters: Vec<_> = table.filters.iter().map(|filter| filter.label).collect();
            assert_eq!(filters, ["Open weights"]);
            assert_eq!(table.rows[0].takes.as_deref(), Some("TI···"));
            assert_eq!(table.rows[0].takes_words, "text, image");
            assert_eq!(table.rows[0].marks, "m o v");
        });
    });
}

#[test]
fn highlights_are_those_that_the_data_supports() {
    let highlights = |files: &[(&str, &str)]| {
        with(files, |cx| {
            let base = link_base(cx.catalog, &urls::home());
            highlights::of(cx, &entrants(cx), &base)
        })
    };
    assert_eq!(highlights(&[("models/acme/a.toml", "name = \"A\"")]), []);

    let results = exam("\"acme/a\" = 70\n\"acme/b\" = 50\n\"acme/old\" = 90\n");
    let offers = own("[[offer]]\nmodel = \"acme/a\"\nprice = { input = 2, output = 8 }\n\
         [[offer]]\nmodel = \"acme/b\"\nprice = { input = 0.1, output = 0.4 }\n");
    let made = highlights(&[
        ("models/acme/a.toml", "name = \"A\"\nreleased = 2026-03-17\ncontext_window = 200_000"),
        ("models/acme/b.toml", "name = \"B\"\nreleased = \"2025-04\"\ncontext_window = 200_000"),
        ("models/acme/old.toml", "name = \"Old\"\nstatus = \"retired\"\ncontext_window = 1_000_000"),
        ("models/acme/soon.toml", "name = \"Soon\"\nreleased = 2027-01-01"),
        ("benchmarks/exam.toml", results.as_str()),
        ("providers/acme-cloud.toml", offers.as_str()),
    ]);
    let told: Vec<_> =
        made.iter().map(|h| format!("{}: {}{} {}, {}", h.label, h.figure, h.unit, h.name, h.note)).collect();
    assert_eq!(
        told,
        [
            "Highest index: 70/100 A, Acme, $3.50 blended",
            "Best below $1: 50/100 B, Acme, $0.175 blended",
            "Longest context: 200Ktokens A, Acme, one of 2",
            "Newest: 17 Mar2026 A, Acme, $3.50 blended",
        ]
    );
    assert_eq!(made[0].href, "models/acme/a/");
}

#[test]
fn what_is_new_is_what_has_happened_newest_first() {
    let files = [
        ("models/acme/a.toml", "name = \"A\"\nreleased = 2026-03-17\ncontext_window = 200_000"),
        (
            "models/acme/old.toml",
            "name = \"Old\"\nstatus = \"deprecated\"\nsuccessor = \"acme/a\"\nreleased = 2024-01-01\ndeprecated = 2026-05-01\nretired = 2026-10-01",
        ),
        ("models/acme/soon.toml", "name = \"Soon\"\nreleased = 2027-01-01"),
    ];
    with(&files, |cx| {
        let base = link_base(cx.catalog, &urls::home());
        let told: Vec<_> = news::of(cx, &base)
            .iter()
            .map(|line| format!("{} {} {} ({})", line.date.iso, line.kind, line.name, line.note))
            .collect();
        assert_eq!(
            told,
            [
                "2026-05-01 deprecated Old (successor A)",
                "2026-03-17 release A (Acme, 200K context)",
                "2024-01-01 release Old (Acme)",
            ]
        );
    });
}

#[test]
fn models_beyond_the_table_are_listed_by_developer() {
    let models: Vec<_> =
        (0..MOST_ROWS + 2).map(|n| (format!("models/acme/m{n:03}.toml"), format!("name = \"M{n:03}\""))).collect();
    let files: Vec<_> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, |cx| {
        let page = render(cx);
        assert!(page.html.contains("The table shows the first 200 of 202 models."));
        assert!(
            page.html.contains("<h3>Acme</h3>")
                && page.html.contains("<li><a href=\"models/acme/m201/\">M201</a></li>")
        );
        assert_eq!(page.html.matches("<tr class=").count(), MOST_ROWS);
    });
}

#[test]
fn a_name_stays_a_name() {
    let files = [
        ("models/acme/a.toml", "name = \"<script>alert(1)</script>\"\nreleased = 2026-01-01"),
        ("developers/acme.toml", "name = \"\\\"><img src=x onerror=alert(1)>\""),
    ];
    with(&files, |cx| {
        let html = render(cx).html;
        assert!(!html.contains("<script>alert") && !html.contains("<img"), "{html}");
    });
}
