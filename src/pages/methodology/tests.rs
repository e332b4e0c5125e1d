//! The page of small catalogues: its counts, and its sentences for none, one and many.

use super::*;
use crate::pages::example::with;

fn page<T>(files: &[(&str, &str)], look: impl FnOnce(&Methodology) -> T) -> T {
    with(files, |cx| {
        let own = own_words(cx.catalog);
        let base = link_base(cx.catalog, &urls::methodology());
        let authored = own.map(|page| free_page::authored(page, &base)).unwrap_or_default();
        look(&view(cx, &authored))
    })
}

/// The sentences about a matter.
fn said(page: &Methodology, id: &str) -> Vec<String> {
    let section = page.rules.iter().find(|section| section.id == id).expect("the section");
    section.rules.iter().map(Text::words).collect()
}

fn last(page: &Methodology, id: &str) -> String {
    said(page, id).last().cloned().unwrap_or_default()
}

fn unknown(page: &Methodology) -> Vec<String> {
    page.unknown.iter().map(|row| format!("{}: {} of {}", row.what, row.lacking, row.of)).collect()
}

const LIMIT: &str = "title = \"Cards\"\nheadline = [\"exam\"]\nrecheck_after_days = 1";

#[test]
fn a_catalogue_of_nothing_says_so() {
    page(&[], |page| {
        assert!(page.lead.starts_with("0 models, 0 figures: where they come from"), "{}", page.lead);
        assert_eq!(last(page, "m-measured"), "There is no score yet.");
        let checks = said(page, "m-dates");
        assert_eq!(checks.len(), 2);
        assert_eq!(checks[1], "This site sets no limit after which a figure is to be checked again.");
        assert_eq!(
            (page.unknown_note.as_str(), page.sources.note.as_str()),
            ("There is no model yet.", "No source is named.")
        );
        assert!(unknown(page).iter().all(|row| row.contains(": none of 0 models")), "{:?}", unknown(page));
    });
}

#[test]
fn one_of_everything_reads_well() {
    let model = "name = \"A\"\nas_of = 2026-01-01\n[sources.s]\ntitle = \"S\"\n[scores]\nexam = 5";
    page(&[("site.toml", LIMIT), ("models/acme/a.toml", model)], |page| {
        assert!(page.lead.starts_with("1 model, 1 figure: "), "{}", page.lead);
        assert_eq!(last(page, "m-measured"), "1 score: 1 without a word on who measured.");
        let checks = said(page, "m-dates");
        assert_eq!(checks[1], "Every figure has such a day, and 1 figure names no source.");
        assert!(checks[2].starts_with(
            "A figure that was last checked more than 1 day ago is marked with that day wherever its source is told. There is \
             1 at present."
        ), "{}", checks[2]);
        assert_eq!(
            unknown(page)[..3],
            ["Context window: 1 of 1 model", "Max output: 1 of 1 model", "A price: 1 of 1 model not retired"]
        );
        assert_eq!(unknown(page)[6], "Licence of the weights: 1 of 1 model whose weights are not closed");
        assert_eq!(unknown(page)[7], "A score that is ranked on Exam: none of 1 model");
        assert!(page.sources.note.starts_with("1 source. A figure is"), "{}", page.sources.note);
        assert_eq!((page.sources.rows[0].figures.text.as_str(), page.sources.overdue), ("other facts", false));
    });
}

