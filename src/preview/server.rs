//! The server: connections, and who answers what. One thread waits for all of them; files are made beside it.
//!
//! Nothing here looks into a folder: what is not in the workspace is not there.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::time::{sleep, timeout};

use super::event::Event;
use super::request::{Names, Route, route};
use super::response::{Cache, Reply, Sent, refused, stream};
use super::served::Moment;
use super::state::State;
use super::{client, problems};
use crate::headers;

/// What a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How many are worked on at once; others wait.
    pub connections: usize,
    /// How long the head of a request may take, and the silence between two requests.
    pub head: Duration,
    /// How long a connection may last; browsers open another one.
    pub life: Duration,
    /// How long one that has to end may take to say the rest.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connections: 512, head: seconds(10), life: seconds(300), farewell: seconds(10) }
    }
}

/// How many files are made at once.
const MAKERS: usize = 8;

/// A longer head of a request is refused before anyone looks at it.
const LONGEST_HEAD: usize = 128 * 1024;

/// After this time without a change, listeners hear a sign of life; one that is gone is noticed by it.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// How long to wait when no connection can be taken, because there are too many open files, say.
const PAUSE: Duration = Duration::from_millis(50);

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers whoever comes to this listener, from this state. `host` is the name that the server was told to listen on;
    /// `tell` hears what goes wrong with the listener.
    ///
    /// # Errors
    ///
    /// When the system has no thread or no way to wait for connections.
    pub fn start(
        listener: TcpListener,
        host: &str,
        state: Arc<State>,
        limits: Limits,
        tell: impl Fn(Event) + Send + 'static,
    ) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(MAKERS).build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let shared = Arc::new(Shared { state, names: Names::new(host, address) });
        let (end, ended) = oneshot::channel();
        let thread = std::thread::Builder::new().name("server".to_owned()).spawn(move || {
            runtime.block_on(async {
                let accepting = tokio::spawn(accept(listener, shared, limits, tell));
                // Told or dropped, it is the end.
                let _ = ended.await;
                accepting.abort();
            });
            runtime.shutdown_background();
        })?;
        Ok(Self { address, end: Some(end), thread: Some(thread) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // A panic of it was told when it happened.
            let _ = thread.join();
        }
    }
}

/// What all connections share.
struct Shared {
    state: Arc<State>,
    names: Names,
}

async fn accept(
    listener: tokio::net::TcpListener,
    shared: Arc<Shared>,
    limits: Limits,
    tell: impl Fn(Event) + Send + 'static,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut failing = false;
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                failing = false;
                let (shared, places) = (Arc::clone(&shared), Arc::clone(&places));
                tokio::spawn(async move {
                    serve(stream, shared, &places, limits).await;
                    drop(place);
                });
            }
            Err(error) => {
                drop(place);
                // Told once, and not each time that it is tried again.
                if !std::mem::replace(&mut failing, true) {
                    tell(Event::Note(format!("no browser can connect for now: {error}")));
                }
                sleep(PAUSE).await;
            }
        }
    }
}

/// One connection, from its first request to its end. How it ends is nobody's business: browsers come and go.
async fn serve(stream: tokio::net::TcpStream, shared: Arc<Shared>, places: &Semaphore, limits: Limits) {
    // Without it the last packet of a reply may wait; the reply is right all the same.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let shared = Arc::clone(&shared);
        async move {
            let mut response = answer(&shared, &request).await;
            if places.available_permits() == 0 {
                // Somebody waits for this place.
                response
                    .headers_mut()
                    .insert(hyper::header::CONNECTION, hyper::header::HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(response)
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    if timeout(limits.life, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(limits.farewell, connection).await;
    }
}

async fn answer(shared: &Shared, request: &Request<Incoming>) -> Response<Sent> {
    let head = request.method() == hyper::Method::HEAD;
    let uri = request.uri();
    let target = match (uri.authority(), uri.path_and_query()) {
        (None, Some(target)) => target.as_str(),
        // The name of another server, as for a proxy.
        _ => "",
    };
    let route = match route(request.method().as_str(), target, request.headers(), &shared.names) {
        Ok(route) => route,
        Err(refusal) => return refused(refusal, head),
    };
    let reply = match route {
        Route::Site { path, query } => made(shared, move |moment| moment.reply(&path, query.as_deref())).await,
        Route::News { path, version } => made(shared, move |moment| json(&moment.news(&path, &version))).await,
        Route::Problems => {
            made(shared, |moment| {
                let html = problems::fragment(&moment.problems.problems).into_bytes();
                Reply { cache: Cache::Never, ..Reply::html(html) }
            })
            .await
        }
        Route::Own { name, print } => match client::file(&name) {
            Some(text) => {
                let is_named = print.as_deref() == Some(client::print(text).as_str());
                let cache = if is_named { Cache::Forever } else { Cache::Asked };
                Reply { kind: headers::content_type(&name), cache, ..Reply::html(text.into()) }
            }
            None => Reply::text(StatusCode::NOT_FOUND, "The preview has nothing at this address."),
        },
        Route::Events if head => return stream(EVENTS, mpsc::channel(1).1),
        Route::Events => return stream(EVENTS, changes(shared.state.subscribe())),
    };
    reply.finish(request.headers(), head)
}

/// The media type of a stream of changes.
const EVENTS: &str = "text/event-stream";

fn json(value: &serde_json::Value) -> Reply {
    Reply { kind: "application/json", cache: Cache::Never, ..Reply::html(value.to_string().into_bytes()) }
}

/// Makes a reply beside the thread that waits for connections, from the site as it is now.
async fn made(shared: &Shared, make: impl FnOnce(&Moment<'_>) -> Reply + Send + 'static) -> Reply {
    let state = Arc::clone(&shared.state);
    let made = tokio::task::spawn_blocking(move || {
        let workspace = state.read();
        let problems = state.problems();
        make(&Moment { files: &*workspace, problems: &problems, generation: state.generation() })
    });
    made.await.unwrap_or_else(|_| {
        let words = "The preview failed at this. What it said stands in its terminal.";
        Reply { cache: Cache::Never, ..Reply::text(StatusCode::INTERNAL_SERVER_ERROR, words) }
    })
}

/// The number of the present generation and of each that comes, as browsers hear of them.
fn changes(mut generation: watch::Receiver<u64>) -> mpsc::Receiver<Bytes> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut part = Bytes::from(format!("retry: 500\ndata: {}\n\n", *generation.borrow_and_update()));
        loop {
            // Whoever listened is gone.
            if sender.send(part).await.is_err() {
                return;
            }
            part = match timeout(SIGN_OF_LIFE, generation.changed()).await {
                Ok(Ok(())) => Bytes::from(format!("data: {}\n\n", *generation.borrow_and_update())),
                Ok(Err(_)) => return,
                Err(_) => Bytes::from_static(b":\n\n"),
            };
        }
    });
    receiver
}
