//! A developer: what it says of itself, its models, their families, and from where to where their figures reach.

mod families;
mod ranges;

use askama::Template;

use self::families::Families;
pub(super) use self::families::{Member, member};
use self::ranges::Range;
use super::changes::{self, Beside, Section};
use super::model_row::{self, ModelRow};
use super::paging::{self, Pager};
use super::plate::PlateLine;
use super::sources::{Citations, Sources};
use super::text::{self, Text, counted, first_that_fits, fitting, listed};
use super::{Context, Head, Layout, Page, headline, link_base};
use crate::catalog::{Developer, Model, Status};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// So many models stand on a page: each has a row in the table and a line in its family.
const MOST_MODELS: usize = paging::MOST_WIDE_ROWS;

/// The page of one developer.
#[derive(Debug, Template)]
#[template(path = "pages/developer.html")]
struct DeveloperPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// Link to all developers.
    developers: String,
    name: String,
    /// Whether the name is so long that it needs smaller type.
    long_name: bool,
    lead: Option<String>,
    plate: Vec<PlateLine>,
    /// What the table shows, or that there is nothing to show.
    note: String,
    /// Short name of the headline index.
    index: Option<String>,
    rows: Vec<ModelRow>,
    /// From where to where the figures reach; on the first page only, since they are those of all models.
    ranges: Vec<Range>,
    families: Option<Families>,
    /// What changed; on the first page only.
    changes: Option<Section>,
    pager: Option<Pager>,
    /// Where the changes are said.
    sources: Option<Sources>,
}

/// How many pages a developer of so many models takes.
pub(super) fn pages(models: usize) -> usize {
    paging::pages(models, MOST_MODELS)
}

/// A page of a developer; pages are counted from one.
pub(super) fn render(cx: &Context<'_>, developer: &Developer, page: usize) -> Option<Page> {
    let view = view(cx, developer, page)?;
    let url = urls::page_of(&urls::developer(&developer.id), page);
    let producer = format!("developer `{}`", developer.id);
    Some(Page::new(url, producer, Some(developer.origin.file), &view, Vec::new()))
}

fn view(cx: &Context<'_>, developer: &Developer, page: usize) -> Option<DeveloperPage> {
    let list = urls::developer(&developer.id);
    let url = urls::page_of(&list, page);
    let base = link_base(cx.catalog, &url);
    let all = cx.listings.number_of_models(cx.catalog, &developer.id);
    let places = paging::on_page(page, all, MOST_MODELS)?;
    let shown: Vec<&Model> = cx.listings.models_between(cx.catalog, &developer.id, places).collect();
    let (title, description) = title_and_description(cx, developer, all, page);
    let mut citations = Citations::new(cx.catalog);
    let changes = Some(cx.listings.changes(cx.catalog).of_developer(&developer.id)).filter(|_| page == 1);
    let changes = changes.and_then(|all| changes::section(cx, &base, all, Beside::OfDeveloper, &mut citations));
    let head = Head {
        url: &url,
        title,
        description,
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: shown.iter().filter_map(|model| model_row::as_of(cx, model)).chain(citations.as_of()).max(),
    };
    let index = headline::index(cx).filter(|_| shown.iter().any(|model| headline::ranked(cx, model).is_some()));
    Some(DeveloperPage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        developers: base.href(&urls::developers()),
        name: developer.name.clone(),
        long_name: text::is_long_name(&developer.name),
        lead: developer.description.clone(),
        plate: plate(cx, developer, &base),
        note: note(all, page) + &overdue(cx, &shown),
        index: index.map(|index| headline::short_name(cx.catalog, index)),
        rows: model_row::rows(cx, &base, shown.iter().copied()),
        ranges: if page == 1 { ranges::ranges(cx, developer, &base) } else { Vec::new() },
        families: families::families(cx, &shown, all, &base),
        sources: changes.as_ref().map(|_| citations.finish(None)),
        changes,
        pager: Pager::new(&list, page, pages(all), &base),
    })
}

