//! A model that has been turned off is not shown as served.

use super::Check;
use crate::catalog::{Catalog, Date, Status};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check {
    code: "retired-but-active",
    summary: "A model whose retirement date has passed has the status retired.",
    run,
};

fn run(catalog: &Catalog, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values().filter(|model| model.status != Status::Retired) {
        let Some(retired) = model.dates.retired.known().filter(|retired| retired.is_before(today)) else { continue };
        let message = format!("model `{}`: retired on {retired}, but its status is {}", model.id, model.status);
        let mut finding = Diagnostic::error(CHECK.code, message)
            .help("set `status = \"retired\"`, or correct the date if it is still served");
        for (origin, text) in [(model.dates.retired.origin, "in the past"), (model.status_origin, "not retired")] {
            if let Some(origin) = origin {
                finding = finding.at(origin, text);
            }
        }
        found.push(finding);
    }
    found
}
