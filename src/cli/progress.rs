//! What is being done, on a terminal, when it takes longer than half a second; and how long each stage took.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Before this nobody is kept waiting.
const PATIENCE: Duration = Duration::from_millis(500);

/// The clock of a command.
pub(super) struct Progress {
    began: Instant,
    stages: Vec<(&'static str, Instant)>,
    shown: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts the clock. Stages are shown when `show` is set and the error output is a terminal.
    pub(super) fn start(show: bool) -> Self {
        let shown = (show && std::io::stderr().is_terminal()).then(|| {
            let (sender, receiver) = mpsc::channel();
            let thread = std::thread::spawn(move || {
                let deadline = Instant::now() + PATIENCE;
                let mut stage = "";
                loop {
                    match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                        Ok(next) => stage = next,
                        Err(RecvTimeoutError::Disconnected) => return,
                        Err(RecvTimeoutError::Timeout) => break,
                    }
                }
                draw(stage);
                while let Ok(next) = receiver.recv() {
                    draw(next);
                }
                clear();
            });
            (sender, thread)
        });
        Self { began: Instant::now(), stages: Vec::new(), shown }
    }

    /// Says what comes next.
    pub(super) fn stage(&mut self, name: &'static str) {
        self.stages.push((name, Instant::now()));
        if let Some((sender, _)) = &self.shown {
            // The thread ends with the sender only, so this cannot fail while there is one.
            let _ = sender.send(name);
        }
    }

    /// Takes the line off the terminal and tells how long it all took, and each stage.
    pub(super) fn finish(self) -> (Duration, Vec<(&'static str, Duration)>) {
        if let Some((sender, thread)) = self.shown {
            drop(sender);
            // A thread that only draws has nothing to say when it fails.
            let _ = thread.join();
        }
        let end = Instant::now();
        let ends = self.stages.iter().skip(1).map(|(_, began)| *began).chain(std::iter::once(end));
        let stages = self.stages.iter().zip(ends).map(|((name, began), end)| (*name, end - *began)).collect();
        (end - self.began, stages)
    }
}

fn draw(stage: &str) {
    let mut out = std::io::stderr().lock();
    // What cannot be drawn is not missed.
    let _ = write!(out, "\r\x1b[2K{stage} …").and_then(|()| out.flush());
}

fn clear() {
    let mut out = std::io::stderr().lock();
    let _ = write!(out, "\r\x1b[2K").and_then(|()| out.flush());
}
