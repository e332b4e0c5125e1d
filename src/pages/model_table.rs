//! The table of models: the same on the catalogue, its further pages and its views, with what filters its rows.

use super::figure::{Figure, NONE_TODAY, align};
use super::scale::column_unit;
use super::text::{capital, counted, grouped};
use super::{Context, DateWords, headline, model_row};
use crate::catalog::{
    Ability, Benchmark, Component, Date, Direction, Modality, Model, Offer, ProviderId, Status, View, Weights,
};
use crate::charts::Fill;
use crate::html::Html;
use crate::urls::{self, LinkBase};

/// A model that came out within so many days is new.
const NEW: i32 = 90;

/// From so many rows on it is worth while to look for one.
const FEWEST_TO_FILTER: usize = 8;

/// What a table shows.
pub(super) struct Shown<'a> {
    /// The models in their order.
    pub models: Vec<&'a Model>,
    /// How many there are in all, on this page and others.
    pub all: usize,
    /// The view that they are; `None` is the catalogue.
    pub view: Option<&'a View>,
}

/// The table and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ModelTable {
    /// The columns behind that of the names.
    pub heads: Vec<ColumnHead>,
    /// Whether there is a column of scores.
    pub scored: bool,
    /// Rows in their order.
    pub rows: Vec<Row>,
    /// How many there are.
    pub count: String,
    /// What the figures mean.
    pub legend: String,
    /// What filters the rows; `None` where there are few.
    pub filter: Option<Filter>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnHead {
    pub label: String,
    /// What the figures are in.
    pub unit: String,
    /// Whether it stands over a figure and its bar.
    pub wide: bool,
    /// Whether it holds figures.
    pub right: bool,
    /// How the rows are ordered by it: a value of `aria-sort`.
    pub sorted: Option<&'static str>,
    /// By what the script knows it.
    pub column: Option<&'static str>,
}

/// What filters the rows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    /// Who made them, by name.
    pub developers: Vec<String>,
    /// Boxes that tell some models from others.
    pub boxes: Vec<CheckBox>,
    /// Whether there are more models on other pages.
    pub partial: bool,
}

/// A filter: the model's row has its mark or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CheckBox {
    pub id: &'static str,
    pub label: &'static str,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Marks that the boxes go by.
    pub marks: String,
    pub name: String,
    pub href: String,
    /// What stands behind the name: its status, that it is new, whose prices these are.
    pub tags: Vec<Tag>,
    pub score: Figure,
    pub bar: Option<Html>,
    /// Input, output, blended.
    pub prices: [Figure; 3],
    pub context: Figure,
    pub max_output: Figure,
    pub takes: Letters,
    pub can: Letters,
    pub developer: String,
    pub developer_href: String,
    pub weights: Option<&'static str>,
    pub released: Option<DateWords>,
}

/// A word behind a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub word: String,
    /// Whether it asks for attention.
    pub hot: bool,
}

/// Several things that are there or not, a letter each, and the same in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Letters {
    /// `TI··P`; empty where nothing is known.
    pub letters: String,
    /// `text, image, PDF`
    pub words: String,
}

const TAKES: [(Modality, char); 5] = [
    (Modality::Text, 'T'),
    (Modality::Image, 'I'),
    (Modality::Audio, 'A'),
    (Modality::Video, 'V'),
    (Modality::Pdf, 'P'),
];

/// Vision is not among them: who has it takes images.
const CAN: [(&str, char); 6] = [
    ("tool calling", 'T'),
    ("structured output", 'S'),
    ("reasoning", 'R'),
    ("prompt caching", 'C'),
    ("web search", 'W'),
    ("computer use", 'U'),
];

const BOXES: [CheckBox; 4] = [
    CheckBox { id: "o", label: "Open weights" },
    CheckBox { id: "re", label: "Reasoning" },
    CheckBox { id: "v", label: "Image input" },
    CheckBox { id: "d", label: "Hide deprecated" },
];

