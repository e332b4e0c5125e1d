//! The catalogue: what stands out, and every model in one table, as far as a page goes.

mod highlights;
mod leaders;

use askama::Template;

use self::highlights::Highlight;
use super::model_table::{ModelTable, Shown};
use super::paging::{self, MOST_WIDE_ROWS, Pager};
use super::plate::PlateLine;
use super::text::{Text, counted, grouped};
use super::view::{self, Group};
use super::{Context, Head, Layout, Page, link_base, model_row};
use crate::theme::{Script, Sheet};
use crate::urls::{self, LinkBase};

#[derive(Template)]
#[template(path = "pages/home.html")]
struct Home {
    layout: Layout,
    lead: String,
    plate: Vec<PlateLine>,
    highlights: Vec<Highlight>,
    /// What the tiles show that their labels do not say.
    highlights_note: Option<String>,
    featured: Vec<Pick>,
    table: ModelTable,
    pager: Option<Pager>,
    groups: Vec<Group>,
    leaders: Vec<leaders::Line>,
    /// Link to all benchmarks.
    benchmarks: String,
}

/// A featured model.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pick {
    link: Text,
    note: String,
}

/// How many pages the catalogue takes.
pub(super) fn pages(models: usize) -> usize {
    paging::pages(models, MOST_WIDE_ROWS)
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    Page::new(urls::home(), "the catalogue", None, &page(cx), Vec::new())
}

fn page(cx: &Context<'_>) -> Home {
    let url = urls::home();
    let base = link_base(cx.catalog, &url);
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let counts = overview.counts;
    let settings = &cx.catalog.settings;
    let title =
        settings.tagline.as_ref().map_or_else(|| settings.title.clone(), |line| format!("{}: {line}", settings.title));
    let facts = format!("{} from {}", counted(counts.models, "AI model"), counted(counts.developers, "developer"));
    let models = overview.models(cx.catalog, paging::on_page(1, counts.models, MOST_WIDE_ROWS).unwrap_or_default());
    let layout = Layout::new(
        cx,
        Head {
            url: &url,
            title,
            description: format!(
                "{facts}: prices per 1M tokens, context windows and benchmark scores, each figure with its source and its date."
            ),
            kind: "website",
            sheet: Sheet::Catalogue,
            scripts: &[Script::Catalogue],
            as_of: models.iter().filter_map(|model| model_row::as_of(cx, model)).max(),
        },
    );
    let highlights = highlights::of(cx, &base);
    Home {
        layout,
        lead: settings.description.clone().unwrap_or_else(|| {
            format!("{facts}: what each costs, how long a prompt it takes, and how well it does, with source and date.")
        }),
        plate: plate(cx, &base),
        highlights_note: highlights::rule(cx).filter(|_| !highlights.is_empty()),
        highlights,
        featured: featured(cx, &base),
        table: ModelTable::new(cx, &Shown { models, all: counts.models, view: None }, &base),
        pager: Pager::new(&url, 1, pages(counts.models), &base),
        groups: view::groups(cx, &base, None),
        leaders: leaders::of(cx, &base),
        benchmarks: base.href(&urls::benchmarks()),
    }
}

fn plate(cx: &Context<'_>, base: &LinkBase) -> Vec<PlateLine> {
    let counts = cx.listings.overview(cx.catalog, cx.rankings, cx.today).counts;
    let models = Text::of(format!("{} from ", grouped(counts.models)));
    let developers = counted(counts.developers, "developer");
    let mut plate = vec![PlateLine::new("Models", Some(models.link(developers, base.href(&urls::developers()))))];
    let known = counts.open + counts.closed;
    if known > 0 {
        let unknown = counts.models - known;
        let rest = if unknown > 0 { format!(", {} not known", grouped(unknown)) } else { String::new() };
        let [open, closed] = [counts.open, counts.closed].map(grouped);
        plate.push(PlateLine::new("Weights", Some(Text::of(format!("{open} open, {closed} closed{rest}")))));
    }
    if counts.providers > 0 {
        let words = Text::of(format!("{} by ", counted(counts.offers, "offer")));
        let words = words.link(counted(counts.providers, "provider"), base.href(&urls::providers()));
        plate.push(PlateLine::new("Prices", Some(words)));
    }
    if counts.benchmarks > 0 {
        let words = Text::of(format!("{} on ", grouped(counts.scores)));
        let words = words.link(counted(counts.benchmarks, "benchmark"), base.href(&urls::benchmarks()));
        plate.push(PlateLine::new("Scores", Some(words)));
    }
    plate.extend(counts.newest.map(|date| PlateLine::new("Newest fact", Some(Text::of("as of ").date(date)))));
    plate
}

fn featured(cx: &Context<'_>, base: &LinkBase) -> Vec<Pick> {
    let models = cx.catalog.settings.featured.iter().take(MOST_WIDE_ROWS).filter_map(|id| cx.catalog.models.get(id));
    let pick = |model| {
        let (link, note) = highlights::in_short(cx, model, base);
        Pick { link, note }
    };
    models.map(pick).collect()
}

#[cfg(test)]
mod tests;
