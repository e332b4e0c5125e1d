//! `modelfolio serve`: the site in a browser while its author works on it.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{CommandResult, Failure, Format, Global, Serve, report};
use crate::catalog::Date;
use crate::diagnostic::{self, Diagnostic};
use crate::load::Folder;
use crate::preview::event::Event;
use crate::preview::listen::{listen, url};
use crate::preview::program::Program;
use crate::preview::rebuild::Restart;
use crate::preview::server::{Limits, Server};
use crate::preview::state::State;
use crate::preview::worker::{Work, Worker};
use crate::workspace::Workspace;

pub(super) fn run(global: &Global, serve: &Serve) -> CommandResult {
    let root = global.site_root()?;
    let options = global.options()?;
    // Before anything is read, so that a port that is taken is told at once.
    let listener = listen(&serve.host, serve.port)?;
    let folder = Folder::open(&root)?;
    let workspace = Workspace::new(folder.tree().clone(), folder.diagnostics().to_vec(), options.clone());
    let state = Arc::new(State::new(workspace));
    let start = |what| move |source| Failure::Start { what, source };
    let teller = || {
        let global = global.clone();
        move |event: Event| tell(&global, &event)
    };
    let server = Server::start(listener, &serve.host, Arc::clone(&state), Limits::default(), teller());
    let server = server.map_err(start("the server"))?;

    let url = {
        let workspace = state.read();
        let (diagnostics, tree) = (workspace.diagnostics().to_vec(), workspace.tree().clone());
        if !diagnostics.is_empty() {
            tell(global, &Event::Found { diagnostics, tree });
        }
        url(&serve.host, server.address(), &workspace.base_path())
    };
    if !server.address().ip().is_loopback() {
        let words = "the preview can be seen by everyone who can reach this machine";
        tell(global, &Event::Note(format!("{words}: it listens on {}", server.address())));
    }
    let work = Work {
        folder,
        state,
        poll: serve.poll,
        today: today(global, options.today),
        program: program(&root, server.address().port()),
        options,
        tell: Box::new(teller()),
    };
    let _worker = Worker::start(work).map_err(start("the thread that looks for changes"))?;
    tell(global, &Event::Serving { url: url.clone() });
    if serve.open
        && let Err(error) = open::that_detached(&url)
    {
        tell(global, &Event::Note(format!("no browser could be opened: {error}")));
    }
    // Ctrl-C ends the process, and there is nothing that would have to be put away.
    loop {
        std::thread::park();
    }
}

/// The day of today, each time it is asked. A day that was given stays.
fn today(global: &Global, began: Date) -> Box<dyn Fn() -> Date + Send> {
    let global = global.clone();
    Box::new(move || global.today().unwrap_or(began))
}

/// This program, when it lies in its source tree, and how it gives its place to the one that is built of it anew: with
/// the same arguments, on the same port.
fn program(root: &Path, port: u16) -> Option<(Program, Restart)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built_from = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Program::find(&std::env::current_exe().ok()?, built_from, cargo, root)?;
    let arguments = again(std::env::args_os().skip(1), port);
    Some((program, Box::new(move |program: &Program| program.restart(&arguments))))
}

/// The arguments for the next program: this port, and no second window of the browser.
fn again(arguments: impl Iterator<Item = OsString>, port: u16) -> Vec<OsString> {
    let mut kept = Vec::new();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        if argument == "--port" {
            arguments.next();
        } else if argument != "--open" && !argument.to_string_lossy().starts_with("--port=") {
            kept.push(argument);
        }
    }
    kept.extend(["--port".into(), port.to_string().into()]);
    kept
}

/// Prints what happened. That nobody can be told is no reason to end.
fn tell(global: &Global, event: &Event) {
    let told = match global.format {
        Format::Json => print_json(global, event),
        Format::Text => print_text(global, event),
    };
    if let Err(failure) = told {
        report::failure(global.format, &failure);
    }
}

fn print_text(global: &Global, event: &Event) -> Result<(), Failure> {
    let words = match event {
        Event::Found { diagnostics, tree } => {
            report::findings(global, tree, diagnostics)?;
            match diagnostic::summary(diagnostics) {
                Some(count) if has_errors(diagnostics) => {
                    report::note(&format!("{count}: shown in the browser too\n"));
                    return Ok(());
                }
                Some(count) => format!("No errors, {count}"),
                None => "No errors".to_owned(),
            }
        }
        Event::Machine(words) | Event::Code(words) => {
            report::note(&format!("error: {}\n", words.trim_end()));
            return Ok(());
        }
        Event::Note(words) => {
            report::note(&format!("note: {}\n", diagnostic::visible(words)));
            return Ok(());
        }
        Event::Serving { url } => format!("Serving {url}\nEdit the content, and the browser follows. Ctrl-C ends it."),
        Event::Changed { files, read, resolve, notify, .. } => {
            let what = match files.as_slice() {
                [file] => diagnostic::visible(file),
                files => report::count(files.len(), "file"),
            };
            format!("Changed: {what} ({})", report::time(*read + *resolve + *notify))
        }
        Event::Checked { time, .. } if global.verbose => format!("Checked everything in {}", report::time(*time)),
        Event::Checked { .. } => return Ok(()),
        Event::Rebuilding => "The program has changed: cargo makes it anew".to_owned(),
        Event::Restarting => "The new program takes over".to_owned(),
    };
    if global.quiet { Ok(()) } else { report::line(&format!("{words}\n")) }
}

fn print_json(global: &Global, event: &Event) -> Result<(), Failure> {
    let milliseconds = |time: &std::time::Duration| time.as_secs_f64() * 1000.0;
    let object: Value = match event {
        Event::Found { diagnostics, tree } => {
            report::findings(global, tree, diagnostics)?;
            let errors = diagnostics.iter().filter(|finding| finding.is_error()).count();
            json!({ "event": "found", "errors": errors, "warnings": diagnostics.len() - errors })
        }
        Event::Machine(words) => json!({ "event": "machine", "message": words }),
        Event::Code(words) => json!({ "event": "code", "message": words }),
        Event::Note(words) => json!({ "event": "note", "message": words }),
        Event::Serving { url } => json!({ "event": "serving", "url": url }),
        Event::Changed { generation, files, read, resolve, notify } => json!({
            "event": "changed",
            "generation": generation,
            "files": files,
            "read": milliseconds(read),
            "resolve": milliseconds(resolve),
            "notify": milliseconds(notify),
        }),
        Event::Checked { generation, time } => {
            json!({ "event": "checked", "generation": generation, "time": milliseconds(time) })
        }
        Event::Rebuilding => json!({ "event": "rebuilding" }),
        Event::Restarting => json!({ "event": "restarting" }),
    };
    report::line(&format!("{object}\n"))
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_program_has_the_same_arguments_and_this_port() {
        let again = |line: &str| again(line.split(' ').map(OsString::from), 3001).join(std::ffi::OsStr::new(" "));
        assert_eq!(again("serve --poll"), "serve --poll --port 3001");
        assert_eq!(again("serve --open --port 0 --root x"), "serve --root x --port 3001");
        assert_eq!(again("--root x serve --port=3000"), "--root x serve --port 3001");
    }
}
