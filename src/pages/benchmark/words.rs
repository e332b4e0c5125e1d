//! Sentences about a board: what is ranked, what is not and why, and how the scores are spread.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::View;
use super::table::Table;
use crate::catalog::{Board, Group, Measure, Ranking, ScoreValue};
use crate::pages::paging;
use crate::pages::scale::score_in_words;
use crate::pages::text::{DESCRIPTION, TITLE, Text, capital, first_that_fits, fitting, grouped, listed, sentence};

/// From so many ranked models on it is said what the best tenth has reached.
const TENTH_FROM: usize = 20;

/// The tables, the first of them saying what the dashed lines are, so many of them.
pub(super) fn with_lines(mut tables: Vec<Table>, number: usize, lines: &Text) -> Vec<Table> {
    if let Some(table) = tables.first_mut().filter(|_| !lines.is_empty()) {
        let note = std::mem::take(&mut table.note);
        let space = if note.is_empty() { "" } else { " " };
        let plural = if number == 1 { "" } else { "s" };
        table.note = note.say(format!("{space}Dashed line{plural}: ")).then(lines.clone()).say(".");
    }
    tables
}

impl View<'_> {
    pub(super) fn title_and_description(&self, number: usize, pages: usize) -> (String, String) {
        let name = &self.benchmark.name;
        let results = self.cx.listings.results_on(self.cx.catalog, &self.benchmark.id);
        let whose = match results.map_or(0, |results| results.models) {
            0 => "No scores yet.".to_owned(),
            1 => "The score of one AI model.".to_owned(),
            models => format!("Scores of {} AI models.", grouped(models)),
        };
        let sentences = [
            Some(format!("{name}: {}", sentence(&self.benchmark.measures))),
            Some(whose),
            paging::page_sentence(number, pages),
            Some("Ranked only where they can be compared, each with its source and date.".to_owned()),
        ];
        let description = fitting(sentences.into_iter().flatten(), DESCRIPTION);
        let end = paging::title_end(number);
        let titles = [
            format!("{name} leaderboard of AI models{end}"),
            format!("{name} leaderboard{end}"),
            format!("{name}{end}"),
        ];
        (first_that_fits(titles, TITLE), description)
    }

    /// Of the ranked group its name, of another what is different of it.
    pub(super) fn title(&self, board: &Board, at: usize) -> String {
        match (at, &board.groups[0]) {
            (0, _) => "Leaderboard".to_owned(),
            (_, ranked) => capital(&self.differences(&board.groups[at], Some(ranked)).join(", ")),
        }
    }

    /// What results of a group have in common, or only what is not the same of another group.
    fn differences(&self, group: &Group, from: Option<&Group>) -> Vec<String> {
        let metric = |group: &Group| group.metric.clone().or_else(|| self.benchmark.metric.clone());
        type Words = Option<Arc<str>>;
        let told = |own: Words, other: Option<Words>, named: &str, unnamed: &str| match (&own, other) {
            (own, Some(other)) if *own == other => None,
            (None, None) => None,
            (Some(own), _) => Some(format!("{named} {own}")),
            (None, Some(_)) => Some(unnamed.to_owned()),
        };
        [
            told(group.version.clone(), from.map(|from| from.version.clone()), "version", "version not stated"),
            told(group.harness.clone(), from.map(|from| from.harness.clone()), "with", "harness not stated"),
            told(metric(group), from.map(metric), "metric", "metric not stated"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What is ranked in a group, and what is not.
    pub(super) fn note(&self, board: &Board, at: usize) -> Text {
        let group = &board.groups[at];
        let tally = group.tally;
        let mut sentences: Vec<String> = Vec::new();
        if at > 0 {
            sentences.push(match group.entries.len() {
                1 => "It cannot be compared with the results above, so it has no rank.".to_owned(),
                _ => "Best first, without ranks: these cannot be compared with the results above.".to_owned(),
            });
        } else if tally.ranked > 0 {
            let whose = if group.by_reports { "its developer’s report" } else { "its best comparable result" };
            sentences.push(format!("{} models are ranked, each by {whose}.", grouped(tally.ranked)));
            if board.groups.len() > 1 || group.harness.is_some() {
                let common = self.differences(group, None);
                if !common.is_empty() {
                    sentences.push(format!("Comparable here means: {}.", listed(&common)));
                }
            }
            if tally.ties {
                sentences.push("Equal scores share a rank.".to_owned());
            }
            match (tally.other_only, group.by_reports) {
                (0, _) => {}
                (1, false) => sentences.push("One result that only the developer reports is not ranked.".to_owned()),
                (n, false) => {
                    sentences.push(format!("{} results that only the developers report are not ranked.", grouped(n)));
                }
                (1, true) => sentences.push("One result that others measured is not ranked among reports.".to_owned()),
                (n, true) => {
                    sentences
                        .push(format!("{} results that others measured are not ranked among reports.", grouped(n)));
                }
            }
            match tally.unranked {
                0 => {}
                1 => sentences
                    .push("One further result of a ranked model stands in its order without a rank.".to_owned()),
                n => sentences.push(format!(
                    "{} further results of ranked models stand in their order without a rank.",
                    grouped(n)
                )),
            }
        } else {
            sentences.push("Only one model has a result that could be ranked, so nothing is.".to_owned());
        }
        if group.by_reports && tally.both + tally.other_only == 0 {
            sentences.push(match group.entries.len() {
                1 => "It is what the developer reports of its own model.".to_owned(),
                _ => "All of them are what developers report of their own models.".to_owned(),
            });
        }
        if tally.both > 0 {
            let unit = match self.benchmark.unit.as_deref() {
                Some("%") => ", in percentage points".to_owned(),
                Some(unit) => format!(", in {unit}"),
                None => String::new(),
            };
            sentences.push(format!("A gap is what the developer reports minus what was measured{unit}."));
        }
        Text::of(sentences.join(" "))
    }

    /// How the ranked scores are spread, in sentences.
    pub(super) fn spread(&self) -> Vec<String> {
        match self.cx.rankings.get(&Measure::Benchmark(self.benchmark.id.clone())) {
            Some(ranking) => spread(ranking, &|value| score_in_words(ScoreValue(value), self.benchmark)),
            None => Vec::new(),
        }
    }
}

fn spread(ranking: &Ranking, told: &dyn Fn(Decimal) -> String) -> Vec<String> {
    let values = ranking.values();
    let (Some(best), Some(worst), Some(median)) = (values.first(), values.last(), ranking.median()) else {
        return Vec::new();
    };
    let number = grouped(values.len());
    if values.len() < 2 {
        return Vec::new();
    }
    if best == worst {
        let all = if values.len() == 2 { "Both".to_owned() } else { format!("All {number}") };
        return vec![format!("{all} ranked models score {}.", told(*best))];
    }
    let mut sentences =
        vec![format!("The best of {number} ranked models scores {}, the last {}.", told(*best), told(*worst))];
    if values.len() >= 4
        && let Some((better, worse)) = ranking.quartiles()
    {
        sentences.push(format!(
            "The median is {}; the middle half lies between {} and {}, the quartiles.",
            told(median),
            told(better.min(worse)),
            told(better.max(worse))
        ));
    }
    if values.len() >= TENTH_FROM
        && let Some(tenth) = values.get(values.len() / 10 - 1)
    {
        sentences.push(format!("To be among the best tenth takes {} or better.", told(*tenth)));
    }
    sentences
}
