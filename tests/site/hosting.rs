//! What hosts get: headers, redirects, compressed copies, and nothing that they would refuse.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::binary::{build, complete, modelfolio, run, text};
use crate::trees;

/// The complete site with these files more, and the folder that it is built into.
fn site(more: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let scratch = tempfile::tempdir().expect("a temporary folder can be made");
    let (root, out) = (scratch.path().join("site"), scratch.path().join("out"));
    trees::copy(&complete(), &root);
    for (path, text) in more {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    (scratch, root, out)
}

fn read(out: &Path, path: &str) -> String {
    fs::read_to_string(out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn there_are_plain_readable_files_and_only_the_hidden_ones_that_hosts_want() {
    let more = [("static/.well-known/security.txt", "Contact: mailto:a@example.org"), ("static/sub/x.txt", "x")];
    let (_scratch, root, out) = site(&more);
    let source = root.join("static/sub/x.txt");
    fs::set_permissions(&source, fs::Permissions::from_mode(0o700)).unwrap();
    std::os::unix::fs::symlink(&source, root.join("static/link.txt")).unwrap();
    build(&root, &out, &["--precompress"]);
    let mut hidden = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&out).min_depth(1) {
        let entry = entry.unwrap();
        let kind = entry.file_type();
        assert!(kind.is_file() || kind.is_dir(), "{}", entry.path().display());
        let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode, if kind.is_dir() { 0o755 } else { 0o644 }, "{}", entry.path().display());
        if entry.file_name().to_string_lossy().starts_with('.') {
            hidden.insert(entry.path().strip_prefix(&out).unwrap().to_string_lossy().into_owned());
        }
    }
    assert_eq!(hidden.into_iter().collect::<Vec<_>>(), [".nojekyll", ".well-known"]);
    assert_eq!(read(&out, "link.txt"), "x", "a link in the content is a file in the site");
}

#[test]
fn headers_and_redirects_of_the_author_and_of_the_program_are_one_file() {
    let more = [
        (
            "static/_headers",
            "# mine\n/*\n  X-Robots-Tag: noai\n  content-security-policy: default-src 'self'\n/assets/*\n  Cache-Control: no-store\n",
        ),
        ("static/_redirects", "/start/ /about/ 302\n/news/* /about/ 301\n"),
        ("static/.nojekyll", "mine"),
    ];
    let (_scratch, root, out) = site(&more);
    let printed = text(&build(&root, &out, &["--strict"]).stderr);
    assert_eq!(printed, "");
    let headers = read(&out, "_headers");
    assert!(headers.starts_with(more[0].1), "{headers}");
    let once = |name: &str| headers.to_lowercase().matches(&format!("  {name}:")).count();
    assert_eq!((once("content-security-policy"), once("x-content-type-options"), once("x-robots-tag")), (1, 1, 1));
    assert!(!headers.contains("immutable"), "{headers}");
    assert!(headers.contains("/models/*\n  Cache-Control: public, max-age=0, must-revalidate\n"), "{headers}");
    let redirects = read(&out, "_redirects");
    let lines: Vec<&str> = redirects.lines().collect();
    assert_eq!((lines[0], *lines.last().unwrap()), ("/start/ /about/ 302", "/news/* /about/ 301"));
    assert!(!redirects.contains("/start/ /cards/ 301"), "{redirects}");
    assert!(redirects.contains("/models/acme/sonate/ /cards/models/acme/sonata/ 301\n"), "{redirects}");
    assert_eq!(read(&out, ".nojekyll"), "mine");
}

#[test]
fn every_redirect_has_a_page_that_leads_to_the_same_place() {
    let (_scratch, root, out) = site(&[]);
    build(&root, &out, &[]);
    let redirects = read(&out, "_redirects");
    assert_eq!(redirects.lines().count(), 5, "{redirects}");
    for line in redirects.lines() {
        let [from, to, "301"] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let decoded = from.replace("%20", " ");
        let file =
            decoded.strip_prefix('/').unwrap().to_owned() + if decoded.ends_with('/') { "index.html" } else { "" };
        let page = read(&out, &file);
        assert!(page.contains(&format!("\"https://example.org{to}\"")), "{file}: {page}");
        assert!(page.contains("noindex") && page.contains("http-equiv=\"refresh\""), "{file}: {page}");
        let target = to.strip_prefix("/cards/").unwrap();
        assert!(out.join(target).join("index.html").is_file(), "{line}");
    }
    let sitemap = read(&out, "sitemap.xml");
    assert!(!sitemap.contains("sonate") && !sitemap.contains("start/"), "{sitemap}");
}

#[test]
fn netlify_alone_is_told_to_prefer_the_rule_to_the_page() {
    let (_scratch, root, out) = site(&[]);
    let settings = root.join("content/site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("hosts = [\"netlify\", \"cloudflare-pages\"]", "hosts = [\"netlify\"]")).unwrap();
    build(&root, &out, &[]);
    assert!(read(&out, "_redirects").lines().all(|line| line.ends_with(" 301!")));
}

#[test]
fn a_redirect_to_nowhere_or_from_a_file_of_the_site_is_shown_where_it_stands() {
    let (_scratch, root, out) = site(&[("static/models/acme/sonate/index.html", "<p>mine</p>")]);
    let settings = root.join("content/site.toml");
    let content = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, content.replace("\"/start/\" = \"/\"", "\"/start/\" = \"/abuot/\"")).unwrap();
    let output =
        run(modelfolio().args(["build", "--date", crate::binary::TODAY, "--root"]).arg(&root).arg("--out").arg(&out));
    let printed = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.contains("error[duplicate-path]: `/models/acme/sonate/` cannot be redirected: static/models/acme/sonate/index.html stands there"), "{printed}");
    // Links are looked at when nothing else is wrong.
    fs::remove_dir_all(root.join("static/models")).unwrap();
    let output =
        run(modelfolio().args(["build", "--date", crate::binary::TODAY, "--root"]).arg(&root).arg("--out").arg(&out));
    let printed = text(&output.stderr);
    assert!(
        printed.contains("error[broken-link]") && printed.contains("/abuot/") && printed.contains("content/site.toml:"),
        "{printed}"
    );
}

