//! The grant `migration_token`: an access token from before 2019-03-13 gives an access and a
//! refresh token, as often as is asked while the old token is valid (documented, legacy).

use super::{
    Options,
    answer::Tokens,
    new_authorization::{self, Authorization},
};
use crate::{
    oauth::{Fields, Refusal, client},
    state::{Kind, Standing, State},
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
    let new = Authorization {
        client_id: old.client_id.clone(),
        merchant_id: old.merchant_id.clone(),
        scopes: old.scopes.clone(),
        pkce: false,
    };
    new_authorization::issue(state, new, options, now)
}
