//! The configurations in `deploy/` say what `src/headers.rs` says. That servers understand them so is what `.ci/deploy` tries.

use std::fs;
use std::path::Path;

use modelfolio::headers::{CACHE_FOREVER, CACHE_REVALIDATED, SECURITY, STRICT_TRANSPORT_SECURITY, is_fingerprinted};
use modelfolio::theme::Theme;

/// What the configurations have for the paths of fingerprinted files.
const FINGERPRINTED: &str = r"^/assets/[^/]*-[0-9a-f]{10}\.(css|js|svg)$";

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The lines of a text, without the space around them, from one that begins so to the first after it that is this.
fn block<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    let lines = text.lines().map(str::trim).skip_while(|line| !line.starts_with(begin));
    let block: Vec<&str> = lines.skip(1).take_while(|line| *line != end).collect();
    assert!(!block.is_empty(), "there is no block `{begin}`");
    block
}

#[test]
fn nginx_sends_the_headers_of_the_table() {
    let text = read("deploy/nginx.conf");
    let set: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with("add_header ")).collect();
    let security = SECURITY.iter().map(|(name, value)| format!("add_header {name} \"{value}\" always;"));
    let wanted: Vec<String> =
        std::iter::once("add_header Cache-Control $modelfolio_cache always;".to_owned()).chain(security).collect();
    assert_eq!(set, wanted);
    let (name, value) = STRICT_TRANSPORT_SECURITY;
    assert!(text.contains(&format!("    #add_header {name} \"{value}\" always;\n")));
    assert_eq!(
        block(&text, "map $uri $modelfolio_cache {", "}"),
        [format!("default \"{CACHE_REVALIDATED}\";"), format!("\"~{FINGERPRINTED}\" \"{CACHE_FOREVER}\";")]
    );
}

#[test]
fn caddy_sends_the_headers_of_the_table() {
    let text = read("deploy/Caddyfile");
    let set = block(&text, "header {", "}");
    let (comments, set): (Vec<&str>, Vec<&str>) = set.into_iter().partition(|line| line.starts_with('#'));
    let security = SECURITY.iter().map(|(name, value)| format!("{name} \"{value}\""));
    let wanted: Vec<String> = std::iter::once("Cache-Control {modelfolio_cache}".to_owned()).chain(security).collect();
    assert_eq!(set, wanted);
    let (name, value) = STRICT_TRANSPORT_SECURITY;
    assert!(comments.contains(&format!("#{name} \"{value}\"").as_str()), "{comments:?}");
    assert_eq!(
        block(&text, "map {path} {modelfolio_cache} {", "}"),
        [format!("~{FINGERPRINTED} \"{CACHE_FOREVER}\""), format!("default \"{CACHE_REVALIDATED}\"")]
    );
    assert!(
        block(&text, "handle @missing {", "}")
            .contains(&format!("header Cache-Control \"{CACHE_REVALIDATED}\"").as_str())
    );
}

#[test]
fn object_storage_is_told_how_long_each_file_may_be_kept() {
    let text = read("deploy/rclone.sh");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let told = |filter: &str, value: &str| {
        let at = lines.iter().position(|line| line.ends_with(&format!("{filter} \"$fingerprinted\" \\")));
        let at = at.unwrap_or_else(|| panic!("no line has {filter}"));
        assert_eq!(lines[at + 1], format!("--header-upload 'Cache-Control: {value}' \"$1\" \"$2\""));
    };
    told("--include", CACHE_FOREVER);
    told("--exclude", CACHE_REVALIDATED);
}

#[test]
fn the_configurations_know_the_ending_of_every_fingerprinted_file() {
    assert!(FINGERPRINTED.contains("(css|js|svg)"));
    assert!(read("deploy/rclone.sh").contains("fingerprinted=\"/assets/*-$hex$hex.{css,js,svg}\"\n"));
    for file in Theme::default().files() {
        let path = file.path();
        let ending = path.as_str().rsplit_once('.').map(|(_, ending)| ending);
        assert!(is_fingerprinted(path.as_str()) && ending.is_some_and(|e| ["css", "js", "svg"].contains(&e)), "{path}");
    }
}
