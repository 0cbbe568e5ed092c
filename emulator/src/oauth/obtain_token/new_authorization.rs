//! The first tokens of an authorization, whichever grant brought it about.

use std::sync::Arc;

use super::{Options, answer::Tokens};
use crate::{
    oauth::{Refusal, scope::Scopes},
    state::{NewAccessToken, RefreshToken, State},
    timestamp::Timestamp,
};

/// What a seller has allowed an application.
pub(super) struct Authorization {
    pub(super) client_id: Arc<str>,
    pub(super) merchant_id: Arc<str>,
    pub(super) scopes: Scopes,
    /// Which kind of refresh token it gets.
    pub(super) pkce: bool,
}

/// Issue an access token and a refresh token.
pub(super) fn issue(
    state: &mut State,
    new: Authorization,
    options: Options,
    now: Timestamp,
) -> Result<Tokens, Refusal> {
    let authorization = state.new_authorization();
    let (access_token, expires_at) = state.issue_access_token(
        NewAccessToken {
            client_id: Arc::clone(&new.client_id),
            merchant_id: Arc::clone(&new.merchant_id),
            scopes: Arc::clone(&new.scopes),
            authorization,
            short_lived: options.short_lived,
            use_jwt: options.use_jwt,
        },
        now,
    )?;
    let merchant_id = new.merchant_id.to_string();
    let left_out = options.short_lived && !state.switches.short_lived_reply_has_refresh_token;
    let refresh = (!left_out).then(|| {
        let token = RefreshToken {
            client_id: new.client_id,
            merchant_id: new.merchant_id,
            scopes: new.scopes,
            authorization,
            expires_at: None,
            last_access_token: Some(access_token.as_str().into()),
        };
        state.issue_refresh_token(token, new.pkce, now)
    });
    let (refresh_token, refresh_token_expires_at) = refresh.unzip();
    Ok(Tokens {
        access_token,
        token_type: "bearer",
        expires_at: expires_at.to_seconds_text(),
        merchant_id,
        refresh_token,
        short_lived: options.short_lived,
        refresh_token_expires_at: refresh_token_expires_at
            .flatten()
            .map(Timestamp::to_seconds_text),
    })
}
