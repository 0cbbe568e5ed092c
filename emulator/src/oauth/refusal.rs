//! Square's two generations of error bodies, and the refusals that have been seen.

use hyper::StatusCode;
use serde_json::{Value, json};

use crate::{
    config::{ErrorShape, RefusalKind},
    http::reply::{self, Reply},
};

/// A request that is refused, ready to be answered.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    body: Value,
    retry_after_s: u32,
}

impl Refusal {
    /// `{"errors": [{category, code, detail}]}`: documented for every endpoint.
    pub(crate) fn errors(
        status: StatusCode,
        category: &str,
        code: &str,
        detail: impl Into<String>,
    ) -> Self {
        let detail = detail.into();
        let body = json!({"errors": [{"category": category, "code": code, "detail": detail}]});
        Self {
            status,
            body,
            retry_after_s: 0,
        }
    }

    /// `{"message", "type"}`: the older shape, still answered by the OAuth endpoints (seen in the
    /// field).
    pub(crate) fn message(status: StatusCode, kind: &str, message: impl Into<String>) -> Self {
        let body = json!({"message": message.into(), "type": kind});
        Self {
            status,
            body,
            retry_after_s: 0,
        }
    }

    /// An `INVALID_REQUEST_ERROR`, status 400.
    pub(crate) fn invalid(code: &str, detail: impl Into<String>) -> Self {
        Self::errors(StatusCode::BAD_REQUEST, INVALID_REQUEST, code, detail)
    }

    /// 401 `UNAUTHORIZED`.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Self {
        Self::errors(
            StatusCode::UNAUTHORIZED,
            AUTHENTICATION,
            "UNAUTHORIZED",
            detail,
        )
    }

    /// 401 in either shape: a grant that is dead.
    pub(crate) fn dead_grant(shape: ErrorShape, text: impl Into<String>) -> Self {
        match shape {
            ErrorShape::Errors => Self::unauthorized(text),
            ErrorShape::Message => {
                Self::message(StatusCode::UNAUTHORIZED, "service.not_authorized", text)
            }
        }
    }

    /// A refusal whose status and code are not known (our convention, by switch).
    pub(crate) fn of_kind(kind: RefusalKind, field: &str, detail: &str) -> Self {
        match kind {
            RefusalKind::Unauthorized => Self::unauthorized(detail),
            RefusalKind::InvalidValue => Self::invalid("INVALID_VALUE", detail).field(field),
        }
    }

    /// Wrong application ID, wrong secret, another environment's: all the same (seen in the field).
    pub(crate) fn not_authorized() -> Self {
        Self::message(
            StatusCode::UNAUTHORIZED,
            "service.not_authorized",
            "Not Authorized",
        )
    }

    /// Seen in the field for `client_secret`; by analogy for the others.
    pub(crate) fn missing(shape: ErrorShape, name: &str) -> Self {
        let text = format!("missing required parameter '{name}'");
        match shape {
            ErrorShape::Errors => Self::invalid("MISSING_REQUIRED_PARAMETER", text),
            ErrorShape::Message => Self::message(
                StatusCode::BAD_REQUEST,
                "bad_request.missing_parameter",
                text,
            ),
        }
    }

    /// Seen in the field, 2026.
    pub(crate) fn token_quota() -> Self {
        let text = "access token creation quota exceeded for merchant, please retry later";
        Self::message(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", text)
    }

    /// Both texts have been seen in the field.
    pub(crate) fn rate_limited(shape: ErrorShape) -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        match shape {
            ErrorShape::Errors => {
                let text = "Application is rate limited, please try again in a few minutes";
                Self::errors(status, "RATE_LIMIT_ERROR", "RATE_LIMITED", text)
            }
            ErrorShape::Message => {
                let text = "This request was rate limited. Please retry later";
                Self::message(status, "too_many_requests", text)
            }
        }
    }

    /// The code is documented; status and text are our convention.
    pub(crate) fn application_disabled() -> Self {
        let text = "The application is disabled";
        Self::errors(
            StatusCode::FORBIDDEN,
            AUTHENTICATION,
            "CLIENT_DISABLED",
            text,
        )
    }

    /// Name the field that is at fault; for the newer shape only.
    pub(crate) fn field(mut self, name: &str) -> Self {
        if let Some(error) = self
            .body
            .pointer_mut("/errors/0")
            .and_then(Value::as_object_mut)
        {
            error.insert("field".to_owned(), name.into());
        }
        self
    }

    /// Send `Retry-After`; 0 sends none.
    pub(crate) fn retry_after(self, seconds: u32) -> Self {
        Self {
            retry_after_s: seconds,
            ..self
        }
    }

    pub(crate) fn into_reply(self) -> Reply {
        let reply = reply::json(self.status, &self.body);
        if self.retry_after_s == 0 {
            return reply;
        }
        reply::with_header(reply, "retry-after", &self.retry_after_s.to_string())
    }
}

pub(crate) const AUTHENTICATION: &str = "AUTHENTICATION_ERROR";
pub(crate) const INVALID_REQUEST: &str = "INVALID_REQUEST_ERROR";
