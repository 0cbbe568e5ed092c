//! `GET state`: everything the emulator knows, credentials too.

use serde_json::{Value, json};

use super::{clock, faults};
use crate::{state::State, timestamp::Timestamp};

pub(super) fn show(state: &State, now: Timestamp) -> Value {
    let merchants = || state.sellers().iter().map(|seller| &*seller.merchant_id);
    let faults = faults::list(state);
    json!({
        "seed": state.seed,
        "clock": clock::show(state),
        "switches": state.switches,
        "applications": state.applications.iter().map(application).collect::<Vec<_>>(),
        "sellers": state.sellers().iter().map(seller).collect::<Vec<_>>(),
        "codes": codes(state, now),
        "access_tokens": access_tokens(state, now, merchants()),
        "refresh_tokens": refresh_tokens(state, now, merchants()),
        "faults": faults.get("faults"),
        "requests": state.log.latest(),
    })
}

fn application(application: &crate::state::Application) -> Value {
    json!({
        "name": application.name,
        "client_id": application.client_id,
        "client_secret": application.client_secret.as_ref().map(|secret| secret.expose()),
        "redirect_uri": application.redirect_uri,
        "square_version": application.square_version,
        "disabled": application.disabled,
        "webhook": {
            "url": application.webhook_url,
            "key": application.webhook_key.expose(),
            "hold": application.hold_webhooks,
        },
    })
}

fn seller(seller: &crate::state::Seller) -> Value {
    json!({
        "name": seller.name,
        "merchant_id": seller.merchant_id,
        "personal_token": seller.personal_token.expose(),
        "migration_token": seller.migration_token.expose(),
        "locations": seller
            .locations
            .iter()
            .map(|location| json!({"id": location.id, "name": location.name}))
            .collect::<Vec<_>>(),
    })
}

fn codes(state: &State, now: Timestamp) -> Vec<Value> {
    let show = |(text, code): (&str, &crate::state::Code)| {
        let standing = match code.expires_at > now {
            _ if code.used => "used",
            true => "live",
            false => "expired",
        };
        json!({
            "code": text,
            "client_id": code.client_id,
            "merchant_id": code.merchant_id,
            "scopes": code.scopes,
            "redirect_uri": code.redirect_uri,
            "pkce": code.code_challenge.is_some(),
            "expires_at": code.expires_at,
            "standing": standing,
        })
    };
    state.codes.iter().map(show).collect()
}

fn access_tokens<'a>(
    state: &'a State,
    now: Timestamp,
    merchants: impl Iterator<Item = &'a str>,
) -> Vec<Value> {
    let show = |(text, token): (&str, &crate::state::AccessToken)| {
        json!({
            "access_token": text,
            "client_id": token.client_id,
            "merchant_id": token.merchant_id,
            "scopes": token.scopes,
            "expires_at": token.expires_at,
            "short_lived": token.short_lived,
            "standing": token.standing(now).name(),
        })
    };
    state
        .access_tokens
        .of_sellers(merchants)
        .map(show)
        .collect()
}

fn refresh_tokens<'a>(
    state: &'a State,
    now: Timestamp,
    merchants: impl Iterator<Item = &'a str>,
) -> Vec<Value> {
    let show = |(text, token): (&str, &crate::state::RefreshToken)| {
        let live = token.expires_at.is_none_or(|end| end > now);
        json!({
            "refresh_token": text,
            "client_id": token.client_id,
            "merchant_id": token.merchant_id,
            "scopes": token.scopes,
            "pkce": token.is_pkce(),
            "expires_at": token.expires_at,
            "standing": if live { "live" } else { "expired" },
        })
    };
    state
        .refresh_tokens
        .of_sellers(merchants)
        .map(show)
        .collect()
}
