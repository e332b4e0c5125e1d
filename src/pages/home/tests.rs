use std::collections::BTreeSet;

use super::*;
use crate::catalog::View;
use crate::pages::example::with;
use crate::pages::{Subject, list};

const EXAM: &str = "name = \"Exam\"\nmeasures = \"What was learnt\"\ncategory = \"Tests\"\nscale = { min = 0, max = 100 }\n[results]\n";

fn exam(results: &str) -> String {
    format!("{EXAM}{results}")
}

fn own(offers: &str) -> String {
    format!("name = \"Acme Cloud\"\ndeveloper = \"acme\"\n{offers}")
}

fn offer(model: &str, input: &str, output: &str) -> String {
    format!("[[offer]]\nmodel = \"acme/{model}\"\nprice = {{ input = {input}, output = {output} }}\n")
}

/// `label: figure unit name, note; others`
fn told(home: &Home) -> Vec<String> {
    let others = |tile: &Highlight| -> String {
        tile.others.iter().map(|other| format!("; {} {}", other.name, other.figure)).collect()
    };
    let tiles = home.highlights.iter();
    tiles.map(|h| format!("{}: {} {} {}, {}{}", h.label, h.figure, h.unit, h.name, h.note, others(h))).collect()
}

#[test]
fn highlights_are_those_that_the_data_supports() {
    with(&[("models/acme/a.toml", "name = \"A\"")], |cx| assert_eq!(told(&page(cx)), [""; 0]));

    let results = exam("\"acme/a\" = 70\n\"acme/b\" = 50\n\"acme/old\" = 90\n");
    let offers = own(&(offer("a", "2", "8") + &offer("b", "0.1", "0.4")));
    let files = [
        ("models/acme/a.toml", "name = \"A\"\nreleased = 2026-03-17"),
        ("models/acme/b.toml", "name = \"B\"\nreleased = \"2025-04\"\nweights = \"open\""),
        ("models/acme/old.toml", "name = \"Old\"\nstatus = \"retired\"\nreleased = 2026-04-01"),
        ("models/acme/soon.toml", "name = \"Soon\"\nreleased = 2027-01-01"),
        ("models/acme/end.toml", "name = \"End\"\nretired = 2026-10-01\nsuccessor = \"acme/a\""),
        ("models/acme/today.toml", "name = \"Today\"\nretired = 2026-06-12"),
        ("models/acme/gone.toml", "name = \"Gone\"\nretired = 2026-06-11"),
        ("benchmarks/exam.toml", results.as_str()),
        ("providers/acme-cloud.toml", offers.as_str()),
    ];
    with(&files, |cx| {
        let home = page(cx);
        assert_eq!(
            told(&home),
            [
                "Highest index: 70 /100 A, Acme, $3.50 blended; B 50",
                "Best below $1: 50 /100 B, open weights, $0.175 blended",
                "Newest: 17 Mar 2026 A, Acme, $3.50 blended; B Apr 2025",
                "Next to be retired: 12 Jun 2026 Today, Acme, no successor named; End 1 Oct 2026",
            ]
        );
        assert_eq!(home.highlights[0].href, "models/acme/a/");
        assert_eq!(home.highlights_note, None, "of two scores there is no quarter");
    });
}

/// Eight models with the scores 10, 20, … 80, the better the dearer.
fn eight(more: &[(&str, &str)], benchmark: &str, look: impl FnOnce(&Home)) {
    let results: String = (1..=8).map(|n| format!("\"acme/m{n}\" = {n}0\n")).collect();
    let results = benchmark.replace("[results]\n", &format!("[results]\n{results}"));
    let offers = own(&(1..=8).map(|n| offer(&format!("m{n}"), &n.to_string(), &n.to_string())).collect::<String>());
    let names: Vec<(String, String)> =
        (1..=8).map(|n| (format!("models/acme/m{n}.toml"), format!("name = \"M{n}\""))).collect();
    let files = names.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(more.iter().copied());
    let files: Vec<(&str, &str)> = files
        .chain([("benchmarks/exam.toml", results.as_str()), ("providers/acme-cloud.toml", offers.as_str())])
        .collect();
    with(&files, |cx| look(&page(cx)));
}

