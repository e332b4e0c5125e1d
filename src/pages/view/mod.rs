//! A view: a part or an order of the catalogue, where people land who look for just that.

mod links;
mod words;

use askama::Template;

pub(super) use self::links::{Group, groups};
use super::developer::{Member, member};
use super::model_table::{ModelTable, Shown};
use super::paging::MOST_WIDE_ROWS;
use super::text::{self, Text, fitting, grouped};
use super::{Context, Head, Layout, Page, link_base, model_row};
use crate::catalog::{Members, Model, View};
use crate::theme::{Script, Sheet};
use crate::urls::{self, LinkBase, SiteUrl};

#[derive(Template)]
#[template(path = "pages/view.html")]
struct ViewPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// Whose family it is.
    by: Option<Text>,
    name: String,
    /// Whether the name is so long that it needs smaller type.
    long_name: bool,
    lead: Text,
    table: ModelTable,
    /// How many more there are, and where.
    rest: Option<Text>,
    /// Of a family its members, oldest first, with who follows whom.
    lineage: Vec<Member>,
    groups: Vec<Group>,
}

/// Every view that has a page, with its address.
pub(super) fn all<'a>(cx: &Context<'a>) -> impl Iterator<Item = (SiteUrl, &'a View)> {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    overview.views().filter_map(|(view, _)| Some((urls::view(view)?, view)))
}

/// The page of a view; `None` where it would say nothing.
pub(super) fn render(cx: &Context<'_>, view: &View) -> Option<Page> {
    let url = urls::view(view)?;
    let page = page(cx, view, &url)?;
    let producer = match view {
        View::Family(developer, name) => format!("family `{name}` of `{developer}`"),
        _ => format!("the view `{}`", page.name),
    };
    Some(Page::new(url, producer, None, &page, Vec::new()))
}

fn page(cx: &Context<'_>, view: &View, url: &SiteUrl) -> Option<ViewPage> {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let members = overview.view(view)?;
    let base = link_base(cx.catalog, url);
    let models = overview.members(cx.catalog, members, MOST_WIDE_ROWS);
    let name = words::name(cx, view);
    let lead = words::lead(cx, view, members, &models, &base);
    let head = Head {
        url,
        title: words::title(cx, view),
        description: description(members, &lead),
        kind: "website",
        sheet: Sheet::Catalogue,
        scripts: &[Script::Catalogue],
        as_of: models.iter().filter_map(|model| model_row::as_of(cx, model)).max(),
    };
    let lineage = if matches!(view, View::Family(..)) { lineage(cx, &models, &base) } else { Vec::new() };
    Some(ViewPage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        by: by(cx, view, &base),
        long_name: text::is_long_name(&name),
        name,
        lead,
        rest: rest(members, models.len(), view, &base),
        table: ModelTable::new(cx, &Shown { models, all: members.len(), view: Some(view) }, &base),
        lineage,
        groups: groups(cx, &base, Some(view)),
    })
}

/// What search engines show: how many there are, and what is said of each.
fn description(members: &Members, lead: &Text) -> String {
    let words: String = lead.runs.iter().map(|run| run.text.as_str()).collect();
    let sentences = words.split_inclusive(". ").map(|sentence| sentence.trim().to_owned());
    let columns = match members.len() {
        1 => "Its prices, context window, capabilities and scores.",
        _ => "Prices, context windows, capabilities and scores side by side.",
    };
    fitting(sentences.chain([columns.to_owned()]), text::DESCRIPTION)
}

fn by(cx: &Context<'_>, view: &View, base: &LinkBase) -> Option<Text> {
    let View::Family(developer, _) = view else { return None };
    let name = cx.catalog.developers.get(developer)?.name.clone();
    Some(Text::of("Family by ").link(name, base.href(&urls::developer(developer))))
}

fn rest(members: &Members, shown: usize, view: &View, base: &LinkBase) -> Option<Text> {
    let all = grouped(members.len());
    let text = Text::of(format!("These are the first {shown} of {all}. "));
    (members.len() > shown).then(|| match view {
        View::Family(developer, _) => text
            .link("All models of the developer", base.href(&urls::developer(developer)))
            .say(" have pages of their own."),
        _ => text.link("The catalogue", base.href(&urls::home())).say(" has all models."),
    })
}

/// The models of a family, newest first, as a list from the oldest on. Empty where nobody follows anybody.
fn lineage(cx: &Context<'_>, models: &[&Model], base: &LinkBase) -> Vec<Member> {
    let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
    let members = models.iter().rev().map(|model| {
        let predecessors = overview.predecessors(cx.catalog, &model.id);
        member(cx, model, &predecessors, base)
    });
    let members: Vec<Member> = members.collect();
    if members.iter().all(|member| member.lineage.is_empty()) { Vec::new() } else { members }
}

#[cfg(test)]
mod tests;
