use super::*;
use crate::catalog::Listings;
use crate::catalog::resolve::example::{catalog, today};

/// A catalogue of models `acme/a`, `acme/b`, … whose files say this beside a name, and of more files.
fn catalog_of(models: &[&str], more: &[(&str, &str)]) -> Catalog {
    let paths: Vec<String> = ('a'..).take(models.len()).map(|name| format!("models/acme/{name}.toml")).collect();
    let texts: Vec<String> = models.iter().map(|text| format!("name = \"M\"\n{text}")).collect();
    let files = paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str()));
    catalog(&files.chain(more.iter().copied()).collect::<Vec<_>>())
}

/// The letter that is the name of such a model: they are all that there is, in the order of their letters.
fn name(model: ModelIndex) -> String {
    ('a'..).nth(model.0 as usize).expect("few models").to_string()
}

fn names(entries: &[PriceEntry]) -> String {
    entries.iter().map(|entry| name(entry.model)).collect::<Vec<_>>().join(" ")
}

fn priced(input: &str, output: &str) -> String {
    format!("price = {{ input = {input}, output = {output} }}")
}

#[test]
fn equal_prices_stand_by_their_ids_and_what_has_none_comes_last() {
    let texts = [
        priced("2", "2"),
        priced("1", "5"),
        priced("2.00", "2"),
        priced("1.5", "0"),
        "price = { input = 1 }".to_owned(),
    ];
    let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[]);
    let pricing = Pricing::new(&catalog, today());
    assert_eq!(names(pricing.tokens()), "d b a c e");
    let by = |order| names(&pricing.tokens_by(order).cloned().collect::<Vec<_>>());
    assert_eq!(by(PriceOrder::Blended), "d b a c e");
    assert_eq!(by(PriceOrder::Input), "b e d a c");
    assert_eq!(by(PriceOrder::Output), "d a c b e");
    assert_eq!(by(PriceOrder::CacheRead), "d b a c e", "of none it is known, so the blended price decides");
    let told = pricing.blended().map(|(low, middle, high)| [low, middle, high].map(|price| price.to_string()));
    assert_eq!(told, Some(["1.125", "2", "2"].map(str::to_owned)));
}

#[test]
fn the_longest_context_comes_first_and_of_equal_ones_the_cheapest() {
    let window = |tokens: u32, input: &str| format!("context_window = {tokens}\n{}", priced(input, "1"));
    let texts = [window(1_000, "1"), window(2_000, "9"), window(2_000, "3"), priced("1", "1")];
    let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[]);
    let pricing = Pricing::new(&catalog, today());
    assert_eq!(names(&pricing.tokens_by(PriceOrder::Context).cloned().collect::<Vec<_>>()), "c b a d");
}

fn groups_of(texts: &[&str]) -> Vec<(PriceKind, String)> {
    let pricing = Pricing::new(&catalog_of(texts, &[]), today());
    pricing.groups.iter().map(|group| (group.kind.clone(), names(&group.entries))).collect()
}

#[test]
fn nothing_asked_for_input_is_not_free_as_long_as_output_is_not_known() {
    let groups = groups_of(&["price = { input = 0 }", "price = { input = 0, output = \"not applicable\" }"]);
    assert_eq!(groups, [(PriceKind::NoCharge, "b".to_owned()), (PriceKind::Unknown, "a".to_owned())]);
}

#[test]
fn a_list_price_that_asks_for_nothing_hides_no_price_of_others() {
    let relay = "name = \"Relay\"\n[[offer]]\nmodel = \"acme/a\"\nprice = { input = 1, output = 2 }\n\
                 [[offer]]\nmodel = \"acme/b\"\nprice = { input = 1, output = 2 }";
    let texts = [priced("0", "0"), priced("\"in plan\"", "\"in plan\"")];
    let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[("providers/relay.toml", relay)]);
    let pricing = Pricing::new(&catalog, today());
    let groups: Vec<_> = pricing.groups.iter().map(|group| (group.kind.clone(), names(&group.entries))).collect();
    assert_eq!(groups, [(PriceKind::Tokens, "a b".to_owned()), (PriceKind::NoCharge, "a".to_owned())]);
}

#[test]
fn prices_in_another_currency_are_ordered_by_it_alone() {
    let two = "[price]\noutput = 2\ncurrency = \"CNY\"\n[[price.row]]\ncomponent = \"input\"\namount = 0.3\ncurrency = \"USD\"\n";
    let groups = groups_of(&[two, "price = { input = 1, currency = \"CNY\" }"]);
    let yuan = PriceKind::OtherCurrency(Currency::new("CNY").expect("a code"));
    assert_eq!(groups.iter().find(|(kind, _)| *kind == yuan), Some(&(yuan.clone(), "b a".to_owned())), "{groups:?}");
}

