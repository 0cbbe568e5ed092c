//! The core's ports over the JavaScript beside this crate.
//!
//! Nothing of JavaScript is held here, and but for random bytes nothing is asked of it: before a turn
//! it tells what time it is and what has come, and after it is told what to do and what is waited
//! for. So everything is `Send` as it is, and a call has a turn as often as something happens.

use core::{
    cell::Cell,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
    time::Duration,
};
use std::sync::Arc;

use square_oauth::{
    Secret, Timestamp,
    host::{
        BoxFuture, Clock, Delivery, Entropy, EntropyError, Host, HttpRequest, HttpResponse,
        Runtime, SendCause, SendError, Transport,
    },
};
use wasm_bindgen::prelude::*;

use crate::records::{lines, milliseconds};

/// Why no answer came.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Failed {
    /// Nothing was sent: no connection.
    NotConnected,
    /// Nothing was sent: no TLS.
    NoTls,
    /// Nothing was sent: the proxy refused or was not reached.
    NoProxy,
    /// It broke, and nobody knows when.
    Broken,
}

#[wasm_bindgen(raw_module = "square-oauth:host")]
extern "C" {
    /// Sends a request, in the place of any that is under way.
    fn send(head: &str, body: &str, fresh: bool);
    /// The call waits until that time of the clock that nobody turns, and perhaps for an answer.
    fn wait(until: f64, for_answer: bool);
    fn fill(buffer: &mut [u8]) -> bool;
}

// What is told and noted while a call has its turn; there is one at a time.
thread_local! {
    static NOW: Cell<f64> = const { Cell::new(0.0) };
    static MONOTONIC: Cell<f64> = const { Cell::new(0.0) };
    /// What has come of the request.
    static CAME: Cell<Came> = const { Cell::new(None) };
    /// The next moment that is waited for.
    static UNTIL: Cell<f64> = const { Cell::new(f64::INFINITY) };
    static FOR_ANSWER: Cell<bool> = const { Cell::new(false) };
}

/// What has come of a request, if anything has.
pub(crate) type Came = Option<Result<HttpResponse, SendError>>;

/// What time it is, in milliseconds, before whatever needs to know: since 1970, and on a clock that
/// nobody turns.
#[wasm_bindgen]
pub fn at(now: f64, monotonic: f64) {
    NOW.set(now);
    MONOTONIC.set(monotonic);
}

/// Polls a call, for which something has come; what it still waits for the other side is told.
pub(crate) fn turn<T>(came: Came, call: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
    CAME.set(came);
    UNTIL.set(f64::INFINITY);
    FOR_ANSWER.set(false);
    let polled = call.poll(&mut Context::from_waker(Waker::noop()));
    if polled.is_pending() {
        wait(UNTIL.get(), FOR_ANSWER.get());
    }
    polled
}

pub(crate) const fn failed(why: Failed) -> SendError {
    let (delivery, cause) = match why {
        Failed::NotConnected => (Delivery::NotSent, SendCause::Connect),
        Failed::NoTls => (Delivery::NotSent, SendCause::Tls),
        Failed::NoProxy => (Delivery::NotSent, SendCause::Proxy),
        Failed::Broken => (Delivery::Unknown, SendCause::Connection),
    };
    SendError { delivery, cause }
}

pub(crate) fn host() -> Host {
    Host {
        transport: Arc::new(Ports),
        clock: Arc::new(Ports),
        entropy: Arc::new(Ports),
        runtime: Arc::new(Ports),
        language: "javascript",
    }
}

struct Ports;

impl Transport for Ports {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
        let head = head(&request);
        send(
            head.expose(),
            request.body.expose(),
            request.fresh_connection,
        );
        Box::pin(Answer)
    }
}

/// The address and the headers' names and values, a line each: one crossing instead of twenty. The
/// core lets no line break in.
fn head(request: &HttpRequest) -> Secret {
    let mut parts = Vec::with_capacity(1 + 2 * request.headers.len());
    parts.push(request.url.as_str());
    for (name, value) in &request.headers {
        parts.extend([*name, value.expose()]);
    }
    lines(&parts)
}

/// What comes of the request that was sent last.
struct Answer;

impl Future for Answer {
    type Output = Result<HttpResponse, SendError>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        match CAME.take() {
            Some(came) => Poll::Ready(came),
            None => {
                FOR_ANSWER.set(true);
                Poll::Pending
            }
        }
    }
}

impl Clock for Ports {
    #[allow(clippy::cast_possible_truncation, reason = "a cast that saturates")]
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(NOW.get() as i64)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast that saturates"
    )]
    fn monotonic_ms(&self) -> u64 {
        MONOTONIC.get() as u64
    }
}

impl Entropy for Ports {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        if fill(buffer) {
            Ok(())
        } else {
            Err(EntropyError)
        }
    }
}

impl Runtime for Ports {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(Until(MONOTONIC.get() + milliseconds(duration)))
    }
}

/// A moment of the clock that nobody turns.
struct Until(f64);

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if MONOTONIC.get() >= self.0 {
            return Poll::Ready(());
        }
        UNTIL.set(UNTIL.get().min(self.0));
        Poll::Pending
    }
}
