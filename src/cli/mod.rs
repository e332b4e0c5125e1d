//! The command line: one file a command, and the only code that prints, asks the clock or reads the environment.

mod build;
mod check;
mod error;
mod foreign;
mod import;
mod new;
mod progress;
mod report;
mod schema;
mod serve;
mod settings;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};

use self::error::Failure;

/// From a folder of plain files about AI models to a finished static website.
#[derive(Debug, Parser)]
#[command(name = "modelfolio", version, about, disable_help_subcommand = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
    #[command(flatten)]
    write: Write,
}

const AFTER_HELP: &str = "Without a command, the site is built.\n\
Exit status: 0 done, 1 the content is wrong, 2 wrong usage, 3 the machine failed.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site (the default)
    Build {
        #[command(flatten)]
        write: Write,
    },
    /// Do everything but write: find what is wrong with the content, and where another catalogue has other numbers
    Check(Check),
    /// Show the site in a browser while you work on it: what you edit is seen at once
    Serve(Serve),
    /// Take another catalogue into this one: new models, offers and prices, and what has changed since the last time
    Import(Import),
    /// Begin a site, or add a model to one
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Print the JSON Schemas of the content files, or write them to schema/
    Schema {
        /// Print this one only: benchmark, developer, model, provider or site
        #[arg(conflicts_with = "write")]
        name: Option<String>,
        /// Write them to the site's schema/ folder
        #[arg(long)]
        write: bool,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Subcommand)]
enum New {
    /// A folder with a small site that builds
    Site {
        /// The folder; it must be empty or not there
        folder: PathBuf,
    },
    /// The file of a model in this site
    Model {
        /// Developer and file name, as in openai/o3-mini
        id: String,
        /// Name as the developer writes it
        #[arg(long)]
        name: Option<String>,
    },
}

/// How a build writes.
#[derive(Debug, Clone, Default, Args)]
struct Write {
    /// Write into a folder that has files of others, and replace those that the site has too
    #[arg(long)]
    force: bool,
    /// Leave the pages as the templates make them
    #[arg(long)]
    no_minify: bool,
    /// Put compressed copies beside texts, for servers that send them as they lie: .br and .gz
    #[arg(long)]
    precompress: bool,
}

impl Write {
    /// What is asked for before the command and behind it.
    fn and(&self, other: &Self) -> Self {
        Self {
            force: self.force || other.force,
            no_minify: self.no_minify || other.no_minify,
            precompress: self.precompress || other.precompress,
        }
    }
}

/// Where a preview is seen.
#[derive(Debug, Clone, Args)]
struct Serve {
    /// The port; otherwise 3000, or the next that is free
    #[arg(long, value_name = "NUMBER")]
    port: Option<u16>,
    /// The address or name to listen on; others than this machine can reach it only when it is not 127.0.0.1
    #[arg(long, value_name = "HOST", default_value = crate::preview::listen::HOST)]
    host: String,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Look for changes again and again, where the file system does not tell of them
    #[arg(long)]
    poll: bool,
}

/// What the content is held against.
#[derive(Debug, Clone, Args)]
struct Check {
    /// List the numbers that differ from those of another catalogue, the largest disagreement first. The formats are those of
    /// import; for the path, - is what comes through a pipe
    #[arg(long, num_args = 2, value_names = ["FORMAT", "PATH"])]
    against: Option<Vec<OsString>>,
    /// Take its files as if they stood in this folder of the catalogue: <owner>/<model> for a single card
    #[arg(long = "as", value_name = "PLACE", requires = "against")]
    folder: Option<String>,
    /// A TOML file that says which column of a table is which fact; csv only
    #[arg(long, value_name = "FILE", requires = "against")]
    columns: Option<PathBuf>,
}

/// What is imported, and how.
#[derive(Debug, Clone, Args)]
struct Import {
    /// The format: models-dev, litellm, openrouter, llm-prices, csv or huggingface
    #[arg(value_name = "FORMAT")]
    kind: String,
    /// The file or folder; - is what comes through a pipe
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// The content folder of the site; otherwise that of --root or of the nearest site from here upwards
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// Take the files as if they stood in this folder of the catalogue: <owner>/<model> for a single card
    #[arg(long = "as", value_name = "PLACE")]
    folder: Option<String>,
    /// A TOML file that says which column of a table is which fact; csv only
    #[arg(long, value_name = "FILE")]
    columns: Option<PathBuf>,
    /// Show what would change, all of it, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What is done with offers that no model is found for
    #[arg(long, value_enum, default_value_t = UnjoinedArg::Cards)]
    unjoined: UnjoinedArg,
    /// Write the account of every record and field to this file: a JSON object a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What is done with offers that no model is found for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnjoinedArg {
    /// They become cards of their own
    Cards,
    /// They are listed in the account only
    List,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
struct Global {
    /// The site's folder; otherwise the nearest from here upwards that has content/site.toml
    #[arg(long, global = true, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// The output folder; otherwise public/ in the site's folder
    #[arg(long, global = true, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Where the site is published, in place of the settings' base_url
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// The day to build for; otherwise that of SOURCE_DATE_EPOCH, otherwise today
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Form of the findings and of the summary
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Say nothing but what is wrong
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: every stage with its time, every file that changed
    #[arg(long, short, global = true, action = ArgAction::SetTrue)]
    verbose: bool,
    /// Treat warnings as errors
    #[arg(long, global = true)]
    strict: bool,
}

/// Form of what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: one JSON object a line
    Json,
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let global = &cli.global;
    let result = match &cli.command {
        None => build::run(global, &cli.write),
        Some(Command::Build { write }) => build::run(global, &write.and(&cli.write)),
        Some(Command::Check(args)) => check::run(global, args),
        Some(Command::Serve(serve)) => serve::run(global, serve),
        Some(Command::Import(args)) => import::run(global, args),
        Some(Command::New { what: New::Site { folder } }) => new::site(global, folder),
        Some(Command::New { what: New::Model { id, name } }) => new::model(global, id, name.as_deref()),
        Some(Command::Schema { name, write }) => schema::run(global, name.as_deref(), *write),
        Some(Command::Completions { shell }) => {
            // Into memory first: the generator panics when its writer fails.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "modelfolio", &mut script);
            report::line(&String::from_utf8_lossy(&script)).map(|()| Outcome::Done)
        }
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::ContentIsWrong) => ExitCode::from(1),
        Err(failure) => {
            report::failure(global.format, &failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    ContentIsWrong,
}

type CommandResult = Result<Outcome, Failure>;
