use super::*;
use crate::pages::example::with;

const OWN: &str = "name = \"A\"\ncontext_window = 200_000\nmax_output = 100_000\n\
    [price]\ninput = 1\noutput = 4\ncache_read = 0.5\nbatch = { input = 0.5, output = 2 }";

/// The first page of the provider `p`, whose file goes on like this.
fn page<T>(model: &str, provider: &str, look: impl FnOnce(&ProviderPage) -> T) -> T {
    let provider = format!("name = \"P\"\n{provider}");
    with(&[("models/acme/a.toml", model), ("providers/p.toml", &provider)], |cx| {
        let parts = parts(cx.catalog, cx.listings, &ProviderId::new("p"));
        look(&view(cx, &cx.catalog.providers["p"], &parts[0]))
    })
}

/// `conditions: input | cache read | output` of every line of the table.
fn lines(page: &ProviderPage) -> Vec<String> {
    let line = |line: &lines::Line| {
        format!("{}: {} | {} | {}", line.conditions, line.input.text, line.cache_read.text, line.output.text)
    };
    page.today.offers.iter().flat_map(|offer| &offer.lines).map(line).collect()
}

/// What is said of the differences of every line, with `*` before what is marked.
fn differences(page: &ProviderPage) -> Vec<String> {
    let part = |part: &difference::Part| format!("{}{}", if part.differs { "*" } else { "" }, part.words);
    let line = |line: &lines::Line| line.difference.iter().map(part).collect::<Vec<_>>().join(", ");
    page.today.offers.iter().flat_map(|offer| &offer.lines).map(line).collect()
}

/// What is said of one offer of these prices.
fn difference_of(price: &str) -> String {
    page(OWN, &format!("[[offer]]\nmodel = \"acme/a\"\nprice = {{ {price} }}"), |page| differences(page)[0].clone())
}

fn data(page: &ProviderPage) -> Vec<(&str, &str)> {
    page.data.lines.iter().map(|line| (line.question, line.answer.as_deref().unwrap_or("not known"))).collect()
}

#[test]
fn a_provider_without_offers_says_so() {
    page("name = \"A\"", "", |page| {
        assert_eq!(page.note, "No offer of this provider is on file.");
        assert!(
            page.today.offers.is_empty() && page.tally.is_none() && page.pager.is_none() && page.other_times.is_none()
        );
        assert_eq!(page.data.note.words(), "What is done with prompts and answers is not on file.");
        assert!(page.data.lines.is_empty());
        assert!(page.layout.description.starts_with("No offer of P is on file here."));
        assert_eq!((page.by.as_str(), page.layout.scripts.len()), ("Provider", 0));
        assert_eq!(
            page.plate.last().and_then(|line| line.words.as_ref()).map(Text::words).as_deref(),
            Some("none on file")
        );
    });
}

#[test]
fn percentages_are_of_the_developers_own_price_and_whole() {
    for (price, words) in [
        ("input = 1, output = 4.0, cache_read = 0.50", "same price"),
        ("input = 1.1, output = 4.4, cache_read = 0.55", "*10% dearer"),
        ("input = 0.9, output = 3.6", "*10% cheaper"),
        ("input = 1, output = 3", "input the same, *output 25% cheaper"),
        ("input = 2, output = 8, cache_read = 0.5", "*input and output 100% dearer, cache read the same"),
        ("input = 1.001, output = 3.999", "*input less than 1% dearer, *output less than 1% cheaper"),
        ("input = 1.005, output = 4.018", "*input 1% dearer, *output less than 1% dearer"),
        ("input = 0.001", "*more than 99% cheaper"),
        ("input = 12, output = 4", "*input 1100% dearer, output the same"),
        ("input = 0, output = 0", "*at no charge"),
        ("input = \"in plan\", output = \"in plan\"", "not comparable"),
        ("input = 1, output = \"in plan\"", "same price"),
    ] {
        assert_eq!(difference_of(price), words, "{price}");
    }
    let free = "name = \"A\"\nprice = { input = 0, output = 0 }";
    page(free, "[[offer]]\nmodel = \"acme/a\"\nprice = { input = 1, output = 0 }", |page| {
        assert_eq!(differences(page), ["*input charged for, at no charge from the developer, output the same"]);
    });
}

