//! What the whole catalogue rests on: how many figures each source has, how old they are, and what is not known.

use std::collections::HashMap;

use super::{Catalog, Date, Fact, Measured, Model, Provenance, Rankings, Source, SourceId, State, Status, Weights};

/// The catalogue, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// All models.
    pub models: usize,
    /// Those that are not retired.
    pub served: usize,
    /// Those whose weights are not known to be closed.
    pub open: usize,
    /// The figures: prices, limits and scores, those of other times among them.
    pub figures: Figures,
    /// Who measured the scores.
    pub scores: Scores,
    /// Of how many models something is not known.
    pub unknown: Unknown,
    /// The sources, those on which most figures rest first. What several files name alike is one source.
    pub sources: Vec<Rests>,
}

/// Figures, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// All of them.
    pub all: usize,
    /// Those that name no source.
    pub without_source: usize,
    /// Those of which no day is known, neither that for which their source speaks nor that on which it was read.
    pub undated: usize,
    /// Those that were last checked longer ago than the site allows.
    pub overdue: usize,
}

/// Scores by who measured them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// By somebody without a stake.
    pub independent: usize,
    /// By the model's own developer.
    pub self_reported: usize,
    /// By users.
    pub community: usize,
    /// Nobody says by whom.
    pub unstated: usize,
}

/// Of how many models something is not known. What does not apply to a model is not unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unknown {
    /// The context window.
    pub context_window: usize,
    /// The longest answer.
    pub max_output: usize,
    /// Any price that holds; of those that are not retired.
    pub price: usize,
    /// The day of release.
    pub released: usize,
    /// The end of the training knowledge.
    pub knowledge_cutoff: usize,
    /// Whether the weights can be had.
    pub weights: usize,
    /// The licence; of those whose weights are not known to be closed.
    pub license: usize,
    /// A score that is ranked on the first headline index.
    pub headline: usize,
}

/// How many figures rest on a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rests {
    /// The source; where several are the same, the first of them.
    pub source: SourceId,
    /// The figures. Where there are none, the source stands behind dates, modalities or other facts.
    pub figures: usize,
    /// Those of them that are overdue.
    pub overdue: usize,
}

/// What a reader sees of a source.
fn looks(source: &Source) -> (&str, Option<&str>, Option<&str>, Option<Date>) {
    let url = source.url.as_ref().map(super::WebUrl::as_str);
    (&source.title, source.publisher.as_deref(), url, source.checked)
}

impl Survey {
    pub(super) fn new(catalog: &Catalog, rankings: &Rankings, today: Date) -> Self {
        let mut survey = Self { models: catalog.models.len(), ..Self::default() };
        let mut places = HashMap::new();
        let mut place_of: Vec<usize> = Vec::new();
        for (source, details) in catalog.sources() {
            let next = survey.sources.len();
            let place = *places.entry(looks(details)).or_insert(next);
            if place == next {
                survey.sources.push(Rests { source, figures: 0, overdue: 0 });
            }
            place_of.push(place);
        }
        for model in catalog.models.values() {
            for (provenance, _) in model.figures() {
                survey.figures.add(catalog, provenance);
                let source = provenance.source.and_then(|SourceId(at)| place_of.get(at as usize));
                if let Some(rests) = source.and_then(|place| survey.sources.get_mut(*place)) {
                    rests.figures += 1;
                    rests.overdue += usize::from(provenance.overdue.is_some());
                }
            }
            survey.add(catalog, rankings, model, today);
        }
        survey.sources.sort_by(|a, b| {
            let (of_a, of_b) = (looks(catalog.source(a.source)), looks(catalog.source(b.source)));
            b.figures.cmp(&a.figures).then_with(|| of_a.cmp(&of_b))
        });
        survey
    }

    /// Counts what is known of a model.
    fn add(&mut self, catalog: &Catalog, rankings: &Rankings, model: &Model, today: Date) {
        for score in &model.scores {
            *match score.measured {
                Some(Measured::Independent) => &mut self.scores.independent,
                Some(Measured::SelfReported) => &mut self.scores.self_reported,
                Some(Measured::Community) => &mut self.scores.community,
                None => &mut self.scores.unstated,
            } += 1;
        }
        let served = model.status != Status::Retired;
        let open = model.weights.known() != Some(&Weights::Closed);
        let headline = catalog.settings.headline.first();
        let ranked = headline.and_then(|index| rankings.ranked_score(model, index));
        self.served += usize::from(served);
        self.open += usize::from(open);
        let unknown = &mut self.unknown;
        for (count, is_unknown) in [
            (&mut unknown.context_window, is_unknown(&model.context_window)),
            (&mut unknown.max_output, is_unknown(&model.max_output)),
            (&mut unknown.price, served && model.reference_offer(today).is_none()),
            (&mut unknown.released, is_unknown(&model.dates.released)),
            (&mut unknown.knowledge_cutoff, is_unknown(&model.dates.knowledge_cutoff)),
            (&mut unknown.weights, is_unknown(&model.weights)),
            (&mut unknown.license, open && is_unknown(&model.license)),
            (&mut unknown.headline, ranked.is_none()),
        ] {
            *count += usize::from(is_unknown);
        }
    }
}

