//! `modelfolio schema`: the content format for editors.

use std::fs;

use super::error::Failure;
use super::{CommandResult, Global, Outcome, report};
use crate::source::schema::schemas;

pub(super) fn run(global: &Global, write: bool) -> CommandResult {
    if !write {
        for (name, schema) in schemas() {
            report::note(&format!("{name}:\n"));
            report::line(&schema);
        }
        return Ok(Outcome::Done);
    }
    let folder = global.site_root()?.join("schema");
    write_schemas(&folder)?;
    if !global.quiet {
        report::line(&format!("Wrote {} to {}/\n", report::count(schemas().len(), "schema"), report::folder(&folder)));
    }
    Ok(Outcome::Done)
}

/// Writes every schema into a folder.
pub(super) fn write_schemas(folder: &std::path::Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|source| Failure::Io { what: "create", path: folder.to_owned(), source })?;
    for (name, schema) in schemas() {
        let path = folder.join(name);
        fs::write(&path, schema).map_err(|source| Failure::Io { what: "write", path: path.clone(), source })?;
    }
    Ok(())
}
