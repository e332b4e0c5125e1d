//! Prices in a price table: as short keys, tiers, service tiers and rows.

use toml_edit::{ArrayOfTables, Item, Table, TableLike, Value};

use super::put;
use crate::importers::date::Date;
use crate::importers::price::{Component, Conditions, ServiceTier, Unit};
use crate::importers::slot::PriceKey;
use crate::importers::value::{date, plain, quoted, said};

/// Components that have a short key.
const SHORT: [(Component, &str); 5] = [
    (Component::Input, "input"),
    (Component::Output, "output"),
    (Component::CacheRead, "cache_read"),
    (Component::CacheWrite, "cache_write"),
    (Component::Reasoning, "reasoning"),
];

/// Where a price can stand in short.
enum Place {
    Top,
    Tier(u64),
    Service(&'static str),
    /// Only a row can say it.
    Row,
}

fn short_key(component: Component) -> Option<&'static str> {
    SHORT.into_iter().find(|(short, _)| *short == component).map(|(_, key)| key)
}

fn place(key: &PriceKey) -> Place {
    let Conditions { above, service_tier, modality, cache_ttl, region, hours, quality } = &key.conditions;
    let is_plain = [modality, cache_ttl, region, hours, quality].into_iter().all(Option::is_none);
    if !is_plain || key.unit != Unit::MillionTokens || short_key(key.component).is_none() {
        return Place::Row;
    }
    match (above, service_tier) {
        (None, None | Some(ServiceTier::Standard)) => Place::Top,
        (Some(above), None) => Place::Tier(*above),
        (None, Some(tier)) => Place::Service(tier.word()),
        _ => Place::Row,
    }
}

/// A price as it stands in a price table.
pub(super) struct Priced<'a> {
    pub(super) key: PriceKey,
    pub(super) value: &'a Value,
    currency: &'a str,
    /// Its own first and last day; those of the table are not among them.
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
}

impl Priced<'_> {
    /// The amount in one form, with its currency where that is not the dollar.
    pub(super) fn said(&self) -> String {
        with_currency(&said(self.value), self.currency)
    }
}

/// Every price of a table, on whatever days: short ones, tiers, service tiers, then rows.
pub(super) fn all(table: &dyn TableLike) -> Vec<Priced<'_>> {
    let currency = text(table, "currency").unwrap_or("USD");
    let mut prices = short(table, &Conditions::default(), currency);
    for tier in tiers(table).into_iter().flatten() {
        if let Some(above) = tier_above(tier) {
            prices.extend(short(tier, &Conditions { above: Some(above), ..Conditions::default() }, currency));
        }
    }
    for tier in ServiceTier::ALL.iter().copied().filter(|tier| *tier != ServiceTier::Standard) {
        if let Some(inner) = table.get(tier.word()).and_then(Item::as_table_like) {
            let conditions = Conditions { service_tier: Some(tier), ..Conditions::default() };
            prices.extend(short(inner, &conditions, currency));
        }
    }
    let rows = table.get("row").and_then(Item::as_array_of_tables);
    prices.extend(rows.into_iter().flatten().filter_map(|row| {
        let currency = text(row, "currency").unwrap_or(currency);
        let value = row.get("amount")?.as_value()?;
        Some(Priced { key: key_of(row)?, value, currency, from: day(row, "from"), until: day(row, "until") })
    }));
    prices
}

/// The prices per 1M tokens that a table has in short.
fn short<'a>(table: &'a dyn TableLike, conditions: &Conditions, currency: &'a str) -> Vec<Priced<'a>> {
    let prices = SHORT.into_iter().filter_map(|(component, name)| {
        let value = table.get(name)?.as_value()?;
        let key = PriceKey { component, unit: Unit::MillionTokens, conditions: conditions.clone() };
        Some(Priced { key, value, currency, from: None, until: None })
    });
    prices.collect()
}

