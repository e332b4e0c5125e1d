//! `modelfolio check`: everything but writing, and the numbers of another catalogue beside those of the content.

use std::ffi::OsString;
use std::path::Path;

use serde_json::json;

use super::foreign::{Foreign, Named, texts};
use super::progress::Progress;
use super::{Check, CommandResult, Failure, Format, Global, Outcome, report};
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;
use crate::importers::against::{self, Comparison};
use crate::importers::join::Unjoined;
use crate::{Assembled, Stage, assemble, hosts, load};

pub(super) fn run(global: &Global, args: &Check) -> CommandResult {
    let root = global.site_root()?;
    let mut progress = Progress::start(!global.quiet);
    let (tree, mut assembled) = read_and_assemble(global, &root, &mut progress)?;
    if let Some(site) = &assembled.site {
        let files = site.iter().map(|(path, file)| (path.as_str(), file.bytes.len() as u64));
        assembled.diagnostics.extend(hosts::check(assembled.hosts.as_deref(), site, files));
    }
    let comparison = match &args.against {
        // Numbers that could not be read cannot be compared; what is wrong with them is told first.
        Some(_) if assembled.site.is_none() => None,
        Some(against) => {
            progress.stage("comparing");
            Some(compare(global, args, against, &root, &tree)?)
        }
        None => None,
    };
    if let Some(comparison) = &comparison {
        assembled.diagnostics.extend(comparison.diagnostics(&tree));
    }
    let (time, stages) = progress.finish();
    report::findings(global, &tree, &assembled.diagnostics)?;
    let stops = stops(global, &assembled.diagnostics);
    match global.format {
        Format::Json => {
            let mut summary = json!({
                "summary": "checked",
                "models": assembled.models,
                "warnings": assembled.diagnostics.len(),
                "milliseconds": u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
            });
            if stops {
                summary = json!({ "summary": WRONG, "findings": assembled.diagnostics.len() });
            }
            if let Some(comparison) = &comparison {
                summary["against"] = comparison.json(global.verbose);
            }
            report::line(&format!("{summary}\n"))?;
        }
        Format::Text => {
            let mut words = String::new();
            if !stops {
                let warnings = crate::diagnostic::summary(&assembled.diagnostics);
                let warnings = warnings.map_or_else(String::new, |count| format!(", {count}"));
                let models = report::count(assembled.models, "model");
                words = format!("Checked {models} in {}: no errors{warnings}\n", report::time(time));
            }
            words.push_str(&comparison.map_or_else(String::new, |comparison| comparison.text(global.verbose)));
            if global.verbose && !stops {
                words.push_str(&report_stages(&stages));
            }
            if !global.quiet {
                report::line(&words)?;
            }
            if stops {
                let not_compared = args.against.is_some() && assembled.site.is_none();
                let what = if not_compared { NOT_COMPARED } else { WRONG };
                report::stopped(global, &assembled.diagnostics, what)?;
            }
        }
    }
    Ok(if stops { Outcome::ContentIsWrong } else { Outcome::Done })
}

/// How a check ends that has found something wrong.
const WRONG: &str = "The content is not right";

/// The same where the content was to be compared with another catalogue.
const NOT_COMPARED: &str = "The content is not right, and nothing was compared";

/// Holds the content against another catalogue.
fn compare(
    global: &Global,
    args: &Check,
    against: &[OsString],
    root: &Path,
    tree: &SourceTree,
) -> Result<Comparison, Failure> {
    let [kind, path] = against else {
        return Err(Failure::Usage("--against: name a format and a path".to_owned()));
    };
    let named = Named {
        kind: &kind.to_string_lossy(),
        path: Path::new(path),
        folder: args.folder.as_deref(),
        columns: args.columns.as_deref(),
    };
    let foreign = Foreign::read(&named, root, global.today()?)?;
    let content = texts(tree);
    against::compare(&foreign.request(&content, Unjoined::Cards)).map_err(Failure::Usage)
}

/// Reads the site and makes its files in memory.
pub(super) fn read_and_assemble(
    global: &Global,
    root: &Path,
    progress: &mut Progress,
) -> Result<(SourceTree, Assembled), Failure> {
    let options = global.options()?;
    progress.stage("reading");
    let (tree, found) = load::load(root)?;
    let mut stage = |stage: Stage| progress.stage(words(stage));
    let assembled = assemble(&tree, found, &options, &mut stage);
    Ok((tree, assembled))
}

/// Whether these findings stop a build.
pub(super) fn stops(global: &Global, found: &[Diagnostic]) -> bool {
    found.iter().any(|finding| finding.is_error() || global.strict)
}

/// A line for each stage with its time.
pub(super) fn report_stages(stages: &[(&'static str, std::time::Duration)]) -> String {
    stages.iter().map(|(name, time)| format!("  {:<11} {}\n", name, report::time(*time))).collect()
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Parse => "parsing",
        Stage::Resolve => "resolving",
        Stage::Check => "checking",
        Stage::Render => "rendering",
        Stage::Links => "linking",
    }
}
