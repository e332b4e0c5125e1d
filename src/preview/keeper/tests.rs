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
