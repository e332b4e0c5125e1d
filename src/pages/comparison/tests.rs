mod moves;
mod results;

use super::*;
use crate::pages::example::with;

/// The page of models `acme/m0`, `acme/m1`, …, named `A`, `B`, …, whose files go on like this.
fn page_with<T>(models: &[&str], others: &[(&str, &str)], look: impl FnOnce(&ComparisonPage) -> T) -> T {
    let names = ["A", "B", "C", "D"];
    let paths: Vec<String> = (0..models.len()).map(|at| format!("models/acme/m{at}.toml")).collect();
    let texts: Vec<String> =
        models.iter().zip(names).map(|(text, name)| format!("name = \"{name}\"\n{text}")).collect();
    let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
    with(&files.chain(others.iter().copied()).collect::<Vec<_>>(), |cx| {
        let models: Vec<&Model> = cx.catalog.models.values().collect();
        look(&view(cx, &models))
    })
}

fn page<T>(models: &[&str], look: impl FnOnce(&ComparisonPage) -> T) -> T {
    page_with(models, &[], look)
}

/// What the head says first of two models.
fn differs(one: &str, other: &str) -> String {
    page(&[one, other], |page| page.lead[0].clone())
}

fn said(page: &ComparisonPage) -> String {
    page.banner.as_ref().map(Text::words).unwrap_or_default()
}

/// `value (note)` of each cell of a row; `*` before what is marked as differing.
fn row(rows: &[cell::Row], name: &str) -> Vec<String> {
    let found = rows.iter().find(|row| format!("{} {}", row.name, row.detail).trim() == name);
    let found = found.unwrap_or_else(|| panic!("no row {name} in {rows:#?}"));
    found.cells.iter().map(told).collect()
}

fn told(cell: &cell::Cell) -> String {
    let text = cell.text.words();
    match &cell.note {
        Some(note) => format!("{text} ({}{})", if note.differs { "*" } else { "" }, note.words),
        None => text,
    }
}

fn score(value: &str, rest: &str) -> String {
    format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\n{rest}\n")
}

const DOLLARS: &str = "price = { input = 1.10, output = 4.40 }";

#[test]
fn prices_are_told_by_how_many_times_they_are_cheaper_or_dearer() {
    let of = |price: &str| differs(&format!("price = {{ {price} }}"), DOLLARS);
    for (price, words) in [
        ("input = 1.1, output = 4.40", "A is the same price on input and output."),
        ("input = 0.55, output = 2.2", "A is half the price on input and output."),
        ("input = 2.2, output = 4.4", "A is twice as expensive on input and the same price on output."),
        ("input = 0.34375, output = 2.3", "A is 3.2 times cheaper on input and about 1.9 times cheaper on output."),
        (
            "input = 3.52, output = 13.3",
            "A is 3.2 times as expensive on input and about 3 times as expensive on output.",
        ),
        ("input = 0.548, output = 4.3", "A is about half the price on input and slightly cheaper on output."),
        (
            "input = 2.23, output = 4.45",
            "A is about twice as expensive on input and slightly more expensive on output.",
        ),
        ("input = 0, output = 0", "A is free instead of paid on input and output."),
        ("input = 1.1, output = 0", "A is the same price on input and free instead of paid on output."),
        (
            "input = 5500000, output = 4.4",
            "A is over a million times as expensive on input and the same price on output.",
        ),
        ("input = 1_375, output = 4.4", "A is 1,250 times as expensive on input and the same price on output."),
    ] {
        assert_eq!(of(price), format!("Compared with B, {words}"), "{price}");
    }
    let free = differs(DOLLARS, "price = { input = 0, output = 0 }");
    assert_eq!(free, "Compared with B, A is paid instead of free on input and output.");
}

#[test]
fn limits_are_told_by_how_many_times_they_are_larger_or_smaller() {
    let other = "context_window = 200_000\nmax_output = 100_000";
    let of =
        |context: &str, output: &str| differs(&format!("context_window = {context}\nmax_output = {output}"), other);
    for (context, output, words) in [
        ("200_000", "100_000", "the same context window and max output"),
        ("100_000", "200_000", "half the context window and twice the max output"),
        ("62_500", "125_000", "a context window 3.2 times smaller and a max output 1.25 times as large"),
        ("131_072", "131_072", "a context window about 1.5 times smaller and a max output about 1.3 times as large"),
        ("204_800", "98_304", "a slightly larger context window and a slightly smaller max output"),
    ] {
        assert_eq!(of(context, output), format!("Compared with B, A has {words}."));
    }
    assert_eq!(differs("context_window = 400_000", other), "Compared with B, A has twice the context window.");
    let all = differs(&format!("context_window = 100_000\n{DOLLARS}"), &format!("{other}\n{DOLLARS}"));
    assert_eq!(all, "Compared with B, A is the same price on input and output, and has half the context window.");
}

