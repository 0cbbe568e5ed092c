//! What a request is about, for faults to be matched: its grant and its seller, read without
//! judging them.

use super::body::peek;
use crate::{http::call::Call, resources::bearer, state::State};

pub(crate) fn grant(call: &Call) -> Option<String> {
    peek(call, "grant_type")
}

/// The merchant whose code, token or id the request carries.
pub(crate) fn merchant(state: &State, call: &Call) -> Option<String> {
    let of_access_token = |text: &str| {
        state
            .access_token(text)
            .map(|token| token.merchant_id.to_string())
    };
    if let Some(merchant) = bearer::token(call).and_then(of_access_token) {
        return Some(merchant);
    }
    if call.body.is_empty() {
        return None;
    }
    if let Some(text) = peek(call, "refresh_token") {
        return Some(state.refresh_tokens.get(&text)?.merchant_id.to_string());
    }
    if let Some(text) = peek(call, "code") {
        return Some(state.codes.get(&text)?.merchant_id.to_string());
    }
    let token = peek(call, "access_token").or_else(|| peek(call, "migration_token"));
    token
        .as_deref()
        .and_then(of_access_token)
        .or_else(|| peek(call, "merchant_id"))
}
