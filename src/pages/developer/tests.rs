use super::*;
use crate::pages::example::with;

/// The first page of the developer `acme`.
fn acme<T>(files: &[(&str, &str)], look: impl FnOnce(&DeveloperPage) -> T) -> T {
    page_of_acme(files, 1, |page| look(page.expect("there is a first page")))
}

fn page_of_acme<T>(files: &[(&str, &str)], page: usize, look: impl FnOnce(Option<&DeveloperPage>) -> T) -> T {
    with(files, |cx| {
        let developer = &cx.catalog.developers["acme"];
        look(view(cx, developer, page).as_ref())
    })
}

fn plate(page: &DeveloperPage) -> Vec<(&str, String)> {
    let words = |line: &PlateLine| line.words.as_ref().map_or_else(|| "not known".to_owned(), Text::words);
    page.plate.iter().map(|line| (line.term, words(line))).collect()
}

/// `lowest, whose; highest, whose` of a measure.
fn range(page: &DeveloperPage, label: &str) -> String {
    let range = page.ranges.iter().find(|range| range.label == label).expect("the measure is there");
    let end = |end: &ranges::End| format!("{}, {}", end.figure.text, end.models.words());
    format!("{}; {}", end(&range.lowest), end(&range.highest))
}

/// `name: lineage` of every model of every family.
fn lineages(page: &DeveloperPage) -> Vec<(String, Vec<String>)> {
    let member = |member: &families::Member| match member.lineage.words() {
        words if words.is_empty() => member.name.clone(),
        words => format!("{}: {words}", member.name),
    };
    let families = page.families.iter().flat_map(|families| &families.families);
    families.map(|family| (family.name.clone(), family.members.iter().map(member).collect())).collect()
}

#[test]
fn a_developer_without_models_says_so_and_leaves_out_what_there_is_not() {
    acme(&[("developers/acme.toml", "name = \"Acme\"\nurl = \"https://www.acme.example/x\"")], |page| {
        assert_eq!(page.note, "No model of this developer is on file.");
        assert!(page.rows.is_empty() && page.ranges.is_empty() && page.families.is_none() && page.pager.is_none());
        assert_eq!(
            plate(page),
            [
                ("Country", "not known".to_owned()),
                ("Home page", "acme.example".to_owned()),
                ("Docs", "not known".to_owned()),
                ("Service", "none on file".to_owned()),
                ("Models", "none on file".to_owned()),
            ]
        );
        assert_eq!(page.layout.title, "Acme: AI models, prices and scores · Cards");
        assert!(
            page.layout.description.starts_with("No AI model by Acme is on file here."),
            "{}",
            page.layout.description
        );
    });
}

#[test]
fn one_model_is_told_in_the_singular_and_has_no_range() {
    let model = "name = \"A\"\nreleased = 2026-01-31\ncontext_window = 200_000\n[price]\ninput = 1\noutput = 4";
    acme(&[("models/acme/a.toml", model)], |page| {
        assert!(page.note.starts_with("The only one on file. Prices in US dollars per 1M tokens"), "{}", page.note);
        assert_eq!(plate(page)[4].1, "1, active");
        assert_eq!(range(page, "Input price"), "$1.00, A; no other is known, ");
        assert_eq!(range(page, "Context window"), "200K, A; no other is known, ");
        assert!(page.ranges.iter().all(|range| range.label != "Max output" && range.label != "Exam"));
        assert!(page.families.is_none() && page.index.is_none());
        assert!(page.layout.description.starts_with("1 AI model by Acme. The newest is A of 31 Jan 2026."));
    });
}

