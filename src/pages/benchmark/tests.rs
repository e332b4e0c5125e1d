//! Pages of benchmarks of small catalogues, from the texts that an author would write.

use super::table::Row;
use super::*;
use crate::pages::example;

/// What is made of a page of the benchmark `exam` with these keys beside the usual ones, and of models `acme/m0`, … whose
/// files say this.
fn with<T>(exam: &str, models: &[String], make: impl FnOnce(&View<'_>, &mut Citations<'_>) -> T) -> T {
    let exam = format!("name = \"Exam\"\nmeasures = \"What was learnt\"\ncategory = \"Tests\"\n{exam}");
    let paths: Vec<String> = (0..models.len()).map(|at| format!("models/acme/m{at}.toml")).collect();
    let texts: Vec<String> = models.iter().enumerate().map(|(at, text)| format!("name = \"M{at}\"\n{text}")).collect();
    let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
    let site = "title = \"Cards\"\ncategories = [\"Tests\"]\nrecheck_after_days = 100\n[sources.lab]\ntitle = \"List\"\npublisher = \"Lab\"";
    let files: Vec<_> = files.chain([("benchmarks/exam.toml", exam.as_str()), ("site.toml", site)]).collect();
    example::with(&files, |cx| {
        let benchmark = &cx.catalog.benchmarks["exam"];
        let view = View {
            cx,
            benchmark,
            board: cx.listings.board(cx.catalog, cx.rankings, &benchmark.id),
            base: link_base(cx.catalog, &urls::benchmark(&benchmark.id)),
        };
        make(&view, &mut Citations::new(cx.catalog))
    })
}

const PERCENT: &str = "unit = \"%\"\nscale = { min = 0, max = 100 }\n";
const OWN: &str = "measured = \"self-reported\"";
const OTHERS: &str = "measured = \"independent\"\nsource = \"lab\"\nas_of = 2026-05-01";

fn score(value: &str, rest: &str) -> String {
    format!("[[score]]\nbenchmark = \"exam\"\nvalue = {value}\n{rest}\n")
}

fn tables(exam: &str, models: &[String]) -> Vec<Table> {
    with(exam, models, |view, citations| view.tables(1, 1, citations).0)
}

/// `1 M0 high 85 | 90 | +5`
fn told(row: &Row) -> String {
    let rank = row.rank.as_deref().unwrap_or("–");
    let variant = row.variant.as_ref().map_or_else(String::new, |variant| format!(" {variant}"));
    format!("{rank} {}{variant} {} | {} | {}", row.name, row.value.text, row.other.text, row.gap.text)
}

fn rows(table: &Table) -> Vec<String> {
    table.rows.iter().map(told).collect()
}

fn key(table: &Table) -> Vec<&str> {
    table.key.iter().map(|item| item.words).collect()
}

#[test]
fn what_is_measured_is_ranked_and_what_is_reported_stands_beside_it_or_without_a_rank() {
    let models = [
        score("85.5", &format!("variant = \"high\"\nuncertainty = 0.5\n{OTHERS}"))
            + &score("90", &format!("variant = \"high\"\n{OWN}")),
        score("70", OTHERS) + &score("69.5", OWN),
        score("95", OWN),
        score("60", OTHERS),
    ];
    let table = &tables(PERCENT, &models)[0];
    assert_eq!(
        rows(table),
        ["– M2 none | 95 | ", "1 M0 high 85.5 | 90 | +4.5", "2 M1 70 | 69.5 | −0.5", "3 M3 60 | none | "]
    );
    assert_eq!(
        key(table),
        ["measured independently, ranked", "reported by the developer", "reported only, not ranked", "best"]
    );
    assert_eq!(
        table.note.words(),
        "3 models are ranked, each by its best comparable result. One result that only the developer reports is not \
         ranked. A gap is what the developer reports minus what was measured, in percentage points."
    );
    let first = &table.rows[1];
    assert_eq!((first.uncertainty.as_str(), first.id.as_deref()), ("±0.5", Some("acme/m0")));
    assert_eq!(first.who.words(), "independent, Lab[1]; also self-reported, no source");
    assert_eq!(first.date.map(|date| date.to_string()).as_deref(), Some("2026-05-01"));
    assert!(
        first.lane.as_str().contains("<rect y=\"34%\" width=\"85.5%\"") && first.lane.as_str().contains("class=\"c2\"")
    );
    assert!(table.rows[0].lane.as_str().contains("url(#hatch)"), "{}", table.rows[0].lane);
}

