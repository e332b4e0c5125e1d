//! The first page of the charts: the first headline index against price, and the list of all other charts.

use askama::Template;

use super::market::{Drawing, MarketChart, price_in_words};
use super::{contexts, first, prices, releases, score};
use crate::catalog::Priced;
use crate::pages::paging::MOST_ROWS;
use crate::pages::plate::PlateLine;
use crate::pages::sources::{Citations, Sources};
use crate::pages::text::Text;
use crate::pages::{Context, Head, Layout, Page, link_base};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

#[derive(Template)]
#[template(path = "pages/charts.html")]
struct Charts {
    layout: Layout,
    /// Link to the catalogue.
    catalogue: String,
    lead: String,
    plate: Vec<PlateLine>,
    drawing: Option<Drawing>,
    listed: Vec<Listed>,
    /// What the list shows, and what it leaves out.
    note: String,
    /// The charts over time.
    over_time: Option<Text>,
    sources: Option<Sources>,
}

/// A chart in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub name: String,
    pub href: String,
    /// What is measured.
    pub about: String,
    /// How many models can be drawn.
    pub models: usize,
    /// How many of them nothing beats.
    pub frontier: usize,
    /// The cheapest of these.
    pub cheapest: String,
    /// The best of these.
    pub best: String,
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    let url = urls::charts();
    let base = link_base(cx.catalog, &url);
    let mut citations = Citations::new(cx.catalog);
    let chart = first(cx).map(|(benchmark, market)| MarketChart::Score(benchmark, market));
    let drawing = chart.map(|chart| chart.drawing(cx, &base, &mut citations));
    let description = chart.map_or_else(
        || "Charts of AI models: scores and context windows against price.".to_owned(),
        |chart| chart.title_and_description().1,
    );
    let as_of = citations.as_of();
    let head = Head {
        url: &url,
        title: "Score against price: which AI models give most".to_owned(),
        description,
        kind: "website",
        sheet: Sheet::Chart,
        scripts: &[],
        as_of,
    };
    let over_time = [
        (releases::is_drawn(cx), "releases", urls::chart_of_releases()),
        (prices::is_drawn(cx), "prices", urls::chart_of_prices()),
    ];
    let over_time = over_time.into_iter().filter(|(is_drawn, _, _)| *is_drawn);
    let over_time = over_time.map(|(_, word, url)| Text::default().link(word, base.href(&url)));
    let over_time = over_time.reduce(|text, link| text.say(" and ").then(link));
    let (listed, note) = listed(cx, &base);
    let page = Charts {
        layout: Layout::new(cx, head),
        catalogue: base.href(&urls::home()),
        lead: chart.map_or_else(
            || {
                "Scores and context windows against price. No headline index has two models whose price is known."
                    .to_owned()
            },
            |chart| chart.lead(),
        ),
        plate: chart.map(|chart| chart.plate(&base, as_of)).unwrap_or_default(),
        sources: drawing.is_some().then(|| citations.finish(None)),
        drawing,
        listed,
        note,
        over_time: over_time.map(|links| Text::of("Over time: ").then(links).say(".")),
    };
    Page::new(url, "the charts", None, &page, Vec::new())
}

/// All other charts, those with most models first.
fn listed(cx: &Context<'_>, base: &LinkBase) -> (Vec<Listed>, String) {
    let first = first(cx).map(|(benchmark, _)| &benchmark.id);
    let scores = cx.catalog.benchmarks.keys().filter(|id| Some(*id) != first).filter_map(|id| score(cx, id));
    let mut listed: Vec<Listed> = scores
        .map(|(benchmark, market)| {
            let chart = MarketChart::Score(benchmark, market);
            row(cx, &chart, benchmark.name.clone(), benchmark.measures.clone(), base.href(&urls::chart(&benchmark.id)))
        })
        .collect();
    listed.sort_by(|a, b| (b.models, &a.name, &a.href).cmp(&(a.models, &b.name, &b.href)));
    if let Some(market) = contexts(cx) {
        let (name, about) = ("Context window".to_owned(), "The longest prompt and answer together".to_owned());
        listed.insert(0, row(cx, &MarketChart::Contexts(market), name, about, base.href(&urls::chart_of_contexts())));
    }
    let all = listed.len();
    listed.truncate(MOST_ROWS);
    let note = match all {
        0 => "There is no other chart: none has enough models with a known price.".to_owned(),
        _ if all > MOST_ROWS => format!("The {MOST_ROWS} with most models, of {all}."),
        _ => "Each against blended price, with the models that nothing else beats.".to_owned(),
    };
    (listed, note)
}

fn row(cx: &Context<'_>, chart: &MarketChart<'_>, name: String, about: String, href: String) -> Listed {
    let market = chart.market();
    let told = |priced: Option<&Priced>| {
        let priced = priced?;
        let model = cx.catalog.model(priced.model);
        Some(format!("{}, {} at {}", model.name, chart.value_in_words(priced.value), price_in_words(priced)))
    };
    Listed {
        name,
        href,
        about,
        models: market.all().len(),
        frontier: market.frontier().len(),
        cheapest: told(market.frontier().next()).unwrap_or_default(),
        best: told(market.frontier().last()).unwrap_or_default(),
    }
}