#[test]
fn models_come_newest_first_with_their_states() {
    let free =
        "name = \"Free\"\ndeveloper = \"acme\"\n[[offer]]\nmodel = \"acme/free\"\nprice = { input = 0, output = 0 }";
    let files = [
        ("models/acme/a.toml", "name = \"A\"\nreleased = 2025-01-31\n[price]\ninput = 1.25\noutput = 4"),
        ("models/acme/free.toml", "name = \"Free\"\nreleased = 2025-06-30"),
        (
            "models/acme/gone.toml",
            "name = \"Gone\"\nannounced = \"2024\"\nstatus = \"retired\"\n[price]\ninput = 90\noutput = 90",
        ),
        ("models/acme/silent.toml", "name = \"Silent\"\nstatus = \"preview\"\ncontext_window = \"not applicable\""),
        ("providers/acme.toml", free),
    ];
    acme(&files, |page| {
        let rows: Vec<_> = page
            .rows
            .iter()
            .map(|row| {
                let date = row.released.map_or("-".to_owned(), |date| date.iso().to_string());
                format!("{} {} {date} {} {}", row.name, row.status.unwrap_or("-"), row.input.text, row.context.text)
            })
            .collect();
        assert_eq!(
            rows,
            [
                "Free - 2025-06-30 no charge not known",
                "A - 2025-01-31 $1.25 not known",
                "Gone retired 2024 $90.00 not known",
                "Silent preview - not known not applicable",
            ]
        );
        // What is retired has no price that anybody could pay.
        assert_eq!(range(page, "Input price"), "no charge, Free; $1.25, A");
        assert_eq!(
            plate(page)[3..],
            [("Service", "Free".to_owned()), ("Models", "4: 2 active, 1 preview and 1 retired".to_owned())]
        );
        assert!(page.ranges.iter().all(|range| range.label != "Context window"));
    });
}

#[test]
fn ends_of_ranges_that_several_share_say_how_many() {
    let model = |name: &str, price: &str, exam: &str| {
        format!("name = \"{name}\"\nprice = {{ input = {price}, output = 8 }}\n[scores]\nexam = {exam}")
    };
    let texts = [model("A", "1", "50"), model("B", "1.0", "50.0"), model("C", "2", "70"), model("D", "1", "61.5")];
    let paths = ["models/acme/a.toml", "models/acme/b.toml", "models/acme/c.toml", "models/acme/d.toml"];
    let files: Vec<(&str, &str)> = paths.into_iter().zip(texts.iter().map(String::as_str)).collect();
    acme(&files, |page| {
        assert_eq!(range(page, "Input price"), "$1.00, A and 2 others; $2.00, C");
        assert_eq!(range(page, "Output price"), "$8.00, A and 3 others; the same, ");
        assert_eq!(range(page, "Exam"), "50, A and 1 other; 70, C");
        let exam = page.ranges.last().and_then(|range| range.meter.as_ref()).expect("it is ranked");
        assert_eq!(exam.ticks.as_deref(), Some("../../assets/rulers.svg#benchmark-exam"));
        assert_eq!(page.index.as_deref(), Some("Exam"));
    });
}

