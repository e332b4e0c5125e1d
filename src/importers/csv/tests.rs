use super::FORMAT;
use crate::importers::ledger::Fate;
use crate::importers::told::{facts, file, prices, records};
use crate::importers::upstream::Upstream;

fn read(columns: &str, table: &str) -> Result<Upstream, String> {
    FORMAT.upstream(&[file("models.csv", table)], Some(&file("columns.toml", columns)))
}

fn table(text: &str) -> Upstream {
    FORMAT.upstream(&[file("-", text)], None).expect("heads that are keys")
}

/// What is left out of the columns, with the reason.
fn left_out(upstream: &Upstream) -> Vec<String> {
    let why = upstream.ledger.fields().iter().filter_map(|field| match &field.fate {
        Fate::LeftOut(why) => Some(format!("{} = {}: {why}", field.path, field.shown)),
        _ => None,
    });
    why.collect()
}

const COLUMNS: &str = r#"
[columns]
Model = "id"
Vendor = "developer"
"In, $/1K" = { key = "price.input", per = "1K tokens" }
"Out" = { key = "price.output", per = "token", currency = "EUR" }
"Cents an image" = { key = "price.output", per = "image", factor = 0.01 }
"Window, K" = { key = "context_window", factor = 1_000 }
Quiz = { key = "scores.Quiz", factor = 100, unit = "%" }
Remarks = false
"#;

#[test]
fn columns_are_what_the_file_says() {
    let upstream = read(
        COLUMNS,
        "Model,Vendor,\"In, $/1K\",Out,Cents an image,\"Window, K\",Quiz,Remarks,Colour,released,capabilities.vision\n\
         m-1,Acme Inc,0.00110,2.9999900000000002e-06,4,200,0.773,\"good, cheap\",red,2026-05,yes\n",
    )
    .expect("a table");
    let model = &upstream.models[0];
    assert_eq!((model.id.as_str(), model.developer.as_str()), ("acme-inc/m-1", "acme-inc"));
    assert_eq!(facts(model), ["released = \"2026-05\"", "context_window = 200_000", "capabilities.vision = true"]);
    let offer = &upstream.offers[0];
    assert_eq!((offer.provider.as_str(), offer.id.as_str()), ("acme-inc", "m-1"));
    assert_eq!(prices(offer), ["input = 1.1", "output = 2.99999 EUR", "output per image = 0.04"]);
    assert_eq!(model.scores[0].value.value.to_string(), "77.3");
    assert_eq!(upstream.benchmarks["Quiz"].unit, Some("%"));
    let name = upstream.developers["acme-inc"].name.as_ref().map(|name| name.value.as_str());
    assert_eq!(name, Some("Acme Inc"));
    assert_eq!(
        left_out(&upstream),
        [
            "Remarks = \"good, cheap\": left out by the file of columns",
            "Colour = \"red\": a column that is no key, and that no file of columns names",
        ]
    );
}

