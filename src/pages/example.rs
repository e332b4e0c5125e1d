//! What pages are made from, for tests: small catalogues from the texts that an author would write.

use super::Context;
use crate::catalog::resolve::example;
use crate::catalog::{Listings, Rankings};
use crate::theme::Theme;

/// Hands out the context of a catalogue of these files; see [`example::catalog`].
pub(super) fn with<T>(files: &[(&str, &str)], look: impl FnOnce(&Context<'_>) -> T) -> T {
    let catalog = example::catalog(files);
    let rankings = Rankings::new(&catalog, example::today());
    let theme = Theme::default();
    look(&Context {
        catalog: &catalog,
        rankings: &rankings,
        listings: &Listings::default(),
        theme: &theme,
        statics: &[],
        today: example::today(),
    })
}
