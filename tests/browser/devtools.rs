//! A browser that a test leads: several pages over time, by the protocol of the developer tools.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chromium;

/// A browser that does not answer for so long is broken: the last guard of a test, never its clock.
const GUARD: Duration = Duration::from_secs(120);

/// A running browser with a profile of its own.
pub(crate) struct Browser {
    process: Child,
    to: File,
    from: Receiver<Value>,
    last: u64,
    _folder: tempfile::TempDir,
}

/// A page that is open.
#[derive(Debug, Clone)]
pub(crate) struct Tab {
    session: String,
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Browser {
    /// Starts it without a page.
    pub(crate) fn start() -> Result<Self, String> {
        let path = chromium::find().ok_or("there is no Chromium on this machine; install the package `chromium`")?;
        let folder = tempfile::tempdir().map_err(words)?;
        let [to, from] = ["to", "from"].map(|name| folder.path().join(name));
        let made = Command::new("mkfifo").args([&to, &from]).status().map_err(words)?;
        if !made.success() {
            return Err("no pipes can be made".to_owned());
        }
        // The browser reads what it is told from its third file and answers to its fourth.
        let process = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<\"$TO\" 4>\"$FROM\""])
            .arg(path)
            .args(chromium::OPTIONS)
            .args(["--remote-debugging-pipe", "--no-startup-window"])
            // A test waits for tabs that are not in front, too.
            .args(["--disable-background-timer-throttling", "--disable-renderer-backgrounding"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .env("TO", &to)
            .env("FROM", &from)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Chromium does not start: {error}"))?;
        let to = OpenOptions::new().write(true).open(to).map_err(words)?;
        let from = answers(BufReader::new(File::open(from).map_err(words)?));
        Ok(Self { process, to, from, last: 0, _folder: folder })
    }

    /// Opens an address in another tab.
    pub(crate) fn open(&mut self, url: &str) -> Result<Tab, String> {
        let target = self.call(None, "Target.createTarget", &json!({ "url": "about:blank" }))?;
        let attached = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.call(None, "Target.attachToTarget", &attached)?;
        let tab = Tab { session: session["sessionId"].as_str().unwrap_or_default().to_owned() };
        self.go(&tab, url)?;
        Ok(tab)
    }

    /// Leads a tab to another address.
    pub(crate) fn go(&mut self, tab: &Tab, url: &str) -> Result<(), String> {
        self.call(Some(tab), "Page.navigate", &json!({ "url": url }))?;
        let loaded = format!(
            "document.readyState === 'complete' && location.href !== 'about:blank' && location.href === {}",
            json!(url)
        );
        self.until(tab, &loaded)
    }

    /// The value of an expression in a page.
    pub(crate) fn value(&mut self, tab: &Tab, expression: &str) -> Result<Value, String> {
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call(Some(tab), "Runtime.evaluate", &asked)?;
        match answer.get("exceptionDetails") {
            Some(fault) => Err(format!("{expression}: {fault}")),
            None => Ok(answer["result"]["value"].clone()),
        }
    }

    /// Waits until an expression is true in a page, whatever page is loaded there meanwhile.
    pub(crate) fn until(&mut self, tab: &Tab, expression: &str) -> Result<(), String> {
        let turn = format!(
            "new Promise((done) => {{ const look = () => {{ let is = false; try {{ is = ({expression}) }} catch {{}} \
             is ? done(true) : setTimeout(look, 5) }}; look() }})"
        );
        loop {
            match self.value(tab, &turn) {
                Ok(_) => return Ok(()),
                // The page went away while it was looked at.
                Err(fault) if fault.starts_with("Runtime.evaluate: ") => {}
                Err(fault) => return Err(format!("while waiting for {expression}: {fault}")),
            }
        }
    }

    /// Sends a command, to a page or to the browser itself, and waits for its result.
    pub(crate) fn call(&mut self, tab: Option<&Tab>, method: &str, parameters: &Value) -> Result<Value, String> {
        self.last += 1;
        let mut command = json!({ "id": self.last, "method": method, "params": parameters });
        if let Some(tab) = tab {
            command["sessionId"] = json!(tab.session);
        }
        self.to.write_all(format!("{command}\0").as_bytes()).map_err(words)?;
        let end = Instant::now() + GUARD;
        loop {
            let answer = self.from.recv_timeout(end.saturating_duration_since(Instant::now()));
            let answer = answer.map_err(|error| format!("no answer to `{method}` {parameters}: {error}"))?;
            if answer["id"] == self.last {
                return match answer.get("error") {
                    Some(error) => Err(format!("{method}: {error}")),
                    None => Ok(answer["result"].clone()),
                };
            }
        }
    }
}

/// What the browser says, as it says it, until it ends.
fn answers(mut from: BufReader<File>) -> Receiver<Value> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        while from.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
            bytes.pop();
            let Ok(answer) = serde_json::from_slice(&bytes) else { return };
            if sender.send(answer).is_err() {
                return;
            }
            bytes.clear();
        }
    });
    receiver
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