#[test]
fn a_wrong_file_of_columns_is_told_with_its_places_and_what_to_do() {
    let cases = [
        (
            "Model = \"identity\"",
            "columns.toml:2:9: `identity` is no key that a column can be; there are `id`, `developer`",
        ),
        ("Model = \"nmae\"", "columns.toml:2:9: `nmae` is no key that a column can be; perhaps `name` is meant"),
        ("Model = { factor = 2 }", "columns.toml:2:9: the column has no key; write `key = \"price.input\"`"),
        ("Model = 7", "columns.toml:2:9: no key; write a key in quotes"),
        (
            "Model = { key = \"id\", factor = 2 }",
            "columns.toml:2:32: a factor of what is no number; take `factor` away",
        ),
        ("Model = { key = \"price.input\", factor = 0 }", "columns.toml:2:41: no number above 0; write a factor"),
        (
            "Model = { key = \"price.input\", per = \"tokens\" }",
            "columns.toml:2:38: not what a price can be per; there are `1M tokens`",
        ),
        ("Model = { key = \"id\", per = \"token\" }", "columns.toml:2:29: said of what is no price; take `per` away"),
        (
            "Model = { key = \"price.input\", currency = \"€\" }",
            "columns.toml:2:43: no currency; write a code of three",
        ),
        (
            "Model = { key = \"price.input\", unit = \"%\" }",
            "columns.toml:2:39: a unit of what is no score; of a price it is `per`",
        ),
        ("Model = { key = \"scores.Quiz\", unit = \"pts\" }", "columns.toml:2:39: a unit that is not known; write `%`"),
        (
            "Model = { key = \"id\", curency = \"EUR\" }",
            "columns.toml:2:23: unknown key `curency`; perhaps `currency` is meant",
        ),
        ("Model = \"price.request\"", "columns.toml:2:9: it is not said what the price is per; write"),
        ("Modle = \"id\"", "columns.toml:2:1: no table has a column `Modle`; perhaps `Model` is meant"),
        ("Price = \"id\"", "columns.toml:2:1: no table has a column `Price`; there are `Model`, `Maker`"),
        (
            "Model = \"id\"\nMaker = \"id\"",
            "columns.toml:3:1: the columns `Model` and `Maker` are the same key; write `false`",
        ),
        ("Model = \"id\"\nModel = \"name\"", "columns.toml:3:1: no valid TOML"),
        ("Model = \"id", "columns.toml:2:"),
    ];
    for (lines, told) in cases {
        let error = read(&format!("[columns]\n{lines}\n"), "Model,Maker\na/b,a\n").expect_err(lines);
        assert!(error.starts_with(told), "{lines}: {error}");
    }
    let error = read("[rows]\nA = 1\n", "Model\na/b\n").expect_err("no columns");
    assert_eq!(error, "columns.toml:1:2: unknown key `rows`; put the columns below `[columns]`");
    let two = read("[columns]\nModel = \"idd\"\nMaker = 1\n", "Model,Maker\na/b,a\n").expect_err("two faults");
    assert_eq!(two.lines().count(), 2, "{two}");
    // Only tables have columns.
    let format = crate::importers::format("litellm").expect("a format");
    let error = format.upstream(&[], Some(&file("columns.toml", COLUMNS))).expect_err("no table");
    assert_eq!(error, "LiteLLM says itself what its fields are: leave the columns out");
}

#[test]
fn a_head_that_can_be_understood_in_two_ways_is_an_error() {
    let error = |text: &str| FORMAT.upstream(&[file("a.csv", text)], None).expect_err("a wrong head");
    assert_eq!(
        error("id,name,name\na/b,B,C\n"),
        "a.csv:1: the columns 2 and 3 are both called `name`; give one of them another name"
    );
    assert_eq!(
        error("id;name\na/b;B\n"),
        "a.csv:1: the head is one column with ';' in it; separate the cells by commas"
    );
    // Columns without a head have none to be mistaken for.
    let upstream = table("id,,\na/b,1,2\n");
    assert_eq!(left_out(&upstream).len(), 2);
    let upstream = read("[columns]\nModel = \"id\"\n", "Model,id\na/b,c/d\n").expect("the file wins");
    assert_eq!(upstream.models[0].id, "a/b");
    assert_eq!(left_out(&upstream), ["id = \"c/d\": the file of columns has another column for this key"]);
}

#[test]
fn rows_that_are_none_are_told_with_their_lines() {
    let upstream = table(
        "\u{feff}id,name,summary\r\n\
         a/one,\" One \",\"First line,\r\nsecond \"\"line\"\".\"\r\n\
         \r\n\
         a/two,Two\r\n\
         a/three,Three,,\r\n\
         id,name,summary\r\n\
         ,,\r\n\
         bare,Bare,\r\n\
         ::,A,\r\n\
         a/::,A,\r\n\
         \"a/li\nne\",L,\r\n\
         a/four,Four,\"not closed\r\n\
         a/five,Five,\r\n",
    );
    assert_eq!(facts(&upstream.models[0]), ["name = \"One\"", "summary = 'First line, second \"line\".'"]);
    assert_eq!(upstream.models.len(), 1);
    let told: Vec<String> = upstream
        .ledger
        .records()
        .iter()
        .zip(records(&upstream))
        .map(|(record, why)| format!("{}: {why}", record.id))
        .collect();
    assert_eq!(
        told,
        [
            "line 2: Read",
            "line 5: another number of cells than the head has: 2 and 3",
            "line 6: another number of cells than the head has: 4 and 3",
            "line 7: the head again",
            "line 8: names no model",
            "line 9: does not say who makes the model: neither a column nor what is in front of the ID",
            "line 10: does not say who makes the model: neither a column nor what is in front of the ID",
            "line 11: the name of the developer or the ID has no letter to make an address of",
            "line 12: names no model",
            "line 14: a quote that nobody closes: all that follows may belong to its cell",
        ]
    );
    let files = [file("notes.txt", "id\na/b\n"), file("empty.csv", ""), file("a/-", "id\na/b\n")];
    let upstream = FORMAT.upstream(&files, None).expect("tables");
    assert_eq!(records(&upstream), ["not a CSV file: no record", "no table: there is no head", "Read"]);
}

