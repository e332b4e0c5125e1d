//! From inline texts to what they come to.

use super::example::{catalog, codes, resolved, today};
use crate::catalog::{
    Catalog, Charge, Component, Conditions, Date, Measured, Modality, Model, Offer, PriceList, ServiceTier, State,
    Tokens, Unit, WebUrl,
};

const MODEL: &str = "models/acme/one.toml";

fn model<'a>(catalog: &'a Catalog, id: &str) -> &'a Model {
    catalog.models.get(id).expect("it is a model")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// The prices of a model whose file says this.
fn prices(text: &str) -> PriceList {
    let catalog = catalog(&[(MODEL, &format!("name = \"One\"\n{text}"))]);
    model(&catalog, "acme/one").own_offer().expect("its own").prices.clone()
}

/// Each price in words: component, amount, unit and conditions.
fn in_words(prices: &PriceList) -> Vec<String> {
    let words = prices.prices.iter().map(|price| {
        let charge = match &price.charge {
            Charge::Amount(money) => money.to_string(),
            other => format!("{other:?}"),
        };
        let Conditions { above, service_tier, modality, cache_ttl, region, hours, quality } = &price.conditions;
        let texts = [cache_ttl, region, hours, quality].into_iter().flatten().map(|text| text.to_string());
        let conditions = above.map(|above| format!("above {above}")).into_iter();
        let conditions = conditions.chain(service_tier.map(|tier| tier.to_string()));
        let conditions: Vec<String> = conditions.chain(modality.map(|kind| kind.to_string())).chain(texts).collect();
        format!("{} {charge}/{} {}", price.component, price.unit, conditions.join(", ")).trim_end().to_owned()
    });
    words.collect()
}

#[test]
fn a_price_table_is_rows_in_order() {
    let text = "[price]\noutput = 4.40\ninput = 1.1\ncache_read = \"not applicable\"\nreasoning = \"in plan\"\n\
        [price.batch]\ninput = 0.55\n[[price.tier]]\nabove = 200_000\ninput = 2.2\n\
        [[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0\ncurrency = \"EUR\"\nmodality = \"image\"\nquality = \"high\"\n\
        [[price.row]]\ncomponent = \"cache write\"\namount = 1.25\ncache_ttl = \"5m\"\nservice_tier = \"standard\"\n";
    assert_eq!(
        in_words(&prices(text)),
        [
            "input $1.10/1M tokens",
            "input $0.55/1M tokens batch",
            "input $2.20/1M tokens above 200K",
            "cache read NotApplicable/1M tokens",
            "cache write $1.25/1M tokens 5m",
            "output $4.40/1M tokens",
            "output €0.00/image image, high",
            "reasoning InPlan/1M tokens",
        ]
    );
}

#[test]
fn absent_is_unknown_and_zero_is_no_charge() {
    let list = prices("price = { input = 0 }");
    assert_eq!(list.usd(Component::Input, today()), Some(0.into()));
    assert_eq!(list.usd(Component::Output, today()), None);
    assert_eq!(list.blended(today()), None);
}

#[test]
fn prices_hold_from_their_first_day_to_their_last() {
    let list = prices(
        "[price]\ninput = 2\nuntil = 2026-05-31\n[[price.row]]\ncomponent = \"input\"\namount = 1\nfrom = 2026-06-01\nuntil = \"2026-08\"\n",
    );
    let on = |text| list.usd(Component::Input, day(text)).map(|amount| amount.to_string());
    assert_eq!(on("2026-05-31").as_deref(), Some("2"));
    assert_eq!(on("2026-06-01").as_deref(), Some("1"));
    assert_eq!(on("2026-08-31").as_deref(), Some("1"), "a month holds to its last day");
    assert_eq!(on("2026-09-01"), None);
}