fn plate(cx: &Context<'_>, developer: &Developer, base: &LinkBase) -> Vec<PlateLine> {
    let statuses: Vec<(Status, usize)> = cx.listings.statuses_of(cx.catalog, &developer.id).collect();
    let service = developer.provider.as_ref().and_then(|id| cx.catalog.providers.get(id));
    vec![
        PlateLine::new("Country", developer.country.clone().map(Text::of)),
        PlateLine::web("Home page", developer.url.as_ref()),
        PlateLine::web("Docs", developer.docs.as_ref()),
        PlateLine::new(
            "Service",
            Some(service.map_or_else(
                || Text::of("none on file"),
                |provider| Text::default().link(provider.name.clone(), base.href(&urls::provider(&provider.id))),
            )),
        ),
        PlateLine::new("Models", Some(Text::of(models_in_words(&statuses)))),
    ]
}

/// `16: 9 active, 4 deprecated and 3 retired`
fn models_in_words(statuses: &[(Status, usize)]) -> String {
    match statuses {
        [] => "none on file".to_owned(),
        [(status, 1)] => format!("1, {status}"),
        [(status, all)] => format!("{all}, all {status}"),
        several => {
            let words: Vec<String> = several.iter().map(|(status, count)| format!("{count} {status}")).collect();
            format!("{}: {}", several.iter().map(|(_, count)| count).sum::<usize>(), listed(&words))
        }
    }
}

fn note(models: usize, page: usize) -> String {
    let order = match models {
        0 => return "No model of this developer is on file.".to_owned(),
        1 => "The only one on file.".to_owned(),
        count if pages(count) == 1 => format!("{count}, newest first."),
        count => {
            let shown = paging::on_page(page, count, MOST_MODELS).unwrap_or_default();
            format!("{} to {} of {}, newest first.", shown.start + 1, shown.end, counted(count, "model"))
        }
    };
    format!(
        "{order} Prices in US dollars per 1M tokens: the list price, or that of the cheapest offer where there is none. \
         The source and the date of each figure stand on the model’s card."
    )
}

/// What of the models on the page is to be looked up again; their cards say which figures.
fn overdue(cx: &Context<'_>, shown: &[&Model]) -> String {
    let has = |model: &&&Model| model.figures().any(|(provenance, _)| provenance.overdue.is_some());
    let whose = match (shown.iter().filter(has).count(), shown.len()) {
        (0, _) => return String::new(),
        (1, 1) => "Some of its figures were".to_owned(),
        (1, _) => "Figures of one of the models were".to_owned(),
        (some, all) if some == all => "Figures of all of them were".to_owned(),
        (some, _) => format!("Figures of {some} of them were"),
    };
    let days = cx.catalog.settings.recheck.map_or(0, |recheck| recheck.after_days);
    format!(" {whose} last checked more than {} ago, which the cards mark.", counted(days as usize, "day"))
}

fn title_and_description(cx: &Context<'_>, developer: &Developer, all: usize, page: usize) -> (String, String) {
    let name = &developer.name;
    let end = paging::title_end(page);
    let titles = [
        format!("{name}: AI models, prices and scores{end}"),
        format!("{name}: AI models{end}"),
        format!("{name}{end}"),
    ];
    let newest = cx.listings.models_of(cx.catalog, &developer.id).next();
    let newest = newest.and_then(|model| Some((model, model.came_out()?)));
    let sentences = [
        match all {
            0 => Some(format!("No AI model by {name} is on file here.")),
            count => Some(format!("{} by {name}.", counted(count, "AI model"))),
        },
        paging::page_sentence(page, pages(all)),
        newest.map(|(model, day)| format!("The newest is {} of {}.", model.name, day.long())),
        Some("Prices, context windows, scores and families.".to_owned()),
        Some("Where it is seated, its own service and its documentation.".to_owned()),
    ];
    let description = fitting(sentences.into_iter().flatten(), text::DESCRIPTION);
    (first_that_fits(titles, text::TITLE), description)
}

#[cfg(test)]
mod tests;
