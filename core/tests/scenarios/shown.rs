//! Results as the scenarios compare them: field for field what the public types say, secrets exposed.

#[path = "../support_values/shown.rs"]
mod values;

use serde_json::{Value, json};
use square_oauth::{
    Authorization, OAuthError, SquareError, Timestamp, TokenStatus, Tokens, WebhookEvent,
};

pub(crate) fn authorization(made: &Authorization) -> Value {
    let query = made.url.split_once('?').map_or("", |(_, query)| query);
    let parameters = form_urlencoded::parse(query.as_bytes());
    let parameters = parameters.map(|(name, value)| (name.into_owned(), value.into()));
    json!({
        "url": made.url,
        "query": Value::Object(parameters.collect()),
        "pending": made.pending.as_str(),
        "attempt": made.attempt,
    })
}

pub(crate) fn tokens(tokens: &Tokens) -> Value {
    values::tokens(tokens, text)
}

pub(crate) fn status(status: &TokenStatus) -> Value {
    values::status(status, text)
}

pub(crate) fn event(event: &WebhookEvent) -> Value {
    values::event(event, text)
}

pub(crate) fn error(error: &OAuthError) -> Value {
    json!({"error": {
        "kind": error.kind().name(),
        "code": error.code(),
        "message": error.to_string(),
        "field": error.field(),
        "http_status": error.http_status(),
        "errors": error.errors().iter().map(square_error).collect::<Vec<_>>(),
        "retry_after_s": error.retry_after().map(|wait| wait.as_secs()),
        "retryable": error.retryable(),
        "request_may_have_arrived": error.request_may_have_arrived(),
    }})
}

fn square_error(error: &SquareError) -> Value {
    json!({
        "category": error.category,
        "code": error.code,
        "detail": error.detail,
        "field": error.field,
    })
}

fn text(moment: Timestamp) -> Value {
    moment.to_string().into()
}
