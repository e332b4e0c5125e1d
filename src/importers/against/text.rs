//! A cross-check as people and programs read it.

use serde_json::{Value, json};

use super::{Comparison, Disagreement, Only};
use crate::diagnostic::{Diagnostic, visible};
use crate::files::{Origin, SourceTree, Span};

/// What is said of a limit that stands with the model.
const INHERITED: &str = "the offer has no limit of its own and takes the model's: give it one where they differ";

impl Disagreement {
    /// What differs, in one line.
    fn line(&self, title: &str) -> String {
        let Self { model, what, ours, theirs, .. } = self;
        let how = self.how.as_ref().map_or_else(String::new, |how| format!(", {how}"));
        format!("{model}, {what}: {ours} here, {theirs} in {title}{how}")
    }

    /// What is suspicious about it, and where it would be put right.
    fn help(&self) -> Option<String> {
        let suspicion = self.suspicion.as_ref().map(|words| format!("suspicious: {words}"));
        let inherited = self.is_inherited.then(|| INHERITED.to_owned());
        let parts: Vec<String> = suspicion.into_iter().chain(inherited).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

impl Comparison {
    /// The disagreements as findings about the content, the largest first.
    #[must_use]
    pub fn diagnostics(&self, tree: &SourceTree) -> Vec<Diagnostic> {
        let findings = self.disagreements.iter().map(|one| {
            let finding = Diagnostic::warning("disagrees-with-source", one.line(self.title));
            let finding = match tree.find(&one.path) {
                Some(file) => finding.at(Origin { file, span: Span::from(one.span.clone()) }, one.from.as_str()),
                None => finding.in_file(one.path.as_str()),
            };
            match one.help() {
                Some(help) => finding.help(help),
                None => finding,
            }
        });
        findings.collect()
    }

    /// What was compared, in numbers; names too when all of it is asked for.
    #[must_use]
    pub fn text(&self, full: bool) -> String {
        let title = self.title;
        let mut text = format!(
            "Compared with {title}: {} and {} are in both\n",
            count(self.models, "model"),
            count(self.offers, "offer")
        );
        let suspicious = self.disagreements.iter().filter(|one| one.suspicion.is_some()).count();
        let marked = if suspicious > 0 { format!(" ({suspicious} suspicious)") } else { String::new() };
        text.push_str(&format!("  {} agree, {} disagree{marked}", self.agree, self.disagreements.len()));
        for (number, words) in [(self.kept.len(), "kept by hand"), (self.apart.len(), "cannot be compared")] {
            if number > 0 {
                text.push_str(&format!(", {number} {words}"));
            }
        }
        text.push('\n');
        let mut is_short = false;
        let mut list = |text: &mut String, names: &[String]| {
            if full {
                names.iter().for_each(|name| text.push_str(&format!("    {}\n", visible(name))));
            } else {
                is_short |= !names.is_empty();
            }
        };
        let kept: Vec<String> = self.kept.iter().map(|one| one.line(title)).collect();
        list(&mut text, &kept);
        list(&mut text, &self.apart);
        for (head, only) in [("Only here", &self.only_here), (&*format!("Only in {title}"), &self.only_there)] {
            if only.is_empty() {
                continue;
            }
            text.push_str(&format!("{head}: {}\n", only.text()));
            for names in [&only.models, &only.offers, &only.figures] {
                list(&mut text, names);
            }
        }
        for (names, words) in [(&self.unjoined, "joined to no model"), (&self.left_out, "left out as they are read")] {
            if !names.is_empty() {
                text.push_str(&format!("{} of {title} {words}\n", count(names.len(), "record")));
                list(&mut text, names);
            }
        }
        if is_short {
            text.push_str("--verbose names all of them\n");
        }
        text
    }

    /// The same for programs, with every disagreement.
    #[must_use]
    pub fn json(&self, full: bool) -> Value {
        let names = |names: &[String]| if full { json!(names) } else { json!(names.len()) };
        let only = |only: &Only| json!({ "models": names(&only.models), "offers": names(&only.offers), "figures": names(&only.figures) });
        let disagreements = self.disagreements.iter().map(|one| {
            json!({
                "model": one.model,
                "what": one.what,
                "ours": one.ours,
                "theirs": one.theirs,
                "how": one.how,
                "suspicion": one.suspicion,
                "path": one.path,
                "from": one.from,
            })
        });
        let kept: Vec<String> = self.kept.iter().map(|one| one.line(self.title)).collect();
        json!({
            "source": self.title,
            "models": self.models,
            "offers": self.offers,
            "agree": self.agree,
            "disagree": self.disagreements.len(),
            "disagreements": disagreements.collect::<Vec<_>>(),
            "suspicious": self.disagreements.iter().filter(|one| one.suspicion.is_some()).count(),
            "kept": names(&kept),
            "not_comparable": names(&self.apart),
            "only_here": only(&self.only_here),
            "only_there": only(&self.only_there),
            "unjoined": names(&self.unjoined),
            "left_out": names(&self.left_out),
        })
    }
}

impl Only {
    fn is_empty(&self) -> bool {
        self.models.is_empty() && self.offers.is_empty() && self.figures.is_empty()
    }

    fn text(&self) -> String {
        let parts = [(&self.models, "model"), (&self.offers, "offer"), (&self.figures, "figure")];
        let parts = parts.into_iter().filter(|(names, _)| !names.is_empty());
        parts.map(|(names, what)| count(names.len(), what)).collect::<Vec<_>>().join(", ")
    }
}

fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
