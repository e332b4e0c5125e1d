//! Cards of small catalogues, from the texts that an author would write.

mod benchmarks;
mod prices;
mod tiles;

use super::sources::Citations;
use super::*;
use crate::catalog::resolve::example;
use crate::catalog::{ModelId, Rankings};
use crate::theme::Theme;

/// Something of the card of one model.
pub(super) fn with<T>(files: &[(&str, &str)], id: &str, make: impl FnOnce(&Card<'_>, &mut Citations<'_>) -> T) -> T {
    let catalog = example::catalog(files);
    let rankings = Rankings::new(&catalog, example::today());
    let theme = Theme::default();
    let cx = Context { catalog: &catalog, rankings: &rankings, theme: &theme, statics: &[], today: example::today() };
    let model = &catalog.models[&ModelId::new(id)];
    let card = Card {
        cx: &cx,
        model,
        developer: catalog.developer(model),
        reference: model.reference_offer(cx.today),
        base: link_base(&catalog, &urls::model(model)),
    };
    make(&card, &mut Citations::new(&catalog))
}
