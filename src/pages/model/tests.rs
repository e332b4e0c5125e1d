//! Cards of small catalogues, from the texts that an author would write.

mod answers;
mod benchmarks;
mod prices;
mod sources;
mod tiles;

use super::*;
use crate::catalog::ModelId;
use crate::pages::example;
use crate::pages::sources::Citations;

/// Something of the card of one model.
pub(super) fn with<T>(files: &[(&str, &str)], id: &str, make: impl FnOnce(&Card<'_>, &mut Citations<'_>) -> T) -> T {
    example::with(files, |cx| {
        let model = &cx.catalog.models[&ModelId::new(id)];
        let card = Card {
            cx,
            model,
            developer: cx.catalog.developer(model),
            reference: model.reference_offer(cx.today),
            base: link_base(cx.catalog, &urls::model(model)),
        };
        make(&card, &mut Citations::new(cx.catalog))
    })
}
