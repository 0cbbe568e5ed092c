//! What is connected: not what we believe, but what Square says.

use std::sync::Arc;

use axum::extract::State;
use maud::Markup;
use square_oauth::error::code;

use crate::{app::App, connections::Connection, pages};

/// One seller's row on the page.
pub(crate) struct Seller {
    pub(crate) merchant_id: String,
    pub(crate) standing: Standing,
    pub(crate) expires_at: String,
    pub(crate) refreshed_at: String,
}

/// What Square says of a seller's access token.
pub(crate) enum Standing {
    /// It is good, and for this.
    Live(Vec<String>),
    /// It is good for nothing: a refresh may help, or the seller has disconnected.
    Rejected,
    /// Square could not be asked.
    Unknown,
}

/// Shows every seller. It changes nothing, so it may be looked at from anywhere.
pub(crate) async fn show(State(app): State<Arc<App>>) -> Markup {
    let mut sellers = Vec::new();
    for connection in app.connections.all() {
        sellers.push(Seller {
            standing: ask(&app, &connection).await,
            merchant_id: connection.tokens.merchant_id().to_owned(),
            expires_at: connection.tokens.expires_at().to_string(),
            refreshed_at: connection.refreshed_at.to_string(),
        });
    }
    pages::status(&sellers)
}

async fn ask(app: &App, connection: &Connection) -> Standing {
    let asked = app
        .square
        .retrieve_token_status(connection.tokens.access_token());
    match asked.await {
        Ok(status) => Standing::Live(status.scopes.iter().map(ToString::to_string).collect()),
        Err(error) if error.code() == code::ACCESS_TOKEN_REJECTED.name() => Standing::Rejected,
        Err(error) => {
            tracing::warn!(code = error.code(), "status could not be had: {error}");
            Standing::Unknown
        }
    }
}
