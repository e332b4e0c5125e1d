//! `modelfolio build`: from the content to the finished folder.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::check::{read_and_assemble, report_stages, stops};
use super::progress::Progress;
use super::{CommandResult, Format, Global, Outcome, Write, report};
use crate::hosts;
use crate::publish::{Publication, Published, Target};
use crate::site::{Site, SitePath};

pub(super) fn run(global: &Global, write: &Write) -> CommandResult {
    let root = global.site_root()?;
    let out = global.output(&root);
    let mut progress = Progress::start(!global.quiet);
    let (tree, mut assembled) = read_and_assemble(global, &root, &mut progress)?;
    let site = assembled.site.take().filter(|_| !stops(global, &assembled.diagnostics));
    let Some(site) = site else {
        progress.finish();
        report::findings(global, &tree, &assembled.diagnostics)?;
        let what = if out.exists() {
            format!("Nothing was written, {}/ is as it was", report::folder(&out))
        } else {
            "Nothing was written".to_owned()
        };
        report::stopped(global, &assembled.diagnostics, &what)?;
        return Ok(Outcome::ContentIsWrong);
    };

    let target = Target {
        force: write.force,
        minify: !write.no_minify,
        precompress: write.precompress,
        ..Target::new(&root, &out)
    };
    progress.stage(if write.precompress { "compressing" } else { "minifying" });
    let publication = Publication::prepare(&target, &site)?;
    let files = publication.files().map(|(path, size)| (path.as_str(), size));
    let mut warnings = hosts::check(assembled.hosts.as_deref(), &site, files);
    warnings.extend_from_slice(publication.warnings());
    if global.strict && !warnings.is_empty() {
        progress.finish();
        report::findings(global, &tree, &warnings)?;
        report::stopped(global, &warnings, "Nothing was written")?;
        return Ok(Outcome::ContentIsWrong);
    }
    let compressed = publication.files().count() - site.len();
    progress.stage("writing");
    let published = publication.write()?;
    let (time, stages) = progress.finish();
    assembled.diagnostics.extend(warnings);
    report::findings(global, &tree, &assembled.diagnostics)?;

    let built = Built { site: &site, published: &published, out: &out, models: assembled.models, compressed, time };
    match global.format {
        Format::Json => report::line(&built.json())?,
        Format::Text if global.quiet => {}
        Format::Text => {
            report::line(&built.text(assembled.diagnostics.len(), assembled.has_base_url))?;
            if global.verbose {
                report::line(&report_stages(&stages))?;
                report::line(&built.files())?;
            }
        }
    }
    Ok(Outcome::Done)
}

/// What a build did.
struct Built<'a> {
    site: &'a Site,
    published: &'a Published,
    out: &'a Path,
    models: usize,
    /// How many compressed files stand beside those of the site.
    compressed: usize,
    time: Duration,
}

impl Built<'_> {
    /// At most six lines: what was built, what changed, what to do next.
    fn text(&self, warnings: usize, has_base_url: bool) -> String {
        let Published { added, changed, removed, unchanged, bytes, .. } = self.published;
        let out = report::folder(self.out);
        let models = report::count(self.models, "model");
        let files = report::count(self.site.len(), "file");
        let compressed = match self.compressed {
            0 => String::new(),
            number => format!(", with {number} compressed beside them,"),
        };
        let mut text = format!("Built {models} as {files}{compressed} in {} into {out}/\n", report::time(self.time));
        if added.is_empty() && changed.is_empty() && removed.is_empty() {
            text.push_str("Nothing changed\n");
        } else {
            text.push_str(&format!(
                "Changed: {} new, {} different, {} removed, {unchanged} as before ({} written)\n",
                added.len(),
                changed.len(),
                removed.len(),
                report::size(*bytes)
            ));
        }
        if warnings > 0 {
            text.push_str(&format!("{}, shown above\n", report::count(warnings, "warning")));
        }
        if !has_base_url {
            text.push_str("No base_url in content/site.toml: canonical addresses and the sitemap are left out\n");
        }
        text.push_str(&format!("Look at it: open {out}/index.html in a browser\n"));
        text.push_str(&format!("Publish it: upload {out}/ to any static host\n"));
        text
    }

    fn json(&self) -> String {
        let paths = |paths: &[SitePath]| paths.iter().map(SitePath::to_string).collect::<Vec<_>>();
        let summary = json!({
            "summary": "built",
            "models": self.models,
            "files": self.site.len(),
            "compressed": self.compressed,
            "added": paths(&self.published.added),
            "changed": paths(&self.published.changed),
            "removed": paths(&self.published.removed),
            "unchanged": self.published.unchanged,
            "bytes_written": self.published.bytes,
            "milliseconds": u64::try_from(self.time.as_millis()).unwrap_or(u64::MAX),
            "out": self.out.to_string_lossy(),
        });
        format!("{summary}\n")
    }

    /// Every file that changed.
    fn files(&self) -> String {
        let marked = |mark: char, paths: &[SitePath]| -> String {
            paths.iter().map(|path| format!("  {mark} {path}\n")).collect()
        };
        let Published { added, changed, removed, .. } = self.published;
        marked('+', added) + &marked('~', changed) + &marked('-', removed)
    }
}
