//! What all models that are served cost: only what is of one unit and currency stands in one table, cheapest first.

mod conditions;
mod jobs;
mod table;

use askama::Template;

use self::jobs::Jobs;
use self::table::Table;
use super::figure::Figure;
use super::paging::{self, MOST_WIDE_ROWS, Pager};
use super::plate::PlateLine;
use super::sources::{Citations, Sources};
use super::text::{DESCRIPTION, Text, counted, fitting, grouped};
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{BLEND, Catalog, Date, Listings, Model, Offer, PriceKind, PriceOrder, Pricing};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

/// What the pages take from a source, as the list of sources says it.
pub(super) const PRICES: &str = "prices";

/// A page of all prices.
#[derive(Debug, Template)]
#[template(path = "pages/pricing.html")]
struct PricingPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// Link to the first page of all prices, where this is another.
    first: Option<String>,
    /// Which page or order this is.
    here: String,
    lead: String,
    plate: Vec<PlateLine>,
    /// What the workloads of the site cost at least.
    jobs: Option<Jobs>,
    tables: Vec<Table>,
    /// Which of all entries these are, and where the others are.
    shown: Option<Text>,
    pager: Option<Pager>,
    sources: Sources,
}

/// How many pages all prices of a day take.
pub(super) fn pages(catalog: &Catalog, listings: &Listings, today: Date) -> usize {
    paging::pages(listings.pricing(catalog, today).len(), MOST_WIDE_ROWS)
}

/// A page of all prices, counted from one: the groups one behind the other, each in its own order.
pub(super) fn render(cx: &Context<'_>, number: usize) -> Option<Page> {
    let url = urls::page_of(&urls::pricing(), number);
    Some(Page::new(url, "the list of prices", None, &view(cx, number)?, Vec::new()))
}

/// The prices per 1M tokens in another order, the first of them.
pub(super) fn render_by(cx: &Context<'_>, order: PriceOrder) -> Page {
    let producer = format!("the list of prices by {}", order.name());
    Page::new(urls::pricing_by(order), producer, None, &view_by(cx, order), Vec::new())
}

fn view(cx: &Context<'_>, number: usize) -> Option<PricingPage> {
    let pricing = cx.listings.pricing(cx.catalog, cx.today);
    let entries = paging::on_page(number, pricing.len(), MOST_WIDE_ROWS)?;
    let url = urls::page_of(&urls::pricing(), number);
    let base = link_base(cx.catalog, &url);
    let pages = paging::pages(pricing.len(), MOST_WIDE_ROWS);
    let mut citations = Citations::new(cx.catalog);
    let parts = paging::of_each(entries.clone(), pricing.groups.iter().map(|group| group.entries.len()));
    let table = |(at, range): (usize, _)| table::table(cx, &base, &pricing.groups[at], range, &mut citations);
    let tables = parts.map(table).collect();
    let first = number == 1;
    let sentences = [
        Some(match pricing.tokens().len() {
            1 => "What 1 AI model costs, in US dollars per 1M tokens.".to_owned(),
            models => format!("What {} cost, in US dollars per 1M tokens.", counted(models, "AI model")),
        }),
        paging::page_sentence(number, pages),
        Some(format!("Input, cache read, output, blended {}:{}.", BLEND.0, BLEND.1)),
        Some("Other units apart.".to_owned()),
        Some("Each with its source and date.".to_owned()),
    ];
    let description = fitting(sentences.into_iter().flatten(), DESCRIPTION);
    let title = format!("Prices of AI models, cheapest first{}", paging::title_end(number));
    let as_of = citations.as_of();
    let head = Head { url: &url, title, description, kind: "website", sheet: Sheet::List, scripts: &[], as_of };
    let shown = (pages > 1).then(|| {
        let [from, to, all] = [entries.start + 1, entries.end, pricing.len()].map(grouped);
        Text::of(format!("Prices {from} to {to} of {all}."))
    });
    Some(PricingPage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        first: (!first).then(|| base.href(&urls::pricing())),
        here: if first { "prices".to_owned() } else { format!("page {number} of {pages}") },
        lead: lead(pricing),
        plate: if first { plate(cx, pricing, &base) } else { Vec::new() },
        jobs: first.then(|| jobs::jobs(cx, &base)).flatten(),
        tables,
        shown,
        pager: Pager::new(&urls::pricing(), number, pages, &base),
        sources: citations.finish(None),
    })
}

