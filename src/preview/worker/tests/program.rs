//! The program from its source, made anew by a stand-in for cargo.

use std::io::Write as _;
use std::process::Command;

use super::*;

/// A source tree whose cargo waits until it is let go, then does what the test says.
struct Source(tempfile::TempDir);

impl Source {
    fn new() -> Self {
        let source = Self(tempfile::tempdir().expect("a temporary folder can be made"));
        source.write("Cargo.toml", "name = \"modelfolio\"\n");
        source.write("src/main.rs", "");
        source.write("templates/base.html", "");
        source.write("target/debug/modelfolio", "old");
        // Written by another process: as long as this one has it open for writing it cannot be run.
        source.shell("mkfifo go; printf '#!/bin/sh\\n. ../do\\n' > cargo; chmod +x cargo");
        source
    }

    fn disk(&self, path: &str) -> PathBuf {
        self.0.path().join("tree").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let disk = self.disk(path);
        fs::create_dir_all(disk.parent().expect("it is in a folder")).expect("the folder can be made");
        fs::write(disk, text).expect("the file can be written");
    }

    fn shell(&self, script: &str) {
        let done = Command::new("sh").arg("-c").arg(script).current_dir(self.disk("")).status();
        assert!(done.expect("there is a shell").success(), "{script}");
    }

    /// What cargo does from now on, once it is let go.
    fn cargo_does(&self, script: &str) {
        fs::write(self.0.path().join("do"), format!("echo \"$@\" >> ../calls; cat go > /dev/null\n{script}\n"))
            .expect("the file can be written");
    }

    /// Lets cargo go, which has begun or soon will.
    fn let_go(&self) {
        let mut gate = fs::File::options().write(true).open(self.disk("go")).expect("it can be opened");
        gate.write_all(b"go").expect("somebody reads it");
    }

    fn calls(&self) -> usize {
        fs::read_to_string(self.0.path().join("calls")).unwrap_or_default().lines().count()
    }

    /// The worker on another site, which restarts by sending what the program is by then.
    fn live(&self) -> (Live, Receiver<String>) {
        let place = Place::new();
        let executable = self.disk("target/debug/modelfolio");
        let program = Program::find(&executable, Path::new("/nowhere"), self.disk("cargo").into(), &place.root());
        let (sender, restarts) = mpsc::channel();
        let restart: Restart = Box::new(move |_| {
            let text = fs::read_to_string(&executable).expect("it is there");
            sender.send(text).expect("the test waits for it");
            io::Error::other("this is a test")
        });
        let how = How { program: Some((program.expect("it is there"), restart)), ..by_events() };
        (Live::new(place, how), restarts)
    }
}

fn is_rebuilding(event: &Event) -> bool {
    matches!(event, Event::Rebuilding)
}

fn code(state: &State) -> String {
    match &state.problems().problems {
        Problems::Code(words) => words.clone(),
        _ => String::new(),
    }
}

#[test]
fn another_template_is_another_program() {
    let source = Source::new();
    let (live, restarts) = source.live();
    source.cargo_does("echo new > made; mv made target/debug/modelfolio");
    source.write("templates/base.html", "<!doctype html>");
    live.wait("cargo", is_rebuilding);
    live.place.write(CARD, &card("While cargo is at work."));
    live.until("an edit", |state| says(state, "sonata", "While cargo is at work."));
    source.let_go();
    live.wait("the restart", |event| matches!(event, Event::Restarting));
    assert_eq!(restarts.recv_timeout(GUARD), Ok("new\n".to_owned()));
    live.until("that it failed", |state| code(state).contains("this is a test"));
    assert_eq!(source.calls(), 1);
}

#[test]
fn what_does_not_compile_is_shown_until_it_does() {
    let source = Source::new();
    let (live, restarts) = source.live();
    source.cargo_does("printf '\\033[1;31merror[E0308]\\033[0m: mismatched types\\n' >&2; exit 101");
    source.write("src/main.rs", "fn main() { 1 }");
    live.wait("cargo", is_rebuilding);
    source.let_go();
    live.wait("its error", |event| matches!(event, Event::Code(_)));
    assert_eq!(code(&live.state), "error[E0308]: mismatched types\n");
    assert!(has(&live.state, "sonata"));
    source.cargo_does("exit 3");
    source.write("src/main.rs", "fn main() { 2 }");
    live.wait("cargo", is_rebuilding);
    source.let_go();
    live.until("an end without words", |state| code(state).contains("exit status: 3"));
    source.cargo_does(":");
    source.write("src/main.rs", "");
    live.wait("cargo", is_rebuilding);
    source.let_go();
    live.until("the old program", is_sound);
    assert!(restarts.try_recv().is_err(), "nothing else was built");
}

#[test]
fn what_changes_while_it_is_built_is_built_too() {
    let source = Source::new();
    let (live, restarts) = source.live();
    source.cargo_does("cat templates/base.html > made; mv made target/debug/modelfolio");
    source.write("templates/base.html", "first");
    live.wait("cargo", is_rebuilding);
    source.write("templates/base.html", "second");
    source.let_go();
    live.wait("cargo again", is_rebuilding);
    source.let_go();
    assert_eq!(restarts.recv_timeout(GUARD), Ok("second".to_owned()));
    assert_eq!(source.calls(), 2);
}

#[test]
fn without_cargo_it_says_so() {
    let source = Source::new();
    let (live, _restarts) = source.live();
    fs::remove_file(source.disk("cargo")).expect("it can be removed");
    source.write("templates/base.html", "first");
    live.until("no cargo", |state| code(state).contains("cargo cannot be run"));
}
