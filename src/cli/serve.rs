//! `modelfolio serve`: the site in a browser while its author works on it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{CommandResult, Failure, Format, Global, Serve, report};
use crate::diagnostic::{self, Diagnostic};
use crate::load;
use crate::preview::event::Event;
use crate::preview::listen::{listen, url};
use crate::preview::server::{Limits, Server};
use crate::preview::state::State;
use crate::workspace::Workspace;

pub(super) fn run(global: &Global, serve: &Serve) -> CommandResult {
    let root = global.site_root()?;
    let options = global.options()?;
    // Before anything is read, so that a port that is taken is told at once.
    let listener = listen(&serve.host, serve.port)?;
    let (tree, found) = load::load(&root)?;
    let state = Arc::new(State::new(Workspace::new(tree, found, options)));
    let server = Server::start(listener, &serve.host, Arc::clone(&state), Limits::default())
        .map_err(|source| Failure::Start { what: "the server", source })?;

    let url = {
        let workspace = state.read();
        tell(global, &Event::Found { diagnostics: workspace.diagnostics().to_vec(), tree: workspace.tree().clone() });
        url(&serve.host, server.address(), &workspace.base_path())
    };
    if !server.address().ip().is_loopback() {
        let words = "the preview can be seen by everyone who can reach this machine";
        tell(global, &Event::Note(format!("{words}: it listens on {}", server.address())));
    }
    tell(global, &Event::Serving { url: url.clone() });
    if serve.open
        && let Err(error) = open::that_detached(&url)
    {
        tell(global, &Event::Note(format!("no browser could be opened: {error}")));
    }
    loop {
        std::thread::park();
    }
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
