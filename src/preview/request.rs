//! What a request may be: who may ask, and for what. Pure, so that it can be tried with anything.

use std::net::{IpAddr, SocketAddr};

use hyper::StatusCode;
use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, ORIGIN, TRANSFER_ENCODING};

/// Where the preview's own files and answers are, at the root of the host: no file of a site can be there, since hidden
/// folders are not published.
pub const OWN: &str = "/.modelfolio/";

/// A longer URL is refused.
const LONGEST_TARGET: usize = 8 * 1024;

/// More bytes of names and values of headers are refused.
const LONGEST_HEADERS: usize = 32 * 1024;

/// The names by which a browser may call the preview. A page of somebody else can have its own name lead here, and the
/// browser would then take both for one origin: so a request that names another host is refused.
#[derive(Debug, Clone)]
pub struct Names {
    own: Vec<String>,
    any_address: bool,
    port: u16,
}

impl Names {
    /// The names of a preview that was told to listen on this host, and listens on this address.
    #[must_use]
    pub fn new(host: &str, address: SocketAddr) -> Self {
        let mut own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        own.push(match bare.parse() {
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            Ok(IpAddr::V4(address)) => address.to_string(),
            Err(_) => host.to_ascii_lowercase(),
        });
        // Listening on all addresses means being called by any of them. An address is no name that could lead here.
        Self { own, any_address: address.ip().is_unspecified(), port: address.port() }
    }

    /// Whether this value of the header `Host` is one of them.
    fn has(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            // A colon within brackets belongs to the address.
            Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
            _ => (host, None),
        };
        let is_address = || match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => name.parse::<std::net::Ipv4Addr>().is_ok(),
        };
        let name_is_ours =
            self.own.iter().any(|own| own.eq_ignore_ascii_case(name)) || self.any_address && is_address();
        name_is_ours && port.is_none_or(|port| port == self.port.to_string())
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// A file of the site: the decoded path, which begins with a slash, and the query as it came.
    Site {
        /// The path.
        path: String,
        /// What stands behind the question mark.
        query: Option<String>,
    },
    /// A file of the preview itself, by its name.
    Own {
        /// Its name.
        name: String,
        /// What stands behind the question mark: a name of its bytes, if anything.
        print: Option<String>,
    },
    /// The stream of changes.
    Events,
    /// Whether a page that is open is still as it should be.
    News {
        /// The decoded path of the page.
        path: String,
        /// The version that is open.
        version: String,
    },
    /// What is wrong with the content, to be shown over a page.
    Problems,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The status that says so.
    pub status: StatusCode,
    /// What is wrong with it, for whoever sent it.
    pub words: &'static str,
}

const fn refuse<T>(status: StatusCode, words: &'static str) -> Result<T, Refusal> {
    Err(Refusal { status, words })
}

/// What a request asks for, by its method, its target as it was sent, and its headers.
///
/// # Errors
///
/// When it may not ask: it comes by a wrong name or from a page of another origin, it wants to change something, it is
/// too long, or its path is none.
pub fn route(method: &str, target: &str, headers: &HeaderMap, names: &Names) -> Result<Route, Refusal> {
    who(headers, names)?;
    if !matches!(method, "GET" | "HEAD") {
        return refuse(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.");
    }
    if target.len() > LONGEST_TARGET {
        return refuse(StatusCode::URI_TOO_LONG, "The address is too long.");
    }
    let length: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if length > LONGEST_HEADERS {
        return refuse(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers are too long.");
    }
    let has_body = headers.contains_key(TRANSFER_ENCODING)
        || headers.get_all(CONTENT_LENGTH).iter().any(|length| length.as_bytes() != b"0");
    if has_body {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "A request has no body here.");
    }
    what(target)
}

/// Refuses whoever may not ask.
fn who(headers: &HeaderMap, names: &Names) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return refuse(StatusCode::BAD_REQUEST, "A request names one host.");
    };
    let host = host.to_str().unwrap_or_default();
    if !names.has(host) {
        return refuse(
            StatusCode::FORBIDDEN,
            "The preview does not answer to this name. If the name is yours, start it with --host and that name.",
        );
    }
    let own_origin = |origin: &str| origin.strip_prefix("http://").is_some_and(|own| own.eq_ignore_ascii_case(host));
    if !headers.get_all(ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(own_origin)) {
        return refuse(StatusCode::FORBIDDEN, "Pages of other origins are not answered.");
    }
    let fetch = |name: &'static str| headers.get(HeaderName::from_static(name)).map(|value| value.as_bytes());
    let foreign = matches!(fetch("sec-fetch-site"), Some(site) if site != b"same-origin" && site != b"none");
    let navigation = fetch("sec-fetch-mode").is_some_and(|mode| mode == b"navigate")
        && fetch("sec-fetch-dest").is_none_or(|destination| destination == b"document");
    if foreign && !navigation {
        return refuse(StatusCode::FORBIDDEN, "Pages of other origins may link here, and nothing else.");
    }
    Ok(())
}

