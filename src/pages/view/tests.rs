use super::*;
use crate::pages::example::with;
use crate::pages::model_table::{ColumnHead, Row};
use crate::pages::{Subject, list};

const EXAM: &str =
    "name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\nscale = { min = 0, max = 100 }\n[results]\n";

/// The page at an address; `None` when there is none.
fn at<T>(files: &[(&str, &str)], address: &str, look: impl FnOnce(Option<&ViewPage>) -> T) -> T {
    with(files, |cx| {
        let found = list(cx).into_iter().find(|(url, _)| url.as_str() == address);
        let view = found.and_then(|(url, subject)| match subject {
            Subject::View(view) => page(cx, &view, &url),
            other => panic!("{address} is {other:?}"),
        });
        look(view.as_ref())
    })
}

fn lead(files: &[(&str, &str)], address: &str) -> Option<String> {
    at(files, address, |page| page.map(|page| page.lead.words()))
}

/// The names of the rows, each with what stands behind it.
fn rows(page: &ViewPage) -> Vec<String> {
    let tags = |row: &Row| -> String { row.tags.iter().map(|tag| format!(" ({})", tag.word)).collect() };
    page.table.rows.iter().map(|row| format!("{}{}", row.name, tags(row))).collect()
}

/// Models `acme/a`, `acme/b`, … of these texts, which get names.
fn models(texts: &[&str]) -> Vec<(String, String)> {
    let letters = 'a'..='z';
    letters
        .zip(texts)
        .map(|(id, text)| (format!("models/acme/{id}.toml"), format!("name = \"{}\"\n{text}", id.to_ascii_uppercase())))
        .collect()
}

fn files<'a>(models: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    models.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(more.iter().copied()).collect()
}

const OPEN: &str = "weights = \"open\"";

#[test]
fn a_part_is_counted_among_what_is_not_retired() {
    let two = models(&[OPEN, OPEN, "weights = \"closed\"", "weights = \"open\"\nstatus = \"retired\""]);
    let words = lead(&files(&two, &[]), "catalogue/open-weights/");
    assert_eq!(words.as_deref(), Some("2 of the 3 models that are not retired have open weights."));
    let one = models(&[OPEN, "", ""]);
    assert_eq!(
        lead(&files(&one, &[]), "catalogue/open-weights/").as_deref(),
        Some("1 of the 3 models has open weights: A.")
    );
    for texts in [&["", ""][..], &[OPEN, OPEN], &["", "weights = \"open\"\nstatus = \"retired\""]] {
        let all = models(texts);
        assert_eq!(lead(&files(&all, &[]), "catalogue/open-weights/"), None, "{texts:?}");
    }
}

#[test]
fn who_is_best_and_who_costs_least_is_told_with_all_who_share_it() {
    let price = |input: &str| format!("{OPEN}\nprice = {{ input = {input}, output = {input} }}");
    let (two, four) = (price("2"), price("4"));
    let made = models(&[&two, &two, &four, OPEN, ""]);
    let words = |results: &str| {
        let exam = format!("{EXAM}{results}");
        lead(&files(&made, &[("benchmarks/exam.toml", exam.as_str())]), "catalogue/open-weights/")
            .expect("some have open weights")
    };
    let cheapest = " Of those with a price per token, A and B cost least, $2.00 each per 1M tokens, blended.";
    assert_eq!(words(""), format!("4 of the 5 models have open weights.{cheapest}"));
    let one = "\"acme/c\" = 50\n\"acme/a\" = 40\n\"acme/e\" = 90\n";
    // The best comes first, so it is named first where several cost as little.
    assert_eq!(words(one), format!("4 of the 5 models have open weights. Best by Exam is C with 50.{cheapest}"));
    let three = "\"acme/a\" = 50\n\"acme/b\" = 50.0\n\"acme/c\" = 50\n";
    assert_eq!(
        words(three),
        format!("4 of the 5 models have open weights. Best by Exam are A, B and C with 50 each.{cheapest}")
    );
    let all = format!("{three}\"acme/d\" = 50\n");
    assert_eq!(
        words(&all),
        format!("4 of the 5 models have open weights. Best by Exam are A, B, C and 1 other with 50 each.{cheapest}")
    );
}

#[test]
fn a_model_that_is_on_its_way_out_is_named_so() {
    let made = models(&[&format!("{OPEN}\nstatus = \"deprecated\"\nprice = {{ input = 1, output = 1 }}"), OPEN, ""]);
    let words = lead(&files(&made, &[]), "catalogue/open-weights/").expect("some have open weights");
    assert_eq!(
        words,
        "2 of the 3 models have open weights. Of those with a price per token, A (deprecated) costs least, $1.00 per 1M tokens, blended."
    );
}

