//! A catalogue has models.

use super::Check;
use crate::catalog::{Catalog, Date};
use crate::diagnostic::Diagnostic;

pub(super) const CHECK: Check = Check { code: "empty-catalogue", summary: "A catalogue has at least one model.", run };

fn run(catalog: &Catalog, _: Date) -> Vec<Diagnostic> {
    if !catalog.models.is_empty() {
        return Vec::new();
    }
    vec![
        Diagnostic::error(CHECK.code, "the catalogue has no model")
            .in_file("content/models")
            .help("begin with `modelfolio new model <developer>/<model>`"),
    ]
}
