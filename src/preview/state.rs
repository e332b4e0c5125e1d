//! What the threads of the preview share: the site, what is wrong with it, and the number of its last change.
//!
//! One thread writes, the worker; all others read. A lock that a panic left behind is taken over: what it guards is
//! replaced as a whole by the next change.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::{Diagnostic, json};
use crate::files::SourceTree;
use crate::workspace::Workspace;

/// What is wrong, as open pages show it.
#[derive(Debug, Clone, Default)]
pub enum Problems {
    /// Nothing.
    #[default]
    None,
    /// Findings about the content. Warnings alone are no problem: pages do not show them.
    Content {
        /// The findings, in the order in which they are shown.
        diagnostics: Vec<Diagnostic>,
        /// The texts into which they point.
        tree: SourceTree,
    },
    /// The machine or the folder, in words: the folder is gone, the disk cannot be read.
    Machine(String),
    /// The program of a source tree does not compile: what cargo says, without colour.
    Code(String),
}

impl Problems {
    /// What these findings are: a problem when there is an error among them.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], tree: &SourceTree) -> Self {
        if diagnostics.iter().any(Diagnostic::is_error) {
            Self::Content { diagnostics: diagnostics.to_vec(), tree: tree.clone() }
        } else {
            Self::None
        }
    }

    /// A short name of exactly these problems, the same after a restart. Empty when pages have nothing to show.
    #[must_use]
    pub fn version(&self) -> String {
        let text = match self {
            Self::None => return String::new(),
            Self::Content { diagnostics, .. } if !diagnostics.iter().any(Diagnostic::is_error) => return String::new(),
            Self::Content { diagnostics, tree } => json::render_all(tree, diagnostics),
            Self::Machine(words) => format!("machine {words}"),
            Self::Code(words) => format!("code {words}"),
        };
        format!("{:016x}", xxh3_64(text.as_bytes()))
    }
}

/// Problems with their name.
#[derive(Debug, Default)]
pub struct Shown {
    /// What is wrong.
    pub problems: Problems,
    /// [`Problems::version`].
    pub version: String,
}

impl From<Problems> for Shown {
    fn from(problems: Problems) -> Self {
        Self { version: problems.version(), problems }
    }
}

/// What the threads of the preview share.
#[derive(Debug)]
pub struct State {
    workspace: RwLock<Workspace>,
    problems: RwLock<Arc<Shown>>,
    generation: watch::Sender<u64>,
}

impl State {
    /// The first generation: this site, and what is known to be wrong with it.
    #[must_use]
    pub fn new(workspace: Workspace) -> Self {
        let problems = Problems::of(workspace.diagnostics(), workspace.tree());
        Self {
            workspace: RwLock::new(workspace),
            problems: RwLock::new(Arc::new(problems.into())),
            generation: watch::Sender::new(1),
        }
    }

    /// Puts another site in the place of the present one, with what is wrong with it. A new generation, which it tells.
    pub fn show(&self, workspace: Workspace, problems: Problems) -> u64 {
        let shown = Arc::new(problems.into());
        let mut place = self.write();
        let old = std::mem::replace(&mut *place, workspace);
        *self.problems.write().unwrap_or_else(PoisonError::into_inner) = shown;
        let generation = self.next();
        drop(place);
        // It may be large; nobody waits for its end.
        drop(old);
        generation
    }

    /// [`Workspace::edit`] in place, and the new generation when it could be done. The problems stay those that are
    /// shown, until a check of the new content says otherwise. An edit that panics is one that could not be done.
    pub fn edit(&self, texts: &BTreeMap<String, String>) -> Option<u64> {
        let mut workspace = self.write();
        let done = catch_unwind(AssertUnwindSafe(|| workspace.edit(texts))).unwrap_or(false);
        done.then(|| self.next())
    }

    /// What the whole check found, or that the machine failed. The new generation when pages have something else to
    /// show than before.
    pub fn set_problems(&self, problems: Problems) -> Option<u64> {
        let shown: Shown = problems.into();
        let mut place = self.problems.write().unwrap_or_else(PoisonError::into_inner);
        let same = place.version == shown.version;
        *place = Arc::new(shown);
        drop(place);
        (!same).then(|| self.next())
    }

    /// The site, to be read. Changes wait until the guard is dropped.
    pub fn read(&self) -> RwLockReadGuard<'_, Workspace> {
        self.workspace.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is wrong.
    #[must_use]
    pub fn problems(&self) -> Arc<Shown> {
        Arc::clone(&self.problems.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The number of the last change, from 1.
    #[must_use]
    pub fn generation(&self) -> u64 {
        *self.generation.borrow()
    }

    /// Hears of every change from now on.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }

    fn write(&self) -> RwLockWriteGuard<'_, Workspace> {
        self.workspace.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> u64 {
        let mut next = 0;
        self.generation.send_modify(|generation| {
            *generation += 1;
            next = *generation;
        });
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::example::workspace;

    #[test]
    fn every_change_is_a_generation_and_is_told() {
        let state = State::new(workspace("title = \"A\""));
        let heard = state.subscribe();
        assert_eq!((state.generation(), state.problems().version.as_str()), (1, ""));
        assert_eq!(state.show(workspace("title = \"B\""), Problems::None), 2);
        assert!(heard.has_changed().expect("the state is there"));
        assert!(String::from_utf8_lossy(&state.read().get("index.html").expect("a home page")).contains("<title>B"));
    }

    #[test]
    fn problems_are_a_generation_only_when_they_differ() {
        let state = State::new(workspace("title = \"A\""));
        assert_eq!(state.set_problems(Problems::None), None);
        assert_eq!(state.set_problems(Problems::Machine("the folder is gone".to_owned())), Some(2));
        assert_eq!(state.set_problems(Problems::Machine("the folder is gone".to_owned())), None);
        assert_eq!(state.set_problems(Problems::Code("the folder is gone".to_owned())), Some(3));
        let broken = workspace("titel = \"A\"");
        let of = |workspace: &Workspace| Problems::of(workspace.diagnostics(), workspace.tree());
        assert_eq!(state.set_problems(of(&broken)), Some(4));
        assert!(matches!(state.problems().problems, Problems::Content { .. }));
        assert_eq!(state.set_problems(Problems::None), Some(5));
    }

    #[test]
    fn warnings_are_no_problem() {
        let warning = Diagnostic::warning("unknown-file", "a file");
        let tree = SourceTree::default();
        assert!(matches!(Problems::of(std::slice::from_ref(&warning), &tree), Problems::None));
        assert_eq!(Problems::Content { diagnostics: vec![warning], tree }.version(), "");
    }

    #[test]
    fn a_panic_under_the_lock_is_not_the_end() {
        let state = State::new(workspace("title = \"A\""));
        let broken = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let _guard = state.workspace.write();
                panic!("on purpose");
            });
            thread.join()
        });
        assert!(broken.is_err());
        assert!(state.read().has("index.html"));
        assert_eq!(state.show(workspace("title = \"B\""), Problems::None), 2);
    }
}
