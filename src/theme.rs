//! The theme: stylesheet, scripts and icons, assembled and fingerprinted.

/// The theme's finished files.
#[derive(Debug, Clone, Default)]
pub struct Theme {}
