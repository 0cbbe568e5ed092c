//! The latest requests to Square's own paths, for tests to look at. Bounded in number and in bytes.

use std::collections::VecDeque;

use bytes::Bytes;
use hyper::{
    HeaderMap, Method, Uri,
    header::{HeaderName, HeaderValue},
};

use crate::timestamp::Timestamp;

pub(crate) struct RequestLog {
    room: usize,
    bytes: usize,
    next: u64,
    requests: VecDeque<LoggedRequest>,
}

pub(crate) struct LoggedRequest {
    /// Counted from 1.
    pub(crate) number: u64,
    pub(crate) at: Timestamp,
    pub(crate) method: Method,
    /// Path and query, as they were sent.
    pub(crate) target: String,
    pub(crate) headers: Headers,
    pub(crate) body: Vec<u8>,
    pub(crate) outcome: Outcome,
    /// The fault that was applied.
    pub(crate) fault: Option<u64>,
}

/// The headers of a request as lines, in one block.
pub(crate) struct Headers(Vec<u8>);

/// What came of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// Still being answered.
    Pending,
    /// Answered with this status.
    Answered(u16),
    /// The connection was closed without an answer.
    Dropped,
}

impl RequestLog {
    const ROOM_IN_BYTES: usize = 16 * 1024 * 1024;

    pub(super) fn new(room: usize) -> Self {
        Self {
            room,
            bytes: 0,
            next: 1,
            requests: VecDeque::new(),
        }
    }

    /// Remember a request and say its number.
    pub(crate) fn push(
        &mut self,
        at: Timestamp,
        (method, uri, headers, body): (&Method, &Uri, &HeaderMap, &Bytes),
        fault: Option<u64>,
    ) -> u64 {
        let number = self.next;
        self.next += 1;
        if self.room == 0 {
            return number;
        }
        // All copies: a slice would keep the whole read buffer of its connection alive.
        let target = uri.path_and_query().map_or(uri.path(), |all| all.as_str());
        let request = LoggedRequest {
            number,
            at,
            method: method.clone(),
            target: target.to_owned(),
            headers: Headers::copy(headers),
            body: body.to_vec(),
            outcome: Outcome::Pending,
            fault,
        };
        self.bytes += request.size();
        self.requests.push_back(request);
        while self.requests.len() > self.room || self.bytes > Self::ROOM_IN_BYTES {
            let Some(oldest) = self.requests.pop_front() else {
                break;
            };
            self.bytes -= oldest.size();
        }
        number
    }

    pub(crate) fn finish(&mut self, number: u64, outcome: Outcome) {
        let Some(first) = self.requests.front().map(|request| request.number) else {
            return;
        };
        let at = number
            .checked_sub(first)
            .and_then(|at| usize::try_from(at).ok());
        if let Some(request) = at.and_then(|at| self.requests.get_mut(at)) {
            request.outcome = outcome;
        }
    }

    /// What came after the request of this number, oldest first.
    pub(crate) fn since(&self, number: u64) -> impl DoubleEndedIterator<Item = &LoggedRequest> {
        self.requests
            .iter()
            .filter(move |request| request.number > number)
    }

    /// The number of the latest request, 0 before the first.
    pub(crate) fn latest(&self) -> u64 {
        self.next - 1
    }
}

impl LoggedRequest {
    pub(crate) fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }

    pub(crate) fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// Everything that a client can make long.
    fn size(&self) -> usize {
        size_of::<Self>()
            + self.method.as_str().len()
            + self.target.len()
            + self.headers.0.len()
            + self.body.len()
    }
}

impl Headers {
    fn copy(headers: &HeaderMap) -> Self {
        let length = |(name, value): (&HeaderName, &HeaderValue)| {
            name.as_str().len() + value.len() + SEPARATORS
        };
        let mut lines = Vec::with_capacity(headers.iter().map(length).sum());
        for (name, value) in headers {
            lines.extend_from_slice(name.as_str().as_bytes());
            lines.push(b':');
            lines.extend_from_slice(value.as_bytes());
            lines.push(b'\n');
        }
        Self(lines)
    }

    /// Name and value of each, in their order. No name has a colon, no value a line break.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let lines = self.0.split(|byte| *byte == b'\n');
        lines.filter_map(|line| {
            let mut halves = line.splitn(2, |byte| *byte == b':');
            Some((halves.next()?, halves.next()?))
        })
    }
}

/// A colon and a line break.
const SEPARATORS: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;

    fn push(log: &mut RequestLog, target: &str, headers: &HeaderMap, body: &'static [u8]) {
        let uri: Uri = target.parse().unwrap();
        let at = Timestamp::from_millis(0);
        let body = Bytes::from_static(body);
        log.push(at, (&Method::POST, &uri, headers, &body), None);
    }

    #[test]
    fn a_request_is_remembered_as_it_was_sent() {
        let mut log = RequestLog::new(10);
        let mut headers = HeaderMap::new();
        for (name, value) in [("x-twice", &b"a:b"[..]), ("x-twice", b""), ("x", b"\xff")] {
            headers.append(name, HeaderValue::from_bytes(value).unwrap());
        }
        push(&mut log, "/a?b=c?d", &headers, b"e");
        push(&mut log, "/a?", &HeaderMap::new(), b"");
        push(&mut log, "http://host/a", &HeaderMap::new(), b"");
        let requests: Vec<_> = log.since(0).collect();
        let first: Vec<_> = requests[0].headers.iter().collect();
        let expected: [(&[u8], &[u8]); 3] =
            [(b"x-twice", b"a:b"), (b"x-twice", b""), (b"x", b"\xff")];
        assert_eq!(first, expected);
        let targets = requests.iter().map(|r| (r.path(), r.query()));
        let expected = [("/a", Some("b=c?d")), ("/a", Some("")), ("/a", None)];
        assert_eq!(targets.collect::<Vec<_>>(), expected);
        assert_eq!(requests[1].headers.iter().count(), 0);
    }

    #[test]
    fn its_bytes_are_bounded_whatever_part_of_a_request_is_long() {
        let long = "x".repeat(60_000);
        let target = format!("/{long}");
        let mut headers = HeaderMap::new();
        headers.insert("x", HeaderValue::try_from(long).unwrap());
        for (target, headers) in [(target.as_str(), &HeaderMap::new()), ("/", &headers)] {
            let mut log = RequestLog::new(usize::MAX);
            for _ in 0..1000 {
                push(&mut log, target, headers, b"");
            }
            let kept = log.since(0).count();
            assert!((200..280).contains(&kept), "{kept}");
            assert!(log.bytes <= RequestLog::ROOM_IN_BYTES);
            assert_eq!(log.latest(), 1000);
        }
    }
}
