//! Response bodies: whole, or going out slowly, or breaking off.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{Either, Full, channel::Channel};
use hyper::{
    Response,
    body::{Body as HttpBody, Frame},
};
use tokio::time::sleep;

use super::reply::Reply;

pub(super) type Body = Either<Full<Bytes>, Spoilt>;

/// What comes piece by piece, and may end before all that was promised has come.
pub(super) struct Spoilt {
    pieces: Channel<Bytes, Infallible>,
    has_waited: bool,
}

impl HttpBody for Spoilt {
    type Data = Bytes;
    type Error = Infallible;

    /// Waits once before the end: the server writes out what it holds only when there is nothing
    /// more to be had, and an end that comes too early has it throw that away.
    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let frame = ready!(Pin::new(&mut self.pieces).poll_frame(context));
        if frame.is_none() && !self.has_waited {
            self.has_waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(frame)
    }
}

pub(super) fn whole(reply: Reply) -> Response<Body> {
    reply.map(|body| Either::Left(Full::new(body)))
}

/// Send at most `length` bytes of the body, but promise all of it; with `pace`, one byte at a time.
pub(super) fn spoilt(
    reply: Reply,
    length: Option<usize>,
    pace: Option<Duration>,
) -> Response<Body> {
    let (parts, bytes) = reply.into_parts();
    let (mut sender, pieces) = Channel::new(1);
    let promised = bytes.len();
    let bytes = bytes.slice(..length.unwrap_or(promised).min(promised));
    tokio::spawn(async move {
        let step = if pace.is_some() {
            1
        } else {
            bytes.len().max(1)
        };
        for chunk in bytes.chunks(step) {
            if let Some(pace) = pace {
                sleep(pace).await;
            }
            if sender
                .send_data(Bytes::copy_from_slice(chunk))
                .await
                .is_err()
            {
                return;
            }
        }
        // Dropped here: where less was sent than was promised, the connection is cut.
    });
    let body = Spoilt {
        pieces,
        has_waited: false,
    };
    let mut response = Response::from_parts(parts, Either::Right(body));
    let headers = response.headers_mut();
    if !headers.contains_key("content-length") {
        headers.insert("content-length", promised.into());
    }
    response
}
