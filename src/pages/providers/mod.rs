//! All providers in one table.

use std::collections::BTreeSet;

use askama::Template;

use super::paging::{self, MOST_ROWS, Pager};
use super::provider::Tally;
use super::terms::policy;
use super::text::{Text, counted};
use super::{Context, DateWords, Head, Layout, Page, link_base};
use crate::catalog::{Date, Model, Offer, Provider};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// The page of all providers.
#[derive(Debug, Template)]
#[template(path = "pages/providers.html")]
struct Providers {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    lead: String,
    /// What the columns show.
    note: String,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

/// One provider.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    name: String,
    href: String,
    /// Whose own service it is.
    developer: Option<Text>,
    models: usize,
    offers: usize,
    /// How its prices compare with the developers' own.
    tally: Tallied,
    /// What it does with prompts and answers.
    data: Option<Text>,
    /// The newest date of its prices.
    as_of: Option<DateWords>,
}

/// How a provider's prices compare with the developers' own.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tallied {
    words: String,
    /// Whether the words say why there is nothing to compare.
    quiet: bool,
}

/// How many pages so many providers take.
pub(super) fn pages(providers: usize) -> usize {
    paging::pages(providers, MOST_ROWS)
}

/// A page of the list; pages are counted from one.
pub(super) fn render(cx: &Context<'_>, page: usize) -> Option<Page> {
    let view = view(cx, page)?;
    Some(Page::new(urls::page_of(&urls::providers(), page), "the list of providers", None, &view, Vec::new()))
}

fn view(cx: &Context<'_>, page: usize) -> Option<Providers> {
    let url = urls::page_of(&urls::providers(), page);
    let base = link_base(cx.catalog, &url);
    let mut providers: Vec<(usize, &Provider)> = cx
        .catalog
        .providers
        .values()
        .map(|provider| (cx.listings.number_of_offers(cx.catalog, &provider.id), provider))
        .collect();
    providers
        .sort_by_key(|(offers, provider)| (std::cmp::Reverse(*offers), provider.name.to_lowercase(), &provider.id));
    let shown = providers.get(paging::on_page(page, providers.len(), MOST_ROWS)?)?;
    let end = paging::title_end(page);
    let count = counted(providers.len(), "provider");
    let rows: Vec<(Row, Option<Date>)> = shown.iter().map(|(_, provider)| row(cx, provider, &base)).collect();
    let head = Head {
        url: &url,
        title: format!("Providers of AI models{end}"),
        description: format!(
            "{count} of AI models{end}: what each serves, how its prices compare with the developers’ own, what it does with your data."
        ),
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: rows.iter().filter_map(|(_, as_of)| *as_of).max(),
    };
    Some(Providers {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        lead:
            "Who serves the models: how many each has on file, whether they cost less or more than from those who made \
               them, and what happens to your data."
                .to_owned(),
        note: note(providers.len()),
        rows: rows.into_iter().map(|(row, _)| row).collect(),
        pager: Pager::new(&urls::providers(), page, pages(providers.len()), &base),
    })
}

fn note(providers: usize) -> String {
    let order = match providers {
        0 => return "No provider is on file.".to_owned(),
        1 => "1 provider.".to_owned(),
        _ => format!("{}, those with most offers first.", counted(providers, "provider")),
    };
    format!(
        "{order} Prices are compared blended, three parts input and one part output, where both are known in US dollars per \
         1M tokens. An offer is a model in one region or form; the source and the date of each price stand on the \
         provider’s page."
    )
}

fn row(cx: &Context<'_>, provider: &Provider, base: &LinkBase) -> (Row, Option<Date>) {
    let offers: Vec<(&Model, &Offer)> = cx.listings.offers_of(cx.catalog, &provider.id).collect();
    let models: BTreeSet<_> = offers.iter().map(|(model, _)| &model.id).collect();
    let prices = offers.iter().flat_map(|(_, offer)| offer.prices.on(cx.today));
    let as_of = prices.filter_map(|price| price.provenance.as_of).max();
    let tally = match Tally::of(offers.iter().copied(), cx.today).words() {
        Some(words) => Tallied { words, quiet: false },
        None if offers.is_empty() => Tallied { words: "no offer".to_owned(), quiet: true },
        None if offers.iter().all(|(_, offer)| offer.own) => {
            Tallied { words: "the developer’s own".to_owned(), quiet: true }
        }
        None => Tallied { words: "not comparable".to_owned(), quiet: true },
    };
    let developer = provider.developer.as_ref().and_then(|id| cx.catalog.developers.get(id));
    let row = Row {
        name: provider.name.clone(),
        href: base.href(&urls::provider(&provider.id)),
        developer: developer
            .map(|developer| Text::default().link(developer.name.clone(), base.href(&urls::developer(&developer.id)))),
        models: models.len(),
        offers: offers.len(),
        tally,
        data: policy(&provider.data_policy),
        as_of: as_of.map(DateWords::from),
    };
    (row, as_of)
}

#[cfg(test)]
mod tests;
