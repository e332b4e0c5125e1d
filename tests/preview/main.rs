//! The preview through its front door: the real binary, spoken to over TCP.

mod anew;
mod crowd;
mod http;
mod live;
mod open;
mod ports;
mod program;
mod same;
mod strangers;
mod visitors;

/// Serves the complete site at the root of a free port with these options.
fn at_root(more: &[&str]) -> program::Program {
    program::Program::serve(&program::complete(), &[&["--base-url", "https://a.example/"], more].concat())
}
