//! The rules in sentences. Each says what the code does, with the code's own constants.

use rust_decimal::Decimal;

use super::Section;
use crate::catalog::{BLEND, EXACT_UP_TO, Money, Scores, Survey, Tokens, Workload, blend};
use crate::pages::Context;
use crate::pages::text::{Text, capital, counted, grouped, listed, sentence};

/// Every matter in its order.
pub(super) fn sections(cx: &Context<'_>, survey: &Survey) -> Vec<Section> {
    let settings = &cx.catalog.settings;
    let days = settings.recheck.map(|recheck| recheck.after_days);
    let said = |id, title, rules: Vec<String>| Section { id, title, rules: rules.into_iter().map(Text::of).collect() };
    vec![
        said("m-ranks", "Ranks", ranks()),
        said("m-rulers", "Rulers and spread", rulers()),
        said("m-prices", "Prices", prices()),
        said("m-jobs", "What jobs cost", jobs(&settings.workloads)),
        said("m-measured", "Who measured", measured(survey.scores)),
        said("m-status", "Status", status()),
        said("m-exact", "Exactness", exactness()),
        said("m-dates", "Dates and checks", checks(survey, days)),
    ]
}

fn ranks() -> Vec<String> {
    vec![
        "A rank is one more than the number of models that are better, so equal values share the better rank. Of prices \
         the lowest is best, of context windows and longest answers the longest, and of scores whichever way the page \
         of the benchmark says. A value that stands alone has no rank."
            .to_owned(),
        format!(
            "Cards tell the rank exactly among up to {EXACT_UP_TO} models. Among more they tell it in percent of the ranked \
             models, rounded up: “top 4%” is a rank among the first 4 of every 100. In the worse half it is counted from the end: “last 4%”. \
             Leaderboards always tell it exactly."
        ),
        "Prices are ranked as they hold on the day on which the site is built, in US dollars per 1M tokens and without \
         conditions. Models that are retired have no rank by price."
            .to_owned(),
        "Two scores are ranked against each other only where benchmark, version, harness and metric are the same, and what \
         developers report of their own models is never ranked against what others measured. A score of which nobody says \
         who measured it counts as measured by others."
            .to_owned(),
        "Where a benchmark has several groups of comparable scores, the one with most models is ranked; of equally large \
         ones the first by version, harness and metric, what others measured before what developers report. The other \
         groups stand apart on the page of the benchmark, without ranks."
            .to_owned(),
        "A model with several comparable scores, at several reasoning efforts for example, is ranked once, by the best of \
         them."
            .to_owned(),
    ]
}

fn rulers() -> Vec<String> {
    vec![
        "A ruler has a tick for every ranked model, so that a figure is seen among all others; ticks too near to be told \
         apart fall into one. Rulers of prices and of tokens are logarithmic, from the power of ten at or below the lowest \
         value to that at or above the highest, and no charge stands at the low end. The ruler of a benchmark is its \
         declared scale; an end that is not declared lies at the next round number beyond the scores."
            .to_owned(),
        "The median of an even number of scores is the middle of the two in the middle. The middle half of the scores lies \
         between the medians of the better and of the worse half; of an odd number the middle one is in neither."
            .to_owned(),
    ]
}

fn prices() -> Vec<String> {
    let (input, output) = BLEND;
    vec![
        "The price that stands for a model is that of its developer’s own offer, the list price. Where there is none it is \
         that of the offer with the lowest blended price, and an offer at no charge counts only where nobody asks for money; \
         where no blended price can be worked out, that of the first offer with any price. Cards and providers’ pages show \
         every offer."
            .to_owned(),
        format!(
            "A blended price is one number for a mix of input and output, always with its ratio: “{input}:{output}” is {}, \
             divided by {}; {}. It is worked out only from prices in US dollars per 1M tokens without conditions.",
            [times(input, "input price"), times(output, "output price")].join(" plus "),
            input + output,
            example()
        ),
        "A price holds from its first day to its last. Prices under conditions, per another unit or in another currency are \
         shown with these, and never converted or ranked."
            .to_owned(),
    ]
}

/// A blended price, worked out.
fn example() -> String {
    let [input, output] = [Decimal::ONE, Decimal::from(5)];
    let sum = blend(input, output).map(|blended| format!(" it is {}", Money::usd(blended)));
    format!("of {} and {}{}", Money::usd(input), Money::usd(output), sum.unwrap_or_default())
}

/// `3 times the input price`, `the output price`
fn times(number: u32, what: &str) -> String {
    if number == 1 { format!("the {what}") } else { format!("{number} times the {what}") }
}