impl ModelTable {
    pub(super) fn new(cx: &Context<'_>, shown: &Shown<'_>, base: &LinkBase) -> Self {
        let index = match shown.view {
            Some(View::Index(id)) => cx.catalog.benchmarks.get(id),
            _ => headline::index(cx),
        };
        let mut rows: Vec<Row> = shown.models.iter().map(|model| row(cx, model, shown, base)).collect();
        let index =
            index.filter(|index| shown.models.iter().any(|model| cx.rankings.ranked_score(model, &index.id).is_some()));
        for (row, model) in rows.iter_mut().zip(&shown.models) {
            if index.is_some() {
                row.score = headline::score(cx, model, index);
                row.bar = headline::bar(cx, model, index, Fill::Accent);
            }
        }
        for column in 0..3 {
            align(rows.iter_mut().map(|row| &mut row.prices[column]));
        }
        align(rows.iter_mut().map(|row| &mut row.score));
        let partial = shown.all > rows.len();
        let count = counted(rows.len(), "model");
        Self {
            heads: heads(cx, index, shown.view),
            scored: index.is_some(),
            count: if partial { format!("{count} on this page, {} in all", grouped(shown.all)) } else { count },
            legend: legend(cx, index, &rows, shown.view == Some(&View::Free)),
            filter: (rows.len() >= FEWEST_TO_FILTER || shown.view.is_none()).then(|| filter(&rows, partial)),
            rows,
        }
    }
}

fn filter(rows: &[Row], partial: bool) -> Filter {
    let tells = |mark: &str| {
        let marked = rows.iter().filter(|row| row.marks.split(' ').any(|own| own == mark)).count();
        marked > 0 && marked < rows.len()
    };
    let mut developers: Vec<String> = rows.iter().map(|row| row.developer.clone()).collect();
    developers.sort();
    developers.dedup();
    Filter {
        developers: if developers.len() > 1 { developers } else { Vec::new() },
        boxes: BOXES.into_iter().filter(|one| tells(one.id)).collect(),
        partial,
    }
}

fn heads(cx: &Context<'_>, index: Option<&Benchmark>, view: Option<&View>) -> Vec<ColumnHead> {
    let head = |label: &str, unit: &str| ColumnHead {
        label: label.to_owned(),
        unit: unit.to_owned(),
        wide: false,
        right: !unit.is_empty(),
        sorted: None,
        column: None,
    };
    let by = |wanted: &View, order| (view == Some(wanted)).then_some(order);
    let index = index.map(|index| {
        let is_order =
            matches!(view, Some(View::Index(_))) || view.is_none_or(|view| !view.is_order() && !is_family(view));
        let order = if index.direction == Direction::Lower { "ascending" } else { "descending" };
        ColumnHead {
            wide: true,
            right: false,
            sorted: is_order.then_some(order),
            ..head(headline::short_name(cx.catalog, index).trim_end_matches(" Index"), &column_unit(index))
        }
    });
    let newest = matches!(view, Some(View::Newest | View::Family(..)));
    let others = [
        head("Input", "$/M"),
        head("Output", "$/M"),
        ColumnHead { sorted: by(&View::Cheapest, "ascending"), ..head("Blended 3:1", "$/M") },
        ColumnHead { sorted: by(&View::LargestContext, "descending"), ..head("Context", "tokens") },
        head("Max out", "tokens"),
        ColumnHead { column: Some("takes"), ..head("Takes", "") },
        ColumnHead { column: Some("can"), ..head("Can", "") },
        ColumnHead { column: Some("developer"), ..head("Developer", "") },
        head("Weights", ""),
        ColumnHead { sorted: newest.then_some("descending"), ..head("Released", "") },
    ];
    index.into_iter().chain(others).collect()
}

fn is_family(view: &View) -> bool {
    matches!(view, View::Family(..))
}

fn row(cx: &Context<'_>, model: &Model, shown: &Shown<'_>, base: &LinkBase) -> Row {
    let free = shown.view == Some(&View::Free);
    let offer = if free { model.free_offers(cx.today).next() } else { model.reference_offer(cx.today) };
    let prices = offer.or_else(|| model.listed_offer(cx.today)).map(|offer| &offer.prices);
    let blended = prices.and_then(|prices| prices.blended(cx.today));
    let no_blend = match prices {
        Some(prices) if prices.on(cx.today).next().is_none() => Figure::words(NONE_TODAY),
        _ => Figure::unknown(),
    };
    let developer = cx.catalog.developer(model);
    let via =
        if free { via(cx, model.free_offers(cx.today)) } else { via(cx, offer.into_iter().filter(|offer| !offer.own)) };
    Row {
        marks: marks(model),
        name: model.name.clone(),
        href: base.href(&urls::model(model)),
        tags: tags(model, via, cx.today),
        score: Figure::words(""),
        bar: None,
        prices: [
            Figure::headline(prices, Component::Input, cx.today),
            Figure::headline(prices, Component::Output, cx.today),
            blended.map_or(no_blend, Figure::dollars),
        ],
        context: Figure::tokens(&model.context_window),
        max_output: Figure::tokens(&model.max_output),
        takes: takes(model),
        can: can(model),
        developer: developer.name.clone(),
        developer_href: base.href(&urls::developer(&developer.id)),
        weights: model.weights.known().map(|weights| weights.word()),
        released: model.dates.released.known().copied().map(DateWords::from),
    }
}

