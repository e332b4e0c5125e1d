//! A program that cargo built in its source tree, and that still lies where cargo put it: what it is made of, and how it
//! is made anew.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use walkdir::WalkDir;

use super::watch::ProgramPlace;
use crate::load::is_left_behind;
use crate::load::stamp::Stamp;

/// Files of the package that its program is made of, beside those in folders.
const FILES: [&str; 5] = ["Cargo.toml", "Cargo.lock", "askama.toml", "build.rs", "rust-toolchain.toml"];

/// Folders of the package that its program is made of.
const FOLDERS: [&str; 2] = ["src", "templates"];

/// The theme is part of the program, but in a site of this very folder its files are the site's own and replace it.
const THEME: &str = "static/theme";

/// A program that lies where cargo puts what it builds from this package.
#[derive(Debug)]
pub struct Program {
    package: PathBuf,
    executable: PathBuf,
    cargo: OsString,
    output: Output,
    folders: Vec<PathBuf>,
    sources: BTreeMap<PathBuf, Stamp>,
}

/// Where cargo puts it, from which it is known how it was built.
#[derive(Debug, PartialEq, Eq)]
struct Output {
    target: PathBuf,
    triple: Option<OsString>,
    profile: OsString,
}

impl Program {
    /// The program at `executable`, if it lies in the target folder of its package: the one around it, or else
    /// `built_from`. `cargo` is what builds it, `site` the folder of the site that it shows.
    #[must_use]
    pub fn find(executable: &Path, built_from: &Path, cargo: OsString, site: &Path) -> Option<Self> {
        let executable = fs::canonicalize(executable).ok()?;
        let package = executable.ancestors().chain([built_from]).find(|folder| is_package(folder))?;
        let package = fs::canonicalize(package).ok()?;
        let output = Output::of(&executable, &package)?;
        let is_site = fs::canonicalize(site).is_ok_and(|site| site == package);
        let theme = (!is_site).then_some(THEME);
        let folders = FOLDERS.into_iter().chain(theme).map(|folder| package.join(folder)).collect();
        let mut program = Self { package, executable, cargo, output, folders, sources: BTreeMap::new() };
        program.sources = program.stamps();
        Some(program)
    }

    /// What is to be watched.
    pub(super) fn places(&self) -> Vec<ProgramPlace> {
        let folders = self.folders.iter().map(|path| ProgramPlace { path: path.clone(), is_deep: true });
        folders.chain([ProgramPlace { path: self.package.clone(), is_deep: false }]).collect()
    }

