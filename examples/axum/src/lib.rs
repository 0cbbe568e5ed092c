//! A web server that connects Square sellers, small enough to read in one sitting.
//!
//! | file | what it does |
//! |---|---|
//! | `connect.rs` | "Connect Square" was clicked |
//! | `callback.rs` | the seller is back: store the tokens, on a task of its own |
//! | `status.rs` | what is connected, as Square sees it |
//! | `refresh.rs`, `disconnect.rs` | two buttons of that page |
//! | `webhook.rs` | Square says that a seller has disconnected |
//! | `adapter.rs` | axum's requests and answers as the library's: all that a framework adds |
//!
//! The rules for *connect*, *callback* and *webhook* are the library's, `square_oauth::web`;
//! `docs/web-handlers.md` gives the reason for each. Left out: your own login. A real
//! application knows who is asking before any of these handlers runs, and stores each seller under
//! that account.
#![forbid(unsafe_code)]

mod adapter;
mod app;
mod callback;
mod config;
mod connect;
mod connections;
mod disconnect;
mod pages;
mod refresh;
mod status;
mod webhook;

use std::{io, sync::Arc};

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    middleware::map_response,
    response::Redirect,
    routing::{any, get, post},
};
use tokio::net::TcpListener;

use self::config::{CONNECT, STATUS};
pub use self::{
    app::App,
    config::{CALLBACK, Config, WEBHOOK},
};

/// The server's routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to(STATUS) }))
        .route(CONNECT, any(connect::clicked))
        .route(CALLBACK, any(callback::arrived))
        .route(STATUS, get(status::show))
        .route("/refresh", post(refresh::refresh))
        .route("/disconnect", post(disconnect::disconnect))
        .route(WEBHOOK, any(webhook::delivered))
        .route(
            pages::STYLE_PATH,
            get(|| async { ([(CONTENT_TYPE, "text/css")], pages::STYLE) }),
        )
        .layer(map_response(pages::add_headers))
        .with_state(Arc::new(app))
}

/// Serves until the task is dropped.
///
/// # Errors
/// If the listener fails.
pub async fn serve(listener: TcpListener, app: App) -> io::Result<()> {
    axum::serve(listener, router(app)).await
}