#[test]
fn every_part_has_a_page_and_words_of_its_own() {
    let able = "modalities = { input = [\"text\", \"audio\", \"video\", \"pdf\"], output = [\"text\", \"image\", \"audio\"] }\n\
                context_window = 1_000_000\n[capabilities]\ntool_calling = true\nstructured_output = true\nvision = true\n\
                reasoning = true\nprompt_caching = true\nstreaming = true\nweb_search = true\ncomputer_use = true\n";
    let made = models(&[able, able, "context_window = 999_999"]);
    with(&files(&made, &[]), |cx| {
        let pages = list(cx).into_iter().filter_map(|(url, subject)| match subject {
            Subject::View(view) if !view.is_order() => page(cx, &view, &url).map(|page| (url, page)),
            _ => None,
        });
        let told: Vec<String> = pages
            .map(|(url, page)| format!("{} | {} | {}", url.as_str(), page.layout.preview_title, page.lead.words()))
            .collect();
        let of = "2 of the 3 models";
        assert_eq!(
            told,
            [
                format!("catalogue/computer-use/ | AI models with computer use | {of} have computer use."),
                format!("catalogue/prompt-caching/ | AI models with prompt caching | {of} have prompt caching."),
                format!("catalogue/reasoning/ | AI models with reasoning | {of} have reasoning."),
                format!(
                    "catalogue/structured-output/ | AI models with structured output | {of} have structured output."
                ),
                format!("catalogue/tool-calling/ | AI models with tool calling | {of} have tool calling."),
                format!("catalogue/web-search/ | AI models with web search | {of} have web search."),
                format!("catalogue/image-input/ | AI models with vision: image input | {of} take images."),
                format!("catalogue/audio-input/ | AI models that take audio | {of} take audio."),
                format!("catalogue/video-input/ | AI models that take video | {of} take video."),
                format!("catalogue/pdf-input/ | AI models that take PDF files | {of} take PDF files."),
                format!("catalogue/image-output/ | AI models that make images | {of} make images."),
                format!("catalogue/audio-output/ | AI models that make audio | {of} make audio."),
                format!(
                    "catalogue/context-1m/ | AI models with 1M tokens of context and more | \
                     {of} have a context window of 1M tokens or more."
                ),
            ]
        );
    });
}

#[test]
fn what_is_served_at_no_charge_says_by_whom() {
    let made = models(&["price = { input = 1, output = 2 }", "", "price = { input = 3, output = 4 }"]);
    let free = |model: &str| format!("[[offer]]\nmodel = \"acme/{model}\"\nprice = {{ input = 0, output = 0 }}\n");
    let relay = format!("name = \"Relay\"\n{}{}", free("a"), free("b"));
    let giver = format!("name = \"Giver\"\n{}", free("a"));
    let half = "name = \"Half\"\n[[offer]]\nmodel = \"acme/c\"\nprice = { input = 0, output = 1 }\n";
    let more =
        [("providers/relay.toml", relay.as_str()), ("providers/giver.toml", &giver), ("providers/half.toml", half)];
    at(&files(&made, &more), "catalogue/free/", |page| {
        let page = page.expect("some are at no charge");
        assert_eq!(rows(page), ["A (via Giver and 1 other)", "B (via Relay)"]);
        let prices = page.table.rows[0].prices.each_ref().map(|figure| figure.text.as_str());
        assert_eq!(prices, ["no charge"; 3]);
        assert!(
            page.lead.words().starts_with("2 of the 3 models can be had at no charge from at least one provider. ")
        );
        assert!(page.table.legend.starts_with("Prices are those of the offer at no charge."), "{}", page.table.legend);
        assert!(!page.lead.words().contains("least,"), "what costs nothing is not the cheapest: {}", page.lead.words());
    });
}