#[test]
fn many_are_counted() {
    let model = |as_of: &str| {
        format!(
            "name = \"A\"\nsource = \"s\"\n{as_of}\ncontext_window = 9\nmax_output = 9\n[sources.s]\ntitle = \"S\"\n\
             [[score]]\nbenchmark = \"exam\"\nvalue = 5\nmeasured = \"self-reported\"\n\
             [[score]]\nbenchmark = \"exam\"\nvalue = 6\nmeasured = \"independent\""
        )
    };
    let (old, undated) = (model("as_of = 2026-01-01"), model(""));
    let files = [("site.toml", LIMIT), ("models/acme/a.toml", old.as_str()), ("models/acme/b.toml", &undated)];
    page(&files, |page| {
        assert_eq!(last(page, "m-measured"), "4 scores: 2 measured independently and 2 self-reported.");
        let checks = said(page, "m-dates");
        assert_eq!(checks[1], "4 figures have no such day, and none is without a source.");
        assert!(checks[2].contains(" There are 4 at present. "), "{}", checks[2]);
        assert!(page.sources.note.starts_with("1 source."), "two files name it alike: {}", page.sources.note);
        let row = &page.sources.rows[0];
        assert_eq!((row.figures.text.as_str(), row.overdue.text.as_str(), page.sources.overdue), ("8", "4", true));
    });
}

#[test]
fn the_sources_on_which_most_rests_are_told_and_how_many_more_there_are() {
    let sources: String = (0..203).map(|at| format!("[sources.s{at:03}]\ntitle = \"S{at:03}\"\n")).collect();
    let site = format!("title = \"Cards\"\n{sources}");
    let model = "name = \"A\"\nsource = \"s202\"\ncontext_window = 9";
    page(&[("site.toml", &site), ("models/acme/a.toml", model)], |page| {
        assert_eq!((page.sources.rows.len(), page.sources.rows[0].title.as_str()), (200, "S202"));
        let note = "The 200 of 203 sources on which most figures rest. Each card names all of its own.";
        assert!(page.sources.note.starts_with(note), "{}", page.sources.note);
    });
}

#[test]
fn rules_are_told_with_the_numbers_of_the_code() {
    page(&[], |page| {
        let ranks = said(page, "m-ranks").join(" ");
        assert!(ranks.contains(&format!("among up to {} models", crate::catalog::EXACT_UP_TO)), "{ranks}");
        let prices = said(page, "m-prices").join(" ");
        assert!(
            prices.contains(
                "“3:1” is 3 times the input price plus the output price, divided by 4; of $1.00 and $5.00 it is $2.00."
            ),
            "{prices}"
        );
    });
}

#[test]
fn the_jobs_of_the_site_are_told_with_their_tokens() {
    let job = |rest: &str| format!("[[workload]]\nname = \"Job\"\n{rest}\n");
    let site = format!(
        "title = \"Cards\"\n{}{}",
        job("input = 1_000\noutput = 20"),
        job("input = 1\ncache_read = 5\noutput = 2\nrequests = 25").replace("Job", "Agent")
    );
    page(&[("site.toml", &site)], |page| {
        assert_eq!(
            last(page, "m-jobs"),
            "The jobs of this site: Job (1,000 tokens of input and 20 of output, in one request); Agent (1 token of input, 5 read from the cache and 2 of output, in 25 requests)."
        );
    });
}

#[test]
fn a_free_page_of_the_path_is_the_head_of_this_page_and_no_page_of_its_own() {
    let files = [
        ("pages/methodology.md", "# How we work\n\nWe [read](/about/) sources.\n\n## By hand\n\nYes."),
        ("pages/methodology.faq.md", "## Who checks?\n\nWe do."),
        ("pages/about.md", "# About"),
    ];
    with(&files, |cx| {
        let (page, found) = render(cx);
        assert!(found.is_empty() && page.file.is_some());
        assert!(
            page.html.contains("<h1>How we work</h1>") && page.html.contains("<h2 id=\"by-hand\">"),
            "{}",
            page.html
        );
        assert!(page.html.contains("<details id=\"q-who-checks\" open>"), "{}", page.html);
        assert_eq!(page.authored_links.len(), 1);
        let list = crate::pages::list(cx);
        assert_eq!(list.iter().filter(|(url, _)| *url == urls::methodology()).count(), 1);
        let free = list.iter().filter(|(_, subject)| matches!(subject, crate::pages::Subject::FreePage(_)));
        assert!(free.map(|(url, _)| url.as_str()).eq(["about/"]));
    });
    page(&[], |page| assert_eq!((page.title.as_str(), page.body.is_empty()), ("Methodology", true)));
}
