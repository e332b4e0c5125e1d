//! The tiles: figures, units, ranks, states.

use super::with;
use crate::pages::model::tiles::*;
use crate::pages::text::Text;

fn tiles_of(model: &str) -> Vec<(String, String, Vec<String>)> {
    let other = "name = \"B\"\ncontext_window = 1_000\n[price]\ninput = 3\noutput = 3\n[scores]\nexam = 50";
    let files = [("models/acme/a.toml", model), ("models/acme/b.toml", other)];
    let tiles = with(&files, "acme/a", tiles);
    let told = |tile: &Tile| {
        let lines = tile.lines.iter().map(Text::words).collect();
        (tile.label.clone(), format!("{}{}", tile.value, tile.unit), lines)
    };
    tiles.big.iter().chain(&tiles.small).map(told).collect()
}

fn tile(tiles: &[(String, String, Vec<String>)], label: &str) -> (String, String) {
    let (_, value, lines) = tiles.iter().find(|(own, _, _)| own == label).unwrap();
    (value.clone(), lines.join("; "))
}

#[test]
fn figures_stand_with_their_unit_and_their_rank_in_words() {
    let tiles = tiles_of(
        "name = \"A\"\ncontext_window = 200_000\nannounced = 2024-12-20\nreleased = 2025-01-31\n\
         modalities = { input = [\"text\", \"pdf\"], output = [\"text\"] }\nweights = \"open\"\n\
         license = \"MIT\"\nparameters = 117_000_000_000\nactive_parameters = 5_100_000_000\n\
         [price]\ninput = 1.1\noutput = 4.4\ncache_read = 0.55\n[scores]\nexam = 18.4",
    );
    let pair = |value: &str, lines: &str| (value.to_owned(), lines.to_owned());
    assert_eq!(tile(&tiles, "Input price"), pair("$1.10/M", "rank 1 of 2, cheapest first"));
    assert_eq!(tile(&tiles, "Context window"), pair("200Ktokens", "rank 1 of 2, longest first"));
    assert_eq!(tile(&tiles, "Exam"), pair("18.4/100", "rank 2 of 2, best first"));
    assert_eq!(tile(&tiles, "Cache read price"), pair("$0.55/M", "half the input price"));
    assert_eq!(tile(&tiles, "Modalities in"), pair("text, PDF", "no image, audio, video"));
    assert_eq!(tile(&tiles, "Released"), pair("31 Jan 2025", "announced 20 Dec 2024"));
    assert_eq!(tile(&tiles, "Weights"), pair("open", "MIT; 117B parameters, 5.1B active"));
}

#[test]
fn what_is_not_there_is_said_in_words() {
    let tiles = tiles_of("name = \"A\"\ncontext_window = \"not applicable\"\n[price]\ninput = 0\noutput = \"in plan\"");
    let value = |label| tile(&tiles, label).0;
    assert_eq!(value("Input price"), "no charge");
    assert_eq!(value("Output price"), "in a plan");
    assert_eq!(value("Context window"), "not applicable");
    assert_eq!(value("Max output"), "not known");
    assert_eq!(value("Exam"), "no score");
}

#[test]
fn a_price_by_image_stands_with_its_unit_and_without_a_rank() {
    let tiles = tiles_of(
        "name = \"A\"\n[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\nquality = \"high\"\namount = 0.2",
    );
    assert_eq!(tile(&tiles, "Output price"), ("$0.20/image".to_owned(), "high; all prices".to_owned()));
}

#[test]
fn of_prices_that_have_ended_or_are_to_begin_the_tiles_say_when() {
    let price =
        |component: &str, days: &str| format!("[[price.row]]\ncomponent = \"{component}\"\namount = 1\n{days}\n");
    let rows = [
        price("input", "until = 2024-12-31"),
        price("input", "from = 2025-01-01\nuntil = 2026-03-31"),
        price("cache read", "until = \"2026-04\""),
        price("output", "from = 2099-01-01"),
    ];
    let tiles = tiles_of(&format!("name = \"A\"\n{}", rows.concat()));
    let pair = |value: &str, lines: &str| (value.to_owned(), lines.to_owned());
    assert_eq!(tile(&tiles, "Input price"), pair("none today", "ended on 31 Mar 2026"));
    assert_eq!(tile(&tiles, "Output price"), pair("none today", "begins on 1 Jan 2099"));
    assert_eq!(tile(&tiles, "Cache read price"), pair("none today", "ended in Apr 2026"));
    let without = tiles_of("name = \"A\"\nprice = { input = 1 }");
    assert_eq!(tile(&without, "Output price"), pair("not known", ""));
    assert_eq!(tile(&without, "Cache read price"), pair("not known", ""));
    let at_night = tiles_of(
        "name = \"A\"\n[price]\ninput = 1\n[[price.row]]\ncomponent = \"cache read\"\namount = 1\nhours = \"16:30-00:30\"",
    );
    assert_eq!(tile(&at_night, "Cache read price"), pair("varies", ""));
}
