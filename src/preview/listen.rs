//! Where the preview listens.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

/// The port when none is asked for, and the first of those that are tried then.
pub const PORT: u16 = 3000;

/// How many ports are tried when none is asked for.
const TRIED: u16 = 100;

/// The host when none is asked for: nobody else can reach it.
pub const HOST: &str = "127.0.0.1";

/// Why the preview cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The host is none of this machine, or no host at all.
    #[error("cannot find the host `{host}`: {source}\ngive an address or a name of this machine, as in --host 0.0.0.0")]
    Host {
        /// What was asked for.
        host: String,
        /// What the system says.
        source: io::Error,
    },
    /// Another program listens there.
    #[error(
        "port {} of {} is taken by another program\n\
         end that one, or name another port with --port; without --port the next free one is taken",
        .0.port(), .0.ip()
    )]
    Taken(SocketAddr),
    /// No port is free.
    #[error("all ports from {PORT} to {} are taken by other programs: name another with --port", PORT + TRIED - 1)]
    AllTaken,
    /// The system does not allow it.
    #[error("cannot listen on {address}: {source}{}", cure(source))]
    Refused {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

fn cure(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "\nports below 1024 are often kept for the system: name another with --port",
        io::ErrorKind::AddrNotAvailable => "\nthe address is none of this machine: name another with --host",
        _ => "",
    }
}

/// Listens on this host; on this port, or on the first free one from [`PORT`].
///
/// # Errors
///
/// When there is no such host, or the port is taken, or the system refuses.
pub fn listen(host: &str, port: Option<u16>) -> Result<TcpListener, ListenError> {
    let ports = port.map_or(PORT..=PORT + TRIED - 1, |port| port..=port);
    for number in ports {
        let address = address(host, number)?;
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(source) if source.kind() != io::ErrorKind::AddrInUse => {
                return Err(ListenError::Refused { address, source });
            }
            Err(_) if port.is_some() => return Err(ListenError::Taken(address)),
            Err(_) => {}
        }
    }
    Err(ListenError::AllTaken)
}

fn address(host: &str, port: u16) -> Result<SocketAddr, ListenError> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let none = || io::Error::new(io::ErrorKind::NotFound, "it has no address");
    let found = (bare, port).to_socket_addrs().and_then(|mut found| found.next().ok_or_else(none));
    found.map_err(|source| ListenError::Host { host: host.to_owned(), source })
}

/// The address of the home page for a browser on this machine, of a site below this path.
#[must_use]
pub fn url(host: &str, address: SocketAddr, base_path: &str) -> String {
    let port = address.port();
    match address {
        _ if host.parse::<std::net::IpAddr>().is_err() && !host.starts_with('[') => {
            format!("http://{host}:{port}{base_path}")
        }
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => format!("http://{HOST}:{port}{base_path}"),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => format!("http://[::1]:{port}{base_path}"),
        address => format!("http://{address}{base_path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_was_asked_for_is_taken_or_free() {
        let first = listen(HOST, Some(0)).expect("some port is free");
        let port = first.local_addr().expect("it listens").port();
        let words = listen(HOST, Some(port)).expect_err("it is taken").to_string();
        assert!(
            words.starts_with(&format!("port {port} of 127.0.0.1 is taken")) && words.contains("--port"),
            "{words}"
        );
    }

    #[test]
    fn without_a_port_the_next_free_one_is_taken() {
        let [first, second] = [(); 2].map(|()| listen(HOST, None).expect("of a hundred ports two are free"));
        assert_ne!(first.local_addr().expect("it listens"), second.local_addr().expect("it listens"));
    }

    #[test]
    fn a_host_that_is_none_is_named() {
        let words = listen("no host at all", Some(0)).expect_err("it is none").to_string();
        assert!(words.contains("`no host at all`") && words.contains("--host"), "{words}");
        let words = listen("192.0.2.1", Some(0)).expect_err("it is another machine's").to_string();
        assert!(words.contains("192.0.2.1:0") && words.contains("--host"), "{words}");
    }

    #[test]
    fn the_address_is_one_that_a_browser_can_open() {
        for (host, address, wanted) in [
            ("127.0.0.1", "127.0.0.1:3000", "http://127.0.0.1:3000/cards/"),
            ("localhost", "127.0.0.1:3000", "http://localhost:3000/cards/"),
            ("0.0.0.0", "0.0.0.0:3000", "http://127.0.0.1:3000/cards/"),
            ("::", "[::]:3000", "http://[::1]:3000/cards/"),
            ("[::1]", "[::1]:3000", "http://[::1]:3000/cards/"),
        ] {
            assert_eq!(url(host, address.parse().expect("an address"), "/cards/"), wanted);
        }
    }
}
