//! How an attempt ends, other than well.

use crate::{ErrorKind, OAuthError};

/// How an attempt ended, other than well: which page the seller gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The seller said no.
    Declined,
    /// It came a second time, or belongs to nothing we know: they may be connected already.
    Over,
    /// It took too long, and so did the one that took its place.
    Expired,
    /// Square cannot be reached, or asks us to wait.
    Later,
    /// Yours to repair: log it loudly.
    Failed,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Declined,
        Self::Over,
        Self::Expired,
        Self::Later,
        Self::Failed,
    ];

    /// Decides by the kind, which is a closed set; the code is for the log.
    #[must_use]
    pub fn of(error: &OAuthError) -> Self {
        match error.kind() {
            ErrorKind::Denied => Self::Declined,
            ErrorKind::InvalidCallback | ErrorKind::ReauthorizationRequired => Self::Over,
            ErrorKind::RateLimited | ErrorKind::Unavailable | ErrorKind::Transport => Self::Later,
            ErrorKind::InvalidInput
            | ErrorKind::InvalidWebhook
            | ErrorKind::Configuration
            | ErrorKind::Rejected
            | ErrorKind::Protocol
            | ErrorKind::Store
            | ErrorKind::Internal => Self::Failed,
        }
    }

    /// Its name in the address of its page, e.g. `over`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Over => "over",
            Self::Expired => "expired",
            Self::Later => "later",
            Self::Failed => "failed",
        }
    }
}
