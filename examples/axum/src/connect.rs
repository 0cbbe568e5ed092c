//! "Connect Square" was clicked.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, Method},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{
    app::App, callback::Outcome, cookies::Kept, fetch, pages, pages::see_other, return_to::ReturnTo,
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Options {
    /// Where the seller goes once they are connected.
    #[serde(default)]
    return_to: String,
}

/// A link was followed. From this site it starts at once. Sellers also come from Square's
/// marketplace and from e-mails; they are asked first, since a foreign page could bring a
/// seller here without their knowing.
pub(crate) async fn clicked(
    State(app): State<Arc<App>>,
    method: Method,
    headers: HeaderMap,
    Query(options): Query<Options>,
) -> Response {
    if fetch::only_looks(&method, &headers) {
        return fetch::nothing_to_see();
    }
    let return_to = ReturnTo::read(&options.return_to);
    if fetch::may_start(&headers) {
        start(&app, &headers, return_to, None)
    } else {
        pages::ask(&return_to).into_response()
    }
}

/// The button of that page was pressed, or a foreign page has posted here: that one is shown the
/// page as well.
pub(crate) async fn confirmed(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Form(options): Form<Options>,
) -> Response {
    let return_to = ReturnTo::read(&options.return_to);
    if fetch::is_from_own_page(&headers, &app.origin) {
        start(&app, &headers, return_to, None)
    } else {
        pages::ask(&return_to).into_response()
    }
}

/// Sends the seller to Square; `expired` is the attempt that this one takes the place of.
pub(crate) fn start(
    app: &App,
    headers: &HeaderMap,
    return_to: ReturnTo,
    expired: Option<&str>,
) -> Response {
    let authorization = match app.authorize() {
        Ok(authorization) => authorization,
        Err(error) => {
            tracing::error!(
                code = error.code(),
                "an attempt could not be started: {error}"
            );
            return see_other(&Outcome::Failed.path(), []);
        }
    };
    let kept = Kept {
        pending: authorization.pending.into_string(),
        return_to,
        is_second: expired.is_some(),
    };
    let cookies = app
        .attempts
        .keep(headers, &authorization.attempt, &kept, expired);
    let cleared = expired.and_then(|attempt| app.attempts.clear(attempt));
    see_other(&authorization.url, cookies.into_iter().chain(cleared))
}
