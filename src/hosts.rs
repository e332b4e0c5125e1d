//! What hosts take at most, held against the finished site, so that an upload does not fail where a build could have told.
//!
//! Only figures that a host's own documentation names are here, each with the page that says so.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use crate::catalog::{Host, decimals};
use crate::diagnostic::Diagnostic;
use crate::site::Site;

/// A figure of a site that some host limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    /// Bytes of the largest file.
    FileBytes,
    /// Bytes of all files.
    SiteBytes,
    /// Files.
    Files,
    /// Files and the folders that hold them.
    Entries,
    /// Files in the folder that has most.
    FilesInFolder,
    /// Rules of `_headers`.
    HeaderRules,
    /// Characters of the longest line of `_headers`.
    HeaderLine,
    /// Rules of `_redirects` for one address each.
    StaticRedirects,
    /// Rules of `_redirects` with a wildcard, and all behind the first of them.
    DynamicRedirects,
    /// Rules of `_redirects`.
    Redirects,
    /// Characters of the longest line of `_redirects`.
    RedirectLine,
    /// Bytes of `_redirects`.
    RedirectBytes,
}

struct Limit {
    host: Host,
    figure: Figure,
    most: u64,
    /// The page that says so.
    source: &'static str,
}

const MIB: u64 = 1024 * 1024;
const GB: u64 = 1_000_000_000;

const CLOUDFLARE: &str = "https://developers.cloudflare.com/pages/platform/limits/";
const CLOUDFLARE_HEADERS: &str = "https://developers.cloudflare.com/pages/configuration/headers/";
const CLOUDFLARE_REDIRECTS: &str = "https://developers.cloudflare.com/pages/configuration/redirects/";
const GITHUB: &str = "https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits";
const GITHUB_FILES: &str =
    "https://docs.github.com/repositories/working-with-files/managing-large-files/about-large-files-on-github";
const GITLAB: &str = "https://docs.gitlab.com/user/gitlab_com/#gitlab-pages";
const GITLAB_FILES: &str = "https://docs.gitlab.com/administration/instance_limits/";
const GITLAB_REDIRECTS: &str = "https://docs.gitlab.com/user/project/pages/redirects/";
const NETLIFY: &str = "https://docs.netlify.com/site-deploys/overview/";

#[rustfmt::skip]
const LIMITS: &[Limit] = &[
    // The free plan; paid ones take 100,000.
    Limit { host: Host::CloudflarePages, figure: Figure::Files, most: 20_000, source: CLOUDFLARE },
    Limit { host: Host::CloudflarePages, figure: Figure::FileBytes, most: 25 * MIB, source: CLOUDFLARE },
    Limit { host: Host::CloudflarePages, figure: Figure::HeaderRules, most: 100, source: CLOUDFLARE },
    Limit { host: Host::CloudflarePages, figure: Figure::HeaderLine, most: 2_000, source: CLOUDFLARE_HEADERS },
    Limit { host: Host::CloudflarePages, figure: Figure::StaticRedirects, most: 2_000, source: CLOUDFLARE },
    Limit { host: Host::CloudflarePages, figure: Figure::DynamicRedirects, most: 100, source: CLOUDFLARE },
    Limit { host: Host::CloudflarePages, figure: Figure::RedirectLine, most: 1_000, source: CLOUDFLARE_REDIRECTS },
    Limit { host: Host::GithubPages, figure: Figure::SiteBytes, most: GB, source: GITHUB },
    // Where a branch is published; a workflow has no such limit.
    Limit { host: Host::GithubPages, figure: Figure::FileBytes, most: 100 * MIB, source: GITHUB_FILES },
    Limit { host: Host::GitlabPages, figure: Figure::SiteBytes, most: GB, source: GITLAB },
    Limit { host: Host::GitlabPages, figure: Figure::Entries, most: 200_000, source: GITLAB_FILES },
    Limit { host: Host::GitlabPages, figure: Figure::Redirects, most: 1_000, source: GITLAB_REDIRECTS },
    Limit { host: Host::GitlabPages, figure: Figure::RedirectBytes, most: 64 * 1024, source: GITLAB_REDIRECTS },
    Limit { host: Host::Netlify, figure: Figure::FilesInFolder, most: 54_000, source: NETLIFY },
];

