//! Comparisons in words: fragments of sentences from relations, and the sentences that are made of them.

use crate::catalog::{
    Catalog, Component, Date, Modality, Model, Offer, Price, PriceList, Refusal, Relation, SharedResults, Side, Status,
    Times, Unit, decimals,
};
use crate::pages::Context;
use crate::pages::figure::{conditions, per};
use crate::pages::text::{capital, counted, grouped, listed};

/// A model as a comparison names it.
#[derive(Debug, Clone, Copy)]
pub(in crate::pages) struct Compared<'a> {
    /// The model.
    pub model: &'a Model,
    /// The offer whose prices stand for it.
    pub offer: Option<&'a Offer>,
    /// What tells it from the others.
    pub name: &'a str,
}

impl<'a> Compared<'a> {
    /// A model by a name that no other of the comparison has.
    pub(in crate::pages) fn new(cx: &Context<'_>, model: &'a Model, name: &'a str) -> Self {
        Self { model, offer: model.listed_offer(cx.today), name }
    }

    /// Its prices.
    pub(in crate::pages) fn prices(&self) -> Option<&'a PriceList> {
        self.offer.map(|offer| &offer.prices)
    }

    /// Those that hold on this day.
    pub(super) fn prices_on(&self, day: Date) -> impl Iterator<Item = &'a Price> + use<'a> {
        self.prices().into_iter().flat_map(move |prices| prices.on(day))
    }

    fn is_retired(&self) -> bool {
        self.model.status == Status::Retired
    }
}

/// Names of models that are told apart: those that two of them have stand behind the developer's, or before the ID.
pub(in crate::pages) fn names(catalog: &Catalog, models: &[&Model]) -> Vec<String> {
    let plain = |model: &Model| model.name.clone();
    let of_whom = |model: &Model| format!("{} {}", catalog.developer(model).name, model.name);
    let with_id = |model: &Model| format!("{} ({})", model.name, model.id);
    let forms: [&dyn Fn(&Model) -> String; 3] = [&plain, &of_whom, &with_id];
    let told = |model: &&Model| {
        let alone =
            |form: &&&dyn Fn(&Model) -> String| models.iter().filter(|other| form(other) == form(model)).count() == 1;
        // Another page may compare a model of the same slug.
        let first = usize::from(catalog.is_slug_shared(&model.slug));
        forms.iter().skip(first).find(alone).unwrap_or(&forms[2])(model)
    };
    models.iter().map(told).collect()
}

/// The number of times in words that fit it.
fn in_times(times: Times, two: &str, many: impl Fn(&str) -> String, barely: &str) -> String {
    let is_two = |times: rust_decimal::Decimal| times == rust_decimal::Decimal::TWO;
    match times {
        Times::Exact(times) if is_two(times) => two.to_owned(),
        Times::About(times) if is_two(times) => format!("about {two}"),
        Times::Exact(times) => many(&decimals(times, 0)),
        Times::About(times) => many(&format!("about {}", decimals(times, 0))),
        Times::Barely => barely.to_owned(),
        Times::Beyond => many("over a million"),
    }
}

/// How a price stands to another one: `3.2 times cheaper`, `half the price`.
pub(in crate::pages) fn of_price(relation: Relation) -> String {
    match relation {
        Relation::Same => "the same price".to_owned(),
        Relation::Smaller(times) => {
            in_times(times, "half the price", |times| format!("{times} times cheaper"), "slightly cheaper")
        }
        Relation::Larger(times) => in_times(
            times,
            "twice as expensive",
            |times| format!("{times} times as expensive"),
            "slightly more expensive",
        ),
        Relation::Zero => "free instead of paid".to_owned(),
        Relation::AboveZero => "paid instead of free".to_owned(),
    }
}

/// How a size stands to another one, beside the figure: `half`, `3.2 times as large`.
pub(in crate::pages) fn of_size(relation: Relation) -> String {
    match relation {
        Relation::Same => "the same".to_owned(),
        Relation::Smaller(times) => {
            in_times(times, "half", |times| format!("{times} times smaller"), "slightly smaller")
        }
        Relation::Larger(times) => {
            in_times(times, "twice", |times| format!("{times} times as large"), "slightly larger")
        }
        Relation::Zero => "none".to_owned(),
        Relation::AboveZero => "some instead of none".to_owned(),
    }
}

/// The same with what has the size: `half the context window`, `a context window 3.2 times as large`.
fn of_limit(relation: Relation, what: &str) -> String {
    match relation {
        Relation::Same => format!("the same {what}"),
        Relation::Smaller(times) => in_times(
            times,
            &format!("half the {what}"),
            |times| format!("a {what} {times} times smaller"),
            &format!("a slightly smaller {what}"),
        ),
        Relation::Larger(times) => in_times(
            times,
            &format!("twice the {what}"),
            |times| format!("a {what} {times} times as large"),
            &format!("a slightly larger {what}"),
        ),
        Relation::Zero => format!("no {what}"),
        Relation::AboveZero => format!("a {what} where there was none"),
    }
}

