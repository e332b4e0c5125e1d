//! All developers in one table.

use askama::Template;
use rust_decimal::Decimal;

use super::figure::{Figure, align};
use super::paging::{self, MOST_ROWS, Pager};
use super::text::{Text, counted};
use super::{Context, DateWords, Head, Layout, Page, headline, link_base, model_row};
use crate::catalog::{Date, Developer, Direction, Model, Score, Status};
use crate::charts::Fill;
use crate::html::Html;
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// The page of all developers.
#[derive(Debug, Template)]
#[template(path = "pages/developers.html")]
struct Developers {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    lead: String,
    /// What the columns show.
    note: String,
    /// Short name of the headline index.
    index: Option<String>,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

/// One developer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    href: String,
    country: Option<String>,
    models: usize,
    /// The newest model.
    newest: Option<Text>,
    released: Option<DateWords>,
    /// The lowest blended price.
    lowest: Figure,
    /// The highest blended price.
    highest: Figure,
    /// The best score on the headline index, and whose it is.
    score: Figure,
    bar: Option<Html>,
    best: Text,
}

/// A developer with what the list says of it, looked up once.
struct Entrant<'a> {
    developer: &'a Developer,
    models: Vec<&'a Model>,
    best: Option<(&'a Score, &'a Model)>,
}

/// How many pages so many developers take.
pub(super) fn pages(developers: usize) -> usize {
    paging::pages(developers, MOST_ROWS)
}

/// A page of the list; pages are counted from one.
pub(super) fn render(cx: &Context<'_>, page: usize) -> Option<Page> {
    let view = view(cx, page)?;
    Some(Page::new(urls::page_of(&urls::developers(), page), "the list of developers", None, &view, Vec::new()))
}

fn view(cx: &Context<'_>, page: usize) -> Option<Developers> {
    let url = urls::page_of(&urls::developers(), page);
    let base = link_base(cx.catalog, &url);
    let entrants = entrants(cx);
    let shown = entrants.get(paging::on_page(page, entrants.len(), MOST_ROWS)?)?;
    let end = paging::title_end(page);
    let count = counted(entrants.len(), "developer");
    let head = Head {
        url: &url,
        title: format!("Developers of AI models{end}"),
        description: format!(
            "{count} of AI models{end}: how many models each has, the newest, what they cost and what the best one scores."
        ),
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: shown.iter().flat_map(|entrant| &entrant.models).filter_map(|model| model_row::as_of(cx, model)).max(),
    };
    let index = headline::index(cx).filter(|_| shown.iter().any(|entrant| entrant.best.is_some()));
    let mut rows: Vec<Row> = shown.iter().map(|entrant| row(cx, entrant, &base)).collect();
    align(rows.iter_mut().map(|row| &mut row.lowest));
    align(rows.iter_mut().map(|row| &mut row.highest));
    align(rows.iter_mut().map(|row| &mut row.score));
    Some(Developers {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        lead: "Who makes the models: how many each has on file, which is the newest, from where to where their prices \
               reach, and how well the best of them does."
            .to_owned(),
        note: note(entrants.len(), index.is_some()),
        index: index.map(|index| headline::short_name(cx.catalog, index)),
        rows,
        pager: Pager::new(&urls::developers(), page, pages(entrants.len()), &base),
    })
}

fn note(developers: usize, ranked: bool) -> String {
    let order = if ranked { "by the best model of each" } else { "by the newest model of each" };
    let order = match developers {
        0 => return "No developer is on file.".to_owned(),
        1 => "1 developer.".to_owned(),
        _ => format!("{}, {order}.", counted(developers, "developer")),
    };
    format!(
        "{order} Prices are blended, three parts input and one part output, in US dollars per 1M tokens, of models that \
         are not retired. The source and the date of each figure stand on the model’s card."
    )
}

/// All developers: those whose best model does best first, the others by their newest model.
fn entrants<'a>(cx: &Context<'a>) -> Vec<Entrant<'a>> {
    let lower = headline::index(cx).is_some_and(|index| index.direction == Direction::Lower);
    let mut entrants: Vec<Entrant<'a>> = cx
        .catalog
        .developers
        .values()
        .map(|developer| {
            let models: Vec<&Model> = cx.listings.models_of(cx.catalog, &developer.id).collect();
            let scores = models.iter().filter_map(|model| Some((headline::ranked(cx, model)?, *model)));
            let better = |a: &Score, b: &Score| if lower { a.value < b.value } else { a.value > b.value };
            let best = scores.reduce(|held, next| if better(next.0, held.0) { next } else { held });
            Entrant { developer, models, best }
        })
        .collect();
    entrants.sort_by(|a, b| {
        let value = |entrant: &Entrant<'_>| entrant.best.map(|(score, _)| score.value.0);
        let by_score = match (value(a), value(b)) {
            (Some(a), Some(b)) if lower => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let newest = |entrant: &Entrant<'_>| newest(entrant).map(|(_, date)| date);
        let name = |entrant: &Entrant<'a>| (entrant.developer.name.to_lowercase(), &entrant.developer.id);
        by_score.then_with(|| newest(b).cmp(&newest(a))).then_with(|| name(a).cmp(&name(b)))
    });
    entrants
}

/// The newest model, when its date is known.
fn newest<'a>(entrant: &Entrant<'a>) -> Option<(&'a Model, Date)> {
    // Models come newest first.
    let first = *entrant.models.first()?;
    Some((first, first.came_out()?))
}

fn row(cx: &Context<'_>, entrant: &Entrant<'_>, base: &LinkBase) -> Row {
    let link = |model: &Model| Text::default().link(model.name.clone(), base.href(&urls::model(model)));
    let newest = newest(entrant);
    let usable = || entrant.models.iter().filter(|model| model.status != Status::Retired);
    let blended: Vec<Decimal> = usable().filter_map(|model| model.blended_price(cx.today)).collect();
    let unknown = || Figure::words(if usable().next().is_none() { "none to be had" } else { "not known" });
    let price = |amount: Option<&Decimal>| match amount {
        Some(amount) => Figure::dollars(*amount),
        None => unknown(),
    };
    Row {
        name: entrant.developer.name.clone(),
        href: base.href(&urls::developer(&entrant.developer.id)),
        country: entrant.developer.country.clone(),
        models: entrant.models.len(),
        newest: newest.map(|(model, _)| link(model)),
        released: newest.map(|(_, date)| date.into()),
        lowest: price(blended.iter().min()),
        highest: price(blended.iter().max()),
        score: entrant.best.map_or_else(|| Figure::words("no score"), |(score, _)| Figure::of(score.value.to_string())),
        bar: entrant.best.and_then(|(_, model)| headline::bar(cx, model, headline::index(cx), Fill::Measured)),
        best: entrant.best.map(|(_, model)| link(model)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
