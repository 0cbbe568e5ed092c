//! Access tokens: 30 days, 24 hours when short-lived, never when personal (documented).

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{Application, Seller, State};
use crate::{
    config::TokenLimit,
    oauth::{
        Refusal,
        scope::{self, Scopes},
    },
    timestamp::Timestamp,
};

pub(crate) struct AccessToken {
    pub(crate) client_id: Arc<str>,
    pub(crate) merchant_id: Arc<str>,
    pub(crate) scopes: Scopes,
    /// Never, for personal tokens.
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) short_lived: bool,
    pub(crate) kind: Kind,
    pub(crate) revoked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Issued under the authorization of this number.
    Oauth { authorization: u64 },
    /// The seller's own.
    Personal,
    /// From before refresh tokens came: good for the `migration_token` grant.
    Legacy,
}

/// What a token is worth at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    Live,
    Expired,
    Revoked,
}

impl Standing {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl AccessToken {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.expires_at {
            _ if self.revoked => Standing::Revoked,
            Some(end) if end <= now => Standing::Expired,
            _ => Standing::Live,
        }
    }

    pub(super) fn personal(application: &Application, seller: &Seller) -> Self {
        Self {
            client_id: Arc::clone(&application.client_id),
            merchant_id: Arc::clone(&seller.merchant_id),
            scopes: scope::every(),
            expires_at: None,
            short_lived: false,
            kind: Kind::Personal,
            revoked: false,
        }
    }

    pub(super) fn before_refresh_tokens(
        application: &Application,
        seller: &Seller,
        now: Timestamp,
    ) -> Self {
        Self {
            scopes: scope::default(),
            expires_at: Some(now.plus_seconds(LIFE_S)),
            kind: Kind::Legacy,
            ..Self::personal(application, seller)
        }
    }
}

/// What a new access token is to be.
pub(crate) struct NewAccessToken {
    pub(crate) client_id: Arc<str>,
    pub(crate) merchant_id: Arc<str>,
    pub(crate) scopes: Scopes,
    pub(crate) authorization: u64,
    pub(crate) short_lived: bool,
    pub(crate) use_jwt: bool,
}

impl State {
    /// Make an access token and say its text and when it expires.
    pub(crate) fn issue_access_token(
        &mut self,
        new: NewAccessToken,
        now: Timestamp,
    ) -> Result<(String, Timestamp), Refusal> {
        let room = self.tokens_per_seller();
        if self.switches.token_limit == TokenLimit::Quota
            && self.live_tokens(&new.merchant_id, now) >= room
        {
            return Err(Refusal::token_quota().retry_after(self.switches.retry_after_s));
        }
        let life = if new.short_lived {
            SHORT_LIFE_S
        } else {
            LIFE_S
        };
        let expires_at = now.plus_seconds(life);
        let text = if new.use_jwt {
            self.jwt(&new, expires_at)
        } else {
            self.random.credential("EAAA", 60)
        };
        let merchant_id = Arc::clone(&new.merchant_id);
        let token = AccessToken {
            client_id: new.client_id,
            merchant_id: new.merchant_id,
            scopes: new.scopes,
            expires_at: Some(expires_at),
            short_lived: new.short_lived,
            kind: Kind::Oauth {
                authorization: new.authorization,
            },
            revoked: false,
        };
        self.access_tokens.insert(&merchant_id, &text, token, room);
        Ok((text, expires_at))
    }

    fn live_tokens(&self, merchant_id: &str, now: Timestamp) -> usize {
        self.access_tokens
            .of_seller(merchant_id)
            .filter(|(_, token)| token.standing(now) == Standing::Live)
            .count()
    }

    /// A JSON Web Token. Square's documentation says no more than "JWT": claims and signature are a
    /// convention of ours, and clients must not look inside.
    fn jwt(&mut self, new: &NewAccessToken, expires_at: Timestamp) -> String {
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let claims = json!({
            "iss": "square-oauth-emulator",
            "sub": &*new.merchant_id,
            "exp": expires_at.millis() / 1000,
            "jti": self.random.uuid(),
        });
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signature = self.random.credential("", 43);
        format!("{}.{}.{signature}", part(header), part(claims))
    }
}

const LIFE_S: i64 = 30 * 24 * 60 * 60;
const SHORT_LIFE_S: i64 = 24 * 60 * 60;
