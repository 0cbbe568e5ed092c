//! An answer, and what to write in the log beside it.

use super::{Outcome, WebResponse};
use crate::OAuthError;

/// What to answer, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "somebody is waiting for the response"]
pub struct Answer {
    /// What to send.
    pub response: WebResponse,
    /// How an attempt ended; none where none did. [`Outcome::Failed`] is yours to repair.
    pub outcome: Option<Outcome>,
    /// Why, for your log; the seller reads a page instead.
    pub error: Option<OAuthError>,
}

impl From<WebResponse> for Answer {
    fn from(response: WebResponse) -> Self {
        Self {
            response,
            outcome: None,
            error: None,
        }
    }
}
