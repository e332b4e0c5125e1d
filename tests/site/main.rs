//! Whole sites through the real binary: what is built, and that it is always the same.

mod binary;
mod cli;
mod determinism;
mod golden;
mod hosting;
mod trees;
mod upload;