#[test]
fn what_is_unfit_is_not_compared_and_why_is_said() {
    let basis = |one: &str, other: &str| page(&[one, other], |page| (page.lead[0].clone(), page.basis.clone()));
    let (lead, why) = basis("", "");
    assert_eq!(lead, "No price and no limit of A and B can be compared.");
    assert_eq!(
        why,
        "No price of them is on file. Not compared: input price, output price, context window and max output (not known \
         for either)."
    );
    let euros = "[[price.row]]\ncomponent = \"input\"\namount = 1\ncurrency = \"EUR\"";
    let (lead, why) = basis(DOLLARS, euros);
    assert_eq!(lead, "No price and no limit of A and B can be compared.");
    assert_eq!(
        why,
        "Prices are the developers’ list prices. Not compared: input price (in USD for A, in EUR for B); output price (not \
         known for B); context window and max output (not known for either)."
    );
    let image =
        "context_window = \"not applicable\"\n[[price.row]]\ncomponent = \"input\"\namount = 1\nunit = \"image\"";
    let (_, why) = basis(image, &format!("context_window = 5\nmax_output = 5\n{DOLLARS}"));
    assert!(why.contains("input price (per image for A, per 1M tokens for B)"), "{why}");
    assert!(
        why.contains("context window (not applicable to A)") && why.contains("max output (not known for A)"),
        "{why}"
    );
    let over = "price = { input = 1, output = 2, until = 2026-01-31 }";
    let (_, why) = basis(over, DOLLARS);
    assert!(why.contains("input price and output price (none today for A)"), "{why}");
    let (_, why) = basis(over, "");
    assert!(why.starts_with("No price of them holds today. "), "{why}");
    assert!(why.contains("input price and output price (not known for B)"), "{why}");
    let (_, why) = basis("price = { input = \"in plan\", output = 1 }", DOLLARS);
    assert!(why.contains("input price (part of a plan for A)"), "{why}");

    let hours = |amount: &str| {
        format!("[[price.row]]\ncomponent = \"input\"\nunit = \"hour\"\nmodality = \"audio\"\namount = {amount}")
    };
    let (lead, _) = basis(&hours("0.02"), &hours("0.04"));
    assert_eq!(lead, "Compared with B, A is half the price on input (audio, per hour).");
    let (_, why) = basis(&hours("0.02"), DOLLARS);
    assert!(why.contains("input price (under conditions only for A)"), "{why}");

    // Of several units the one that both have is compared, whichever of the models has more.
    let images = |amount: &str| format!("[[price.row]]\ncomponent = \"input\"\nunit = \"image\"\namount = {amount}\n");
    let both = format!("price.input = 3\n{}", images("0.02"));
    let (lead, why) = basis(&both, &images("0.04"));
    assert_eq!(lead, "Compared with B, A is half the price on input (per image).");
    assert!(why.contains("Not compared: input price (per 1M tokens for A alone); "), "{why}");
    let (lead, why) = basis(&images("0.04"), &both);
    assert_eq!(lead, "Compared with B, A is twice as expensive on input (per image).");
    assert!(why.contains("Not compared: input price (per 1M tokens for B alone); "), "{why}");
    let pages = images("1").replace("image", "page");
    let (lead, why) = basis(&both, &format!("{}{pages}", images("0.02")));
    assert_eq!(lead, "Compared with B, A is the same price on input (per image).");
    assert!(why.contains("input price (per 1M tokens for A alone)"), "{why}");
}