/// What goes beyond the limits of these hosts, or of all that are known: a warning each.
///
/// `files` are those that are published, by path with their sizes: pages may be smaller there than in the site, and there
/// may be compressed ones beside them.
#[must_use]
pub fn check<'a>(hosts: Option<&[Host]>, site: &Site, files: impl Iterator<Item = (&'a str, u64)>) -> Vec<Diagnostic> {
    let found = Found::of(site, files);
    let limits = LIMITS.iter().filter(|limit| hosts.is_none_or(|hosts| hosts.contains(&limit.host)));
    limits.filter(|limit| found.amount(limit.figure) > limit.most).map(|limit| found.tell(limit, hosts)).collect()
}

/// The figures of a site.
#[derive(Default)]
struct Found<'a> {
    largest: Option<(&'a str, u64)>,
    bytes: u64,
    files: u64,
    /// Folders that hold files, with the number of these.
    folders: HashMap<&'a str, u64>,
    header_rules: u64,
    header_line: u64,
    static_redirects: u64,
    dynamic_redirects: u64,
    redirect_line: u64,
    redirect_bytes: u64,
}

impl<'a> Found<'a> {
    fn of(site: &Site, files: impl Iterator<Item = (&'a str, u64)>) -> Self {
        let mut found = Self::default();
        for (path, size) in files {
            found.files += 1;
            found.bytes += size;
            // Of equal ones the first.
            if found.largest.is_none_or(|(_, most)| size > most) {
                found.largest = Some((path, size));
            }
            let folder = path.rfind('/').map_or("", |end| &path[..end]);
            *found.folders.entry(folder).or_default() += 1;
        }
        let text = |path| site.get(path).map(|file| String::from_utf8_lossy(&file.bytes)).unwrap_or_default();
        for line in text("_headers").lines() {
            found.header_line = found.header_line.max(characters(line));
            found.header_rules += u64::from(line.starts_with(|c: char| !c.is_whitespace() && c != '#'));
        }
        let redirects = text("_redirects");
        found.redirect_bytes = redirects.len() as u64;
        for line in redirects.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            found.redirect_line = found.redirect_line.max(characters(line));
            let from = line.split_whitespace().next().unwrap_or_default();
            // Behind a rule with a wildcard, order matters to all.
            if found.dynamic_redirects > 0 || from.contains(['*', ':']) {
                found.dynamic_redirects += 1;
            } else {
                found.static_redirects += 1;
            }
        }
        found
    }

    fn amount(&self, figure: Figure) -> u64 {
        match figure {
            Figure::FileBytes => self.largest.map_or(0, |(_, size)| size),
            Figure::SiteBytes => self.bytes,
            Figure::Files => self.files,
            Figure::Entries => self.files + self.folders_in_all(),
            Figure::FilesInFolder => self.folders.values().copied().max().unwrap_or(0),
            Figure::HeaderRules => self.header_rules,
            Figure::HeaderLine => self.header_line,
            Figure::StaticRedirects => self.static_redirects,
            Figure::DynamicRedirects => self.dynamic_redirects,
            Figure::Redirects => self.static_redirects + self.dynamic_redirects,
            Figure::RedirectLine => self.redirect_line,
            Figure::RedirectBytes => self.redirect_bytes,
        }
    }

    /// Folders that hold files or folders, but for the one at the top.
    fn folders_in_all(&self) -> u64 {
        let mut all = HashSet::new();
        for folder in self.folders.keys() {
            let mut above = *folder;
            while !above.is_empty() && all.insert(above) {
                above = above.rfind('/').map_or("", |end| &above[..end]);
            }
        }
        all.len() as u64
    }

