//! The grant `refresh_token`, of both flows.

use super::{Options, answer::Tokens, authorization_code::secret_beside_pkce};
use crate::{
    config::EarlyRefresh,
    oauth::{Fields, Refusal, client, scope},
    state::{Kind, NewAccessToken, RefreshToken, Standing, State},
    timestamp::Timestamp,
};

pub(super) fn refresh(
    state: &mut State,
    fields: &Fields,
    client_id: &str,
    options: Options,
    now: Timestamp,
) -> Result<Tokens, Refusal> {
    let secret = fields.optional("client_secret", 2, 1024)?;
    let text = fields.required("refresh_token", 2, 1024)?;
    let wanted = fields.list("scopes")?;
    client::authenticate(state, client_id, secret)?;

    let held = state
        .refresh_tokens
        .get(text)
        .filter(|token| &*token.client_id == client_id)
        .filter(|token| token.expires_at.is_none_or(|end| end > now));
    let Some(held) = held.cloned() else {
        return Err(Refusal::dead_grant(
            state.switches.refresh_errors,
            "Invalid refresh token",
        ));
    };
    match (held.is_pkce(), secret) {
        (true, Some(_)) if !state.switches.secret_with_pkce => {
            return Err(secret_beside_pkce("refresh_token"));
        }
        (false, None) => return Err(fields.missing("client_secret")),
        _ => {}
    }
    let same = if wanted.is_none() {
        same_access_token(state, &held, options, now)
    } else {
        None
    };
    let (access_token, expires_at) = match same {
        Some(same) => same,
        None => {
            let scopes = wanted.map_or_else(
                || held.scopes.clone(),
                |wanted| scope::narrow(&held.scopes, &wanted),
            );
            if scopes.is_empty() {
                let text = "none of the scopes asked for is held by this authorization";
                return Err(Refusal::invalid("INVALID_VALUE", text).field("scopes"));
            }
            new_access_token(state, &held, scopes, options, now)?
        }
    };
    let (refresh_token, refresh_token_expires_at) =
        next_refresh_token(state, text, held.clone(), &access_token, now);

    let left_out = !held.is_pkce() && !state.switches.refresh_reply_has_refresh_token
        || options.short_lived && !state.switches.short_lived_reply_has_refresh_token;
    Ok(Tokens {
        access_token,
        token_type: "bearer",
        expires_at: expires_at.to_seconds_text(),
        merchant_id: held.merchant_id.to_string(),
        refresh_token: (!left_out).then_some(refresh_token),
        short_lived: options.short_lived,
        refresh_token_expires_at: refresh_token_expires_at
            .filter(|_| !left_out)
            .map(Timestamp::to_seconds_text),
    })
}

/// The access token there is, where early refreshes are switched to give it again.
fn same_access_token(
    state: &State,
    held: &RefreshToken,
    options: Options,
    now: Timestamp,
) -> Option<(String, Timestamp)> {
    if state.switches.early_refresh != EarlyRefresh::SameToken {
        return None;
    }
    let text = held.last_access_token.as_deref()?;
    let token = state.access_tokens.get(text)?;
    let usable = token.standing(now) == Standing::Live && token.short_lived == options.short_lived;
    usable.then_some((text.to_owned(), token.expires_at?))
}

fn new_access_token(
    state: &mut State,
    held: &RefreshToken,
    scopes: scope::Scopes,
    options: Options,
    now: Timestamp,
) -> Result<(String, Timestamp), Refusal> {
    if !state.switches.old_tokens_survive_refresh {
        let own = Kind::Oauth {
            authorization: held.authorization,
        };
        state
            .access_tokens
            .change_of_seller(&held.merchant_id, |token| {
                token.revoked |= token.kind == own;
            });
    }
    let new = NewAccessToken {
        client_id: held.client_id.clone(),
        merchant_id: held.merchant_id.clone(),
        scopes,
        authorization: held.authorization,
        short_lived: options.short_lived,
        use_jwt: options.use_jwt,
    };
    state.issue_access_token(new, now)
}

/// The code flow's refresh token comes back as it is; PKCE's is spent, and the next one takes its
/// place.
fn next_refresh_token(
    state: &mut State,
    text: &str,
    held: RefreshToken,
    access_token: &str,
    now: Timestamp,
) -> (String, Option<Timestamp>) {
    let last_access_token = Some(access_token.into());
    if held.is_pkce() {
        state.refresh_tokens.remove(text);
        let next = RefreshToken {
            last_access_token,
            ..held
        };
        return state.issue_refresh_token(next, true, now);
    }
    if let Some(token) = state.refresh_tokens.get_mut(text) {
        token.last_access_token = last_access_token;
    }
    (text.to_owned(), None)
}
