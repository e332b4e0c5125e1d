//! The worker with a real folder and real events. Nothing here waits for time to pass: it waits for what is told.

#[cfg(unix)]
mod program;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use super::*;
use crate::load;
use crate::preview::example::{self, Place};
use crate::preview::state::Problems;

/// Whoever waits longer than this waits in vain.
const GUARD: Duration = Duration::from_secs(60);

/// So slow that nothing is seen but what the system tells.
const NEVER: Pace = Pace { shortest: Duration::from_secs(3600), times: 0 };

/// A site in a folder that is kept up to date.
struct Live {
    place: Place,
    state: Arc<State>,
    events: Receiver<Event>,
    day: Arc<Mutex<Date>>,
    /// Whether to ask for the day is to panic.
    fails: Arc<AtomicBool>,
    worker: Worker,
}

/// How the worker is started.
struct How {
    poll: bool,
    pace: Pace,
    program: Option<(Program, Restart)>,
}

/// By events alone.
fn by_events() -> How {
    How { poll: false, pace: NEVER, program: None }
}

/// Without events.
fn by_looks() -> How {
    How { poll: true, pace: Pace::POLLED, program: None }
}

impl Live {
    fn new(place: Place, how: How) -> Self {
        let folder = place.open();
        let options = example::options();
        let state = Arc::new(State::new(example::made(&folder, &options)));
        let (teller, events) = mpsc::channel();
        let day = Arc::new(Mutex::new(options.today));
        let fails = Arc::new(AtomicBool::new(false));
        let (today, to_fail) = (Arc::clone(&day), Arc::clone(&fails));
        let work = Work {
            folder,
            options,
            state: Arc::clone(&state),
            poll: how.poll,
            today: Box::new(move || {
                assert!(!to_fail.load(Ordering::Relaxed), "on purpose");
                *today.lock().expect("nobody panics")
            }),
            program: how.program,
            tell: Box::new(move |event| drop(teller.send(event))),
        };
        let worker = Worker::start_with(work, how.pace).expect("there is a thread");
        let live = Self { place, state, events, day, fails, worker };
        // The first inspection comes after the first look, from which on the folder is watched.
        live.wait("the first inspection", |event| matches!(event, Event::Checked { .. }));
        live
    }

    /// Waits for something to be told; all that was told until then.
    fn wait(&self, what: &str, is_it: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut told = Vec::new();
        let end = Instant::now() + GUARD;
        loop {
            match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => told.push(event),
                Err(error) => panic!("{what}: {error} after {told:?}"),
            }
            if told.last().is_some_and(&is_it) {
                return told;
            }
        }
    }

    /// Waits until the state is as it should be, looking whenever something is told. How many changes were told.
    fn until(&self, what: &str, is_it: impl Fn(&State) -> bool) -> usize {
        let told = self.wait(what, |_| is_it(&self.state));
        told.iter().filter(|event| matches!(event, Event::Changed { .. })).count()
    }

    /// Waits for a change of just these files.
    fn wait_for(&self, paths: &[&str]) {
        self.wait(&paths.join(" "), |event| matches!(event, Event::Changed { files, .. } if files == paths));
    }
}

/// Whether the page of a model says this.
fn says(state: &State, model: &str, words: &str) -> bool {
    let page = state.read().get(&format!("models/acme/{model}/index.html")).unwrap_or_default();
    String::from_utf8_lossy(&page).contains(words)
}

fn has(state: &State, model: &str) -> bool {
    state.read().has(&format!("models/acme/{model}/index.html"))
}

fn is_sound(state: &State) -> bool {
    matches!(state.problems().problems, Problems::None)
}

fn is_gone(state: &State) -> bool {
    matches!(state.problems().problems, Problems::Machine(_))
}

const CARD: &str = "content/models/acme/sonata.toml";

fn card(summary: &str) -> String {
    format!("name = \"Sonata\"\nsummary = \"{summary}\"")
}

#[test]
fn a_save_is_shown() {
    for how in [by_events(), by_looks()] {
        let live = Live::new(Place::new(), how);
        live.place.write(CARD, &card("Written in place."));
        live.until("an edit", |state| says(state, "sonata", "Written in place."));
        // As editors save: beside it, then in its place.
        live.place.write("content/models/acme/.sonata.toml.swp", "\u{0}");
        live.place.write("content/models/acme/4913", "");
        live.place.remove("content/models/acme/4913");
        live.place.write("content/models/acme/sonata.toml~", &card("Renamed."));
        live.place.rename("content/models/acme/sonata.toml~", CARD);
        live.until("a save", |state| says(state, "sonata", "Renamed."));
        assert!(is_sound(&live.state));
    }
}

