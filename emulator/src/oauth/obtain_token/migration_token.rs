//! The grant `migration_token`: an access token from before 2019-03-13 gives an access and a
//! refresh token, as often as is asked while the old token is valid (documented, legacy).

use super::{Options, answer::Tokens};
use crate::{
    oauth::{Fields, Refusal, client},
    state::{Kind, NewAccessToken, RefreshToken, Standing, State},
    timestamp::Timestamp,
};

pub(super) fn migrate(
    state: &mut State,
    fields: &Fields,
    client_id: &str,
    options: Options,
    now: Timestamp,
) -> Result<Tokens, Refusal> {
    let secret = fields.required("client_secret", 2, 1024)?;
    let text = fields.required("migration_token", 2, 1024)?;
    client::authenticate(state, client_id, Some(secret))?;

    let old = state.access_token(text).filter(|token| {
        token.kind == Kind::Legacy
            && &*token.client_id == client_id
            && token.standing(now) == Standing::Live
    });
    let Some(old) = old else {
        // Our convention, by analogy with refresh tokens: the real answer is not known.
        let shape = state.switches.refresh_errors;
        return Err(Refusal::dead_grant(shape, "Invalid migration token"));
    };
    let (client_id, merchant_id) = (old.client_id.clone(), old.merchant_id.clone());
    let scopes = old.scopes.clone();
    let authorization = state.new_authorization();
    let (access_token, expires_at) = state.issue_access_token(
        NewAccessToken {
            client_id: client_id.clone(),
            merchant_id: merchant_id.clone(),
            scopes: scopes.clone(),
            authorization,
            short_lived: options.short_lived,
            use_jwt: options.use_jwt,
        },
        now,
    )?;
    let refresh = RefreshToken {
        client_id,
        merchant_id: merchant_id.clone(),
        scopes,
        authorization,
        expires_at: None,
        last_access_token: Some(access_token.as_str().into()),
    };
    let (refresh_token, _) = state.issue_refresh_token(refresh, false, now);
    Ok(Tokens {
        access_token,
        token_type: "bearer",
        expires_at: expires_at.to_seconds_text(),
        merchant_id: merchant_id.to_string(),
        refresh_token: Some(refresh_token),
        short_lived: options.short_lived,
        refresh_token_expires_at: None,
    })
}
