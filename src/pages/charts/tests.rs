//! Charts of small catalogues, from the texts that an author would write.

use super::market::MarketChart;
use super::*;
use crate::pages::sources::Citations;
use crate::pages::{example, link_base};

/// What is made of a catalogue with a benchmark `exam` that has these keys beside the usual ones and is a headline index or
/// not, and of models `acme/m0`, … whose files say this.
fn with<T>(exam: &str, headline: bool, models: &[String], make: impl FnOnce(&Context<'_>) -> T) -> T {
    let exam = format!("name = \"Exam\"\nmeasures = \"What was learnt\"\ncategory = \"Tests\"\n{exam}");
    let paths: Vec<String> = (0..models.len()).map(|at| format!("models/acme/m{at}.toml")).collect();
    let texts: Vec<String> = models.iter().enumerate().map(|(at, text)| format!("name = \"M{at}\"\n{text}")).collect();
    let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
    let headline = if headline { "headline = [\"exam\"]" } else { "" };
    let site = format!("title = \"Cards\"\ncategories = [\"Tests\"]\n{headline}\n[sources.lab]\ntitle = \"List\"");
    let files: Vec<_> = files.chain([("benchmarks/exam.toml", exam.as_str()), ("site.toml", &site)]).collect();
    example::with(&files, make)
}

const PERCENT: &str = "unit = \"%\"\nscale = { min = 0, max = 100 }\n";

/// A model of this price with this score.
fn model(price: &str, value: &str) -> String {
    format!(
        "source = \"lab\"\n[price]\ninput = {price}\noutput = {price}\n[[score]]\nbenchmark = \"exam\"\nvalue = {value}\nsource = \"lab\"\n"
    )
}

fn html(cx: &Context<'_>, chart: &Chart) -> String {
    render(cx, chart).expect("there is such a chart").html
}

/// The parts of the chart of the exam, in words: its lead, its caption, its rows.
fn told(exam: &str, models: &[String]) -> (String, Vec<String>, Vec<String>) {
    with(exam, true, models, |cx| {
        let (benchmark, market) = first(cx).expect("it can be drawn");
        let chart = MarketChart::Score(benchmark, market);
        let drawing = chart.drawing(cx, &link_base(cx.catalog, &urls::charts()), &mut Citations::new(cx.catalog));
        let caption = drawing.caption.iter().map(crate::pages::text::Text::words).collect();
        let rows = drawing.rows.iter().map(|row| {
            let better = row.better.as_deref().unwrap_or("frontier");
            format!("{} {} {} | {better}", row.name, row.price.text, row.value.text)
        });
        (chart.lead(), caption, rows.collect())
    })
}

#[test]
fn the_table_says_who_is_on_the_frontier_and_what_is_better_for_no_more_money() {
    let models = [model("2", "50"), model("1", "40"), model("1", "30.5"), model("4", "50.0"), model("8", "45")];
    let (lead, caption, rows) = told(PERCENT, &models);
    assert_eq!(
        rows,
        [
            "M1 $1.00 40 | frontier",
            "M2 $1.00 30.5 | M1, +9.5 at $1.00",
            "M0 $2.00 50 | frontier",
            "M3 $4.00 50.0 | M0, the same at $2.00",
            "M4 $8.00 45 | M0, +5 at $2.00",
        ]
    );
    assert!(lead.ends_with("costs less at the same score. 2 of 5 are on it."), "{lead}");
    assert_eq!(caption[0], "On the frontier, cheapest first: M1 (40% at $1.00) and M0 (50% at $2.00).");
    assert_eq!(
        caption[1],
        "Of each model its best score counts, and only comparable results. Blended price weighs three input tokens to one \
         output token."
    );
}

#[test]
fn lower_can_be_better_and_one_may_be_alone_on_the_frontier() {
    let models = [model("1", "4"), model("2", "7.5")];
    let (lead, _, rows) = told("direction = \"lower\"", &models);
    assert_eq!(rows, ["M0 $1.00 4 | frontier", "M1 $2.00 7.5 | M0, −3.5 at $1.00"]);
    assert!(lead.contains("lower, which is better here") && lead.ends_with("1 of 2 is on it."), "{lead}");
}

#[test]
fn nothing_is_said_of_models_that_cannot_be_compared_but_how_many_they_are() {
    let free = model("0", "10");
    let retired = format!("status = \"retired\"\n{}", model("1", "99"));
    let euros = model("1", "98").replace("[price]", "[price]\ncurrency = \"EUR\"");
    let other = model("1", "97") + "harness = \"Agent\"";
    let unpriced = "[scores]\nexam = 96".to_owned();
    let (_, caption, rows) = told(PERCENT, &[free, retired, euros, other, unpriced, model("3", "20")]);
    assert_eq!(rows, ["M0 $0.00 10 | frontier", "M5 $3.00 20 | frontier"]);
    assert!(caption[0].contains("M0 (10% at no charge)"), "{caption:?}");
    let left_out = "Of the models with a score these are left out: 2 without a known price per token in US dollars and one that is retired.";
    assert!(caption[1].ends_with(left_out), "{caption:?}");
}

#[test]
fn what_is_compared_is_named() {
    let models: Vec<String> =
        ["1", "2"].map(|price| model(price, "5") + "harness = \"Agent\"\nmeasured = \"self-reported\"").into();
    let (_, caption, _) = told("version = \"2\"\nmetric = \"accuracy\"", &models);
    let whose = "only what developers report of their own models (version 2, with Agent, metric accuracy).";
    assert!(caption[1].contains(whose), "{caption:?}");
}

#[test]
fn a_chart_has_a_page_from_five_models_on_a_headline_index_from_two() {
    let models = |number: usize| -> Vec<String> { (1..=number).map(|at| model(&at.to_string(), "5")).collect() };
    let charts = |headline: bool, number: usize| {
        with("", headline, &models(number), |cx| {
            let found = list(cx).into_iter();
            found.map(|(url, chart)| (url.as_str().to_owned(), html(cx, &chart))).collect::<Vec<_>>()
        })
    };
    let four = charts(false, 4);
    assert_eq!(four.len(), 1);
    assert!(four[0].1.contains("There is no other chart: none has enough models with a known price."));
    let five = charts(false, 5);
    assert_eq!(five.iter().map(|(url, _)| url.as_str()).collect::<Vec<_>>(), ["charts/", "charts/exam/"]);
    assert!(five[0].1.contains("href=\"exam/\"") && !five[0].1.contains("<figure"));
    assert!(five[1].1.contains("<h1>Exam</h1>") && five[1].1.contains("<figure"));
    let headline = charts(true, 2);
    assert!(headline.len() == 1 && headline[0].1.contains("<figure"));
    assert!(!charts(true, 1)[0].1.contains("<figure"));
    assert_eq!(charts(false, 0).len(), 1, "there is a page of charts in any case");
}

#[test]
fn contexts_are_drawn_against_prices_with_exact_numbers() {
    let models = ["131_072", "1_000_000"]
        .map(|tokens| format!("context_window = {tokens}\nsource = \"lab\"\n[price]\ninput = 1\noutput = 1"));
    let page = with("", false, &models, |cx| html(cx, &Chart::Contexts));
    for said in [
        "<title>Context window against price of AI models · Cards</title>",
        "131,072",
        "M1, 1M at $1.00",
        "M1 (1,000,000 tokens at $1.00)",
        "context windows",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(with("", false, &models[..1], |cx| render(cx, &Chart::Contexts)).is_none());
}

#[test]
fn no_more_models_are_drawn_than_a_page_holds_and_it_is_said_which() {
    let models: Vec<String> =
        (0..600).map(|at| model(&format!("{}", 1 + at % 97), &(at * 7 % 83).to_string())).collect();
    with(PERCENT, true, &models, |cx| {
        let page = html(cx, &Chart::First);
        let links = page.split("<figure").nth(1).and_then(|rest| rest.split("</figure>").next()).unwrap();
        assert_eq!(links.matches("<circle").count(), 100 + 2, "the points, and two of the legend");
        assert_eq!(page.split("id=\"twin\"").nth(1).unwrap().matches("<tr>").count(), 1 + 100, "the head and the rows");
        let words = "100 of 600 models are drawn: those on the frontier, and from each of forty steps of price the best. The \
                     table has the same 100.";
        assert!(page.contains(words), "{page}");
    });
}

#[test]
fn hostile_names_are_text_in_the_drawing_and_in_the_table() {
    let hostile = "name = \"</title></svg><script>alert(1)</script>\"\n";
    let models: Vec<String> = ["1", "2"].map(|price| model(price, "5")).into();
    let files: Vec<(String, String)> = models
        .iter()
        .enumerate()
        .map(|(at, text)| (format!("models/acme/m{at}.toml"), format!("{hostile}{text}")))
        .collect();
    let site = (
        "site.toml",
        "title = \"Cards\"\nheadline = [\"exam\"]\ncategories = [\"Tests\"]\n[sources.lab]\ntitle = \"List\"",
    );
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([site]).collect();
    let page = example::with(&files, |cx| html(cx, &Chart::First));
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert(1)"), "{page}");
}