/// Why two values are not compared: `not known for o3-mini`, `in EUR for A, in USD for B`.
pub(in crate::pages) fn of_refusal(refusal: &Refusal, this: &str, other: &str) -> String {
    let of = |side: Side| match side {
        Side::This => this,
        Side::Other => other,
        Side::Both => "either",
    };
    match refusal {
        Refusal::Unknown(side) => format!("not known for {}", of(*side)),
        Refusal::NoneToday(side) => format!("none today for {}", of(*side)),
        Refusal::NotApplicable(side) => format!("not applicable to {}", of(*side)),
        Refusal::InPlan(side) => format!("part of a plan for {}", of(*side)),
        Refusal::Conditions(side) => format!("under conditions only for {}", of(*side)),
        Refusal::Unit(here, there) => format!("per {here} for {this}, per {there} for {other}"),
        Refusal::Currency(here, there) => format!("in {} for {this}, in {} for {other}", here.code(), there.code()),
    }
}

/// What is said of two models: what could be compared, and what could not.
struct Said {
    clauses: Vec<String>,
    refused: Vec<(String, Vec<String>)>,
}

fn said(cx: &Context<'_>, this: &Compared<'_>, other: &Compared<'_>) -> Said {
    let price = |component| Relation::of_components(this.prices(), other.prices(), component, cx.today);
    let (own, others) = (this.model, other.model);
    let mut refused: Vec<(String, Vec<String>)> = Vec::new();
    let mut refuse = |why: String, name: String| match refused.iter_mut().find(|(held, _)| *held == why) {
        Some((_, names)) => names.push(name),
        None => refused.push((why, vec![name])),
    };
    let prices = [Component::Input, Component::Output].map(|component| {
        let plain = price(component);
        let alike = match &plain {
            Err(Refusal::Conditions(_) | Refusal::Unit(..)) => like_prices(cx, this, other, component),
            _ => None,
        };
        let Some((name, unit, relation)) = alike else { return (component.word().to_owned(), plain) };
        if let Err(refusal @ Refusal::Unit(here, there)) = plain {
            let why = match (here == unit, there == unit) {
                (true, _) => format!("{} for {} alone", per(there), other.name),
                (_, true) => format!("{} for {} alone", per(here), this.name),
                _ => of_refusal(&refusal, this.name, other.name),
            };
            refuse(why, format!("{} price", component.word()));
        }
        (name, Ok(relation))
    });
    let limits = [
        ("context window", Relation::of_tokens(&own.context_window, &others.context_window)),
        ("max output", Relation::of_tokens(&own.max_output, &others.max_output)),
    ];
    let limits = limits.map(|(name, relation)| (name.to_owned(), relation));
    let of_prices = prices.iter().map(|(name, relation)| (format!("{name} price"), relation));
    for (name, relation) in of_prices.chain(limits.iter().map(|(name, relation)| (name.clone(), relation))) {
        if let Err(refusal) = relation {
            refuse(of_refusal(refusal, this.name, other.name), name);
        }
    }
    let (is, has) = if this.is_retired() { ("was", "had") } else { ("is", "has") };
    let known = |relations: &[(String, Result<Relation, Refusal>)]| -> Vec<(String, Relation)> {
        relations.iter().filter_map(|(name, relation)| Some((name.clone(), *relation.as_ref().ok()?))).collect()
    };
    let mut clauses = Vec::new();
    match &known(&prices)[..] {
        [] => {}
        [(name, relation)] => clauses.push(format!("{is} {} on {name}", of_price(*relation))),
        [(a, one), (b, two), ..] if one == two => clauses.push(format!("{is} {} on {a} and {b}", of_price(*one))),
        [(a, one), (b, two), ..] => {
            clauses.push(format!("{is} {} on {a} and {} on {b}", of_price(*one), of_price(*two)));
        }
    }
    match &known(&limits)[..] {
        [] => {}
        [(name, relation)] => clauses.push(format!("{has} {}", of_limit(*relation, name))),
        [(a, Relation::Same), (b, Relation::Same), ..] => clauses.push(format!("{has} the same {a} and {b}")),
        [(a, one), (b, two), ..] => clauses.push(format!("{has} {} and {}", of_limit(*one, a), of_limit(*two, b))),
    }
    Said { clauses, refused }
}

