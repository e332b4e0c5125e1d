//! Releases over time: a lane for each developer.

use askama::Template;

use crate::catalog::{Date, Developer, Model, Provenance, Weights};
use crate::charts::{self, Calendar, Dot, Lane, Look, Timeline};
use crate::html::Html;
use crate::pages::plate::PlateLine;
use crate::pages::sources::{Citations, Mark, Sources};
use crate::pages::text::{Text, counted};
use crate::pages::{Context, DateWords, Head, Layout, Page, link_base, model_row};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// So many models are drawn at most, and so many developers.
const MOST_DRAWN: usize = 100;
const MOST_LANES: usize = 24;

/// What the page takes from a source, as the list of sources says it.
const DATES: &str = "dates";

/// The page.
#[derive(Template)]
#[template(path = "pages/charts/releases.html")]
struct Releases {
    layout: Layout,
    /// Link to the catalogue.
    catalogue: String,
    /// Link to all charts.
    charts: String,
    lead: String,
    plate: Vec<PlateLine>,
    closed: Html,
    open: Html,
    plot: Html,
    /// What is drawn, and what is not.
    caption: String,
    rows: Vec<Row>,
    sources: Sources,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub name: String,
    pub href: String,
    pub status: Option<&'static str>,
    pub developer: String,
    pub developer_href: String,
    pub date: DateWords,
    /// Whether it has been announced and no more is known.
    pub announced: bool,
    pub mark: Option<Mark>,
    pub weights: &'static str,
}

/// A model with its date.
#[derive(Debug, Clone, Copy)]
struct Dated<'a> {
    model: &'a Model,
    date: Date,
}

/// A developer with its dated models, newest first.
struct Entrant<'a> {
    developer: &'a Developer,
    models: Vec<Dated<'a>>,
}

/// Whether there is something to draw: two models whose date is known.
pub(super) fn is_drawn(cx: &Context<'_>) -> bool {
    cx.catalog.models.values().filter(|model| model.came_out().is_some()).nth(1).is_some()
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    let url = urls::chart_of_releases();
    let base = link_base(cx.catalog, &url);
    let all = entrants(cx);
    let dated: usize = all.iter().map(|entrant| entrant.models.len()).sum();
    let drawn = drawn(&all);
    let number: usize = drawn.iter().map(|entrant| entrant.models.len()).sum();
    let mut citations = Citations::new(cx.catalog);
    let rows = rows(&base, &drawn, &mut citations);
    let dates = || drawn.iter().flat_map(|entrant| &entrant.models).map(|dated| dated.date);
    let span = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) => Text::default().date(first).say(" to ").date(last),
        _ => Text::default(),
    };
    let as_of = citations.as_of();
    let head = Head {
        url: &url,
        title: "Release timeline of AI models".to_owned(),
        description: format!(
            "When {} of {} came out, in a lane for each developer, and the same dates in a table.",
            counted(number, "AI model"),
            counted(drawn.len(), "developer"),
        ),
        kind: "website",
        sheet: Sheet::Chart,
        scripts: &[],
        as_of,
    };
    let caption = caption(dated, cx.catalog.models.len(), number, (drawn.len(), all.len()));
    let page = Releases {
        layout: Layout::new(cx, head),
        catalogue: base.href(&urls::home()),
        charts: base.href(&urls::charts()),
        lead: "When each model came out, or was announced where no more is known: a lane for each developer, that of the newest model \
               on top."
            .to_owned(),
        plate: vec![
            PlateLine::new("Across", Some(Text::of("time"))),
            PlateLine::new("Drawn", Some(Text::of(format!("{number} of {}", counted(dated, "dated model"))))),
            PlateLine::new("From", Some(span)),
            PlateLine::new("As of", as_of.map(|date| Text::default().date(date))),
        ],
        closed: charts::key(Some(Look::Plain)),
        open: charts::key(Some(Look::Ring)),
        plot: plot(&base, &drawn, number),
        caption,
        rows,
        sources: citations.finish(None),
    };
    Page::new(url, "the chart of releases", None, &page, Vec::new())
}

