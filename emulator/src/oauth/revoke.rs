//! `POST /oauth2/revoke`: with the application secret in the header, `Authorization: Client SECRET`
//! (documented).

use hyper::{StatusCode, header::AUTHORIZATION};
use serde_json::json;

use super::{Fields, Refusal, refusal::INVALID_REQUEST, square_version};
use crate::{
    http::{
        call::Call,
        reply::{self, Reply},
    },
    state::{Revoker, Standing, State},
};

pub(crate) fn answer(state: &mut State, call: &Call) -> Reply {
    revoke(state, call).unwrap_or_else(Refusal::into_reply)
}

fn revoke(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    let secret = client_secret(call)?;
    let version = square_version::requested(call)?;
    let fields = Fields::read(call, &state.switches)?;
    let client_id = fields.optional("client_id", 1, 191)?;
    let access_token = fields.optional("access_token", 2, 1024)?;
    let merchant_id = fields.optional("merchant_id", 1, 191)?;
    let only_this = fields.flag("revoke_only_access_token")?;

    // `client_id` is nullable in Square's specification; without it the secret says which
    // application it is.
    let application = state.applications.iter().find(|application| {
        application.has_secret(secret)
            && client_id.is_none_or(|client_id| client_id == &*application.client_id)
    });
    let application = application.ok_or_else(Refusal::not_authorized)?;
    let client_id = application.client_id.clone();

    match (access_token, merchant_id) {
        (Some(_), Some(_)) => {
            let text = "parameters 'access_token' and 'merchant_id' cannot be given together";
            return Err(Refusal::invalid("CONFLICTING_PARAMETERS", text));
        }
        (None, None) => return Err(fields.missing("access_token")),
        (None, Some(_)) if only_this => {
            // A convention: to end everything for who meant one token would be worse.
            let text =
                "parameters 'revoke_only_access_token' and 'merchant_id' cannot be given together";
            return Err(Refusal::invalid("CONFLICTING_PARAMETERS", text));
        }
        (None, Some(merchant_id)) => {
            if !state.revoke_all(&client_id, merchant_id, Revoker::Application, call.now) {
                return Err(not_found());
            }
        }
        (Some(text), None) => revoke_by_token(state, &client_id, text, only_this, call)?,
    }
    let reply = reply::json(StatusCode::OK, &json!({"success": true}));
    Ok(square_version::stamp(reply, version, state, &client_id))
}

fn revoke_by_token(
    state: &mut State,
    client_id: &str,
    text: &str,
    only_this: bool,
    call: &Call,
) -> Result<(), Refusal> {
    let token = state.access_tokens.get_mut(text).filter(|token| {
        &*token.client_id == client_id && token.standing(call.now) == Standing::Live
    });
    let token = token.ok_or_else(not_found)?;
    if only_this {
        // The authorization lives on, so there is no webhook: its text says that *all* tokens are
        // gone.
        token.revoked = true;
        return Ok(());
    }
    let merchant_id = token.merchant_id.clone();
    state.revoke_all(client_id, &merchant_id, Revoker::Application, call.now);
    Ok(())
}

/// Both refusals were seen in the field; the type of the first is our convention.
fn client_secret(call: &Call) -> Result<&str, Refusal> {
    let Some(header) = call.header(AUTHORIZATION) else {
        let text = "missing authorization header";
        let kind = "bad_request.missing_parameter";
        return Err(Refusal::message(StatusCode::BAD_REQUEST, kind, text));
    };
    let secret = header
        .strip_prefix("Client ")
        .filter(|secret| !secret.is_empty());
    secret.ok_or_else(|| {
        let text = "bad authorization header";
        Refusal::message(
            StatusCode::BAD_REQUEST,
            "bad_request.invalid_parameter",
            text,
        )
    })
}

/// Seen in the field for a token; by analogy for a merchant.
fn not_found() -> Refusal {
    let text = "access token not found";
    Refusal::errors(StatusCode::NOT_FOUND, INVALID_REQUEST, "NOT_FOUND", text)
}
