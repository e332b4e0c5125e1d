//! One edit uploads little: of a catalogue of a thousand models, one price is edited, and exactly the files differ that
//! say something of it. Which these are is worked out from the catalogue and from what the pages list, before any bytes
//! are compared.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use html5gum::{Token, Tokenizer};
use modelfolio::catalog::{
    Catalog, Component, Date, DeveloperId, Listings, Measure, Model, ModelId, ProviderId, Rankings, Refusal, Relation,
    Standing, Status, resolve,
};
use modelfolio::diagnostic::text;
use modelfolio::files::SourceTree;
use modelfolio::publish::{Published, Target, publish};
use modelfolio::urls::{self, LinkBase};
use modelfolio::{Options, assemble, charts, load, source};
use rust_decimal::Decimal;

use crate::generator;
use crate::trees::{self, Tree};

const MODELS: usize = 1_000;
const SEED: u64 = 42;

/// A folder with a catalogue, and what was built from it.
struct Built {
    catalog: Catalog,
    rankings: Rankings,
    sources: SourceTree,
    files: Tree,
    published: Published,
}

fn today() -> Date {
    Date::parse("2026-06-01").expect("a date")
}

fn build(root: &Path, out: &Path) -> Built {
    let (tree, found) = load::load(root).expect("the catalogue can be read");
    let (sources, _) = source::parse(&tree);
    let (catalog, _) = resolve::resolve(&tree, &sources, None, today());
    let catalog = catalog.expect("the catalogue is whole");
    let assembled = assemble(&tree, found, &Options { today: today(), base_url: None }, &mut |_| {});
    let Some(site) = assembled.site else { panic!("{}", text::render_all(&tree, &assembled.diagnostics, false)) };
    // Minifying is the longest stage by far in a build for tests, and no page says more or less without it.
    let target = Target { minify: false, ..Target::new(root, out) };
    let published = publish(&target, &site).expect("the folder can be written to");
    let rankings = Rankings::new(&catalog, today());
    Built { rankings, catalog, sources: tree, files: trees::read(out), published }
}

impl Built {
    fn model(&self, id: &ModelId) -> &Model {
        &self.catalog.models[id]
    }

    fn input_price(&self, model: &Model) -> Option<Decimal> {
        model.reference_offer(today())?.prices.usd(Component::Input, today())
    }

    /// The price of a model and the one that is blended from it.
    fn prices(&self, id: &ModelId) -> Vec<Decimal> {
        let model = self.model(id);
        let blended = model.reference_offer(today()).and_then(|offer| offer.prices.blended(today()));
        self.input_price(model).into_iter().chain(blended).collect()
    }

    /// Where every model stands by its input price, as far as its card says so.
    fn standings(&self) -> BTreeMap<&ModelId, Standing> {
        let ranking = self.rankings.get(&Measure::InputPrice).expect("models have prices");
        let served = self.catalog.models.values().filter(|model| model.status != Status::Retired);
        served.filter_map(|model| Some((&model.id, ranking.standing(self.input_price(model)?)?))).collect()
    }

    /// The pages on which a row or a tile links to the card of this model and says its price.
    fn pages_that_list_the_price(&self, id: &ModelId) -> BTreeSet<String> {
        let card = urls::model(self.model(id));
        let prices = self.prices(id);
        let lists = |(path, bytes): &(&String, &Vec<u8>)| {
            let Some(page) = path.strip_suffix("index.html") else { return false };
            let href = LinkBase::Page(urls::authored(page)).href(&card);
            // Few pages name the model at all, and to take a thousand apart is slow in a build for tests.
            std::str::from_utf8(bytes).expect("a page is text").contains(&href)
                && places(bytes).iter().any(|place| {
                    place.links.contains(&href) && numbers(&place.text).any(|number| prices.contains(&number))
                })
        };
        self.files.iter().filter(lists).map(|(path, _)| path.clone()).collect()
    }

    /// Of each provider, how its offers compare with the developers' own by blended price: how many are cheaper, the same
    /// and dearer.
    fn comparisons(&self) -> BTreeMap<&ProviderId, BTreeMap<Ordering, usize>> {
        let mut comparisons: BTreeMap<&ProviderId, BTreeMap<Ordering, usize>> = BTreeMap::new();
        for model in self.catalog.models.values() {
            let Some(own) = model.own_offer().and_then(|own| own.prices.blended(today())) else { continue };
            for offer in model.offers.iter().filter(|offer| !offer.own) {
                if let (Some(provider), Some(there)) = (&offer.provider, offer.prices.blended(today())) {
                    *comparisons.entry(provider).or_default().entry(there.cmp(&own)).or_default() += 1;
                }
            }
        }
        comparisons
    }

