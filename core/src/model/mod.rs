//! Plain values. Everything that holds a secret is opaque; records are free of secrets.

mod address;
mod application;
mod authorization;
mod base_url;
pub(crate) mod calendar;
mod callback;
mod environment;
pub(crate) mod input;
mod obtain_token;
mod pending;
mod revoke_token;
mod scope;
mod secret;
mod timestamp;
mod token_status;
mod tokens;
mod webhook;

pub use application::Application;
pub(crate) use application::Credentials;
pub use authorization::{Authorization, Authorize};
#[cfg(feature = "web")]
pub(crate) use base_url::BaseUrl;
pub use callback::Callback;
pub use environment::{CustomEnvironment, Environment};
pub use obtain_token::{AuthorizationCode, MigrationToken, ObtainToken, RefreshToken};
pub use pending::Pending;
pub use revoke_token::RevokeToken;
pub use scope::{Scope, scopes};
pub use secret::Secret;
pub use timestamp::Timestamp;
pub(crate) use timestamp::whole_ms;
pub use token_status::TokenStatus;
pub use tokens::Tokens;
pub(crate) use webhook::AUTHORIZATION_REVOKED;
pub use webhook::{EventDetail, RevokerType, Subscription, WebhookEvent};