impl Figures {
    fn add(&mut self, catalog: &Catalog, provenance: &Provenance) {
        self.all += 1;
        self.without_source += usize::from(provenance.source.is_none());
        self.undated += usize::from(catalog.last_checked(provenance).is_none());
        self.overdue += usize::from(provenance.overdue.is_some());
    }
}

fn is_unknown<T>(fact: &Fact<T>) -> bool {
    matches!(fact.state, State::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Listings;
    use crate::catalog::resolve::example::{catalog, today};

    fn survey<T>(files: &[(&str, &str)], look: impl FnOnce(&Catalog, &Survey) -> T) -> T {
        let catalog = catalog(files);
        let (rankings, listings) = (Rankings::new(&catalog, today()), Listings::default());
        look(&catalog, listings.survey(&catalog, &rankings, today()))
    }

    const SITE: (&str, &str) = (
        "site.toml",
        "title = \"Cards\"\nheadline = [\"exam\"]\nrecheck_after_days = 30\n\
         [sources.shared]\ntitle = \"Shared\"\nchecked = 2026-06-01\n[sources.old]\ntitle = \"Old\"\n",
    );

    #[test]
    fn figures_are_counted_by_source_and_age() {
        let one = "name = \"One\"\nsource = \"shared\"\ncontext_window = 9\nreleased = 2025-01-01\n\
            [price]\ninput = 1\noutput = \"not applicable\"\nsource = \"old\"\nas_of = 2026-01-01\n\
            [scores_from]\nsource = \"old\"\n[scores]\nexam = 5";
        // The same source by another key, and a figure without any.
        let two = "name = \"Two\"\nsource = \"mine\"\nmax_output = 9\n[sources.mine]\ntitle = \"Shared\"\nchecked = 2026-06-01\n\
            [sources.other]\ntitle = \"Other\"";
        let three = "name = \"Three\"\ncontext_window = 9";
        let files = [SITE, ("models/acme/a.toml", one), ("models/acme/b.toml", two), ("models/acme/c.toml", three)];
        survey(&files, |catalog, survey| {
            assert_eq!(survey.figures, Figures { all: 5, without_source: 1, undated: 2, overdue: 1 });
            let sources = survey
                .sources
                .iter()
                .map(|rests| (catalog.source(rests.source).title.as_str(), rests.figures, rests.overdue));
            assert!(sources.eq([("Old", 2, 1), ("Shared", 2, 0), ("Other", 0, 0)]));
            assert_eq!(survey.scores, Scores { unstated: 1, ..Scores::default() });
        });
    }

    #[test]
    fn what_is_not_known_is_counted_and_what_does_not_apply_is_not() {
        let bare = "name = \"M\"";
        let full = "name = \"M\"\ncontext_window = \"not applicable\"\nmax_output = 9\nreleased = \"2025\"\nknowledge_cutoff = \"2024\"\n\
            weights = \"closed\"\nprice = { input = 1 }\n[scores]\nexam = 5";
        let open = "name = \"M\"\nweights = \"open\"\nlicense = \"MIT\"\nstatus = \"retired\"";
        let other =
            "name = \"M\"\n[[score]]\nbenchmark = \"exam\"\nvalue = 5\nversion = \"2\"\nmeasured = \"community\"";
        let paths = ["models/acme/a.toml", "models/acme/b.toml", "models/acme/c.toml", "models/acme/d.toml"];
        let files: Vec<_> = paths.into_iter().zip([bare, full, open, other]).chain([SITE]).collect();
        survey(&files, |_, survey| {
            assert_eq!((survey.models, survey.served, survey.open), (4, 3, 3));
            let unknown = Unknown {
                context_window: 3,
                max_output: 3,
                price: 2,
                released: 3,
                knowledge_cutoff: 3,
                weights: 2,
                license: 2,
                headline: 3,
            };
            assert_eq!(survey.unknown, unknown);
            assert_eq!((survey.scores.community, survey.scores.unstated), (1, 1));
        });
        survey(&[], |_, survey| assert_eq!((survey.models, survey.figures.all, survey.sources.len()), (0, 0, 0)));
    }
}