    /// The pages that compare this model with others: each with the page of their list that names it, and with how the
    /// prices stand to one another, which is what the list says of them.
    fn side_by_side(&self, id: &ModelId) -> BTreeMap<String, (String, Prices)> {
        let prices = |id| self.model(id).reference_offer(today()).map(|offer| &offer.prices);
        let file = |url: urls::SiteUrl| url.file().expect("it has a path").to_string();
        let listings = Listings::default();
        let sets = listings.comparisons(&self.catalog).iter().enumerate();
        let of = sets.filter(|(_, set)| set.models.contains(id)).map(|(place, set)| {
            let others = set.models[1..].iter();
            let relations = others.flat_map(|other| {
                [Component::Input, Component::Output]
                    .map(|component| Relation::of_components(prices(other), prices(&set.models[0]), component, today()))
            });
            let list = urls::page_of(&urls::comparisons(), place / 200 + 1);
            (file(urls::comparison(&self.catalog, &set.models)), (file(list), relations.collect()))
        });
        of.collect()
    }

    /// Of each developer the lowest and the highest blended price of what is still served.
    fn price_ranges(&self) -> BTreeMap<&DeveloperId, (Decimal, Decimal)> {
        let mut ranges: BTreeMap<&DeveloperId, (Decimal, Decimal)> = BTreeMap::new();
        for model in self.catalog.models.values().filter(|model| model.status != Status::Retired) {
            let blended = model.reference_offer(today()).and_then(|offer| offer.prices.blended(today()));
            if let Some(price) = blended {
                let (low, high) = ranges.entry(&model.developer).or_insert((price, price));
                (*low, *high) = (price.min(*low), price.max(*high));
            }
        }
        ranges
    }

    fn ruler(&self) -> String {
        charts::rulers::file(&self.rankings)
    }
}

/// How prices of models stand to one another.
type Prices = Vec<Result<Relation, Refusal>>;

/// A row, an entry of a list or a tile: its text and its links, without those of others within it.
#[derive(Default)]
struct Place {
    text: String,
    links: Vec<String>,
}

fn places(html: &[u8]) -> Vec<Place> {
    let is_place = |name: &[u8]| matches!(name, b"tr" | b"li" | b"div");
    let (mut open, mut closed) = (vec![Place::default()], Vec::new());
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                if is_place(&tag.name) {
                    open.push(Place::default());
                }
                let link = tag.attributes.get(b"href".as_slice()).filter(|_| *tag.name == b"a");
                if let (Some(place), Some(href)) = (open.last_mut(), link) {
                    place.links.push(String::from_utf8_lossy(href).into_owned());
                }
                // What stands in two cells is two words.
                open.last_mut().into_iter().for_each(|place| place.text.push(' '));
            }
            Token::EndTag(tag) if is_place(&tag.name) => closed.extend(open.pop()),
            Token::String(text) => {
                open.last_mut().into_iter().for_each(|place| place.text.push_str(&String::from_utf8_lossy(&text)));
            }
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "every row is closed");
    closed
}

/// The numbers of a text: `Opus, $1.925 blended` has one.
fn numbers(text: &str) -> impl Iterator<Item = Decimal> {
    text.split_whitespace().filter_map(|word| word.trim_matches(['$', ',', '(', ')']).parse().ok())
}

/// The files that should differ, each with the reason.
fn expected(before: &Built, after: &Built, edited: &ModelId) -> BTreeMap<String, &'static str> {
    let file = |id| urls::model(before.model(id)).file().expect("a card has a path").to_string();
    let mut expected = BTreeMap::new();
    let (former, standings) = (before.standings(), after.standings());
    assert_eq!(former.len(), standings.len(), "every model has a price before and after");
    for (id, _) in standings.iter().filter(|(id, standing)| former[*id] != **standing) {
        expected.insert(file(id), "its own rank is another");
    }
    for built in [before, after] {
        for page in built.pages_that_list_the_price(edited) {
            expected.insert(page, "it lists the price");
        }
    }
    let (former, comparisons) = (before.side_by_side(edited), after.side_by_side(edited));
    for (page, (list, prices)) in comparisons {
        if former[&page].1 != prices {
            expected.insert(list, "it says how the prices of two models stand to one another");
        }
        expected.insert(page, "it compares the model with another one");
    }
    if before.ruler() != after.ruler() {
        let ruler = urls::rulers().file().expect("the rulers have a path");
        expected.insert(ruler.to_string(), "the tick of the model is at another place");
    }
    let (former, comparisons) = (before.comparisons(), after.comparisons());
    assert!(!comparisons.is_empty(), "offers can be compared");
    if former != comparisons {
        let list = urls::providers().file().expect("the list of providers has a path");
        expected.insert(list.to_string(), "it says how a provider compares with the developers' own prices");
        for (provider, _) in comparisons.iter().filter(|(provider, words)| former.get(*provider) != Some(*words)) {
            let page = urls::provider(provider).file().expect("a provider has a path");
            expected.insert(page.to_string(), "it says how the provider compares with the developers' own prices");
        }
    }
    if before.price_ranges() != after.price_ranges() {
        let list = urls::developers().file().expect("the list of developers has a path");
        expected.insert(list.to_string(), "it says from where to where a developer's prices reach");
    }
    expected.insert(file(edited), "the card");
    expected
}

