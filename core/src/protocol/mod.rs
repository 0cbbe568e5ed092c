//! Everything Square's protocol says, as plain functions: no I/O, no clock, no randomness.
//!
//! Each call is a pair: a function that makes an [`Exchange`], and [`Exchange::read`], which reads
//! the answer. [`OAuthClient`](crate::OAuthClient) is this plus sending; whoever sends by other
//! means uses these directly.

mod answer;
mod attempt;
mod authorize;
mod callback;
mod check_application;
mod digest;
mod exchange;
pub(crate) mod json;
mod obtain_token;
mod pending;
mod query;
mod random;
mod revoke_token;
mod setup;
mod token_status;
mod webhook;

pub(crate) use answer::{Fields, Node, may_pass, retry_after};
#[cfg(feature = "web")]
pub(crate) use attempt::ATTEMPT_PREFIX;
pub use attempt::attempt;
pub use authorize::authorize;
pub use callback::callback;
#[cfg(feature = "web")]
pub(crate) use callback::{ACCESS_DENIED, query};
pub use check_application::{check_application, checked};
#[cfg(feature = "web")]
pub(crate) use digest::sha256;
pub use exchange::{Exchange, Repeat};
pub use obtain_token::obtain_token;
#[cfg(feature = "web")]
pub(crate) use query::{decode, encode, pairs};
pub use random::AuthorizeRandom;
pub use revoke_token::revoke_token;
pub use setup::{ClientOptions, SQUARE_VERSION, Setup};
pub use token_status::retrieve_token_status;
pub use webhook::{SIGNATURE_HEADER, Webhooks};
