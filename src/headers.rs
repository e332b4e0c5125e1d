//! What a server says beside the bytes of a file: one table for `_headers`, for the preview and for the recipes of the
//! documentation.

/// The content security policy of every page: nothing but what the site itself holds.
///
/// Pages have no inline script or style and load nothing from other hosts. Forms are answered by scripts, and by the
/// page's own address where there are none. No script writes HTML as text, so none may.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'";

/// How long a browser asks for this host by HTTPS only, once it has met it so: a year.
///
/// Not part of [`SECURITY`], since it is a promise of the host and not of a page: a server that speaks plain HTTP has
/// no use for it. Other hosts below the same domain are not the site's to speak for, so `includeSubDomains` is not said.
pub const STRICT_TRANSPORT_SECURITY: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");

/// What is said with every file, names in the order in which they are written.
pub const SECURITY: &[(&str, &str)] = &[
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// For a file whose name changes with its bytes: a browser never asks again.
pub const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";

/// For a file whose name stays: a browser keeps it, and asks each time whether it is still the same.
pub const CACHE_REVALIDATED: &str = "public, max-age=0, must-revalidate";

/// How long the file at this path of the site may be kept.
#[must_use]
pub fn cache_control(path: &str) -> &'static str {
    if is_fingerprinted(path) { CACHE_FOREVER } else { CACHE_REVALIDATED }
}

/// Whether the name of the file at this path is made from its bytes: `assets/<stem>-<ten hexadecimal digits>.<extension>`,
/// as the files of the theme are named. `assets/rulers.svg` has a name that stays.
#[must_use]
pub fn is_fingerprinted(path: &str) -> bool {
    let hexadecimal = |c: char| matches!(c, '0'..='9' | 'a'..='f');
    path.strip_prefix("assets/")
        .filter(|name| !name.contains('/'))
        .and_then(|name| name.rsplit_once('.'))
        .filter(|(_, extension)| matches!(*extension, "css" | "js" | "svg"))
        .and_then(|(stem, _)| stem.rsplit_once('-'))
        .is_some_and(|(_, print)| print.len() == 10 && print.chars().all(hexadecimal))
}

/// The media type of the file at this path, by the ending of its name.
///
/// Texts are UTF-8. XML says its encoding itself, and JSON has one only, so these say none here.
#[must_use]
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "text" | "log" | "toml" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" | "xsl" | "xslt" => "application/xml",
        "atom" => "application/atom+xml",
        "rss" => "application/rss+xml",
        "xhtml" => "application/xhtml+xml",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "jsonl" | "ndjson" => "application/x-ndjson",
        "webmanifest" => "application/manifest+json",
        "yaml" | "yml" => "application/yaml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jxl" => "image/jxl",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "gz" | "tgz" => "application/gzip",
        "tar" => "application/x-tar",
        "sqlite" | "db" => "application/vnd.sqlite3",
        "parquet" => "application/vnd.apache.parquet",
        _ => "application/octet-stream",
    }
}

/// Whether the file at this path is text, by its media type.
#[must_use]
pub fn is_text(path: &str) -> bool {
    let media = content_type(path);
    let applications = ["json", "xml", "x-ndjson", "yaml"];
    media.starts_with("text/")
        || media.ends_with("+xml")
        || media.ends_with("+json")
        || media.strip_prefix("application/").is_some_and(|kind| applications.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn only_files_whose_names_are_made_from_their_bytes_are_kept_for_ever() {
        for file in Theme::default().files() {
            assert_eq!(cache_control(file.path().as_str()), CACHE_FOREVER, "{}", file.path());
        }
        for path in [
            "index.html",
            "assets/rulers.svg",
            "assets/style.css",
            "assets/style-0123456.css",
            "assets/style-0123456789.png",
            "assets/style-012345678G.css",
            "assets/sub/style-0123456789.css",
            "style-0123456789.css",
            "models/assets/style-0123456789.css",
            "assets/0123456789.css",
        ] {
            assert_eq!(cache_control(path), CACHE_REVALIDATED, "{path}");
        }
    }

    #[test]
    fn the_ending_of_the_name_tells_the_type() {
        for (path, wanted) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a.b/x.CSS", "text/css; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("assets/rulers.svg", "image/svg+xml"),
            ("sitemap.xml", "application/xml"),
            ("_headers", "application/octet-stream"),
            ("a.html/file", "application/octet-stream"),
            (".nojekyll", "application/octet-stream"),
        ] {
            assert_eq!(content_type(path), wanted, "{path}");
        }
    }

    #[test]
    fn a_value_is_one_line_and_a_name_stands_once() {
        let all = || SECURITY.iter().chain([&STRICT_TRANSPORT_SECURITY]);
        for (name, value) in all() {
            assert!(!value.contains("  ") && value.chars().all(|c| matches!(c, ' '..='~')), "{name}: {value}");
        }
        let names: std::collections::BTreeSet<_> = all().map(|(name, _)| name.to_ascii_lowercase()).collect();
        assert_eq!(names.len(), all().count());
    }
}
