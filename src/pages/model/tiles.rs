//! The tiles: twelve facts, the large ones on a ruler among all models, and what there is to say about them.

use super::prices::part_in_words;
use super::scores::rank_in_words;
use super::{Card, DATES, LIMITS, MODALITIES, PRICES, SCORES, WEIGHTS};
use crate::catalog::{
    BenchmarkId, Charge, Component, Date, Fact, Headline, Measure, Modality, Price, PriceList, Provenance, State,
    Status, Tokens, Weights,
};
use crate::charts;
use crate::html::Html;
use crate::pages::DateWords;
use crate::pages::figure::{Figure, NOT_APPLICABLE, UNKNOWN, per_short};
use crate::pages::headline;
use crate::pages::scale::scale_end;
use crate::pages::sources::{Citations, Mark};
use crate::pages::text::{Text, listed, sentence};

/// The tiles and the notes beneath them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tiles {
    /// The facts that a reader looks for first.
    pub big: Vec<Tile>,
    /// The others.
    pub small: Vec<Tile>,
    /// Sources of the facts, and what the author says of them.
    pub notes: Vec<Text>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tile {
    /// What it is.
    pub label: String,
    /// The figure or the words.
    pub value: String,
    /// What stands behind it, smaller.
    pub unit: String,
    /// Whether the value is words for why there is none.
    pub quiet: bool,
    /// The date for machines, where the value is one.
    pub date: Option<Date>,
    /// How much room the value takes: nothing, `long` or `longer`.
    pub size: &'static str,
    /// Where it stands among all models.
    pub ruler: Option<Ruler>,
    /// What else to know, a line each.
    pub lines: Vec<Text>,
}

/// A ruler with the needle of this model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruler {
    /// The ticks of all models; none where this one is not comparable to them.
    pub ticks: Option<String>,
    /// The needle of this one.
    pub needle: Html,
}

impl Tile {
    fn new(label: impl Into<String>, value: impl Into<String>, unit: &str) -> Self {
        let value = value.into();
        let size = match value.chars().count() {
            0..=7 => "",
            8..=10 => "long",
            _ => "longer",
        };
        Self {
            label: label.into(),
            value,
            unit: unit.to_owned(),
            quiet: false,
            date: None,
            size,
            ruler: None,
            lines: Vec::new(),
        }
    }

    fn quiet(label: impl Into<String>, words: &str) -> Self {
        Self { quiet: true, ..Self::new(label, words, "") }
    }

    fn line(mut self, text: Text) -> Self {
        if !text.is_empty() {
            self.lines.push(text);
        }
        self
    }
}

pub(super) fn tiles(card: &Card<'_>, citations: &mut Citations<'_>) -> Tiles {
    let model = card.model;
    let mut big = vec![
        price_tile(card, "Input price", Component::Input, &Measure::InputPrice, citations),
        price_tile(card, "Output price", Component::Output, &Measure::OutputPrice, citations),
        tokens_tile(card, "Context window", &model.context_window, &Measure::ContextWindow, citations),
        tokens_tile(card, "Max output", &model.max_output, &Measure::MaxOutput, citations),
    ];
    if let State::Known(longest) = model.max_input.state {
        big[2].lines.push(Text::of(format!("prompt at most {longest}")));
    }
    big.extend(card.cx.catalog.settings.headline.iter().take(2).filter_map(|index| index_tile(card, index, citations)));
    let small = vec![
        cache_tile(card),
        modalities_tile("Modalities in", &model.takes, citations, true),
        modalities_tile("Modalities out", &model.gives, citations, false),
        released_tile(card, citations),
        cutoff_tile(card, citations),
        weights_tile(card, citations),
    ];
    Tiles { big, small, notes: notes(card, citations) }
}

