//! From where to where the figures of a developer's models reach, and which models stand at the ends.

use rust_decimal::Decimal;

use crate::catalog::{Benchmark, Developer, Measure, Model, ScoreValue, Tokens};
use crate::charts::{self, Extent, Fill};
use crate::html::Html;
use crate::pages::figure::Figure;
use crate::pages::text::Text;
use crate::pages::{Context, headline};
use crate::urls::{self, LinkBase};

/// The range of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Range {
    /// What is measured.
    pub label: String,
    /// In which unit.
    pub unit: String,
    /// The lowest figure, and whose it is.
    pub lowest: End,
    /// The highest figure, and whose it is.
    pub highest: End,
    /// Where the range lies among all models of the catalogue.
    pub meter: Option<Meter>,
}

/// An end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    /// The figure.
    pub figure: Figure,
    /// Whose it is.
    pub models: Text,
}

/// A range on the ruler of all models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meter {
    /// The ticks of all models.
    pub ticks: Option<String>,
    /// The range.
    pub bar: Html,
}

/// The ranges of all measures by which any of the models is known. Their units differ, so nothing is aligned on a point.
pub(super) fn ranges(cx: &Context<'_>, developer: &Developer, base: &LinkBase) -> Vec<Range> {
    let models: Vec<&Model> = cx.listings.models_of(cx.catalog, &developer.id).collect();
    let plain = [Measure::InputPrice, Measure::OutputPrice, Measure::ContextWindow, Measure::MaxOutput];
    let indices = cx.catalog.settings.headline.iter().cloned().map(Measure::Benchmark);
    let measures = plain.into_iter().chain(indices);
    measures.filter_map(|measure| range(cx, &models, &measure, base)).collect()
}

fn range(cx: &Context<'_>, models: &[&Model], measure: &Measure, base: &LinkBase) -> Option<Range> {
    let values: Vec<(Decimal, &Model)> =
        models.iter().filter_map(|model| Some((cx.rankings.value(model, measure, cx.today)?, *model))).collect();
    let low = values.iter().map(|(value, _)| *value).min()?;
    let high = values.iter().map(|(value, _)| *value).max()?;
    let end = |end: Decimal| {
        // The digits are those that the first of them was written with.
        let mut holders = values.iter().filter(|(value, _)| *value == end);
        let (written, first) = holders.next()?;
        Some(End { figure: figure(measure, *written), models: named(first, holders.count(), base) })
    };
    let highest = match (low == high, values.len()) {
        (false, _) => end(high)?,
        (true, 1) => End { figure: Figure::words("no other is known"), models: Text::default() },
        (true, _) => End { figure: Figure::words("the same"), models: Text::default() },
    };
    let (label, unit) = words(cx, measure)?;
    let meter = cx.rankings.get(measure).map(|ranking| {
        let axis = ranking.axis();
        let extent = if low == high {
            Extent::At(axis.position(low))
        } else {
            Extent::Between(axis.position(low), axis.position(high))
        };
        let ticks = format!("{}{}", base.href(&urls::rulers()), urls::ruler_fragment(measure));
        Meter { ticks: Some(ticks), bar: charts::bar(extent, Fill::Accent) }
    });
    Some(Range { label, unit, lowest: end(low)?, highest, meter })
}

/// `GPT-5`, `GPT-5 and 2 others`
fn named(first: &Model, others: usize, base: &LinkBase) -> Text {
    let text = Text::default().link(first.name.clone(), base.href(&urls::model(first)));
    match others {
        0 => text,
        1 => text.say(" and 1 other"),
        others => text.say(format!(" and {others} others")),
    }
}

fn figure(measure: &Measure, value: Decimal) -> Figure {
    match measure {
        Measure::InputPrice | Measure::OutputPrice => Figure::dollars(value),
        Measure::ContextWindow | Measure::MaxOutput => {
            Figure::of(u64::try_from(value).map_or_else(|_| value.to_string(), |tokens| Tokens(tokens).to_string()))
        }
        Measure::Benchmark(_) => Figure::of(ScoreValue(value).to_string()),
    }
}

/// The name of a measure, and its unit.
fn words(cx: &Context<'_>, measure: &Measure) -> Option<(String, String)> {
    let dollars = "US dollars per 1M tokens";
    let (label, unit) = match measure {
        Measure::InputPrice => ("Input price", dollars),
        Measure::OutputPrice => ("Output price", dollars),
        Measure::ContextWindow => ("Context window", "tokens"),
        Measure::MaxOutput => ("Max output", "tokens"),
        Measure::Benchmark(id) => {
            let benchmark = cx.catalog.benchmarks.get(id)?;
            return Some((headline::short_name(cx.catalog, benchmark), scale(benchmark)));
        }
    };
    Some((label.to_owned(), unit.to_owned()))
}

/// `out of 100`, `%`, `Elo`
fn scale(benchmark: &Benchmark) -> String {
    match (benchmark.unit.as_deref(), benchmark.max) {
        (Some(unit), _) => unit.to_owned(),
        (None, Some(max)) => format!("out of {}", ScoreValue(max.normalize())),
        (None, None) => String::new(),
    }
}
