//! The error of a call against `error`, and what no error may show.

use serde_json::{Value, json};

use super::{Complaints, ExpectedError, Vector, authorization::parameter};
use crate::library::Failure;

/// Fields of an input that are secret.
const SECRET_INPUTS: [&str; 8] = [
    "code",
    "code_verifier",
    "refresh_token",
    "migration_token",
    "access_token",
    "all_by_token",
    "only",
    "pending",
];

/// Shorter ones would match by chance.
const TELLING: usize = 8;

pub(super) fn judge(
    vector: &Vector,
    expected: &ExpectedError,
    error: &Failure,
    complaints: &mut Complaints,
) {
    let wait = expected.retry_after_s.map(|seconds| seconds as f64);
    for (name, found, expected) in [
        ("kind", json!(error.kind), json!(expected.kind)),
        ("code", json!(error.code), json!(expected.code)),
        ("field", json!(error.field), json!(expected.field)),
        (
            "http_status",
            json!(error.http_status),
            json!(expected.http_status),
        ),
        ("errors", json!(error.errors), json!(expected.errors)),
        ("retry_after_s", json!(error.retry_after_s), json!(wait)),
        (
            "retryable",
            json!(error.retryable),
            json!(expected.retryable),
        ),
        (
            "request_may_have_arrived",
            json!(error.request_may_have_arrived),
            json!(expected.request_may_have_arrived),
        ),
    ] {
        if found != expected {
            complaints.push(format!("{name} is {found}, not {expected}"));
        }
    }
    let message = &error.message;
    for part in &expected.message_has {
        if !message.contains(part) {
            complaints.push(format!("the message lacks {part:?}: {message:?}"));
        }
    }
    if message.chars().any(char::is_control) {
        complaints.push(format!("the message is more than one line: {message:?}"));
    }
    let secrets = secrets(vector);
    for text in error.printed.iter().chain([message]) {
        for part in expected.message_lacks.iter().chain(&secrets) {
            if text.contains(part) {
                complaints.push(format!("the error shows {part:?}: {text:?}"));
            }
        }
    }
}

/// What no error may show, whatever the vector is about.
fn secrets(vector: &Vector) -> Vec<String> {
    let config = &vector.config;
    let of_input = SECRET_INPUTS
        .iter()
        .filter_map(|name| vector.input.get(name).and_then(Value::as_str));
    let of_config = [
        &config.application_secret,
        &config.previous_application_secret,
    ];
    let callback = vector.input.get("callback").and_then(Value::as_str);
    let of_callback = callback.and_then(|callback| parameter(callback, "code"));
    let of_webhooks = config.subscriptions.iter().flatten();
    of_input
        .chain(of_config.into_iter().flatten().map(String::as_str))
        .chain(of_webhooks.map(|subscription| subscription.signature_key.as_str()))
        .map(str::to_owned)
        .chain(of_callback)
        .filter(|secret| secret.len() >= TELLING)
        .collect()
}
