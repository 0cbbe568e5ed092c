//! The button "Disconnect": first at Square, then here. The other way round, a failure would leave
//! tokens alive that nobody holds any more.

use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use square_oauth::{RevokeToken, error::code};

use crate::{adapter::Head, app::App, config::STATUS, pages, pages::see_other, refresh::Merchant};

pub(crate) async fn disconnect(
    State(app): State<Arc<App>>,
    Head(request): Head,
    Form(Merchant { merchant_id }): Form<Merchant>,
) -> Response {
    if !app.handlers.is_from_own_page(&request) {
        return (StatusCode::FORBIDDEN, pages::not_from_here()).into_response();
    }
    // Only what is ours to end; a real application asks whether it is this account's.
    if app.connections.find(&merchant_id).is_none() {
        return see_other(STATUS);
    }
    match app
        .square
        .revoke_token(RevokeToken::all(&merchant_id))
        .await
    {
        Ok(()) => {}
        // Already gone at Square, which is what was wanted.
        Err(error) if error.code() == code::TOKEN_NOT_FOUND.name() => {}
        Err(error) => {
            tracing::error!(code = error.code(), "disconnecting failed: {error}");
            let title = "We could not disconnect you";
            let page = pages::outcome(title, "You are still connected. Please try again.");
            return (StatusCode::BAD_GATEWAY, page).into_response();
        }
    }
    app.connections.remove(&merchant_id);
    see_other(STATUS)
}
