//! What a view is called, and what its data says in a sentence or two.

use crate::catalog::{Date, Members, Modality, Model, Status, Tie, View};
use crate::pages::figure::Figure;
use crate::pages::text::{Text, capital, counted, grouped};
use crate::pages::{Context, headline, model_row};
use crate::urls::{self, LinkBase};

/// What its page is headed with.
pub(super) fn name(cx: &Context<'_>, view: &View) -> String {
    match view {
        View::Newest => "Newest models".to_owned(),
        View::Cheapest => "Cheapest models".to_owned(),
        View::LargestContext => "Models with the largest context window".to_owned(),
        View::Index(id) => {
            let name = cx.catalog.benchmarks.get(id).map_or_else(|| id.to_string(), |index| index.name.clone());
            format!("Best models by {name}")
        }
        View::Capability(name) => format!("Models with {name}"),
        View::Takes(Modality::Image) => "Models with vision: image input".to_owned(),
        View::Takes(modality) => format!("Models that take {}", objects(*modality)),
        View::Gives(modality) => format!("Models that make {}", objects(*modality)),
        View::LongContext => "Models with 1M tokens of context and more".to_owned(),
        View::OpenWeights => "Models with open weights".to_owned(),
        View::Free => "Models at no charge".to_owned(),
        View::Family(_, name) => name.clone(),
    }
}

/// The same for search engines, which show it among pages of all kinds.
pub(super) fn title(cx: &Context<'_>, view: &View) -> String {
    match view {
        View::Family(id, name) => {
            let developer = cx.catalog.developers.get(id).map_or_else(|| id.to_string(), |found| found.name.clone());
            format!("{name}: family of AI models by {developer}")
        }
        View::Newest | View::Cheapest | View::Index(_) => name(cx, view).replacen("models", "AI models", 1),
        _ => format!("AI {}", name(cx, view).replacen("Models", "models", 1)),
    }
}

/// The word of a link to it, among those of its group.
pub(super) fn label(cx: &Context<'_>, view: &View) -> String {
    match view {
        View::Newest => "Newest".to_owned(),
        View::Cheapest => "Cheapest".to_owned(),
        View::LargestContext => "Largest context".to_owned(),
        View::Index(id) => {
            let index = cx.catalog.benchmarks.get(id);
            let name = index.map_or_else(|| id.to_string(), |index| headline::short_name(cx.catalog, index));
            format!("Best by {name}")
        }
        View::Capability(name) => capital(name),
        View::Takes(modality) | View::Gives(modality) => capital(objects(*modality)),
        View::LongContext => "1M tokens and more".to_owned(),
        View::OpenWeights => "Open weights".to_owned(),
        View::Free => "No charge".to_owned(),
        View::Family(_, name) => name.clone(),
    }
}

fn objects(modality: Modality) -> &'static str {
    match modality {
        Modality::Text => "text",
        Modality::Image => "images",
        Modality::Audio => "audio",
        Modality::Video => "video",
        Modality::Pdf => "PDF files",
    }
}

/// What its data says.
pub(super) fn lead(cx: &Context<'_>, view: &View, members: &Members, models: &[&Model], base: &LinkBase) -> Text {
    let say = Say { cx, base };
    match view {
        View::Newest => say.newest(members),
        View::Cheapest => say.cheapest_of_all(members),
        View::LargestContext => say.largest(members),
        View::Index(id) => say.best_by(members, id.as_str()),
        View::Family(..) => say.family(members, models),
        _ => say.part(view, members, models),
    }
}

/// What sentences are made with.
struct Say<'a> {
    cx: &'a Context<'a>,
    base: &'a LinkBase,
}

