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