/// Who makes these offers, each once: `Relay`, `Relay and 2 others`.
fn via<'a>(cx: &Context<'_>, offers: impl Iterator<Item = &'a Offer>) -> Option<String> {
    let mut ids: Vec<&ProviderId> = offers.filter_map(|offer| offer.provider.as_ref()).collect();
    ids.dedup();
    let name = cx.catalog.providers.get(*ids.first()?)?.name.clone();
    let others = ids.len() - 1;
    Some(if others == 0 { name } else { format!("{name} and {}", counted(others, "other")) })
}

fn tags(model: &Model, via: Option<String>, today: Date) -> Vec<Tag> {
    let warn = model.status.is_leaving();
    let is_new = !warn && model.dates.released.known().is_some_and(|date| date.is_within(NEW, today));
    let tags = [
        is_new.then(|| Tag { word: "new".to_owned(), hot: true }),
        model_row::status(model).map(|word| Tag { word: word.to_owned(), hot: warn }),
        via.map(|name| Tag { word: format!("via {name}"), hot: false }),
    ];
    tags.into_iter().flatten().collect()
}

fn marks(model: &Model) -> String {
    let marks = [
        ("m", true),
        ("o", model.weights.known() == Some(&Weights::Open)),
        ("re", model.can().any(|name| name == "reasoning")),
        ("v", model.takes.known().is_some_and(|takes| takes.contains(&Modality::Image))),
        ("d", model.status.is_leaving()),
    ];
    marks.into_iter().filter(|(_, has)| *has).map(|(mark, _)| mark).collect::<Vec<_>>().join(" ")
}

fn takes(model: &Model) -> Letters {
    let Some(takes) = model.takes.known() else { return Letters::default() };
    Letters {
        letters: TAKES.iter().map(|(one, letter)| if takes.contains(one) { *letter } else { '·' }).collect(),
        words: takes.iter().map(|modality| modality.in_words()).collect::<Vec<_>>().join(", "),
    }
}

fn can(model: &Model) -> Letters {
    let can: Vec<&str> = model.can().collect();
    let is_known =
        model.reasoning.is_some() || model.capabilities.iter().any(|(_, ability)| *ability != Ability::Unknown);
    if !is_known {
        return Letters::default();
    }
    let words: Vec<&str> = CAN.iter().map(|(name, _)| *name).filter(|name| can.contains(name)).collect();
    Letters {
        letters: CAN.iter().map(|(name, letter)| if can.contains(name) { *letter } else { '·' }).collect(),
        words: if words.is_empty() { "none of these".to_owned() } else { words.join(", ") },
    }
}

/// What the columns hold, as far as the rows have it.
fn legend(cx: &Context<'_>, index: Option<&Benchmark>, rows: &[Row], free: bool) -> String {
    let has = |word: &str| rows.iter().any(|row| row.tags.iter().any(|tag| tag.word == word));
    let letter = |(name, letter): &(&str, char)| format!("{letter} {name}");
    let whose = if free {
        "Prices are those of the offer at no charge."
    } else {
        "Prices are the developer’s list price, or, marked with via, that of the cheapest offer where it has none; blended is \
         three parts input and one part output."
    };
    let mut sentences = vec![whose.to_owned()];
    if let Some(index) = index {
        let version = index.version.as_ref().map_or_else(String::new, |version| format!(", {version}"));
        sentences.push(format!("{}{version}: the best result of each model that can be compared.", index.name));
    }
    if rows.iter().any(|row| !row.takes.letters.is_empty()) {
        sentences.push("Takes: T text, I image, A audio, V video, P PDF.".to_owned());
    }
    if rows.iter().any(|row| !row.can.letters.is_empty()) {
        let letters: Vec<String> = CAN.iter().map(letter).collect();
        sentences.push(format!("Can: {}; a dot means no, or not known.", letters.join(", ")));
    }
    if has("new") {
        sentences.push(format!("New: released within the {NEW} days before {}.", cx.today.long()));
    }
    let old: Vec<&str> = [
        (Status::Deprecated, "deprecated: not for new work, though its developer or others still serve it"),
        (Status::Retired, "retired: turned off by its developer"),
    ]
    .into_iter()
    .filter_map(|(status, words)| has(status.word()).then_some(words))
    .collect();
    if !old.is_empty() {
        sentences.push(format!("{}.", capital(&old.join("; "))));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests;