#[test]
fn several_results_of_one_model_are_told_apart_and_ranked_once() {
    let several = score("60", "variant = \"low\"") + &score("80", "variant = \"high\"") + &score("70", "");
    let table = &tables("", &[several, score("75", "")])[0];
    let wanted = [
        "1 M0 high 80 | none | ",
        "2 M1 75 | none | ",
        "– M0 setting not stated 70 | none | ",
        "– M0 low 60 | none | ",
    ];
    assert_eq!(rows(table), wanted);
    assert_eq!(key(table), ["measured, ranked", "another result of a ranked model", "best"]);
    let note = table.note.words();
    assert!(note.contains("2 further results of ranked models stand in their order without a rank."), "{note}");
    let ids: Vec<_> = table.rows.iter().filter_map(|row| row.id.as_deref()).collect();
    assert_eq!(ids, ["acme/m0", "acme/m1"], "a name stands in a page once");
}

#[test]
fn what_is_the_same_of_all_results_is_said_once() {
    let own = format!("variant = \"high\"\n{OTHERS}");
    let same = ["70", "60", "50"].map(|value| score(value, &own));
    let table = &tables("", &same)[0];
    let note = table.note.words();
    assert!(note.ends_with("Setting of every model: high. All results: independent, Lab[1], 1 May 2026."), "{note}");
    assert!(!table.sourced && table.rows.iter().all(|row| row.variant.is_none() && row.who.is_empty()));

    let not_said =
        [("05-01", "06-01", true, false), ("independent", "community", true, false), ("high", "low", false, true)];
    for (from, to, is_variant_said, is_origin_said) in not_said {
        let table = &tables("", &[same[0].clone(), same[1].clone(), score("50", &own.replace(from, to))])[0];
        let note = table.note.words();
        assert_eq!(note.contains("Setting of every model"), is_variant_said, "{note}");
        assert_eq!(note.contains("All results"), is_origin_said, "{note}");
        assert_eq!(table.sourced, !is_origin_said);
    }
    let few = &tables("", &same[..2])[0];
    assert!(few.sourced && few.rows.iter().all(|row| row.variant.is_some()), "two rows say it themselves");
}

#[test]
fn equal_scores_share_a_rank_and_lower_can_be_better() {
    let models = ["10", "30.0", "30", "20"].map(|value| score(value, OTHERS));
    let table = &tables("direction = \"lower\"", &models)[0];
    let ranks: Vec<_> = table.rows.iter().map(|row| format!("{} {}", row.rank.as_deref().unwrap(), row.name)).collect();
    assert_eq!(ranks, ["1 M0", "2 M3", "3 M1", "3 M2"]);
    assert!(table.note.words().contains("Equal scores share a rank."), "{}", table.note.words());
}

#[test]
fn where_there_are_reports_only_they_are_ranked_and_said_to_be_such() {
    let table = &tables(PERCENT, &[score("50", OWN), score("60", OWN)])[0];
    assert_eq!((table.main, table.other, table.gaps), ("Reported", None, false));
    assert_eq!(key(table), ["reported by the developer, ranked", "best"]);
    let note = table.note.words();
    assert!(note.ends_with("All of them are what developers report of their own models."), "{note}");
    let both = &tables(PERCENT, &[score("50", OWN), score("60", OWN), score("70", OTHERS)])[0];
    assert_eq!(rows(both)[0], "– M2 none | 70 | ");
    assert!(both.note.words().contains("One result that others measured is not ranked among reports."));
    assert!(both.rows[0].lane.as_str().contains("url(#hatch-m)"));
}

#[test]
fn what_is_not_comparable_has_a_table_that_says_what_differs() {
    let models = [
        score("50", "harness = \"Agent\"") + &score("51", "version = \"1\""),
        score("60", "harness = \"Agent\"") + &score("61", "harness = \"Agent\"\nmetric = \"pass@1\""),
    ];
    let tables = tables("version = \"2\"\nmetric = \"accuracy\"", &models);
    let titles: Vec<&str> = tables.iter().map(|table| table.title.as_str()).collect();
    assert_eq!(titles, ["Leaderboard", "Version 1, harness not stated", "Metric pass@1"]);
    let notes: Vec<String> = tables.iter().map(|table| table.note.words()).collect();
    assert!(notes[0].ends_with("Comparable here means: version 2, with Agent and metric accuracy."), "{}", notes[0]);
    assert_eq!(notes[1], "It cannot be compared with the results above, so it has no rank.");
    let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
    assert_eq!(ids, ["board", "board-2", "board-3"]);
    assert!(tables[1].rows[0].id.is_none(), "the model has its name in the page already");
}