/// What a target means.
fn what(target: &str) -> Result<Route, Refusal> {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let path = decoded_path(path)?;
    let Some(own) = path.strip_prefix(OWN) else {
        return Ok(Route::Site { path, query: query.map(str::to_owned) });
    };
    match own {
        "events" => Ok(Route::Events),
        "problems" => Ok(Route::Problems),
        "state" => {
            let value = |name| query.and_then(|query| parameter(query, name));
            match (value("path"), value("version")) {
                (Some(path), Some(version)) => Ok(Route::News { path: decoded_path(&path)?, version }),
                _ => refuse(StatusCode::BAD_REQUEST, "The path and the version of a page are missing."),
            }
        }
        own => Ok(Route::Own { name: own.to_owned(), print: query.map(str::to_owned) }),
    }
}

/// The path of a URL without its percent-encoding. It begins with a slash and has no part that could mean another folder.
fn decoded_path(path: &str) -> Result<String, Refusal> {
    if !path.starts_with('/') {
        return refuse(StatusCode::BAD_REQUEST, "An address begins with a slash.");
    }
    let slashes = path.matches('/').count();
    let Some(path) = percent_decoded(path) else {
        return refuse(StatusCode::BAD_REQUEST, "The address is not percent-encoded UTF-8.");
    };
    // A slash that was encoded is part of a name for some and a separator for others.
    let hidden_slash = path.matches('/').count() != slashes || path.contains('\\');
    let climbs = path.split('/').any(|part| matches!(part, "." | ".."));
    if hidden_slash || climbs || path.chars().any(char::is_control) {
        return refuse(StatusCode::BAD_REQUEST, "The address has a part that no file can have.");
    }
    Ok(path)
}

