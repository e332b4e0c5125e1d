use super::*;
use crate::pages::example::with;

const NEW: (&str, &str) = ("models/acme/new.toml", "name = \"New\"\ncontext_window = 400_000");

fn leaving(rest: &str) -> String {
    format!("name = \"Old\"\nsuccessor = \"acme/new\"\ncontext_window = 200_000\n{rest}")
}

#[test]
fn each_kind_has_its_section_and_a_line_of_what_differs() {
    let site = "title = \"Cards\"\n[[compare]]\nmodels = [\"acme/new\", \"acme/other\"]\n\
        [[compare]]\nmodels = [\"acme/new\", \"acme/other\", \"acme/old\"]";
    let old = leaving("retired = 2026-12-31");
    let files = [
        NEW,
        ("site.toml", site),
        ("models/acme/old.toml", old.as_str()),
        ("models/acme/other.toml", "name = \"Other\"\ncontext_window = 100_000"),
    ];
    with(&files, |cx| {
        let page = view(cx, 1).expect("there are comparisons");
        assert_eq!(
            page.lead,
            "2 comparisons of models that people weigh against each other, and one deprecated or retired model beside its successor."
        );
        let lines: Vec<(&str, &str, &str)> =
            page.curated.iter().map(|line| (line.name.as_str(), line.href.as_str(), line.words.as_str())).collect();
        assert_eq!(
            lines,
            [
                ("New vs Other", "new-vs-other/", "Compared with Other, New has a context window 4 times as large."),
                (
                    "New vs Other vs Old",
                    "new-vs-other-vs-old/",
                    "Compared with New, Other has a context window 4 times smaller. Compared with New, Old has half the context window."
                ),
            ]
        );
        let moves = &page.moves[0];
        assert_eq!((moves.name.as_str(), moves.state), ("Old vs New", "served until"));
        assert_eq!(moves.words, "Compared with Old, New has twice the context window.");
        assert_eq!(moves.date.map(|date| date.words()).as_deref(), Some("31 Dec 2026"));
        assert!(page.pager.is_none() && view(cx, 2).is_none());
    });
}

#[test]
fn when_a_model_is_served_is_said_as_far_as_it_is_known() {
    for (rest, state, date) in [
        ("status = \"deprecated\"", "still served", None),
        ("retired = 2026-12-31", "served until", Some("31 Dec 2026")),
        ("retired = \"2025-12\"", "last served", Some("Dec 2025")),
        ("status = \"retired\"", "no longer served", None),
    ] {
        with(&[NEW, ("models/acme/old.toml", leaving(rest).as_str())], |cx| {
            let page = view(cx, 1).expect("there is one");
            let line = &page.moves[0];
            assert_eq!((line.state, line.date.map(|date| date.words()).as_deref()), (state, date), "{rest}");
            assert_eq!(page.lead, "One deprecated or retired model beside its successor.");
        });
    }
    assert_eq!(lead(1, 0), "One comparison of models that people weigh against each other.");
    assert_eq!(lead(0, 1_200), "1,200 deprecated or retired models beside their successors.");
}

#[test]
fn without_comparisons_there_is_no_list() {
    with(&[NEW], |cx| {
        let pages = crate::pages::list(cx);
        assert!(pages.iter().all(|(url, _)| !url.as_str().starts_with("compare/")));
    });
}

#[test]
fn more_comparisons_than_a_page_holds_go_on_to_further_pages() {
    let old = leaving("status = \"retired\"");
    let paths: Vec<String> = (0..201).map(|at| format!("models/acme/old-{at:03}.toml")).collect();
    let files = paths.iter().map(|path| (path.as_str(), old.as_str())).chain([NEW]);
    with(&files.collect::<Vec<_>>(), |cx| {
        let pages = crate::pages::list(cx);
        let of = |url: &str| pages.iter().filter(|(own, _)| own.as_str().starts_with(url)).count();
        assert_eq!((of("compare/2/"), of("compare/3/"), of("compare/")), (1, 0, 203));
        let (first, second) = (view(cx, 1).expect("a page"), view(cx, 2).expect("another"));
        assert_eq!((first.moves.len(), second.moves.len()), (200, 1));
        assert_eq!(second.layout.title, "AI models compared, page 2 · Cards");
        assert!(second.layout.description.starts_with("Page 2 of 2."));
        assert_eq!(second.moves[0].href, "../old-200-vs-new/");
        assert_eq!(second.pager.as_ref().and_then(|pager| pager.previous.as_deref()), Some("../"));
    });
}
