//! The core for Python, Kotlin, Swift and Ruby, through `UniFFI`.
//!
//! It adapts and decides nothing: every rule is the core's. What holds a secret is an object, for
//! records print all of their fields in every language; plain values mirror the core's own, so that
//! a field that comes or goes there does not compile here. Each language has a facade over this, and
//! only the facade is public.
#![allow(
    clippy::result_large_err,
    reason = "the error is flat, as the other languages want it, and made once for a call that failed"
)]

mod application;
mod authorization;
mod bell;
mod call;
mod callback;
mod client;
mod clock;
mod environment;
mod error;
mod live;
mod logging;
mod misuse;
mod obtain_token;
mod options;
mod revoke_token;
mod runtime;
mod secret;
mod token_status;
mod tokens;
mod values;
mod web;
mod webhooks;

pub use application::Application;
pub use authorization::{Authorization, Authorize};
pub use bell::Bell;
pub use call::{Answer, Call};
pub use callback::{Callback, attempt};
pub use client::OAuthClient;
pub use clock::ManualClock;
pub use environment::Environment;
pub use error::{ErrorKind, OAuthError, SquareError};
pub use live::live_objects;
pub use logging::{LogField, LogLevel, LogRecord, LogSink, LogValue, set_log_level, set_log_sink};
pub use misuse::{check_option, panicked, wrong_value};
pub use obtain_token::ObtainToken;
pub use options::{ClientOptions, Language, NetworkOptions, Proxy, default_client_options};
pub use revoke_token::RevokeToken;
pub use runtime::leave;
pub use secret::Secret;
pub use token_status::TokenStatus;
pub use tokens::Tokens;
pub use values::{Scope, Timestamp};
pub use web::{
    Connected, Delivery, Outcome, Page, Pages, Returned, WebAnswer, WebHandlers, WebOptions,
    WebRequest, WebResponse, web_options,
};
pub use webhooks::{
    RevokerType, Subscription, WebhookDetail, WebhookEvent, Webhooks, signature_header,
};

uniffi::setup_scaffolding!();
