//! Refusals of the control API: `{"error": {"message", "field"?}}`.

use hyper::{Method, StatusCode};
use serde_json::json;

use crate::{
    config::{nearest, validate::Complaint},
    http::reply::{self, Reply},
};

#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
    field: Option<&'static str>,
}

impl Refusal {
    /// 400: the call is not understood.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            message: message.into(),
            field: None,
        }
    }

    /// 422: the call is understood but cannot be done.
    pub(super) fn impossible(field: &'static str, message: impl Into<String>) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self {
            status,
            message: message.into(),
            field: Some(field),
        }
    }

    /// 422: the configuration would not take this either.
    pub(super) fn invalid((field, reason): Complaint) -> Self {
        Self::impossible(field, reason)
    }

    /// 404: there is no such call.
    pub(super) fn unknown_call(method: &Method, path: &str) -> Self {
        let hint = nearest(path, PATHS).map(|path| format!(", did you mean /_emulator/v1/{path}?"));
        let message = format!(
            "The control API has no {method} /_emulator/v1/{path}{}",
            hint.unwrap_or_default()
        );
        Self {
            status: StatusCode::NOT_FOUND,
            message,
            field: None,
        }
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn into_reply(self) -> Reply {
        let mut error = json!({"message": self.message});
        if let (Some(field), Some(error)) = (self.field, error.as_object_mut()) {
            error.insert("field".to_owned(), field.into());
        }
        reply::json(self.status, &json!({"error": error}))
    }
}

const PATHS: [&str; 14] = [
    "applications",
    "clock",
    "consent",
    "faults",
    "requests",
    "reset",
    "revoke",
    "sellers",
    "state",
    "switches",
    "webhooks",
    "webhooks/redeliver",
    "webhooks/reorder",
    "webhooks/send",
];
