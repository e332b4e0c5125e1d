//! The pages of workloads for small catalogues.

use super::*;
use crate::pages::example::with;

const SITE: &str = "title = \"T\"\nheadline = [\"exam\"]\n\
    [[workload]]\nname = \"Night & day\"\nnote = \"sorted\"\ninput = 900_000\ncache_read = 100_000\noutput = 50_000\nrequests = 10\nservice_tier = \"batch\"\n\
    [[workload]]\nname = \"Short\"\ninput = 10\noutput = 1\n";

fn rows(view: &WorkloadPage) -> Vec<String> {
    let rows = view.costs.as_ref().map_or(&[][..], |table| &table.rows);
    let parts = |row: &table::CostRow| {
        let parts = row.parts.iter().map(|(rate, amount)| format!("{}={}", rate.text, amount.text));
        parts.collect::<Vec<_>>().join(" ")
    };
    rows.iter()
        .map(|row| format!("{} {} {} | {} | {}", row.rank, row.name, row.total.text, parts(row), row.remarks))
        .collect()
}

#[test]
fn the_arithmetic_stands_in_each_row_and_what_was_taken_instead_is_said() {
    let files = [
        ("site.toml", SITE),
        (
            "models/acme/a.toml",
            "name = \"A\"\n[price]\ninput = 1\noutput = 4\ncache_read = 0.1\n[price.batch]\ninput = 0.5\noutput = 2\ncache_read = 0.05",
        ),
        ("models/acme/b.toml", "name = \"B\"\nprice = { input = 1, output = 4, cache_read = 0.1 }"),
        ("models/acme/c.toml", "name = \"C\"\nprice = { input = 1, output = 4, cache_read = \"not applicable\" }"),
        (
            "models/acme/d.toml",
            "name = \"D\"\n[price]\ninput = 1\noutput = 4\ncache_read = 0.1\n[[price.tier]]\nabove = 99_999\ninput = 2\noutput = 5\n[price.batch]\noutput = 2",
        ),
    ];
    with(&files, |cx| {
        let view = view(cx, 0, &cx.catalog.settings.workloads[0]).expect("there is a page");
        let expected = [
            "1 A $0.555 | $0.50=$0.45 $0.05=$0.005 $2.00=$0.10 | ",
            "2 B $1.11 | $1.00=$0.90 $0.10=$0.01 $4.00=$0.20 | At the standard price: no batch price for it is known",
            "3 C $1.20 | $1.00=$0.90 $1.00=$0.10 $4.00=$0.20 | At the standard price: no batch price for it is known; no cache: all of the prompt is billed as input",
            "4 D $2.06 | $2.00=$1.80 $0.10=$0.01 $5.00=$0.25 | The price above 99,999 tokens; at the standard price: no batch price for it is known",
        ];
        assert_eq!(rows(&view), expected);
        let example = view.example.map(|text| text.words());
        let sum = "On A: (900,000 × $0.50 + 100,000 × $0.05 + 50,000 × $2.00) ÷ 1,000,000 = $0.555.";
        assert_eq!(example.as_deref(), Some(sum));
        let plate: Vec<String> = view.plate.iter().filter_map(|line| Some(line.words.as_ref()?.words())).collect();
        assert_eq!(plate[1..3], ["10, each about 105,000 tokens long".to_owned(), "batch".to_owned()]);
        assert!(view.note[2].ends_with("here 100,000 tokens on average."), "{:?}", view.note);
        assert_eq!(render(cx, 0).map(|page| page.url.as_str().to_owned()).as_deref(), Some("pricing/night-day/"));
        assert!(render(cx, 2).is_none());
    });
}

#[test]
fn what_has_no_cost_stands_apart_with_the_reason() {
    let files = [
        ("site.toml", SITE),
        (
            "models/acme/a.toml",
            "name = \"Small\"\ncontext_window = 104_999\nprice = { input = 1, output = 4, cache_read = 0.1 }",
        ),
        ("models/acme/b.toml", "name = \"Free\"\nprice = { input = 0, output = 0, cache_read = 0 }"),
        ("models/acme/c.toml", "name = \"Unsaid\"\nprice = { input = 1, output = 4 }"),
        ("models/acme/d.toml", "name = \"Yuan\"\nprice = { input = 1, output = 4, currency = \"CNY\" }"),
        ("models/acme/e.toml", "name = \"Picture\"\nmodalities = { input = [\"text\"], output = [\"image\"] }"),
        (
            "models/acme/w.toml",
            "name = \"Wide\"\ncontext_window = \"not applicable\"\nprice = { input = 1, output = 4 }",
        ),
        ("models/acme/f.toml", "name = \"Gone\"\nstatus = \"retired\"\nprice = { input = 1, output = 4 }"),
    ];
    with(&files, |cx| {
        let long = view(cx, 0, &cx.catalog.settings.workloads[0]).expect("there is a page");
        assert!(long.costs.is_none() && long.example.is_none());
        let without = long.without.expect("models have no cost");
        let lines: Vec<String> =
            without.rows.iter().map(|row| format!("{}: {} {}", row.name, row.why, row.beyond)).collect();
        let expected = [
            "Free: no charge ",
            "Small: does not fit its context needs 105,000 tokens, has 104,999",
            "Yuan: input priced in CNY ",
            "Unsaid: cache price not known ",
        ];
        assert_eq!(lines, expected);
        let note = "1 model asks nothing, 1 model is too small for it and 2 models lack a plain price in US dollars per \
            1M tokens for a part of it. 1 further model does not both read and write text, and 1 further model has no \
            context window.";
        assert_eq!(without.note, note);
        assert!(without.limits, "one of them has a limit");
        let short = view(cx, 1, &cx.catalog.settings.workloads[1]).expect("there is a page");
        assert_eq!(
            rows(&short),
            [
                "1 Small $0.000014 | $1.00=$0.00001 $4.00=$0.000004 | ",
                "1 Unsaid $0.000014 | $1.00=$0.00001 $4.00=$0.000004 | "
            ]
        );
    });
}

#[test]
fn a_page_has_no_more_rows_than_it_may() {
    let mut files: Vec<(String, String)> = (0..260)
        .map(|at| {
            (
                format!("models/acme/m{at:03}.toml"),
                format!("name = \"M{at}\"\nprice = {{ input = {at}.5, output = 1 }}"),
            )
        })
        .collect();
    files.extend((0..60).map(|at| (format!("models/acme/z{at:03}.toml"), format!("name = \"Z{at}\""))));
    files.push(("site.toml".to_owned(), SITE.to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, |cx| {
        let view = view(cx, 1, &cx.catalog.settings.workloads[1]).expect("there is a page");
        let without = view.without.as_ref().expect("models have no cost");
        assert_eq!((rows(&view).len(), without.rows.len()), (75, 25));
        assert_eq!(view.shown.as_deref(), Some("The 75 cheapest. On 185 others it costs as much or more."));
        assert_eq!(
            without.note,
            "60 models lack a plain price in US dollars per 1M tokens for a part of it. The first 25 of them."
        );
    });
}
