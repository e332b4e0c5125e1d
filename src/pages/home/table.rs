//! The table of all models.

use rust_decimal::Decimal;

use super::{Entrant, dollars, lower_is_better};
use crate::catalog::{
    Ability, Charge, Component, Fact, Headline, Measure, Modality, Model, Offer, Provider, Status, Tokens, Unit,
    Weights,
};
use crate::pages::{Column, Context, DateWords};
use crate::urls::{self, LinkBase};

/// The table and what is said of it.
pub(super) struct Table {
    /// Name of the index in the first column of figures; `None` when no model has a score on one.
    pub(super) index: Option<String>,
    /// How the rows are ordered by the index: a value of `aria-sort`.
    pub(super) sorted: &'static str,
    /// Rows in their order.
    pub(super) rows: Vec<Row>,
    /// How many there are.
    pub(super) count: String,
    /// What the figures mean.
    pub(super) legend: String,
    /// Filters that tell some models from others.
    pub(super) filters: Vec<Filter>,
}

/// A filter: the model's row has its mark or not.
pub(super) struct Filter {
    pub(super) id: &'static str,
    pub(super) label: &'static str,
}

/// A model.
pub(super) struct Row {
    /// Marks that the filters of the stylesheet go by.
    pub(super) marks: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) href: String,
    /// Deprecated, retired or preview.
    pub(super) status: Option<&'static str>,
    /// Whether the status says not to use it.
    pub(super) warn: bool,
    /// Whose prices are shown, where they are not the developer's.
    pub(super) via: Option<String>,
    pub(super) score: Option<Bar>,
    /// Input, cache read, output, blended.
    pub(super) prices: [Cell; 4],
    pub(super) context: Cell,
    pub(super) max_output: Cell,
    /// `TI··P`
    pub(super) takes: Option<String>,
    /// `text, image, pdf`
    pub(super) takes_words: String,
    pub(super) developer: String,
    pub(super) weights: Option<&'static str>,
    pub(super) released: Option<DateWords>,
}

/// A figure with its bar.
pub(super) struct Bar {
    pub(super) figure: String,
    /// Length in percent.
    pub(super) length: String,
}

/// A figure, or the words for why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Whether it is words.
    pub(super) quiet: bool,
}

impl Cell {
    fn figure(text: String) -> Self {
        Self { text, quiet: false }
    }

    fn words(text: &str) -> Self {
        Self { text: text.to_owned(), quiet: true }
    }
}

const TAKES: [(Modality, char); 5] = [
    (Modality::Text, 'T'),
    (Modality::Image, 'I'),
    (Modality::Audio, 'A'),
    (Modality::Video, 'V'),
    (Modality::Pdf, 'P'),
];

const FILTERS: [Filter; 4] = [
    Filter { id: "o", label: "Open weights" },
    Filter { id: "re", label: "Reasoning" },
    Filter { id: "v", label: "Image input" },
    Filter { id: "d", label: "Hide deprecated" },
];

impl Table {
    pub(super) fn new(cx: &Context<'_>, entrants: &[Entrant<'_>], base: &LinkBase) -> Self {
        let index = cx.catalog.settings.headline.first().and_then(|id| cx.catalog.benchmarks.get(id));
        let index = index.filter(|_| entrants.iter().any(|entrant| entrant.score.is_some()));
        let mut rows: Vec<Row> = entrants.iter().map(|entrant| row(cx, entrant, base)).collect();
        align(&mut rows);
        let mut legend = format!(
            "Prices in US dollars per 1M tokens: the developer’s list price, or the cheapest offer where it has none. \
             Blended is three parts input and one part output. {}Takes: T text, I image, A audio, V video, P PDF.",
            index.map_or_else(String::new, |index| {
                let version = index.version.as_ref().map_or_else(String::new, |version| format!(", {version}"));
                let scale = match (index.min, index.max) {
                    (Some(min), Some(max)) => format!(", {min} to {max}"),
                    _ => String::new(),
                };
                format!("{}{version}{scale}. ", index.name)
            }),
        );
        if rows.iter().any(|row| row.score.is_none()) && index.is_some() {
            legend.push_str(" No score means that none is known that could be compared.");
        }
        let filters = FILTERS.into_iter().filter(|filter| {
            let marked = rows.iter().filter(|row| row.marks.split(' ').any(|mark| mark == filter.id)).count();
            marked > 0 && marked < rows.len()
        });
        Self {
            index: index.map(|index| index.name.clone()),
            sorted: if index.is_some_and(lower_is_better) { "ascending" } else { "descending" },
            count: super::counted(rows.len(), "model"),
            legend,
            filters: filters.collect(),
            rows,
        }
    }
}

