//! What stands out: only what the data supports.

use crate::catalog::{Benchmark, Direction, Model, Overview, Weights};
use crate::pages::figure::Figure;
use crate::pages::text::Text;
use crate::pages::{Context, headline, scale};
use crate::urls::{self, LinkBase};

/// Behind the first of a tile so many others are named.
const MOST_OTHERS: usize = 3;

/// A tile: the first by some measure, and those behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Highlight {
    pub(super) label: String,
    pub(super) figure: String,
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) note: String,
    pub(super) others: Vec<Other>,
}

/// A model behind the first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) figure: String,
}

/// A figure and its unit.
type Told = (String, String);

struct Tiles<'a> {
    cx: &'a Context<'a>,
    overview: &'a Overview,
    base: &'a LinkBase,
}

/// The highlights among the models that new work can use.
pub(super) fn of(cx: &Context<'_>, base: &LinkBase) -> Vec<Highlight> {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let tiles = Tiles { cx, overview, base };
    let mut highlights = Vec::new();
    if let Some(index) = headline::index(cx) {
        let score = |model: &Model| tiles.score(model, index);
        let best = if index.direction == Direction::Lower { "Lowest index" } else { "Highest index" };
        highlights.extend(tiles.tile(best, &overview.best, score, |model| tiles.developer_and_price(model)));
        highlights.extend(
            tiles.tile("Best below $1", &overview.best_below_a_dollar, score, |model| tiles.weights_and_price(model)),
        );
        let and_index = |model: &Model| {
            let (figure, _) = tiles.score(model, index).unwrap_or_default();
            format!("{}, index {figure}", tiles.weights(model))
        };
        highlights.extend(tiles.tile(
            "Cheapest of the best quarter",
            &overview.good,
            |model| tiles.price(model),
            and_index,
        ));
    }
    let released = |model: &Model| model.dates.released.known().map(|date| split(&date.long()));
    highlights.extend(tiles.tile("Newest", &overview.newest, released, |model| tiles.developer_and_price(model)));
    let ends = |model: &Model| model.dates.retired.known().map(|date| split(&date.long()));
    highlights.extend(tiles.tile("Next to be retired", &overview.ending, ends, |model| tiles.successor(model)));
    highlights
}

/// `17 Mar` and `2026`.
fn split(date: &str) -> Told {
    date.rsplit_once(' ')
        .map_or_else(|| (date.to_owned(), String::new()), |(day, year)| (day.to_owned(), year.to_owned()))
}

impl Tiles<'_> {
    /// The tile of models by their places; `None` when there are none, or no figure of the first.
    fn tile(
        &self,
        label: &str,
        places: &[u32],
        figure: impl Fn(&Model) -> Option<Told>,
        note: impl Fn(&Model) -> String,
    ) -> Option<Highlight> {
        let mut models = places.iter().filter_map(|place| self.overview.model(self.cx.catalog, *place));
        let first = models.next()?;
        let href = |model: &Model| self.base.href(&urls::model(model));
        let (told, unit) = figure(first)?;
        let other = |model: &Model| {
            let (told, unit) = figure(model)?;
            // A date is told whole; the unit of a figure stands above.
            let figure = if unit.parse::<i16>().is_ok() { format!("{told} {unit}") } else { told };
            Some(Other { name: model.name.clone(), href: href(model), figure })
        };
        Some(Highlight {
            label: label.to_owned(),
            figure: told,
            unit,
            name: first.name.clone(),
            href: href(first),
            note: note(first),
            others: models.filter_map(other).take(MOST_OTHERS).collect(),
        })
    }

    /// A score with its scale: `57.2` and `/100`.
    fn score(&self, model: &Model, index: &Benchmark) -> Option<Told> {
        let score = headline::ranked(self.cx, model)?;
        Some((score.value.to_string(), scale::scale_end(index).trim().to_owned()))
    }

    fn price(&self, model: &Model) -> Option<Told> {
        let blended = model.blended_price(self.cx.today)?;
        Some((Figure::dollars(blended).text, "/M".to_owned()))
    }

    fn weights(&self, model: &Model) -> String {
        match model.weights.known() {
            Some(Weights::Open) => "open weights".to_owned(),
            _ => self.cx.catalog.developer(model).name.clone(),
        }
    }

    fn weights_and_price(&self, model: &Model) -> String {
        self.and_price(self.weights(model), model)
    }

    /// `OpenAI, $1.925 blended`
    fn developer_and_price(&self, model: &Model) -> String {
        self.and_price(self.cx.catalog.developer(model).name.clone(), model)
    }

    fn and_price(&self, words: String, model: &Model) -> String {
        match model.blended_price(self.cx.today) {
            Some(blended) if blended.is_zero() => format!("{words}, no charge"),
            Some(blended) => format!("{words}, {} blended", Figure::dollars(blended).text),
            None => words,
        }
    }

    fn successor(&self, model: &Model) -> String {
        let successor = model.successor.as_ref().and_then(|id| self.cx.catalog.models.get(id));
        successor.map_or_else(
            || format!("{}, no successor named", self.cx.catalog.developer(model).name),
            |successor| format!("successor {}", successor.name),
        )
    }
}

/// By which rule the tiles are filled, as far as their labels do not say it.
pub(super) fn rule(cx: &Context<'_>) -> Option<String> {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let (index, from) = (headline::index(cx)?, overview.good_from?);
    let name = headline::short_name(cx.catalog, index);
    let side = if index.direction == Direction::Lower { "up to" } else { "from" };
    Some(format!(
        "The best quarter is that by {name}, {side} {from}, of models that are neither deprecated nor retired. Prices are \
         blended, three parts input and one part output."
    ))
}

/// A model with its developer and its price, for a list of them.
pub(super) fn in_short(cx: &Context<'_>, model: &Model, base: &LinkBase) -> (Text, String) {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let tiles = Tiles { cx, overview, base };
    (Text::default().link(model.name.clone(), base.href(&urls::model(model))), tiles.developer_and_price(model))
}