/// Where the plain prices of a component are not comparable: the first that both have per the same under the same conditions,
/// with its name in words: `input (audio, per hour)`.
fn like_prices(
    cx: &Context<'_>,
    this: &Compared<'_>,
    other: &Compared<'_>,
    component: Component,
) -> Option<(String, Unit, Relation)> {
    this.prices_on(cx.today).filter(|price| price.component == component).find_map(|price| {
        let alike = |there: &&Price| {
            (there.component, there.unit, &there.conditions) == (component, price.unit, &price.conditions)
        };
        let relation = Relation::of_prices(price, other.prices_on(cx.today).find(alike)?).ok()?;
        let mut words = conditions(&price.conditions);
        if price.unit != Unit::MillionTokens {
            words.push(per(price.unit));
        }
        Some((format!("{} ({})", component.word(), words.join(", ")), price.unit, relation))
    })
}

/// How a model stands to another one: `Compared with B, A is 3.2 times cheaper on input and output, and has half the context window.`
pub(in crate::pages) fn differences(cx: &Context<'_>, this: &Compared<'_>, other: &Compared<'_>) -> String {
    let said = said(cx, this, other);
    if said.clauses.is_empty() {
        return format!("No price and no limit of {} and {} can be compared.", this.name, other.name);
    }
    format!("Compared with {}, {} {}.", other.name, this.name, said.clauses.join(", and "))
}

/// What of two models could not be compared, and why: `Not compared: input price and output price (not known for A).`
pub(in crate::pages) fn refusals(cx: &Context<'_>, this: &Compared<'_>, other: &Compared<'_>) -> Option<String> {
    let said = said(cx, this, other).refused;
    let told: Vec<String> = said.iter().map(|(why, names)| format!("{} ({why})", listed(names))).collect();
    (!told.is_empty()).then(|| format!("Not compared: {}.", told.join("; ")))
}

/// Who leads on how many results.
pub(super) fn results(shared: &SharedResults<'_>, names: &[&str]) -> String {
    let all = shared.comparable.len();
    let mut leads = vec![0; names.len()];
    for row in &shared.comparable {
        if let [leader] = row.leaders()[..] {
            leads[leader] += 1;
        }
    }
    let ties = all - leads.iter().sum::<usize>();
    let leaders: Vec<(&str, usize)> = names.iter().copied().zip(leads).filter(|(_, leads)| *leads > 0).collect();
    let none_at_all = shared.apart.is_empty() && shared.alone.iter().all(|alone| *alone == 0);
    match (all, &leaders[..]) {
        (0, _) if none_at_all => "No benchmark result of them is on file.".to_owned(),
        (0, _) if shared.apart.is_empty() => "They share no benchmark.".to_owned(),
        (0, _) if shared.apart.len() == 1 => {
            "Their results on the one benchmark that they share cannot be compared.".to_owned()
        }
        (0, _) => format!("Their results on the {} benchmarks that they share cannot be compared.", shared.apart.len()),
        (1, []) => "On the one benchmark result that can be compared, they are equal.".to_owned(),
        (1, [(leader, _), ..]) => format!("{leader} leads on the one benchmark result that can be compared."),
        (all, []) => format!("On {} benchmark results that can be compared, they are equal.", all_of(all)),
        (all, [(leader, leads)]) if *leads == all => {
            format!("{leader} leads on {} benchmark results that can be compared.", all_of(all))
        }
        (all, leaders) => {
            let told = |(at, (name, leads)): (usize, &(&str, usize))| {
                if at == 0 { format!("{name} leads on {leads}") } else { format!("{name} on {leads}") }
            };
            let told: Vec<String> = leaders.iter().enumerate().map(told).collect();
            let tied = match ties {
                0 => String::new(),
                1 => "; 1 is a tie".to_owned(),
                ties => format!("; {ties} are ties"),
            };
            format!("Of {all} benchmark results that can be compared, {}{tied}.", listed(&told))
        }
    }
}

/// `both`, `all 3`
fn all_of(number: usize) -> String {
    if number == 2 { "both".to_owned() } else { format!("all {number}") }
}

/// On how many benchmarks each model alone has results: `o3-mini alone has results on 7 benchmarks, A on 1.`
pub(super) fn alone(shared: &SharedResults<'_>, names: &[&str]) -> Option<String> {
    let counts: Vec<(&str, usize)> =
        names.iter().copied().zip(shared.alone.iter().copied()).filter(|(_, alone)| *alone > 0).collect();
    let (first, rest) = counts.split_first()?;
    let mut told = vec![format!("{} alone has a result on {}", first.0, counted(first.1, "benchmark"))];
    told.extend(rest.iter().map(|(name, alone)| format!("{name} alone on {}", grouped(*alone))));
    Some(format!("{}.", listed(&told)))
}

