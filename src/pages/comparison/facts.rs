//! Facts side by side: status, dates, limits, modalities, weights, capabilities.

use super::cell::{Cell, Row};
use super::words::{Compared, of_size};
use super::{FACTS, View};
use crate::catalog::{
    Ability, Date, Fact, Modality, Model, Provenance, Relation, State, Status, Tokens, Weights, months_between,
};
use crate::pages::sources::Citations;
use crate::pages::text::{Text, capital, counted, listed};

/// The section of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// When they were so.
    pub note: Text,
    /// One row a fact.
    pub rows: Vec<Row>,
}

static NO_SOURCE: Provenance = Provenance { source: None, as_of: None, note: None, overdue: None };

/// Makes the rows, noting the days for which the sources speak.
struct Maker<'v, 'a> {
    all: &'v [Compared<'a>],
    citations: &'v mut Citations<'a>,
    days: Vec<Date>,
}

pub(super) fn facts<'a>(view: &View<'a>, citations: &mut Citations<'a>) -> Facts {
    let mut maker = Maker { all: &view.all, citations, days: Vec::new() };
    let mut rows = vec![
        maker.status(),
        maker.date("Released", |model| &model.dates.released),
        maker.date("Knowledge cut-off", |model| &model.dates.knowledge_cutoff),
        maker.tokens("Context window", |model| &model.context_window),
        maker.tokens("Longest prompt", |model| &model.max_input),
        maker.tokens("Max output", |model| &model.max_output),
        maker.modalities("Takes", |model| &model.takes),
        maker.modalities("Gives", |model| &model.gives),
        maker.words("Weights", |model| &model.weights, |weights| Text::of(Weights::word(*weights))),
        maker.license(),
        maker.parameters(),
    ];
    rows.extend(maker.capabilities());
    // Of what nobody has said anything there is nothing to compare.
    rows.retain(|row| row.cells.iter().any(|cell| !cell.quiet) || row.name == "Context window");
    let (first, last) = (maker.days.iter().min().copied(), maker.days.iter().max().copied());
    let note = match first.zip(last) {
        Some((first, last)) if first == last => Text::of(" As of ").date(first).say("."),
        Some((first, last)) => Text::of(" As of ").date(first).say(" to ").date(last).say("."),
        None => Text::of(" No day is named for them."),
    };
    Facts { note, rows }
}

