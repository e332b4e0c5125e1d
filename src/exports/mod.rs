//! The same catalogue for programs: one file, one machine format, all of them in one table.

mod robots;
mod rulers;
mod sitemap;

use crate::pages::Context;
use crate::urls::SiteUrl;

/// A finished file for programs.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Its address.
    pub url: SiteUrl,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A machine format.
#[derive(Clone, Copy)]
pub struct Export {
    /// Its name, for errors.
    pub name: &'static str,
    /// Makes its files; none when the site lacks what the format needs.
    pub run: fn(&Context<'_>) -> Vec<Exported>,
}

/// Every machine format.
pub const EXPORTS: &[Export] = &[robots::EXPORT, rulers::EXPORT, sitemap::EXPORT];
