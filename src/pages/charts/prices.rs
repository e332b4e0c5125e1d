//! Prices over time: a drawing for each offer of which a price moved, those with the newest moves first.

use askama::Template;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::{Charge, Currency, Model, Money, Offer, Price, PriceChange, Unit};
use crate::charts::{self, Calendar, Scale, Step, Steps};
use crate::html::Html;
use crate::pages::changes::words;
use crate::pages::figure::{Figure, align, conditions, per};
use crate::pages::paging::MOST_WIDE_ROWS;
use crate::pages::sources::{Citations, Sources};
use crate::pages::text::{Text, capital, counted, listed};
use crate::pages::{Context, DateWords, Head, Layout, Page, link_base};
use crate::theme::Sheet;
use crate::urls::{self, LinkBase};

use super::words::short;

/// So many offers are drawn at most.
const MOST_DRAWN: usize = 18;

/// What the page takes from a source, as the list of sources says it.
const PRICES: &str = "prices";

/// The page.
#[derive(Template)]
#[template(path = "pages/charts/prices.html")]
struct Prices {
    layout: Layout,
    /// Link to the catalogue.
    catalogue: String,
    /// Link to all charts.
    charts: String,
    lead: String,
    histories: Vec<History>,
    sources: Sources,
}

/// An offer over time.
struct History {
    /// Its name in the page.
    id: String,
    model: String,
    href: String,
    /// Who offers it, and what the drawn prices are per.
    about: Text,
    key: Vec<KeyItem>,
    /// What is measured from bottom to top.
    unit: String,
    /// `None` where no price is an amount.
    plot: Option<Html>,
    rows: Vec<Row>,
}

/// A line of the legend.
struct KeyItem {
    form: Html,
    words: String,
}

/// A price and when it held.
struct Row {
    /// What it is for.
    what: String,
    from: Option<DateWords>,
    until: Option<DateWords>,
    amount: Figure,
    /// By how much it is another than before: `−20%`.
    change: String,
}

/// The prices of one component under the same conditions, one after another.
type Series<'a> = &'a [Price];

/// Whether there is something to draw.
pub(super) fn is_drawn(cx: &Context<'_>) -> bool {
    cx.listings.moved_offers(cx.catalog).len() > 0
}

/// Whether a price of a model moved.
pub(super) fn moved(model: &Model) -> bool {
    model.offers.iter().any(|offer| offer.prices.moved_series().next().is_some())
}

/// The page.
pub(super) fn render(cx: &Context<'_>) -> Page {
    let url = urls::chart_of_prices();
    let base = link_base(cx.catalog, &url);
    let mut citations = Citations::new(cx.catalog);
    let all = cx.listings.moved_offers(cx.catalog);
    let number = all.len();
    let mut histories: Vec<History> = Vec::new();
    let mut rows = 0;
    for (at, (model, offer)) in all.take(MOST_DRAWN).enumerate() {
        // At least one is shown, however many rows it has.
        rows += offer.prices.moved_series().map(<[Price]>::len).sum::<usize>();
        if rows > MOST_WIDE_ROWS && at > 0 {
            break;
        }
        histories.push(history(cx, &base, (at + 1, model, offer), &mut citations));
    }
    let head = Head {
        url: &url,
        title: "Prices of AI models over time".to_owned(),
        description: format!(
            "How the prices of {} of AI models moved, drawn and as tables, each with its dates and sources.",
            counted(number, "offer")
        ),
        kind: "website",
        sheet: Sheet::Chart,
        scripts: &[],
        as_of: citations.as_of(),
    };
    let page = Prices {
        layout: Layout::new(cx, head),
        catalogue: base.href(&urls::home()),
        charts: base.href(&urls::charts()),
        lead: lead(number, histories.len()),
        sources: citations.finish(None),
        histories,
    };
    Page::new(url, "the chart of prices", None, &page, Vec::new())
}

fn lead(all: usize, shown: usize) -> String {
    let all_words = counted(all, "offer");
    if shown < all {
        format!(
            "A price of {all_words} moved. The {shown} with the newest moves are drawn; all others stand on the models’ cards."
        )
    } else {
        format!("A price of {all_words} moved: when, from what and to what, the newest moves first.")
    }
}

/// What a price is for: `input`, `output, batch`.
fn what(price: &Price) -> String {
    let mut words = vec![price.component.word().to_owned()];
    words.extend(conditions(&price.conditions));
    words.join(", ")
}

/// The amount of a price, when it is one.
fn amount(price: &Price) -> Option<&Money> {
    match &price.charge {
        Charge::Amount(money) => Some(money),
        Charge::NotApplicable | Charge::InPlan => None,
    }
}

