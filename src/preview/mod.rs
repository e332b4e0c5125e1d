//! The preview: the site in memory, served to the browsers of those who work on it, and kept up to date.
//!
//! `state` is what its threads share: a worker brings the site up to date, the server answers from it.

mod batch;
mod client;
pub mod event;
#[cfg(test)]
mod example;
mod git;
mod keeper;
pub mod listen;
mod place;
mod problems;
pub mod program;
pub mod rebuild;
pub mod request;
mod response;
mod served;
pub mod server;
pub mod state;
mod version;
mod watch;
pub mod worker;