/// The price that holds on this day.
pub(super) fn current(table: &dyn TableLike, key: &PriceKey, today: Date) -> Option<String> {
    let key = key.clone().standard();
    let price = all(table).into_iter().find(|price| price.key == key && within(price.from, price.until, today));
    price.map(|price| price.said())
}

fn with_currency(amount: &str, currency: &str) -> String {
    if currency == "USD" || amount.starts_with('"') { plain(amount) } else { plain(&format!("{amount} {currency}")) }
}

fn text<'a>(table: &'a dyn TableLike, key: &str) -> Option<&'a str> {
    table.get(key)?.as_str()
}

fn tiers(table: &dyn TableLike) -> Option<&ArrayOfTables> {
    table.get("tier")?.as_array_of_tables()
}

fn tier_above(tier: &Table) -> Option<u64> {
    u64::try_from(tier.get("above")?.as_integer()?).ok()
}

/// What a row is the price of; none where a word is none of the format.
fn key_of(row: &Table) -> Option<PriceKey> {
    let owned = |key: &str| text(row, key).map(str::to_owned);
    let conditions = Conditions {
        above: tier_above(row),
        service_tier: text(row, "service_tier").map(|word| ServiceTier::of(word).ok_or(())).transpose().ok()?,
        modality: owned("modality"),
        cache_ttl: owned("cache_ttl"),
        region: owned("region"),
        hours: owned("hours"),
        quality: owned("quality"),
    };
    let component = Component::of(text(row, "component")?)?;
    let unit = Unit::of(text(row, "unit").unwrap_or(Unit::MillionTokens.word()))?;
    Some(PriceKey { component, unit, conditions }.standard())
}

/// Whether a row is of this price, on whatever days.
fn is_of(row: &Table, key: &PriceKey) -> bool {
    key_of(row) == Some(key.clone().standard())
}

/// The date at a key of a row, or of the table of all prices.
pub(super) fn day(row: &dyn TableLike, key: &str) -> Option<Date> {
    let value = row.get(key)?.as_value()?;
    Date::parse(value.as_str().map_or_else(|| said(value), str::to_owned).as_str())
}

fn holds(row: &Table, today: Date) -> bool {
    within(day(row, "from"), day(row, "until"), today)
}

/// Whether a day is one of those from the first to the last, where there are such.
fn within(from: Option<Date>, until: Option<Date>, today: Date) -> bool {
    until.is_none_or(|until| !until.is_before(today)) && from.is_none_or(|from| !today.is_before(from))
}

/// Writes a price: in short where nothing has been at its place, and as a dated row where something has.
pub(super) fn set(table: &mut Table, key: &PriceKey, written: &str, today: Date) -> Result<(), String> {
    if current(table, key, today).is_some() {
        if let Some(row) = begun(table, key, today) {
            // It began today: this is another word about the same day.
            return amount(row, written);
        }
        end(table, key, today)?;
    }
    let had = rows(table).is_some_and(|rows| rows.iter().any(|row| is_of(row, key)));
    let (value, currency) = split(written);
    let fits = currency == text(table, "currency").unwrap_or("USD") || !is_amount(value);
    match (place(key), short_key(key.component)) {
        (Place::Top, Some(name)) if fits && !had => put(table, name, value),
        (Place::Tier(above), Some(name)) if fits && !had => {
            let tiers = table.entry("tier").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
            let tiers = tiers.as_array_of_tables_mut().ok_or("`tier` is no list of tables")?;
            if !tiers.iter().any(|tier| tier_above(tier) == Some(above)) {
                let mut tier = Table::new();
                put(&mut tier, "above", &super::super::value::number(above.into()))?;
                tiers.push(tier);
            }
            let tier = tiers.iter_mut().find(|tier| tier_above(tier) == Some(above));
            put(tier.ok_or("a tier that is not there")?, name, value)
        }
        (Place::Service(tier), Some(name)) if fits && !had => {
            let tier = table.entry(tier).or_insert_with(toml_edit::table);
            put(tier.as_table_like_mut().ok_or("a service tier that is no table")?, name, value)
        }
        _ => {
            let mut row = new_row(key)?;
            amount(&mut row, written)?;
            if had {
                put(&mut row, "from", &date(today))?;
            }
            push(table, row)
        }
    }
}

