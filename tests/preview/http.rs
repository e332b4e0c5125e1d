//! Requests byte by byte, and what comes back.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A server that says nothing for so long is broken: the last guard of a test, never its clock.
const GUARD: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header. It stands there once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "`{name}` is there twice: {self:?}");
        value
    }

    /// The names and values of all headers but the clock's.
    pub(crate) fn headers(&self) -> Vec<(String, String)> {
        self.headers.iter().filter(|(name, _)| name != "date").cloned().collect()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that does not wait for ever.
pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(GUARD)).expect("a time can be set");
    stream
}

/// Sends these bytes and reads until the server ends the connection.
pub(crate) fn raw(address: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = connect(address);
    // A server that has heard enough may close before all is written.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes)
        && error.kind() != std::io::ErrorKind::ConnectionReset
    {
        panic!("no end after {:?}: {error}", String::from_utf8_lossy(&bytes));
    }
    parsed(&bytes)
}

/// Asks for a target with these further lines of headers, the host first.
pub(crate) fn ask(address: SocketAddr, method: &str, target: &str, headers: &[&str]) -> Answer {
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    raw(address, format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

/// Asks as a browser does that was sent to this address.
pub(crate) fn get(address: SocketAddr, target: &str) -> Answer {
    ask(address, "GET", target, &[&format!("Host: {address}")])
}

fn parsed(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
    let head = std::str::from_utf8(&bytes[..end]).expect("a head is text");
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no header: {line}"));
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    Answer {
        status: status.unwrap_or_else(|| panic!("no status in {head}")),
        headers: lines.map(header).collect(),
        body: bytes[end + 4..].to_vec(),
    }
}
