//! Keeps the shared site true to the folder: takes what changed, shows it, and knows what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::event::Event;
use super::state::{Problems, State};
use super::worker::Tell;
use crate::Options;
use crate::catalog::Date;
use crate::diagnostic::Diagnostic;
use crate::files::SourceTree;
use crate::load::{Change, Folder};
use crate::workspace::{Inspection, Workspace};

/// Keeps the shared site true to the folder.
pub(super) struct Keeper {
    folder: Folder,
    options: Options,
    state: Arc<State>,
    tell: Tell,
    faults: Faults,
    /// The findings that were told last.
    told: Vec<Diagnostic>,
    /// How many changes were shown.
    changes: u64,
    /// How long the last look at the folder took.
    look_time: Duration,
    /// Whether the site is not that of the folder, because making it failed.
    is_behind: bool,
}

/// What is wrong, each thing until it is mended. One is shown: what stands in the way of the others comes first.
#[derive(Default)]
struct Faults {
    folder: Option<String>,
    panic: Option<String>,
    program: Option<String>,
    content: Problems,
    /// Whether `content` is what only an inspection can find, so that only another one can say that it is mended.
    is_inspected: bool,
}

impl Faults {
    fn shown(&self) -> Problems {
        match (self.folder.as_ref().or(self.panic.as_ref()), &self.program) {
            (Some(words), _) => Problems::Machine(words.clone()),
            (None, Some(words)) => Problems::Code(words.clone()),
            (None, None) => self.content.clone(),
        }
    }
}

impl Keeper {
    /// Keeps what `state` shows, which was made of this folder with these options. What is known to be wrong with it was
    /// told already.
    pub(super) fn new(folder: Folder, options: Options, state: Arc<State>, tell: Tell) -> Self {
        let content = state.problems().problems.clone();
        let told = state.read().diagnostics().to_vec();
        Self {
            folder,
            options,
            state,
            tell,
            faults: Faults { content, ..Faults::default() },
            told,
            changes: 0,
            look_time: Duration::ZERO,
            is_behind: false,
        }
    }

    /// Says something.
    pub(super) fn tell(&self, event: Event) {
        (self.tell)(event);
    }

    /// The number of the last change.
    pub(super) fn generation(&self) -> u64 {
        self.state.generation()
    }

    /// How many changes were shown.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    /// How long the last look at the folder took, without what was done about it.
    pub(super) fn look_time(&self) -> Duration {
        self.look_time
    }

    /// Takes a change of these files, which became known at this time. False when that cannot be done without a
    /// [look](Self::look) at the whole folder.
    pub(super) fn hear(&mut self, paths: &BTreeSet<String>, since: Instant) -> bool {
        if self.faults.folder.is_some() {
            return false;
        }
        let Some(texts) = self.folder.reread(paths) else { return false };
        self.take_texts(texts, since);
        true
    }

    /// Looks at the whole folder, and takes what changed there. `since` is when something became known. Says whether the
    /// folder could be read.
    pub(super) fn look(&mut self, since: Instant) -> bool {
        let began = Instant::now();
        let change = self.folder.again();
        self.look_time = began.elapsed();
        match change {
            Ok(change) => {
                let was_gone = self.faults.folder.take().is_some();
                match change {
                    Change::Nothing if self.is_behind => self.renew(Vec::new(), since),
                    Change::Nothing => {}
                    Change::Texts(texts) => self.take_texts(texts, since),
                    Change::Everything(paths) => self.renew(paths.into_iter().collect(), since),
                }
                if was_gone {
                    self.publish();
                    self.tell(Event::Note("the folder can be read again".to_owned()));
                }
                true
            }
            Err(error) => {
                let words = error.to_string();
                if self.faults.folder.as_ref() != Some(&words) {
                    self.faults.folder = Some(words.clone());
                    self.publish();
                    self.tell(Event::Machine(words));
                }
                false
            }
        }
    }

    /// Shows the site for this day.
    pub(super) fn set_day(&mut self, today: Date) {
        if self.options.today != today {
            self.options.today = today;
            self.renew(Vec::new(), Instant::now());
        }
    }

    /// Shows that the program does not compile, with what cargo says, or that it does.
    pub(super) fn set_program_fault(&mut self, words: Option<String>) {
        let had = std::mem::replace(&mut self.faults.program, words.clone()).is_some();
        self.publish();
        match words {
            Some(words) => self.tell(Event::Code(words)),
            None if had => self.tell(Event::Note("the program compiles again, and is what it was".to_owned())),
            None => {}
        }
    }

