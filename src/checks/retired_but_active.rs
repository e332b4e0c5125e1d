//! A model that is turned off, or is to be, is not called active.

use super::Check;
use crate::catalog::{Catalog, Date, Status};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "retired-but-active",
    summary: "A model with a retirement date is not called active or preview.",
    run,
};

fn run(catalog: &Catalog, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        let Some(retired) = model.dates.retired.known() else { continue };
        let Some(status @ (Status::Active | Status::Preview)) = model.written_status else { continue };
        let verb = if retired.is_before(today) { "retired on" } else { "to be retired on" };
        let message = format!("model `{}`: {verb} {retired}, but its status is {status}", model.id);
        let mut finding = Diagnostic::error(CHECK.code, message)
            .help("leave the status out: it follows from the dates. Or correct the date");
        for (origin, text) in [(model.dates.retired.origin, "this date"), (model.status_origin, "this status")] {
            if let Some(origin) = origin {
                finding = finding.at(origin, text);
            }
        }
        found.push(finding);
    }
    found
}