fn rows(table: &Table) -> Option<&ArrayOfTables> {
    table.get("row")?.as_array_of_tables()
}

/// The row that holds and began on this day.
fn begun<'a>(table: &'a mut Table, key: &PriceKey, today: Date) -> Option<&'a mut Table> {
    let rows = table.get_mut("row")?.as_array_of_tables_mut()?;
    rows.iter_mut().find(|row| is_of(row, key) && holds(row, today) && day(*row, "from") == Some(today))
}

fn split(written: &str) -> (&str, &str) {
    match written.rsplit_once(' ') {
        Some((value, currency)) if is_amount(value) => (value, currency),
        _ => (written, "USD"),
    }
}

fn is_amount(value: &str) -> bool {
    !value.starts_with('"')
}

fn amount(row: &mut Table, written: &str) -> Result<(), String> {
    let (value, currency) = split(written);
    put(row, "amount", value)?;
    if currency != "USD" {
        put(row, "currency", &quoted(currency))?;
    }
    Ok(())
}

fn new_row(key: &PriceKey) -> Result<Table, String> {
    let mut row = Table::new();
    put(&mut row, "component", &quoted(key.component.word()))?;
    if key.unit != Unit::MillionTokens {
        put(&mut row, "unit", &quoted(key.unit.word()))?;
    }
    let conditions = &key.conditions;
    if let Some(above) = conditions.above {
        put(&mut row, "above", &crate::importers::value::number(above.into()))?;
    }
    let texts = [
        ("service_tier", conditions.service_tier.map(|tier| tier.word().to_owned())),
        ("modality", conditions.modality.clone()),
        ("cache_ttl", conditions.cache_ttl.clone()),
        ("region", conditions.region.clone()),
        ("hours", conditions.hours.clone()),
        ("quality", conditions.quality.clone()),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            put(&mut row, key, &quoted(&text))?;
        }
    }
    Ok(row)
}

fn push(table: &mut Table, row: Table) -> Result<(), String> {
    let rows = table.entry("row").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    rows.as_array_of_tables_mut().ok_or("`row` is no list of tables")?.push(row);
    Ok(())
}

/// Ends the price that holds, on the day before: a short key becomes a row that can say so.
pub(super) fn end(table: &mut Table, key: &PriceKey, today: Date) -> Result<(), String> {
    let last = date(today.day_before());
    if let Some(rows) = table.get_mut("row").and_then(Item::as_array_of_tables_mut) {
        let at = rows.iter().position(|row| is_of(row, key) && holds(row, today));
        if let Some(at) = at {
            let row = rows.get_mut(at).ok_or("a row that is not there")?;
            if day(row, "from") == Some(today) {
                rows.remove(at);
                return Ok(());
            }
            return put(row, "until", &last);
        }
    }
    let Some(name) = short_key(key.component) else { return Ok(()) };
    let value = match place(key) {
        Place::Top => table.remove(name),
        Place::Tier(above) => {
            let Some(tiers) = table.get_mut("tier").and_then(Item::as_array_of_tables_mut) else { return Ok(()) };
            let value =
                tiers.iter_mut().find(|tier| tier_above(tier) == Some(above)).and_then(|tier| tier.remove(name));
            tiers.retain(|tier| tier.len() > 1);
            if tiers.is_empty() {
                table.remove("tier");
            }
            value
        }
        Place::Service(tier) => {
            let Some(inner) = table.get_mut(tier).and_then(Item::as_table_like_mut) else { return Ok(()) };
            let value = inner.remove(name);
            if inner.is_empty() {
                table.remove(tier);
            }
            value
        }
        Place::Row => None,
    };
    let Some(mut value) = value.and_then(|item| item.into_value().ok()) else { return Ok(()) };
    value.decor_mut().clear();
    let mut row = new_row(key)?;
    row.insert("amount", Item::Value(value));
    put(&mut row, "until", &last)?;
    push(table, row)
}