#[test]
fn whose_prices_they_are_is_said() {
    let basis = |models: &[&str], others: &[(&str, &str)]| page_with(models, others, |page| page.basis.clone());
    let offer = "name = \"P\"\n[[offer]]\nmodel = \"acme/m1\"\nprice = { input = 1, output = 1 }";
    let second = "name = \"Q\"\n[[offer]]\nmodel = \"acme/m1\"\nprice = { input = 2, output = 1 }";
    let limits = "context_window = 5\nmax_output = 5\n";
    let listed = format!("{limits}{DOLLARS}");
    assert_eq!(
        basis(&[&listed, limits], &[("providers/p.toml", offer)]),
        "Prices are the developers’ list prices; that of B comes from its only offer, at P."
    );
    assert_eq!(
        basis(&[&listed, limits], &[("providers/p.toml", offer), ("providers/q.toml", second)]),
        "Prices are the developers’ list prices; that of B is the lowest of its 2 offers, at P."
    );
    let own = basis(&[limits, limits], &[("providers/p.toml", offer)]);
    assert!(own.starts_with("The price of B comes from its only offer, at P. Not compared:"), "{own}");
    let retired = format!("status = \"retired\"\n{listed}");
    assert_eq!(
        basis(&[&retired, &listed], &[]),
        "Prices are the developers’ list prices. A is retired: its prices are the last on file."
    );
    assert!(basis(&[&retired, &retired], &[]).ends_with(" A and B are retired: their prices are the last on file."));
    assert!(
        differs(&retired, &listed)
            .starts_with("Compared with B, A was the same price on input and output, and had the")
    );
}

#[test]
fn three_models_are_each_compared_with_the_first() {
    let price = |input: &str| format!("price = {{ input = {input}, output = 1 }}\n[scores]\nexam = {input}");
    page(&[&price("1"), &price("2"), &price("0.5")], |page| {
        assert_eq!(page.title, "A vs B vs C");
        assert_eq!(page.layout.title, "A vs B vs C: price, context, benchmarks · Cards");
        assert_eq!(
            page.lead,
            [
                "Compared with A, B is twice as expensive on input and the same price on output.",
                "Compared with A, C is half the price on input and the same price on output.",
                "B leads on the one benchmark result that can be compared."
            ]
        );
        assert_eq!(
            row(&page.prices.rows, "Input"),
            ["$1.00", "$2.00 (*twice as expensive)", "$0.50 (*half the price)"]
        );
        assert_eq!(page.basis.matches("Not compared:").count(), 2);
        assert_eq!(page.scores.rows[0].lead, "B by 1 point");
        assert_eq!((page.scores.rows[0].bars.len(), page.scores.swatches.len()), (3, 3));
    });
}

#[test]
fn facts_stand_side_by_side_and_what_differs_is_marked_in_words() {
    let one = "released = 2025-01-31\ncontext_window = 200_000\nmodalities = { input = [\"text\", \"image\"], output = [\"text\"] }\n\
        weights = \"closed\"\n[capabilities]\nvision = true\nstreaming = true\n[reasoning]\nefforts = [\"low\"]";
    let other = "released = \"2025-03\"\ncontext_window = 400_000\nmodalities = { input = [\"text\", \"pdf\"], output = [\"text\"] }\n\
        weights = \"open\"\nlicense = \"MIT\"\nretired = 2030-01-31\n[capabilities]\nvision = false\nreasoning = true";
    page(&[one, other], |page| {
        let rows = &page.facts.rows;
        assert_eq!(row(rows, "Status"), ["active", "deprecated, served until 31 Jan 2030 (*differs)"]);
        assert_eq!(row(rows, "Released"), ["31 Jan 2025", "Mar 2025 (*2 months later)"]);
        assert_eq!(row(rows, "Context window"), ["200K tokens", "400K tokens (*twice)"]);
        assert_eq!(row(rows, "Takes"), ["text, image", "text, PDF (*also PDF; no image)"]);
        assert_eq!(row(rows, "Gives"), ["text", "text (the same)"]);
        assert_eq!(row(rows, "Weights"), ["closed", "open (*differs)"]);
        assert_eq!(row(rows, "Licence"), ["not known", "MIT"]);
        assert_eq!(row(rows, "Vision"), ["yes", "no (*differs)"]);
        assert_eq!(row(rows, "Streaming"), ["yes", "not known"]);
        assert_eq!(row(rows, "Reasoning"), ["yes", "yes (the same)"]);
        assert!(rows.iter().all(|row| row.name != "Web search" && row.name != "Max output"));
        assert_eq!((page.models[0].status, page.models[1].status), (None, Some("deprecated")));
        assert_eq!(page.models[1].href, "../../models/acme/m1/");
    });
}

