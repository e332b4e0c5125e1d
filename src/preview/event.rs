//! What the preview has to say. It prints nothing itself: whoever runs it is told.

use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;

/// Something that happened, for people to read or for programs to wait for.
#[derive(Debug)]
pub enum Event {
    /// The site can be asked for at this address.
    Serving {
        /// Address of the home page.
        url: String,
    },
    /// A change of the files was taken, and open pages were told.
    Changed {
        /// The generation that shows it.
        generation: u64,
        /// Paths of what changed, below the site's root, in order.
        files: Vec<String>,
        /// How long it took from knowing that something changed to having its bytes.
        read: Duration,
        /// From the bytes to the site that is served.
        resolve: Duration,
        /// From there until open pages were told.
        notify: Duration,
    },
    /// The whole check of a generation is through.
    Checked {
        /// The generation that was checked.
        generation: u64,
        /// How long it took.
        time: Duration,
    },
    /// What is wrong with the content, warnings too. Told when it differs from what was told before; empty when
    /// everything was mended.
    Found {
        /// The findings.
        diagnostics: Vec<Diagnostic>,
        /// The texts into which they point.
        tree: SourceTree,
    },
    /// The folder or the disk fails.
    Machine(String),
    /// The program's own sources changed: cargo is making it anew.
    Rebuilding,
    /// The program's own sources do not compile: what cargo says.
    Code(String),
    /// The new program takes over.
    Restarting,
    /// Something to know that is no fault: a page whose code panicked, a file system without events.
    Note(String),
}