    /// Whether templates at this path are those that it is made of.
    pub(super) fn has_templates(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|path| path == self.package.join("templates"))
    }

    /// Whether its sources changed since this was asked last.
    pub(super) fn changed(&mut self) -> bool {
        let now = self.stamps();
        let changed = now != self.sources;
        self.sources = now;
        changed
    }

    /// Begins to build it. `done` is called, by another thread, when [`Build::finish`] does not have to wait.
    pub(super) fn build(&self, done: impl FnOnce() + Send + 'static) -> io::Result<Build> {
        let before = self.stamp();
        self.make_way()?;
        let mut child = self.command().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let errors = child.stderr.take();
        let reader = std::thread::Builder::new().name("cargo".to_owned()).spawn(move || {
            let mut said = Vec::new();
            // What cannot be read is missing from what is shown; whether cargo failed is known without it.
            let _ = errors.map(|mut errors| errors.read_to_end(&mut said));
            done();
            said
        })?;
        Ok(Build { child, reader: Some(reader), before })
    }

    /// Gives its place to the program that lies there now, with these arguments. Comes back only when that fails.
    pub fn restart(&self, arguments: &[OsString]) -> io::Error {
        let mut command = Command::new(&self.executable);
        command.args(arguments);
        replace(&mut command)
    }

    fn command(&self) -> Command {
        let Output { target, triple, profile } = &self.output;
        // The folder of the profile `dev` has the name that it had before there were others.
        let profile = if profile == "debug" { OsStr::new("dev") } else { profile };
        let mut command = Command::new(&self.cargo);
        command.current_dir(&self.package).args(["build", "--bin", "modelfolio", "--quiet", "--color", "never"]);
        command.arg("--profile").arg(profile).arg("--target-dir").arg(target);
        if let Some(triple) = triple {
            command.arg("--target").arg(triple);
        }
        command
    }

    /// Where a program that runs cannot be replaced, it can be renamed.
    fn make_way(&self) -> io::Result<()> {
        if cfg!(windows) && self.executable.exists() {
            let aside = self.executable.with_extension("old.exe");
            fs::rename(&self.executable, &aside)?;
            // Cargo looks for it, and makes it anew only when something changed.
            fs::copy(&aside, &self.executable)?;
        }
        Ok(())
    }

    fn stamp(&self) -> Option<Stamp> {
        fs::metadata(&self.executable).ok().map(|metadata| Stamp::of(&metadata))
    }

    fn stamps(&self) -> BTreeMap<PathBuf, Stamp> {
        let in_folders = self.folders.iter().flat_map(|folder| {
            let is_source =
                |name: &OsStr| !name.to_str().is_some_and(|name| name.starts_with('.') || is_left_behind(name));
            let walk = WalkDir::new(folder).into_iter().filter_entry(move |entry| is_source(entry.file_name()));
            // What cannot be listed is reported by cargo, which needs it.
            walk.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path)
        });
        let files = FILES.map(|name| self.package.join(name));
        let stamp = |path: PathBuf| {
            let stamp = Stamp::of(&fs::metadata(&path).ok()?);
            Some((path, stamp))
        };
        in_folders.chain(files).filter_map(stamp).collect()
    }
}

impl Output {
    fn of(executable: &Path, package: &Path) -> Option<Self> {
        // Cargo keeps what it knows of the compiler in the target folder.
        let is_target = |folder: &Path| folder == package.join("target") || folder.join(".rustc_info.json").is_file();
        let profile = executable.parent()?;
        let above = profile.parent()?;
        let name = |path: &Path| path.file_name().map(OsStr::to_owned);
        let (target, triple) = if is_target(above) {
            (above, None)
        } else {
            (above.parent().filter(|folder| is_target(folder))?, Some(name(above)?))
        };
        Some(Self { target: target.to_path_buf(), triple, profile: name(profile)? })
    }
}

/// Whether this folder has the sources of Modelfolio.
fn is_package(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    manifest.lines().any(|line| line.trim() == "name = \"modelfolio\"")
        && FOLDERS.iter().all(|name| folder.join(name).is_dir())
}

/// A build that goes on. When it is dropped it ends.
pub(super) struct Build {
    child: Child,
    reader: Option<std::thread::JoinHandle<Vec<u8>>>,
    before: Option<Stamp>,
}

/// How a build ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Built {
    /// There is a new program.
    New,
    /// The program is the one that it was.
    Same,
    /// There is none, and this is why.
    Failed(String),
}

impl Build {
    /// Waits for its end and tells it.
    pub(super) fn finish(mut self, program: &Program) -> Built {
        let said = self.reader.take().and_then(|reader| reader.join().ok()).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let said = anstream::adapter::strip_str(&said).to_string();
        match self.child.wait() {
            Ok(status) if status.success() && program.stamp() == self.before => Built::Same,
            Ok(status) if status.success() => Built::New,
            Ok(status) if said.trim().is_empty() => Built::Failed(format!("cargo build ended with {status}")),
            Ok(_) => Built::Failed(said),
            Err(error) => Built::Failed(format!("cargo build: {error}")),
        }
    }
}

