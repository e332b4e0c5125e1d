//! A value against price: the drawing, its legend, its table.

use std::sync::Arc;

use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::words;
use crate::catalog::{Benchmark, Component, Direction, Market, Model, Money, Priced, ScoreValue, Tokens, Weights};
use crate::charts::{self, Dot, Look, Scale, Scatter, Side};
use crate::html::Html;
use crate::pages::figure::{Figure, align};
use crate::pages::plate::PlateLine;
use crate::pages::scale::{column_unit, score_in_words};
use crate::pages::sources::{Citations, Sources};
use crate::pages::text::{self, Text};
use crate::pages::{Context, Head, Layout, Page, link_base, model_row};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase, SiteUrl};

/// So many models are drawn at most.
pub(super) const MOST_DRAWN: usize = 100;

/// What the page takes from a source, as the list of sources says it.
const PRICES: &str = "prices";
const SCORES: &str = "scores";
const CONTEXTS: &str = "context windows";

/// What is drawn against price.
#[derive(Debug, Clone, Copy)]
pub(super) enum MarketChart<'a> {
    /// The scores on a benchmark.
    Score(&'a Benchmark, &'a Market),
    /// Context windows.
    Contexts(&'a Market),
}

/// The page of one chart.
#[derive(Template)]
#[template(path = "pages/charts/market.html")]
struct MarketPage {
    layout: Layout,
    /// Link to the catalogue.
    catalogue: String,
    /// Link to all charts.
    charts: String,
    by: &'static str,
    name: String,
    /// Whether the name is so long that it needs smaller type.
    long_name: bool,
    lead: String,
    plate: Vec<PlateLine>,
    drawing: Drawing,
    sources: Sources,
}

/// A drawing with everything around it, and its table.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "pages/charts/drawing.html")]
pub(super) struct Drawing {
    key: Vec<KeyItem>,
    /// What is measured from bottom to top.
    up: String,
    plot: Html,
    /// What is measured from left to right.
    across: &'static str,
    /// Who is on the line, what is drawn, and what is not.
    pub caption: Vec<Text>,
    /// Head of the column of values.
    value: String,
    /// What the table shows.
    note: &'static str,
    pub rows: Vec<Row>,
}

impl askama::filters::HtmlSafe for Drawing {}

/// A line of the legend.
#[derive(Debug, Clone, PartialEq, Eq)]
struct KeyItem {
    form: Html,
    words: &'static str,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub name: String,
    href: String,
    /// Who made it, and its status.
    about: String,
    /// The setting of the model.
    variant: Option<Arc<str>>,
    pub price: Figure,
    pub value: Figure,
    weights: &'static str,
    /// What is better for no more money; `None` on the frontier.
    pub better: Option<String>,
}

/// A page of its own.
pub(super) fn render(cx: &Context<'_>, url: &SiteUrl, chart: &MarketChart<'_>) -> Page {
    let base = link_base(cx.catalog, url);
    let mut citations = Citations::new(cx.catalog);
    let drawing = chart.drawing(cx, &base, &mut citations);
    let (title, description) = chart.title_and_description();
    let as_of = citations.as_of();
    let head = Head { url, title, description, kind: "website", sheet: Sheet::Chart, scripts: &[], as_of };
    let name = chart.name();
    let page = MarketPage {
        layout: Layout::new(cx, head),
        catalogue: base.href(&urls::home()),
        charts: base.href(&urls::charts()),
        by: chart.by(),
        long_name: text::is_long_name(&name),
        name,
        lead: chart.lead(),
        plate: chart.plate(&base, as_of),
        drawing,
        sources: citations.finish(None),
    };
    let file = chart.benchmark().map(|benchmark| benchmark.origin.file);
    Page::new(url.clone(), format!("the chart of {}", chart.measured()), file, &page, Vec::new())
}

