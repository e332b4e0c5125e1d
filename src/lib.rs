//! Modelfolio: from a folder of plain files about AI models to a finished static website.
//!
//! ```text
//! content/ ─load─► source ─resolve─► catalog ─present─► pages ─render─► site ─publish─► public/
//! ```
//!
//! Everything between `load` and `publish` is a pure function of its arguments: [`assemble`].

pub mod catalog;
pub mod charts;
pub mod checks;
pub mod cli;
pub mod compress;
pub mod diagnostic;
pub mod exports;
pub mod files;
pub mod headers;
pub mod hosts;
pub mod html;
pub mod importers;
pub mod links;
pub mod load;
pub mod markdown;
pub mod minify;
pub mod pages;
pub mod preview;
pub mod publish;
pub mod site;
pub mod source;
pub mod theme;
pub mod urls;
pub mod workspace;

mod assemble;
mod markup;

pub use assemble::{Assembled, Options, Stage, assemble};
