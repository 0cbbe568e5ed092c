//! Refresh tokens, of two kinds (documented): the code flow's may be used any number of times,
//! never expires and comes back unchanged; PKCE's is good once, for 90 days, and each use gives the
//! next one.

use std::sync::Arc;

use super::State;
use crate::{oauth::scope::Scopes, timestamp::Timestamp};

#[derive(Clone)]
pub(crate) struct RefreshToken {
    pub(crate) client_id: Arc<str>,
    pub(crate) merchant_id: Arc<str>,
    pub(crate) scopes: Scopes,
    pub(crate) authorization: u64,
    /// Set for PKCE only.
    pub(crate) expires_at: Option<Timestamp>,
    /// The access token that came with it last.
    pub(crate) last_access_token: Option<Arc<str>>,
}

impl RefreshToken {
    pub(crate) fn is_pkce(&self) -> bool {
        self.expires_at.is_some()
    }
}

impl State {
    /// Make a refresh token of PKCE's kind or the code flow's, and say its text and, for PKCE, when
    /// it expires.
    pub(crate) fn issue_refresh_token(
        &mut self,
        token: RefreshToken,
        pkce: bool,
        now: Timestamp,
    ) -> (String, Option<Timestamp>) {
        let text = self.random.credential("EQAA", 60);
        let expires_at = pkce.then(|| now.plus_seconds(PKCE_LIFE_S));
        let merchant_id = Arc::clone(&token.merchant_id);
        let room = self.tokens_per_seller();
        let token = RefreshToken {
            expires_at,
            ..token
        };
        self.refresh_tokens.insert(&merchant_id, &text, token, room);
        (text, expires_at)
    }
}

const PKCE_LIFE_S: i64 = 90 * 24 * 60 * 60;