#[test]
fn one_model_is_not_ranked_and_none_is_said() {
    let table = &tables("", &[score("50", "")])[0];
    assert_eq!(rows(table), ["– M0 50 | none | "]);
    assert_eq!(table.note.words(), "Only one model has a result that could be ranked, so nothing is.");
    assert_eq!(key(table), ["measured"]);
    let html = with("[[baseline]]\nname = \"Guessing\"\nvalue = 25", &["".to_owned()], |view, _| {
        render(view.cx, view.benchmark, 1).html
    });
    let said = "No model of this catalogue has a result on this benchmark. To compare with: Guessing 25.";
    assert!(html.contains(said) && !html.contains("<table"), "{html}");
}

#[test]
fn lines_are_named_where_they_have_room_and_all_of_them_below() {
    let line = |name: &str, value: u8| format!("[[baseline]]\nname = \"{name}\"\nvalue = {value}\n");
    let exam = format!("{PERCENT}{}{}{}", line("Guessing", 25), line("Pupils", 30), line("Experts", 70));
    with(&exam, &[score("50", ""), score("60", "")], |view, citations| {
        let (tables, _) = view.tables(1, 1, citations);
        let labels: Vec<_> = tables[0].lines.iter().map(|label| (label.place, label.text.as_str())).collect();
        assert_eq!(labels, [(25, "guessing 25"), (70, "experts 70")]);
        let lines = view.lines(citations);
        let note = words::with_lines(tables, 3, &lines)[0].note.words();
        assert!(note.ends_with(" Dashed lines: Guessing 25%; Pupils 30%; Experts 70%."), "{note}");
    });
}

#[test]
fn the_spread_is_told_by_as_many_figures_as_there_are_models_for() {
    let spread = |exam: &str, values: &[u32]| {
        let models: Vec<String> = values.iter().map(|value| score(&value.to_string(), "")).collect();
        with(exam, &models, |view, _| view.spread().join(" "))
    };
    assert_eq!(spread(PERCENT, &[]), "");
    assert_eq!(spread(PERCENT, &[50]), "");
    assert_eq!(spread(PERCENT, &[50, 50]), "Both ranked models score 50%.");
    assert_eq!(spread(PERCENT, &[50, 60]), "The best of 2 ranked models scores 60%, the last 50%.");
    let lower = format!("{PERCENT}direction = \"lower\"");
    assert_eq!(
        spread(&lower, &[1, 2, 3, 4]),
        "The best of 4 ranked models scores 1%, the last 4%. The median is 2.5%; the middle half lies between 1.5% and 3.5%, the quartiles."
    );
    let twenty: Vec<u32> = (1..=20).collect();
    assert!(spread(PERCENT, &twenty).ends_with("To be among the best tenth takes 19% or better."));
}

#[test]
fn beyond_two_hundred_results_there_are_more_pages_with_equal_parts() {
    let models: Vec<String> = (0..401).map(|at| score(&(at % 100).to_string(), "")).collect();
    with(PERCENT, &models, |view, citations| {
        let pages = pages(view.cx.catalog, view.cx.listings, &view.benchmark.id);
        assert_eq!(pages, 3);
        let mut seen = 0;
        for number in 1..=pages {
            let (tables, shown) = view.tables(number, pages, citations);
            assert!(tables.len() == 1 && tables[0].rows.len() <= 200 && tables[0].continued == (number > 1));
            let words = format!("Results {} to {} of 401", seen + 1, seen + tables[0].rows.len());
            assert!(shown.unwrap().starts_with(&words));
            seen += tables[0].rows.len();
        }
        assert_eq!(seen, 401);
        let second = render(view.cx, view.benchmark, 2);
        assert_eq!(second.url.as_str(), "benchmarks/exam/2/");
        assert!(
            second.html.contains("<title>Exam leaderboard of AI models, page 2")
                && second.html.contains("href=\"../3/\"")
        );
        assert!(!second.html.contains("id=\"spread\""), "what is said of all stands on the first page");
    });
}

#[test]
fn an_overdue_score_is_marked_beside_its_source() {
    let old = "measured = \"independent\"\nsource = \"lab\"\nas_of = 2025-12-31";
    let tables = tables(PERCENT, &[score("50", OTHERS), score("60", old)]);
    let who: Vec<String> = tables[0].rows.iter().map(|row| row.who.words()).collect();
    assert_eq!(who, ["independent, Lab[1] (last checked 31 Dec 2025)", "independent, Lab[1]"]);
}