    fn tell(&self, limit: &Limit, hosts: Option<&[Host]>) -> Diagnostic {
        let amount = self.amount(limit.figure);
        let (takes, has) = match limit.figure {
            Figure::FileBytes => {
                let (path, _) = self.largest.unwrap_or_default();
                (format!("files of at most {}", size(limit.most)), format!("`{path}` has {}", size(amount)))
            }
            Figure::SiteBytes => {
                (format!("sites of at most {}", size(limit.most)), format!("this one has {}", size(amount)))
            }
            Figure::Files => counts("files", "the site", limit.most, amount),
            Figure::Entries => counts("files and folders", "the site", limit.most, amount),
            Figure::FilesInFolder => counts("files in a folder", "one", limit.most, amount),
            Figure::HeaderRules => counts("rules in `_headers`", "the site", limit.most, amount),
            Figure::HeaderLine => counts("characters in a line of `_headers`", "one", limit.most, amount),
            Figure::StaticRedirects => counts("redirects without wildcards", "the site", limit.most, amount),
            Figure::DynamicRedirects => {
                counts("redirects with wildcards or behind one that has them", "the site", limit.most, amount)
            }
            Figure::Redirects => counts("redirects", "the site", limit.most, amount),
            Figure::RedirectLine => counts("characters in a line of `_redirects`", "one", limit.most, amount),
            Figure::RedirectBytes => {
                (format!("a `_redirects` of at most {}", size(limit.most)), format!("it has {}", size(amount)))
            }
        };
        let path = match limit.figure {
            Figure::FileBytes => self.largest.map(|(path, _)| path),
            Figure::HeaderRules | Figure::HeaderLine => Some("_headers"),
            Figure::StaticRedirects
            | Figure::DynamicRedirects
            | Figure::Redirects
            | Figure::RedirectLine
            | Figure::RedirectBytes => Some("_redirects"),
            Figure::SiteBytes | Figure::Files | Figure::Entries | Figure::FilesInFolder => None,
        };
        let message = format!("{} takes {takes}: {has}", name(limit.host));
        let mut help = format!("see {}", limit.source);
        if hosts.is_none() {
            help.push_str(
                "; if the site is not published there, name its hosts in content/site.toml, or none of these: `hosts = []`",
            );
        }
        Diagnostic { path: path.map(str::to_owned), ..Diagnostic::warning("host-limit", message) }.help(help)
    }
}

/// The host's own name.
fn name(host: Host) -> &'static str {
    match host {
        Host::CloudflarePages => "Cloudflare Pages",
        Host::GithubPages => "GitHub Pages",
        Host::GitlabPages => "GitLab Pages",
        Host::Netlify => "Netlify",
    }
}

fn counts(what: &str, owner: &str, most: u64, amount: u64) -> (String, String) {
    let grouped = |number: u64| decimals(Decimal::from(number), 0);
    (format!("at most {} {what}", grouped(most)), format!("{owner} has {}", grouped(amount)))
}

/// A number of bytes in the unit in which it is short: `25 MiB`, `1 GB`.
fn size(bytes: u64) -> String {
    let (unit, name) = if bytes >= GB {
        (GB, "GB")
    } else if bytes >= MIB {
        (MIB, "MiB")
    } else {
        (1024, "KiB")
    };
    // Up, so that what is beyond a limit never looks like the limit.
    let tenths = (bytes * 10).div_ceil(unit);
    if tenths % 10 == 0 { format!("{} {name}", tenths / 10) } else { format!("{}.{} {name}", tenths / 10, tenths % 10) }
}

