//! `modelfolio import`: another catalogue into content files, with a review of what changes and an account of everything.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;

use super::error::Failure;
use super::foreign::{Foreign, Named, texts};
use super::{CommandResult, Format, Global, Import, Outcome, report};
use crate::files::SourceTree;
use crate::importers::join::Unjoined;
use crate::importers::{self, account};
use crate::load;

/// So many lines of the review stand in the short form.
const SHORT: usize = 20;

pub(super) fn run(global: &Global, args: &Import) -> CommandResult {
    let start = Instant::now();
    let root = site(global, args)?;
    let named =
        Named { kind: &args.kind, path: &args.path, folder: args.folder.as_deref(), columns: args.columns.as_deref() };
    let foreign = Foreign::read(&named, &root, global.today()?)?;
    let tree = content(&root)?;
    let unjoined = match args.unjoined {
        super::UnjoinedArg::Cards => Unjoined::Cards,
        super::UnjoinedArg::List => Unjoined::List,
    };
    let content = texts(&tree);
    let request = foreign.request(&content, unjoined);
    let import = importers::import(&request).map_err(Failure::Usage)?;
    if !args.dry_run {
        save(&root, &importers::lock_path(foreign.format), &foreign.meant_path, &import)?;
    }
    if let Some(path) = &args.report {
        write(path, &account::lines(&import.ledger))?;
    }
    let written = import.texts.len();
    match global.format {
        Format::Json => report::line(&format!(
            "{}\n",
            json!({
                "summary": if args.dry_run { "reviewed" } else { "imported" },
                "records": counts(import.account.records),
                "fields": counts(import.account.fields),
                "files": written,
                "changes": import.review.subjects.values().map(Vec::len).sum::<usize>(),
                "milliseconds": u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            })
        ))?,
        Format::Text if global.quiet => {}
        Format::Text => {
            let full = args.dry_run || global.verbose;
            let mut words = import.review.text(if full { usize::MAX } else { SHORT });
            for (record, mapping, rules) in &import.differ {
                words.push_str(&format!("{record} is joined to {mapping} by the mapping; the rules now say {rules}\n"));
            }
            words.push('\n');
            words.push_str(&import.account.text(full));
            let done = if args.dry_run { "Would write" } else { "Wrote" };
            let time = report::time(start.elapsed());
            words.push_str(&format!("\n{done} {} in {time}\n", report::count(written, "file")));
            report::line(&words)?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes everything. What is meant to be remembered is written first, so that an import that is interrupted is taken up
/// again by the next one.
fn save(root: &Path, lock: &str, meant: &Path, import: &importers::Import) -> Result<(), Failure> {
    if let Some(text) = import.texts.get(lock) {
        write(meant, text)?;
    }
    for (path, text) in import.texts.iter().filter(|(path, _)| *path != lock) {
        write(&root.join(path), text)?;
    }
    if import.texts.contains_key(lock) {
        let lock = root.join(lock);
        return fs::rename(meant, &lock).map_err(|source| Failure::Io { what: "write", path: lock, source });
    }
    match fs::remove_file(meant) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::Io { what: "remove", path: meant.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

fn counts(counts: account::Counts) -> serde_json::Value {
    json!({ "all": counts.all, "taken": counts.taken, "merged": counts.merged, "left_out": counts.left_out })
}

/// The folder of the site: that of `--into`, which is its content folder, or the one that other commands take.
fn site(global: &Global, args: &Import) -> Result<PathBuf, Failure> {
    let Some(into) = &args.into else { return global.site_root() };
    let into = std::path::absolute(into).map_err(|source| Failure::Io { what: "find", path: into.clone(), source })?;
    match (into.file_name(), into.parent()) {
        (Some(name), Some(parent)) if name == "content" => Ok(parent.to_owned()),
        _ => Err(Failure::Usage(format!(
            "--into {}: name the folder `content` of a site, as that is where the content is looked for",
            report::folder(&into)
        ))),
    }
}

/// The site's content; nothing where there is no such folder yet.
fn content(root: &Path) -> Result<SourceTree, Failure> {
    if !root.join("content").exists() {
        return Ok(SourceTree::default());
    }
    let (tree, found) = load::load(root)?;
    match found.iter().find(|finding| finding.is_error()) {
        Some(error) => {
            Err(Failure::Usage(format!("the content cannot be read: {}; `modelfolio check` says more", error.message)))
        }
        None => Ok(tree),
    }
}

/// Writes a file whole or not at all: beside it first, then in its place.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |source| Failure::Io { what: "write", path: path.to_owned(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.modelfolio-new"));
    let mut file = fs::File::create(&beside).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    drop(file);
    fs::rename(&beside, path).map_err(failed)
}