#[test]
fn prices_that_hold_on_one_day_are_given_twice() {
    let row = |from: &str, until: &str| {
        let line =
            |key: &str, date: &str| if date.is_empty() { String::new() } else { format!("{key} = \"{date}\"\n") };
        format!("[[price.row]]\ncomponent = \"input\"\namount = 1\n{}{}", line("from", from), line("until", until))
    };
    let twice = |rows: &[(&str, &str)]| {
        let rows: String = rows.iter().map(|(from, until)| row(from, until)).collect();
        let codes = codes(&[(MODEL, &format!("name = \"One\"\n{rows}"))]);
        assert!(codes.iter().all(|code| *code == "duplicate-fact"), "{codes:?}");
        codes.len()
    };
    assert_eq!(twice(&[("", "2025-12"), ("2026-01-01", "")]), 0);
    assert_eq!(twice(&[("2026", ""), ("", "2025")]), 0, "the order in the file does not matter");
    assert_eq!(twice(&[("", "2025-06"), ("2025-06-15", "")]), 1, "a month is over when its last day is");
    assert_eq!(twice(&[("", "2025"), ("2025-03", "")]), 1);
    assert_eq!(
        twice(&[("2025", "2026"), ("2025-02-01", "2025-02-10"), ("2025-04", "2025-05")]),
        2,
        "not neighbours only"
    );
    assert_eq!(twice(&[("", ""), ("", ""), ("", "")]), 2);
}

#[test]
fn what_has_an_unreadable_condition_is_no_second_price() {
    for line in ["service_tier = \"slow\"", "modality = \"smell\"", "above = -1", "from = \"then\""] {
        let text =
            format!("name = \"One\"\n[price]\ninput = 1\n[[price.row]]\ncomponent = \"input\"\namount = 2\n{line}");
        assert_eq!(codes(&[(MODEL, &text)]).len(), 1, "{line}");
    }
}

const SOURCES: &str = "[sources.a]\ntitle = \"A\"\n[sources.b]\ntitle = \"B\"\n";

#[test]
fn a_value_with_a_source_of_its_own_has_nothing_of_another() {
    let text = format!(
        "name = \"One\"\nsource = \"a\"\nas_of = 2026-01-02\nmax_output = 10\ncontext_window = 20\n\
         [provenance.max_output]\nsource = \"b\"\n[provenance.context_window]\nas_of = \"2026-03\"\n\
         [price]\ninput = 1\nnote = \"A word\"\n[[price.row]]\ncomponent = \"output\"\namount = 2\nsource = \"b\"\n\
         [[price.row]]\ncomponent = \"request\"\nunit = \"request\"\namount = 2\nsource = \"a\"\nnote = \"Another\"\n{SOURCES}"
    );
    let catalog = catalog(&[(MODEL, &text)]);
    let one = model(&catalog, "acme/one");
    let said = |provenance: &crate::catalog::Provenance| {
        let source = provenance.source.map_or("none", |id| catalog.source(id).title.as_str());
        let date = provenance.as_of.map_or_else(String::new, |date| date.to_string());
        format!("{source} {date} {}", provenance.note.as_deref().unwrap_or_default())
    };
    assert_eq!(said(&one.provenance), "A 2026-01-02 ");
    assert_eq!(said(&one.max_output.provenance), "B  ");
    assert_eq!(said(&one.context_window.provenance), "A 2026-03 ");
    let prices = &one.own_offer().expect("its own").prices.prices;
    let of: Vec<_> = prices.iter().map(|price| said(&price.provenance)).collect();
    assert_eq!(of, ["A 2026-01-02 A word", "B  ", "A 2026-01-02 Another"]);
}

#[test]
fn scores_of_both_sides_are_one_list_in_order() {
    let text = "name = \"One\"\n[scores_from]\nmeasured = \"independent\"\n[scores]\nexam = 50\n\
        [[score]]\nbenchmark = \"exam\"\nvalue = 60.0\nvariant = \"high\"\nuncertainty = 1.5\n";
    let exam = "name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\nversion = \"2\"\nmeasured = \"self-reported\"\n\
        [[result]]\nmodel = \"acme/one\"\nvalue = 70\nversion = \"1\"\n[results]\n\"acme/one\" = 80\n";
    let catalog = catalog(&[(MODEL, text), ("benchmarks/exam.toml", exam)]);
    let scores = model(&catalog, "acme/one").scores.iter();
    let scores: Vec<_> = scores
        .map(|score| (score.version.as_deref(), score.value.to_string(), score.variant.as_deref(), score.measured))
        .collect();
    assert_eq!(
        scores,
        [
            (Some("1"), "70".to_owned(), None, Some(Measured::SelfReported)),
            (Some("2"), "50".to_owned(), None, Some(Measured::Independent)),
            (Some("2"), "80".to_owned(), None, Some(Measured::SelfReported)),
            (Some("2"), "60.0".to_owned(), Some("high"), None),
        ]
    );
}

