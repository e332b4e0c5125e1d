//! What a build costs: every stage over made-up catalogues, beside what merely reading and writing the same bytes takes.
//!
//! `cargo bench` measures 100, 1,000 and 10,000 models, `cargo bench -- --models 1000 --rounds 5` what it is told. The
//! folder is made below `/dev/shm` where there is one, so that the disk does not decide; `--dir` names another.
//!
//! `cargo bench --bench build -- --pages` tells instead what each kind of page costs and weighs. With `--write FOLDER` nothing
//! is measured: the catalogue is written there, to try the command on it.

mod generator;
mod pages;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use modelfolio::catalog::Date;
use modelfolio::publish::{Publication, Settled, Target, settled};
use modelfolio::{Options, Stage, assemble, load};
use rayon::prelude::*;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const SEED: u64 = 42;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let number = |name: &str| value(name).map(|text| text.parse::<usize>().expect("a number follows the option"));
    if let (Some(models), Some(folder)) = (number("--models"), value("--write")) {
        return generator::catalogue(models, SEED)
            .iter()
            .try_for_each(|(path, text)| put(&Path::new(folder).join(path), text.as_bytes()));
    }
    if let Some(models) = number("--models") {
        if arguments.iter().any(|argument| argument == "--pages") {
            return io::stdout().write_all(pages::report(models, SEED).as_bytes());
        }
        return measure(models, number("--rounds").unwrap_or(3).max(1), value("--dir").map(PathBuf::from));
    }
    // A process for each size, so that the peak of memory is its own.
    for models in SIZES {
        let status =
            Command::new(env::current_exe()?).args(["--models", &models.to_string()]).args(&arguments).status()?;
        assert!(status.success(), "the measurement of {models} models failed");
    }
    Ok(())
}

/// Times by name, one for each round.
type Times = BTreeMap<&'static str, Vec<Duration>>;

fn measure(models: usize, rounds: usize, dir: Option<PathBuf>) -> io::Result<()> {
    let dir = dir.unwrap_or_else(|| PathBuf::from(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "." }));
    let folder = tempfile::tempdir_in(dir)?;
    let root = folder.path().join("site");
    for (path, text) in generator::catalogue(models, SEED) {
        put(&root.join(path), text.as_bytes())?;
    }
    let edited = root.join(generator::model_path(models / 2));
    let as_made = fs::read_to_string(&edited)?;
    // A file of just now could be touched again without a trace, so its site is built as a whole.
    std::thread::sleep(Duration::from_millis(200));

    let (mut fresh, mut nothing, mut edit, mut floors) = (Times::new(), Times::new(), Times::new(), Vec::new());
    let (mut files, mut bytes, mut rewritten) = (0, 0, 0);
    for round in 0..rounds {
        let out = folder.path().join(format!("public-{round}"));
        let (size, written) = build(&root, &out, &mut fresh);
        (files, bytes) = (written, size);
        let (_, changed) = build(&root, &out, &mut nothing);
        assert_eq!(changed, 0, "a build of the same files writes nothing");
        fs::write(&edited, generator::with_another_price(&as_made))?;
        (_, rewritten) = build(&root, &out, &mut edit);
        fs::write(&edited, &as_made)?;
        floors.push(floor(&root, &out, &folder.path().join("floor"))?);
        fs::remove_dir_all(folder.path().join("floor"))?;
        fs::remove_dir_all(&out)?;
    }

    let floor = median(&mut floors);
    let ratio = |time: Duration| time.as_secs_f64() / floor.as_secs_f64();
    let mut report = String::new();
    let mut line = |text: String| {
        report.push_str(&text);
        report.push('\n');
    };
    line(format!(
        "\n{models} models: {files} files, {} of output, median of {rounds} rounds, load {}",
        size(bytes),
        fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or_default()
    ));
    line(format!("{:<12}{:>12}{:>12}{:>12}", "stage, ms", "fresh", "no-op", "one edit"));
    for stage in STAGES {
        let times = [&mut fresh, &mut nothing, &mut edit];
        let cells = times.map(|times| {
            format!("{:>12.1}", milliseconds(times.get_mut(stage).map_or(Duration::ZERO, |times| median(times))))
        });
        line(format!("{stage:<12}{}", cells.concat()));
    }
    let totals = [&mut fresh, &mut nothing, &mut edit]
        .map(|times| times.get_mut("total").map_or(Duration::ZERO, |times| median(times)));
    line(format!("{:<12}{}", "x floor", totals.map(|total| format!("{:>12.2}", ratio(total))).concat()));
    line(format!("floor (read all inputs, write all files, 2 threads): {:.1} ms", milliseconds(floor)));
    line(format!("one edit rewrote {rewritten} files; peak memory {}", peak().map_or("unknown".to_owned(), size)));
    io::stdout().write_all(report.as_bytes())
}

const STAGES: [&str; 10] = ["look", "load", "parse", "resolve", "check", "render", "links", "minify", "write", "total"];

/// Builds as the command does, and tells the size of the site and how many files were written.
fn build(root: &Path, out: &Path, times: &mut Times) -> (u64, usize) {
    let options = Options { today: Date::parse("2026-06-01").expect("a day"), base_url: None };
    let start = Instant::now();
    let mut current = ("look", start);
    let mut begin = |name: &'static str| {
        let now = Instant::now();
        times.entry(current.0).or_default().push(now - current.1);
        current = (name, now);
    };
    let target = Target::new(root, out);
    let inputs = load::inputs(root);
    if let Some(settled) = inputs.and_then(|inputs| settled(&target, inputs)) {
        begin("end");
        times.entry("total").or_default().push(start.elapsed());
        assert!(settled.files > 0, "a site has files");
        return (0, 0);
    }
    begin("load");
    let (tree, found) = load::load(root).expect("the made-up site can be read");
    let assembled = assemble(&tree, found, &options, &mut |stage| begin(name(stage)));
    let Some(site) = assembled.site else {
        panic!("{}", modelfolio::diagnostic::text::render_all(&tree, &assembled.diagnostics, false))
    };
    begin("minify");
    let mut publication = Publication::prepare(&target, &site).expect("the folder can be written to");
    if let Some(inputs) = inputs.filter(|_| assembled.diagnostics.is_empty()) {
        let (models, has_base_url) = (assembled.models, assembled.has_base_url);
        publication.settle(inputs, Settled { models, files: site.len(), compressed: 0, has_base_url });
    }
    begin("write");
    let published = publication.write().expect("the folder can be written to");
    begin("end");
    times.entry("total").or_default().push(start.elapsed());
    (published.bytes, published.added.len() + published.changed.len() + published.removed.len())
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Parse => "parse",
        Stage::Resolve => "resolve",
        Stage::Check => "check",
        Stage::Render => "render",
        Stage::Links => "links",
    }
}

/// How long two threads take to read every input and to write every finished file to a new folder, doing nothing else.
fn floor(root: &Path, out: &Path, to: &Path) -> io::Result<Duration> {
    let inputs = files_below(root)?;
    let finished: Vec<(PathBuf, Vec<u8>)> = files_below(out)?
        .into_iter()
        .map(|path| Ok((to.join(path.strip_prefix(out).expect("it is below")), fs::read(&path)?)))
        .collect::<io::Result<_>>()?;
    let two = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads can be had");
    let start = Instant::now();
    two.install(|| {
        inputs.par_iter().try_for_each(|path| fs::read(path).map(drop))?;
        finished.par_iter().try_for_each(|(path, bytes)| put(path, bytes))
    })?;
    Ok(start.elapsed())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
    fs::write(path, bytes)
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_below(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}

/// The most memory that this process has held, where the system tells.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