/// The plain price; where there is none, the first that there is, with its unit.
fn price_tile(
    card: &Card<'_>,
    label: &str,
    component: Component,
    measure: &Measure,
    citations: &mut Citations<'_>,
) -> Tile {
    let today = card.cx.today;
    let Some(offer) = card.listed() else { return Tile::quiet(label, UNKNOWN) };
    let plain = offer.prices.plain(component, today);
    let Some(price) = plain.or_else(|| offer.prices.on(today).find(|price| price.component == component)) else {
        return no_price_today(label, &offer.prices, component, today);
    };
    citations.cite(&price.provenance, PRICES);
    let figure = Figure::charge(&price.charge);
    let mut tile = if figure.quiet {
        Tile::quiet(label, &figure.text)
    } else {
        Tile::new(label, figure.text, per_short(price.unit))
    };
    let served = card.model.status != Status::Retired;
    let usd = price.usd_per_million().filter(|_| plain.is_some() && served);
    if let Some(ranking) = usd.and_then(|_| card.cx.rankings.get(measure))
        && let Some(usd) = usd
        && let Some(standing) = ranking.standing(usd)
    {
        tile.ruler = Some(card.ruler_at(measure, ranking.axis().position(usd)));
        tile = tile.line(Text::of(rank_in_words(standing, measure)));
    }
    if plain.is_none() {
        let conditions = crate::pages::figure::qualifiers(&price.conditions);
        tile = tile.line(Text::of(listed(&conditions))).line(Text::default().link("all prices", "#price"));
    }
    if !offer.own && component == Component::Input {
        tile = tile.line(Text::of(card.lowest_of_offers(offer)));
    }
    tile
}

fn tokens_tile(
    card: &Card<'_>,
    label: &str,
    fact: &Fact<Tokens>,
    measure: &Measure,
    citations: &mut Citations<'_>,
) -> Tile {
    let tokens = match fact.state {
        State::Known(tokens) => tokens,
        State::NotApplicable => return Tile::quiet(label, NOT_APPLICABLE),
        State::Unknown => return Tile::quiet(label, UNKNOWN),
    };
    citations.cite(&fact.provenance, LIMITS);
    let mut tile = Tile::new(label, tokens.to_string(), "tokens");
    if let Some(ranking) = card.cx.rankings.get(measure)
        && let Some(standing) = ranking.standing(tokens.0.into())
    {
        tile.ruler = Some(card.ruler_at(measure, ranking.axis().position(tokens.0.into())));
        tile = tile.line(Text::of(rank_in_words(standing, measure)));
    }
    tile
}

fn index_tile(card: &Card<'_>, index: &BenchmarkId, citations: &mut Citations<'_>) -> Option<Tile> {
    let benchmark = card.cx.catalog.benchmarks.get(index)?;
    let label = headline::short_name(card.cx.catalog, benchmark);
    let Some(score) = card.headline_score(index) else { return Some(Tile::quiet(label, "no score")) };
    citations.cite(&score.provenance, SCORES);
    let measure = Measure::Benchmark(index.clone());
    let mut tile = Tile::new(label, score.value.to_string(), &scale_end(benchmark));
    tile = match card.cx.rankings.of_score(score) {
        Some((ranking, standing)) => {
            tile.ruler = Some(card.ruler_at(&measure, ranking.axis().position(score.value.0)));
            tile.line(Text::of(rank_in_words(standing, &measure)))
        }
        None => {
            // The scale is the same, the models on it are not.
            let axis = card.cx.rankings.get(&measure).map(|ranking| ranking.axis());
            let needle = |axis: crate::catalog::Axis| charts::needle(axis.position(score.value.0));
            tile.ruler = axis.map(|axis| Ruler { ticks: None, needle: needle(axis) });
            tile.line(Text::of(format!("not ranked: {}", card.why_unranked(score))))
        }
    };
    Some(match &score.variant {
        Some(variant) => tile.line(Text::of(format!("at {variant}"))),
        None => tile,
    })
}

/// Of a component that no price on file holds for today: when the last one ended, and when one begins.
fn no_price_today(label: &str, prices: &PriceList, component: Component, today: Date) -> Tile {
    let is_meant = |price: &Price| price.component == component;
    let told = |words: &str, date: Option<Date>| date.map(|date| Text::of(words).on(date)).unwrap_or_default();
    Tile::quiet(label, &Figure::absent(prices, component).text)
        .line(told("ended ", prices.ended(today, is_meant)))
        .line(told("begins ", prices.begins(today, is_meant)))
}

