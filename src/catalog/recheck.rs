//! Figures: prices, limits and scores, with the day on which each was last checked, and which of them are overdue.

use super::{Catalog, Charge, Date, Fact, Model, Offer, Provenance, Source, SourceId, Status, Tokens};
use crate::files::Origin;

/// How long a figure is trusted without a look at its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recheck {
    /// So many days may pass since it was last checked.
    pub after_days: u32,
    /// What was last checked before this day is overdue.
    pub before: Date,
    today: Date,
}

impl Recheck {
    /// The limit as it stands today; `None` where no calendar reaches so far back, so that nothing can be overdue.
    #[must_use]
    pub fn new(after_days: u32, today: Date) -> Option<Self> {
        Some(Self { after_days, before: today.days_before(after_days)?, today })
    }

    /// Notes in each figure of a model whether it is overdue.
    ///
    /// What is over stays as it was: a price that has ended, and everything about a model that is retired.
    pub(super) fn mark(&self, model: &mut Model, sources: &[Source]) {
        if model.status == Status::Retired {
            return;
        }
        let mark = |provenance: &mut Provenance| {
            let checked = last_checked(provenance, sources);
            provenance.overdue = checked.filter(|day| day.is_before(self.before));
        };
        let limit = |fact: &mut Fact<Tokens>| {
            if fact.known().is_some() {
                mark(&mut fact.provenance);
            }
        };
        [&mut model.context_window, &mut model.max_input, &mut model.max_output].into_iter().for_each(limit);
        for offer in &mut model.offers {
            [&mut offer.context_window, &mut offer.max_output].into_iter().for_each(limit);
            let prices = offer.prices.prices.iter_mut().filter(|price| !price.is_over(self.today));
            let amounts = prices.filter(|price| matches!(price.charge, Charge::Amount(_)));
            amounts.for_each(|price| mark(&mut price.provenance));
        }
        model.scores.iter_mut().for_each(|score| mark(&mut score.provenance));
    }
}

/// The newer of the day for which the source speaks and the day on which it was read.
fn last_checked(provenance: &Provenance, sources: &[Source]) -> Option<Date> {
    let source = provenance.source.and_then(|SourceId(at)| sources.get(at as usize));
    source.and_then(|source| source.checked).max(provenance.as_of)
}

impl Catalog {
    /// The day on which a value was last checked: that for which its source speaks, or that on which the source was read,
    /// whichever is newer. `None` when neither is known.
    #[must_use]
    pub fn last_checked(&self, provenance: &Provenance) -> Option<Date> {
        last_checked(provenance, &self.sources)
    }

    /// Notes in every figure whether it is overdue.
    pub(super) fn mark_overdue(&mut self) {
        if let Some(recheck) = self.settings.recheck {
            self.models.values_mut().for_each(|model| recheck.mark(model, &self.sources));
        }
    }
}

impl Offer {
    /// Where its figures of a day come from, as far as one mark can say it: an overdue one first, so that it shows; else that
    /// of the first price, else that of the offer.
    #[must_use]
    pub fn provenance_on(&self, today: Date) -> &Provenance {
        let limits = [&self.context_window, &self.max_output].map(|fact| &fact.provenance);
        let prices = || self.prices.on(today).map(|price| &price.provenance);
        let overdue = prices().chain(limits).find(|provenance| provenance.overdue.is_some());
        overdue.or_else(|| prices().next()).unwrap_or(&self.provenance)
    }
}

