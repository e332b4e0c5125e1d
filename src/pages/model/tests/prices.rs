//! The price table: its rows, its columns, its words.

use super::with;
use crate::pages::model::history::DatedPrice;
use crate::pages::model::prices::*;

fn table(price: &str) -> Prices {
    let model = format!("name = \"A\"\n{price}");
    with(&[("models/acme/a.toml", &model)], "acme/a", prices)
}

fn rows(prices: &Prices) -> Vec<String> {
    let cells = |row: &PriceRow| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join(" | ");
    prices.rows.iter().map(|row| format!("{} ({}): {}", row.name, row.detail, cells(row))).collect()
}

#[test]
fn tiers_are_columns_and_what_a_context_tier_leaves_out_stays_the_same() {
    let prices = table(
        "[price]\ninput = 4\noutput = 20\ncache_read = 0.4\ncache_write = 0\n\
         [[price.tier]]\nabove = 272_000\ninput = 8\noutput = 30\n\
         [price.batch]\ninput = 2\noutput = 10\ncache_read = \"not applicable\"",
    );
    assert_eq!(prices.columns, ["Standard", "Above 272K tokens", "Batch"]);
    assert_eq!(
        rows(&prices),
        [
            "Input (): $4.00 | $8.00 | $2.00",
            "Cache read (): $0.40 | the same | not applicable",
            "Cache write (): no charge | the same | not known",
            "Output (): $20.00 | $30.00 | $10.00",
            "Blended (3:1): $8.00 | $13.50 | $4.00",
        ]
    );
    assert_eq!(prices.rows[1].covers.words(), "Tokens of the prompt read from the cache: a tenth of the input price");
    let off_peak = table(
        "[price]\ninput = 4\n[[price.tier]]\nabove = 272_000\ninput = 8\n\
         [[price.row]]\ncomponent = \"input\"\nhours = \"00:00-06:00\"\namount = 1",
    );
    assert_eq!(rows(&off_peak)[1], "Input (00:00 to 06:00 UTC): $1.00 | not known");
    assert!(prices.note.words().contains("prices the whole request"));
}

#[test]
fn every_condition_and_unit_has_a_row_and_no_price_is_left_out() {
    let row = |rest: &str| format!("[[price.row]]\ncomponent = \"output\"\n{rest}\n");
    let text = [
        row("unit = \"image\"\nquality = \"1024x1024, high\"\namount = 0.2"),
        row("modality = \"audio\"\namount = 64"),
        row("hours = \"16:30-00:30\"\namount = 1"),
        row("region = \"EU\"\ncurrency = \"EUR\"\namount = 2"),
        "[[price.row]]\ncomponent = \"cache write\"\ncache_ttl = \"1h\"\namount = 3\n".to_owned(),
        "[[price.row]]\ncomponent = \"web search\"\nunit = \"1K requests\"\namount = \"in plan\"\n".to_owned(),
    ]
    .concat();
    let prices = table(&text);
    assert_eq!(
        rows(&prices),
        [
            "Cache write (kept 1 hour): $3.00",
            "Output (16:30 to 00:30 UTC): $1.00",
            "Output (EU): €2.00",
            "Output (audio): $64.00",
            "Output (1024x1024, high, per image): $0.20",
            "Web search (per 1K requests): in a plan",
        ]
    );
    assert!(prices.note.words().starts_with("Prices per 1M tokens, unless the row names another unit"));
}

#[test]
fn prices_of_other_times_have_a_table_of_their_own() {
    let prices = table(
        "[price]\ninput = 2\noutput = 4\nfrom = 2026-01-01\n\
         [[price.row]]\ncomponent = \"input\"\namount = 3\nuntil = 2025-12-31\nfrom = 2025-01-01",
    );
    assert_eq!(prices.rows.len(), 3);
    assert!(prices.rows[0].covers.words().ends_with("since 1 Jan 2026"));
    let history = prices.history.as_ref().expect("a price has moved");
    assert_eq!(history.title, "Price history");
    let told = |price: &DatedPrice| {
        let difference = price.difference.as_deref().unwrap_or("-");
        format!("{} ({}) {} {difference}", price.name, price.detail, price.charge.text)
    };
    let lines: Vec<String> = history.prices.iter().map(told).collect();
    assert_eq!(lines, ["Input (per 1M tokens) $3.00 -", "Input (per 1M tokens) $2.00 about 33.3% lower"]);
    let until = |at: usize| history.prices[at].until.map(|date| date.words());
    assert_eq!((until(0), until(1)), (Some("31 Dec 2025".to_owned()), None));
}

#[test]
fn the_days_of_several_tiers_are_told_once() {
    let text = "[price]\ninput = 2\noutput = 4\nbatch = { input = 1 }\nflex = { input = 1 }\nfrom = 2026-01-01\nuntil = 2026-12-31";
    let covers = table(text).rows[0].covers.words();
    assert_eq!(covers, "Tokens of the prompt since 1 Jan 2026 until 31 Dec 2026");
}

#[test]
fn prices_of_other_times_that_did_not_move_have_no_column_of_changes() {
    let later = "[price]\ninput = 2\n[[price.row]]\ncomponent = \"output\"\namount = 3\nfrom = 2027-01-01";
    let prices = table(later);
    let history = prices.history.as_ref().expect("a price holds later");
    assert_eq!((history.title, history.moved, history.prices.len()), ("Earlier and later prices", false, 1));
    assert_eq!(table("[price]\ninput = 2\noutput = 3\nfrom = 2026-01-01").history, None);
}

#[test]
fn no_known_price_is_said_and_not_shown_as_zero() {
    let prices = table("");
    assert!(prices.none_known && prices.rows.is_empty());
    assert_eq!(prices.note.words(), "No offer of this model is known, and so no price.");
}

#[test]
fn parts_of_the_input_price_are_told_only_where_they_are_round() {
    let part = |part: &str, whole: &str| part_in_words(part.parse().unwrap(), whole.parse().unwrap());
    assert_eq!(part("0.55", "1.10").as_deref(), Some("half the input price"));
    assert_eq!(part("0.3", "4").as_deref(), None);
    assert_eq!(part("3", "4").as_deref(), Some("75% of the input price"));
    assert_eq!(part("1", "3"), None);
    assert_eq!(part("1", "0"), None);
}