#[test]
fn one_mistake_is_one_diagnostic() {
    let one = "name = \"One\"\n[scores]\nexam = 50\n";
    let exam = |rest: &str| format!("name = \"Exam\"\nmeasures = \"x\"\ncategory = \"Tests\"\n{rest}");
    for (files, expected) in [
        (vec![(MODEL, one.to_owned()), ("benchmarks/exam.toml", exam("direction = \"up\""))], vec!["unknown-word"]),
        (
            vec![(MODEL, one.to_owned()), ("benchmarks/exam.toml", exam("scale = { min = 9, max = 1 }"))],
            vec!["absurd-number"],
        ),
        (vec![(MODEL, one.to_owned()), ("benchmarks/exam.toml", "name = ".to_owned())], vec!["invalid-toml"]),
        (vec![(MODEL, one.to_owned()), ("developers/acme.toml", "name = 1".to_owned())], vec!["wrong-type"]),
        (
            vec![
                (MODEL, "name = 1\nid = \"x:1\"".to_owned()),
                ("models/acme/two.toml", "name = \"T\"\nsuccessor = \"x:1\"".to_owned()),
            ],
            vec!["wrong-type"],
        ),
        (
            vec![
                (MODEL, "name = \"A\"\nid = \"::\"".to_owned()),
                ("models/acme/two.toml", "name = \"T\"\nsuccessor = \"::\"".to_owned()),
            ],
            vec!["invalid-id"],
        ),
        (
            vec![("models/nobody/a.toml", one.to_owned()), ("models/nobody/b.toml", one.to_owned())],
            vec!["unknown-developer"],
        ),
        (
            vec![(MODEL, "name = \"One\"\n[price]\ninput = 1\nsource = \"x\"\nas_of = \"y\"".to_owned())],
            vec!["unknown-source", "invalid-date"],
        ),
        (
            vec![("site.toml", "title = \"T\"\n[[workload]]\nname = \"W\"\ninput = 1.5\noutput = -1\n".to_owned())],
            vec!["absurd-number", "negative-number"],
        ),
        (vec![("site.toml", workloads(&["Chat turn", "chat-turn"]))], vec!["duplicate-path"]),
        (vec![("site.toml", workloads(&["::", "2", "By input"]))], vec!["invalid-id"; 3]),
        (vec![("site.toml", workloads(&["Night"]) + "service_tier = \"bach\"\n")], vec!["unknown-word"]),
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        assert_eq!(codes(&files), expected, "{files:?}");
    }
}

/// Settings with workloads of these names.
fn workloads(names: &[&str]) -> String {
    let each = names.iter().map(|name| format!("[[workload]]\nname = \"{name}\"\ninput = 1\noutput = 1\n"));
    std::iter::once("title = \"T\"\n".to_owned()).chain(each).collect()
}

/// Whether it is the own one, the provider, the region, the prices.
type Row<'a> = (bool, Option<&'a str>, Option<&'a str>, Vec<String>);

fn offers<'a>(catalog: &'a Catalog, id: &str) -> Vec<Row<'a>> {
    let all = |offer: &'a Offer| {
        let provider = offer.provider.as_ref().map(|id| id.as_str());
        (offer.own, provider, offer.region.as_deref(), in_words(&offer.prices))
    };
    model(catalog, id).offers.iter().map(all).collect()
}

