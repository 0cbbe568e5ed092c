//! The button "Refresh now".
//!
//! A real application refreshes every seller at least every seven days, used or not, from a job: an
//! access token lives thirty days, and one that is only refreshed at its end leaves no time to find
//! out that refreshing fails.

use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use square_oauth::{ErrorKind, ObtainToken, Secret};

use crate::{adapter::Head, app::App, config::STATUS, pages, pages::see_other};

#[derive(Debug, Deserialize)]
pub(crate) struct Merchant {
    pub(crate) merchant_id: String,
}

pub(crate) async fn refresh(
    State(app): State<Arc<App>>,
    Head(request): Head,
    Form(Merchant { merchant_id }): Form<Merchant>,
) -> Response {
    if !app.handlers.is_from_own_page(&request) {
        return (StatusCode::FORBIDDEN, pages::not_from_here()).into_response();
    }
    let connection = app.connections.find(&merchant_id);
    let refresh_token = connection.and_then(|c| c.tokens.refresh_token().map(Secret::from));
    let Some(refresh_token) = refresh_token else {
        return see_other(STATUS);
    };
    match app
        .square
        .obtain_token(ObtainToken::refresh_token(refresh_token))
        .await
    {
        Ok(tokens) => app.connections.refreshed(tokens, app.clock().now()),
        // This grant is dead: only the seller can bring it back.
        Err(error) if error.kind() == ErrorKind::ReauthorizationRequired => {
            tracing::warn!(
                code = error.code(),
                merchant = merchant_id,
                "has to connect again"
            );
            app.connections.remove(&merchant_id);
        }
        Err(error) => {
            tracing::error!(code = error.code(), "refreshing failed: {error}");
            let title = "Square did not refresh the connection";
            let page = pages::outcome(title, "It stays as it is. Please try again later.");
            return (StatusCode::BAD_GATEWAY, page).into_response();
        }
    }
    see_other(STATUS)
}