fn history(
    cx: &Context<'_>,
    base: &LinkBase,
    (number, model, offer): (usize, &Model, &Offer),
    citations: &mut Citations<'_>,
) -> History {
    let href = base.href(&urls::model(model));
    let all: Vec<Series<'_>> = offer.prices.moved_series().collect();
    // What has the same unit and currency can lie on one scale: that of the first.
    let scale =
        all.iter().find_map(|prices| prices.iter().find_map(|price| Some((price.unit, &amount(price)?.currency))));
    let fits = |prices: &&Series<'_>| {
        prices.iter().all(|price| amount(price).is_none_or(|money| Some((price.unit, &money.currency)) == scale))
            && prices.iter().any(|price| amount(price).is_some())
    };
    let lines: Vec<Series<'_>> = all.iter().copied().filter(|prices| fits(&prices)).take(charts::MOST_LINES).collect();
    let names: Vec<String> = lines.iter().map(|prices| what(&prices[0])).collect();
    let plot = scale.map(|scale| plot(cx, &href, (number, model, offer), &lines, scale));
    let mut rows: Vec<Row> = all.iter().flat_map(|prices| table(prices, citations)).collect();
    align(rows.iter_mut().map(|row| &mut row.amount));
    let region = offer.region.as_ref().map_or_else(String::new, |region| format!(", {region}"));
    let provider = offer.provider.as_ref().and_then(|id| cx.catalog.providers.get(id));
    let about = match provider {
        Some(provider) => Text::of("Offered by ")
            .link(provider.name.clone(), base.href(&urls::provider(&provider.id)))
            .say(format!("{region}.")),
        None => Text::of(format!("Offered by {}{region}.", cx.catalog.developer(model).name)),
    };
    let about = match all.len() - lines.len() {
        0 => about,
        1 => about.say(" One more price stands in the table only."),
        more => about.say(format!(" {more} more prices stand in the table only.")),
    };
    History {
        id: format!("h{number}"),
        model: model.name.clone(),
        href,
        about,
        key: (1..).zip(names).map(|(line, words)| KeyItem { form: charts::line_key(line), words }).collect(),
        unit: scale.map_or_else(String::new, |(unit, currency)| in_unit(unit, currency)),
        plot,
        rows,
    }
}

/// `US$ per 1M tokens`
fn in_unit(unit: Unit, currency: &Currency) -> String {
    let currency = if currency.is_usd() { "US$" } else { currency.code() };
    format!("{currency} {}", per(unit))
}

fn table(prices: Series<'_>, citations: &mut Citations<'_>) -> Vec<Row> {
    let before = std::iter::once(None).chain(prices.iter().map(Some));
    let rows = prices.iter().zip(before).map(|(price, before)| {
        let mut amount = match price.unit {
            Unit::MillionTokens => Figure::charge(&price.charge),
            _ => Figure::per_unit(price),
        };
        amount.mark = citations.cite(&price.provenance, PRICES);
        Row {
            what: capital(&what(price)),
            from: price.from.map(DateWords::from),
            until: price.until.map(DateWords::from),
            amount,
            change: before.map_or_else(String::new, |before| change(before, price)),
        }
    });
    rows.collect()
}

/// `−20%`; `about −33.3%` where it was rounded; empty where no percentage says it.
fn change(before: &Price, after: &Price) -> String {
    let moved = PriceChange::Moved(before, after);
    let Some((ratio, (how, figure))) = moved.ratio().and_then(|ratio| Some((ratio, words::percent(ratio)?))) else {
        return String::new();
    };
    let sign = if ratio.is_rise() { "+" } else { "−" };
    format!("{how}{sign}{figure}")
}

