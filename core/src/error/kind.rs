//! What an error is about, from the widest to the narrowest: its kind, then its code.

use core::fmt;

/// The closed set of what can have gone wrong; decide by this, log the code.
///
/// The same kinds exist in every language of the library. Adding one is a breaking change, so a
/// `match` without a wildcard is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

impl ErrorKind {
    /// The kind's name, the same in every language: `invalid_input`, `denied`, ...
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::InvalidCallback => "invalid_callback",
            Self::InvalidWebhook => "invalid_webhook",
            Self::Denied => "denied",
            Self::ReauthorizationRequired => "reauthorization_required",
            Self::Configuration => "configuration",
            Self::Rejected => "rejected",
            Self::RateLimited => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::Transport => "transport",
            Self::Protocol => "protocol",
            Self::Store => "store",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One row of the list of error codes; the rows are the constants of [`code`](super::code).
#[derive(Clone, Copy)]
pub struct Code(pub(crate) &'static Row);

/// What the list says of a code. Behind a reference: an error is made in a hundred places, and none
/// of them should copy a row.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) kind: ErrorKind,
    pub(crate) retryable: Retryable,
    pub(crate) when: &'static str,
    pub(crate) hint: Option<&'static str>,
}

impl Code {
    /// The stable name, as [`OAuthError::code`](super::OAuthError::code) returns it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.0.name
    }

    /// The kind every error with this code has.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

/// No two rows have the same name.
impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Code").field(&self.name()).finish()
    }
}

/// Whether the same call again is harmless and may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retryable {
    No,
    Yes,
    /// Yes, unless the request may have spent a credential that is good for one use only.
    UnlessSpent,
}
