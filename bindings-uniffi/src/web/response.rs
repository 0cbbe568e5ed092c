//! An answer, and what to write in the log beside it.

use core::fmt;
use std::{collections::HashMap, sync::Arc};

use square_oauth::web;
pub use square_oauth::web::Outcome;

use crate::{error::OAuthError, live::Live};

/// How an attempt ended, other than well: which page the seller gets.
#[uniffi::remote(Enum)]
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

/// What to answer, and what came of it.
#[derive(Clone, Debug, uniffi::Record)]
pub struct WebAnswer {
    /// What to send.
    pub response: Arc<WebResponse>,
    /// How an attempt ended; none where none did. `Failed` is yours to repair.
    pub outcome: Option<Outcome>,
    /// Why, for your log; the seller reads a page instead.
    pub error: Option<OAuthError>,
}

impl From<web::Answer> for WebAnswer {
    fn from(answer: web::Answer) -> Self {
        let web::Answer {
            response,
            outcome,
            error,
        } = answer;
        Self {
            response: WebResponse::shared(response),
            outcome,
            error: error.map(OAuthError::from),
        }
    }
}

/// An answer to a browser or to Square, ready to be sent as it is.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display)]
pub struct WebResponse {
    inner: web::WebResponse,
    _live: Live,
}

#[uniffi::export]
impl WebResponse {
    /// Tell the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.inner.status
    }

    /// Give all values by name, in lower case; each is a header line of its own, for there may be several
    /// cookies.
    #[must_use]
    pub fn headers(&self) -> HashMap<String, Vec<String>> {
        let mut headers: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in self.inner.headers.iter().cloned() {
            headers.entry(name).or_default().push(value);
        }
        headers
    }

    /// Give the body; empty where there is none.
    #[must_use]
    pub fn body(&self) -> String {
        self.inner.body.clone()
    }
}

impl WebResponse {
    pub(super) fn shared(inner: web::WebResponse) -> Arc<Self> {
        Arc::new(Self {
            inner,
            _live: Live::new(),
        })
    }
}

impl fmt::Debug for WebResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for WebResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
