//! Status and dates of a model say the same.

use super::Check;
use crate::catalog::{Catalog, Date, Fact, Model, Status};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check =
    Check { code: "status-conflict", summary: "A model's status fits its dates of deprecation and retirement.", run };

fn run(catalog: &Catalog, today: Date) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for model in catalog.models.values() {
        let dates = &model.dates;
        // A status that a date of retirement belies has been told of as such.
        if let (Some(date), None, Some(status @ (Status::Active | Status::Preview))) =
            (dates.deprecated.known(), dates.retired.known(), model.written_status)
        {
            let what = format!("deprecated on {date}, but its status is {status}");
            let help = "leave the status out: it follows from the dates. Or correct the date";
            found.push(conflict(model, &what, &dates.deprecated, help));
        }
        let off = model.written_status == Some(Status::Retired);
        if let Some(date) = dates.retired.known().filter(|date| off && today.is_before(**date)) {
            let what = format!("its status is retired, but it is served until {date}");
            let help = "leave the status out: it follows from the dates. Or correct the date";
            found.push(conflict(model, &what, &dates.retired, help));
        }
    }
    found
}

fn conflict(model: &Model, what: &str, date: &Fact<Date>, help: &str) -> Diagnostic {
    let mut finding = Diagnostic::error(CHECK.code, format!("model `{}`: {what}", model.id)).help(help);
    for (origin, text) in [(date.origin, "this date"), (model.status_origin, "this status")] {
        if let Some(origin) = origin {
            finding = finding.at(origin, text);
        }
    }
    finding
}
