//! The answer to a token request, field by field as documented. Granted scopes are not among them.

use hyper::StatusCode;
use serde::Serialize;

use crate::http::reply::{self, Reply};

#[derive(Serialize)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) token_type: &'static str,
    pub(super) expires_at: String,
    pub(super) merchant_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<String>,
    pub(super) short_lived: bool,
    /// In PKCE only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token_expires_at: Option<String>,
}

impl Tokens {
    pub(super) fn into_reply(self) -> Reply {
        reply::json(StatusCode::OK, &self)
    }
}
