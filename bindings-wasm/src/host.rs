//! The core's ports over the JavaScript beside this crate.
//!
//! Nothing of JavaScript is held here: an operation is a number, and which client's transport and
//! clock are meant the host knows, since it is the one that polls. So everything is `Send` as it is.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use std::sync::Arc;

use gloo_net::http::Response;
use square_oauth::{
    Secret, Timestamp,
    host::{
        Body, BoxFuture, Clock, Delivery, Entropy, EntropyError, Host, HttpRequest, HttpResponse,
        Runtime, SendCause, SendError, Transport,
    },
};
use wasm_bindgen::prelude::*;

use crate::records::milliseconds;

/// What has become of an operation.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// Nothing yet.
    Waiting,
    /// It is done: a timer has run out, an answer is there whole.
    Done,
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
    fn send(head: &str, body: &str, fresh: bool) -> u32;
    fn sleep(ms: f64) -> u32;
    fn progress(operation: u32) -> Progress;
    fn answer(operation: u32) -> web_sys::Response;
    fn body(operation: u32) -> Vec<u8>;
    fn end(operation: u32);
    fn now() -> f64;
    fn monotonic() -> f64;
    fn fill(buffer: &mut [u8]) -> bool;
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
        let body = request.body.expose();
        let operation = Operation(send(head.expose(), body, request.fresh_connection));
        Box::pin(async move {
            operation.wait().await?;
            Ok(operation.answer())
        })
    }
}

/// The address and the headers' names and values, a line each: one crossing instead of twenty. The
/// core lets no line break in. A header may be an access token, so the whole is zeroed.
fn head(request: &HttpRequest) -> Secret {
    let headers = request.headers.iter();
    let room = headers.map(|(name, value)| name.len() + value.expose().len() + 2);
    // Growing would leave pieces behind in freed memory.
    let mut head = String::with_capacity(request.url.len() + room.sum::<usize>());
    head.push_str(&request.url);
    for (name, value) in &request.headers {
        for part in ["\n", name, "\n", value.expose()] {
            head.push_str(part);
        }
    }
    head.into()
}

impl Clock for Ports {
    #[allow(clippy::cast_possible_truncation, reason = "a cast that saturates")]
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(now() as i64)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast that saturates"
    )]
    fn monotonic_ms(&self) -> u64 {
        monotonic() as u64
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
        let operation = Operation(sleep(milliseconds(duration)));
        Box::pin(async move {
            let _ = operation.wait().await;
        })
    }
}

/// Something the host does; it is told when nobody waits any more.
struct Operation(u32);

impl Operation {
    fn wait(&self) -> Waiting<'_> {
        Waiting(self)
    }

    fn answer(&self) -> HttpResponse {
        let answer = Response::from(answer(self.0));
        let headers = answer.headers();
        HttpResponse {
            status: answer.status(),
            content_type: headers.get("content-type"),
            retry_after: headers.get("retry-after"),
            date: headers.get("date"),
            body: Body::from(body(self.0)),
        }
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        end(self.0);
    }
}

struct Waiting<'a>(&'a Operation);

impl Future for Waiting<'_> {
    type Output = Result<(), SendError>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let (delivery, cause) = match progress(self.0.0) {
            Progress::Waiting => return Poll::Pending,
            Progress::Done => return Poll::Ready(Ok(())),
            Progress::NotConnected => (Delivery::NotSent, SendCause::Connect),
            Progress::NoTls => (Delivery::NotSent, SendCause::Tls),
            Progress::NoProxy => (Delivery::NotSent, SendCause::Proxy),
            Progress::Broken => (Delivery::Unknown, SendCause::Connection),
        };
        Poll::Ready(Err(SendError { delivery, cause }))
    }
}