impl Model {
    /// Its figures, that is its prices, limits and scores, each with where it comes from and where it was written.
    pub fn figures(&self) -> impl Iterator<Item = (&Provenance, Origin)> {
        let limit = |fact: &'_ Fact<Tokens>| fact.origin.filter(|_| fact.known().is_some());
        let own = [&self.context_window, &self.max_input, &self.max_output];
        let theirs = self.offers.iter().flat_map(|offer| [&offer.context_window, &offer.max_output]);
        let limits = own.into_iter().chain(theirs).filter_map(move |fact| Some((&fact.provenance, limit(fact)?)));
        let prices = self.offers.iter().flat_map(|offer| &offer.prices.prices);
        let amounts = prices.filter(|price| matches!(price.charge, Charge::Amount(_)));
        let amounts = amounts.map(|price| (&price.provenance, price.origin));
        limits.chain(amounts).chain(self.scores.iter().map(|score| (&score.provenance, score.origin)))
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::resolve::example::{catalog, today};
    use crate::catalog::{Catalog, Date};

    const SITE: &str = "title = \"Cards\"\nrecheck_after_days = 30\n[sources.read]\ntitle = \"Read\"\nchecked = 2026-06-01\n\
        [sources.old]\ntitle = \"Old\"\nchecked = 2026-05-12\n[sources.undated]\ntitle = \"Undated\"";

    /// The days of the figures that are overdue, in the order of [`super::Model::figures`].
    fn overdue(catalog: &Catalog) -> Vec<String> {
        let figures = catalog.models.values().flat_map(|model| model.figures());
        figures.filter_map(|(provenance, _)| provenance.overdue).map(|day| day.to_string()).collect()
    }

    fn of(site: &str, model: &str) -> Vec<String> {
        let model = format!("name = \"One\"\n{model}");
        overdue(&catalog(&[("site.toml", site), ("models/acme/one.toml", &model)]))
    }

    #[test]
    fn a_figure_is_overdue_on_the_day_after_its_last_one() {
        // Today is 12 June 2026, so that 13 May is 30 days ago.
        assert_eq!(Date::parse("2026-05-13"), today().days_before(30));
        let price = |as_of: &str| format!("as_of = {as_of}\nsource = \"undated\"\nprice = {{ input = 1 }}");
        assert_eq!(of(SITE, &price("2026-05-13")), [] as [String; 0]);
        assert_eq!(of(SITE, &price("2026-05-12")), ["2026-05-12"]);
        assert_eq!(of(SITE, &price("\"2026-05\"")), [] as [String; 0], "the month may mean its last day");
        assert_eq!(of(SITE, &price("\"2026-04\"")), ["2026-04"]);
        assert_eq!(of("title = \"Cards\"\n[sources.undated]\ntitle = \"U\"", &price("2020-01-01")), [] as [String; 0]);
    }

    #[test]
    fn the_newer_of_the_two_days_counts_and_without_a_day_nothing_is_said() {
        let price = |rest: &str| format!("{rest}\ncontext_window = 1000\nprice = {{ input = 1 }}");
        assert_eq!(of(SITE, &price("source = \"read\"\nas_of = 2025-01-01")), [] as [String; 0]);
        assert_eq!(of(SITE, &price("source = \"old\"\nas_of = 2026-06-12")), [] as [String; 0]);
        assert_eq!(of(SITE, &price("source = \"old\"\nas_of = 2025-01-01")), ["2026-05-12", "2026-05-12"]);
        assert_eq!(of(SITE, &price("source = \"undated\"")), [] as [String; 0]);
    }

    #[test]
    fn what_is_over_is_not_checked_again() {
        let row = |amount, rest| format!("[[price.row]]\ncomponent = \"input\"\namount = {amount}\n{rest}\n");
        let prices = row(2, "until = 2026-01-31") + &row(1, "from = 2026-02-01");
        let prices = format!("source = \"old\"\n{prices}");
        let catalog = catalog(&[("site.toml", SITE), ("models/acme/one.toml", &format!("name = \"One\"\n{prices}"))]);
        assert_eq!(catalog.models["acme/one"].figures().count(), 2);
        assert_eq!(overdue(&catalog), ["2026-05-12"]);
        assert_eq!(of(SITE, &format!("status = \"retired\"\n{prices}")), [] as [String; 0]);
    }
}
