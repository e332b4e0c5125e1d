//! Prices, limits and scores were checked no longer ago than the settings say.

use std::collections::BTreeMap;

use super::Check;
use crate::catalog::{Catalog, Date, Model, SourceId};
use crate::diagnostic::Diagnostic;
use crate::files::{FileId, Origin};

pub(super) const CHECK: Check = Check {
    code: "stale-figure",
    summary: "Prices, limits and scores were checked no longer ago than `recheck_after_days`.",
    run,
};

/// Overdue figures of one source, or those of one file that have none: what is looked up again in one go.
#[derive(Default)]
struct Stale<'a> {
    first: Option<(Origin, &'a Model)>,
    figures: usize,
    oldest: Option<Date>,
    newest: Option<Date>,
    several: bool,
}

impl<'a> Stale<'a> {
    fn add(&mut self, origin: Origin, model: &'a Model, day: Date) {
        self.several |= self.first.is_some_and(|(_, other)| other.id != model.id);
        let first = self.first.get_or_insert((origin, model));
        if origin < first.0 {
            *first = (origin, model);
        }
        self.figures += 1;
        self.oldest = Some(self.oldest.map_or(day, |oldest| oldest.min(day)));
        self.newest = self.newest.max(Some(day));
    }
}

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    let Some(recheck) = catalog.settings.recheck else { return Vec::new() };
    let mut stale: BTreeMap<(Option<SourceId>, Option<FileId>), Stale<'_>> = BTreeMap::new();
    for model in catalog.models.values() {
        for (provenance, origin) in model.figures() {
            if let Some(day) = provenance.overdue {
                let file = provenance.source.is_none().then_some(origin.file);
                stale.entry((provenance.source, file)).or_default().add(origin, model, day);
            }
        }
    }
    stale.iter().filter_map(|((source, _), stale)| finding(catalog, recheck.after_days, *source, stale)).collect()
}

/// One finding, however many figures and files there are.
fn finding(catalog: &Catalog, days: u32, source: Option<SourceId>, stale: &Stale<'_>) -> Option<Diagnostic> {
    let (origin, model) = stale.first?;
    let source = source.map(|id| catalog.source(id));
    let from = source.map_or_else(String::new, |source| format!(" from the source `{}`", source.key));
    let what = match stale.figures {
        1 => format!("a figure{from} was"),
        many => format!("{many} figures{from} were"),
    };
    let oldest = on(stale.oldest?);
    let when = if stale.oldest == stale.newest {
        format!("last checked {oldest}, more than {} ago", in_days(days))
    } else {
        format!("last checked more than {} ago, the oldest {oldest}", in_days(days))
    };
    let others = if stale.several { " and others" } else { "" };
    let message = format!("model `{}`{others}: {what} {when}", model.id);
    let finding = Diagnostic::warning(CHECK.code, message)
        .at(origin, if stale.figures == 1 { "this one" } else { "the first one" });
    Some(match source {
        Some(source) => finding.at(source.origin, "its source").help(format!(
            "read the source again, mend what has changed, and set `checked` of `[sources.{}]` to that day",
            source.key
        )),
        None => finding.help("look it up again, name where under `[sources.<key>]`, and set its `checked` to that day"),
    })
}

/// `on 1 May 2026`, `in May 2026`
fn on(day: Date) -> String {
    let word = if day.has_day() { "on" } else { "in" };
    format!("{word} {}", day.long())
}

/// `1 day`, `180 days`
fn in_days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::resolve::example::{catalog, today};

    const SOURCES: &str = "[sources.a]\ntitle = \"A\"\nchecked = 2026-05-01\n[sources.b]\ntitle = \"B\"\n";

    fn found(days: &str, files: &[(&str, &str)]) -> Vec<String> {
        let site = format!("title = \"Cards\"\nrecheck_after_days = {days}\n{SOURCES}");
        let files: Vec<_> = files.iter().copied().chain([("site.toml", site.as_str())]).collect();
        run(&catalog(&files), today()).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn one_finding_a_source_says_how_many_figures_and_how_old_they_are() {
        let one = "name = \"One\"\nsource = \"a\"\ncontext_window = 9\nprice = { input = 1, output = 2 }\n\
            [scores_from]\nsource = \"b\"\nas_of = 2026-03-02\n[scores]\nexam = 5";
        let one = [("models/acme/one.toml", one)];
        let [a, b] = [
            "model `acme/one`: 3 figures from the source `a` were last checked on 1 May 2026, more than 30 days ago",
            "model `acme/one`: a figure from the source `b` was last checked on 2 Mar 2026, more than 30 days ago",
        ];
        assert_eq!(found("30", &one), [a, b]);
        assert_eq!(found("50", &one), [b.replace("30", "50")]);
        assert_eq!(found("200", &one), [] as [String; 0]);
    }

    #[test]
    fn figures_of_many_files_with_one_source_are_one_finding_with_the_oldest_day() {
        let results = "name = \"Exam\"\nmeasures = \"x\"\ncategory = \"T\"\nsource = \"b\"\nas_of = 2026-02-01\n[results]\n\
            \"acme/one\" = 5\n[[result]]\nmodel = \"acme/two\"\nvalue = 6\nas_of = 2026-01-31";
        let two = "name = \"Two\"\nsource = \"b\"\nas_of = 2026-02-03\ncontext_window = 9";
        let files = [
            ("models/acme/one.toml", "name = \"One\""),
            ("models/acme/two.toml", two),
            ("benchmarks/exam.toml", results),
        ];
        assert_eq!(
            found("1", &files),
            [
                "model `acme/one` and others: 3 figures from the source `b` were last checked more than 1 day ago, the oldest \
              on 31 Jan 2026"
            ]
        );
    }

    #[test]
    fn figures_without_a_source_are_one_finding_a_file() {
        let old = "name = \"M\"\nas_of = 2026-01-01\ncontext_window = 9\nmax_output = 9";
        let files = [("models/acme/one.toml", old), ("models/acme/two.toml", old)];
        let message =
            |id| format!("model `acme/{id}`: 2 figures were last checked on 1 Jan 2026, more than 30 days ago");
        assert_eq!(found("30", &files), ["one", "two"].map(message));
    }
}
