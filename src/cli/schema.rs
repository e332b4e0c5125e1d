//! `modelfolio schema`: the content format for editors.

use std::fs;

use super::error::Failure;
use super::{CommandResult, Global, Outcome, report};
use crate::source::schema::schemas;

pub(super) fn run(global: &Global, name: Option<&str>, write: bool) -> CommandResult {
    if !write {
        report::line(&printed(name)?)?;
        return Ok(Outcome::Done);
    }
    let folder = global.site_root()?.join("schema");
    write_schemas(&folder)?;
    if report::wanted(global) {
        let files: Vec<_> = schemas().iter().map(|(name, _)| folder.join(name)).collect();
        let words = format!("Wrote {} to {}/\n", report::count(files.len(), "schema"), report::folder(&folder));
        report::written(global, &files, &words)?;
    }
    Ok(Outcome::Done)
}

/// The schema of this name, or an object of all of them: one JSON document either way.
fn printed(name: Option<&str>) -> Result<String, Failure> {
    let schemas = schemas().into_iter().map(|(file, schema)| (file.trim_end_matches(".json"), schema));
    if let Some(name) = name {
        let mut names = Vec::new();
        for (known, schema) in schemas {
            if known == name.trim_end_matches(".json") {
                return Ok(schema);
            }
            names.push(known);
        }
        return Err(Failure::Usage(format!("there is no schema `{name}`: there are {}", names.join(", "))));
    }
    // Put together as text, so that each keeps the order of its keys.
    let members: Vec<String> =
        schemas.map(|(name, schema)| format!("  \"{name}\": {}", schema.trim_end().replace('\n', "\n  "))).collect();
    Ok(format!("{{\n{}\n}}\n", members.join(",\n")))
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