fn plot(
    cx: &Context<'_>,
    href: &str,
    (number, model, offer): (usize, &Model, &Offer),
    lines: &[Series<'_>],
    (unit, currency): (Unit, &Currency),
) -> Html {
    let every = || lines.iter().flat_map(|prices| prices.iter());
    let dates = every().flat_map(|price| [price.from, price.until]).flatten();
    let calendar = Calendar::around(dates.chain(model.came_out()).chain([cx.today]));
    let float = |money: &Money| money.amount.to_f64().unwrap_or(0.0);
    let scale = Scale::linear(every().filter_map(amount).map(float).chain([0.0]));
    let ends_open = |price: &Price| price.until.map_or(1.0, |until| calendar.end(until));
    let begins_open = || model.came_out().map_or(0.0, |date| calendar.beginning(date));
    let lines = lines.iter().map(|prices| {
        let steps = prices.iter().enumerate().filter_map(|(at, price)| {
            let money = amount(price)?;
            // A price that goes on in the next one ends where that one begins.
            let next = prices.get(at + 1).filter(|next| price.until.zip(next.from).is_some_and(|(a, b)| a.meets(b)));
            let to = next.and_then(|next| next.from).map_or_else(|| ends_open(price), |from| calendar.beginning(from));
            let last = at + 1 == prices.len();
            Some(Step {
                from: price.from.map_or_else(begins_open, |from| calendar.beginning(from)).min(to),
                to,
                up: scale.place(float(money)),
                name: if last { format!("{} {money}", what(price)) } else { money.to_string() },
                title: format!("{} {money}{}", what(price), when(price)),
                href: href.to_owned(),
            })
        });
        steps.collect()
    });
    let said: Vec<String> = every_last(lines.clone()).map(|step: Step| step.title).collect();
    let by = offer
        .provider
        .as_ref()
        .and_then(|id| cx.catalog.providers.get(id))
        .map_or_else(String::new, |provider| format!(" of {}", provider.name));
    charts::steps(&Steps {
        id: format!("p{number}"),
        title: format!("Prices of {}{by} over time, {}", model.name, in_unit(unit, currency)),
        description: format!("Last: {}. The table has every price.", listed(&said)),
        calendar,
        scale,
        words: &|value: Decimal| match currency.sign() {
            Some(sign) => format!("{sign}{}", short(value)),
            None => short(value),
        },
        lines: lines.collect(),
    })
}

/// The last step of each line.
fn every_last(lines: impl Iterator<Item = Vec<Step>>) -> impl Iterator<Item = Step> {
    lines.filter_map(|line: Vec<Step>| line.into_iter().last())
}

/// ` from 1 May 2026 until 30 Jun 2026`
fn when(price: &Price) -> String {
    let from = price.from.map_or_else(String::new, |date| format!(" from {}", date.long()));
    let until = price.until.map_or_else(String::new, |date| format!(" until {}", date.long()));
    format!("{from}{until}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::charts::{Chart, list};
    use crate::pages::example;

    fn row(component: &str, amount: &str, rest: &str) -> String {
        format!("[[price.row]]\ncomponent = \"{component}\"\namount = {amount}\n{rest}\n")
    }

    const BEFORE: &str = "until = 2026-02-28";
    const AFTER: &str = "from = 2026-03-01";

    fn page(models: &[String]) -> Option<String> {
        let paths: Vec<String> = (0..models.len()).map(|at| format!("models/acme/m{at:03}.toml")).collect();
        let texts: Vec<String> =
            models.iter().enumerate().map(|(at, text)| format!("name = \"M{at}\"\n{text}")).collect();
        let files: Vec<(&str, &str)> =
            paths.iter().zip(&texts).map(|(path, text)| (path.as_str(), text.as_str())).collect();
        example::with(&files, |cx| {
            assert_eq!(is_drawn(cx), cx.catalog.models.values().any(moved));
            assert_eq!(is_drawn(cx), list(cx).iter().any(|(_, chart)| *chart == Chart::Prices));
            is_drawn(cx).then(|| render(cx).html)
        })
    }

    #[test]
    fn prices_that_moved_are_drawn_and_told_with_what_they_moved_by() {
        let moved = row("input", "3", BEFORE)
            + &row("input", "2", AFTER)
            + &row("output", "8", BEFORE)
            + &row("output", "10", AFTER)
            + &row("cache read", "1", "");
        let html = page(&[moved]).unwrap();
        for said in [
            "A price of 1 offer moved: when, from what and to what, the newest moves first.",
            "<title>input $3.00 until 28 Feb 2026</title>",
            "<title>input $2.00 from 1 Mar 2026</title>",
            "Last: input $2.00 from 1 Mar 2026 and output $10.00 from 1 Mar 2026. The table has every price.",
            "about −33.3%",
            "+25%",
            "US$ per 1M tokens",
            "Offered by Acme.",
        ] {
            assert!(html.contains(said), "{said}: {html}");
        }
        assert!(html.contains("class=\"l2\"") && !html.contains("class=\"l3\"") && !html.contains("cache read"));
    }

    #[test]
    fn what_did_not_move_is_not_drawn() {
        assert_eq!(page(&["price = { input = 1, output = 2 }".to_owned()]), None);
        // The same amount under another row, and a price that only began.
        let same = row("input", "3", BEFORE) + &row("input", "3.00", AFTER) + &row("output", "3", AFTER);
        assert_eq!(page(&[same]), None);
    }

    #[test]
    fn other_currencies_and_units_stand_in_the_table_only() {
        let per_image = |amount: &str, rest: &str| row("output", amount, &format!("unit = \"image\"\n{rest}"));
        let euros = |amount: &str, rest: &str| row("cache read", amount, &format!("currency = \"EUR\"\n{rest}"));
        let moved = row("input", "3", BEFORE)
            + &row("input", "2", AFTER)
            + &per_image("0.5", BEFORE)
            + &per_image("0.25", AFTER)
            + &euros("1", BEFORE)
            + &euros("2", AFTER);
        let html = page(&[moved]).unwrap();
        assert!(html.contains("2 more prices stand in the table only."), "{html}");
        assert!(html.contains("$0.25/image") && html.contains("€2.00") && html.contains("−50%"), "{html}");
        assert!(!html.contains("class=\"l2\""));
    }

    #[test]
    fn only_the_newest_moves_are_drawn_where_there_are_many() {
        let moved = |day: usize| {
            let (until, from) = (format!("until = 2026-01-{day:02}"), format!("from = 2026-01-{:02}", day + 1));
            row("input", "3", &until) + &row("input", "2", &from)
        };
        let html = page(&(1..=30).map(moved).collect::<Vec<_>>()).unwrap();
        assert!(html.contains("A price of 30 offers moved. The 18 with the newest moves are drawn;"), "{html}");
        assert_eq!(html.matches("<figure").count(), 18);
        assert!(html.find(">M29</a>").unwrap() < html.find(">M28</a>").unwrap() && !html.contains(">M5</a>"));
    }
}