fn row(cx: &Context<'_>, entrant: &Entrant<'_>, base: &LinkBase) -> Row {
    let model = entrant.model;
    let takes = model.takes.known();
    let via = entrant.offer.filter(|offer| !offer.own).and_then(|offer| offer.provider.as_ref());
    Row {
        marks: marks(model),
        id: model.id.to_string(),
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        status: (model.status != Status::Active).then(|| model.status.word()),
        warn: matches!(model.status, Status::Deprecated | Status::Retired),
        via: via.and_then(|id| cx.catalog.providers.get(id)).map(|Provider { name, .. }| name.clone()),
        score: entrant.score.and_then(|score| {
            let ranking = cx.rankings.get(&Measure::Benchmark(score.benchmark.clone()))?;
            let length = (ranking.axis().position(score.value.0) * 10.0).round() / 10.0;
            Some(Bar { figure: score.value.to_string(), length: length.to_string() })
        }),
        prices: [
            price(cx, entrant.offer, Component::Input),
            price(cx, entrant.offer, Component::CacheRead),
            price(cx, entrant.offer, Component::Output),
            entrant.blended.map_or_else(|| Cell::words("not known"), amount),
        ],
        context: tokens(&model.context_window),
        max_output: tokens(&model.max_output),
        takes: takes.map(|takes| {
            TAKES.iter().map(|(modality, letter)| if takes.contains(modality) { *letter } else { '·' }).collect()
        }),
        takes_words: takes.map_or_else(String::new, |takes| {
            takes
                .iter()
                .map(|modality| if *modality == Modality::Pdf { "PDF" } else { modality.word() })
                .collect::<Vec<_>>()
                .join(", ")
        }),
        developer: entrant.developer.to_owned(),
        weights: model.weights.known().map(|weights| weights.word()),
        released: model.dates.released.known().copied().map(DateWords::from),
    }
}

fn marks(model: &Model) -> String {
    let able =
        model.capabilities.iter().any(|(name, ability)| *name == "reasoning" && matches!(ability, Ability::Yes(_)));
    let marks = [
        ("m", true),
        ("o", model.weights.known() == Some(&Weights::Open)),
        ("re", able || model.reasoning.is_some()),
        ("v", model.takes.known().is_some_and(|takes| takes.contains(&Modality::Image))),
        ("d", matches!(model.status, Status::Deprecated | Status::Retired)),
    ];
    marks.into_iter().filter(|(_, has)| *has).map(|(mark, _)| mark).collect::<Vec<_>>().join(" ")
}

fn amount(amount: Decimal) -> Cell {
    if amount.is_zero() { Cell::words("no charge") } else { Cell::figure(dollars(amount)) }
}

fn tokens(fact: &Fact<Tokens>) -> Cell {
    match &fact.state {
        crate::catalog::State::Known(tokens) => Cell::figure(tokens.to_string()),
        crate::catalog::State::NotApplicable => Cell::words("not applicable"),
        crate::catalog::State::Unknown => Cell::words("not known"),
    }
}

/// The plain price of a component per 1M tokens, else what it is charged by instead.
fn price(cx: &Context<'_>, offer: Option<&Offer>, component: Component) -> Cell {
    let Some(offer) = offer else { return Cell::words("not known") };
    match offer.prices.headline(component, cx.today) {
        Headline::PerTokens(price) | Headline::PerUnit(price) => match &price.charge {
            Charge::Amount(money) if money.amount.is_zero() => Cell::words("no charge"),
            Charge::Amount(money) if price.unit != Unit::MillionTokens => {
                Cell::words(&format!("{money}/{}", price.unit))
            }
            Charge::Amount(money) if money.currency.is_usd() => amount(money.amount),
            Charge::Amount(money) => Cell::words(&money.to_string()),
            Charge::NotApplicable => Cell::words("not applicable"),
            Charge::InPlan => Cell::words("in a plan"),
        },
        Headline::Varies => Cell::words("varies"),
        Headline::Unknown => Cell::words("not known"),
    }
}

/// Aligns every column of prices and that of the scores on the decimal point.
fn align(rows: &mut [Row]) {
    for index in 0..4 {
        let column = Column::of(
            rows.iter().map(|row| &row.prices[index]).filter(|cell| !cell.quiet).map(|cell| cell.text.as_str()),
        );
        for cell in rows.iter_mut().map(|row| &mut row.prices[index]).filter(|cell| !cell.quiet) {
            cell.text = column.align(&cell.text);
        }
    }
    let column = Column::of(rows.iter().filter_map(|row| row.score.as_ref()).map(|bar| bar.figure.as_str()));
    for bar in rows.iter_mut().filter_map(|row| row.score.as_mut()) {
        bar.figure = column.align(&bar.figure);
    }
}
