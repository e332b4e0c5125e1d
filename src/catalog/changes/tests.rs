use super::*;
use crate::catalog::Catalog;
use crate::catalog::resolve::example::catalog;

/// A catalogue of one model whose file says this.
fn one(text: &str) -> Catalog {
    catalog(&[("models/acme/one.toml", &format!("name = \"One\"\n{text}"))])
}

fn row(component: &str, amount: &str, rest: &str) -> String {
    format!("[[price.row]]\ncomponent = \"{component}\"\namount = {amount}\n{rest}\n")
}

fn charge(price: &Price) -> String {
    match &price.charge {
        Charge::Amount(money) => money.to_string(),
        other => format!("{other:?}"),
    }
}

/// Everything that changed about the model, one line each.
fn changes(text: &str) -> Vec<String> {
    let catalog = one(text);
    let told = |price: &PriceChange<'_>| {
        let words = match *price {
            PriceChange::Moved(from, to) => format!("{} to {}", charge(from), charge(to)),
            PriceChange::Begun(price) => format!("begun {}", charge(price)),
            PriceChange::Ended(price) => format!("ended {}", charge(price)),
        };
        let percent = price.ratio().and_then(Ratio::percent).map(|percent| percent.value.to_string());
        format!("{} {words}{}", price.component(), percent.map_or(String::new(), |value| format!(", {value}%")))
    };
    let line = |change: &Change<'_>| {
        let prices: Vec<String> = change.what.prices().iter().map(told).collect();
        let what = if prices.is_empty() { format!("{:?}", change.what).to_lowercase() } else { prices.join("; ") };
        format!("{} {what}", change.date)
    };
    catalog.models["acme/one"].changes().iter().map(line).collect()
}

#[test]
fn dates_are_changes_with_the_precision_that_they_are_written_in() {
    assert_eq!(changes("").len(), 0);
    let dates = "announced = 2025-01-20\nreleased = \"2025-02\"\ndeprecated = 2026\nretired = 2027-01-31";
    let dates = dates.replace("= 2026\n", "= \"2026\"\n");
    assert_eq!(changes(&dates), ["2025-01-20 announced", "2025-02 released", "2026 deprecated", "2027-01-31 retired"]);
    for announced in ["2025-02-03", "2025-02", "2025"] {
        let text = format!("announced = \"{announced}\"\nreleased = 2025-02-03");
        assert_eq!(changes(&text), ["2025-02-03 released"], "{announced}: it was announced as it came out");
    }
    assert_eq!(changes("announced = 2025-01-20"), ["2025-01-20 announced"]);
}

#[test]
fn prices_move_where_one_row_follows_another_without_a_day_between() {
    let two = |until: &str, from: &str| {
        changes(
            &[row("input", "10", &format!("until = \"{until}\"")), row("input", "2", &format!("from = \"{from}\""))]
                .concat(),
        )
    };
    for (until, from) in [("2025-03-31", "2025-04-01"), ("2025-03", "2025-04-01"), ("2025-03", "2025-04")] {
        assert_eq!(two(until, from), [format!("{from} input $10.00 to $2.00, 80%")]);
    }
    assert_eq!(two("2024", "2025"), ["2025 input $10.00 to $2.00, 80%"]);
    let gap = ["2025-04-01 input begun $2.00", "2025-03-30 input ended $10.00"];
    assert_eq!(two("2025-03-30", "2025-04-01"), gap, "a gap is no move");
}

#[test]
fn the_order_of_the_rows_in_the_file_does_not_matter_and_every_step_counts() {
    let text = [
        row("input", "1", "from = 2026-03-01"),
        row("input", "4", "until = 2025-12-31"),
        row("input", "2", "from = 2026-01-01\nuntil = 2026-02-28"),
    ];
    let steps = ["2026-01-01 input $4.00 to $2.00, 50%", "2026-03-01 input $2.00 to $1.00, 50%"];
    assert_eq!(changes(&text.concat()), steps);
}

#[test]
fn only_prices_of_the_same_thing_are_compared() {
    let follow = |first: &str, second: &str| {
        let text = [
            row("input", "2", &format!("until = 2025-12-31\n{first}")),
            row("input", "1", &format!("from = 2026-01-01\n{second}")),
        ];
        changes(&text.concat())
    };
    let apart = ["2026-01-01 input begun $1.00", "2025-12-31 input ended $2.00"];
    for other in
        ["service_tier = \"batch\"", "above = 100", "region = \"EU\"", "unit = \"image\"", "modality = \"audio\""]
    {
        assert_eq!(follow("", other), apart, "{other}");
        assert_eq!(follow(other, other), ["2026-01-01 input $2.00 to $1.00, 50%"], "{other}");
    }
    assert_eq!(follow("", "currency = \"EUR\""), ["2026-01-01 input $2.00 to €1.00"], "no percentage");
    let component = [row("input", "2", "until = 2025-12-31"), row("output", "1", "from = 2026-01-01")];
    assert_eq!(changes(&component.concat()), ["2026-01-01 output begun $1.00", "2025-12-31 input ended $2.00"]);
}

#[test]
fn to_and_from_nothing_and_other_words_have_no_percentage() {
    let follow = |first: &str, second: &str| {
        changes(&[row("input", first, "until = \"2025\""), row("input", second, "from = \"2026\"")].concat())
    };
    assert_eq!(follow("0", "1"), ["2026 input $0.00 to $1.00"]);
    assert_eq!(follow("1", "0"), ["2026 input $1.00 to $0.00"]);
    assert_eq!(follow("1", "\"in plan\""), ["2026 input $1.00 to InPlan"]);
    assert_eq!(follow("\"not applicable\"", "1"), ["2026 input NotApplicable to $1.00"]);
    assert_eq!(follow("1.10", "1.1").len(), 0, "the same amount goes on");
    assert_eq!(follow("\"in plan\"", "\"in plan\"").len(), 0);
}