#[test]
fn files_that_come_and_go_are_shown() {
    for how in [by_events(), by_looks()] {
        let live = Live::new(Place::new(), how);
        live.place.write("content/models/acme/fugue.toml", "name = \"Fugue\"");
        live.until("a new file", |state| has(state, "fugue"));
        live.place.rename("content/models/acme/fugue.toml", "content/models/acme/canon.toml");
        live.until("another name", |state| has(state, "canon") && !has(state, "fugue"));
        live.place.remove("content/models/acme/canon.toml");
        live.until("a file that is gone", |state| !has(state, "canon"));
        live.place.write("static/a/b.txt", "B");
        live.until("a new folder", |state| state.read().has("a/b.txt"));
        live.place.write("static/a/b.txt", "C");
        live.until("a file in it", |state| state.read().get("a/b.txt").is_some_and(|bytes| bytes == b"C"));
        live.place.rename("content/models/acme", "content/models/apex");
        live.place.rename("content/developers/acme.toml", "content/developers/apex.toml");
        live.until("a folder of another name", |state| state.read().has("models/apex/sonata/index.html"));
        live.place.write("content/models/apex/sonata.toml", &card("In another folder."));
        live.wait_for(&["content/models/apex/sonata.toml"]);
    }
}

/// Writes a thousand files, of which ten are models: all of them would take long to inspect.
fn checkout(place: &Place) {
    for n in 0..990 {
        place.write(&format!("static/{}/{n}.txt", n % 7), &n.to_string());
    }
    for n in 0..10 {
        place.write(&format!("content/models/acme/etude-{n}.toml"), &format!("name = \"Etude {n}\""));
    }
}

fn is_checked_out(state: &State) -> bool {
    let site = state.read();
    (site.models(), site.tree().statics().len()) == (11, 990)
}

#[test]
fn a_thousand_files_are_one_change_while_git_writes_them() {
    for how in [by_events(), by_looks()] {
        let place = Place::new();
        fs::create_dir_all(place.disk(".git")).expect("it can be made");
        let live = Live::new(place, how);
        live.place.write(".git/index.lock", "");
        checkout(&live.place);
        live.place.remove(".git/index.lock");
        let changes = live.until("a checkout", is_checked_out);
        assert_eq!(changes, 1);
        // Nothing follows but the inspection: what was seen was all.
        let rest = live.wait("the inspection", |event| matches!(event, Event::Checked { .. }));
        assert!(!rest.iter().any(|event| matches!(event, Event::Changed { .. })), "{rest:?}");
    }
}

#[test]
fn a_thousand_files_are_few_changes_whoever_writes_them() {
    let live = Live::new(Place::new(), by_events());
    checkout(&live.place);
    let changes = live.until("a burst", is_checked_out);
    assert!(changes <= 10, "{changes} changes");
}

#[test]
fn a_folder_that_is_gone_is_waited_for() {
    for how in [by_events(), by_looks()] {
        let live = Live::new(Place::new(), how);
        live.place.rename("content", "away");
        live.until("no content", is_gone);
        assert!(has(&live.state, "sonata"), "the last good pages stay");
        live.place.rename("away", "content");
        live.until("content again", is_sound);
        live.place.write(CARD, &card("In the folder that is back."));
        live.wait_for(&[CARD]);

        fs::remove_dir_all(live.place.disk("content")).expect("it can be removed");
        live.until("content removed", is_gone);
        let again = Place::new();
        again.write(CARD, &card("In another folder."));
        fs::rename(again.disk("content"), live.place.disk("content")).expect("it can be moved");
        live.until("other content", |state| is_sound(state) && says(state, "sonata", "In another folder."));
        live.place.write(CARD, &card("In that folder."));
        live.wait_for(&[CARD]);

        let aside = live.place.root().with_file_name("aside");
        fs::rename(live.place.root(), &aside).expect("it can be moved");
        live.until("no root", is_gone);
        fs::rename(&aside, live.place.root()).expect("it can be moved");
        live.until("the root again", is_sound);
        live.place.write(CARD, &card("In the root that is back."));
        live.wait_for(&[CARD]);
    }
}

#[test]
fn what_is_broken_from_the_start_can_be_mended() {
    let place = Place::new();
    place.write(CARD, "name = ");
    let live = Live::new(place, by_events());
    assert!(!is_sound(&live.state) && !live.state.read().has_site());
    live.place.write(CARD, &card("Mended."));
    live.until("a site", |state| is_sound(state) && says(state, "sonata", "Mended."));
    live.wait("no findings", |event| matches!(event, Event::Found { diagnostics, .. } if diagnostics.is_empty()));
    live.place.write(CARD, "name = \"Sonata\"\nnmae = 1");
    live.wait(
        "a finding",
        |event| matches!(event, Event::Found { diagnostics, .. } if diagnostics[0].code == "unknown-key"),
    );
    assert!(!is_sound(&live.state) && says(&live.state, "sonata", "Mended."));
}

#[test]
fn what_only_all_pages_show_is_found_after_the_change() {
    let live = Live::new(Place::new(), by_events());
    live.place.write("content/pages/about.md", "# About\n\n[Nowhere](/nowhere/)");
    live.until("a link that leads nowhere", |state| !is_sound(state));
    live.place.write("content/pages/about.md", "# About\n\n[Home](/)");
    live.until("one that does not", is_sound);
    let told = live.wait("the end of the inspection", |event| matches!(event, Event::Checked { .. }));
    let Some(Event::Checked { generation, .. }) = told.last() else { panic!("{told:?}") };
    assert!(*generation < live.state.generation(), "that it is mended is a change of its own");
}

