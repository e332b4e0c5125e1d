//! A provider: what it serves at what price, how that differs from the developers' own terms, and what it does with data.

mod difference;
mod lines;

use askama::Template;

pub(super) use self::difference::Tally;
use self::lines::OfferRows;
pub(super) use self::lines::rows_of;
use super::changes::{self, Beside, Section};
use super::figure::{Figure, align};
use super::paging::{self, MOST_ROWS, Pager, Part};
use super::plate::PlateLine;
use super::sources::{Citations, Sources};
use super::terms::{policy_in_words, told_once};
use super::text::{self, Text, counted, first_that_fits, fitting, sentence};
use super::{Context, Head, Layout, Page, link_base};
use crate::catalog::{Catalog, Listings, Model, Offer, Provider, ProviderId};
use crate::theme::{Script, Sheet};
use crate::urls::{self, LinkBase};

/// What the page takes from a source, as the list of sources says it.
const OFFERS: &str = "offers";
const DATA: &str = "data policy";

/// The page of one provider.
#[derive(Debug, Template)]
#[template(path = "pages/provider.html")]
struct ProviderPage {
    layout: Layout,
    /// Link to the catalogue.
    home: String,
    /// Link to all providers.
    providers: String,
    name: String,
    /// Whether the name is so long that it needs smaller type.
    long_name: bool,
    /// `Provider`, or whose own service it is.
    by: String,
    lead: Option<String>,
    plate: Vec<PlateLine>,
    /// How many offers there are, in which order and unit.
    note: String,
    /// How they compare with the developers' own prices.
    tally: Option<String>,
    today: Table,
    other_times: Option<Table>,
    /// What authors say of offers.
    remarks: Vec<Text>,
    pager: Option<Pager>,
    /// How prices changed; on the first page only.
    changes: Option<Section>,
    data: Data,
    sources: Sources,
}

/// A table of offers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    offers: Vec<OfferRows>,
    /// Whether a price has a condition.
    conditions: bool,
    /// Whether a price has no column.
    others: bool,
    /// Whether there is an offer that is not the developer's own.
    compared: bool,
    /// Whether something differs from the developers' own terms.
    differences: bool,
}

/// What the provider does with prompts and answers.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Data {
    note: Text,
    lines: Vec<DataLine>,
}

/// A question about data and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DataLine {
    question: &'static str,
    /// `None` when nobody has said.
    answer: Option<String>,
}

/// What stands on which page of a provider.
pub(super) fn parts(catalog: &Catalog, listings: &Listings, provider: &ProviderId) -> Vec<Part> {
    paging::cut(listings.offers_of(catalog, provider).map(|(_, offer)| rows_of(offer)), MOST_ROWS)
}

/// A page of a provider.
pub(super) fn render(cx: &Context<'_>, provider: &Provider, part: &Part) -> Page {
    let url = urls::page_of(&urls::provider(&provider.id), part.page);
    let producer = format!("provider `{}`", provider.id);
    Page::new(url, producer, Some(provider.origin.file), &view(cx, provider, part), Vec::new())
}

fn view(cx: &Context<'_>, provider: &Provider, part: &Part) -> ProviderPage {
    let list = urls::provider(&provider.id);
    let url = urls::page_of(&list, part.page);
    let base = link_base(cx.catalog, &url);
    let all = cx.listings.number_of_offers(cx.catalog, &provider.id);
    let shown: Vec<(&Model, &Offer)> =
        cx.listings.offers_between(cx.catalog, &provider.id, part.entries.clone()).collect();
    let mut citations = Citations::new(cx.catalog);
    let today = table(shown.iter().map(|offer| lines::today(cx, &base, *offer, &mut citations)).collect());
    let other_times: Vec<OfferRows> =
        shown.iter().filter_map(|offer| lines::other_times(cx, &base, *offer, &mut citations)).collect();
    let changes = cx.listings.changes(cx.catalog).of_provider(&provider.id);
    let changes = Some(changes).filter(|_| part.page == 1);
    let changes = changes.and_then(|all| changes::section(cx, &base, all, Beside::OfProvider, &mut citations));
    let data = data(provider, &mut citations);
    let tiered = shown.iter().any(|(_, offer)| offer.prices.on(cx.today).any(|price| price.conditions.above.is_some()));
    let own = provider.developer.as_ref().and_then(|id| cx.catalog.developers.get(id));
    let (title, description) = title_and_description(provider, all, part);
    let head = Head {
        url: &url,
        title,
        description,
        kind: "website",
        sheet: Sheet::List,
        scripts: if provider.base_url.is_some() { &[Script::Copy] } else { &[] },
        as_of: citations.as_of(),
    };
    ProviderPage {
        layout: Layout::new(cx, head),
        home: base.href(&urls::home()),
        providers: base.href(&urls::providers()),
        name: provider.name.clone(),
        long_name: text::is_long_name(&provider.name),
        by: own.map_or_else(|| "Provider".to_owned(), |developer| format!("{}’s own service", developer.name)),
        lead: provider.description.clone(),
        plate: plate(cx, provider, all, &base),
        note: note(all, part, tiered),
        tally: tally(cx, provider, part),
        today,
        other_times: (!other_times.is_empty()).then(|| table(other_times)),
        remarks: remarks(&shown),
        pager: Pager::new(&list, part.page, part.pages, &base),
        changes,
        data,
        sources: citations.finish(None),
    }
}