fn jobs(workloads: &[Workload]) -> Vec<String> {
    let mut rules = vec![
        "A job is a number of tokens: input that is not in the cache, input that is read from it, and output with all \
         reasoning, spread over one or more requests. Its cost is the sum of the parts, each at the price that stands for \
         the model."
            .to_owned(),
        "The context tier goes by the prompt of one request, which is input and cached input divided by the number of requests, and \
         prices the whole request, as providers bill it. Where a price list says that there is no cache, cached tokens \
         are billed as input."
            .to_owned(),
        "A job of another service tier, such as batch, is billed at the prices of that tier, and where an offer has none for such a \
         prompt, at its standard prices, which is said beside the cost."
            .to_owned(),
        "Where a price that a job needs is not known, or is not in US dollars per 1M tokens, the job has no cost. None is \
         estimated. It has none either where a request does not fit the context window or the max output."
            .to_owned(),
    ];
    let told: Vec<String> = workloads.iter().map(job).collect();
    if !told.is_empty() {
        rules.push(format!("The jobs of this site: {}.", told.join("; ")));
    }
    rules
}

/// `Coding agent (100,000 tokens of input, 25,000 of output, in 25 requests)`
fn job(workload: &Workload) -> String {
    let number = |tokens: u64| Tokens(tokens).grouped();
    let cached = (workload.cache_read > 0).then(|| format!("{} read from the cache", number(workload.cache_read)));
    let input = if workload.input == 1 {
        "1 token of input".to_owned()
    } else {
        format!("{} tokens of input", number(workload.input))
    };
    let parts: Vec<String> =
        [Some(input), cached, Some(format!("{} of output", number(workload.output)))].into_iter().flatten().collect();
    let requests = match workload.requests {
        1 => "one request".to_owned(),
        requests => format!("{} requests", number(requests)),
    };
    let tier = workload.service_tier.map_or_else(String::new, |tier| format!(", {}", tier.word()));
    format!("{} ({}, in {requests}{tier})", workload.name, listed(&parts))
}

fn measured(scores: Scores) -> Vec<String> {
    let kinds = [
        (scores.independent, "measured independently"),
        (scores.self_reported, "self-reported"),
        (scores.community, "measured by the community"),
        (scores.unstated, "without a word on who measured"),
    ];
    let all: usize = kinds.iter().map(|(count, _)| count).sum();
    let told: Vec<String> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", grouped(*count)))
        .collect();
    let counts = if all == 0 {
        "There is no score yet.".to_owned()
    } else {
        format!("{}: {}.", capital(&counted(all, "score")), listed(&told))
    };
    vec![
        "“Self-reported” is what a developer says of its own model. “Independent” is what somebody measured who has no \
         stake in the model. “Community” is what users measured or voted. Where nobody says who measured, the page says \
         that."
            .to_owned(),
        counts,
    ]
}

fn status() -> Vec<String> {
    vec![
        "The status of a model follows from its dates, so that it is right on the day on which the site is built. A model \
         whose day of retirement has passed is retired. One whose day of deprecation has come, or of which a day of \
         retirement is known, is deprecated. Every other one is active, unless its file says preview. Where no day is \
         known, the file may say deprecated or retired as well."
            .to_owned(),
        "Of a date without a day the deprecation holds from the first day that it can mean, and the retirement after the \
         last."
            .to_owned(),
    ]
}

fn exactness() -> Vec<String> {
    vec![
        "Prices and scores are decimals, read digit by digit as the source has them and worked with exactly: $0.0028 is \
         shown as $0.0028, and a score keeps the digits with which it was published. A result that cannot be held exactly is \
         not shown."
            .to_owned(),
        "Only comparisons are rounded: percentages, ratios, and the drawings beside the numbers. Numbers of tokens are \
         shortened only where that is exact: 200,000 is 200K, and 131,072 stays as it is."
            .to_owned(),
        "What is not known is said to be not known. It is never zero, and never free."
            .to_owned(),
    ]
}

/// How old the figures are, and which are marked.
fn checks(survey: &Survey, days: Option<u32>) -> Vec<String> {
    let figures = survey.figures;
    let mut rules = vec![
        "A price, a limit or a score names its source and the day for which that source speaks, and the source the day on \
         which it was read for this site. The newer of the two is the day on which the figure was last checked."
            .to_owned(),
    ];
    let lacks = |count: usize, one: &str, many: &str, none: &str| match count {
        0 => none.to_owned(),
        1 => format!("1 figure {one}"),
        _ => format!("{} {many}", counted(count, "figure")),
    };
    let undated = lacks(figures.undated, "has no such day", "have no such day", "every figure has such a day");
    let without = lacks(figures.without_source, "names no source", "name no source", "none is without a source");
    if figures.all > 0 {
        rules.push(capital(&sentence(&format!("{undated}, and {without}"))));
    }
    rules.push(match (days, figures.overdue) {
        (None, _) => "This site sets no limit after which a figure is to be checked again.".to_owned(),
        (Some(days), overdue) => {
            let days = counted(days as usize, "day");
            let now = match overdue {
                0 => "There is none at present.".to_owned(),
                1 => "There is 1 at present.".to_owned(),
                _ => format!("There are {} at present.", grouped(overdue)),
            };
            format!(
                "A figure that was last checked more than {days} ago is marked with that day wherever its source is told. \
                 {now} Prices that have ended and models that are retired are left alone, since nothing about them changes \
                 any more."
            )
        }
    });
    rules
}