#[test]
fn the_day_changes_while_it_runs() {
    let place = Place::new();
    place.write(CARD, "name = \"Sonata\"\nretired = 2026-07-01");
    let live = Live::new(place, by_events());
    assert!(!says(&live.state, "sonata", "Retired"));
    *live.day.lock().expect("nobody panics") = Date::parse("2026-07-02").expect("a day");
    live.until("the next day", |state| says(state, "sonata", "Retired"));
}

#[test]
fn templates_of_a_site_are_noted_once() {
    let live = Live::new(Place::new(), by_events());
    live.place.write("templates/base.html", "");
    live.place.write(CARD, &card("Something to look for."));
    live.wait("a note", |event| matches!(event, Event::Note(words) if words.contains("templates/")));
    live.place.write("templates/other.html", "");
    live.place.write("content/models/acme/fugue.toml", "name = \"Fugue\"");
    let told = live.wait("the inspection", |event| matches!(event, Event::Checked { .. }));
    assert!(!told.iter().any(|event| matches!(event, Event::Note(_))), "{told:?}");
}

#[test]
fn a_panic_of_the_worker_is_not_its_end() {
    let live = Live::new(Place::new(), by_events());
    live.fails.store(true, Ordering::Relaxed);
    live.place.write(CARD, &card("Written meanwhile."));
    live.until("the panic", is_gone);
    assert!(has(&live.state, "sonata"));
    live.fails.store(false, Ordering::Relaxed);
    live.until("the site", |state| is_sound(state) && says(state, "sonata", "Written meanwhile."));
}

#[test]
fn when_the_system_tells_no_more_the_files_are_looked_at() {
    let live = Live::new(Place::new(), by_events());
    let blind = Touch::Blind("the limit is reached".to_owned());
    live.worker.inbox.send(Message::Touched(blind, Instant::now())).expect("the worker is there");
    live.wait("a note", |event| matches!(event, Event::Note(words) if words.contains("the limit is reached")));
    live.place.write(CARD, &card("Without events."));
    live.until("an edit", |state| says(state, "sonata", "Without events."));
}

/// A file that is linked to from elsewhere is watched nowhere.
#[cfg(unix)]
#[test]
fn what_the_system_does_not_tell_of_is_seen_all_the_same() {
    for how in [by_events(), How { pace: Pace::WATCHED, ..by_events() }] {
        let is_slow = how.pace.shortest == NEVER.shortest;
        let place = Place::new();
        place.write("drafts/card.toml", &card("First draft."));
        place.remove(CARD);
        std::os::unix::fs::symlink("../../../drafts/card.toml", place.disk(CARD)).expect("links can be made");
        let live = Live::new(place, how);
        live.place.write("drafts/card.toml", &card("Second draft."));
        if is_slow {
            live.worker.inbox.send(Message::Touched(Touch::Anything, Instant::now())).expect("the worker is there");
        }
        live.until("a draft", |state| says(state, "sonata", "Second draft."));
    }
}

/// After any changes, with the right events and the wrong ones, the state is what a fresh look makes.
#[test]
fn after_any_changes_it_shows_what_is_there() {
    let live = Live::new(Place::new(), by_events());
    let mut dice = 7_u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(dice >> 33).unwrap_or_default() % sides
    };
    const PATHS: [&str; 6] = [
        "content/models/acme/a.toml",
        "content/models/acme/a.md",
        "content/models/acme/b.toml",
        "content/models/nova/c.toml",
        "content/developers/nova.toml",
        "static/d/e.txt",
    ];
    for round in 0..40 {
        for _ in 0..=roll(4) {
            let (path, other) = (PATHS[roll(PATHS.len())], PATHS[roll(PATHS.len())]);
            let (disk, other) = (live.place.disk(path), live.place.disk(other));
            // Some of it is impossible, and then nothing happens.
            match roll(6) {
                0 => drop(fs::remove_file(disk)),
                1 => drop(fs::rename(disk, other)),
                2 => drop(fs::remove_dir_all(disk.parent().expect("it is in a folder"))),
                _ => live.place.write(path, &format!("name = \"{}\"", roll(100))),
            }
        }
        // What comes last is seen last.
        let sentinel = format!("Round {round}.");
        live.place.write(CARD, &card(&sentinel));
        live.until(&sentinel, |state| {
            let held = state.read();
            let Ok((tree, found)) = load::load(&live.place.root()) else { return false };
            let texts = |tree: &SourceTree| tree.iter().map(|(_, file)| file.clone()).collect::<Vec<_>>();
            texts(held.tree()) == texts(&tree) && held.tree().statics() == tree.statics() && found.is_empty()
        });
    }
}
