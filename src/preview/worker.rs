//! The one thread that changes what the preview shows. Events make it quick, looks at the whole folder make it true.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use super::batch::{Batch, HELD_PAUSE, Next, Quiet};
use super::event::Event;
use super::git;
use super::keeper::{Keeper, caught};
use super::program::Program;
use super::rebuild::{Rebuild, Restart};
use super::state::State;
use super::watch::{self, Touch, Watch};
use crate::Options;
use crate::catalog::Date;
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;
use crate::load::Folder;

/// After a change, all else waits for so long: the browser asks for its page now, and often more changes follow.
const SETTLED: Duration = Duration::from_millis(200);

/// While there is nothing to read, it is looked for this often.
const GONE_PAUSE: Duration = Duration::from_millis(250);

/// Nobody's day changes more than this too late.
const LONGEST_REST: Duration = Duration::from_secs(1);

/// How often the whole folder is looked at when nothing calls for it.
#[derive(Debug, Clone, Copy)]
struct Pace {
    shortest: Duration,
    /// A look that takes long is taken seldom: the pause is this many times as long.
    times: u32,
}

impl Pace {
    /// Where the system tells of changes, for what it may lose.
    const WATCHED: Self = Self { shortest: Duration::from_secs(1), times: 50 };
    /// Where it does not.
    const POLLED: Self = Self { shortest: Duration::from_millis(200), times: 10 };

    /// The pause after a look that took so long.
    fn pause(self, look: Duration) -> Duration {
        self.shortest.max(look * self.times)
    }
}

/// What the worker works on.
pub struct Work {
    /// The site's folder as it was read for what `state` shows.
    pub folder: Folder,
    /// What the site was made for.
    pub options: Options,
    /// What it brings up to date.
    pub state: Arc<State>,
    /// Whether to look at the files again and again, and not to rely on the system to tell of changes.
    pub poll: bool,
    /// The day of today.
    pub today: Box<dyn Fn() -> Date + Send>,
    /// The program, when it can be built anew, and how it gives its place to the new one, which comes back only when
    /// that fails.
    pub program: Option<(Program, Restart)>,
    /// Is told what happens.
    pub tell: Tell,
}

/// Is told what happens.
pub type Tell = Box<dyn Fn(Event) + Send>;

/// The worker's thread. It ends when this is dropped.
#[derive(Debug)]
pub struct Worker {
    inbox: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Begins to keep the state up to date.
    ///
    /// # Errors
    ///
    /// When the system does not give a thread.
    pub fn start(work: Work) -> io::Result<Self> {
        let pace = if work.poll { Pace::POLLED } else { Pace::WATCHED };
        Self::start_with(work, pace)
    }