#[test]
fn families_tell_who_follows_whom_across_families_and_developers() {
    let files = [
        ("developers/other.toml", "name = \"Other\""),
        ("models/other/x.toml", "name = \"X\""),
        ("models/other/y.toml", "name = \"Y\"\nsuccessor = \"acme/b\""),
        ("models/acme/a1.toml", "name = \"A1\"\nfamily = \"A\"\nreleased = 2024-01-01\nsuccessor = \"acme/a3\""),
        ("models/acme/a2.toml", "name = \"A2\"\nfamily = \"A\"\nreleased = 2025-01-01\nsuccessor = \"acme/a3\""),
        ("models/acme/a3.toml", "name = \"A3\"\nfamily = \"A\"\nreleased = 2026-01-01"),
        ("models/acme/b.toml", "name = \"B\"\nfamily = \"B\"\nreleased = 2023-01-01\nsuccessor = \"acme/a3\""),
        ("models/acme/c.toml", "name = \"C\"\nreleased = 2026-02-01\nsuccessor = \"other/x\""),
    ];
    acme(&files, |page| {
        let expected = [
            ("A", vec!["A1: succeeded by A3", "A2: succeeded by A3", "A3: follows B, A1 and A2"]),
            ("B", vec!["B: follows Y of Other; succeeded by A3"]),
            ("No family named", vec!["C: succeeded by X of Other"]),
        ];
        let expected = expected
            .map(|(name, members)| (name.to_owned(), members.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        assert_eq!(lineages(page), expected);
        let links = page.families.iter().flat_map(|families| &families.families).map(|family| family.href.as_deref());
        assert_eq!(links.collect::<Vec<_>>(), [Some("../../families/acme/a/"), None, None], "one model is no family");
    });
    acme(&[("models/acme/a.toml", "name = \"A\"")], |page| assert!(page.families.is_none()));
}

#[test]
fn more_models_than_a_page_holds_go_on_to_further_pages() {
    let paths: Vec<String> = (0..205).map(|at| format!("models/acme/m{at:03}.toml")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "name = \"M\"\nfamily = \"F\"")).collect();
    let last = |page: Option<&DeveloperPage>| {
        let page = page.expect("there is a third page");
        let members = page.families.as_ref().map(|families| families.families[0].members.len());
        assert_eq!((page.rows.len(), members, page.ranges.len()), (5, Some(5), 0));
        assert!(page.note.starts_with("201 to 205 of 205 models, newest first."), "{}", page.note);
        assert_eq!(page.layout.title, "Acme: AI models, prices and scores, page 3 · Cards");
        assert!(page.layout.description.contains("Page 3 of 3."), "{}", page.layout.description);
        assert_eq!(page.rows[0].href, "../../../models/acme/m200/");
        let pager = page.pager.as_ref().expect("there are others");
        assert_eq!((pager.previous.as_deref(), pager.next.as_deref()), (Some("../2/"), None));
    };
    page_of_acme(&files, 3, last);
    page_of_acme(&files, 1, |page| {
        let page = page.expect("there is a first page");
        assert_eq!((page.rows.len(), page.pager.as_ref().and_then(|pager| pager.next.as_deref())), (100, Some("2/")));
    });
    page_of_acme(&files, 4, |page| assert!(page.is_none()));
    with(&files, |cx| {
        let pages = crate::pages::list(cx);
        let addresses = pages.iter().map(|(url, _)| url.as_str()).filter(|url| url.starts_with("developers/"));
        assert!(addresses.eq(["developers/", "developers/acme/", "developers/acme/2/", "developers/acme/3/"]));
    });
}

#[test]
fn how_many_models_have_overdue_figures_is_said_beside_the_table() {
    let site = ("site.toml", "title = \"Cards\"\nrecheck_after_days = 1");
    let old = "name = \"M\"\nas_of = 2025-01-01\ncontext_window = 9";
    let new = "name = \"M\"\nas_of = 2026-06-12\ncontext_window = 9";
    let paths = ["models/acme/a.toml", "models/acme/b.toml", "models/acme/c.toml"];
    let said = |texts: &[&str]| {
        let files: Vec<_> = paths.into_iter().zip(texts.iter().copied()).chain([site]).collect();
        let end = " stand on the model’s card.";
        let mut said = String::new();
        page_of_acme(&files, 1, |page| {
            said = page.and_then(|page| page.note.split_once(end)).expect("the note").1.to_owned();
        });
        said
    };
    let end = " last checked more than 1 day ago, which the cards mark.";
    assert_eq!(said(&[new, new]), "");
    assert_eq!(said(&[old]), format!(" Some of its figures were{end}"));
    assert_eq!(said(&[old, new]), format!(" Figures of one of the models were{end}"));
    assert_eq!(said(&[old, old]), format!(" Figures of all of them were{end}"));
    assert_eq!(said(&[old, old, new]), format!(" Figures of 2 of them were{end}"));
}
