use super::*;
use crate::pages::example::with;
use crate::pages::link_base;

fn own(offers: &str) -> String {
    format!("name = \"Acme Cloud\"\ndeveloper = \"acme\"\n{offers}")
}

/// The table of the first page of the catalogue.
fn table<T>(files: &[(&str, &str)], look: impl FnOnce(&ModelTable) -> T) -> T {
    with(files, |cx| {
        let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
        let all = cx.catalog.models.len();
        let shown = Shown { models: overview.models(cx.catalog, 0..all), all, view: None };
        look(&ModelTable::new(cx, &shown, &link_base(cx.catalog, &urls::home())))
    })
}

fn row<'a>(table: &'a ModelTable, name: &str) -> &'a Row {
    table.rows.iter().find(|row| row.name == name).expect("the model has a row")
}

fn tags(table: &ModelTable, name: &str) -> Vec<(String, bool)> {
    row(table, name).tags.iter().map(|tag| (tag.word.clone(), tag.hot)).collect()
}

const RESULTS: &str = "name = \"Exam\"\nmeasures = \"What was learnt\"\ncategory = \"Tests\"\nscale = { min = 0, max = 100 }\n\
    [results]\n\"acme/b\" = 40\n\"acme/a\" = 60.5\n\"acme/old\" = 50\n";

#[test]
fn the_best_come_first_and_those_without_a_score_after_all_others() {
    let files = [
        ("models/acme/a.toml", "name = \"A\""),
        ("models/acme/b.toml", "name = \"B\""),
        ("models/acme/old.toml", "name = \"Old\"\nstatus = \"deprecated\""),
        ("models/acme/y.toml", "name = \"Y\"\nreleased = 2025-01-01"),
        ("models/acme/x.toml", "name = \"X\"\nreleased = 2026-01-01"),
        ("models/acme/gone.toml", "name = \"Gone\"\nstatus = \"retired\"\nreleased = 2026-02-01"),
        ("benchmarks/exam.toml", RESULTS),
    ];
    table(&files, |table| {
        let rows: Vec<_> = table.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(rows, ["A", "Old", "B", "X", "Y", "Gone"]);
        let scores: Vec<_> = table.rows.iter().map(|row| format!("{}{}", row.score.text, row.score.pad)).collect();
        let none = "no score";
        assert_eq!(scores, ["60.5", "50\u{2008}\u{2007}", "40\u{2008}\u{2007}", none, none, none]);
        assert!(table.rows[2].bar.is_some() && table.rows[3].bar.is_none());
        let index = &table.heads[0];
        assert_eq!(
            (index.label.as_str(), index.unit.as_str(), index.sorted),
            ("Exam", "out of 100", Some("descending"))
        );
        assert_eq!(tags(table, "Old"), [("deprecated".to_owned(), true)]);
        assert!(table.rows[1].marks.ends_with(" d"));
        assert!(
            table
                .legend
                .ends_with("Deprecated: not for new work, though its developer or others still serve it; retired: turned off by its developer.")
        );
    });
}

#[test]
fn prices_say_what_they_are_and_what_they_are_not() {
    let offers = own("[[offer]]\nmodel = \"acme/paid\"\nprice = { input = 1.10, output = 4.4 }\n\
         [[offer]]\nmodel = \"acme/free\"\nprice = { input = 0, output = 0 }\n\
         [[offer]]\nmodel = \"acme/ear\"\n[[offer.price.row]]\ncomponent = \"input\"\nunit = \"hour\"\namount = 0.04\n");
    let other = "name = \"Reseller\"\n[[offer]]\nmodel = \"acme/else\"\nprice = { input = 0.125, output = \"in plan\" }\n\
                 [[offer]]\nmodel = \"acme/resold\"\nprice = { input = 0.125, output = 1 }";
    let files = [
        ("models/acme/paid.toml", "name = \"Paid\""),
        ("models/acme/free.toml", "name = \"Free\""),
        ("models/acme/ear.toml", "name = \"Ear\""),
        ("models/acme/mute.toml", "name = \"Mute\""),
        ("models/acme/resold.toml", "name = \"Resold\""),
        ("models/acme/else.toml", "name = \"Else\""),
        ("providers/acme-cloud.toml", offers.as_str()),
        ("providers/reseller.toml", other),
    ];
    table(&files, |table| {
        let texts = |name: &str| row(table, name).prices.each_ref().map(|cell| format!("{}{}", cell.text, cell.pad));
        assert_eq!(texts("Paid"), ["$1.10\u{2007}", "$4.40", "$1.925\u{2007}\u{2007}"]);
        assert_eq!(texts("Free"), ["no charge", "no charge", "no charge"]);
        assert_eq!(texts("Ear"), ["$0.04/h", "not known", "not known"]);
        assert_eq!(texts("Mute"), ["not known", "not known", "not known"]);
        assert_eq!(texts("Resold"), ["$0.125", "$1.00", "$0.34375"]);
        assert_eq!(texts("Else"), ["$0.125", "in a plan", "not known"]);
        assert_eq!(tags(table, "Resold"), [("via Reseller".to_owned(), false)]);
        assert_eq!(tags(table, "Paid"), []);
        assert!(!table.scored && table.heads[0].label == "Input", "no model has a score");
    });
}