/// The text without its percent-encoding, if it is UTF-8 then and every percent sign stands before two digits.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// The decoded value of a parameter of a query.
fn parameter(query: &str, name: &str) -> Option<String> {
    let pair = query.split('&').find_map(|pair| pair.split_once('=').filter(|(own, _)| *own == name));
    pair.and_then(|(_, value)| percent_decoded(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(host: &str, address: &str) -> Names {
        Names::new(host, address.parse().expect("an address"))
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), value.parse().expect("the value of a header"))
        };
        pairs.iter().map(pair).fold(HeaderMap::new(), |mut map, (name, value)| {
            map.append(name, value);
            map
        })
    }

    fn asked(method: &str, target: &str, more: &[(&'static str, &str)]) -> Result<Route, u16> {
        let headers = headers(&[&[("host", "localhost:3000")], more].concat());
        route(method, target, &headers, &names("127.0.0.1", "127.0.0.1:3000")).map_err(|no| no.status.as_u16())
    }

    fn path(path: &str) -> Result<Route, u16> {
        Ok(Route::Site { path: path.to_owned(), query: None })
    }

    #[test]
    fn a_host_is_one_of_our_names_with_our_port() {
        let told = |names: &Names, host| names.has(host);
        let local = names("127.0.0.1", "127.0.0.1:3000");
        for host in ["localhost", "localhost:3000", "LocalHost:3000", "127.0.0.1:3000", "[::1]:3000", "[::1]"] {
            assert!(told(&local, host), "{host}");
        }
        for host in [
            "",
            ":3000",
            "evil.test",
            "evil.test:3000",
            "localhost:80",
            "localhost:",
            "localhost:03000",
            "localhost.",
            "localhost.evil.test",
            "127.0.0.1.evil.test:3000",
            "127.1:3000",
            "192.168.0.7:3000",
            "::1:3000",
            "[::1:3000",
            "localhost@evil.test",
            "localhost:3000:3000",
        ] {
            assert!(!told(&local, host), "{host}");
        }
        let named = names("Box.example", "192.168.0.7:3000");
        assert!(told(&named, "box.example:3000") && !told(&named, "192.168.0.7:3000"));
        let all = names("0.0.0.0", "0.0.0.0:3000");
        assert!(told(&all, "192.168.0.7:3000") && told(&all, "[fe80::1]:3000"));
        assert!(!told(&all, "evil.test:3000") && !told(&all, "192.168.0.7:80"));
        assert!(told(&names("[::1]", "[::1]:3000"), "[::1]:3000"));
        assert!(told(&names("fe80:0::1", "[fe80::1]:3000"), "[fe80::1]:3000"));
    }

    #[test]
    fn a_request_names_one_host() {
        let names = names("127.0.0.1", "127.0.0.1:3000");
        let status = |pairs: &[(&'static str, &str)]| {
            route("GET", "/", &headers(pairs), &names).map_err(|refusal| refusal.status.as_u16())
        };
        assert_eq!(status(&[]), Err(400));
        assert_eq!(status(&[("host", "localhost"), ("host", "localhost")]), Err(400));
        assert_eq!(status(&[("host", "evil.test")]), Err(403));
        assert_eq!(status(&[("host", "localhost")]), path("/"));
    }

    #[test]
    fn pages_of_others_may_link_here_and_nothing_else() {
        let ask = |more: &[(&'static str, &str)]| asked("GET", "/", more).is_ok();
        assert!(ask(&[("origin", "http://localhost:3000")]));
        for origin in
            ["null", "http://127.0.0.1:3000", "http://localhost", "https://localhost:3000", "http://evil.test"]
        {
            assert!(!ask(&[("origin", origin)]), "{origin}");
        }
        assert!(!ask(&[("origin", "http://localhost:3000"), ("origin", "http://evil.test")]));
        for site in ["same-origin", "none"] {
            assert!(ask(&[("sec-fetch-site", site), ("sec-fetch-mode", "no-cors")]), "{site}");
        }
        for site in ["cross-site", "same-site", "what is to come"] {
            assert!(!ask(&[("sec-fetch-site", site), ("sec-fetch-mode", "no-cors")]), "{site}");
            assert!(!ask(&[("sec-fetch-site", site)]), "{site}");
            let navigation = [("sec-fetch-site", site), ("sec-fetch-mode", "navigate")];
            assert!(ask(&navigation), "{site}");
            assert!(ask(&[&navigation[..], &[("sec-fetch-dest", "document")]].concat()), "{site}");
            assert!(!ask(&[&navigation[..], &[("sec-fetch-dest", "iframe")]].concat()), "{site}");
        }
    }

    #[test]
    fn nothing_but_reading_is_answered() {
        assert_eq!(asked("HEAD", "/", &[]), path("/"));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND"] {
            assert_eq!(asked(method, "/", &[]), Err(405), "{method}");
        }
        assert_eq!(asked("GET", "/", &[("content-length", "0")]), path("/"));
        assert_eq!(asked("GET", "/", &[("content-length", "1")]), Err(413));
        assert_eq!(asked("GET", "/", &[("transfer-encoding", "chunked")]), Err(413));
        assert_eq!(asked("GET", &format!("/{}", "a".repeat(LONGEST_TARGET)), &[]), Err(414));
        assert_eq!(asked("GET", "/", &[("cookie", &"a".repeat(LONGEST_HEADERS))]), Err(431));
    }

    #[test]
    fn a_path_is_decoded_and_cannot_climb() {
        for (target, wanted) in [
            ("/", "/"),
            ("/models/a/", "/models/a/"),
            ("/caf%C3%A9%20x/", "/café x/"),
            ("/caf\u{e9}/", "/café/"),
            ("/a..b/...", "/a..b/..."),
            ("//evil.test/", "//evil.test/"),
            ("/%2541", "/%41"),
            ("/C:/x", "/C:/x"),
        ] {
            assert_eq!(asked("GET", target, &[]), path(wanted), "{target}");
        }
        assert_eq!(
            asked("GET", "/a?b=%00&c#d", &[]),
            Ok(Route::Site { path: "/a".to_owned(), query: Some("b=%00&c#d".to_owned()) })
        );
        for target in [
            "",
            "*",
            "a",
            "http://evil.test/",
            "/../x",
            "/a/../b",
            "/a/./b",
            "/..",
            "/%2e%2e/x",
            "/.%2E/x",
            "/a%2fb",
            "/a%2Fb",
            "/a\\b",
            "/..%5cx",
            "/a%5Cb",
            "/%00",
            "/a%0d%0ab",
            "/a%7f",
            "/%",
            "/%4",
            "/%zz",
            "/%c3",
            "/%ff",
            "/%c0%af",
            "/%c0%ae%c0%ae/",
            "/%ed%a0%80",
            "/%u0041",
            "/%+1",
            "/%c2%85",
        ] {
            assert_eq!(asked("GET", target, &[]), Err(400), "{target}");
        }
    }

    #[test]
    fn the_preview_has_its_own_addresses() {
        assert_eq!(asked("GET", "/.modelfolio/events", &[]), Ok(Route::Events));
        assert_eq!(asked("GET", "/.modelfolio/problems?1", &[]), Ok(Route::Problems));
        assert_eq!(asked("GET", "/.modelfolio/x/y", &[]), Ok(Route::Own { name: "x/y".to_owned(), print: None }));
        let news = Route::News { path: "/é/".to_owned(), version: "1.2".to_owned() };
        assert_eq!(asked("GET", "/.modelfolio/state?version=1.2&path=%2F%25C3%25A9%2F", &[]), Ok(news));
        for target in
            ["state", "state?path=/", "state?version=1", "state?path=..&version=1", "state?path=/..&version=1"]
        {
            assert_eq!(asked("GET", &format!("/.modelfolio/{target}"), &[]), Err(400), "{target}");
        }
    }
}