impl Drop for Build {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
fn replace(command: &mut Command) -> io::Error {
    use std::os::unix::process::CommandExt as _;
    command.exec()
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> io::Error {
    match command.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A source tree with a program, which is empty, at this path.
    fn package(executable: &str) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let files = [
            ("Cargo.toml", "[package]\nname = \"modelfolio\"\n"),
            ("src/main.rs", "fn main() {}"),
            ("templates/base.html", "<!doctype html>"),
            ("static/theme/css/base.css", "a {}"),
            ("elsewhere/content/site.toml", ""),
            (executable, ""),
        ];
        for (path, text) in files {
            write(&folder, path, text);
        }
        folder
    }

    fn write(folder: &TempDir, path: &str, text: &str) {
        let disk = folder.path().join(path);
        fs::create_dir_all(disk.parent().expect("it is in a folder")).expect("the folder can be made");
        fs::write(disk, text).expect("the file can be written");
    }

    fn find(folder: &TempDir, executable: &str, site: &str) -> Option<Program> {
        let root = folder.path();
        Program::find(&root.join(executable), Path::new("/nowhere"), "cargo".into(), &root.join(site))
    }

    /// What cargo is called with, but for folders.
    fn called(executable: &str) -> Vec<String> {
        let folder = package(executable);
        let program = find(&folder, executable, "elsewhere").expect("it is there");
        let command = program.command();
        assert_eq!(command.get_current_dir(), Some(program.package.as_path()));
        let arguments: Vec<String> = command.get_args().map(|part| part.to_string_lossy().into_owned()).collect();
        let target = program.package.join("target").to_string_lossy().into_owned();
        arguments.into_iter().map(|argument| if argument == target { "TARGET".to_owned() } else { argument }).collect()
    }

    #[test]
    fn it_is_built_as_it_was() {
        let base = ["build", "--bin", "modelfolio", "--quiet", "--color", "never", "--profile"];
        let with = |more: &[&'static str]| [&base[..], more].concat();
        assert_eq!(called("target/debug/modelfolio"), with(&["dev", "--target-dir", "TARGET"]));
        assert_eq!(called("target/release/modelfolio"), with(&["release", "--target-dir", "TARGET"]));
        let musl = called("target/x86_64-unknown-linux-musl/fast/modelfolio");
        assert_eq!(musl, with(&["fast", "--target-dir", "TARGET", "--target", "x86_64-unknown-linux-musl"]));
    }

    #[test]
    fn a_program_that_was_put_elsewhere_is_what_it_is() {
        let folder = package("bin/modelfolio");
        assert!(
            find(&folder, "bin/modelfolio", "elsewhere").is_none(),
            "it lies in its source tree but not in target/"
        );
        let away = tempfile::tempdir().expect("a temporary folder can be made");
        write(&away, "debug/modelfolio", "");
        let executable = away.path().join("debug/modelfolio");
        let find = || Program::find(&executable, folder.path(), "cargo".into(), Path::new("elsewhere"));
        assert!(find().is_none());
        // A target folder of the user's choice.
        write(&away, ".rustc_info.json", "{}");
        let program = find().expect("cargo builds there");
        assert_eq!(program.output.target, fs::canonicalize(away.path()).expect("it is there"));
        fs::remove_dir_all(folder.path().join("templates")).expect("it can be removed");
        assert!(find().is_none(), "without sources there is nothing to build");
    }

    #[test]
    fn it_knows_its_sources() {
        let folder = package("target/debug/modelfolio");
        let mut program = find(&folder, "target/debug/modelfolio", "elsewhere").expect("it is there");
        assert!(!program.changed());
        for path in
            ["templates/base.html", "templates/pages/new.html", "src/main.rs", "Cargo.lock", "static/theme/x.css"]
        {
            write(&folder, path, "something else");
            assert!(program.changed() && !program.changed(), "{path}");
        }
        for path in
            ["templates/.base.html.swp", "src/main.rs~", "README.md", "target/debug/x", "static/x", "content/a.md"]
        {
            write(&folder, path, "something else");
            assert!(!program.changed(), "{path}");
        }
        fs::remove_file(folder.path().join("templates/base.html")).expect("it can be removed");
        assert!(program.changed());
        // A site's own theme replaces the one of the program, so nothing has to be built.
        let mut program = find(&folder, "target/debug/modelfolio", ".").expect("it is there");
        write(&folder, "static/theme/css/base.css", "b {}");
        assert!(!program.changed());
        assert!(program.has_templates(&folder.path().join("templates")));
        assert!(!program.has_templates(&folder.path().join("elsewhere/templates")));
    }
}
