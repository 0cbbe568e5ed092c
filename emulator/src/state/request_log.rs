//! The latest requests to Square's own paths, for tests to look at. Bounded in number and in bytes.

use std::collections::VecDeque;

use bytes::Bytes;
use hyper::{HeaderMap, Method, Uri};

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
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) outcome: Outcome,
    /// The fault that was applied.
    pub(crate) fault: Option<u64>,
}

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
        // A copy: a slice would keep the whole read buffer of its connection alive.
        let body = Bytes::copy_from_slice(body);
        self.bytes += body.len();
        self.requests.push_back(LoggedRequest {
            number,
            at,
            method: method.clone(),
            uri: uri.clone(),
            headers: headers.clone(),
            body,
            outcome: Outcome::Pending,
            fault,
        });
        while self.requests.len() > self.room || self.bytes > Self::ROOM_IN_BYTES {
            let Some(oldest) = self.requests.pop_front() else {
                break;
            };
            self.bytes -= oldest.body.len();
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
