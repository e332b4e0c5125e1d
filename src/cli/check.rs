//! `modelfolio check`: everything but writing.

use serde_json::json;

use super::progress::Progress;
use super::{CommandResult, Format, Global, Outcome, report};
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;
use crate::{Assembled, Stage, assemble, hosts, load};

pub(super) fn run(global: &Global) -> CommandResult {
    let root = global.site_root()?;
    let mut progress = Progress::start(!global.quiet);
    let (tree, mut assembled) = read_and_assemble(global, &root, &mut progress)?;
    if let Some(site) = &assembled.site {
        let files = site.iter().map(|(path, file)| (path.as_str(), file.bytes.len() as u64));
        assembled.diagnostics.extend(hosts::check(assembled.hosts.as_deref(), site, files));
    }
    let (time, stages) = progress.finish();
    report::findings(global, &tree, &assembled.diagnostics)?;
    if stops(global, &assembled.diagnostics) {
        report::stopped(global, &assembled.diagnostics, "The content is not right")?;
        return Ok(Outcome::ContentIsWrong);
    }
    match global.format {
        Format::Json => {
            let summary = json!({
                "summary": "checked",
                "models": assembled.models,
                "warnings": assembled.diagnostics.len(),
                "milliseconds": u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
            });
            report::line(&format!("{summary}\n"))?;
        }
        Format::Text if global.quiet => {}
        Format::Text => {
            let warnings = crate::diagnostic::summary(&assembled.diagnostics);
            let warnings = warnings.map_or_else(String::new, |count| format!(", {count}"));
            let models = report::count(assembled.models, "model");
            report::line(&format!("Checked {models} in {}: no errors{warnings}\n", report::time(time)))?;
            if global.verbose {
                report::line(&report_stages(&stages))?;
            }
        }
    }
    Ok(Outcome::Done)
}

/// Reads the site and makes its files in memory.
pub(super) fn read_and_assemble(
    global: &Global,
    root: &std::path::Path,
    progress: &mut Progress,
) -> Result<(SourceTree, Assembled), super::Failure> {
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
