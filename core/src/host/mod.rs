//! The ports: everything the core needs from where it runs, and nothing else.
//!
//! They are `Send + Sync` and object-safe on every platform, so the code above them has no
//! `cfg(target)`. Feature `native` brings ready ones; the language bindings bring their own.

mod body;
mod manual_clock;

use core::{fmt, future::Future, pin::Pin, time::Duration};
use std::sync::Arc;

pub use body::Body;
pub use manual_clock::ManualClock;

use crate::model::{Secret, Timestamp};

/// The largest body of an answer that is accepted, in bytes.
pub const MAX_BODY: usize = 64 * 1024;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Everything a client stands on.
#[derive(Clone)]
pub struct Host {
    /// Sends requests.
    pub transport: Arc<dyn Transport>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Waits.
    pub runtime: Arc<dyn Runtime>,
    /// The language named in the `User-Agent` header.
    pub language: &'static str,
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// Sends one request and brings back one answer.
///
/// An implementation follows no redirect, sends nothing twice, reads at most
/// [`MAX_BODY`]` + 1` bytes of the body and resolves only then. Dropping the future aborts the
/// exchange. It needs no time limit: the core has one.
pub trait Transport: Send + Sync {
    /// Sends the request.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>>;
}

/// A request, ready to be sent as it is.
#[derive(Clone)]
pub struct HttpRequest {
    /// Always `POST` today.
    pub method: &'static str,
    /// The whole address; it never has a query.
    pub url: String,
    /// Names in lower case; values may be secret.
    pub headers: Vec<(&'static str, Secret)>,
    /// The body, JSON or empty.
    pub body: Secret,
    /// Whether a connection that was used before must not be used: one that died unnoticed would
    /// leave open whether the request arrived. A transport that has no say in this ignores it.
    pub fresh_connection: bool,
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("fresh_connection", &self.fresh_connection)
            .finish()
    }
}

/// An answer: the status, the three headers that are read, and the body.
#[derive(Clone, Debug, Default)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Retry-After`; where the header is there more than once, joined by `, `.
    pub retry_after: Option<String>,
    /// `Date`; read only beside `retry_after`.
    pub date: Option<String>,
    /// The body, cut after [`MAX_BODY`]` + 1` bytes.
    pub body: Body,
}

/// Why no answer came. It has no text, so nothing can leak through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError {
    /// Whether the request may have arrived.
    pub delivery: Delivery,
    /// What happened.
    pub cause: SendCause,
}

/// Whether a request that got no answer may have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Not a byte of it left.
    NotSent,
    /// Nobody knows.
    Unknown,
}

/// What kept an answer from coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendCause {
    /// The host's name was not found, or nothing answered there.
    Connect,
    /// The proxy was not reached or refused.
    Proxy,
    /// The TLS handshake failed.
    Tls,
    /// The connection broke.
    Connection,
    /// The program has no runtime that could send.
    NoRuntime,
    /// Anything else.
    Other,
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The wall clock.
    fn now(&self) -> Timestamp;
    /// A clock that never goes back; only differences count. Milliseconds.
    fn monotonic_ms(&self) -> u64;
}

/// Draws random bytes that nobody can predict.
pub trait Entropy: Send + Sync {
    /// Fills the whole buffer.
    ///
    /// # Errors
    /// If it cannot; the buffer's content is then not used.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError>;
}

/// The source of randomness failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntropyError;

/// Waits.
pub trait Runtime: Send + Sync {
    /// Resolves after this long. Dropping the future cancels the timer.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}
