//! A web server that connects Square sellers, small enough to read in one sitting.
//!
//! | file | what it does |
//! |---|---|
//! | `connect.rs` | "Connect Square" was clicked: off to Square, or a question first |
//! | `callback.rs` | the seller is back: check, exchange, go on to a clean address |
//! | `status.rs` | what is connected, as Square sees it |
//! | `refresh.rs`, `disconnect.rs` | two buttons of that page |
//! | `webhook.rs` | Square says that a seller has disconnected |
//! | `fetch.rs`, `cookies.rs`, `return_to.rs` | the rules that all of these follow |
//!
//! `docs/web-handlers.md` gives the reason for each rule. Left out: your own login. A real
//! application knows who is asking before any of these handlers runs, and stores each seller under
//! that account.
#![forbid(unsafe_code)]

mod app;
mod callback;
mod config;
mod connect;
mod connections;
mod cookies;
mod disconnect;
mod fetch;
mod pages;
mod refresh;
mod return_to;
mod status;
mod webhook;

use std::{io, sync::Arc};

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    middleware::map_response,
    response::Redirect,
    routing::{get, post},
};
use tokio::net::TcpListener;

pub use self::{
    app::App,
    config::{CALLBACK, Config, SetupError, WEBHOOK},
};

/// The server's routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/status") }))
        .route("/connect", get(connect::clicked).post(connect::confirmed))
        .route("/connect/{outcome}", get(callback::outcome))
        .route(CALLBACK, get(callback::arrived))
        .route("/status", get(status::show))
        .route("/refresh", post(refresh::refresh))
        .route("/disconnect", post(disconnect::disconnect))
        .route(WEBHOOK, post(webhook::delivered))
        .route(
            "/style.css",
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