#[test]
fn the_cheapest_good_ones_are_those_of_the_best_quarter_and_the_rule_is_said() {
    eight(&[], EXAM, |home| {
        assert_eq!(told(home)[1], "Cheapest of the best quarter: $7.00 /M M7, Acme, index 70; M8 $8.00");
        let note = home.highlights_note.as_deref().expect("there is a quarter");
        assert!(
            note.contains(
                "The best quarter is that by Exam, from 70, of models that are neither deprecated nor retired."
            ),
            "{note}"
        );
    });
    let lower = EXAM.replace("[results]", "direction = \"lower\"\n[results]");
    eight(&[], &lower, |home| {
        assert_eq!(told(home)[0], "Lowest index: 10 /100 M1, Acme, $1.00 blended; M2 20; M3 30; M4 40");
        assert_eq!(told(home)[1], "Cheapest of the best quarter: $1.00 /M M1, Acme, index 10; M2 $2.00");
        assert!(home.highlights_note.as_deref().is_some_and(|note| note.contains("by Exam, up to 20, of")));
    });
}

#[test]
fn who_leads_is_told_of_the_benchmark_with_most_ranked_models_of_each_category() {
    let site = "title = \"Cards\"\nheadline = [\"exam\"]\ncategories = [\"Tests\", \"Sport\", \"Alone\"]";
    let wide = "name = \"Wide\"\nmeasures = \"x\"\ncategory = \"Tests\"\n[results]\n\"acme/m1\" = 5\n\"acme/m2\" = 6\n";
    let run = "name = \"Run\"\nmeasures = \"x\"\ncategory = \"Sport\"\n[results]\n\"acme/m1\" = 5\n\"acme/m2\" = 5\n";
    let lone = "name = \"Lone\"\nmeasures = \"x\"\ncategory = \"Alone\"\n[results]\n\"acme/m1\" = 5\n";
    let more = [
        ("site.toml", site),
        ("benchmarks/a-wide.toml", wide),
        ("benchmarks/run.toml", run),
        ("benchmarks/lone.toml", lone),
    ];
    eight(&more, EXAM, |home| {
        let line = |line: &leaders::Line| {
            format!("{}: {} {} {}; {}", line.category, line.benchmark, line.leader.name, line.leader.note, line.ranked)
        };
        assert_eq!(
            home.leaders.iter().map(line).collect::<Vec<_>>(),
            ["Tests: Exam M8 ; 8 models ranked", "Sport: Run M1 and 1 other with the same score; 2 models ranked"]
        );
    });
}

#[test]
fn the_plate_counts_what_there_is() {
    let plate = |home: &Home| -> Vec<String> {
        home.plate.iter().map(|entry| format!("{}: {}", entry.term, entry.words.as_ref().unwrap().words())).collect()
    };
    eight(&[], EXAM, |home| {
        assert_eq!(
            plate(home),
            ["Models: 8 from 1 developer", "Prices: 8 offers by 1 provider", "Scores: 8 on 1 benchmark"]
        );
    });
    let model = "name = \"A\"\nweights = \"open\"\nsource = \"s\"\nas_of = 2026-05-01\n[sources.s]\ntitle = \"S\"";
    with(&[("models/acme/a.toml", model), ("models/acme/b.toml", "name = \"B\"")], |cx| {
        let words =
            ["Models: 2 from 1 developer", "Weights: 1 open, 0 closed, 1 not known", "Newest fact: as of 1 May 2026"];
        assert_eq!(plate(&page(cx)), words);
    });
}

