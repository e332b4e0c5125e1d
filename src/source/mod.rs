//! What the author wrote: every kind of content file as written, places kept, nothing believed.
//!
//! Parsing never fails as a whole. It returns what could be read and the diagnostics for the rest.
//! Words are still strings here and ids may name nothing: `catalog::resolve` decides.

mod benchmark;
mod developer;
mod fault;
mod gap;
mod located;
mod model;
mod node;
mod parse;
mod price;
mod provenance;
mod provider;
mod read;
pub mod schema;
mod score;
mod site;
pub mod words;

pub use benchmark::{Baseline, BenchmarkFile, Scale};
pub use developer::DeveloperFile;
pub use located::{Amount, Capability, DateText, Located, Number};
pub use model::{Api, ApiParameter, Capabilities, Link, Modalities, ModelFile, Reasoning, Unknown};
pub use parse::{Broken, Kind, Parsed, ParsedModel, Reread, Sources, parse, parse_again};
pub use price::{ContextTier, PriceRow, PriceSet, PriceTable};
pub use provenance::{Provenance, SourceDef};
pub use provider::{DataPolicy, Offer, ProviderFile};
pub use score::{ResultRow, ScoreDefaults, ScoreRow};
pub use site::{Gateway, NavigationItem, Operator, SiteFile, Workload};
