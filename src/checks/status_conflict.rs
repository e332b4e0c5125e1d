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
        let served = matches!(model.status, Status::Active | Status::Preview);
        // A model that is off by its date has been told of as such.
        let off_by_date = dates.retired.known().is_some_and(|date| date.is_before(today));
        let served = served && !off_by_date;
        if let Some(date) = dates.deprecated.known().filter(|date| served && date.is_before(today)) {
            let what = format!("deprecated on {date}, but its status is {}", model.status);
            found.push(conflict(model, &what, &dates.deprecated, "set `status = \"deprecated\"`, or correct the date"));
        }
        let off = model.status == Status::Retired;
        if let Some(date) = dates.retired.known().filter(|date| off && today.is_before(**date)) {
            let what = format!("its status is retired, but it is served until {date}");
            found.push(conflict(model, &what, &dates.retired, "until then its status is deprecated"));
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
