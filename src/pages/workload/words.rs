//! What is said of a workload and of how its costs are worked out.

use crate::catalog::{Cost, Tokens, Workload, WorkloadCosts};
use crate::pages::Context;
use crate::pages::figure::Figure;
use crate::pages::text::Text;
use crate::urls::{self, LinkBase};

/// `12,000 in, 3,000 cached, 600 out`
pub(in crate::pages) fn tokens(workload: &Workload) -> String {
    let kinds = [(workload.input, "in"), (workload.cache_read, "cached"), (workload.output, "out")];
    let kinds = kinds.iter().filter(|(tokens, _)| *tokens > 0);
    let words: Vec<String> = kinds.map(|(tokens, kind)| format!("{} {kind}", Tokens(*tokens).grouped())).collect();
    if words.is_empty() { "no tokens".to_owned() } else { words.join(", ") }
}

/// The rules by which the costs are worked out, each in a sentence.
pub(super) fn notes(workload: &Workload) -> Vec<String> {
    let mut notes = vec![
        "Tokens times the price per 1M tokens of their kind, added up. Every digit is there; nothing is rounded."
            .to_owned(),
        "The prices are the developer’s own, or where it has none those of the offer with the lowest blended price."
            .to_owned(),
    ];
    let tier = "A context tier goes by the prompt of one request and prices the whole of it";
    notes.push(match (workload.requests, workload.prompt()) {
        (1, _) | (_, None) => format!("{tier}."),
        (_, Some(prompt)) => format!("{tier}: here {} tokens on average.", Tokens(prompt).grouped()),
    });
    if workload.cache_read > 0 {
        notes.push(
            "Where there is no cache, its tokens are billed as input. Writing to the cache is not counted.".to_owned(),
        );
    }
    if let Some(tier) = workload.service_tier {
        let tier = tier.word();
        notes.push(format!("Where no {tier} price is known the standard price is taken, and the row says so."));
    }
    notes
}

/// `GPT-5: 12,000 × $1.25 + 600 × $10.00, per 1M tokens, are $0.021.` of the cheapest.
pub(super) fn example(cx: &Context<'_>, base: &LinkBase, workload: &Workload, costs: &WorkloadCosts) -> Option<Text> {
    let model = cx.catalog.model(costs.ranked.first()?.1);
    let cost = Cost::of(workload, model, cx.today).ok()?;
    let part = |tokens: u64, rate| format!("{} × {}", Tokens(tokens).grouped(), Figure::dollars(rate).text);
    let parts = cost.parts().into_iter().filter_map(|of| Some(part(of.tokens, of.price?.usd_per_million()?)));
    let sum = parts.collect::<Vec<_>>().join(" + ");
    let total = Figure::dollars(cost.total()).text;
    let text = Text::of("On ").link(model.name.clone(), base.href(&urls::model(model)));
    Some(text.say(format!(": ({sum}) ÷ 1,000,000 = {total}.")))
}