fn characters(line: &str) -> u64 {
    line.chars().count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::SitePath;

    /// What is said of a site with these two files and these sizes, without the help.
    fn said(hosts: Option<&[Host]>, headers: &str, redirects: &str, files: &[(&str, u64)]) -> Vec<String> {
        let mut site = Site::default();
        for (path, text) in [("_headers", headers), ("_redirects", redirects)] {
            site.insert(SitePath::new(path).unwrap(), path, text.as_bytes().to_vec()).unwrap();
        }
        check(hosts, &site, files.iter().copied()).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_site_at_the_limits_is_within_them_and_one_more_is_not() {
        let line = |length: usize| format!("/* \n  {}", "x".repeat(length - 2));
        let rules = |count: usize| "/x\n  A: b\n".repeat(count);
        let cloudflare = |headers: &str, redirects: &str, files: &[(&str, u64)]| {
            said(Some(&[Host::CloudflarePages]), headers, redirects, files)
        };
        let fixed = |count: usize| "/a/ /b/ 301\n".repeat(count);
        let fits = fixed(2_000) + "\n# end\n/c/* /d\n" + &fixed(99);
        assert_eq!(cloudflare(&line(2_000), &fits, &[("a", 25 * MIB)]), [""; 0]);
        assert_eq!(
            cloudflare(&line(2_001), &(fixed(2_001) + "/:a /b\n" + &fixed(100)), &[("a", 1), ("b/c", 25 * MIB + 1)]),
            [
                "Cloudflare Pages takes files of at most 25 MiB: `b/c` has 25.1 MiB",
                "Cloudflare Pages takes at most 2,000 characters in a line of `_headers`: one has 2,001",
                "Cloudflare Pages takes at most 2,000 redirects without wildcards: the site has 2,001",
                "Cloudflare Pages takes at most 100 redirects with wildcards or behind one that has them: the site has 101",
            ]
        );
        assert_eq!(cloudflare(&rules(100), "", &[]), [""; 0]);
        assert_eq!(
            cloudflare(&rules(101), "", &[]),
            ["Cloudflare Pages takes at most 100 rules in `_headers`: the site has 101"]
        );
        let files: Vec<String> = (0..20_001).map(|number| format!("f/{number}")).collect();
        let files: Vec<(&str, u64)> = files.iter().map(|path| (path.as_str(), 1)).collect();
        assert_eq!(cloudflare("", "", &files[1..]), [""; 0]);
        assert_eq!(cloudflare("", "", &files), ["Cloudflare Pages takes at most 20,000 files: the site has 20,001"]);
    }

    #[test]
    fn only_the_hosts_that_are_named_count_and_all_where_none_is() {
        let files = [("a/b/c", 101 * MIB), ("d", GB)];
        assert_eq!(said(Some(&[]), "", "", &files), [""; 0]);
        assert_eq!(
            said(Some(&[Host::GithubPages]), "", "", &files),
            [
                "GitHub Pages takes sites of at most 1 GB: this one has 1.2 GB",
                "GitHub Pages takes files of at most 100 MiB: `d` has 1 GB"
            ]
        );
        let site = Site::default();
        let all = check(None, &site, files.into_iter());
        let hosts = ["Cloudflare Pages", "GitHub Pages", "GitHub Pages", "GitLab Pages"];
        assert_eq!(all.len(), hosts.len());
        for (found, host) in all.iter().zip(hosts) {
            assert!(found.message.starts_with(host), "{}", found.message);
            assert!(found.help.as_ref().unwrap().contains("hosts = []"), "{:?}", found.help);
        }
    }

    #[test]
    fn folders_count_where_a_host_counts_them() {
        let files = ["a/b/c", "a/b/d", "a/e", "f"].map(|path| (path, 1));
        let found = Found::of(&Site::default(), files.into_iter());
        assert_eq!((found.amount(Figure::Entries), found.amount(Figure::FilesInFolder)), (6, 2));
    }

    #[test]
    fn every_host_has_a_limit_and_every_limit_a_source() {
        for word in Host::WORDS {
            let host = Host::parse(word).unwrap();
            assert!(LIMITS.iter().any(|limit| limit.host == host), "{word}");
        }
        assert!(LIMITS.iter().all(|limit| limit.source.starts_with("https://")));
    }
}