/// Edits the file of one model, builds again, and holds the files that differ against those that should.
fn edit(root: &Path, out: &Path, before: &Built, id: &ModelId, edit: impl FnOnce(&str) -> String) -> (Built, Counts) {
    let file = before.sources.get(before.model(id).origin.file);
    fs::write(root.join(&file.path), edit(&file.text)).expect("the file can be written");
    let after = build(root, out);
    assert_ne!(before.prices(id), after.prices(id), "the edit changes the price of {id}");

    let expected = expected(before, &after, id);
    let paths: BTreeSet<&String> = before.files.keys().chain(after.files.keys()).collect();
    let differs = |path: &&String| before.files.get(*path) != after.files.get(*path);
    let differing: BTreeSet<&String> = paths.into_iter().filter(differs).collect();
    let surprises: Vec<String> = differing
        .iter()
        .filter(|path| !expected.contains_key(**path))
        .map(|path| format!("{path} differs, and says nothing of the price of {id}"))
        .chain(
            expected
                .iter()
                .filter(|(path, _)| !differing.contains(path))
                .map(|(path, why)| format!("{path} does not differ, although {why}")),
        )
        .collect();
    assert!(surprises.is_empty(), "{} files are not as expected:\n{}", surprises.len(), surprises.join("\n"));

    let Published { added, changed, removed, bytes, .. } = &after.published;
    assert_eq!((added.len(), removed.len()), (0, 0), "an edit adds and removes no file");
    let written: BTreeSet<String> = changed.iter().map(ToString::to_string).collect();
    assert!(written.iter().eq(differing), "only files that differ are written");
    let size = |files: &Tree| files.values().map(|bytes| bytes.len() as u64).sum();
    let (files, of) = (changed.len(), after.files.len());
    let counts = Counts { because: by_reason(&expected), files, of, bytes: *bytes, site: size(&after.files) };
    (after, counts)
}

fn by_reason(expected: &BTreeMap<String, &'static str>) -> BTreeMap<&'static str, usize> {
    let mut count = BTreeMap::new();
    for why in expected.values() {
        *count.entry(*why).or_default() += 1;
    }
    count
}

/// What one edit uploads.
#[derive(Debug)]
#[expect(dead_code, reason = "printed as a whole")]
struct Counts {
    because: BTreeMap<&'static str, usize>,
    files: usize,
    of: usize,
    bytes: u64,
    site: u64,
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are shown with `--nocapture`")]
fn an_edited_price_changes_the_files_that_say_something_of_it_and_no_others() {
    let scratch = tempfile::tempdir().expect("a folder can be made");
    let (root, out) = (scratch.path().join("site"), scratch.path().join("public"));
    let files = generator::catalogue(MODELS, SEED);
    trees::write(&files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect(), &root);
    let before = build(&root, &out);

    // A model that the catalogue's page shows with its price, and a correction of its last digit.
    let headline = before.catalog.settings.headline.first().expect("the catalogue has an index");
    let score = |model: &&Model| before.rankings.ranked_score(model, headline).map(|score| score.value);
    let best = before.catalog.models.values().max_by_key(score).expect("there are models");
    let (after, corrected) = edit(&root, &out, &before, &best.id, generator::with_another_price);
    println!("a correction of the last digit: {corrected:?}");
    assert!(before.pages_that_list_the_price(&best.id).contains("index.html"), "{} is in the table", best.id);
    assert!(corrected.files * 50 < corrected.of, "less than one file in fifty differs: {corrected:?}");

    // The cheapest of all is as dear as the models of the middle now: all between have another place.
    let before = after;
    let cheapest =
        before.catalog.models.values().min_by_key(|model| before.input_price(model)).expect("there are models");
    let to_the_middle = |text: &str| generator::with_price(text, |_| "2.500".to_owned());
    let (_, raised) = edit(&root, &out, &before, &cheapest.id, to_the_middle);
    println!("from the cheapest to the middle: {raised:?}");
    assert!(raised.because.contains_key("its own rank is another"), "{raised:?}");
    assert!(raised.because.contains_key("the tick of the model is at another place"), "{raised:?}");
    assert!(raised.files * 10 < raised.of, "even so less than one file in ten differs: {raised:?}");
}