#[test]
fn what_came_out_within_ninety_days_is_new_and_the_legend_says_so() {
    let files = [
        ("models/acme/new.toml", "name = \"New\"\nreleased = 2026-03-14"),
        ("models/acme/old.toml", "name = \"Old\"\nreleased = 2026-03-13"),
        ("models/acme/gone.toml", "name = \"Gone\"\nreleased = 2026-06-01\nstatus = \"deprecated\""),
        ("models/acme/soon.toml", "name = \"Soon\"\nreleased = 2026-06-13"),
        ("models/acme/try.toml", "name = \"Try\"\nreleased = 2026-06-01\nstatus = \"preview\""),
    ];
    table(&files, |table| {
        assert_eq!(tags(table, "New"), [("new".to_owned(), true)]);
        assert_eq!(tags(table, "Try"), [("new".to_owned(), true), ("preview".to_owned(), false)]);
        assert_eq!(tags(table, "Gone"), [("deprecated".to_owned(), true)]);
        assert!(tags(table, "Old").is_empty() && tags(table, "Soon").is_empty());
        assert!(table.legend.contains("New: released within the 90 days before 12 Jun 2026."), "{}", table.legend);
    });
    table(&files[1..2], |table| assert!(!table.legend.contains("New:"), "{}", table.legend));
}

#[test]
fn capabilities_are_letters_for_the_eye_and_words_for_the_ear() {
    let files = [
        (
            "models/acme/a.toml",
            "name = \"A\"\n[capabilities]\ntool_calling = true\nweb_search = \"through a tool\"\nvision = false",
        ),
        ("models/acme/b.toml", "name = \"B\"\n[capabilities]\ntool_calling = false"),
        ("models/acme/c.toml", "name = \"C\"\n[reasoning]\nefforts = [\"low\", \"high\"]"),
        ("models/acme/d.toml", "name = \"D\""),
    ];
    table(&files, |table| {
        let can = |name: &str| (row(table, name).can.letters.as_str(), row(table, name).can.words.as_str());
        assert_eq!(can("A"), ("T···W·", "tool calling, web search"));
        assert_eq!(can("B"), ("······", "none of these"));
        assert_eq!(can("C"), ("··R···", "reasoning"));
        assert_eq!(can("D"), ("", ""));
    });
}

#[test]
fn filters_are_offered_only_where_they_tell_models_apart() {
    let image = "modalities = { input = [\"text\", \"image\"], output = [\"text\"] }";
    let (a, b) =
        (format!("name = \"A\"\nweights = \"open\"\n{image}"), format!("name = \"B\"\nweights = \"closed\"\n{image}"));
    table(&[("models/acme/a.toml", a.as_str()), ("models/acme/b.toml", b.as_str())], |table| {
        let filter = table.filter.as_ref().expect("the catalogue has a filter, however small it is");
        assert_eq!(filter.boxes.iter().map(|one| one.label).collect::<Vec<_>>(), ["Open weights"]);
        assert!(filter.developers.is_empty() && !filter.partial, "there is one developer");
        assert_eq!(
            (table.rows[0].takes.letters.as_str(), table.rows[0].takes.words.as_str()),
            ("TI···", "text, image")
        );
        assert_eq!((table.rows[0].marks.as_str(), table.count.as_str()), ("m o v", "2 models"));
    });
}
