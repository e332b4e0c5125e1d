//! Price tables as written to price rows.

use super::scope::{Scope, TOKENS, optional, text};
use crate::catalog::{
    Charge, Component, Conditions, Currency, Date, Modality, Money, Price, PriceList, Provenance, ServiceTier, Tokens,
    Unit,
};
use crate::diagnostic::Diagnostic;
use crate::files::Origin;
use crate::source::{Amount, Located, PriceRow, PriceTable};

/// What holds for all short prices of a table.
struct Table {
    currency: Currency,
    /// Whether the dates could be read.
    sound: bool,
    from: Option<Date>,
    until: Option<Date>,
    provenance: Provenance,
}

/// The five prices per 1M tokens that can be written in short.
type Short<'a> = [(Component, Option<&'a Located<Amount>>); 5];

impl Scope<'_> {
    /// Every price of a table, in order, with source and date of the table. A price that is written twice is reported.
    pub(super) fn prices(&mut self, table: &PriceTable, defaults: &Provenance) -> (PriceList, Provenance) {
        let from = optional(table.from.as_ref(), |date| self.date("from", date));
        let until = optional(table.until.as_ref(), |date| self.date("until", date));
        let common = Table {
            currency: self.currency(table.currency.as_ref()).unwrap_or_else(Currency::usd),
            sound: from.is_some() && until.is_some(),
            from: from.flatten(),
            until: until.flatten(),
            provenance: self.provenance(table.source.as_ref(), table.as_of.as_ref(), table.note.as_ref(), defaults),
        };
        let mut prices = Vec::new();
        let base = short(&table.input, &table.output, &table.cache_read, &table.cache_write, &table.reasoning);
        self.short_prices(&base, &Conditions::default(), &common, &mut prices);
        for tier in &table.tier {
            let above = self.count("above", tier.above.span, TOKENS);
            let conditions = Conditions { above: above.map(Tokens), ..Conditions::default() };
            let set = short(&tier.input, &tier.output, &tier.cache_read, &tier.cache_write, &tier.reasoning);
            let mut of_tier = Vec::new();
            self.short_prices(&set, &conditions, &common, &mut of_tier);
            prices.extend(above.is_some().then_some(of_tier).into_iter().flatten());
        }
        let classes = [
            (ServiceTier::Batch, &table.batch),
            (ServiceTier::Flex, &table.flex),
            (ServiceTier::Priority, &table.priority),
        ];
        for (tier, set) in classes {
            let Some(set) = set else { continue };
            let conditions = Conditions { service_tier: Some(tier), ..Conditions::default() };
            let set = short(&set.input, &set.output, &set.cache_read, &set.cache_write, &set.reasoning);
            self.short_prices(&set, &conditions, &common, &mut prices);
        }
        for row in &table.row {
            prices.extend(self.price_row(row, &common));
        }
        prices.sort_by(|a, b| key(a).cmp(&key(b)));
        if common.sound {
            self.report_overlaps(&prices);
        }
        (PriceList { prices }, common.provenance)
    }

    fn short_prices(&mut self, set: &Short<'_>, conditions: &Conditions, table: &Table, prices: &mut Vec<Price>) {
        for (component, amount) in set {
            let Some(amount) = amount else { continue };
            let Some(charge) = self.charge(component.word(), amount, &table.currency) else { continue };
            prices.push(Price {
                component: *component,
                unit: Unit::MillionTokens,
                charge,
                conditions: conditions.clone(),
                from: table.from,
                until: table.until,
                provenance: table.provenance.clone(),
                origin: self.origin(amount.span),
            });
        }
    }

    fn price_row(&mut self, row: &PriceRow, table: &Table) -> Option<Price> {
        let component = self.word("component", &row.component, Component::WORDS, Component::parse);
        let unit = optional(row.unit.as_ref(), |unit| self.word("unit", unit, Unit::WORDS, Unit::parse));
        let currency = self.currency(row.currency.as_ref()).unwrap_or(table.currency);
        let charge = self.charge("amount", &row.amount, &currency);
        let above = optional(row.above.as_ref(), |above| self.count("above", above.span, TOKENS));
        let service_tier = optional(row.service_tier.as_ref(), |word| {
            self.word("service_tier", word, ServiceTier::WORDS, ServiceTier::parse)
        });
        let modality =
            optional(row.modality.as_ref(), |word| self.word("modality", word, Modality::WORDS, Modality::parse));
        let from = optional(row.from.as_ref(), |date| self.date("from", date));
        let until = optional(row.until.as_ref(), |date| self.date("until", date));
        let provenance = self.provenance(row.source.as_ref(), row.as_of.as_ref(), row.note.as_ref(), &table.provenance);
        Some(Price {
            component: component?,
            unit: unit?.unwrap_or(Unit::MillionTokens),
            charge: charge?,
            conditions: Conditions {
                above: above?.map(Tokens),
                service_tier: service_tier?.filter(|tier| *tier != ServiceTier::Standard),
                modality: modality?,
                cache_ttl: text(row.cache_ttl.as_ref()),
                region: text(row.region.as_ref()),
                hours: text(row.hours.as_ref()),
                quality: text(row.quality.as_ref()),
            },
            from: from?.or(table.from),
            until: until?.or(table.until),
            provenance,
            origin: self.origin(row.amount.span),
        })
    }

    fn charge(&mut self, key: &str, amount: &Located<Amount>, currency: &Currency) -> Option<Charge> {
        match &amount.value {
            Amount::Number => {
                self.price(key, amount.span).map(|number| Charge::Amount(Money { amount: number, currency: *currency }))
            }
            Amount::Words(words) if words == "not applicable" => Some(Charge::NotApplicable),
            Amount::Words(words) if words == "in plan" => Some(Charge::InPlan),
            Amount::Words(words) => {
                let help = "a price is a number, \"not applicable\" or \"in plan\"; 0 is no charge; leave the key out \
                            if it is not known";
                self.no_amount(key, words, amount.span, help);
                None
            }
        }
    }

    fn currency(&mut self, code: Option<&Located<String>>) -> Option<Currency> {
        let code = code?;
        let currency = Currency::new(&code.value);
        if currency.is_none() {
            let message = format!("`{}` is not the code of a currency", code.value);
            let help = "write its ISO 4217 code, three capital letters: USD, EUR, CNY".to_owned();
            self.error("unknown-word", message, code.span, "not a code", help);
        }
        currency
    }

    /// Reports two prices for the same thing on the same day. The prices are in the order of what they are for, then
    /// of their first day, so only the one that holds longest of those before can reach into a later one.
    fn report_overlaps(&mut self, prices: &[Price]) {
        let mut longest: Option<&Price> = None;
        for price in prices {
            let held = longest.filter(|held| {
                (held.component, held.unit, &held.conditions) == (price.component, price.unit, &price.conditions)
            });
            let apart =
                |held: &Price| matches!((held.until, price.from), (Some(until), Some(from)) if until.is_before(from));
            if let Some(held) = held
                && !apart(held)
            {
                let message = format!("{}: the price of {} is given twice", self.record, price.component);
                self.found.push(duplicate(message, held.origin, price.origin).help(
                    "keep one; give prices that follow each other in time a `from` and an `until`, and others a condition",
                ));
            }
            let ends = |price: &Price| price.until.map_or((i16::MAX, 0, 0), Date::last_day);
            longest = held.filter(|held| ends(held) >= ends(price)).or(Some(price));
        }
    }
}

/// An error for one fact in two places.
pub(super) fn duplicate(message: String, first: Origin, second: Origin) -> Diagnostic {
    let (first, second) = if second < first { (second, first) } else { (first, second) };
    Diagnostic::error("duplicate-fact", message).at(second, "given again here").at(first, "given here first")
}

fn short<'a>(
    input: &'a Option<Located<Amount>>,
    output: &'a Option<Located<Amount>>,
    cache_read: &'a Option<Located<Amount>>,
    cache_write: &'a Option<Located<Amount>>,
    reasoning: &'a Option<Located<Amount>>,
) -> Short<'a> {
    [
        (Component::Input, input.as_ref()),
        (Component::CacheRead, cache_read.as_ref()),
        (Component::CacheWrite, cache_write.as_ref()),
        (Component::Output, output.as_ref()),
        (Component::Reasoning, reasoning.as_ref()),
    ]
}

type Key<'a> = (Component, &'a Conditions, Unit, Option<(i16, i8, i8)>, Origin);

fn key(price: &Price) -> Key<'_> {
    (price.component, &price.conditions, price.unit, price.from.map(Date::first_day), price.origin)
}
