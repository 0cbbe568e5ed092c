//! The seller is back from Square.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use maud::Markup;
use square_oauth::{ErrorKind, OAuthError, attempt, error::code};
use tokio::task::JoinError;

use crate::{app::App, connect, cookies::Kept, fetch, pages, pages::see_other};

/// Looks before it spends: the code in this address is good for one exchange.
pub(crate) async fn arrived(
    State(app): State<Arc<App>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    if fetch::only_looks(&method, &headers) {
        return fetch::nothing_to_see();
    }
    let callback = uri.to_string();
    let attempt = match attempt(&callback) {
        Ok(attempt) => attempt,
        // It belongs to no attempt, so none is touched: the seller may still finish in another tab.
        Err(error) => return end(Outcome::of(&error), None),
    };
    let cleared = app.attempts.clear(&attempt);
    let Some(kept) = app.attempts.find(&headers, &attempt) else {
        return end(Outcome::Over, cleared);
    };
    match complete(&app, &callback, &kept).await {
        Ok(Ok(())) => see_other(kept.return_to.as_str(), cleared),
        Ok(Err(error)) if error.code() == code::STATE_EXPIRED.name() => {
            match after_expiry(&callback, &kept) {
                None => connect::start(&app, &headers, kept.return_to, Some(&attempt)),
                Some(outcome) => end(outcome, cleared),
            }
        }
        Ok(Err(error)) => end(Outcome::of(&error), cleared),
        Err(stopped) => {
            tracing::error!("an exchange did not end: {stopped}");
            end(Outcome::Failed, cleared)
        }
    }
}

/// On a task of its own: a server drops the handler when the browser hangs up, and by then the code
/// may be spent. The tokens have to be stored all the same.
async fn complete(
    app: &Arc<App>,
    callback: &str,
    kept: &Kept,
) -> Result<Result<(), OAuthError>, JoinError> {
    let (app, callback) = (Arc::clone(app), callback.to_owned());
    let pending = kept.pending.clone();
    let exchange = tokio::spawn(async move {
        let tokens = app.square.complete(&callback, &pending).await?;
        app.on_connected(tokens);
        Ok(())
    });
    exchange.await
}

/// How an attempt ends that took too long; `None` where the seller has said yes and is sent back
/// into a new one. Once: a clock that is wrong must not send them round in circles.
fn after_expiry(callback: &str, kept: &Kept) -> Option<Outcome> {
    let query = callback.split_once('?').map_or("", |(_, query)| query);
    let has_code = query.split('&').any(|pair| pair.starts_with("code="));
    match (has_code, kept.is_second) {
        (true, false) => None,
        (true, true) => Some(Outcome::Expired),
        (false, _) => Some(Outcome::Declined),
    }
}

fn end(outcome: Outcome, cleared: Option<HeaderValue>) -> Response {
    see_other(&outcome.path(), cleared)
}

/// How an attempt ended, other than well: in a seller's words, at an address without the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The seller said no.
    Declined,
    /// It came a second time, or belongs to nothing we know.
    Over,
    /// It took too long, and so did the one that took its place.
    Expired,
    /// Square cannot be reached, or asks us to wait.
    Later,
    /// Ours to repair.
    Failed,
}

impl Outcome {
    const ALL: [Self; 5] = [
        Self::Declined,
        Self::Over,
        Self::Expired,
        Self::Later,
        Self::Failed,
    ];

    /// Decides by the kind, which is a closed set; the code is for the log.
    fn of(error: &OAuthError) -> Self {
        let outcome = match error.kind() {
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
        };
        match outcome {
            Self::Failed => tracing::error!(code = error.code(), "connecting failed: {error}"),
            _ => tracing::info!(code = error.code(), "not connected: {error}"),
        }
        outcome
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Over => "over",
            Self::Expired => "expired",
            Self::Later => "later",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn path(self) -> String {
        format!("/connect/{}", self.name())
    }

    fn page(self) -> Markup {
        let (title, text) = match self {
            Self::Declined => (
                "You chose not to connect",
                "Nothing was changed. You can connect whenever you like.",
            ),
            Self::Over => (
                "You may be connected already",
                "This page was opened a second time, or its visit to Square is over. Your status tells \
                 whether you are connected; if you are not, please start again.",
            ),
            Self::Expired => (
                "That took too long",
                "For your safety a visit to Square ends after a while. Please start again.",
            ),
            Self::Later => (
                "Square cannot be reached right now",
                "Nothing is lost. Please start again in a few minutes.",
            ),
            Self::Failed => (
                "We could not connect you",
                "This is ours to repair, and we have been told. Please try again later.",
            ),
        };
        pages::outcome(title, text)
    }
}

/// The pages that sellers are sent on to.
pub(crate) async fn outcome(Path(name): Path<String>) -> Response {
    let mut all = Outcome::ALL.into_iter();
    match all.find(|outcome| outcome.name() == name) {
        Some(outcome) => outcome.page().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