#[cfg(test)]
mod tests {
    use crate::importers::date::Date;
    use crate::importers::document::Document;
    use crate::importers::price::{Component, Conditions, ServiceTier, Unit};
    use crate::importers::slot::{PriceKey, Slot};

    fn price(conditions: Conditions) -> Slot {
        Slot::Price(None, PriceKey { component: Component::Input, unit: Unit::MillionTokens, conditions })
    }

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn a_change_is_two_dated_rows_and_the_rest_stays_as_it_was_written() {
        let text = "name = \"B\"   # mine\n\n[price]\ninput  = 1.10 # list\noutput = 4.40\n";
        let mut document = Document::parse(text).expect("TOML");
        let slot = price(Conditions::default());
        assert_eq!(document.get(&slot, day("2026-07-01")).as_deref(), Some("1.1"));
        document.set(&slot, "2.20", day("2026-07-01")).expect("it can be set");
        let once = "name = \"B\"   # mine\n\n[price]\noutput = 4.40\n\n[[price.row]]\ncomponent = \"input\"\namount = 1.10\n\
                    until = 2026-06-30\n\n[[price.row]]\ncomponent = \"input\"\namount = 2.20\nfrom = 2026-07-01\n";
        assert_eq!(document.text(), once);
        // Another word on the same day, and a change on a later one.
        document.set(&slot, "2.50", day("2026-07-01")).expect("it can be set");
        assert_eq!(document.text(), once.replace("2.20", "2.50"));
        document.set(&slot, "3", day("2026-08-01")).expect("it can be set");
        let twice = once.replace("2.20", "2.50")
            + "until = 2026-07-31\n\n[[price.row]]\ncomponent = \"input\"\namount = 3\nfrom = 2026-08-01\n";
        assert_eq!(document.text(), twice);
        document.remove(&slot, day("2026-09-01")).expect("it can end");
        assert_eq!(document.text(), twice.clone() + "until = 2026-08-31\n");
        assert_eq!(document.get(&slot, day("2026-09-01")), None);
    }

    #[test]
    fn tiers_and_service_tiers_have_tables_of_their_own() {
        let mut document = Document::parse("name = \"B\"\n").expect("TOML");
        let today = day("2026-07-01");
        let tier = price(Conditions { above: Some(200_000), ..Conditions::default() });
        let batch = price(Conditions { service_tier: Some(ServiceTier::Batch), ..Conditions::default() });
        let audio = price(Conditions { modality: Some("audio".to_owned()), ..Conditions::default() });
        for (slot, amount) in [(&tier, "2"), (&batch, "0.5"), (&audio, "\"in plan\"")] {
            document.set(slot, amount, today).expect("it can be set");
            assert_eq!(document.get(slot, today).as_deref(), Some(amount));
        }
        document.remove(&tier, today).expect("it can end");
        assert_eq!(document.get(&tier, today), None);
        assert!(!document.text().contains("[[price.tier]]"), "{}", document.text());
        assert!(document.text().contains("above = 200_000\namount = 2\nuntil = 2026-06-30"), "{}", document.text());
    }

    #[test]
    fn another_currency_is_a_row() {
        let mut document = Document::parse("name = \"B\"\n").expect("TOML");
        let (slot, today) = (price(Conditions::default()), day("2026-07-01"));
        document.set(&slot, "8 CNY", today).expect("it can be set");
        assert_eq!(document.get(&slot, today).as_deref(), Some("8 CNY"));
        assert!(document.text().contains("currency = \"CNY\""));
    }
}
