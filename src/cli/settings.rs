//! What the options, the environment and the clock say a command is to work on.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Global;
use super::error::Failure;
use crate::Options;
use crate::catalog::{Date, WebUrl};
use crate::load;

impl Global {
    /// The site's folder.
    pub(super) fn site_root(&self) -> Result<PathBuf, Failure> {
        if let Some(root) = &self.root {
            return Ok(root.clone());
        }
        let here = std::env::current_dir().map_err(|source| Failure::Io {
            what: "find",
            path: PathBuf::from("the current folder"),
            source,
        })?;
        load::find_root(&here).ok_or(Failure::NoSite(here))
    }

    /// The output folder.
    pub(super) fn output(&self, root: &std::path::Path) -> PathBuf {
        self.out.clone().unwrap_or_else(|| root.join("public"))
    }

    /// What to assemble for.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let base_url = self.base_url.as_deref().map(|url| {
            WebUrl::of_folder(url).ok_or_else(|| {
                Failure::Usage(format!(
                    "--base-url `{url}` is not where a site can be published: give the whole address with its path, \
                     as in https://example.org/models/"
                ))
            })
        });
        Ok(Options { today: self.today()?, base_url: base_url.transpose()? })
    }

    /// `--date`, else `SOURCE_DATE_EPOCH`, else today in UTC.
    pub(super) fn today(&self) -> Result<Date, Failure> {
        if let Some(text) = &self.date {
            return Date::parse(text)
                .filter(|date| date.has_day())
                .ok_or_else(|| Failure::Usage(format!("--date `{text}` is not a day: write it as in 2025-01-31")));
        }
        let now = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(seconds) => {
                seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                    Failure::Usage(format!("SOURCE_DATE_EPOCH is `{seconds}`, which is not a number of seconds"))
                })?
            }
            Err(_) => Timestamp::now(),
        };
        let day = now.to_zoned(TimeZone::UTC).date().to_string();
        Date::parse(&day).ok_or_else(|| Failure::Usage(format!("the clock says {day}; give the day with --date")))
    }
}