/// All developers of dated models, those with most of them first.
fn entrants<'a>(cx: &Context<'a>) -> Vec<Entrant<'a>> {
    let all = cx.catalog.developers.values().map(|developer| {
        let models = cx.listings.models_of(cx.catalog, &developer.id);
        let models = models.filter_map(|model| Some(Dated { model, date: model.came_out()? })).collect();
        Entrant { developer, models }
    });
    let mut all: Vec<Entrant<'a>> = all.filter(|entrant| !entrant.models.is_empty()).collect();
    let newest = |entrant: &Entrant<'_>| entrant.models.first().map(|dated| dated.date);
    all.sort_by(|a, b| {
        (b.models.len(), newest(b)).cmp(&(a.models.len(), newest(a))).then_with(|| a.developer.id.cmp(&b.developer.id))
    });
    all
}

/// The first of them, each with its newest models: first the newest of each, then the second of each, until there are
/// enough. The lane of the newest model comes first.
fn drawn<'a>(all: &[Entrant<'a>]) -> Vec<Entrant<'a>> {
    let lanes = &all[..all.len().min(MOST_LANES)];
    let mut turns: Vec<(usize, usize)> = lanes
        .iter()
        .enumerate()
        .flat_map(|(lane, entrant)| (0..entrant.models.len()).map(move |at| (at, lane)))
        .collect();
    turns.sort_unstable();
    turns.truncate(MOST_DRAWN);
    let mut numbers = vec![0; lanes.len()];
    turns.iter().for_each(|(_, lane)| numbers[*lane] += 1);
    let cut = lanes.iter().zip(numbers);
    let mut drawn: Vec<Entrant<'a>> = cut
        .map(|(entrant, number)| Entrant { developer: entrant.developer, models: entrant.models[..number].to_vec() })
        .collect();
    let newest = |entrant: &Entrant<'_>| entrant.models.first().map(|dated| dated.date);
    drawn.sort_by(|a, b| newest(b).cmp(&newest(a)).then_with(|| a.developer.id.cmp(&b.developer.id)));
    drawn
}