#[test]
fn a_price_without_dates_is_no_change() {
    assert_eq!(changes("[price]\ninput = 1\noutput = 2").len(), 0);
}

#[test]
fn prices_of_an_offer_that_begin_or_end_on_one_date_are_one_change() {
    let text =
        "[price]\ninput = 1\noutput = 2\nfrom = 2026-01-01\nuntil = 2026-02-28\n[[price.tier]]\nabove = 9\ninput = 3\n";
    let row = row("request", "1", "from = 2026-01-02\nuntil = 2026-02-28");
    assert_eq!(
        changes(&format!("{text}{row}")),
        [
            "2026-01-01 input begun $1.00; input begun $3.00; output begun $2.00",
            "2026-01-02 request begun $1.00",
            "2026-02-28 input ended $1.00; input ended $3.00; output ended $2.00; request ended $1.00",
        ]
    );
}

#[test]
fn prices_that_begin_and_end_with_the_model_are_part_of_its_dates() {
    let text =
        "released = 2025-06-05\nretired = 2026-06-30\n[price]\ninput = 1\nfrom = \"2025-06\"\nuntil = 2026-06-30";
    assert_eq!(changes(text), ["2025-06-05 released", "2026-06-30 retired"]);
    let later = text.replace("\"2025-06\"", "2025-07-01").replace("until = 2026-06-30", "until = 2026-05-31");
    let expected =
        ["2025-06-05 released", "2026-06-30 retired", "2025-07-01 input begun $1.00", "2026-05-31 input ended $1.00"];
    assert_eq!(changes(&later), expected);
}

#[test]
fn ratios_are_exact_where_they_end_soon_and_say_where_not() {
    let ratio = |from: &str, to: &str| Ratio::new(from.parse().unwrap(), to.parse().unwrap());
    let percent = |from: &str, to: &str| {
        let Rounded { value, exact } = ratio(from, to).and_then(Ratio::percent).unwrap();
        format!("{}{value}", if exact { "" } else { "about " })
    };
    for (from, to, words) in [
        ("10", "2", "80"),
        ("1.10", "0.55", "50"),
        ("2.00", "3", "50"),
        ("1.6", "1.5", "6.25"),
        ("3.2", "3.1", "3.125"),
        ("0.64", "0.63", "about 1.6"),
        ("0.3", "0.2", "about 33.3"),
        ("0.3", "0.1", "about 66.7"),
        ("1.28", "1.27", "about 0.8"),
        ("0.0001", "12", "11999900"),
        ("3000", "2999", "about 0"),
        ("3", "0.0001", "about 100"),
        ("64", "63.2", "1.25"),
    ] {
        assert_eq!(percent(from, to), words, "{from} {to}");
    }
    let times = |from: &str, to: &str| ratio(from, to).and_then(Ratio::times).unwrap();
    assert_eq!(times("1", "3.2"), Rounded { value: "3.2".parse().unwrap(), exact: true });
    assert_eq!(times("3", "10"), Rounded { value: "3.3".parse().unwrap(), exact: false });
    assert!(ratio("1", "2").unwrap().is_rise() && !ratio("2", "1").unwrap().is_rise());
    for (from, to) in [("0", "1"), ("1", "0"), ("1", "1.0"), ("0", "0")] {
        assert_eq!(ratio(from, to), None, "{from} {to}");
    }
    let wide = "0.0000000000000000000000000001";
    assert_eq!(ratio(wide, "79228162514264337593543950335").and_then(Ratio::percent), None, "it cannot be held");
}

#[test]
fn what_is_ahead_agrees_with_the_status_and_the_prices_of_the_day() {
    let day = |text: &str| Date::parse(text).unwrap();
    let catalog = one(
        "released = 2026-06-12\ndeprecated = \"2026-06\"\nretired = 2026-06-12\n[[price.row]]\ncomponent = \"input\"\namount = 1\n\
         from = 2026-07-01\nuntil = \"2026-08\"",
    );
    let model = &catalog.models["acme/one"];
    let ahead = |today: &str| -> String {
        let letter = |change: &Change<'_>| match change.what {
            What::Released => 'R',
            What::Deprecated => 'D',
            What::Retired => 'X',
            What::Begun(..) => 'B',
            What::Ended(..) => 'E',
            What::Announced | What::Moved(..) => '?',
        };
        model.changes().iter().filter(|change| change.is_ahead(day(today))).map(letter).collect()
    };
    assert_eq!(ahead("2026-05-31"), "RDXBE");
    assert_eq!(ahead("2026-06-01"), "RXBE", "a month may have begun");
    assert_eq!(ahead("2026-06-12"), "XBE", "it came out, and this is its last day");
    assert_eq!(ahead("2026-06-13"), "BE");
    assert_eq!(ahead("2026-07-01"), "E");
    assert_eq!(ahead("2026-08-31"), "E", "a month holds to its last day");
    assert_eq!(ahead("2026-09-01"), "");
}

#[test]
fn what_is_off_already_is_not_ahead() {
    let catalog = one("status = \"retired\"\nretired = \"2026-06\"");
    let changes = catalog.models["acme/one"].changes();
    let ahead = |today: &str| changes.iter().filter(|change| change.is_ahead(Date::parse(today).unwrap())).count();
    assert_eq!((ahead("2026-05-31"), ahead("2026-06-15")), (1, 0), "its file says so, in the course of the month");
}
