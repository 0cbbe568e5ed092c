//! `POST /oauth2/token/status`: what Square says of an access token.

use super::{
    Setup,
    answer::{Call, Fields, Node, Text},
    exchange::{Exchange, Parts, Repeat},
};
use crate::{
    error::{OAuthError, code},
    host::HttpResponse,
    model::{Scope, Secret, Timestamp, TokenStatus, input, scopes},
};

/// Makes the request that asks about an access token. It may be sent again.
///
/// # Errors
/// `InvalidInput` with field `access_token`.
pub fn retrieve_token_status(
    setup: &Setup,
    access_token: &Secret,
) -> Result<Exchange<TokenStatus>, OAuthError> {
    input::issued("access_token", access_token.expose())?;
    let parts = Parts {
        body: "".into(),
        authorization: Some(["Bearer ", access_token.expose()].concat().into()),
        secrets: &[Some(access_token)],
    };
    Ok(Exchange::new(
        setup,
        Call::RetrieveTokenStatus,
        Repeat::Freely,
        parts,
        read,
    ))
}

fn read(
    exchange: &Exchange<TokenStatus>,
    fields: &Fields<'_>,
    response: &HttpResponse,
) -> Result<TokenStatus, OAuthError> {
    let question = exchange.question();
    let error = |code, field| question.unusable(code, field, response);
    let required = |field| question.required(fields, field, response);
    // Absent, null and "" all mean never; what cannot be read must not make a token immortal.
    let expires_at = if fields.has("expires_at") {
        let moment = fields
            .text("expires_at")
            .and_then(|text| Timestamp::read(text.as_str()));
        Some(moment.ok_or_else(|| error(code::ANSWER_MALFORMED, "expires_at"))?)
    } else {
        None
    };
    let listed = fields.node("scopes").and_then(Node::list);
    let listed = listed.ok_or_else(|| error(code::ANSWER_INCOMPLETE, "scopes"))?;
    Ok(TokenStatus {
        scopes: scopes(listed.into_iter().filter_map(Node::text).filter_map(scope)),
        expires_at,
        client_id: required("client_id")?,
        merchant_id: required("merchant_id")?,
    })
}

/// A name that could not stand in a request, or would garble a log, is none that was granted.
fn scope(name: Text<'_>) -> Option<Scope> {
    input::is_visible_ascii(name.as_str()).then(|| name.as_str().into())
}
