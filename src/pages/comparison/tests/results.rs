//! Results on benchmarks: which are compared, who leads, and why others are not.

use super::*;

const QUIZ: (&str, &str) =
    ("benchmarks/quiz.toml", "name = \"Quiz\"\nmeasures = \"x\"\ncategory = \"Tests\"\nunit = \"Elo\"");

fn quiz(value: &str) -> String {
    format!("[[score]]\nbenchmark = \"quiz\"\nvalue = {value}\n")
}

#[test]
fn who_leads_is_told_in_numbers_that_fit() {
    let told = |one: String, other: String| page_with(&[&one, &other], &[QUIZ], |page| page.scores.note.clone());
    let of = |one: &[&str], other: &[&str]| {
        let scores = |values: &[&str]| {
            let variants = ["a", "b", "c", "d"];
            let score = |(value, name): (&&str, &str)| score(value, &format!("variant = \"{name}\""));
            values.iter().zip(variants).map(score).collect::<String>()
        };
        told(scores(one), scores(other))
    };
    assert_eq!(of(&[], &[]), "No benchmark result of them is on file.");
    assert_eq!(told(quiz("5"), score("5", "")), "They share no benchmark.");
    assert_eq!(of(&["5"], &["4"]), "A leads on the one benchmark result that can be compared.");
    assert_eq!(of(&["5"], &["5.0"]), "On the one benchmark result that can be compared, they are equal.");
    assert_eq!(of(&["5", "6"], &["5", "6"]), "On both benchmark results that can be compared, they are equal.");
    assert_eq!(of(&["5", "6"], &["6", "7"]), "B leads on both benchmark results that can be compared.");
    assert_eq!(
        of(&["5", "6", "7"], &["6", "5", "7"]),
        "Of 3 benchmark results that can be compared, A leads on 1 and B on 1; 1 is a tie."
    );
    assert_eq!(
        of(&["5", "6", "7"], &["6", "6", "7"]),
        "Of 3 benchmark results that can be compared, B leads on 1; 2 are ties."
    );
    let apart = "Their results on the one benchmark that they share cannot be compared.";
    assert_eq!(told(score("5", ""), score("5", "version = \"2\"")), apart);
    assert_eq!(
        told(score("5", "") + &quiz("1"), score("5", "version = \"2\"") + &quiz("1\nversion = \"2\"")),
        "Their results on the 2 benchmarks that they share cannot be compared."
    );
}

#[test]
fn results_have_their_difference_and_those_that_differ_in_setting_their_reason() {
    let high =
        "variant = \"high\"\nharness = \"Agent\"\nversion = \"2\"\nmeasured = \"self-reported\"\nas_of = 2026-05-01";
    let one = score("70\nuncertainty = 1.5", high) + &quiz("1_240");
    let other = score("68.8", high) + &quiz("1200\nmeasured = \"self-reported\"");
    page_with(&[&one, &other], &[QUIZ], |page| {
        let row = &page.scores.rows[0];
        assert_eq!(row.setting, "High, with Agent, version 2, self-reported");
        assert_eq!(row.cells.iter().map(told).collect::<Vec<_>>(), ["70/100 ±1.5", "68.8/100"]);
        assert_eq!(row.lead, "A by 1.2 points, within the uncertainty");
        assert_eq!(row.days.iter().map(|day| day.iso().to_string()).collect::<Vec<_>>(), ["2026-05-01"]);
        let apart = &page.scores.apart[0];
        assert_eq!(apart.why, "Self-reported against measured by others");
        let cells: Vec<String> = apart.cells.iter().map(told).collect();
        assert_eq!(cells, ["1,240 Elo (measurer not stated)", "1,200 Elo (self-reported)"]);
    });
    let reasons = |rest: &str| page(&[&score("70", ""), &score("60", rest)], |page| page.scores.apart[0].why.clone());
    for (rest, why) in [
        ("version = \"2\"", "Other version"),
        ("metric = \"pass@8\"", "Other metric"),
        ("harness = \"Agent\"", "Other harness"),
        ("variant = \"high\"", "Other setting of the model"),
        ("variant = \"high\"\nversion = \"2\"", "Other version and other setting of the model"),
    ] {
        assert_eq!(reasons(rest), why);
    }
}

#[test]
fn of_three_the_third_can_be_equal_missing_or_measured_otherwise() {
    let scores = |third: &str| {
        page(&[&score("70", ""), &score("70", ""), third], |page| {
            let row = &page.scores.rows[0];
            (row.cells.iter().map(told).collect::<Vec<_>>().join(" "), row.lead.clone())
        })
    };
    assert_eq!(scores(&score("70", "")), ("70/100 70/100 70/100".to_owned(), "equal".to_owned()));
    assert_eq!(scores(&score("60", "")), ("70/100 70/100 60/100".to_owned(), "A and B, equal".to_owned()));
    assert_eq!(scores(""), ("70/100 70/100 no score".to_owned(), "equal".to_owned()));
    assert_eq!(scores(&score("9", "version = \"2\"")).0, "70/100 70/100 not comparable");
}

#[test]
fn what_only_one_has_is_counted() {
    let alone = |models: &[&str]| page_with(models, &[QUIZ], |page| page.scores.alone.clone());
    let (exam, quiz) = (score("5", ""), quiz("5"));
    assert_eq!(alone(&[&exam, &exam]), None);
    assert_eq!(alone(&[&exam, ""]).as_deref(), Some("A alone has a result on 1 benchmark."));
    assert_eq!(alone(&["", &(exam.clone() + &quiz)]).as_deref(), Some("B alone has a result on 2 benchmarks."));
    assert_eq!(alone(&[&exam, &quiz]).as_deref(), Some("A alone has a result on 1 benchmark and B alone on 1."));
}

#[test]
fn where_less_is_better_it_is_said_and_the_lower_leads() {
    let exam = "name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\nunit = \"%\"\ndirection = \"lower\"";
    let (one, other) = (score("7.5", ""), score("8", ""));
    page_with(&[&one, &other], &[("benchmarks/exam.toml", exam)], |page| {
        let row = &page.scores.rows[0];
        assert_eq!((row.setting.as_str(), row.lead.as_str()), ("Lower is better", "A by 0.5 points"));
        assert_eq!(page.scores.note, "A leads on the one benchmark result that can be compared.");
    });
}