#[test]
fn what_cannot_be_compared_is_said_and_not_marked() {
    let euros =
        "[[offer]]\nmodel = \"acme/a\"\n[[offer.price.row]]\ncomponent = \"input\"\namount = 1\ncurrency = \"EUR\"";
    page(OWN, euros, |page| {
        assert_eq!(
            (lines(page), differences(page)),
            (vec!["Standard: €1.00 | not known | not known".into()], vec!["not comparable".into()])
        );
        assert!(!page.today.differences && page.tally.is_none());
    });
    let offer = "[[offer]]\nmodel = \"acme/a\"\nquantization = \"fp8\"\nprice = { input = 1, output = 1 }";
    page("name = \"A\"\nstatus = \"retired\"", offer, |page| {
        assert_eq!(differences(page), ["the developer’s own price is not known"]);
        assert_eq!(page.today.offers[0].status, Some("retired"));
        assert!(!page.today.differences);
    });
}

#[test]
fn every_condition_has_a_line_and_no_price_is_left_out() {
    let offer = "[[offer]]\nmodel = \"acme/a\"\nregion = \"EU\"\ncontext_window = 131_072\nmax_output = 100_000\nquantization = \"fp8\"\n\
        [offer.price]\ninput = 1\noutput = 4\ncache_read = 0.5\ncache_write = 1.25\nbatch = { input = 0.6, output = 2 }\n\
        [[offer.price.tier]]\nabove = 100_000\ninput = 2\n\
        [[offer.price.row]]\ncomponent = \"input\"\nunit = \"hour\"\nmodality = \"audio\"\namount = 0.04\n\
        [[offer.price.row]]\ncomponent = \"web search\"\nunit = \"1K requests\"\namount = 10\nuntil = 2026-12-31\n\
        [[offer.price.row]]\ncomponent = \"training\"\namount = 25\nfrom = 2026-07-01";
    page(OWN, offer, |page| {
        assert_eq!(
            lines(page),
            [
                "Standard: $1.00 | $0.50 | $4.00",
                "Audio: $0.04/h | not known | not known",
                "Batch: $0.60 | not known | $2.00",
                "Above 100K tokens: $2.00 | the same | the same",
            ]
        );
        assert_eq!(
            differences(page),
            [
                "same price, *context 131,072 instead of 200K, *quantised to fp8",
                "no such price from the developer",
                "*input 20% dearer, output the same",
                "no such price from the developer",
            ]
        );
        let offer = &page.today.offers[0];
        assert_eq!(offer.lines[0].others, "Cache write $1.25; web search $10.00 per 1K requests until 31 Dec 2026");
        assert!(offer.context.differs && !offer.max_output.differs && offer.lines[2].input.differs);
        assert!(page.note.contains("A context tier goes by the length of the prompt"), "{}", page.note);
        let later = page.other_times.as_ref().expect("a price holds later");
        assert_eq!(later.offers[0].lines[0].others, "Training $25.00");
        assert_eq!(later.offers[0].lines[0].from.map(|date| date.words()).as_deref(), Some("1 Jul 2026"));
    });
}

#[test]
fn states_of_a_price_read_differently() {
    for (price, line) in [
        ("", "Standard: not known | not known | not known"),
        ("price = { input = 0, output = 0 }", "Standard: no charge | not known | no charge"),
        (
            "price = { input = \"in plan\", output = \"not applicable\" }",
            "Standard: in a plan | not known | not applicable",
        ),
        ("price = { input = 1, until = 2025-07-14 }", "Standard: none today | none today | none today"),
    ] {
        page(OWN, &format!("[[offer]]\nmodel = \"acme/a\"\n{price}"), |page| {
            assert_eq!(lines(page), [line], "{price}")
        });
    }
}

#[test]
fn the_own_service_is_compared_with_nobody() {
    let own = "developer = \"acme\"\nbase_url = \"https://api.acme.example/v1/\"\n[data_policy]\nretention = \"30 days\"\ntrains_on_data = false\nurl = \"https://acme.example/data\"";
    page(OWN, own, |page| {
        assert_eq!((page.by.as_str(), page.note.split(" Prices").next()), ("Acme’s own service", Some("1 offer.")));
        assert_eq!(differences(page), ["the developer’s own", ""]);
        assert!(!page.today.compared && !page.today.differences && page.tally.is_none());
        assert_eq!(page.plate[0].copy.as_deref(), Some("https://api.acme.example/v1"));
        assert_eq!(page.layout.scripts.len(), 1);
        assert_eq!(page.data.note.words(), "As the provider says.");
        let expected = [
            ("How long they are kept", "30 days"),
            ("Whether models are trained on them", "no"),
            ("Where they are processed", "not known"),
        ];
        assert_eq!(data(page), expected);
    });
}

