//! How soon an edit is seen: from the write of a model's file to the new page in a browser, through the real program.
//!
//! `cargo bench --bench preview` edits the price of one of 10,000 models; `-- --models 1000 --edits 31` what it is told.
//! Half of the edits are made when all is quiet, half while the whole check of the edit before is running. Needs
//! Chromium.

#[path = "../tests/browser/chromium.rs"]
#[allow(dead_code)]
mod chromium;
#[path = "../tests/browser/devtools.rs"]
mod devtools;
#[allow(dead_code)]
mod generator;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{env, fs};

use serde_json::{Value, json};

use devtools::{Browser, Tab};

const PROGRAM: &str = env!("CARGO_BIN_EXE_modelfolio");
const SEED: u64 = 42;

/// Notes when a page is there and when it was painted, by the clock of the day, in milliseconds.
const NOTES: &str = "addEventListener('DOMContentLoaded', () => {
    const now = () => performance.timeOrigin + performance.now();
    window.thereAt = now();
    const note = () => {
        window.thereAt = now();
        requestAnimationFrame(() => setTimeout(() => (window.paintedAt = now())));
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, characterData: true });
});";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |name: &str, default: usize| {
        let value = arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
        value.map_or(default, |text| text.parse().expect("a number follows the option"))
    };
    let (models, edits) = (number("--models", 10_000), number("--edits", 11));
    let dir = if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "." };
    let folder = tempfile::tempdir_in(dir)?;
    let root = folder.path().join("site");
    for (path, text) in generator::catalogue(models, SEED) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
        fs::write(path, text)?;
    }

    let build = Instant::now();
    let built = Command::new(PROGRAM).args(["--quiet", "--root"]).arg(&root).status()?;
    assert!(built.success(), "the made-up site can be built");
    let build = build.elapsed();
    fs::remove_dir_all(root.join("public"))?;

    let start = Instant::now();
    let mut preview = Preview::start(&root)?;
    let serving = start.elapsed();
    let card = generator::model_path(models / 2);
    let card = card.trim_start_matches("content/").trim_end_matches(".toml").to_owned();
    preview.get(&format!("{card}/"))?;
    let first_page = start.elapsed();
    preview.wait("checked")?;

    let mut browser = Browser::start()?;
    let tab = browser.open(&format!("{}{card}/", preview.url))?;
    browser.call(Some(&tab), "Page.enable", &json!({}))?;
    browser.call(Some(&tab), "Page.addScriptToEvaluateOnNewDocument", &json!({ "source": NOTES }))?;
    let file = root.join(generator::model_path(models / 2));
    browser.go(&tab, &format!("{}{card}/", preview.url))?;

    let mut report = format!(
        "\n{models} models, medians (least to most) of {edits} edits of one price, load {}\n\
         serve: {:.0} ms to its address, {:.0} ms to its first card; build: {:.0} ms\n",
        fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or_default(),
        milliseconds(serving),
        milliseconds(first_page),
        milliseconds(build),
    );
    for quiet in [true, false] {
        let mut times: Vec<(&str, Vec<f64>)> = Vec::new();
        for _ in 0..edits {
            for (name, time) in edit(&file, &mut preview, &mut browser, &tab, &card)? {
                match times.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, times)) => times.push(time),
                    None => times.push((name, vec![time])),
                }
            }
            if quiet {
                preview.wait("checked")?;
            }
        }
        report.push_str(if quiet { "when all is quiet, ms\n" } else { "while everything is checked, ms\n" });
        for (name, mut times) in times {
            times.sort_by(f64::total_cmp);
            let (least, most) = (times[0], times[times.len() - 1]);
            report.push_str(&format!("  {name:<34}{:>8.1}  ({least:.1} to {most:.1})\n", times[times.len() / 2]));
        }
    }
    io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

/// Edits the price in a model's file, waits until the open page shows it, and tells how long each part took, in milliseconds.
fn edit(
    file: &Path,
    preview: &mut Preview,
    browser: &mut Browser,
    tab: &Tab,
    card: &str,
) -> Result<Vec<(&'static str, f64)>, Box<dyn std::error::Error>> {
    // An author has looked at the page before the next edit.
    browser.until(tab, "window.paintedAt && performance.getEntriesByName('modelfolio-remembered').length > 0")?;
    let text = generator::with_another_price(&fs::read_to_string(file)?);
    let price = text.lines().find_map(|line| line.strip_prefix("input = ")).expect("the model has a price").to_owned();
    let aside = file.with_extension("toml~");
    fs::write(&aside, text)?;
    let written = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() * 1000.0;
    fs::rename(&aside, file)?;

    let changed = preview.wait("changed")?;
    let part = |name: &str| changed[name].as_f64().unwrap_or(f64::NAN);
    browser.until(
        tab,
        &format!("window.paintedAt > {written} && document.body.innerText.includes({})", json!(format!("${price}"))),
    )?;
    let mut moment =
        |name: &str| -> Result<f64, String> { Ok(browser.value(tab, name)?.as_f64().unwrap_or(f64::NAN) - written) };
    // A page that was written into has asked for what changed and then for itself; one that was loaded again has forgotten.
    let entry = |name: &str, time: &str| {
        let of_name =
            format!("performance.getEntriesByType('resource').findLast((e) => e.name.includes({}))", json!(name));
        format!("performance.timeOrigin + {of_name}?.{time}")
    };
    let asked = moment(&entry(".modelfolio/state", "startTime"))?;
    let received = moment(&entry(card, "responseEnd"))?;
    let (there, painted) = (moment("window.thereAt")?, moment("window.paintedAt")?);
    let render = Instant::now();
    preview.get(&format!("{card}/"))?;
    Ok(vec![
        ("read, with the wait for quiet", part("read")),
        ("resolve", part("resolve")),
        ("notify", part("notify")),
        ("render, asked for over HTTP", milliseconds(render.elapsed())),
        ("write to the browser's question", asked),
        ("write to new page received", received),
        ("write to new page in the browser", there),
        ("write to new page painted", painted),
    ])
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A running `modelfolio serve`.
struct Preview {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
    url: String,
}

impl Preview {
    fn start(root: &PathBuf) -> Result<Self, Box<dyn std::error::Error>> {
        let mut process = Command::new(PROGRAM)
            .args(["serve", "--format", "json", "--root"])
            .arg(root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut preview = Self { process, lines, url: String::new() };
        preview.url = preview.wait("serving")?["url"].as_str().unwrap_or_default().to_owned();
        Ok(preview)
    }

    /// The next event of this name.
    fn wait(&mut self, event: &str) -> Result<Value, Box<dyn std::error::Error>> {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line)? == 0 {
                return Err(format!("the preview ended before `{event}`").into());
            }
            let told: Value = serde_json::from_str(&line)?;
            if told["event"] == event {
                return Ok(told);
            }
        }
    }

    /// Asks for a path of the site and reads the whole answer.
    fn get(&self, path: &str) -> io::Result<Vec<u8>> {
        let (host, base) = self.url.trim_start_matches("http://").split_once('/').expect("an address has a path");
        let mut stream = TcpStream::connect(host)?;
        write!(stream, "GET /{base}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{path} is there");
        Ok(answer)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
