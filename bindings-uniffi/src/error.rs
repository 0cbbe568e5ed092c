//! The one error type, with the same fields in every language.

use core::{fmt, time::Duration};

pub use square_oauth::{ErrorKind, SquareError};

/// What an error is about; a closed set. Decide by this, log the code.
#[uniffi::remote(Enum)]
pub enum ErrorKind {
    /// The caller's mistake; nothing was sent.
    InvalidInput,
    /// The return trip does not match its start: the seller has to start again.
    InvalidCallback,
    /// Not a delivery of Square's, or the key or URL given for it is wrong.
    InvalidWebhook,
    /// The seller said no.
    Denied,
    /// This grant is dead: the seller has to connect again.
    ReauthorizationRequired,
    /// Square rejects the application itself.
    Configuration,
    /// Square said no; the cause is not established, or not this library's to judge.
    Rejected,
    /// Too many requests, or too many tokens for one seller.
    RateLimited,
    /// Square could not answer.
    Unavailable,
    /// The exchange failed.
    Transport,
    /// The answer is not Square's.
    Protocol,
    /// The token store failed.
    Store,
    /// A bug of this library's, or a machine that cannot run it.
    Internal,
}

/// One error as Square reported it, cleaned for logs. Any of the parts may be absent.
#[uniffi::remote(Record)]
pub struct SquareError {
    /// Square's category, e.g. `AUTHENTICATION_ERROR`; an open set.
    pub category: Option<String>,
    /// Square's code, e.g. `UNAUTHORIZED`, or the type of an older answer; an open set.
    pub code: Option<String>,
    /// Square's sentence for developers.
    pub detail: Option<String>,
    /// The request's field that Square complains about.
    pub field: Option<String>,
}

/// Why a call failed. No part of it holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Error)]
pub enum OAuthError {
    /// The only case: what differs is the kind.
    Failed {
        /// What it is about; a closed set.
        kind: ErrorKind,
        /// The kind's name, the same in every language.
        kind_name: String,
        /// The stable name of what happened, e.g. `state_expired`.
        code: String,
        /// The message, one line. Not `message`, which Kotlin's exceptions have already.
        text: String,
        /// The name of the field at fault, `snake_case` in every language.
        field: Option<String>,
        /// The HTTP status, where an answer came.
        http_status: Option<u16>,
        /// What Square said, cleaned for logs.
        errors: Vec<SquareError>,
        /// How long Square asks to wait.
        retry_after: Option<Duration>,
        /// Whether the same call again is harmless and may succeed.
        retryable: bool,
        /// Whether Square may have received, and carried out, the request.
        request_may_have_arrived: bool,
    },
}

impl From<square_oauth::OAuthError> for OAuthError {
    fn from(error: square_oauth::OAuthError) -> Self {
        Self::Failed {
            kind: error.kind(),
            kind_name: error.kind().name().to_owned(),
            code: error.code().to_owned(),
            text: error.to_string(),
            field: error.field().map(str::to_owned),
            http_status: error.http_status(),
            errors: error.errors().to_vec(),
            retry_after: error.retry_after(),
            retryable: error.retryable(),
            request_may_have_arrived: error.request_may_have_arrived(),
        }
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { text, .. } = self;
        f.write_str(text)
    }
}

impl std::error::Error for OAuthError {}
