//! The pages of all prices for small catalogues.

use super::*;
use crate::pages::example::with;
use crate::pages::pricing::table::Row;

fn line(row: &Row) -> String {
    let figures: Vec<&str> = row.figures.iter().map(|figure| figure.text.as_str()).collect();
    let status = row.status.map_or_else(String::new, |status| format!(" ({status})"));
    let date = row.as_of.map_or_else(|| "not dated".to_owned(), |date| date.to_string());
    format!("{}{status} | {} | {} | {} | {date}", row.name, figures.join(" "), row.whose.words(), row.words)
}

fn lines(table: &Table) -> Vec<String> {
    table.rows.iter().map(line).collect()
}

const FULL: &str = "name = \"Full\"\ncontext_window = 200_000\nas_of = 2026-05-01\n[price]\ninput = 1\noutput = 4\ncache_read = 0.1\n\
    cache_write = 2\n[[price.tier]]\nabove = 100_000\ninput = 2\noutput = 8\ncache_read = 0.2\n[price.batch]\ninput = 0.5\noutput = 2\n\
    [[price.row]]\ncomponent = \"input\"\nmodality = \"audio\"\namount = 9\n\
    [[price.row]]\ncomponent = \"web search\"\nunit = \"1K requests\"\namount = 10\n";

#[test]
fn a_row_says_whose_price_it_is_and_what_a_plain_price_hides() {
    let relay = "name = \"Relay\"\nas_of = 2026-04-01\n[[offer]]\nmodel = \"acme/b\"\nregion = \"EU\"\ncontext_window = 8_000\n\
        price = { input = 1, output = 1, until = 2026-12-31 }\n[[offer]]\nmodel = \"acme/b\"\nprice = { input = 2, output = 1 }\n";
    let files = [
        ("models/acme/a.toml", FULL),
        ("models/acme/b.toml", "name = \"Bare\"\nstatus = \"deprecated\""),
        ("models/acme/c.toml", "name = \"Ears\"\nprice = { input = 1, output = \"not applicable\" }"),
        ("providers/relay.toml", relay),
    ];
    with(&files, |cx| {
        let view = view(cx, 1).expect("there is a page");
        let expected = [
            "Bare (deprecated) | $1.00 not known $1.00 $1.00 8K | via Relay, EU | Until 31 Dec 2026 | 2026-04-01",
            "Full | $1.00 $0.10 $4.00 $1.75 200K | Acme, list price | Batch $0.50 in, $2.00 out; above 100K tokens $2.00 in, $8.00 out; \
             other prices for audio, cache write and web search per 1K requests | 2026-05-01",
            "Ears | $1.00 not known not applicable not applicable not known | Acme, list price |  | not dated",
        ];
        assert_eq!(lines(&view.tables[0]), expected);
        let titles: Vec<&str> = view.tables.iter().map(|table| table.title.as_str()).collect();
        assert_eq!(titles, ["Per 1M tokens, in US dollars", "Web search per 1K requests, in US dollars"]);
        assert_eq!(lines(&view.tables[1]), ["Full | $10.00 | Acme, list price |  | 2026-05-01"]);
        assert_eq!(view.tables[1].words, None, "no row has conditions");
    });
}

#[test]
fn no_charge_and_unknown_and_other_currencies_read_differently() {
    let files = [
        ("models/acme/a.toml", "name = \"Free\"\nprice = { input = 0, output = 0 }"),
        ("models/acme/b.toml", "name = \"Nobody knows\""),
        ("models/acme/c.toml", "name = \"Yuan\"\nprice = { input = 7.3, output = 8, currency = \"CNY\" }"),
        ("models/acme/d.toml", "name = \"Gone\"\nstatus = \"retired\"\nprice = { input = 1, output = 1 }"),
        ("models/acme/e.toml", "name = \"Past\"\nprice = { input = 1, output = 1, until = 2025-01-01 }"),
    ];
    with(&files, |cx| {
        let view = view(cx, 1).expect("there is a page");
        let told: Vec<(String, Vec<String>)> =
            view.tables.iter().map(|table| (table.id.clone(), lines(table))).collect();
        let table = |id: &str, lines: &[&str]| (id.to_owned(), lines.iter().map(|line| (*line).to_owned()).collect());
        let expected = [
            table("no-charge", &["Free | not known not known | Acme, list price |  | not dated"]),
            table("in-cny", &["Yuan | 7.30 CNY not known 8.00 CNY not known | Acme, list price |  | not dated"]),
            table(
                "not-known",
                &[
                    "Nobody knows |  | Acme | No offer on file | not dated",
                    "Past |  | Acme | No price holds today | not dated",
                ],
            ),
        ];
        assert_eq!(told, expected);
        let plate: Vec<String> = view
            .plate
            .iter()
            .map(|line| format!("{} {}", line.term, line.words.as_ref().map_or_else(String::new, Text::words)))
            .collect();
        assert_eq!(
            plate,
            ["No charge 1 offer", "Currencies 1 price", "Not known 2 models", "Left out 1 retired model"]
        );
    });
}

