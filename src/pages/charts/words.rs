//! Sentences about what one gets for one's money.

use rust_decimal::Decimal;

use super::market::{MOST_DRAWN, MarketChart, price_in_words};
use crate::catalog::{Date, Direction, Measure, decimals};
use crate::pages::Context;
use crate::pages::plate::PlateLine;
use crate::pages::scale::scale_in_words;
use crate::pages::text::{DESCRIPTION, TITLE, Text, counted, first_that_fits, fitting, grouped, listed};
use crate::urls::{self, LinkBase};

/// So many names stand in a sentence.
const MOST_NAMES: usize = 12;

/// A round number beside an axis: `20`, `1.5K`, `2M`.
pub(super) fn short(value: Decimal) -> String {
    let units = [(1_000_000_000_000_i64, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (10_000, "K")];
    let unit = units.into_iter().find(|(unit, _)| value.abs() >= Decimal::from(*unit));
    match unit {
        Some((unit, letter)) => {
            let unit = if letter == "K" { 1_000 } else { unit };
            format!("{}{letter}", decimals((value / Decimal::from(unit)).normalize(), 0))
        }
        None => decimals(value, 0).replace('-', "−"),
    }
}

/// `+1.7`, `−0.4`
pub(super) fn difference(value: Decimal, from: Decimal) -> String {
    let difference = value - from;
    let sign = if difference.is_sign_negative() { "−" } else { "+" };
    format!("{sign}{}", decimals(difference.abs(), 0))
}

impl MarketChart<'_> {
    pub(super) fn name(&self) -> String {
        match self {
            Self::Score(benchmark, _) => benchmark.name.clone(),
            Self::Contexts(_) => "Context for the money".to_owned(),
        }
    }

    pub(super) fn by(&self) -> &'static str {
        match self {
            Self::Score(..) => "Score against price",
            Self::Contexts(_) => "Charts",
        }
    }

    /// What is measured: `GPQA Diamond`, `context windows`.
    pub(super) fn measured(&self) -> String {
        match self {
            Self::Score(benchmark, _) => benchmark.name.clone(),
            Self::Contexts(_) => "context windows".to_owned(),
        }
    }

    pub(super) fn title_of_drawing(&self) -> String {
        let what = match self {
            Self::Score(benchmark, _) => benchmark.name.as_str(),
            Self::Contexts(_) => "Context window",
        };
        format!("{what} against blended price, {}", counted(self.market().all().len(), "model"))
    }

    pub(super) fn title_and_description(&self) -> (String, String) {
        let name = self.measured();
        let titles = match self {
            Self::Score(..) => {
                vec![format!("{name} against price: AI models compared"), format!("{name} against price")]
            }
            Self::Contexts(_) => vec!["Context window against price of AI models".to_owned()],
        };
        let all = self.market().all().len();
        let sentences = [
            match self {
                Self::Score(..) => format!("{} by {name} and blended price.", counted(all, "AI model")),
                Self::Contexts(_) => format!("{} by context window and blended price.", counted(all, "AI model")),
            },
            self.on_the_line("the Pareto frontier"),
            "The same figures stand in a table.".to_owned(),
        ];
        (first_that_fits(titles, TITLE), fitting(sentences, DESCRIPTION))
    }

    /// `9 of 23 are on the frontier.`
    fn on_the_line(&self, line: &str) -> String {
        let (on, all) = (self.market().frontier().len(), self.market().all().len());
        let are = if on == 1 { "is" } else { "are" };
        let [on, all] = [on, all].map(grouped);
        format!("{on} of {all} {are} on {line}.")
    }

    pub(super) fn lead(&self) -> String {
        let beats = match self {
            Self::Score(..) if self.market().direction == Direction::Lower => {
                "no model scores lower, which is better here, at the same price, or costs less at the same score"
            }
            Self::Score(..) => "no model scores higher at the same price or costs less at the same score",
            Self::Contexts(_) => "no model takes more at the same price or costs less for as much",
        };
        format!(
            "Each dot is a model. The line joins those that nothing else beats: {beats}. {}",
            self.on_the_line("it")
        )
    }

    pub(super) fn up(&self) -> String {
        match self {
            Self::Score(benchmark, _) => format!("{}, {}", benchmark.name, scale_in_words(benchmark)),
            Self::Contexts(_) => "Context window, tokens, log scale".to_owned(),
        }
    }

    pub(super) fn plate(&self, base: &LinkBase, as_of: Option<Date>) -> Vec<PlateLine> {
        let up = match self {
            Self::Score(benchmark, _) => {
                Text::default().link(benchmark.name.clone(), base.href(&urls::benchmark(&benchmark.id)))
            }
            Self::Contexts(_) => Text::of("context window, log scale"),
        };
        let (on, all) = (self.market().frontier().len(), self.market().all().len());
        vec![
            PlateLine::new("Across", Some(Text::of("blended price, 3:1, log scale"))),
            PlateLine::new("Up", Some(up)),
            PlateLine::new("Frontier", Some(Text::of(format!("{} of {}", grouped(on), counted(all, "model"))))),
            PlateLine::new("As of", as_of.map(|date| Text::default().date(date))),
        ]
    }

    /// Who is on the line, cheapest first.
    pub(super) fn frontier_in_words(&self, cx: &Context<'_>) -> String {
        let frontier = self.market().frontier();
        let more = frontier.len().saturating_sub(MOST_NAMES);
        let named = frontier.take(MOST_NAMES).map(|priced| {
            let model = cx.catalog.model(priced.model);
            format!("{} ({} at {})", model.name, self.value_in_words(priced.value), price_in_words(priced))
        });
        let mut named: Vec<String> = named.collect();
        match more {
            0 => {}
            1 => named.push("one more".to_owned()),
            more => named.push(format!("{} more", grouped(more))),
        }
        format!("On the frontier, cheapest first: {}.", listed(&named))
    }

    /// Who is on the line, what is drawn of all, what is compared, and what is left out.
    pub(super) fn caption(&self, cx: &Context<'_>, drawn: usize) -> Vec<Text> {
        let all = self.market().all().len();
        let mut sentences = Vec::new();
        if drawn < all {
            sentences.push(format!(
                "{drawn} of {} are drawn: those on the frontier, and from each of forty steps of price the best. The table has \
                 the same {MOST_DRAWN}.",
                counted(all, "model")
            ));
        }
        sentences.extend(self.compared(cx));
        sentences.push("Blended price weighs three input tokens to one output token.".to_owned());
        sentences.extend(self.left_out());
        vec![Text::of(self.frontier_in_words(cx)), Text::of(sentences.join(" "))]
    }

    /// Which results are compared.
    fn compared(&self, cx: &Context<'_>) -> Option<String> {
        let benchmark = self.benchmark()?;
        let key = cx.rankings.get(&Measure::Benchmark(benchmark.id.clone()))?.key.as_ref()?;
        let metric = key.metric.as_ref().or(benchmark.metric.as_ref());
        let common: Vec<String> = [
            key.version.as_ref().map(|version| format!("version {version}")),
            key.harness.as_ref().map(|harness| format!("with {harness}")),
            metric.map(|metric| format!("metric {metric}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        let whose = if key.self_reported { "what developers report of their own models" } else { "comparable results" };
        let common = if common.is_empty() { String::new() } else { format!(" ({})", common.join(", ")) };
        Some(format!("Of each model its best score counts, and only {whose}{common}."))
    }

    /// Who cannot be drawn, and why.
    fn left_out(&self) -> Option<String> {
        let market = self.market();
        let told = |number: usize, one: &str, many: &str| match number {
            0 => None,
            1 => Some(format!("one {one}")),
            _ => Some(format!("{} {many}", grouped(number))),
        };
        let parts: Vec<String> = [
            told(
                market.without_price,
                "without a known price per token in US dollars",
                "without a known price per token in US dollars",
            ),
            told(market.retired, "that is retired", "that are retired"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let what = match self {
            Self::Score(..) => "a score",
            Self::Contexts(_) => "a known context window",
        };
        (!parts.is_empty()).then(|| format!("Of the models with {what} these are left out: {}.", listed(&parts)))
    }
}
