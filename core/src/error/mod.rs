//! The one error type of the library, with the same fields in every language.

pub mod code;
mod kind;
mod square_error;

use core::{fmt, time::Duration};
use std::borrow::Cow;

use crate::text::decimal;

pub use kind::{Code, ErrorKind};
pub(crate) use kind::{Retryable, Row};
pub use square_error::SquareError;

/// Why a call failed.
///
/// Decide by [`kind`](Self::kind), log [`code`](Self::code) and the message. Neither the message
/// nor any other part holds a secret, a body or a URL's query.
#[derive(Clone, PartialEq, Eq)]
pub struct OAuthError(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    code: Code,
    text: Cow<'static, str>,
    field: Option<Cow<'static, str>>,
    http_status: Option<u16>,
    errors: Vec<SquareError>,
    retry_after: Option<Duration>,
    single_use: bool,
    request_may_have_arrived: bool,
}

impl OAuthError {
    /// What the error is about; a closed set.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.code.kind()
    }

    /// The stable name of what happened, e.g. `state_expired`; see [`code`] for all of them.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code.name()
    }

    /// The name of the field at fault, snake_case in every language, e.g. `application_secret`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// The HTTP status, where an answer came.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// One line for a log: the field, what happened, Square's own words and what helps. `Display`
    /// writes the same.
    #[must_use]
    pub fn message(&self) -> String {
        let parts = &*self.0;
        let mut message = String::new();
        if let Some(field) = &parts.field {
            message.extend([field, ": "]);
        }
        message.push_str(&parts.text);
        let status = parts.http_status.map(|status| decimal(status.into()));
        let said = parts.errors.first().map(SquareError::message);
        match (&status, &said) {
            (Some(status), Some(said)) => message.extend([" (HTTP ", status, ", ", said, ")"]),
            (Some(status), None) => message.extend([" (HTTP ", status, ")"]),
            (None, Some(said)) => message.extend([" (", said, ")"]),
            (None, None) => {}
        }
        if let Some(hint) = parts.code.0.hint {
            message.extend(["; ", hint]);
        }
        message
    }

    /// What Square said, newest form or older, cleaned for logs.
    #[must_use]
    pub fn errors(&self) -> &[SquareError] {
        &self.0.errors
    }

    /// How long Square asks to wait; at most 24 hours.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call again is harmless and may succeed.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self.0.code.0.retryable {
            Retryable::No => false,
            Retryable::Yes => true,
            Retryable::UnlessSpent => !(self.0.single_use && self.0.request_may_have_arrived),
        }
    }

    /// Whether Square may have received, and carried out, the request.
    #[must_use]
    pub fn request_may_have_arrived(&self) -> bool {
        self.0.request_may_have_arrived
    }

    pub(crate) fn new(code: Code) -> Self {
        Self(Box::new(Parts {
            code,
            text: Cow::Borrowed(code.0.when),
            field: None,
            http_status: None,
            errors: Vec::new(),
            retry_after: None,
            single_use: false,
            request_may_have_arrived: false,
        }))
    }

    /// An error about one field; `text` completes the sentence that the field's name begins.
    pub(crate) fn about(
        code: Code,
        field: &'static str,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(code).with_field(field).with_text(text)
    }

    /// The same answer, judged otherwise.
    pub(crate) fn with_code(mut self, code: Code) -> Self {
        self.0.code = code;
        self.with_text(code.0.when)
    }

    pub(crate) fn with_text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.0.text = text.into();
        self
    }

    pub(crate) fn with_field(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_errors(mut self, errors: Vec<SquareError>) -> Self {
        self.0.errors = errors;
        self
    }

    pub(crate) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// Marks a request that may have reached Square, and says whether it carried a credential that
    /// is good for one use only.
    pub(crate) fn arrived(mut self, single_use: bool) -> Self {
        self.0.request_may_have_arrived = true;
        self.0.single_use = single_use;
        self
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl fmt::Debug for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthError")
            .field("kind", &self.kind())
            .field("code", &self.code())
            .field("message", &self.message())
            .field("field", &self.field())
            .field("http_status", &self.http_status())
            .field("errors", &self.errors())
            .field("retry_after", &self.retry_after())
            .field("retryable", &self.retryable())
            .field("request_may_have_arrived", &self.request_may_have_arrived())
            .finish()
    }
}

impl std::error::Error for OAuthError {}
