//! Semantic faults of a resolved catalogue: one rule a file, all of them in one table.
//!
//! A rule is a plain function from the catalogue to findings. It never sees how a fact was written, only what it
//! says and where it stands.

mod cache_above_input;
mod capability_conflict;
mod date_order;
mod empty_catalogue;
mod missing_source;
mod output_above_context;
mod retired_but_active;
mod stale_figure;
mod status_conflict;
mod successor_circle;
mod unreachable_tier;
mod unused_source;

use rayon::prelude::*;

use crate::catalog::{Catalog, Date};
use crate::diagnostic::Diagnostic;

/// A rule.
#[derive(Clone, Copy)]
pub struct Check {
    /// The code of its findings.
    pub code: &'static str,
    /// The rule in one sentence.
    pub summary: &'static str,
    /// Finds what breaks it, on the day for which the site is built.
    pub run: fn(&Catalog, Date) -> Vec<Diagnostic>,
}

/// Every rule.
pub const CHECKS: &[Check] = &[
    cache_above_input::CHECK,
    capability_conflict::CHECK,
    date_order::CHECK,
    empty_catalogue::CHECK,
    missing_source::CHECK,
    output_above_context::CHECK,
    retired_but_active::CHECK,
    stale_figure::CHECK,
    status_conflict::CHECK,
    successor_circle::CHECK,
    unreachable_tier::CHECK,
    unused_source::CHECK,
];

/// Runs every rule over the catalogue.
#[must_use]
pub fn run(catalog: &Catalog, today: Date) -> Vec<Diagnostic> {
    CHECKS.par_iter().flat_map_iter(|check| (check.run)(catalog, today)).collect()
}