#[test]
fn only_what_is_of_one_kind_stands_together_and_nothing_is_lost() {
    let image = "[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0.04\n";
    let dear = "[[price.row]]\ncomponent = \"output\"\nunit = \"image\"\namount = 0.4\nquality = \"large\"\n";
    let texts = [
        priced("1", "1"),
        format!("[price]\ninput = 1\n{dear}{image}"),
        priced("0", "0"),
        "price = { input = 2, output = 2, currency = \"CNY\" }".to_owned(),
        priced("\"in plan\"", "\"in plan\""),
        String::new(),
        "price = { input = 1, until = 2025-12-31 }".to_owned(),
        format!("status = \"retired\"\n{}", priced("1", "1")),
        format!("[price]\ninput = 0\n{image}"),
        priced("\"not applicable\"", "\"not applicable\""),
    ];
    let trial = "name = \"Trial\"\n[[offer]]\nmodel = \"acme/a\"\nprice = { input = 0, output = 0 }";
    let catalog = catalog_of(&texts.each_ref().map(String::as_str), &[("providers/trial.toml", trial)]);
    let pricing = Pricing::new(&catalog, today());
    let groups: Vec<(PriceKind, String)> =
        pricing.groups.iter().map(|group| (group.kind.clone(), names(&group.entries))).collect();
    let expected = [
        (PriceKind::Tokens, "a b"),
        (PriceKind::NoCharge, "a c"),
        (PriceKind::PerUnit(Unit::Image, Component::Output, Currency::usd()), "b i b"),
        (PriceKind::OtherCurrency(Currency::new("CNY").expect("a code")), "d"),
        (PriceKind::InPlan, "e"),
        (PriceKind::Unknown, "f g j"),
    ];
    assert_eq!(groups, expected.map(|(kind, names)| (kind, names.to_owned())));
    assert_eq!((pricing.retired, pricing.len()), (1, 12));
    let counted: usize = catalog.models.values().map(|model| price_entries(model, today())).sum();
    assert_eq!(counted, pricing.len(), "what the number of pages follows from");
}

const WORK: (&str, &str) = (
    "site.toml",
    "title = \"T\"\nheadline = [\"exam\"]\n[[workload]]\nname = \"Work\"\ninput = 1_000_000\noutput = 0\n",
);

fn costs_of(models: &[&str]) -> (Pricing, WorkloadCosts) {
    let catalog = catalog_of(models, &[WORK]);
    let rankings = Rankings::new(&catalog, today());
    let pricing = Pricing::new(&catalog, today());
    let listings = Listings::default();
    let overview = listings.overview(&catalog, &rankings, today());
    let costs = pricing.costs(&catalog, &rankings, overview, today(), 0).expect("there is a workload").clone();
    assert!(pricing.costs(&catalog, &rankings, overview, today(), 1).is_none());
    (pricing, costs)
}

#[test]
fn a_workload_is_cheapest_first_and_what_has_no_cost_is_kept_apart() {
    let (_, costs) = costs_of(&[
        "price = { input = 2 }",
        "price = { input = 1 }",
        "price = { input = 1.0 }",
        "price = { input = 0, output = 0 }",
        "context_window = 999_999\nprice = { input = 1 }",
        "",
        "modalities = { input = [\"text\"], output = [\"image\"] }\nprice = { input = 1 }",
        "status = \"retired\"\nprice = { input = 1 }",
    ]);
    let ranked: Vec<String> = costs.ranked.iter().map(|(total, model)| format!("{} {total}", name(*model))).collect();
    assert_eq!(ranked, ["b 1", "c 1", "a 2"]);
    assert_eq!(costs.free.iter().map(|model| name(*model)).collect::<Vec<_>>(), ["d"]);
    let without: Vec<_> = costs.without.iter().map(|(why, model)| (why.is_limit(), name(*model))).collect();
    assert_eq!(without, [(true, "e".to_owned()), (false, "f".to_owned())]);
    assert_eq!(costs.no_text, 1);
    let cheapest = costs.cheapest.expect("there is one");
    assert_eq!((name(cheapest.model), cheapest.others), ("b".to_owned(), 1));
    assert_eq!(costs.cheapest_good, None, "nobody has a score");
}

#[test]
fn a_good_one_is_in_the_upper_quarter_and_not_deprecated() {
    let model =
        |input: &str, score: u32, more: &str| format!("{more}[price]\ninput = {input}\n[scores]\nexam = {score}\n");
    let texts = [
        model("1", 10, ""),
        model("2", 20, ""),
        model("3", 30, "status = \"deprecated\"\n"),
        model("5", 30, ""),
        model("4", 30, ""),
        model("0.5", 5, "status = \"deprecated\"\n"),
        model("9", 4, ""),
        model("9", 3, ""),
        model("9", 2, ""),
        model("9", 1, ""),
    ];
    let (_, costs) = costs_of(&texts.each_ref().map(String::as_str));
    let told = |cheapest: Option<Cheapest>| cheapest.map(|cheapest| (name(cheapest.model), cheapest.others));
    assert_eq!(told(costs.cheapest), Some(("a".to_owned(), 0)));
    assert_eq!(told(costs.cheapest_good), Some(("e".to_owned(), 0)));
    let (_, costs) = costs_of(&[&model("1", 10, "")]);
    assert_eq!(costs.cheapest_good, None, "a few scores have no quarters");
}
