//! The preview: the site in memory, served to the browsers of those who work on it, and kept up to date.
//!
//! `state` is what its threads share: a worker brings the site up to date, the server answers from it.

mod batch;
pub mod event;
#[cfg(test)]
mod example;
mod git;
mod keeper;
pub mod rebuild;
pub mod state;
mod watch;
pub mod worker;