#[test]
fn remarks_and_tallies_are_told_once() {
    let offer = |region: &str, input: &str| {
        format!(
            "[[offer]]\nmodel = \"acme/a\"\nregion = \"{region}\"\nnote = \"A note\"\nprice = {{ input = {input}, output = 4 }}\n"
        )
    };
    page(OWN, &[offer("EU", "1.1"), offer("US", "1"), offer("X", "0.9")].concat(), |page| {
        let remarks: Vec<String> = page.remarks.iter().map(Text::words).collect();
        assert_eq!(remarks, ["A, EU; A, US; A, X: A note."]);
        let words = "Beside the developers’ own prices, blended: 1 cheaper, 1 the same, 1 dearer.";
        assert_eq!(page.tally.as_deref(), Some(words));
        assert!(page.note.starts_with("3 offers, by developer and newest model first."), "{}", page.note);
    });
}

#[test]
fn more_lines_than_a_page_holds_go_on_to_further_pages() {
    let offer =
        "[[offer]]\nmodel = \"acme/a\"\nregion = \"R\"\n[offer.price]\ninput = 1\noutput = 4\nbatch = { input = 2 }\n";
    let regions: String = (0..101).map(|at| offer.replace("\"R\"", &format!("\"R{at:03}\""))).collect();
    let provider = format!("name = \"P\"\n{regions}");
    with(&[("models/acme/a.toml", OWN), ("providers/p.toml", &provider)], |cx| {
        let pages = crate::pages::list(cx);
        let addresses = pages.iter().map(|(url, _)| url.as_str()).filter(|url| url.starts_with("providers/"));
        assert!(addresses.eq(["providers/", "providers/p/", "providers/p/2/"]));
        let parts = parts(cx.catalog, cx.listings, &ProviderId::new("p"));
        let pages: Vec<ProviderPage> = parts.iter().map(|part| view(cx, &cx.catalog.providers["p"], part)).collect();
        assert_eq!((lines(&pages[0]).len(), lines(&pages[1]).len()), (200, 2));
        assert!(pages[1].note.starts_with("101 to 101 of 101 offers"), "{}", pages[1].note);
        assert!(pages[0].tally.is_some() && pages[1].tally.is_none());
        assert_eq!(pages[1].layout.title, "P: prices of its AI models, page 2 · Cards");
        assert_eq!(pages[1].today.offers[0].href, "../../../models/acme/a/");
        assert_eq!(pages[1].pager.as_ref().and_then(|pager| pager.previous.as_deref()), Some("../"));
    });
}

#[test]
fn overdue_prices_and_limits_are_marked_on_their_line() {
    let provider = "source = \"list\"\nas_of = 2026-01-01\n[sources.list]\ntitle = \"List\"\n\
        [[offer]]\nmodel = \"acme/a\"\ncontext_window = 9\nprice = { input = 1, as_of = 2026-06-12 }\n\
        [[offer]]\nmodel = \"acme/a\"\nregion = \"EU\"\nprice = { input = 1, batch = { input = 0.5 } }\n\
        [[offer]]\nmodel = \"acme/a\"\nregion = \"US\"\nprice = { input = 1, as_of = 2026-06-12 }\n";
    let site = "title = \"Cards\"\nrecheck_after_days = 30";
    let provider = format!("name = \"P\"\n{provider}");
    let files = [("site.toml", site), ("models/acme/a.toml", OWN), ("providers/p.toml", &provider)];
    with(&files, |cx| {
        let parts = parts(cx.catalog, cx.listings, &ProviderId::new("p"));
        let page = view(cx, &cx.catalog.providers["p"], &parts[0]);
        let lines = page.today.offers.iter().flat_map(|offer| &offer.lines);
        let days: Vec<_> =
            lines.map(|line| line.mark.and_then(|mark| mark.overdue).map(|day| day.to_string())).collect();
        let old = || Some("2026-01-01".to_owned());
        assert_eq!(days, [old(), old(), old(), None], "the limit of the first, both lines of the second");
        assert_eq!(page.sources.lines[0].purposes, "offers (the oldest last checked 1 Jan 2026)");
    });
}
