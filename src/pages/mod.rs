//! Pages: one file, one page, one view-model, one template of the same stem.
//!
//! A view-model carries finished words, links and order; the template only places them.

mod benchmark;
mod benchmarks;
mod catalogue;
mod changes;
mod charts;
mod column;
mod compare;
mod comparison;
mod cost;
mod developer;
mod developers;
#[cfg(test)]
mod example;
mod figure;
mod free_page;
mod headline;
mod home;
mod layout;
mod methodology;
mod model;
mod model_row;
mod model_table;
mod moved;
mod not_found;
mod paging;
mod plate;
mod pricing;
mod provider;
mod providers;
mod scale;
mod sources;
mod terms;
mod text;
mod view;
mod workload;

pub use charts::Chart;
pub use column::Column;
pub use layout::{DateWords, Head, Layout, NavigationLink, OperatorWords, base_path, link_base};
pub use paging::Part;

use askama::Template;
use rayon::prelude::*;

use crate::catalog::{
    BenchmarkId, Catalog, Date, DeveloperId, Listings, Model, ModelId, NavigationTarget, PriceOrder, ProviderId,
    Rankings, View, price_entries,
};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin, StaticFile};
use crate::theme::Theme;
use crate::urls::{self, SiteUrl};

/// What every page is made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// All facts.
    pub catalog: &'a Catalog,
    /// Where each model stands.
    pub rankings: &'a Rankings,
    /// Who has what.
    pub listings: &'a Listings,
    /// Stylesheet, scripts and icons.
    pub theme: &'a Theme,
    /// The site's own files, which are copied as they are.
    pub statics: &'a [StaticFile],
    /// The day for which the site is built.
    pub today: Date,
}

/// A finished page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its address.
    pub url: SiteUrl,
    /// What made it, in words for an error.
    pub producer: String,
    /// Its HTML.
    pub html: String,
    /// The file of the content that it comes from; some come from no file alone.
    pub file: Option<FileId>,
    /// Links that an author wrote in Markdown, with their places, so that a broken one is shown where it stands.
    pub authored_links: Vec<AuthoredLink>,
}

impl Page {
    /// A page from its view-model.
    pub(crate) fn new(
        url: SiteUrl,
        producer: impl Into<String>,
        file: Option<FileId>,
        view: &impl Template,
        authored_links: Vec<AuthoredLink>,
    ) -> Self {
        let html = view.render().expect("writing to a string fails only where a `Display` does, and none here does");
        Self { url, producer: producer.into(), html, file, authored_links }
    }
}

/// What a page of the site is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The catalogue.
    Home,
    /// A further page of the catalogue, by its number, from two.
    Catalogue(usize),
    /// A part or an order of the catalogue.
    View(View),
    /// The page for unknown addresses.
    NotFound,
    /// A page of all developers, by its number, from one.
    Developers(usize),
    /// A page of a developer.
    Developer(DeveloperId, usize),
    /// A page of all providers, by its number, from one.
    Providers(usize),
    /// A page of a provider, with the offers that stand on it.
    Provider(ProviderId, Part),
    /// A model's card.
    Model(ModelId),
    /// All benchmarks.
    Benchmarks,
    /// A page of the results on a benchmark, counted from one.
    Benchmark(BenchmarkId, usize),
    /// A chart.
    Chart(Chart),
    /// What changed.
    Changes,
    /// A page of what changed in a year, counted from one.
    ChangesOf(i16, usize),
    /// A page of all comparisons, by its number, from one.
    Comparisons(usize),
    /// Models side by side.
    Comparison(Vec<ModelId>),
    /// A page of all prices, counted from one.
    Pricing(usize),
    /// The prices in another order.
    PricingBy(PriceOrder),
    /// What a workload costs, by its number.
    Workload(usize),
    /// How everything is worked out, and on what it rests.
    Methodology,
    /// A free page, by its number.
    FreePage(usize),
    /// An old address, by its number.
    Moved(usize),
}

