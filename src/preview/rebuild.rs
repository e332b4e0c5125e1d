//! When the program's own sources change it is built anew, and the new one takes over. Templates and code are part of it.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::batch::{Batch, Next, Quiet};
use super::event::Event;
use super::keeper::Keeper;
use super::program::{Build, Built, Program};
use super::watch::ProgramPlace;

/// Gives the place of this program to the one that was built. It comes back only when that fails.
pub type Restart = Box<dyn Fn(&Program) -> io::Error + Send>;

/// The program, and what is done to make it anew.
pub(super) struct Rebuild {
    program: Program,
    restart: Restart,
    changes: Batch,
    build: Option<Build>,
}

impl Rebuild {
    pub(super) fn new(program: Program, restart: Restart) -> Self {
        Self { program, restart, changes: Batch::new(Quiet::PROGRAM), build: None }
    }

    /// What is to be watched.
    pub(super) fn places(&self) -> Vec<ProgramPlace> {
        self.program.places()
    }

    /// Whether templates at this path are those of the program.
    pub(super) fn has_templates(&self, path: &Path) -> bool {
        self.program.has_templates(path)
    }

    /// Something may have changed.
    pub(super) fn touch(&mut self, at: Instant) {
        self.changes.add(None, at);
    }

    /// Forgets what may have changed.
    pub(super) fn forget(&mut self) {
        // It is looked for with every look at the folder.
        let _ = self.changes.take();
    }

    /// How long there is nothing to do. None when that is for ever.
    pub(super) fn rest(&self, now: Instant) -> Option<Duration> {
        self.changes.next(now, || false).wait()
    }

    /// Begins to build when the sources changed. `done` is called by another thread when [`Self::take`] is to be. What
    /// changes while it is built is seen afterwards.
    pub(super) fn act(&mut self, now: Instant, keeper: &mut Keeper, done: impl FnOnce() + Send + 'static) {
        let is_due = self.changes.next(now, || false) == Next::Handle && self.changes.take().is_some();
        if is_due && self.build.is_none() && self.program.changed() {
            self.begin(keeper, done);
        }
    }

    /// Takes what cargo made.
    pub(super) fn take(&mut self, keeper: &mut Keeper, done: impl FnOnce() + Send + 'static) {
        let Some(build) = self.build.take() else { return };
        let built = build.finish(&self.program);
        if self.program.changed() {
            return self.begin(keeper, done);
        }
        match built {
            Built::Same => keeper.set_program_fault(None),
            Built::Failed(words) => keeper.set_program_fault(Some(words)),
            Built::New => {
                keeper.tell(Event::Restarting);
                let error = (self.restart)(&self.program);
                keeper.set_program_fault(Some(format!("the new program cannot be started: {error}")));
            }
        }
    }

    fn begin(&mut self, keeper: &mut Keeper, done: impl FnOnce() + Send + 'static) {
        match self.program.build(done) {
            Ok(build) => {
                self.build = Some(build);
                keeper.tell(Event::Rebuilding);
            }
            Err(error) => keeper.set_program_fault(Some(format!("cargo cannot be run: {error}"))),
        }
    }
}
