//! The core's ports over the JavaScript beside this crate.
//!
//! Nothing of JavaScript is held here, and but for random bytes nothing is asked of it: before a turn
//! it tells what time it is and what has come, and after it is told what to do and what is waited
//! for. So everything is `Send` as it is, and a call crosses as often as something happens.

use core::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
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
    fn send(text: &str, has_body: bool, fresh: bool);
    /// The call waits until that time of the clock that nobody turns, and perhaps for an answer.
    fn wait(until: f64, for_answer: bool);
    fn fill(buffer: &mut [u8]) -> bool;
}

/// What is told and noted while a call has its turn; there is one at a time.
struct Turn {
    now: f64,
    monotonic: f64,
    /// What has come of the request.
    came: Option<Result<HttpResponse, SendError>>,
    /// The next moment that is waited for.
    until: f64,
    for_answer: bool,
}

thread_local! {
    static TURN: RefCell<Turn> = const {
        RefCell::new(Turn {
            now: 0.0,
            monotonic: 0.0,
            came: None,
            until: f64::INFINITY,
            for_answer: false,
        })
    };
}

/// What time it is, in milliseconds, before whatever needs to know: since 1970, and on a clock that
/// nobody turns.
#[wasm_bindgen]
pub fn at(now: f64, monotonic: f64) {
    TURN.with_borrow_mut(|turn| {
        turn.now = now;
        turn.monotonic = monotonic;
    });
}

/// Polls a call, for which something has come; whatever it still waits for the other side is told.
pub(crate) fn turn<T>(
    came: Option<Result<HttpResponse, SendError>>,
    call: Pin<&mut (impl Future<Output = T> + ?Sized)>,
) -> Poll<T> {
    TURN.with_borrow_mut(|turn| {
        turn.came = came;
        turn.until = f64::INFINITY;
        turn.for_answer = false;
    });
    let polled = call.poll(&mut Context::from_waker(core::task::Waker::noop()));
    if polled.is_pending() {
        let (until, for_answer) = TURN.with_borrow(|turn| (turn.until, turn.for_answer));
        wait(until, for_answer);
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
        let text = text(&request);
        send(
            text.expose(),
            !request.body.expose().is_empty(),
            request.fresh_connection,
        );
        Box::pin(Answer)
    }
}

/// The address, the headers' names and values, and the body, if there is one, a line each: one
/// crossing instead of twenty. The core lets no line break in.
fn text(request: &HttpRequest) -> Secret {
    let mut parts = Vec::with_capacity(2 + 2 * request.headers.len());
    parts.push(request.url.as_str());
    for (name, value) in &request.headers {
        parts.extend([*name, value.expose()]);
    }
    let body = request.body.expose();
    if !body.is_empty() {
        parts.push(body);
    }
    lines(&parts)
}

/// What comes of the request that was sent last.
struct Answer;

impl Future for Answer {
    type Output = Result<HttpResponse, SendError>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        TURN.with_borrow_mut(|turn| match turn.came.take() {
            Some(came) => Poll::Ready(came),
            None => {
                turn.for_answer = true;
                Poll::Pending
            }
        })
    }
}

impl Clock for Ports {
    #[allow(clippy::cast_possible_truncation, reason = "a cast that saturates")]
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(TURN.with_borrow(|turn| turn.now) as i64)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast that saturates"
    )]
    fn monotonic_ms(&self) -> u64 {
        TURN.with_borrow(|turn| turn.monotonic) as u64
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
        let now = TURN.with_borrow(|turn| turn.monotonic);
        Box::pin(Until(now + milliseconds(duration)))
    }
}

/// A moment of the clock that nobody turns.
struct Until(f64);

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        TURN.with_borrow_mut(|turn| {
            if turn.monotonic >= self.0 {
                return Poll::Ready(());
            }
            turn.until = turn.until.min(self.0);
            Poll::Pending
        })
    }
}