fn view_by(cx: &Context<'_>, order: PriceOrder) -> PricingPage {
    let pricing = cx.listings.pricing(cx.catalog, cx.today);
    let url = urls::pricing_by(order);
    let base = link_base(cx.catalog, &url);
    let mut citations = Citations::new(cx.catalog);
    let table = table::in_order(cx, &base, pricing, order, &mut citations);
    let by = words(order);
    let sentences = [
        format!("What AI models cost, by {by}, in US dollars per 1M tokens."),
        format!("Input, cache read, output, blended {}:{}.", BLEND.0, BLEND.1),
        "Each with its source and date.".to_owned(),
    ];
    let head = Head {
        url: &url,
        title: format!("Prices of AI models by {by}"),
        description: fitting(sentences, DESCRIPTION),
        kind: "website",
        sheet: Sheet::List,
        scripts: &[],
        as_of: citations.as_of(),
    };
    let all = pricing.tokens().len();
    let shown = (all > MOST_WIDE_ROWS).then(|| {
        let all = grouped(all);
        Text::of(format!("The first {MOST_WIDE_ROWS} of {all} in this order. All of them stand "))
            .link("in the order of their blended price", base.href(&urls::pricing()))
            .say(".")
    });
    PricingPage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        first: Some(base.href(&urls::pricing())),
        here: format!("by {by}"),
        lead: lead(pricing),
        plate: Vec::new(),
        jobs: None,
        tables: table.into_iter().collect(),
        shown,
        pager: None,
        sources: citations.finish(None),
    }
}

/// `input price`
fn words(order: PriceOrder) -> &'static str {
    match order {
        PriceOrder::Blended => "blended price",
        PriceOrder::Input => "input price",
        PriceOrder::CacheRead => "cache read price",
        PriceOrder::Output => "output price",
        PriceOrder::Context => "context window",
    }
}

fn lead(pricing: &Pricing) -> String {
    if pricing.is_empty() {
        return "No model of this catalogue is served, so nothing has a price.".to_owned();
    }
    let others = pricing.groups.iter().any(|group| matches!(group.kind, PriceKind::PerUnit(..)));
    let apart = if others { " Prices per image, minute or search stand apart: they cannot be compared." } else { "" };
    format!(
        "What every model costs that is served: at its developer’s own price, or where it has none at the lowest that a \
         provider asks.{apart}"
    )
}

/// The figures of all prices, and where the groups are.
fn plate(cx: &Context<'_>, pricing: &Pricing, base: &LinkBase) -> Vec<PlateLine> {
    let mut lines = Vec::new();
    let blend = format!(" blended {}:{}", BLEND.0, BLEND.1);
    if let Some((low, median, high)) = pricing.blended() {
        let cheapest = pricing.tokens().first().map(|entry| cx.catalog.model(entry.model));
        let text = Text::of(format!("{} ", Figure::dollars(low).text));
        let text = match cheapest {
            Some(model) => text.link(model.name.clone(), base.href(&urls::model(model))),
            None => text,
        };
        lines.push(PlateLine::new("Lowest", Some(text)));
        lines.push(PlateLine::new("Median", Some(Text::of(format!("{}{blend}", Figure::dollars(median).text)))));
        lines.push(PlateLine::new("Highest", Some(Text::of(Figure::dollars(high).text))));
    }
    let mut kinds: Vec<(&'static str, &'static str, usize, String)> = Vec::new();
    let mut before = 0;
    for group in &pricing.groups {
        let (term, noun) = match group.kind {
            PriceKind::Tokens => ("Per tokens", "model"),
            PriceKind::NoCharge => ("No charge", "offer"),
            PriceKind::PerUnit(..) => ("Other units", "price"),
            PriceKind::OtherCurrency(_) => ("Currencies", "price"),
            PriceKind::InPlan => ("In a plan", "model"),
            PriceKind::Unknown => ("Not known", "model"),
        };
        match kinds.last_mut().filter(|(held, ..)| *held == term) {
            Some((_, _, count, _)) => *count += group.entries.len(),
            None => {
                let page = before / MOST_WIDE_ROWS + 1;
                let page = if page == 1 { String::new() } else { base.href(&urls::page_of(&urls::pricing(), page)) };
                kinds.push((term, noun, group.entries.len(), format!("{page}#{}", table::id(&group.kind))));
            }
        }
        before += group.entries.len();
    }
    lines.extend(
        kinds.into_iter().map(|(term, noun, count, href)| {
            PlateLine::new(term, Some(Text::default().link(counted(count, noun), href)))
        }),
    );
    if pricing.retired > 0 {
        lines.push(PlateLine::new("Left out", Some(Text::of(counted(pricing.retired, "retired model")))));
    }
    lines
}

/// Whose price it is: `OpenAI’s own`, `via Relay, EU`.
pub(super) fn whose(cx: &Context<'_>, base: &LinkBase, model: &Model, offer: &Offer) -> Text {
    if offer.own {
        let developer = cx.catalog.developer(model);
        return Text::default()
            .link(developer.name.clone(), base.href(&urls::developer(&developer.id)))
            .say(", list price");
    }
    let text = match offer.provider.as_ref().and_then(|id| cx.catalog.providers.get(id)) {
        Some(provider) => Text::of("via ").link(provider.name.clone(), base.href(&urls::provider(&provider.id))),
        None => Text::of("an offer"),
    };
    let terms = super::terms::terms(offer, None);
    terms.into_iter().fold(text, |text, term| text.say(format!(", {}", term.words)))
}

#[cfg(test)]
mod tests;