fn cache_tile(card: &Card<'_>) -> Tile {
    let (label, today) = ("Cache read price", card.cx.today);
    let Some(prices) = card.listed().map(|offer| &offer.prices) else { return Tile::quiet(label, UNKNOWN) };
    let plain = |component| prices.plain(component, today);
    let Some(price) = plain(Component::CacheRead) else {
        return match prices.headline(Component::CacheRead, today) {
            Headline::Unknown => no_price_today(label, prices, Component::CacheRead, today),
            _ => Tile::quiet(label, &Figure::headline(Some(prices), Component::CacheRead, today).text),
        };
    };
    let figure = Figure::charge(&price.charge);
    if figure.quiet {
        return Tile::quiet(label, &figure.text);
    }
    let share = || part_in_words(price.usd_per_million()?, plain(Component::Input)?.usd_per_million()?);
    Tile::new(label, figure.text, per_short(price.unit)).line(share().map(Text::of).unwrap_or_default())
}

fn modalities_tile(label: &str, fact: &Fact<Vec<Modality>>, citations: &mut Citations<'_>, takes: bool) -> Tile {
    let modalities = match &fact.state {
        State::Known(modalities) if !modalities.is_empty() => modalities,
        State::NotApplicable => return Tile::quiet(label, NOT_APPLICABLE),
        State::Known(_) | State::Unknown => return Tile::quiet(label, UNKNOWN),
    };
    citations.cite(&fact.provenance, MODALITIES);
    let words: Vec<&str> = modalities.iter().map(|modality| modality.in_words()).collect();
    let all = [Modality::Text, Modality::Image, Modality::Audio, Modality::Video, Modality::Pdf];
    let not: Vec<&str> = all
        .into_iter()
        .filter(|modality| !modalities.contains(modality) && (takes || *modality != Modality::Pdf))
        .map(Modality::in_words)
        .collect();
    let line = if not.is_empty() { "all kinds".to_owned() } else { format!("no {}", not.join(", ")) };
    Tile::new(label, words.join(", "), "").line(Text::of(line))
}

fn released_tile(card: &Card<'_>, citations: &mut Citations<'_>) -> Tile {
    let dates = &card.model.dates;
    let announced = dates.announced.known().filter(|date| dates.released.known() != Some(*date));
    let tile = date_tile("Released", &dates.released, citations);
    let tile = match announced {
        Some(date) => {
            citations.cite(&dates.announced.provenance, DATES);
            tile.line(Text::of("announced ").date(*date))
        }
        None => tile,
    };
    match dates.updated.known() {
        Some(date) => tile.line(Text::of("updated ").date(*date)),
        None => tile,
    }
}

fn cutoff_tile(card: &Card<'_>, citations: &mut Citations<'_>) -> Tile {
    let fact = &card.model.dates.knowledge_cutoff;
    let tile = date_tile("Knowledge cut-off", fact, citations);
    match citations.publisher(&fact.provenance).filter(|_| fact.known().is_some()) {
        Some(publisher) => tile.line(Text::of(format!("according to {publisher}"))),
        None => tile,
    }
}

fn date_tile(label: &str, fact: &Fact<Date>, citations: &mut Citations<'_>) -> Tile {
    match &fact.state {
        State::Known(date) => {
            citations.cite(&fact.provenance, DATES);
            let date = DateWords::from(*date);
            Tile { date: Some(date.iso()), ..Tile::new(label, date.words(), "") }
        }
        State::NotApplicable => Tile::quiet(label, NOT_APPLICABLE),
        State::Unknown => Tile::quiet(label, UNKNOWN),
    }
}

fn weights_tile(card: &Card<'_>, citations: &mut Citations<'_>) -> Tile {
    let model = card.model;
    let weights = match model.weights.state {
        State::Known(weights) => weights,
        State::NotApplicable => return Tile::quiet("Weights", NOT_APPLICABLE),
        State::Unknown => return Tile::quiet("Weights", UNKNOWN).line(parameters(card)),
    };
    citations.cite(&model.weights.provenance, WEIGHTS);
    let tile = Tile::new("Weights", weights.word(), "");
    let tile = match (weights, &model.license.state) {
        (_, State::Known(license)) => tile.line(match &model.license_url {
            Some(url) => Text::default().web(license, url.as_str()),
            None => Text::of(license),
        }),
        (Weights::Open, _) => tile.line(Text::of("licence not known")),
        (Weights::Closed, _) => tile.line(Text::of("not for download")),
    };
    let tile = match &model.weights_url {
        Some(url) => tile.line(Text::default().web(format!("download at {}", url.host()), url.as_str())),
        None => tile,
    };
    tile.line(parameters(card))
}

