//! Why a command could not do its work.

use std::io;
use std::path::PathBuf;

use crate::load::LoadError;
use crate::preview::listen::ListenError;
use crate::publish::PublishError;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// No site here.
    #[error(
        "there is no site in {} or above it: content/site.toml is not found\n\
         begin one with `modelfolio new site <folder>`, or name its folder with --root", .0.display()
    )]
    NoSite(PathBuf),
    /// An argument is wrong.
    #[error("{0}")]
    Usage(String),
    /// The site could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The site could not be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The preview cannot listen.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The preview cannot begin.
    #[error("cannot start {what}: {source}")]
    Start {
        /// What of it.
        what: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// What was asked for could not be printed.
    #[error("cannot print: {0}")]
    Print(io::Error),
    /// A file or folder could not be read or written.
    #[error("cannot {what} {}: {source}", .path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl Failure {
    /// 2 for wrong usage, 3 when the machine failed.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::NoSite(_) | Self::Usage(_) => 2,
            Self::Load(error) if error.is_wrong_folder() => 2,
            Self::Publish(error) if error.is_refusal() => 2,
            Self::Listen(ListenError::Host { .. }) => 2,
            Self::Listen(_) | Self::Start { .. } => 3,
            Self::Load(_) | Self::Publish(_) | Self::Print(_) | Self::Io { .. } => 3,
        }
    }
}