impl<'a> Maker<'_, 'a> {
    /// A row whose cells are made from each model, then from the first one and each other.
    fn row(
        &mut self,
        name: &str,
        cell: impl Fn(&'a Model) -> Cell,
        provenance: impl Fn(&'a Model) -> &'a Provenance,
        note: impl Fn(&'a Model, &'a Model, Cell) -> Cell,
    ) -> Row {
        let mut cells = Vec::new();
        let first = self.all[0].model;
        for (at, one) in self.all.iter().enumerate() {
            let mut made = cell(one.model);
            if !made.quiet {
                let provenance = provenance(one.model);
                made.mark = self.citations.cite(provenance, FACTS);
                self.days.extend(provenance.as_of);
            }
            cells.push(if at == 0 { made } else { note(first, one.model, made) });
        }
        Row { name: name.to_owned(), detail: String::new(), cells }
    }

    fn status(&mut self) -> Row {
        let told = |model: &Model| {
            let text = Text::of(model.status.word());
            Cell::of(match (model.status, model.dates.retired.known()) {
                (Status::Deprecated, Some(date)) => text.say(", served until ").date(*date),
                (Status::Retired, Some(date)) => text.say(", last served ").date(*date),
                _ => text,
            })
        };
        let provenance = |model: &'a Model| match (model.dates.retired.known(), model.dates.deprecated.known()) {
            (Some(_), _) => &model.dates.retired.provenance,
            (None, Some(_)) => &model.dates.deprecated.provenance,
            // That a model is served follows from there being no such date.
            (None, None) => &NO_SOURCE,
        };
        self.row("Status", told, provenance, |first, other, cell| {
            let same = first.status == other.status;
            cell.noted(if same { "the same" } else { "differs" }, !same)
        })
    }

    fn date(&mut self, name: &str, fact: fn(&Model) -> &Fact<Date>) -> Row {
        let told = |model: &Model| known(fact(model), |date| Cell::of(Text::default().date(*date)));
        self.row(
            name,
            told,
            move |model| &fact(model).provenance,
            |first, other, cell| match fact(first).known().zip(fact(other).known()) {
                Some((first, other)) => cell.noted(apart(*first, *other), first != other),
                None => cell,
            },
        )
    }

    fn tokens(&mut self, name: &str, fact: fn(&Model) -> &Fact<Tokens>) -> Row {
        let told = |model: &Model| known(fact(model), |tokens| Cell::of(Text::of(tokens.to_string()).say(" tokens")));
        self.row(
            name,
            told,
            move |model| &fact(model).provenance,
            |first, other, cell| cell.related(Relation::of_tokens(fact(other), fact(first)), of_size),
        )
    }

    fn modalities(&mut self, name: &str, fact: fn(&Model) -> &Fact<Vec<Modality>>) -> Row {
        let words =
            |modalities: &[Modality]| -> Vec<&str> { modalities.iter().map(|modality| modality.in_words()).collect() };
        let told = |model: &Model| match fact(model).known() {
            Some(modalities) if modalities.is_empty() => Cell::unknown(),
            _ => known(fact(model), |modalities| Cell::of(Text::of(words(modalities).join(", ")))),
        };
        self.row(
            name,
            told,
            move |model| &fact(model).provenance,
            |first, other, cell| {
                let (Some(own), Some(there)) = (fact(first).known(), fact(other).known()) else { return cell };
                if own.is_empty() || there.is_empty() {
                    return cell;
                }
                let beyond = |some: &[Modality], others: &[Modality]| -> Vec<Modality> {
                    some.iter().filter(|modality| !others.contains(modality)).copied().collect()
                };
                let more = words(&beyond(there, own)).join(", ");
                let less = words(&beyond(own, there)).join(", ");
                match (more.is_empty(), less.is_empty()) {
                    (true, true) => cell.noted("the same", false),
                    (false, true) => cell.noted(format!("also {more}"), true),
                    (true, false) => cell.noted(format!("no {less}"), true),
                    (false, false) => cell.noted(format!("also {more}; no {less}"), true),
                }
            },
        )
    }

    /// A fact that is told in words.
    fn words<T: PartialEq + 'a>(
        &mut self,
        name: &str,
        fact: fn(&Model) -> &Fact<T>,
        words: impl Fn(&T) -> Text,
    ) -> Row {
        let told = |model: &Model| known(fact(model), |value| Cell::of(words(value)));
        self.row(
            name,
            told,
            move |model| &fact(model).provenance,
            |first, other, cell| match fact(first).known().zip(fact(other).known()) {
                Some((first, other)) if first == other => cell.noted("the same", false),
                Some(_) => cell.noted("differs", true),
                None => cell,
            },
        )
    }

    fn license(&mut self) -> Row {
        self.words("Licence", |model| &model.license, |license| Text::of(license.clone()))
    }

    fn parameters(&mut self) -> Row {
        let told = |model: &Model| {
            known(&model.parameters, |all| {
                let text = Text::of(all.to_string());
                Cell::of(match model.active_parameters.known() {
                    Some(active) => text.say(format!(", {active} active")),
                    None => text,
                })
            })
        };
        self.row(
            "Parameters",
            told,
            |model| &model.parameters.provenance,
            |first, other, cell| match other.parameters.known().zip(first.parameters.known()) {
                Some((other, first)) => cell.related(Ok(Relation::of(other.0.into(), first.0.into())), of_size),
                None => cell,
            },
        )
    }

    fn capabilities(&mut self) -> Vec<Row> {
        let names: Vec<&'static str> = self.all[0].model.capabilities.iter().map(|(name, _)| *name).collect();
        let row = |name| {
            let told = move |model: &Model| match model.has(name) {
                Some(true) => Cell::of(Text::of("yes")),
                Some(false) => Cell::of(Text::of("no")),
                None => Cell::unknown(),
            };
            self.row(
                &capital(name),
                told,
                move |model| match model.ability(name) {
                    Ability::Unknown if name == "vision" => &model.takes.provenance,
                    _ => &model.capabilities_provenance,
                },
                |first, other, cell| match (first.has(name), other.has(name)) {
                    (Some(first), Some(other)) if first == other => cell.noted("the same", false),
                    (Some(_), Some(_)) => cell.noted("differs", true),
                    _ => cell,
                },
            )
        };
        names.into_iter().map(row).collect()
    }
}

fn known<T>(fact: &Fact<T>, cell: impl FnOnce(&T) -> Cell) -> Cell {
    match &fact.state {
        State::Known(value) => cell(value),
        State::NotApplicable => Cell::not_applicable(),
        State::Unknown => Cell::unknown(),
    }
}

/// How a date lies to the first one: `13 months later`.
fn apart(first: Date, other: Date) -> String {
    let (word, months) = if other > first {
        ("later", months_between(first, other))
    } else if other < first {
        ("earlier", months_between(other, first))
    } else {
        return "the same".to_owned();
    };
    let counted = |number: u32, noun: &str| counted(number as usize, noun);
    match months {
        None => word.to_owned(),
        Some(0) => format!("less than a month {word}"),
        Some(months @ 1..24) => format!("{} {word}", counted(months, "month")),
        Some(months) if months % 12 == 0 => format!("{} {word}", counted(months / 12, "year")),
        Some(months) => {
            let parts = [counted(months / 12, "year"), counted(months % 12, "month")];
            format!("{} {word}", listed(&parts))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_lie_whole_months_and_years_apart() {
        for (first, other, words) in [
            ("2025-01-31", "2025-01-31", "the same"),
            ("2025-01-31", "2025-02-01", "less than a month later"),
            ("2025-01-31", "2025-03-01", "1 month later"),
            ("2025-01-31", "2026-03-17", "13 months later"),
            ("2026-03-17", "2024-03-17", "2 years earlier"),
            ("2026-03", "2023-02", "3 years and 1 month earlier"),
            ("2024", "2025-02", "later"),
        ] {
            let date = |text| Date::parse(text).expect("a date");
            assert_eq!(apart(date(first), date(other)), words, "{first} to {other}");
        }
    }
}
