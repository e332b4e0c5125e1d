//! The rulers: one drawing with the ticks of every measure, which all cards share.

use super::{Export, Exported};
use crate::charts;
use crate::pages::Context;
use crate::urls;

pub(super) const EXPORT: Export = Export { name: "the rulers", path: "assets/rulers.svg", run };

fn run(cx: &Context<'_>) -> Vec<Exported> {
    vec![Exported { url: urls::rulers(), bytes: charts::rulers::file(cx.rankings).into_bytes() }]
}