#[test]
fn every_condition_that_either_has_is_a_row() {
    let one = "[price]\ninput = 1\noutput = 4\nbatch = { input = 0.5 }\n[[price.tier]]\nabove = 200_000\ninput = 2";
    let other = "[price]\ninput = 2.5\noutput = 4\n[[price.tier]]\nabove = 128_000\ninput = 5\noutput = 8\n\
        [[price.row]]\ncomponent = \"web search\"\nunit = \"1K requests\"\namount = 10";
    page(&[one, other], |page| {
        let rows = &page.prices.rows;
        assert_eq!(row(rows, "Input"), ["$1.00", "$2.50 (*2.5 times as expensive)"]);
        assert_eq!(row(rows, "Input batch"), ["$0.50", "none on file"]);
        assert_eq!(row(rows, "Input above 128K tokens"), ["as for shorter prompts", "$5.00"]);
        assert_eq!(row(rows, "Input above 200K tokens"), ["$2.00", "as for shorter prompts"]);
        assert_eq!(row(rows, "Output"), ["$4.00", "$4.00 (the same price)"]);
        assert_eq!(row(rows, "Web search per 1K requests"), ["none on file", "$10.00"]);
        let blended = page.prices.blended.as_ref().expect("both have input and output");
        assert_eq!(
            blended.cells.iter().map(told).collect::<Vec<_>>(),
            ["$1.75", "$2.875 (*about 1.6 times as expensive)"]
        );
        assert!(page.prices.note.words().starts_with(" Per 1M tokens, unless the row names another unit."));
        assert!(page.prices.note.words().contains("A context tier goes by the length of the prompt"));
    });
    let currency = |code: &str| format!("[[price.row]]\ncomponent = \"input\"\namount = 1\ncurrency = \"{code}\"");
    page(&[&currency("EUR"), &currency("USD")], |page| {
        assert_eq!(row(&page.prices.rows, "Input"), ["€1.00", "$1.00 (not comparable: another currency)"]);
        assert_eq!(page.prices.blended, None);
    });
    page(&["", ""], |page| assert!(page.prices.rows.is_empty() && page.prices.note.is_empty()));
}

#[test]
fn offers_are_counted_and_compared_at_those_who_serve_more_than_one() {
    let offers = |models: &[(&str, &str)]| -> String {
        let offer = |(model, price): &(&str, &str)| {
            format!(
                "[[offer]]\nmodel = \"acme/{model}\"\nregion = \"R{price}\"\nprice = {{ input = {price}, output = {price} }}\n"
            )
        };
        models.iter().map(offer).collect()
    };
    let p = format!("name = \"P\"\n{}", offers(&[("m0", "2"), ("m0", "1"), ("m1", "3")]));
    let q = format!("name = \"Q\"\n{}", offers(&[("m0", "0"), ("m1", "4")]));
    let others = [("providers/p.toml", p.as_str()), ("providers/q.toml", q.as_str())];
    let own = "price = { input = 1.5, output = 1.5 }";
    page_with(&[own, ""], &others, |page| {
        let offers = page.offers.as_ref().expect("there are offers");
        assert!(offers.note.starts_with("2 providers serve both."), "{}", offers.note);
        assert_eq!(row(&offers.rows, "Offers on file"), ["4", "2"]);
        assert_eq!(row(&offers.rows, "Providers"), ["3", "2"]);
        let cheapest = row(&offers.rows, "Cheapest blended 3:1 per 1M tokens");
        assert_eq!(cheapest, ["$1.00 (at P)", "$3.00 (*at P, 3 times as expensive)"]);
        let shared: Vec<(&str, Vec<String>)> =
            offers.shared.iter().map(|one| (one.row.name.as_str(), one.row.cells.iter().map(told).collect())).collect();
        let words = |of: [&str; 2]| of.map(str::to_owned).to_vec();
        assert_eq!(
            shared,
            [
                ("P", words(["$1.00", "$3.00 (*3 times as expensive)"])),
                ("Q", words(["no charge", "$4.00 (*paid instead of free)"]))
            ]
        );
        assert_eq!(offers.shared[0].href.as_deref(), Some("../../providers/p/"));
    });
    page_with(&[own, ""], &others[..1], |page| {
        assert!(page.offers.as_ref().expect("offers").note.starts_with("One provider serves both."));
    });
    page(&[own, ""], |page| {
        let offers = page.offers.as_ref().expect("there is the own one");
        assert!(offers.note.starts_with("Nobody serves both.") && offers.shared.is_empty());
        assert_eq!(row(&offers.rows, "Offers on file"), ["1", "none"]);
    });
    page(&["", ""], |page| assert_eq!(page.offers, None));
}

