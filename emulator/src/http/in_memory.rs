//! The emulator without a network, for fuzzing: a request in, a reply out, and back to the start.
//! Only builds with `--cfg fuzzing` have it.

use std::sync::Arc;

use bytes::Bytes;
use hyper::{
    HeaderMap, Method, Uri,
    header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION},
};

use super::{call::Call, router, server};
use crate::{config::Config, state::State};

/// An emulator's state with the requests' way into it.
pub struct InMemory(State);

/// What came out, so far as a test looks at it; headers that are not there are empty.
#[derive(Debug)]
pub struct InMemoryReply {
    /// The status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// `Location`.
    pub location: String,
    /// The body.
    pub body: Bytes,
}

impl InMemory {
    /// The state that a configuration describes.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let public_url = "http://127.0.0.1:1".to_owned();
        Self(State::new(Arc::new(config), public_url, None))
    }

    /// Go back to that state.
    pub fn reset(&mut self) {
        self.0.reset(None);
    }

    /// Answer a request to Square's side; none if HTTP allows no such request.
    pub fn answer(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Option<InMemoryReply> {
        let call = Call {
            method: Method::from_bytes(method.as_bytes()).ok()?,
            uri: target.parse::<Uri>().ok()?,
            headers: read(headers)?,
            body: Bytes::copy_from_slice(body),
            now: self.0.clock.now(),
        };
        server::arrive(&mut self.0, &call);
        let (parts, body) = router::answer(&mut self.0, &call).into_parts();
        let header = |name| {
            let value = parts.headers.get(name).map(HeaderValue::as_bytes);
            String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
        };
        Some(InMemoryReply {
            status: parts.status.as_u16(),
            content_type: header(CONTENT_TYPE),
            location: header(LOCATION),
            body,
        })
    }
}

impl std::fmt::Debug for InMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InMemory").finish_non_exhaustive()
    }
}

fn read(headers: &[(&str, &str)]) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.try_append(
            HeaderName::try_from(*name).ok()?,
            HeaderValue::try_from(*value).ok()?,
        )
        .ok()?;
    }
    Some(map)
}
