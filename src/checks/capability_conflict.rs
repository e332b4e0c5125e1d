//! What a model can do fits what it takes.

use super::Check;
use crate::catalog::{Ability, Catalog, Date, Modality, Model};
use crate::diagnostic::Diagnostic;
use crate::files::Origin;

pub(super) const CHECK: Check = Check {
    code: "capability-conflict",
    summary: "A model's capabilities fit its input modalities and its reasoning efforts.",
    run,
};

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    catalog.models.values().flat_map(|model| vision(model).into_iter().chain(reasoning(model))).collect()
}

fn vision(model: &Model) -> Option<Diagnostic> {
    let takes_images = model.takes.known().filter(|takes| !takes.is_empty())?.contains(&Modality::Image);
    let what = match (model.ability("vision"), takes_images) {
        (Ability::Yes(_), false) => "has vision, but its input modalities have no image",
        (Ability::No, true) => "has no vision, but its input modalities have image",
        _ => return None,
    };
    let help = "leave `vision` out: it follows from the modalities. Or correct them";
    Some(conflict(model, what, model.takes.origin, "these modalities", help))
}

fn reasoning(model: &Model) -> Option<Diagnostic> {
    let reasoning = model.reasoning.as_ref().filter(|_| *model.ability("reasoning") == Ability::No)?;
    let help = "leave the capability out: it follows from `[reasoning]`. Or remove that table";
    Some(conflict(model, "does not reason, but has reasoning efforts", reasoning.origin, "these efforts", help))
}

fn conflict(model: &Model, what: &str, origin: Option<Origin>, label: &str, help: &str) -> Diagnostic {
    let found = Diagnostic::warning(CHECK.code, format!("model `{}`: {what}", model.id)).help(help);
    match origin {
        Some(origin) => found.at(origin, label),
        None => found,
    }
}
