//! The `Square-Version` header: a date; echoed in the answer, and the application's own where none
//! is sent.

use super::Refusal;
use crate::{
    http::{
        call::Call,
        reply::{self, Reply},
    },
    state::State,
    timestamp::Timestamp,
};

const HEADER: &str = "square-version";

/// The version a request names. Only its form is checked: which versions exist is Square's to know.
pub(crate) fn requested(call: &Call) -> Result<Option<&str>, Refusal> {
    let Some(version) = call.header(HEADER) else {
        return Ok(None);
    };
    let is_date = version.len() == 10 && Timestamp::parse(&format!("{version}T00:00:00Z")).is_ok();
    if is_date {
        return Ok(Some(version));
    }
    let text = "The Square-Version header must be a date like 2026-01-22";
    Err(Refusal::invalid("INVALID_SQUARE_VERSION_FORMAT", text))
}

/// Name the version in a successful answer: the one asked for, or that of the application.
pub(crate) fn stamp(
    reply: Reply,
    requested: Option<&str>,
    state: &State,
    client_id: &str,
) -> Reply {
    let own = || {
        state
            .application(client_id)
            .map_or("", |application| &application.square_version)
    };
    reply::with_header(reply, HEADER, requested.unwrap_or_else(own))
}