#[test]
fn orders_begin_with_their_first_and_leave_out_what_has_no_place_in_them() {
    let made = models(&[
        "released = 2026-01-02\ncontext_window = 100\nprice = { input = 1, output = 1 }",
        "released = 2026-01-02\ncontext_window = 300\nprice = { input = 0, output = 0 }",
        "released = 2026-01-03\ncontext_window = 300\nprice = { input = 0.5, output = 0.5 }",
        "released = 2027-01-03\nstatus = \"preview\"",
        "released = 2026-06-01\nstatus = \"retired\"\ncontext_window = 900\nprice = { input = 0.1, output = 0.1 }",
    ]);
    let files = files(&made, &[]);
    let told = |address: &str| at(&files, address, |page| page.map(|page| (rows(page).concat(), page.lead.words())));
    let order = |rows: &str, words: &str| Some((rows.to_owned(), words.to_owned()));
    let newest = "The newest is C, released 3 Jan 2026. 3 models by day of release, without retired ones.";
    assert_eq!(told("catalogue/newest/"), order("CAB", newest));
    let cheapest = "C costs least, $0.50 per 1M tokens, blended from three parts input and one part output. 2 models by this \
                    price, without retired ones and those at no charge, which have a page of their own.";
    assert_eq!(told("catalogue/cheapest/"), order("CA", cheapest));
    let largest = "C and B have the largest, 300 tokens for prompt and answer together. 3 models by context window, without \
                   retired ones.";
    assert_eq!(told("catalogue/largest-context/"), order("CBA", largest));
    at(&files, "catalogue/cheapest/", |page| {
        let sorted = |head: &&ColumnHead| head.sorted.is_some();
        let heads: Vec<_> = page.into_iter().flat_map(|page| &page.table.heads).filter(sorted).collect();
        assert_eq!(
            heads.iter().map(|head| (head.label.as_str(), head.sorted)).collect::<Vec<_>>(),
            [("Blended 3:1", Some("ascending"))]
        );
    });
    let one = models(&["released = 2026-01-02"]);
    assert_eq!(lead(&[(one[0].0.as_str(), one[0].1.as_str())], "catalogue/newest/"), None, "one model needs no order");
}

#[test]
fn each_further_headline_index_orders_a_page_by_itself() {
    let made = models(&["", "", "status = \"retired\"", ""]);
    let site = "title = \"Cards\"\nheadline = [\"exam\", \"code\"]\ncategories = [\"Tests\"]";
    let code = format!("{}\"acme/a\" = 40\n\"acme/b\" = 70\n\"acme/c\" = 90\n", EXAM.replace("Exam", "Code"));
    let exam = format!("{EXAM}\"acme/a\" = 10\n");
    let more = [("site.toml", site), ("benchmarks/code.toml", code.as_str()), ("benchmarks/exam.toml", &exam)];
    at(&files(&made, &more), "catalogue/best-code/", |page| {
        let page = page.expect("two are ranked");
        assert_eq!(rows(page), ["B", "A"]);
        assert_eq!((page.table.heads[0].label.as_str(), page.table.rows[1].score.text.as_str()), ("Code", "40"));
        let words = "B leads with 70. 2 models with scores that can be compared, without retired ones; the leaderboard has \
                     every result.";
        assert_eq!((page.name.as_str(), page.lead.words().as_str()), ("Best models by Code", words));
    });
    assert!(at(&files(&made, &more), "catalogue/best-exam/", |page| page.is_none()), "the catalogue has that order");
}

#[test]
fn a_family_goes_from_its_oldest_to_its_newest_with_who_follows_whom() {
    let of = |rest: &str| format!("family = \"Big & Small\"\n{rest}");
    let texts = [
        of("released = 2025-01-01\nsuccessor = \"acme/b\"\nstatus = \"retired\""),
        of("released = 2026-02-01"),
        of(""),
        "family = \"Lone\"".to_owned(),
    ];
    let made = models(&texts.each_ref().map(String::as_str));
    at(&files(&made, &[]), "families/acme/big-small/", |page| {
        let page = page.expect("a family of three");
        assert_eq!(rows(page), ["B", "A (retired)", "C"]);
        assert_eq!(page.lead.words(), "3 models, from A of 1 Jan 2025 to B of 1 Feb 2026.");
        let lines: Vec<_> =
            page.lineage.iter().map(|line| format!("{}: {}", line.name, line.lineage.words())).collect();
        assert_eq!(lines, ["C: ", "A: succeeded by B", "B: follows A"]);
        assert_eq!(page.layout.preview_title, "Big & Small: family of AI models by Acme");
        assert_eq!(page.by.as_ref().map(Text::words).as_deref(), Some("Family by Acme"));
        let here: Vec<_> = page.groups.iter().flat_map(|group| &group.links).filter(|link| link.current).collect();
        assert_eq!(here.iter().map(|link| link.label.as_str()).collect::<Vec<_>>(), ["Big & Small"]);
    });
    assert_eq!(lead(&files(&made, &[]), "families/acme/lone/"), None, "one model is no family");
}

#[test]
fn a_family_whose_name_makes_no_address_has_no_page_and_two_of_one_address_are_both_listed() {
    let of = |family: &str| format!("family = \"{family}\"");
    let texts = ["!!!", "!!!", "con", "con", "A B", "A B", "a-b", "a-b"].map(of);
    let made = models(&texts.each_ref().map(String::as_str));
    with(&files(&made, &[]), |cx| {
        let urls = list(cx).into_iter().map(|(url, _)| url.as_str().to_owned());
        let families: Vec<String> = urls.filter(|url| url.starts_with("families/")).collect();
        assert_eq!(families, ["families/acme/a-b/", "families/acme/a-b/"]);
    });
}