/// A catalogue of 450 models: of two families, a third with open weights, and some with an offer at no charge.
fn large(look: impl FnOnce(&Context<'_>)) {
    let model = |n: usize| {
        let weights = if n.is_multiple_of(3) { "open" } else { "closed" };
        let text = format!(
            "name = \"M{n:03}\"\nfamily = \"F{}\"\nweights = \"{weights}\"\nreleased = 2025-01-{:02}\n\
             context_window = {}\nprice = {{ input = {}, output = {} }}\n",
            n % 2,
            1 + n % 28,
            1_000 * (n + 1),
            n + 1,
            n + 1
        );
        (format!("models/acme/m{n:03}.toml"), text)
    };
    let models: Vec<_> = (0..450).map(model).collect();
    let results = exam(&(0..440).map(|n| format!("\"acme/m{n:03}\" = {}\n", n % 100)).collect::<String>());
    let files = models.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let files: Vec<_> = files.chain([("benchmarks/exam.toml", results.as_str())]).collect();
    with(&files, look);
}

fn rows(html: &str) -> Vec<&str> {
    html.split("<tr class=").skip(1).filter_map(|row| row.split("href=\"").nth(1)?.split('"').next()).collect()
}

#[test]
fn every_model_stands_on_one_page_of_the_catalogue_and_no_page_has_more_than_it_may() {
    large(|cx| {
        let subjects =
            list(cx).into_iter().filter(|(_, subject)| matches!(subject, Subject::Home | Subject::Catalogue(_)));
        let pages: Vec<(String, String)> = subjects
            .map(|(url, subject)| {
                let page = crate::pages::render(cx, &subject).expect("what is listed is there").0;
                assert_eq!(page.url, url);
                (url.as_str().to_owned(), page.html)
            })
            .collect();
        let addresses: Vec<&str> = pages.iter().map(|(url, _)| url.as_str()).collect();
        assert_eq!(addresses, ["", "catalogue/2/", "catalogue/3/", "catalogue/4/", "catalogue/5/"]);
        assert_eq!(pages.iter().map(|(_, html)| rows(html).len()).collect::<Vec<_>>(), [100, 100, 100, 100, 50]);
        let cards: BTreeSet<&str> =
            pages.iter().flat_map(|(_, html)| rows(html)).map(|href| href.trim_start_matches("../")).collect();
        assert_eq!(cards.len(), 450, "each of them once");
        assert!(pages[0].1.contains("100 models on this page, 450 in all") && pages[0].1.contains("data-partial"));
        assert!(pages[0].1.contains("<a href=\"catalogue/2/\" rel=\"next\">"));
        assert!(pages[1].1.contains("<a href=\"../../\" rel=\"prev\">") && pages[1].1.contains("href=\"../3/\""));
        assert!(
            pages[4]
                .1
                .contains("Models 401 to 450 of 450, best first by Exam, then those without a score, newest first.")
        );
    });
}

#[test]
fn a_view_shows_its_first_rows_and_says_where_the_rest_is() {
    large(|cx| {
        let views: Vec<_> = list(cx).into_iter().filter(|(_, subject)| matches!(subject, Subject::View(_))).collect();
        let addresses: Vec<&str> = views.iter().map(|(url, _)| url.as_str()).collect();
        let plain =
            ["catalogue/newest/", "catalogue/cheapest/", "catalogue/largest-context/", "catalogue/open-weights/"];
        assert_eq!(addresses[..4], plain);
        assert_eq!(addresses[4..], ["families/acme/f0/", "families/acme/f1/"]);
        for (_, subject) in views {
            let html = crate::pages::render(cx, &subject).expect("what is listed is there").0.html;
            let all = match subject {
                Subject::View(View::OpenWeights) => 150,
                Subject::View(View::Family(..)) => 225,
                _ => 450,
            };
            assert_eq!(rows(&html).len(), 100, "{subject:?}");
            assert!(html.contains(&format!("These are the first 100 of {all}. ")), "{subject:?}");
        }
    });
}

#[test]
fn a_page_of_the_catalogue_that_is_not_there_is_not_made() {
    large(|cx| {
        for page in [0, 6, usize::MAX] {
            assert!(crate::pages::catalogue::render(cx, page).is_none(), "{page}");
        }
    });
}

#[test]
fn a_name_stays_a_name() {
    let hostile =
        "name = \"<script>alert(1)</script>\"\nreleased = 2026-01-01\nfamily = \"<img src=x onerror=alert(1)>\"";
    let files = [
        ("models/acme/a.toml", hostile),
        ("models/acme/b.toml", hostile),
        ("developers/acme.toml", "name = \"\\\"><img src=x onerror=alert(1)>\""),
    ];
    with(&files, |cx| {
        let pages: Vec<String> = crate::pages::render_all(cx).0.into_iter().map(|page| page.html).collect();
        assert!(pages.iter().any(|html| html.contains("&#60;img") || html.contains("&lt;img")), "a family has a page");
        for html in pages {
            assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{html}");
        }
    });
}
