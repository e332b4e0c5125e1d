//! `.nojekyll`: GitHub Pages would leave out what begins with an underscore, and take braces in pages for its own.

use super::{Export, Exported, own};
use crate::pages::Context;
use crate::urls;

pub(super) const EXPORT: Export = Export { name: ".nojekyll", path: ".nojekyll", run };

fn run(cx: &Context<'_>) -> Vec<Exported> {
    let url = urls::nojekyll();
    let bytes = own(cx, &url).unwrap_or_default().to_vec();
    vec![Exported { url, bytes }]
}