/// The address of every page of the site and what it is about, in a fixed order. No page is made for it.
#[must_use]
pub fn list(cx: &Context<'_>) -> Vec<(SiteUrl, Subject)> {
    let Context { catalog, listings, .. } = *cx;
    let mut list = vec![(urls::home(), Subject::Home), (urls::not_found(), Subject::NotFound)];
    list.extend(
        (2..=home::pages(catalog.models.len()))
            .map(|page| (urls::page_of(&urls::home(), page), Subject::Catalogue(page))),
    );
    list.extend(view::all(cx).map(|(url, view)| (url, Subject::View(view.clone()))));
    let mut pages = |url: SiteUrl, pages: usize, subject: &dyn Fn(usize) -> Subject| {
        list.extend((1..=pages).map(|page| (urls::page_of(&url, page), subject(page))));
    };
    pages(urls::developers(), developers::pages(catalog.developers.len()), &Subject::Developers);
    for id in catalog.developers.keys() {
        let models = listings.number_of_models(catalog, id);
        pages(urls::developer(id), developer::pages(models), &|page| Subject::Developer(id.clone(), page));
    }
    if !catalog.benchmarks.is_empty() {
        pages(urls::benchmarks(), 1, &|_| Subject::Benchmarks);
    }
    for id in catalog.benchmarks.keys() {
        let count = benchmark::pages(catalog, listings, id);
        pages(urls::benchmark(id), count, &|page| Subject::Benchmark(id.clone(), page));
    }
    pages(urls::changes(), 1, &|_| Subject::Changes);
    for (year, count) in changes::years(catalog, listings) {
        pages(urls::changes_of(year), count, &|page| Subject::ChangesOf(year, page));
    }
    let comparisons = listings.comparisons(catalog);
    pages(urls::comparisons(), compare::pages(comparisons.len()), &Subject::Comparisons);
    for set in comparisons {
        pages(urls::comparison(catalog, &set.models), 1, &|_| Subject::Comparison(set.models.clone()));
    }
    pages(urls::providers(), providers::pages(catalog.providers.len()), &Subject::Providers);
    for id in catalog.providers.keys() {
        list.extend(
            provider::parts(catalog, listings, id)
                .into_iter()
                .map(|part| (urls::page_of(&urls::provider(id), part.page), Subject::Provider(id.clone(), part))),
        );
    }
    list.extend(charts::list(cx).into_iter().map(|(url, chart)| (url, Subject::Chart(chart))));
    let prices = 1..=pricing::pages(catalog, listings, cx.today);
    list.extend(prices.map(|page| (urls::page_of(&urls::pricing(), page), Subject::Pricing(page))));
    list.extend(PriceOrder::OTHERS.map(|order| (urls::pricing_by(order), Subject::PricingBy(order))));
    let workloads = catalog.settings.workloads.iter().enumerate();
    list.extend(workloads.map(|(at, workload)| (urls::workload(workload), Subject::Workload(at))));
    list.extend(catalog.models.values().map(|model| (urls::model(model), Subject::Model(model.id.clone()))));
    list.push((urls::methodology(), Subject::Methodology));
    let free = catalog.pages.iter().enumerate().filter(|(_, page)| !methodology::is_part(page));
    list.extend(free.map(|(at, page)| (urls::free_page(page), Subject::FreePage(at))));
    let moved = catalog.moved.iter().enumerate();
    list.extend(moved.map(|(at, moved)| (urls::moved(moved), Subject::Moved(at))));
    list
}

/// What of a model decides, on the day of the site, which pages there are and what stands on which. As long as it stays the
/// same, so does [`list`].
#[must_use]
pub fn footprint(model: &Model, today: Date) -> impl PartialEq + use<> {
    let offers: Vec<_> = model.offers.iter().map(|offer| (offer.provider.clone(), provider::rows_of(offer))).collect();
    // Which of the results are ranked follows from how many there are of each comparable kind.
    let results: Vec<_> = model.scores.iter().map(|score| (score.benchmark.clone(), score.comparable_key())).collect();
    let left = (model.status, model.successor.clone());
    let prices = (price_entries(model, today), charts::footprint(model, today), changes::years_of(model));
    (model.came_out(), left, offers, results, prices, View::of(model, today))
}