fn plot(base: &LinkBase, drawn: &[Entrant<'_>], number: usize) -> Html {
    let calendar = Calendar::around(drawn.iter().flat_map(|entrant| &entrant.models).map(|dated| dated.date));
    let lanes = drawn.iter().map(|entrant| Lane {
        name: entrant.developer.name.clone(),
        dots: entrant
            .models
            .iter()
            .map(|dated| Dot {
                name: dated.model.name.clone(),
                title: format!("{}, {}", dated.model.name, dated.date.long()),
                href: base.href(&urls::model(dated.model)),
                x: calendar.middle(dated.date),
                y: 0.0,
                look: if dated.model.weights.known() == Some(&Weights::Open) { Look::Ring } else { Look::Plain },
            })
            .collect(),
    });
    charts::timeline(&Timeline {
        id: "c",
        title: format!("Releases over time, {}", counted(number, "model")),
        description: format!(
            "{}, each with its models from left to right by date. The table below has every date.",
            counted(drawn.len(), "lane")
        ),
        calendar,
        lanes: lanes.collect(),
    })
}

/// The rows, newest first.
fn rows(base: &LinkBase, drawn: &[Entrant<'_>], citations: &mut Citations<'_>) -> Vec<Row> {
    let of_all = drawn.iter().flat_map(|entrant| entrant.models.iter().map(|dated| (entrant.developer, *dated)));
    let mut of_all: Vec<(&Developer, Dated<'_>)> = of_all.collect();
    of_all.sort_by(|(_, a), (_, b)| b.date.cmp(&a.date).then_with(|| a.model.id.cmp(&b.model.id)));
    let row = |(developer, dated): (&Developer, Dated<'_>)| Row {
        name: dated.model.name.clone(),
        href: base.href(&urls::model(dated.model)),
        status: model_row::status(dated.model),
        developer: developer.name.clone(),
        developer_href: base.href(&urls::developer(&developer.id)),
        date: dated.date.into(),
        announced: dated.model.dates.released.known().is_none(),
        mark: citations.cite(provenance(dated.model), DATES),
        weights: dated.model.weights.known().map_or("not known", |weights| weights.word()),
    };
    of_all.into_iter().map(row).collect()
}

/// Where the date is said.
fn provenance(model: &Model) -> &Provenance {
    let dates = &model.dates;
    let fact = if dates.released.known().is_some() { &dates.released } else { &dates.announced };
    &fact.provenance
}

/// What is drawn, and what is not.
fn caption(dated: usize, all: usize, drawn: usize, (lanes, developers): (usize, usize)) -> String {
    let mut sentences = Vec::new();
    if drawn < dated {
        let whose = if lanes < developers {
            format!("of the {lanes} developers with most models, of {developers},")
        } else {
            "of each developer".to_owned()
        };
        sentences.push(format!(
            "{drawn} of {} are drawn: {whose} the newest. The table has the same.",
            counted(dated, "model")
        ));
    }
    sentences.push("Where only the month or the year is known, the dot stands in its middle.".to_owned());
    match all - dated {
        0 => {}
        1 => sentences.push("One model is left out, since its date is not known.".to_owned()),
        more => sentences.push(format!("{} are left out, since their dates are not known.", counted(more, "model"))),
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::charts::{Chart, list};
    use crate::pages::example;

    fn page(models: &[(&str, &str)]) -> String {
        let developer = ("developers/borealis.toml", "name = \"Borealis & Co\"");
        let files: Vec<(&str, &str)> = models.iter().copied().chain([developer]).collect();
        example::with(&files, |cx| {
            assert!(is_drawn(cx) && list(cx).iter().any(|(_, chart)| *chart == Chart::Releases));
            render(cx).html
        })
    }

    #[test]
    fn lanes_and_rows_come_newest_first() {
        let html = page(&[
            ("models/acme/a.toml", "name = \"A\"\nreleased = 2026-01-31\nweights = \"open\""),
            ("models/acme/b.toml", "name = \"B\"\nannounced = \"2025-04\""),
            ("models/borealis/c.toml", "name = \"C\"\nreleased = 2026-03-01"),
            ("models/borealis/d.toml", "name = \"D\""),
        ]);
        let (drawing, table) = html.split_once("id=\"twin\"").unwrap();
        assert!(
            drawing.find(">Borealis &#38; Co</text>").or(drawing.find(">Borealis &amp; Co</text>"))
                < drawing.find(">Acme</text>")
        );
        assert!(drawing.contains("<title>B, Apr 2025</title>") && drawing.contains("class=\"o\""), "{drawing}");
        let places: Vec<Option<usize>> = [">C</a>", ">A</a>", ">B</a>"].map(|name| table.find(name)).into();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
        assert!(table.contains("announced") && html.contains("One model is left out, since its date is not known."));
        assert!(html.contains("3 of 3 dated models"), "{html}");
    }

    #[test]
    fn no_more_are_drawn_than_a_page_holds_the_newest_of_each_lane() {
        let models: Vec<(String, String)> = (0..300)
            .map(|at| {
                let developer = if at % 10 == 0 { "borealis" } else { "acme" };
                let text = format!("name = \"M{at}\"\nreleased = {}-{:02}-01", 2000 + at / 12, 1 + at % 12);
                (format!("models/{developer}/m{at}.toml"), text)
            })
            .collect();
        let models: Vec<(&str, &str)> = models.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let html = page(&models);
        let (drawing, table) = html.split_once("id=\"twin\"").unwrap();
        let figure = drawing.split_once("<figure").map(|(_, figure)| figure).unwrap();
        assert_eq!(figure.matches("<circle").count(), MOST_DRAWN + 2, "the points, and two of the legend");
        assert_eq!(table.matches("<th scope=\"row\">").count(), MOST_DRAWN);
        // All thirty of the small lane, and the newest of the large one.
        assert!(table.contains(">M0</a>") && table.contains(">M299</a>") && !table.contains(">M1</a>"));
        assert!(
            html.contains("100 of 300 models are drawn: of each developer the newest. The table has the same."),
            "{html}"
        );
    }

    #[test]
    fn beyond_so_many_developers_those_with_most_models_are_drawn() {
        assert!(
            caption(30, 30, 24, (24, 30))
                .starts_with("24 of 30 models are drawn: of the 24 developers with most models, of 30, the newest.")
        );
        assert!(caption(3, 5, 3, (1, 1)).ends_with("2 models are left out, since their dates are not known."));
    }
}