impl<'a> Say<'a> {
    fn model(&self, place: u32) -> Option<&'a Model> {
        let cx = self.cx;
        cx.listings.overview(cx.catalog, cx.rankings, cx.today).model(cx.catalog, place)
    }

    fn first(&self, tie: &Tie) -> Option<&'a Model> {
        self.model(*tie.named().first()?)
    }

    /// `A`, `A and B`, `A, B, C and 4 others`, each a link.
    fn names(&self, tie: &Tie) -> Text {
        let models: Vec<&Model> = tie.named().iter().filter_map(|place| self.model(*place)).collect();
        let others = tie.len.saturating_sub(models.len());
        let mut text = Text::default();
        for (at, model) in models.iter().enumerate() {
            let last = others == 0 && at + 1 == models.len();
            let between = match at {
                0 => "",
                _ if last => " and ",
                _ => ", ",
            };
            text = text.say(between).link(model.name.clone(), self.base.href(&urls::model(model)));
            if let Some(status) = model_row::status(model).filter(|_| model.status != Status::Preview) {
                text = text.say(format!(" ({status})"));
            }
        }
        if others > 0 { text.say(format!(" and {}", counted(others, "other"))) } else { text }
    }

    /// `12 of the 46 models that are not retired have open weights.` And who does best and costs least among them.
    fn part(&self, view: &View, members: &Members, models: &[&Model]) -> Text {
        let counts = self.cx.listings.overview(self.cx.catalog, self.cx.rankings, self.cx.today).counts;
        let one = members.len() == 1;
        let what = match view {
            View::Capability(name) => format!("{} {name}", if one { "has" } else { "have" }),
            View::Takes(modality) => format!("{} {}", if one { "takes" } else { "take" }, objects(*modality)),
            View::Gives(modality) => format!("{} {}", if one { "makes" } else { "make" }, objects(*modality)),
            View::LongContext => {
                format!("{} a context window of 1M tokens or more", if one { "has" } else { "have" })
            }
            View::OpenWeights => format!("{} open weights", if one { "has" } else { "have" }),
            _ => "can be had at no charge from at least one provider".to_owned(),
        };
        let of = if counts.served == counts.models { "" } else { " that are not retired" };
        let all = grouped(counts.served);
        let text = Text::of(format!("{} of the {all} models{of} {what}", grouped(members.len())));
        let text = match models.first() {
            Some(model) if one => text.say(": ").link(model.name.clone(), self.base.href(&urls::model(model))).say("."),
            _ => text.say("."),
        };
        match view {
            View::Free => text
                .then(self.best(members))
                .say(" Behind each name stands who serves it so; such an offer can have limits that others have not."),
            _ if one => text,
            // What makes images or sound is paid for by other measures too, which a price of text says nothing of.
            View::Gives(_) => text.then(self.best(members)),
            _ => text.then(self.best(members)).then(self.cheapest(members)),
        }
    }

    fn best(&self, members: &Members) -> Text {
        let score = self.first(&members.best).and_then(|model| headline::ranked(self.cx, model));
        let Some((index, score)) = headline::index(self.cx).zip(score).filter(|_| members.len() > 1) else {
            return Text::default();
        };
        let (is, each) = if members.best.len == 1 { ("is", "") } else { ("are", " each") };
        Text::of(format!(" Best by {} {is} ", headline::short_name(self.cx.catalog, index)))
            .then(self.names(&members.best))
            .say(format!(" with {}{each}.", score.value))
    }

    fn cheapest(&self, members: &Members) -> Text {
        let Some(price) = self.price(&members.cheapest) else { return Text::default() };
        let (costs, each) = if members.cheapest.len == 1 { ("costs", "") } else { ("cost", " each") };
        let names = self.names(&members.cheapest);
        Text::of(" Of those with a price per token, ")
            .then(names)
            .say(format!(" {costs} least, {price}{each} per 1M tokens, blended."))
    }

    /// The blended price of the first of them.
    fn price(&self, tie: &Tie) -> Option<String> {
        let today = self.cx.today;
        let blended = self.first(tie)?.blended_price(today)?;
        Some(Figure::dollars(blended).text)
    }

    fn newest(&self, members: &Members) -> Text {
        let date = self.first(&members.first).and_then(|model| model.dates.released.known().copied());
        let is = if members.first.len == 1 { "The newest is " } else { "The newest are " };
        let text = Text::of(is).then(self.names(&members.first)).say(", released ");
        let text = date.map_or_else(Text::default, |date| text.date(date).say("."));
        text.say(format!(" {} by day of release, without retired ones.", counted(members.len(), "model")))
    }

    fn cheapest_of_all(&self, members: &Members) -> Text {
        let (costs, each) = if members.cheapest.len == 1 { ("costs", "") } else { ("cost", " each") };
        let price = self.price(&members.cheapest).unwrap_or_default();
        let text = self.names(&members.cheapest).say(format!(
            " {costs} least, {price}{each} per 1M tokens, blended from three parts input and one part output. {} by this price, \
             without retired ones and those at no charge",
            counted(members.len(), "model")
        ));
        let cx = self.cx;
        let overview = cx.listings.overview(cx.catalog, cx.rankings, cx.today);
        match overview.view(&View::Free).and_then(|_| urls::view(&View::Free)) {
            Some(url) => text.say(", which have ").link("a page of their own", self.base.href(&url)).say("."),
            None => text.say("."),
        }
    }

    fn largest(&self, members: &Members) -> Text {
        let context = self.first(&members.first).and_then(|model| model.context_window.known().copied());
        let has = if members.first.len == 1 { " has the largest, " } else { " have the largest, " };
        let text = self.names(&members.first).say(has);
        let text = context
            .map_or_else(Text::default, |tokens| text.say(format!("{tokens} tokens for prompt and answer together.")));
        text.say(format!(" {} by context window, without retired ones.", counted(members.len(), "model")))
    }

    fn best_by(&self, members: &Members, id: &str) -> Text {
        let index = self.cx.catalog.benchmarks.get(id);
        let score = index
            .zip(self.first(&members.first))
            .and_then(|(index, model)| self.cx.rankings.ranked_score(model, &index.id));
        let (is, each) = if members.first.len == 1 { ("leads", "") } else { ("lead", " each") };
        let text = self.names(&members.first);
        let text = score.map_or_else(Text::default, |score| text.say(format!(" {is} with {}{each}.", score.value)));
        let text = text.say(format!(
            " {} with scores that can be compared, without retired ones; ",
            counted(members.len(), "model")
        ));
        match index {
            Some(index) => {
                text.link("the leaderboard", self.base.href(&urls::benchmark(&index.id))).say(" has every result.")
            }
            None => text,
        }
    }

    /// `5 models, from GPT-5 of Aug 2025 to GPT-5.4 of Mar 2026.`
    fn family(&self, members: &Members, models: &[&'a Model]) -> Text {
        let text = Text::of(counted(members.len(), "model"));
        // They come newest first; those without a date come last. Of a large family only the newest are here.
        let known: Vec<(&Model, Date)> = models.iter().filter_map(|model| Some((*model, model.came_out()?))).collect();
        let text = match (known.as_slice(), members.len() == models.len()) {
            ([(newest, to), .., (oldest, from)], true) if from != to => {
                let link =
                    |text: Text, model: &Model| text.link(model.name.clone(), self.base.href(&urls::model(model)));
                let text = link(text.say(", from "), oldest).say(" of ").date(*from);
                link(text.say(" to "), newest).say(" of ").date(*to)
            }
            _ => text,
        };
        text.say(".").then(self.best(members)).then(self.cheapest(members))
    }
}
