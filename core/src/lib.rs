//! Connect Square sellers from a server: authorize, obtain, refresh, check and revoke OAuth
//! tokens, and verify the webhook that tells of a revocation.
//!
//! ```
//! use square_oauth::{Authorize, Environment, Application, scopes};
//! # #[cfg(feature = "native")]
//! # fn main() -> Result<(), square_oauth::OAuthError> {
//! let square = square_oauth::OAuthClient::new(
//!     Environment::Sandbox,
//!     Application::confidential("sandbox-sq0idb-example", "sandbox-sq0csb-example"),
//! )?;
//! let authorization =
//!     square.authorize(Authorize { scopes: scopes(["PAYMENTS_READ"]), ..Authorize::default() })?;
//! // Keep `authorization.pending` in the seller's session under `authorization.attempt`, and
//! // redirect them to `authorization.url`. When they are back, `square.complete` takes the
//! // callback's URL and what was kept, and yields their tokens.
//! # assert!(authorization.url.starts_with("https://connect.squareupsandbox.com/oauth2/authorize?"));
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "native"))]
//! # fn main() {}
//! ```
//!
//! [`OAuthClient`] is the way in. It stands on [`protocol`], plain functions that make requests
//! and read answers, and on the ports of [`host`], which feature `native` brings ready made.
//! Feature `web` brings what a web server needs around it, whatever its framework.
//!
//! Not affiliated with Square.
#![forbid(unsafe_code)]

mod base64url;
pub mod binding;
mod client;
pub mod error;
pub mod host;
mod model;
#[cfg(feature = "native")]
pub mod native;
pub mod protocol;
mod text;
#[cfg(feature = "web")]
pub mod web;

pub use client::OAuthClient;
pub use error::{ErrorKind, OAuthError, SquareError};
pub use model::{
    Application, Authorization, AuthorizationCode, Authorize, Callback, CustomEnvironment,
    Environment, EventDetail, MigrationToken, ObtainToken, Pending, RefreshToken, RevokeToken,
    RevokerType, Scope, Secret, Subscription, Timestamp, TokenStatus, Tokens, WebhookEvent, scopes,
};
pub use protocol::{ClientOptions, SIGNATURE_HEADER, Webhooks, attempt};
