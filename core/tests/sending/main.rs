//! Sending, over a simulated network and in simulated time: attempts, budgets, back-off, what is
//! never sent twice, and cancelling.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod budgets;
mod cancelling;
mod invariants;
mod repeating;
mod revoking;
mod single_use;
#[path = "../support_host/mod.rs"]
mod support_host;
mod waiting;

use square_oauth::{
    ObtainToken,
    host::{Delivery, SendCause},
};
use support_host::{Step, answer, fail};

const TOKENS: &str = r#"{"access_token":"EAAA-new","token_type":"bearer",
    "expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ","refresh_token":"EQAA-new"}"#;

fn tokens() -> Step {
    answer(200, TOKENS)
}

/// The connection breaks after the request may have arrived.
fn broken() -> Step {
    fail(Delivery::Unknown, SendCause::Connection)
}

/// Nobody answers the connection.
fn refused() -> Step {
    fail(Delivery::NotSent, SendCause::Connect)
}

fn refresh() -> ObtainToken {
    ObtainToken::refresh_token("EQAA-old")
}

fn code() -> ObtainToken {
    ObtainToken::authorization_code_unchecked("sandbox-sq0cgb-code", None, None)
}
