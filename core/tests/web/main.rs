//! The rules of `docs/web-handlers.md`, as the core's handlers follow them: plain requests in,
//! plain answers out, and a simulated Square behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod any_input;
mod browser;
mod callback;
mod connect;
mod cookies;
mod expiry;
mod options;
mod pages;
mod secrecy;
#[path = "../support_host/mod.rs"]
mod support_host;
mod webhook;

use square_oauth::{
    Authorize, scopes,
    web::{WebHandlers, WebOptions},
};
use support_host::{Step, World, answer};

const ORIGIN: &str = "https://app.example";
const TOKENS: &str = r#"{"access_token":"EAAA-canary","token_type":"bearer",
    "expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ","refresh_token":"EQAA-canary"}"#;

fn tokens() -> Step {
    answer(200, TOKENS)
}

fn options() -> WebOptions {
    WebOptions {
        public_url: ORIGIN.to_owned(),
        authorize: Authorize {
            scopes: scopes(["PAYMENTS_READ"]),
            ..Authorize::default()
        },
        return_to: "/home".to_owned(),
        ..WebOptions::default()
    }
}

fn handlers(world: &World) -> WebHandlers {
    WebHandlers::new(world.client(), options()).unwrap()
}