/// `117B parameters, 5.1B active`
fn parameters(card: &Card<'_>) -> Text {
    let Some(all) = card.model.parameters.known() else { return Text::default() };
    match card.model.active_parameters.known() {
        Some(active) => Text::of(format!("{all} parameters, {active} active")),
        None => Text::of(format!("{all} parameters")),
    }
}

/// A source and the day for which it speaks.
type Dated = (Mark, Option<Date>);

/// Where the facts of the tiles come from, then each note of the author.
fn notes(card: &Card<'_>, citations: &mut Citations<'_>) -> Vec<Text> {
    let model = card.model;
    let dates = &model.dates;
    let facts: [(&str, &'static str, bool, &Provenance); 10] = [
        ("Context window", LIMITS, model.context_window.known().is_some(), &model.context_window.provenance),
        ("Longest prompt", LIMITS, model.max_input.known().is_some(), &model.max_input.provenance),
        ("Max output", LIMITS, model.max_output.known().is_some(), &model.max_output.provenance),
        ("Modalities", MODALITIES, model.takes.known().is_some(), &model.takes.provenance),
        ("Released", DATES, dates.released.known().is_some(), &dates.released.provenance),
        ("Announced", DATES, dates.announced.known().is_some(), &dates.announced.provenance),
        ("Knowledge cut-off", DATES, dates.knowledge_cutoff.known().is_some(), &dates.knowledge_cutoff.provenance),
        ("Weights", WEIGHTS, model.weights.known().is_some(), &model.weights.provenance),
        ("Licence", WEIGHTS, model.license.known().is_some(), &model.license.provenance),
        ("Parameters", WEIGHTS, model.parameters.known().is_some(), &model.parameters.provenance),
    ];
    let mut by_mark: Vec<(Dated, Vec<&str>)> = Vec::new();
    let mut remarks: Vec<Text> = Vec::new();
    for (name, purpose, is_known, provenance) in facts {
        if !is_known {
            continue;
        }
        let mark = citations.cite(provenance, purpose);
        if let Some(mark) = mark {
            let key = (mark, provenance.as_of);
            match by_mark.iter_mut().find(|(held, _)| *held == key) {
                Some((_, names)) => names.push(name),
                None => by_mark.push((key, vec![name])),
            }
        }
        if let Some(note) = provenance.note.as_deref().filter(|note| model.provenance.note.as_deref() != Some(*note)) {
            remarks.push(Text::default().strong(format!("{name}:")).say(format!(" {}", sentence(note))).mark(mark));
        }
    }
    by_mark.sort_by_key(|((mark, _), _)| mark.number);
    let mut sources = Text::default();
    for (place, ((mark, as_of), names)) in by_mark.iter().enumerate() {
        let names = listed(names).to_lowercase();
        let names = if place == 0 { crate::pages::text::capital(&names) } else { format!("; {names}") };
        sources = sources.say(names).mark(Some(*mark));
        if let Some(as_of) = as_of {
            sources = sources.say(", ").date(*as_of);
        }
    }
    let mut notes: Vec<Text> = if sources.is_empty() { Vec::new() } else { vec![sources.say(".")] };
    notes.extend(model.provenance.note.as_deref().map(|note| Text::of(sentence(note))));
    notes.extend(remarks);
    notes
}

impl Card<'_> {
    fn ruler_at(&self, measure: &Measure, place: f64) -> Ruler {
        Ruler { ticks: Some(self.ruler(measure)), needle: charts::needle(place) }
    }
}

/// Whether a charge is an amount above zero.
pub(super) fn costs_money(charge: &Charge) -> bool {
    matches!(charge, Charge::Amount(money) if !money.amount.is_zero())
}
