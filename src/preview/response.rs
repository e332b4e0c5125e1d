//! A reply as HTTP has it: the headers of the production site, validators, and no body where none is wanted.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, LOCATION,
};
use hyper::{Response, StatusCode};
use tokio::sync::mpsc;
use xxhash_rust::xxh3::xxh3_128;

use super::request::Refusal;
use crate::headers;

/// How long a browser may keep a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cache {
    /// Not at all.
    Never,
    /// As long as the server says, each time it is asked, that it is still the same.
    Asked,
    /// Its name changes with its bytes.
    Forever,
}

/// What is sent.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) kind: &'static str,
    pub(super) cache: Cache,
    pub(super) location: Option<String>,
    pub(super) bytes: Vec<u8>,
}

impl Reply {
    /// A line for people.
    pub(super) fn text(status: StatusCode, words: &str) -> Self {
        let bytes = if words.is_empty() { Vec::new() } else { format!("{words}\n").into_bytes() };
        Self { status, kind: "text/plain; charset=utf-8", cache: Cache::Asked, location: None, bytes }
    }

    /// A page.
    pub(super) fn html(bytes: Vec<u8>) -> Self {
        Self { kind: "text/html; charset=utf-8", bytes, ..Self::text(StatusCode::OK, "") }
    }

    /// As HTTP has it, to a request with these headers. To `HEAD`, everything but the bytes is said.
    pub(super) fn finish(self, asked: &HeaderMap, head: bool) -> Response<Sent> {
        let mut response = with_headers(self.status, self.kind, self.cache);
        let out = response.headers_mut();
        if let Some(location) = self.location.and_then(|location| HeaderValue::try_from(location).ok()) {
            out.insert(LOCATION, location);
        }
        if self.status == StatusCode::OK && self.cache != Cache::Never {
            let tag = format!("\"{:032x}\"", xxh3_128(&self.bytes));
            let known = is_known(asked, &tag);
            if let Ok(tag) = HeaderValue::try_from(tag) {
                out.insert(ETAG, tag);
            }
            if known {
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                return response;
            }
        }
        out.insert(CONTENT_LENGTH, HeaderValue::from(self.bytes.len()));
        if !head {
            *response.body_mut() = Sent::Whole(Some(self.bytes.into()));
        }
        response
    }
}

/// Says why a request is not answered, and ends the connection: nothing more is read from it.
pub(super) fn refused(refusal: Refusal, head: bool) -> Response<Sent> {
    let reply = Reply { cache: Cache::Never, ..Reply::text(refusal.status, refusal.words) };
    let mut response = reply.finish(&HeaderMap::new(), head);
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// A reply that goes on as long as somebody listens.
pub(super) fn stream(kind: &'static str, parts: mpsc::Receiver<Bytes>) -> Response<Sent> {
    let mut response = with_headers(StatusCode::OK, kind, Cache::Never);
    *response.body_mut() = Sent::Parts(parts);
    response
}

/// What is said beside the bytes, whatever they are: as in production, but that nothing is kept unasked that could change.
fn with_headers(status: StatusCode, kind: &'static str, cache: Cache) -> Response<Sent> {
    let mut response = Response::new(Sent::Whole(None));
    *response.status_mut() = status;
    let out = response.headers_mut();
    for (name, value) in headers::SECURITY {
        if let Ok(name) = HeaderName::try_from(*name) {
            out.insert(name, HeaderValue::from_static(value));
        }
    }
    out.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let cache = match cache {
        Cache::Never => "no-store",
        Cache::Asked => "no-cache",
        Cache::Forever => headers::CACHE_FOREVER,
    };
    out.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

/// Whether whoever asks has what has this tag.
fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let lists = asked.get_all(IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).map(str::trim).any(|own| own == "*" || own.trim_start_matches("W/") == tag)
}

/// The bytes of a reply on their way.
#[derive(Debug)]
pub(super) enum Sent {
    /// All at once.
    Whole(Option<Bytes>),
    /// One after the other, as they come.
    Parts(mpsc::Receiver<Bytes>),
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let next = match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take()),
            Self::Parts(parts) => parts.poll_recv(cx),
        };
        next.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Self::Parts(_) => SizeHint::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(tags: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(tags))])
    }

    fn status(tags: &'static str, reply: Reply) -> u16 {
        reply.finish(&asked(tags), false).status().as_u16()
    }

    #[test]
    fn whoever_has_it_gets_no_bytes() {
        let page = || Reply::html(b"page".to_vec());
        let first = page().finish(&HeaderMap::new(), false);
        let tag = first.headers()[ETAG].to_str().expect("a tag").to_owned();
        let lists = [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()];
        for list in lists.map(|list| &*list.leak()) {
            assert_eq!(status(list, page()), 304, "{list}");
        }
        assert_eq!(status("\"x\"", page()), 200);
        assert_eq!(status("*", Reply { status: StatusCode::NOT_FOUND, ..page() }), 404);
        assert_eq!(status("*", Reply { cache: Cache::Never, ..page() }), 200);
    }

    #[test]
    fn every_reply_has_the_headers_of_production() {
        let refusal = Refusal { status: StatusCode::FORBIDDEN, words: "no" };
        let (_, parts) = mpsc::channel(1);
        for response in [
            Reply::html(Vec::new()).finish(&HeaderMap::new(), true),
            Reply::html(Vec::new()).finish(&asked("*"), true),
            refused(refusal, false),
            stream("text/event-stream", parts),
        ] {
            for (name, value) in headers::SECURITY {
                assert_eq!(response.headers()[*name], *value);
            }
            let name = headers::STRICT_TRANSPORT_SECURITY.0;
            assert!(!response.headers().contains_key(name), "it would outlast the preview");
            assert!(response.headers().contains_key(CACHE_CONTROL) && response.headers().contains_key(CONTENT_TYPE));
            assert!(!response.headers().keys().any(|name| name.as_str().starts_with("access-control")));
        }
    }
}