#[test]
fn the_own_service_shares_the_offer_of_the_models_file() {
    let priced = "name = \"One\"\n[price]\ninput = 1\n";
    let own = "name = \"Acme API\"\ndeveloper = \"acme\"\n[[offer]]\nmodel = \"acme/one\"\nid = \"one-v1\"\ncontext_window = 100\n\
        [[offer]]\nmodel = \"acme/one\"\nregion = \"EU\"\nprice = { input = 1.1 }\n\
        [[offer]]\nmodel = \"acme/one\"\nid = \"one-fast\"\nprice = { input = 6 }\n";
    let other = "name = \"Other\"\n[[offer]]\nmodel = \"acme/one\"\nprice = { input = 0.9 }\n";
    let catalog = catalog(&[(MODEL, priced), ("providers/acme.toml", own), ("providers/aaa.toml", other)]);
    let row =
        |own, provider, region, price: &str| (own, Some(provider), region, vec![format!("input {price}/1M tokens")]);
    assert_eq!(
        offers(&catalog, "acme/one"),
        [
            row(true, "acme", None, "$1.00"),
            row(false, "aaa", None, "$0.90"),
            row(false, "acme", None, "$6.00"),
            row(false, "acme", Some("EU"), "$1.10"),
        ]
    );
    let held = &model(&catalog, "acme/one").offers[0];
    assert_eq!((held.id_there.as_deref(), held.context_window.known()), (Some("one-v1"), Some(&Tokens(100))));
    assert_eq!(catalog.developers["acme"].provider.as_ref().map(|id| id.as_str()), Some("acme"));
}

#[test]
fn list_prices_stand_in_one_place() {
    let priced = "name = \"One\"\n[price]\ninput = 1\n";
    let offer = "name = \"Acme API\"\ndeveloper = \"acme\"\n[[offer]]\nmodel = \"acme/one\"\nprice = { input = 1 }\n";
    assert_eq!(codes(&[(MODEL, priced), ("providers/acme.toml", offer)]), ["duplicate-fact"]);
    let catalog = catalog(&[(MODEL, "name = \"One\""), ("providers/acme.toml", offer)]);
    assert!(model(&catalog, "acme/one").own_offer().is_some_and(|own| own.prices.prices.len() == 1));
    // The developer has a price and no provider's file names it as the own service.
    let catalog = self::catalog(&[(MODEL, priced)]);
    assert_eq!(offers(&catalog, "acme/one")[0].1, None);
}

#[test]
fn the_command_line_says_where_the_site_is_published() {
    let site = ("site.toml", "title = \"T\"\nbase_url = \"https://a.example/x\"");
    let base = |base_url| {
        let (_, catalog, found) = resolved(&[site], base_url);
        let url = catalog.expect("settings").settings.base_url.map(|url| url.as_str().to_owned());
        (url, found.iter().map(|found| found.code).collect::<Vec<_>>())
    };
    assert_eq!(base(None), (Some("https://a.example/x/".to_owned()), vec![]));
    let other = WebUrl::of_folder("http://b.example").expect("an address");
    assert_eq!(base(Some(&other)), (Some("http://b.example/".to_owned()), vec![]));
    assert_eq!(WebUrl::of_folder("b.example"), None);
    assert_eq!(WebUrl::of_folder("https://b.example/?x"), None);
}

#[test]
fn a_prompt_is_priced_by_the_highest_tier_that_it_passes() {
    let list =
        prices("[price]\ninput = 1\n[[price.tier]]\nabove = 100\ninput = 2\n[[price.tier]]\nabove = 200\ninput = 3\n");
    let at = |prompt| list.for_prompt(Component::Input, prompt, today()).and_then(|price| price.usd_per_million());
    let seen: Vec<_> = [0, 100, 101, 200, 201]
        .map(|prompt| at(prompt).map(|amount| amount.to_string()))
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(seen, ["1", "1", "2", "2", "3"]);
    assert!(list.for_prompt(Component::Output, 1, today()).is_none());
    let tier = Conditions { service_tier: Some(ServiceTier::Batch), ..Conditions::default() };
    assert!(list.under(Component::Input, &tier, today()).is_none());
    assert_eq!(list.prices[0].unit, Unit::MillionTokens);
}

#[test]
fn four_states_of_a_fact_are_four() {
    let text = "name = \"One\"\ncontext_window = 10\nmax_input = \"not applicable\"\nmodalities = { input = [], output = [\"text\"] }";
    let catalog = catalog(&[(MODEL, text)]);
    let one = model(&catalog, "acme/one");
    assert_eq!(one.context_window.state, State::Known(Tokens(10)));
    assert_eq!(one.max_input.state, State::NotApplicable);
    assert_eq!(one.max_output.state, State::Unknown);
    assert_eq!(one.takes.known(), None);
    assert_eq!(one.gives.known(), Some(&vec![Modality::Text]));
}