/// One page, and what is wrong with the texts that it shows. `None` when the catalogue has no such thing.
#[must_use]
pub fn render(cx: &Context<'_>, subject: &Subject) -> Option<(Page, Vec<Diagnostic>)> {
    let alone = |page: Option<Page>| page.map(|page| (page, Vec::new()));
    match subject {
        Subject::Home => Some((home::render(cx), Vec::new())),
        Subject::Catalogue(page) => alone(catalogue::render(cx, *page)),
        Subject::View(view) => alone(view::render(cx, view)),
        Subject::NotFound => Some((not_found::render(cx), Vec::new())),
        Subject::Developers(page) => alone(developers::render(cx, *page)),
        Subject::Developer(id, page) => {
            cx.catalog.developers.get(id).and_then(|found| alone(developer::render(cx, found, *page)))
        }
        Subject::Providers(page) => alone(providers::render(cx, *page)),
        Subject::Provider(id, part) => {
            cx.catalog.providers.get(id).and_then(|found| alone(Some(provider::render(cx, found, part))))
        }
        Subject::Model(id) => cx.catalog.models.get(id).map(|model| model::render(cx, model)),
        Subject::Benchmarks => Some((benchmarks::render(cx), Vec::new())),
        Subject::Benchmark(id, number) => {
            cx.catalog.benchmarks.get(id).map(|benchmark| (benchmark::render(cx, benchmark, *number), Vec::new()))
        }
        Subject::Chart(chart) => alone(charts::render(cx, chart)),
        Subject::Changes => alone(Some(changes::render(cx))),
        Subject::ChangesOf(year, page) => alone(changes::render_year(cx, *year, *page)),
        Subject::Comparisons(page) => alone(compare::render(cx, *page)),
        Subject::Comparison(models) => alone(comparison::render(cx, models)),
        Subject::Pricing(page) => alone(pricing::render(cx, *page)),
        Subject::PricingBy(order) => alone(Some(pricing::render_by(cx, *order))),
        Subject::Workload(at) => alone(workload::render(cx, *at)),
        Subject::Methodology => Some(methodology::render(cx)),
        Subject::FreePage(at) => cx.catalog.pages.get(*at).map(|page| free_page::render(cx, page)),
        Subject::Moved(at) => cx.catalog.moved.get(*at).map(|moved| (moved::render(cx, moved), Vec::new())),
    }
}

/// Every page of the site, in the order of [`list`], and what is wrong with the texts that they show.
#[must_use]
pub fn render_all(cx: &Context<'_>) -> (Vec<Page>, Vec<Diagnostic>) {
    let made = list(cx).into_par_iter().filter_map(|(_, subject)| render(cx, &subject));
    let (pages, diagnostics): (Vec<_>, Vec<_>) = made.unzip();
    (pages, diagnostics.into_iter().flatten().collect())
}

/// The own links of the navigation as they stand on the page at this address, each with its place in the settings.
#[must_use]
pub fn in_navigation(catalog: &Catalog, here: &SiteUrl) -> Vec<(String, Origin)> {
    let base = link_base(catalog, here);
    let own = catalog.settings.navigation.iter().filter_map(|item| match &item.target {
        NavigationTarget::Page(path) => Some((base.href(&urls::authored(path)), item.origin)),
        NavigationTarget::Web(_) => None,
    });
    own.collect()
}

/// A link that an author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthoredLink {
    /// The link as it stands in the page.
    pub href: String,
    /// The link as its author typed it.
    pub typed: String,
    /// Where it was written.
    pub origin: Origin,
}
