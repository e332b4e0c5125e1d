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
mod tests {
    use std::fs;
    use std::sync::Mutex;

    use super::*;
    use crate::preview::example;

    struct Kept {
        place: example::Place,
        state: Arc<State>,
        keeper: Keeper,
        told: Arc<Mutex<Vec<Event>>>,
    }

    impl Kept {
        fn new(place: example::Place) -> Self {
            let folder = place.open();
            let options = example::options();
            let state = Arc::new(State::new(example::made(&folder, &options)));
            let told = Arc::new(Mutex::new(Vec::new()));
            let teller = Arc::clone(&told);
            let tell = Box::new(move |event| teller.lock().expect("nobody panics").push(event));
            let keeper = Keeper::new(folder, options, Arc::clone(&state), tell);
            Self { place, state, keeper, told }
        }

        /// The names of what was told since this was asked last.
        fn told(&self) -> Vec<String> {
            let told = std::mem::take(&mut *self.told.lock().expect("nobody panics"));
            told.iter().map(name).collect()
        }

        fn hear(&mut self, paths: &[&str]) -> bool {
            self.keeper.hear(&paths.iter().map(|path| (*path).to_owned()).collect(), Instant::now())
        }

        fn look(&mut self) -> bool {
            self.keeper.look(Instant::now())
        }

        fn inspect(&mut self) {
            let inspection = self.keeper.inspection();
            let tree = inspection.tree().clone();
            self.keeper.inspected(Ok((inspection.run(), tree)));
        }

        fn page(&self) -> String {
            let page = self.state.read().get("models/acme/sonata/index.html").expect("the page is there");
            String::from_utf8(page).expect("it is text")
        }

        fn problems(&self) -> String {
            match &self.state.problems().problems {
                Problems::None => "none".to_owned(),
                Problems::Content { diagnostics, .. } => diagnostics[0].code.to_owned(),
                Problems::Machine(words) => format!("machine: {words}"),
                Problems::Code(words) => format!("code: {words}"),
            }
        }
    }

    fn name(event: &Event) -> String {
        match event {
            Event::Changed { files, .. } => format!("changed {}", files.join(" ")),
            Event::Found { diagnostics, .. } => {
                format!("found {}", diagnostics.iter().map(|found| found.code).collect::<Vec<_>>().join(" "))
            }
            Event::Machine(_) => "machine".to_owned(),
            Event::Code(_) => "code".to_owned(),
            other => format!("{other:?}"),
        }
    }

    const CARD: &str = "content/models/acme/sonata.toml";

    #[test]
    fn an_edit_is_worked_in_and_anything_more_is_made_anew() {
        let mut kept = Kept::new(example::Place::new());
        kept.place.write(CARD, "name = \"Sonata\"\nsummary = \"Another model.\"");
        assert!(kept.hear(&[CARD]));
        assert!(kept.page().contains("Another model."));
        assert_eq!(kept.told(), [format!("changed {CARD}")]);
        assert!(kept.hear(&[CARD]) && kept.look(), "nothing is new");
        assert_eq!(kept.told(), [""; 0]);
        kept.place.write("content/models/acme/fugue.toml", "name = \"Fugue\"");
        assert!(!kept.hear(&["content/models/acme/fugue.toml"]));
        assert!(kept.look());
        assert!(kept.state.read().has("models/acme/fugue/index.html"));
        assert_eq!(kept.told(), ["changed content/models/acme/fugue.toml"]);
        assert_eq!(kept.keeper.changes(), 2);
    }

    #[test]
    fn broken_content_is_told_and_the_last_good_pages_stay() {
        let mut kept = Kept::new(example::Place::new());
        kept.place.write(CARD, "name = \"Sonata\"\nsumary = \"A model.\"");
        assert!(kept.hear(&[CARD]));
        assert!(kept.page().contains("A model."));
        assert_eq!(kept.problems(), "unknown-key");
        assert_eq!(kept.told(), [format!("changed {CARD}"), "found unknown-key".to_owned()]);
        kept.inspect();
        assert_eq!((kept.problems().as_str(), kept.told().len()), ("unknown-key", 0), "it is known already");
        kept.place.write(CARD, "name = \"Sonata\"\nsummary = \"A mended model.\"");
        assert!(kept.hear(&[CARD]));
        assert!(kept.page().contains("A mended model."));
        assert_eq!(kept.problems(), "none", "nobody has to wait for that");
        kept.inspect();
        assert_eq!(kept.problems(), "none");
        assert_eq!(kept.told(), [format!("changed {CARD}"), "found ".to_owned()]);
    }

    #[test]
    fn what_is_broken_from_the_start_can_be_mended() {
        let place = example::Place::new();
        place.write(CARD, "name = ");
        let mut kept = Kept::new(place);
        assert!(kept.problems() != "none" && !kept.state.read().has_site());
        assert_eq!(kept.told(), [""; 0], "whoever made the state has told it");
        kept.place.write(CARD, "name = \"Sonata\"");
        assert!(kept.hear(&[CARD]));
        assert!(kept.page().contains("Sonata"));
        assert_eq!(kept.problems(), "none");
    }

