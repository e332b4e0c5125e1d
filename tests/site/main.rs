//! Whole sites through the real binary: what is built, and that it is always the same.

mod binary;
mod cli;
mod determinism;
#[path = "../../benches/generator/mod.rs"]
mod generator;
mod golden;
mod hosting;
mod minified;
mod trees;
mod upload;