#[test]
fn the_head_of_a_column_leads_to_its_order_but_for_the_present_one() {
    let files = [("models/acme/a.toml", FULL)];
    with(&files, |cx| {
        let heads = |view: &PricingPage| -> Vec<String> {
            let of = |head: &table::ColumnHead| {
                format!("{} {}", head.href.as_deref().unwrap_or("-"), head.sorted.unwrap_or("-"))
            };
            view.tables[0].heads.iter().map(of).collect()
        };
        let first = heads(&view(cx, 1).expect("there is a page"));
        assert_eq!(first, ["by-input/ -", "by-cache-read/ -", "by-output/ -", "- ascending", "by-context/ -"]);
        let context = heads(&view_by(cx, PriceOrder::Context));
        assert_eq!(context, ["../by-input/ -", "../by-cache-read/ -", "../by-output/ -", "../ -", "- descending"]);
        let html = render_by(cx, PriceOrder::Input).html;
        assert!(html.contains("aria-sort=\"ascending\">Input") && html.matches("aria-sort").count() == 1);
    });
}

#[test]
fn the_workloads_lead_to_their_pages_and_name_the_cheapest() {
    let scored = |name: &str, input: &str, score: u32| {
        format!("name = \"{name}\"\n[price]\ninput = {input}\noutput = 1\ncache_read = 1\n[scores]\nexam = {score}\n")
    };
    let texts = [scored("Low", "1", 10), scored("Same", "1", 20), scored("Good", "2", 90), scored("Best", "3", 90)];
    // Below eight scores, no quarter of them is told.
    let others = (1..=4).map(|score| scored("Other", "9", score));
    let texts: Vec<String> = texts.into_iter().chain(others).collect();
    let files: Vec<(String, &str)> =
        ('a'..).zip(&texts).map(|(name, text)| (format!("models/acme/{name}.toml"), text.as_str())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    with(&files, |cx| {
        let jobs = view(cx, 1).and_then(|view| view.jobs).expect("there are common workloads");
        let first = &jobs.rows[0];
        assert_eq!((jobs.rows.len(), first.name.as_str(), first.href.as_str()), (5, "Chat turn", "chat-turn/"));
        assert_eq!(
            (first.cheapest.cost.text.as_str(), first.cheapest.model.words()),
            ("$0.0031", "Low and 1 other".to_owned())
        );
        assert_eq!((first.good.cost.text.as_str(), first.good.model.words()), ("$0.0039", "Good".to_owned()));
        assert_eq!(jobs.rows[4].tokens, "1,500,000 in, 100,000 out, in 1,000 requests, batch");
    });
}

#[test]
fn a_catalogue_without_models_has_a_page_that_says_so() {
    with(&[], |cx| {
        assert_eq!(pages(cx.catalog, cx.listings, cx.today), 1);
        let page = render(cx, 1).expect("there is a page");
        assert!(
            page.html.contains("No model of this catalogue is served") && !page.html.contains("<table class=\"money")
        );
        assert!(render(cx, 2).is_none());
        assert!(render_by(cx, PriceOrder::Input).html.contains("No model of this catalogue is served"));
    });
}

#[test]
fn beyond_a_hundred_rows_there_are_more_pages_and_links_lead_to_the_right_one() {
    let mut files: Vec<(String, String)> = (0..130)
        .map(|at| {
            (
                format!("models/acme/m{at:03}.toml"),
                format!("name = \"M{at}\"\nprice = {{ input = {at}.5, output = 1 }}"),
            )
        })
        .collect();
    files.push(("models/acme/z.toml".to_owned(), "name = \"Z\"".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, |cx| {
        assert_eq!(pages(cx.catalog, cx.listings, cx.today), 2);
        let (one, two) = (view(cx, 1).expect("a page"), view(cx, 2).expect("a page"));
        let rows = |view: &PricingPage| view.tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>();
        assert_eq!((rows(&one), rows(&two)), (vec![100], vec![30, 1]));
        assert!(two.tables[0].continued && two.jobs.is_none() && two.plate.is_empty());
        assert_eq!(one.shown.map(|text| text.words()).as_deref(), Some("Prices 1 to 100 of 131."));
        let links: Vec<_> = one.plate.iter().filter_map(|line| line.words.as_ref()?.runs[0].href.clone()).collect();
        assert_eq!(links, ["#tokens", "2/#not-known"]);
        let by = view_by(cx, PriceOrder::Output);
        assert_eq!(rows(&by), [100]);
        let told = "The first 100 of 130 in this order. All of them stand in the order of their blended price.";
        assert_eq!(by.shown.map(|text| text.words()).as_deref(), Some(told));
    });
}
