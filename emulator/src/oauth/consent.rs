//! What follows from a seller's decision: a code or a denial, on the way back to the application.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::AuthorizationRequest;
use crate::{
    state::{Code, Codes, Standing, State},
    timestamp::Timestamp,
};

/// What a seller can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Decision {
    Allow,
    Deny,
}

/// Carry out the seller's decision and say where the browser goes next.
pub(crate) fn decide(
    state: &mut State,
    request: &AuthorizationRequest,
    merchant_id: &Arc<str>,
    decision: Decision,
    now: Timestamp,
) -> String {
    let echo = request.state.as_deref();
    let parameters = match decision {
        Decision::Allow => {
            let code = issue_code(state, request, merchant_id, now);
            let response_type = state.switches.callback_response_type.then_some("code");
            vec![
                ("code", Some(code)),
                ("response_type", response_type.map(str::to_owned)),
            ]
        }
        Decision::Deny => vec![
            ("error", Some("access_denied".to_owned())),
            ("error_description", Some("user_denied".to_owned())),
        ],
    };
    let echo = echo.filter(|_| decision == Decision::Allow || state.switches.denial_state);
    let pairs = parameters
        .into_iter()
        .chain([("state", echo.map(str::to_owned))])
        .filter_map(|(name, value)| Some((name, value?)));
    callback_url(state, request, pairs)
}

/// Whether this seller has allowed as much before and still has a live token, so that Square would
/// ask nothing (stated by Square's staff and in its samples).
pub(crate) fn is_already_given(
    state: &State,
    request: &AuthorizationRequest,
    merchant_id: &str,
    now: Timestamp,
) -> bool {
    state
        .access_tokens
        .of_seller(merchant_id)
        .any(|(_, token)| {
            token.client_id == request.client_id
                && token.standing(now) == Standing::Live
                && request
                    .scopes
                    .iter()
                    .all(|scope| token.scopes.contains(scope))
        })
}

fn issue_code(
    state: &mut State,
    request: &AuthorizationRequest,
    merchant_id: &Arc<str>,
    now: Timestamp,
) -> String {
    let text = state.random.credential("sandbox-sq0cgb-", 22);
    let code = Code {
        client_id: Arc::clone(&request.client_id),
        merchant_id: Arc::clone(merchant_id),
        scopes: Arc::clone(&request.scopes),
        redirect_uri: request.redirect_uri.clone(),
        code_challenge: request.code_challenge.clone(),
        expires_at: now.plus_seconds(Codes::LIFE_S),
        used: false,
    };
    state.codes.insert(&text, code);
    text
}

fn callback_url(
    state: &State,
    request: &AuthorizationRequest,
    pairs: impl Iterator<Item = (&'static str, String)>,
) -> String {
    let registered = state
        .application(&request.client_id)
        .map_or("", |app| &app.redirect_uri);
    let mut url = request
        .redirect_uri
        .as_deref()
        .unwrap_or(registered)
        .to_owned();
    let mut separator = if url.contains('?') { '&' } else { '?' };
    for (name, value) in pairs {
        url.push(separator);
        url.push_str(name);
        url.push('=');
        url.extend(utf8_percent_encode(&value, EVERYTHING_RESERVED));
        separator = '&';
    }
    if state.switches.callback_fragment {
        url.push_str("#_=_");
    }
    url
}

/// All but RFC 3986's unreserved characters.
const EVERYTHING_RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
