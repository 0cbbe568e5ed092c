//! The library's values as the vectors write them: with times in milliseconds.

#[path = "../support_values/shown.rs"]
mod shown;

use serde_json::{Value, json};
use square_oauth::{Timestamp, TokenStatus, Tokens, WebhookEvent};

pub(crate) fn nothing() -> Value {
    json!({})
}

pub(crate) fn tokens(tokens: &Tokens) -> Value {
    shown::tokens(tokens, ms)
}

pub(crate) fn status(status: &TokenStatus) -> Value {
    shown::status(status, ms)
}

pub(crate) fn event(event: &WebhookEvent) -> Value {
    shown::event(event, ms)
}

fn ms(moment: Timestamp) -> Value {
    moment.unix_ms().into()
}