impl<'a> MarketChart<'a> {
    pub(super) fn market(&self) -> &'a Market {
        match self {
            Self::Score(_, market) | Self::Contexts(market) => market,
        }
    }

    pub(super) fn benchmark(&self) -> Option<&'a Benchmark> {
        match self {
            Self::Score(benchmark, _) => Some(benchmark),
            Self::Contexts(_) => None,
        }
    }

    /// A value as it stands in a sentence.
    pub(super) fn value_in_words(&self, value: Decimal) -> String {
        match self {
            Self::Score(benchmark, _) => score_in_words(ScoreValue(value), benchmark),
            Self::Contexts(_) => format!("{} tokens", grouped(value)),
        }
    }

    /// The drawing and its table.
    pub(super) fn drawing(&self, cx: &Context<'_>, base: &LinkBase, citations: &mut Citations<'_>) -> Drawing {
        let market = self.market();
        let drawn: Vec<(&Priced, &Model)> =
            market.drawn(MOST_DRAWN).into_iter().map(|priced| (priced, cx.catalog.model(priced.model))).collect();
        let mut rows: Vec<Row> =
            drawn.iter().map(|(priced, model)| self.row(cx, base, (priced, model), citations)).collect();
        align(rows.iter_mut().map(|row| &mut row.price));
        align(rows.iter_mut().map(|row| &mut row.value));
        let value = match self {
            Self::Score(benchmark, _) => match column_unit(benchmark) {
                unit if unit.is_empty() => "Score".to_owned(),
                unit => format!("Score, {unit}"),
            },
            Self::Contexts(_) => "Context window, tokens".to_owned(),
        };
        Drawing {
            key: self.key(&drawn),
            up: self.up(),
            plot: self.plot(cx, base, &drawn),
            across: "Blended price, US$ per 1M tokens, log scale",
            caption: self.caption(cx, drawn.len()),
            value,
            note: "Cheapest first. The last column names a model on the frontier that gives more for no more money.",
            rows,
        }
    }

    fn key(&self, drawn: &[(&Priced, &Model)]) -> Vec<KeyItem> {
        let item = |look, words| KeyItem { form: charts::key(look), words };
        let has_open = drawn.iter().any(|(_, model)| is_open(model));
        let others = if has_open { "weights closed or not known" } else { "a model" };
        let mut key = vec![item(Some(Look::Plain), others)];
        if has_open {
            key.push(item(Some(Look::Ring), "open weights"));
        }
        key.push(item(Some(Look::Leading), "on the frontier"));
        key.push(item(
            None,
            match self {
                Self::Score(..) => "best score up to a price",
                Self::Contexts(_) => "longest context up to a price",
            },
        ));
        key
    }

    fn plot(&self, cx: &Context<'_>, base: &LinkBase, drawn: &[(&Priced, &Model)]) -> Html {
        let market = self.market();
        let float = |value: &Decimal| value.to_f64().unwrap_or(0.0);
        let across = Scale::logarithmic(drawn.iter().map(|(priced, _)| float(&priced.price)));
        let values = drawn.iter().map(|(priced, _)| float(&priced.value));
        let up = match self {
            Self::Score(..) => Scale::linear(values),
            Self::Contexts(_) => Scale::logarithmic(values),
        };
        // The frontier is named first, then whatever is best.
        let mut order: Vec<&(&Priced, &Model)> = drawn.iter().collect();
        order.sort_by(|(a, _), (b, _)| {
            let by_value = market.direction.order(&a.value, &b.value);
            b.on_frontier.cmp(&a.on_frontier).then(by_value).then_with(|| a.price.cmp(&b.price))
        });
        let dots = order.into_iter().map(|(priced, model)| Dot {
            name: model.name.clone(),
            title: self.dot_in_words(priced, model),
            href: base.href(&urls::model(model)),
            x: across.place(float(&priced.price)),
            y: 1.0 - up.place(float(&priced.value)),
            look: match (priced.on_frontier, is_open(model)) {
                (true, true) => Look::LeadingRing,
                (true, false) => Look::Leading,
                (false, true) => Look::Ring,
                (false, false) => Look::Plain,
            },
        });
        let value_words = |value: Decimal| match self {
            Self::Score(..) => words::short(value),
            Self::Contexts(_) => tokens(value).to_string(),
        };
        charts::scatter(&Scatter {
            id: "c",
            title: self.title_of_drawing(),
            description: format!("{} {}", self.frontier_in_words(cx), "The table below has every point."),
            across: Side { scale: across, words: &|value| format!("${}", words::short(value)) },
            up: Side { scale: up, words: &value_words },
            lower_is_better: market.direction == Direction::Lower,
            dots: dots.collect(),
        })
    }

    fn dot_in_words(&self, priced: &Priced, model: &Model) -> String {
        let frontier = if priced.on_frontier { ", on the frontier" } else { "" };
        format!("{}: {} at {}{frontier}", model.name, self.value_in_words(priced.value), price_in_words(priced))
    }

    fn row(
        &self,
        cx: &Context<'_>,
        base: &LinkBase,
        (priced, model): (&Priced, &Model),
        citations: &mut Citations<'_>,
    ) -> Row {
        let developer = &cx.catalog.developer(model).name;
        let score = self.benchmark().and_then(|benchmark| cx.rankings.ranked_score(model, &benchmark.id));
        let mut price = Figure::of(Money::usd(priced.price).to_string());
        let offer = model.reference_offer(cx.today);
        for component in [Component::Output, Component::Input] {
            let part = offer.and_then(|offer| offer.prices.plain(component, cx.today));
            price.mark = part.and_then(|part| citations.cite(&part.provenance, PRICES)).or(price.mark);
        }
        let mut value = Figure::of(match self {
            Self::Score(..) => ScoreValue(priced.value).to_string(),
            Self::Contexts(_) => grouped(priced.value),
        });
        value.mark = match score {
            Some(score) => citations.cite(&score.provenance, SCORES),
            None => citations.cite(&model.context_window.provenance, CONTEXTS),
        };
        Row {
            name: model.name.clone(),
            href: base.href(&urls::model(model)),
            about: match model_row::status(model) {
                Some(status) => format!("{developer}, {status}"),
                None => developer.clone(),
            },
            variant: score.and_then(|score| score.variant.clone()),
            price,
            value,
            weights: model.weights.known().map_or("not known", |weights| weights.word()),
            better: self.better_in_words(cx, priced),
        }
    }

    /// `GLM-5, +1.7 at $1.55`
    fn better_in_words(&self, cx: &Context<'_>, priced: &Priced) -> Option<String> {
        let better = self.market().better_than(priced)?;
        let name = cx.catalog.model(better.model).name.as_str();
        let what = match self {
            _ if better.value == priced.value => "the same".to_owned(),
            Self::Score(..) => words::difference(better.value, priced.value),
            Self::Contexts(_) => tokens(better.value).to_string(),
        };
        Some(format!("{name}, {what} at {}", price_in_words(better)))
    }
}

fn is_open(model: &Model) -> bool {
    model.weights.known() == Some(&Weights::Open)
}

fn tokens(value: Decimal) -> Tokens {
    Tokens(value.to_u64().unwrap_or_default())
}

fn grouped(value: Decimal) -> String {
    tokens(value).grouped()
}

/// `$1.55`, `no charge`
pub(super) fn price_in_words(priced: &Priced) -> String {
    Figure::dollars(priced.price).text
}