    /// What finds everything that is wrong with the present content.
    pub(super) fn inspection(&self) -> Inspection {
        self.state.read().inspection()
    }

    /// Takes what an inspection of the present content found, or how it failed.
    pub(super) fn inspected(&mut self, found: Result<(Vec<Diagnostic>, SourceTree), String>) {
        match found {
            Ok((diagnostics, tree)) => {
                self.faults.panic = None;
                self.faults.content = Problems::of(&diagnostics, &tree);
                // What the content itself is wrong in, the next change of it can mend.
                self.faults.is_inspected = !self.known().0.iter().any(Diagnostic::is_error);
                self.publish();
                self.tell_found(diagnostics, tree);
            }
            Err(words) => self.panicked(&words),
        }
    }

    /// Tells of a panic after which nobody knows what was taken, so that the next look makes the site anew.
    pub(super) fn recover(&mut self, words: &str) {
        self.is_behind = true;
        self.panicked(words);
    }

    fn take_texts(&mut self, texts: BTreeMap<String, String>, since: Instant) {
        if texts.is_empty() {
            return;
        }
        let read = since.elapsed();
        let began = Instant::now();
        let generation = if self.is_behind { None } else { self.state.edit(&texts) };
        let Some(generation) = generation else {
            return self.renew(texts.into_keys().collect(), since);
        };
        let resolve = began.elapsed();
        self.changes += 1;
        self.faults.panic = None;
        if !self.faults.is_inspected {
            // What kept the content from becoming a site is mended, or it could not have been edited.
            self.faults.content = Problems::None;
        }
        let told = Instant::now();
        let generation = self.publish().unwrap_or(generation);
        let files = texts.into_keys().collect();
        self.tell(Event::Changed { generation, files, read, resolve, notify: told.elapsed() });
    }

    /// Makes the site of the folder anew, aside, and shows it.
    fn renew(&mut self, files: Vec<String>, since: Instant) {
        let read = since.elapsed();
        let began = Instant::now();
        let made = caught(|| {
            let (tree, found) = (self.folder.tree().clone(), self.folder.diagnostics().to_vec());
            self.state.read().renewed_for(tree, found, self.options.clone())
        });
        match made {
            Ok(workspace) => self.show(workspace, files, read, began.elapsed()),
            Err(words) => self.recover(&words),
        }
    }

    fn show(&mut self, workspace: Workspace, files: Vec<String>, read: Duration, resolve: Duration) {
        self.is_behind = false;
        self.changes += 1;
        self.faults.panic = None;
        let problems = Problems::of(workspace.diagnostics(), workspace.tree());
        let is_broken = !matches!(problems, Problems::None);
        if is_broken || !self.faults.is_inspected {
            self.faults.content = problems;
            self.faults.is_inspected = false;
        }
        let told = Instant::now();
        let generation = self.state.show(workspace, self.faults.shown());
        self.tell(Event::Changed { generation, files, read, resolve, notify: told.elapsed() });
        if is_broken {
            let (diagnostics, tree) = self.known();
            self.tell_found(diagnostics, tree);
        }
    }

    /// What is known to be wrong with the content that is shown.
    fn known(&self) -> (Vec<Diagnostic>, SourceTree) {
        let workspace = self.state.read();
        (workspace.diagnostics().to_vec(), workspace.tree().clone())
    }

    fn tell_found(&mut self, diagnostics: Vec<Diagnostic>, tree: SourceTree) {
        if self.told != diagnostics {
            self.told.clone_from(&diagnostics);
            self.tell(Event::Found { diagnostics, tree });
        }
    }

    fn panicked(&mut self, words: &str) {
        let words = format!("Modelfolio itself failed, and shows what it had before: {words}");
        if self.faults.panic.as_ref() != Some(&words) {
            self.faults.panic = Some(words.clone());
            self.publish();
            self.tell(Event::Machine(words));
        }
    }

    /// Shows what is wrong now. The new generation when that is something else than before.
    fn publish(&self) -> Option<u64> {
        self.state.set_problems(self.faults.shown())
    }
}

/// What this makes, or the words of its panic.
pub(super) fn caught<T>(make: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(make)).map_err(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        let words = words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
        words.unwrap_or_else(|| "it does not say why".to_owned())
    })
}

#[cfg(test)]
mod tests;
