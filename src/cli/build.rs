//! `modelfolio build`: from the content to the finished folder.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use xxhash_rust::xxh3::xxh3_128;

use super::check::{read_and_assemble, report_stages, stops};
use super::progress::Progress;
use super::{CommandResult, Failure, Format, Global, Outcome, Write, report};
use crate::load::stamp::Stamp;
use crate::publish::{self, Publication, Published, Settled, Target};
use crate::site::SitePath;
use crate::{Options, hosts, load};

pub(super) fn run(global: &Global, write: &Write) -> CommandResult {
    let root = global.site_root()?;
    let out = global.output(&root);
    let target = Target {
        force: write.force,
        minify: !write.no_minify,
        precompress: write.precompress,
        ..Target::new(&root, &out)
    };
    let mut progress = Progress::start(!global.quiet);
    progress.stage("looking");
    let inputs = inputs(global, &target)?;
    if let Some(settled) = inputs.and_then(|inputs| publish::settled(&target, inputs)) {
        let (time, stages) = progress.finish();
        let published = Published { unchanged: settled.files + settled.compressed, ..Published::default() };
        return Built { settled, published: &published, out: &out, time }.tell(global, 0, &stages);
    }
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

    progress.stage(if write.precompress { "compressing" } else { "minifying" });
    let mut publication = Publication::prepare(&target, &site)?;
    let files = publication.files().map(|(path, size)| (path.as_str(), size));
    let mut warnings = hosts::check(assembled.hosts.as_deref(), &site, files);
    warnings.extend_from_slice(publication.warnings());
    if global.strict && !warnings.is_empty() {
        progress.finish();
        report::findings(global, &tree, &warnings)?;
        report::stopped(global, &warnings, "Nothing was written")?;
        return Ok(Outcome::ContentIsWrong);
    }
    let settled = Settled {
        models: assembled.models,
        files: site.len(),
        compressed: publication.files().count() - site.len(),
        has_base_url: assembled.has_base_url,
    };
    assembled.diagnostics.extend(warnings);
    if let Some(inputs) = inputs.filter(|_| assembled.diagnostics.is_empty()) {
        publication.settle(inputs, settled);
    }
    progress.stage("writing");
    let published = publication.write()?;
    let (time, stages) = progress.finish();
    report::findings(global, &tree, &assembled.diagnostics)?;
    Built { settled, published: &published, out: &out, time }.tell(global, assembled.diagnostics.len(), &stages)
}

/// All that decides what a build writes and tells, as one number, if it can be had without reading everything.
fn inputs(global: &Global, target: &Target) -> Result<Option<u128>, Failure> {
    let Options { today, base_url } = global.options()?;
    // Another program may write other pages, whatever its version.
    let program = std::env::current_exe().and_then(fs::metadata).ok().map(|metadata| Stamp::of(&metadata));
    let (Some(files), Some(program)) = (load::inputs(&target.root), program) else { return Ok(None) };
    let all = format!("{files:x} {program:?} {today} {base_url:?} {} {}", target.minify, target.precompress);
    Ok(Some(xxh3_128(all.as_bytes())))
}

/// What a build did.
struct Built<'a> {
    settled: Settled,
    published: &'a Published,
    out: &'a Path,
    time: Duration,
}

impl Built<'_> {
    fn tell(&self, global: &Global, warnings: usize, stages: &[(&'static str, Duration)]) -> CommandResult {
        match global.format {
            Format::Json => report::line(&self.json())?,
            Format::Text if global.quiet => {}
            Format::Text => {
                report::line(&self.text(warnings))?;
                if global.verbose {
                    report::line(&report_stages(stages))?;
                    report::line(&self.files())?;
                }
            }
        }
        Ok(Outcome::Done)
    }

    /// At most six lines: what was built, what changed, what to do next.
    fn text(&self, warnings: usize) -> String {
        let Published { added, changed, removed, unchanged, bytes, .. } = self.published;
        let out = report::folder(self.out);
        let models = report::count(self.settled.models, "model");
        let files = report::count(self.settled.files, "file");
        let compressed = match self.settled.compressed {
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
        if !self.settled.has_base_url {
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
            "models": self.settled.models,
            "files": self.settled.files,
            "compressed": self.settled.compressed,
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
