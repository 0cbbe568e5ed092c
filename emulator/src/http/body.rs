//! Response bodies: whole, or going out slowly, or breaking off.

use std::{convert::Infallible, time::Duration};

use bytes::Bytes;
use http_body_util::{Either, Full, channel::Channel};
use hyper::Response;
use tokio::time::sleep;

use super::reply::Reply;

pub(super) type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

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
    let (mut sender, channel) = Channel::new(1);
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
    let mut response = Response::from_parts(parts, Either::Right(channel));
    let headers = response.headers_mut();
    if !headers.contains_key("content-length") {
        headers.insert("content-length", promised.into());
    }
    response
}