#[test]
fn a_host_that_takes_less_is_a_warning_of_check_and_of_build_and_can_be_named() {
    let rules: String = (0..101).map(|number| format!("/{number}\n  X-A: b\n")).collect();
    let (_scratch, root, out) = site(&[("static/_headers", &rules)]);
    let settings = root.join("content/site.toml");
    let content = fs::read_to_string(&settings).unwrap();
    let hosts = |hosts: &str| {
        fs::write(&settings, content.replace("hosts = [\"netlify\", \"cloudflare-pages\"]\n", hosts)).unwrap();
        let mut ends = Vec::new();
        for arguments in [
            &["check"][..],
            &["check", "--strict"],
            &["build", "--out", out.to_str().unwrap()],
            &["build", "--strict", "--out", out.to_str().unwrap()],
        ] {
            let output = run(modelfolio().args(arguments).args(["--date", crate::binary::TODAY, "--root"]).arg(&root));
            ends.push((
                output.status.code().unwrap(),
                text(&output.stderr).contains("warning[host-limit]: Cloudflare Pages takes"),
            ));
        }
        ends
    };
    assert_eq!(hosts(""), [(0, true), (1, true), (0, true), (1, true)]);
    assert_eq!(hosts("hosts = [\"github-pages\"]\n"), [(0, false); 4]);
    assert_eq!(hosts("hosts = []\n"), [(0, false); 4]);
}

#[test]
fn compressed_copies_are_counted_and_go_when_they_are_not_asked_for() {
    let (_scratch, root, out) = site(&[]);
    let summary = |more: &[&str]| {
        let output = build(&root, &out, &[&["--format", "json"], more].concat());
        let printed = text(&output.stdout);
        serde_json::from_str::<serde_json::Value>(printed.lines().last().unwrap()).unwrap()
    };
    let first = summary(&["--precompress"]);
    let copies = trees::read(&out).keys().filter(|path| path.ends_with(".br") || path.ends_with(".gz")).count();
    assert!(copies > 10 && first["compressed"] == copies, "{first}");
    assert_eq!(summary(&["--precompress"])["bytes_written"], 0);
    let without = summary(&[]);
    assert_eq!((without["removed"].as_array().unwrap().len(), &without["bytes_written"]), (copies, &0.into()));
    let words = text(&build(&root, &out, &["--precompress"]).stdout);
    assert!(words.contains(&format!("with {copies} compressed beside them")) && words.lines().count() <= 6, "{words}");
}