fn plate(cx: &Context<'_>, provider: &Provider, offers: usize, base: &LinkBase) -> Vec<PlateLine> {
    let developer = provider.developer.as_ref().and_then(|id| cx.catalog.developers.get(id));
    let base_url = provider.base_url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
    let mut plate = vec![
        PlateLine::copied("Base URL", base_url),
        PlateLine::web("Home page", provider.url.as_ref()),
        PlateLine::web("Docs", provider.docs.as_ref()),
    ];
    plate.extend(developer.map(|developer| {
        let link = Text::default().link(developer.name.clone(), base.href(&urls::developer(&developer.id)));
        PlateLine::new("Developer", Some(link))
    }));
    let offers = if offers == 0 { "none on file".to_owned() } else { counted(offers, "offer") };
    plate.push(PlateLine::new("Serves", Some(Text::of(offers))));
    plate
}

fn note(all: usize, part: &Part, tiered: bool) -> String {
    let order = match all {
        0 => return "No offer of this provider is on file.".to_owned(),
        1 => "1 offer.".to_owned(),
        all if part.pages == 1 => format!("{}, by developer and newest model first.", counted(all, "offer")),
        all => format!(
            "{} to {} of {}, by developer and newest model first.",
            part.entries.start + 1,
            part.entries.end,
            counted(all, "offer")
        ),
    };
    let tier =
        if tiered { " A context tier goes by the length of the prompt and prices the whole request." } else { "" };
    format!(
        "{order} Prices in US dollars per 1M tokens, unless another unit or currency stands beside the figure.{tier}"
    )
}

/// How all offers of the provider compare with the developers' own; on the first page only.
fn tally(cx: &Context<'_>, provider: &Provider, part: &Part) -> Option<String> {
    let tally = || Tally::of(cx.listings.offers_of(cx.catalog, &provider.id), cx.today);
    let words = (part.page == 1).then(tally)?.words()?;
    Some(format!("Beside the developers’ own prices, blended: {words}."))
}

fn table(mut offers: Vec<OfferRows>) -> Table {
    let columns: [fn(&mut lines::Line) -> &mut Figure; 3] =
        [|line| &mut line.input, |line| &mut line.cache_read, |line| &mut line.output];
    for column in columns {
        align(offers.iter_mut().flat_map(|offer| &mut offer.lines).map(column));
    }
    let lines = || offers.iter().flat_map(|offer| &offer.lines);
    Table {
        conditions: lines().any(|line| !line.plain),
        others: lines().any(|line| !line.others.is_empty()),
        compared: offers.iter().any(|offer| !offer.own),
        differences: lines().any(|line| line.difference.iter().any(|part| part.differs))
            || offers.iter().any(|offer| offer.terms.iter().any(|term| term.differs)),
        offers,
    }
}

/// What the author says of offers and of their prices: the same words once for all of them.
fn remarks(offers: &[(&Model, &Offer)]) -> Vec<Text> {
    let said = offers.iter().flat_map(|(model, offer)| {
        let terms = [&offer.region, &offer.quantization].into_iter().flatten();
        let name: Vec<&str> = std::iter::once(&model.name).chain(terms).map(String::as_str).collect();
        let name = name.join(", ");
        let notes = offer.prices.prices.iter().map(|price| &price.provenance).chain([&offer.provenance]);
        notes.filter_map(|provenance| provenance.note.as_deref()).map(move |note| (name.clone(), sentence(note)))
    });
    told_once(said)
}

fn data(provider: &Provider, citations: &mut Citations<'_>) -> Data {
    let policy = &provider.data_policy;
    let known = policy.retention.is_some() || policy.trains_on_data.is_some() || policy.regions.is_some();
    let note = match (&policy.url, known) {
        (Some(url), true) => Text::of("As ").web("the provider says", url.as_str()),
        (Some(url), false) => {
            Text::of("What is done with prompts and answers is not on file; see ").web("its policy", url.as_str())
        }
        (None, true) => Text::of("As far as it is on file"),
        (None, false) => Text::of("What is done with prompts and answers is not on file"),
    };
    let provenance = &provider.provenance;
    let mark = if known { citations.cite(provenance, DATA) } else { None };
    let note = match provenance.as_of.filter(|_| known) {
        Some(date) => note.say(", as of ").date(date),
        None => note,
    };
    let trains = policy.trains_on_data.map(|trains| if trains { "yes" } else { "no" }.to_owned());
    let lines = vec![
        DataLine { question: "How long they are kept", answer: policy.retention.clone() },
        DataLine { question: "Whether models are trained on them", answer: trains },
        DataLine { question: "Where they are processed", answer: policy.regions.clone() },
    ];
    Data { note: note.mark(mark).say("."), lines: if known { lines } else { Vec::new() } }
}

fn title_and_description(provider: &Provider, offers: usize, part: &Part) -> (String, String) {
    let name = &provider.name;
    let end = paging::title_end(part.page);
    let titles =
        [format!("{name}: prices of its AI models{end}"), format!("{name}: model prices{end}"), format!("{name}{end}")];
    let data = policy_in_words(&provider.data_policy);
    let sentences = [
        Some(match offers {
            0 => format!("No offer of {name} is on file here."),
            offers => format!("{} by {name}: what each model costs there.", counted(offers, "offer")),
        }),
        paging::page_sentence(part.page, part.pages),
        Some("Every tier and unit, beside the developers’ own prices and limits.".to_owned()),
        Some(data).filter(|data| !data.is_empty()).map(|data| format!("Your data: {}", sentence(&data))),
        Some("Base URL, docs, data policy, sources.".to_owned()),
    ];
    let description = fitting(sentences.into_iter().flatten(), text::DESCRIPTION);
    (first_that_fits(titles, text::TITLE), description)
}

#[cfg(test)]
mod tests;