/// What the successor lacks of what the model can do, and what it adds.
pub(super) fn lacks(old: &Compared<'_>, new: &Compared<'_>) -> Vec<String> {
    let can = |name: &str, of: &Compared<'_>| of.model.has(name);
    let (own, next) = (old.model, new.model);
    // Where what both take is known, vision is told by that.
    let told = |name: &str| name == "vision" && own.takes.known().is_some() && next.takes.known().is_some();
    let names = own.capabilities.iter().map(|(name, _)| *name).filter(|name| !told(name));
    let names: Vec<&'static str> = names.collect();
    let of = |was: Option<bool>, is: Option<bool>| -> Vec<String> {
        let named = names.iter().filter(|name| can(name, old) == was && can(name, new) == is);
        named.map(|name| (*name).to_owned()).collect()
    };
    let (mut gone, mut added) = (of(Some(true), Some(false)), of(Some(false), Some(true)));
    let unsaid = of(Some(true), None);
    for (before, after, word) in [(&own.takes, &next.takes, "input"), (&own.gives, &next.gives, "output")] {
        let (Some(before), Some(after)) = (before.known(), after.known()) else { continue };
        let beyond = |some: &[Modality], others: &[Modality]| -> Vec<String> {
            let missing = some.iter().filter(|modality| !others.contains(modality));
            missing.map(|modality| format!("{} {word}", modality.in_words())).collect()
        };
        if !before.is_empty() && !after.is_empty() {
            gone.extend(beyond(before, after));
            added.extend(beyond(after, before));
        }
    }
    let mut sentences = Vec::new();
    if !gone.is_empty() {
        sentences.push(format!("{} lacks {}.", new.name, listed(&gone)));
    }
    if !unsaid.is_empty() {
        sentences.push(format!("Whether it has {} is not known.", or_listed(&unsaid)));
    }
    if !added.is_empty() {
        sentences.push(format!(
            "{} {}.",
            if gone.is_empty() && unsaid.is_empty() { format!("{} adds", new.name) } else { "It adds".to_owned() },
            listed(&added)
        ));
    }
    let knew = names.iter().any(|name| can(name, old) == Some(true));
    if gone.is_empty() && unsaid.is_empty() && knew {
        sentences.insert(0, format!("Nothing that {} is known to do is missing.", old.name));
    }
    sentences
}

/// `a`, `a or b`
fn or_listed(words: &[String]) -> String {
    match words {
        [firsts @ .., last] if !firsts.is_empty() => format!("{} or {last}", firsts.join(", ")),
        words => words.concat(),
    }
}

/// Of whom the prices are that are compared: `Prices are the developers’ list prices.`
pub(super) fn basis(cx: &Context<'_>, all: &[Compared<'_>]) -> String {
    let with_price = all.iter().filter(|one| one.prices_on(cx.today).next().is_some());
    let priced = || with_price.clone().filter_map(|one| Some((one, one.offer?)));
    if priced().next().is_none() {
        let has_others = all.iter().any(|one| one.prices().is_some());
        return if has_others { "No price of them holds today." } else { "No price of them is on file." }.to_owned();
    }
    let is_listed = priced().any(|(_, offer)| offer.own);
    let mut parts: Vec<String> =
        is_listed.then(|| "prices are the developers’ list prices".to_owned()).into_iter().collect();
    for (one, offer) in priced().filter(|(_, offer)| !offer.own) {
        let (whose, at) = (if is_listed { "that" } else { "the price" }, provider_name(cx, one.model, offer));
        parts.push(match one.model.offers.len() {
            1 => format!("{whose} of {} comes from its only offer, at {at}", one.name),
            offers => format!("{whose} of {} is the lowest of its {offers} offers, at {at}", one.name),
        });
    }
    let retired: Vec<&str> = priced().filter(|(one, _)| one.is_retired()).map(|(one, _)| one.name).collect();
    let last = match retired.len() {
        0 => String::new(),
        1 => format!(" {} is retired: its prices are the last on file.", retired[0]),
        _ => format!(" {} are retired: their prices are the last on file.", listed(&retired)),
    };
    format!("{}.{last}", capital(&parts.join("; ")))
}

/// How many more there are than a table shows: `1 price more stands on the cards.`
pub(super) fn on_the_cards(more: usize, noun: &str) -> String {
    format!("{} more {} on the cards.", counted(more, noun), if more == 1 { "stands" } else { "stand" })
}

/// Name of who makes an offer.
pub(super) fn provider_name<'a>(cx: &Context<'a>, model: &Model, offer: &Offer) -> &'a str {
    let provider = offer.provider.as_ref().and_then(|id| cx.catalog.providers.get(id));
    provider.map_or_else(|| cx.catalog.developer(model).name.as_str(), |provider| provider.name.as_str())
}