    #[test]
    fn what_an_inspection_found_stays_until_another_one() {
        let mut kept = Kept::new(example::Place::new());
        kept.place.write("content/pages/about.md", "# About\n\n[Nowhere](/nowhere/)");
        assert!(kept.look());
        assert_eq!(kept.problems(), "none");
        kept.inspect();
        let found = kept.problems();
        assert_eq!(found, "broken-link");
        kept.place.write(CARD, "name = \"Sonata\"\nsummary = \"Another model.\"");
        assert!(kept.hear(&[CARD]));
        assert_eq!(kept.problems(), found);
        kept.place.write("content/models/acme/fugue.toml", "name = \"Fugue\"");
        assert!(kept.look());
        assert_eq!(kept.problems(), found);
        kept.place.write("content/pages/about.md", "# About");
        assert!(kept.hear(&["content/pages/about.md"]));
        kept.inspect();
        assert_eq!(kept.problems(), "none");
    }

    #[test]
    fn a_folder_that_is_gone_is_waited_for() {
        let mut kept = Kept::new(example::Place::new());
        kept.place.rename("content", "away");
        assert!(!kept.look() && !kept.look());
        assert!(kept.problems().starts_with("machine: there is no folder `content`"), "{}", kept.problems());
        assert!(kept.page().contains("A model."));
        assert_eq!(kept.told(), ["machine"], "it is told once");
        assert!(!kept.hear(&[CARD]), "hints say nothing of a folder that is gone");
        kept.place.rename("away", "content");
        assert!(kept.look());
        assert_eq!((kept.problems().as_str(), kept.told().len()), ("none", 1));
        kept.place.rename("content", "away");
        assert!(!kept.look());
        kept.place.rename("away", "content");
        kept.place.write(CARD, "name = \"Sonata\"\nsummary = \"Another model.\"");
        assert!(kept.look());
        assert!(kept.page().contains("Another model."));
        assert_eq!(kept.problems(), "none");
    }

    #[test]
    fn a_panic_is_told_and_the_site_is_made_anew_at_the_next_look() {
        let mut kept = Kept::new(example::Place::new());
        assert_eq!(caught(|| -> u8 { panic!("it has {} legs", 3) }), Err("it has 3 legs".to_owned()));
        assert_eq!(caught(|| -> u8 { panic!("no legs") }), Err("no legs".to_owned()));
        kept.keeper.inspected(Err("no legs".to_owned()));
        assert!(kept.problems().contains("no legs") && kept.page().contains("A model."));
        kept.keeper.inspected(Err("no legs".to_owned()));
        assert_eq!(kept.told(), ["machine"], "it is told once");
        kept.inspect();
        assert_eq!(kept.problems(), "none");
        // As after a panic of `renewed`: the folder knows what the site does not show.
        kept.keeper.is_behind = true;
        kept.place.write(CARD, "name = \"Sonata\"\nsummary = \"Another model.\"");
        assert!(kept.look());
        kept.keeper.is_behind = true;
        kept.told();
        assert!(kept.look());
        assert_eq!(kept.told(), ["changed "], "nothing is new in the folder");
        assert!(!kept.keeper.is_behind && kept.page().contains("Another model."));
    }

    #[test]
    fn of_several_faults_the_one_that_is_in_the_way_is_shown() {
        let mut kept = Kept::new(example::Place::new());
        kept.place.write(CARD, "name = ");
        assert!(kept.hear(&[CARD]));
        let content = kept.problems();
        kept.keeper.set_program_fault(Some("E0308".to_owned()));
        assert_eq!(kept.problems(), "code: E0308");
        kept.place.rename("content", "away");
        assert!(!kept.look());
        assert!(kept.problems().starts_with("machine"));
        kept.place.rename("away", "content");
        assert!(kept.look());
        assert_eq!(kept.problems(), "code: E0308");
        kept.keeper.set_program_fault(None);
        assert_eq!(kept.problems(), content);
    }

    #[test]
    fn a_site_follows_the_days() {
        let place = example::Place::new();
        place.write(CARD, "name = \"Sonata\"\nretired = 2026-07-01");
        let mut kept = Kept::new(place);
        let day = |text: &str| Date::parse(text).expect("a day");
        let before = kept.page();
        kept.keeper.set_day(day("2026-06-30"));
        assert_eq!(kept.told(), [""; 0], "it is the same day");
        kept.keeper.set_day(day("2026-07-02"));
        assert_eq!(kept.told(), ["changed "]);
        assert_ne!(kept.page(), before);
        assert!(kept.page().contains("Retired"), "{}", kept.page());
        kept.place.write(CARD, "name = ");
        assert!(kept.look());
        kept.keeper.set_day(day("2026-07-03"));
        assert!(kept.page().contains("Retired"), "the last good pages stay on the next day too");
        fs::remove_dir_all(kept.place.disk("content")).expect("it can be removed");
        assert!(!kept.look());
        kept.keeper.set_day(day("2026-07-04"));
        assert!(kept.page().contains("Retired"));
    }
}