#[test]
fn cells_are_exact_or_left_out_with_the_reason() {
    let cells = [
        (
            "context_window",
            "\"200,000\"",
            "a sign between digits, which can stand for thousands or for a fraction: write 1200.5 without one",
        ),
        (
            "context_window",
            "200 000",
            "a sign between digits, which can stand for thousands or for a fraction: write 1200.5 without one",
        ),
        ("context_window", "200.000", "a point that can stand for thousands, as in 200.000: write 200000"),
        ("context_window", "200K", "not a number: digits alone, with a point in front of a fraction"),
        ("context_window", "0", "a limit that is no whole number above 0: not known"),
        ("context_window", "0.5", "a limit that is no whole number above 0: not known"),
        ("context_window", "", "an empty cell: not known"),
        ("price.input", "$1.10", "not a number: digits alone, with a point in front of a fraction"),
        (
            "price.input",
            "\"1,10\"",
            "a sign between digits, which can stand for thousands or for a fraction: write 1200.5 without one",
        ),
        ("price.input", "-1", "a price below 0 stands for one that varies or is not known"),
        ("price.input", "", "an empty cell: not known"),
        ("released", "31/05/2026", "not a day, month or year: write 2026-05-31, 2026-05 or 2026"),
        ("weights", "Open", "neither open nor closed"),
        ("status", "beta", "not a status: active, preview, deprecated or retired"),
        ("capabilities.vision", "maybe", "neither true nor false, yes nor no"),
        ("weights_url", "github", "not a web address that readers can open"),
        ("name", "\"A\nB\"", "holds a line break, or another character that cannot be seen"),
    ];
    for (head, cell, why) in cells {
        let upstream = table(&format!("id,{head}\na/b,{cell}\n"));
        assert_eq!(upstream.models.len(), 1, "{cell}");
        assert!(facts(&upstream.models[0]).is_empty() && upstream.offers.is_empty(), "{head} {cell}");
        let told = left_out(&upstream);
        assert!(told.len() == 1 && told[0].ends_with(why), "{told:?}");
    }
    let taken = [
        ("context_window", "200000.0", "context_window = 200_000"),
        ("context_window", "not applicable", "context_window = \"not applicable\""),
        ("max_output", "1e5", "max_output = 100_000"),
        ("modalities.input", "Text; image", "modalities.input = [\"text\", \"image\"]"),
        ("reasoning.efforts", "high;low", "reasoning.efforts = [\"low\", \"high\"]"),
        ("capabilities.vision", "No", "capabilities.vision = false"),
        ("name", "4", "name = \"4\""),
        ("released", "2026", "released = \"2026\""),
    ];
    for (head, cell, fact) in taken {
        assert_eq!(facts(&table(&format!("id,{head}\na/b,{cell}\n")).models[0]), [fact]);
    }
    assert_eq!(prices(&table("id,price.output\na/b,1.10\n").offers[0]), ["output = 1.1"]);
}

#[test]
fn rows_of_one_model_are_offers_of_it_or_told() {
    let upstream = table(
        "id,provider,offer.id,price.output,scores.Quiz\n\
         acme/m,Cloudy AI,m-fp8,0,7\n\
         ACME/M,Cloudy AI,m-fp4,2.50,8\n\
         acme/m,Cloudy AI,m-fp4,3,\n\
         acme/m,,,,\n\
         acme/n,,,1,\n",
    );
    let models: Vec<&str> = upstream.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(models, ["acme/m", "acme/n"]);
    let offers: Vec<String> = upstream
        .offers
        .iter()
        .map(|offer| {
            let base = offer.base.as_ref().map(|base| base.value.as_str()).unwrap_or_default();
            format!("{} {} of {base}: {}", offer.provider, offer.id, prices(offer).join(", "))
        })
        .collect();
    assert_eq!(
        offers,
        ["cloudy-ai m-fp8 of acme/m: ", "cloudy-ai m-fp4 of acme/m: output = 2.5", "acme acme/n of acme/n: output = 1",],
        "a price of 0 alone does not say that it is free"
    );
    assert_eq!(
        records(&upstream),
        ["Read", "Read", "another row is about the same offer", "another row is about the same model", "Read"]
    );
    assert!(left_out(&upstream).contains(&"scores.Quiz = 8: another row has the scores of the model".to_owned()));
    // The developer of a column wins over what is in front of an ID that others gave.
    let upstream = table("id,developer\naccounts/fire/models/m-1,Acme\nAcme/m-2,Acme\n");
    let models: Vec<&str> = upstream.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(models, ["acme/m-1", "acme/m-2"]);
}