#[test]
fn models_of_one_name_are_told_apart() {
    let others = [("developers/other.toml", "name = \"Other\""), ("models/other/x.toml", "name = \"A\"")];
    page_with(&["", ""], &others, |page| assert_eq!(page.title, "Acme A vs B vs Other A"));
    // A model of the same slug elsewhere is another one, whatever it is called.
    let others = [("developers/other.toml", "name = \"Other\""), ("models/other/m0.toml", "name = \"Z\"")];
    page_with(&["", ""], &others, |page| assert_eq!(page.title, "Acme A vs B vs Other Z"));
    page_with(&[""], &[("models/acme/x.toml", "name = \"A\"")], |page| {
        assert_eq!(page.title, "A (acme/m0) vs A (acme/x)");
    });
}

#[test]
fn a_comparison_of_a_model_that_is_not_there_is_no_page() {
    with(&[("models/acme/a.toml", "name = \"A\"")], |cx| {
        assert!(render(cx, &[ModelId::new("acme/a"), ModelId::new("acme/b")]).is_none());
    });
}

#[test]
fn other_comparisons_of_the_models_are_named_and_not_the_page_itself() {
    let site = "title = \"Cards\"\n[[compare]]\nmodels = [\"acme/m0\", \"acme/m1\"]\n\
        [[compare]]\nmodels = [\"acme/x\", \"acme/m1\"]\n[[compare]]\nmodels = [\"acme/m1\", \"acme/m0\", \"acme/x\"]\n\
        [[compare]]\nmodels = [\"acme/x\", \"acme/y\"]";
    let files = [
        ("site.toml", site),
        ("models/acme/m0.toml", "name = \"A\""),
        ("models/acme/m1.toml", "name = \"B\""),
        ("models/acme/x.toml", "name = \"X\""),
        ("models/acme/y.toml", "name = \"Y\""),
    ];
    with(&files, |cx| {
        let models = ["acme/m0", "acme/m1"].map(|id| &cx.catalog.models[id]);
        let others = view(cx, &models).others;
        let others: Vec<(&str, &str)> = others.iter().map(|other| (other.name.as_str(), other.href.as_str())).collect();
        assert_eq!(others, [("B vs A vs X", "../m1-vs-m0-vs-x/"), ("X vs B", "../x-vs-m1/")]);
    });
}

#[test]
fn long_tables_are_cut_and_say_how_many_more_there_are() {
    let row = |at: usize| format!("[[price.row]]\ncomponent = \"input\"\namount = 1\nquality = \"Q{at:03}\"\n");
    let prices: String = (0..=MOST_PRICES).map(row).collect();
    let scores: String = (0..=MOST_RESULTS).map(|at| score("5", &format!("variant = \"v{at:03}\""))).collect();
    let offers = "[[offer]]\nmodel = \"acme/m0\"\n[[offer]]\nmodel = \"acme/m1\"";
    // The developer is the one more.
    let provider = |at: usize| (format!("providers/p{at:03}.toml"), format!("name = \"P{at:03}\"\n{offers}"));
    let providers: Vec<(String, String)> = (0..MOST_PROVIDERS).map(provider).collect();
    let providers: Vec<(&str, &str)> = providers.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let model = format!("{prices}{scores}");
    page_with(&[&model, &model], &providers, |page| {
        let offers = page.offers.as_ref().expect("there are offers");
        assert_eq!((page.prices.rows.len(), offers.shared.len()), (MOST_PRICES, MOST_PROVIDERS));
        assert!(page.prices.note.words().ends_with(" 1 price more stands on the cards."), "{:?}", page.prices.note);
        assert!(offers.note.starts_with("41 providers serve both. The first 40 by name are shown;"), "{}", offers.note);
        assert_eq!(page.scores.rows.len(), MOST_RESULTS);
        assert_eq!(page.scores.more.as_deref(), Some("1 result more stands on the cards."));
        let rows = page.facts.rows.len() + page.prices.rows.len() + offers.rows.len() + offers.shared.len();
        assert!(rows + page.scores.rows.len() <= paging::MOST_ROWS);
    });
}
