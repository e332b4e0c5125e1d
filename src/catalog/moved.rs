//! Old addresses, and other ones by which people look for a page.

use super::ModelId;
use crate::files::Origin;

/// An address that leads to a page which stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The path from the site's root, without a slash in front: `models/openai/o3-old/`, `old.html`.
    pub from: String,
    /// The page.
    pub to: MovedTo,
    /// Where it was written.
    pub origin: Origin,
}

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MovedTo {
    /// To a model's card.
    Model(ModelId),
    /// To a page of the site, as a path from its root that begins with a slash, as the author typed it.
    Page(String),
}