    fn start_with(work: Work, pace: Pace) -> io::Result<Self> {
        let (inbox, messages) = mpsc::channel();
        let own = inbox.clone();
        let run = move || Loop::new(work, pace, messages, own).run();
        let thread = Builder::new().name("worker".to_owned()).spawn(run)?;
        Ok(Self { inbox, thread: Some(thread) })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A thread that has ended already hears nothing and is waited for by nobody.
        let _ = self.inbox.send(Message::Stop);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// What the worker is told by other threads.
enum Message {
    Touched(Touch, Instant),
    Inspected {
        change: u64,
        generation: u64,
        time: Duration,
        found: Result<(Vec<Diagnostic>, SourceTree), String>,
    },
    /// Cargo has ended.
    Built,
    Stop,
}

struct Loop {
    messages: Receiver<Message>,
    own: Sender<Message>,
    root: PathBuf,
    keeper: Keeper,
    today: Box<dyn Fn() -> Date + Send>,
    /// None when the files are looked at again and again.
    watch: Option<Watch>,
    pace: Pace,
    content: Batch,
    lock: Option<PathBuf>,
    /// When the whole folder is looked at next.
    look_at: Instant,
    /// When the present content is inspected; none when it was, or is being.
    inspect_at: Option<Instant>,
    is_inspecting: bool,
    rebuild: Option<Rebuild>,
    has_noted_templates: bool,
}

impl Loop {
    fn new(work: Work, pace: Pace, messages: Receiver<Message>, own: Sender<Message>) -> Self {
        let Work { folder, options, state, poll, today, program, tell } = work;
        let root = folder.root().to_path_buf();
        let now = Instant::now();
        let mut new = Self {
            messages,
            own,
            lock: git::lock(&root),
            root,
            keeper: Keeper::new(folder, options, state, tell),
            today,
            watch: None,
            pace,
            content: Batch::new(Quiet::CONTENT),
            look_at: now,
            inspect_at: Some(now + SETTLED),
            is_inspecting: false,
            rebuild: program.map(|(program, restart)| Rebuild::new(program, restart)),
            has_noted_templates: false,
        };
        if !poll {
            new.begin_to_watch();
        }
        new
    }

    fn begin_to_watch(&mut self) {
        let inbox = self.own.clone();
        let places = self.rebuild.iter().flat_map(Rebuild::places).collect();
        let tell = move |touch| {
            // Nobody hears it when the worker has ended.
            let _ = inbox.send(Message::Touched(touch, Instant::now()));
        };
        match Watch::new(&self.root, places, tell) {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => self.go_blind(&watch::words(&error)),
        }
    }

    /// The system tells of no changes, or not of all of them: from now on the files are looked at again and again.
    fn go_blind(&mut self, why: &str) {
        self.watch = None;
        self.pace = Pace::POLLED;
        self.look_at = Instant::now();
        self.keeper.tell(Event::Note(format!(
            "the system does not tell of changes ({why}), so the files are looked at again and again"
        )));
    }

    fn run(mut self) {
        loop {
            if let Err(words) = caught(|| self.act()) {
                self.recover(&words);
            }
            let mut next = match self.messages.recv_timeout(self.rest()) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            // All that has come is known before anything is done about it.
            while let Some(message) = next {
                if matches!(message, Message::Stop) {
                    return;
                }
                self.take(message);
                next = self.messages.try_recv().ok();
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Touched(Touch::Site(path), at) => self.content.add(Some(path), at),
            Message::Touched(Touch::Anything, at) => self.content.add(None, at),
            Message::Touched(Touch::Program, at) => {
                if let Some(rebuild) = &mut self.rebuild {
                    rebuild.touch(at);
                }
            }
            Message::Touched(Touch::Blind(why), _) if self.watch.is_some() => self.go_blind(&why),
            Message::Touched(Touch::Blind(_), _) | Message::Stop => {}
            Message::Inspected { change, generation, time, found } => {
                self.is_inspecting = false;
                // What was found in content that is gone says nothing of the present one.
                if change == self.keeper.changes() {
                    self.keeper.inspected(found);
                    self.keeper.tell(Event::Checked { generation, time });
                }
            }
            Message::Built => {
                let done = self.told_of_cargo();
                if let Some(rebuild) = &mut self.rebuild {
                    rebuild.take(&mut self.keeper, done);
                }
            }
        }
    }

    /// Does what is due.
    fn act(&mut self) {
        let before = self.keeper.changes();
        self.keeper.set_day((self.today)());
        let now = Instant::now();
        let done = self.told_of_cargo();
        if let Some(rebuild) = &mut self.rebuild {
            rebuild.act(now, &mut self.keeper, done);
        }
        if self.content.next(now, || self.is_held()) == Next::Handle
            && let Some(handled) = self.content.take()
        {
            let is_taken = handled.paths.is_some_and(|paths| self.keeper.hear(&paths, handled.since));
            if !is_taken {
                self.look(handled.since);
            }
            // A folder is watched only some time after it was made, and a file can be written twice with one stamp.
            self.look_at = self.look_at.min(Instant::now() + SETTLED);
        }
        if self.look_is_due().is_some_and(|at| at <= Instant::now()) {
            if self.is_held() {
                self.look_at = Instant::now() + HELD_PAUSE;
            } else {
                self.look(Instant::now());
            }
        }
        if self.keeper.changes() != before {
            self.inspect_at = Some(Instant::now() + SETTLED);
        }
        if !self.is_inspecting && self.inspect_at.is_some_and(|at| at <= Instant::now()) {
            self.inspect();
        }
    }

    /// Goes on after a panic, with nothing begun: everything is looked at again some time later.
    fn recover(&mut self, words: &str) {
        let _ = self.content.take();
        self.rebuild.iter_mut().for_each(Rebuild::forget);
        self.look_at = Instant::now() + LONGEST_REST;
        self.keeper.recover(words);
    }

    /// How long there is nothing to do unless something happens.
    fn rest(&self) -> Duration {
        let now = Instant::now();
        let until = |at: Instant| at.saturating_duration_since(now);
        let waits = [
            self.look_is_due().map(until),
            self.inspect_at.filter(|_| !self.is_inspecting).map(until),
            self.content.next(now, || self.is_held()).wait(),
            self.rebuild.as_ref().and_then(|rebuild| rebuild.rest(now)),
        ];
        waits.into_iter().flatten().min().unwrap_or(LONGEST_REST).min(LONGEST_REST)
    }

    /// When the whole folder is to be looked at. Not in the middle of changes that wait to be handled together.
    fn look_is_due(&self) -> Option<Instant> {
        self.content.is_empty().then_some(self.look_at)
    }

    /// Whether git is at work on the files.
    fn is_held(&self) -> bool {
        self.lock.as_deref().is_some_and(git::is_held)
    }

    /// Looks at the whole folder, watched from before on so that nothing is lost in between.
    fn look(&mut self, since: Instant) {
        match self.watch.as_mut().map(|watch| caught(|| watch.renew())) {
            None | Some(Ok(Ok(()))) => {}
            Some(Ok(Err(error))) => self.go_blind(&watch::words(&error)),
            Some(Err(words)) => {
                // The thread that hears of events has ended. Whoever lets go of it now panics too.
                std::mem::forget(self.watch.take());
                self.go_blind(&words);
            }
        }
        let is_there = self.keeper.look(since);
        let pause = if is_there { self.pace.pause(self.keeper.look_time()) } else { GONE_PAUSE };
        self.look_at = Instant::now() + pause;
        self.note_templates();
        self.rebuild.iter_mut().for_each(|rebuild| rebuild.touch(since));
    }

    /// Says once that templates in the site's folder change nothing.
    fn note_templates(&mut self) {
        let folder = self.root.join("templates");
        let are_own = || self.rebuild.as_ref().is_some_and(|rebuild| rebuild.has_templates(&folder));
        if !self.has_noted_templates && folder.is_dir() && !are_own() {
            self.has_noted_templates = true;
            self.keeper.tell(Event::Note(
                "the folder templates/ is not read: templates are part of the program. To change them, run Modelfolio \
                 from its source with `cargo run -- serve`"
                    .to_owned(),
            ));
        }
    }

    /// Has everything that is wrong with the present content found, by another thread.
    fn inspect(&mut self) {
        let inspection = self.keeper.inspection();
        let (change, generation) = (self.keeper.changes(), self.keeper.generation());
        let own = self.own.clone();
        let thread = Builder::new().name("inspection".to_owned()).spawn(move || {
            let began = Instant::now();
            let found = caught(|| {
                let tree = inspection.tree().clone();
                // The other half of the cores stays free for the next edit, and the threads of all others too: a look at
                // the folder would wait behind it for as long as it takes.
                let half = std::thread::available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
                match rayon::ThreadPoolBuilder::new().num_threads(half).build() {
                    Ok(pool) => (pool.install(|| inspection.run()), tree),
                    Err(_) => (inspection.run(), tree),
                }
            });
            // Nobody hears it when the worker has ended.
            let _ = own.send(Message::Inspected { change, generation, time: began.elapsed(), found });
        });
        // Where there is no thread to be had now, there may be one later.
        self.is_inspecting = thread.is_ok();
        self.inspect_at = thread.is_err().then(|| Instant::now() + LONGEST_REST);
    }

    /// What cargo's end is told by.
    fn told_of_cargo(&self) -> impl FnOnce() + Send + 'static {
        let own = self.own.clone();
        // Nobody hears it when the worker has ended.
        move || drop(own.send(Message::Built))
    }
}

#[cfg(test)]
mod tests;
