//! `POST /oauth2/revoke`, with the header that no SDK gets right by itself.

use super::{
    Setup,
    answer::{Call, Fields},
    exchange::{Exchange, Parts, Repeat},
    json::Object,
};
use crate::{
    error::{OAuthError, code},
    host::HttpResponse,
    model::{RevokeToken, Secret, input},
};

/// Makes the request that revokes. It may be sent again: what is gone stays gone.
///
/// # Errors
/// `InvalidInput`, naming the field; `Configuration` with code `secret_required` for a public
/// application.
pub fn revoke_token(setup: &Setup, request: &RevokeToken) -> Result<Exchange<()>, OAuthError> {
    let Some(secret) = setup.application.credentials.secret() else {
        return Err(OAuthError::new(code::SECRET_REQUIRED).with_field("application_secret"));
    };
    let (merchant_id, access_token) = match request {
        RevokeToken::All { merchant_id } => (Some(merchant_id), None),
        RevokeToken::AllByToken { access_token } | RevokeToken::Only { access_token } => {
            (None, Some(access_token))
        }
    };
    if let Some(merchant_id) = merchant_id {
        input::typed("merchant_id", merchant_id, 8, 191)?;
    }
    if let Some(access_token) = access_token {
        input::issued("access_token", access_token.expose())?;
    }
    let mut body = Object::new();
    body.text("client_id", &setup.application.id);
    body.maybe("merchant_id", merchant_id.map(String::as_str));
    body.maybe("access_token", access_token.map(Secret::expose));
    let is_only = matches!(request, RevokeToken::Only { .. });
    body.flag("revoke_only_access_token", is_only);
    let parts = Parts {
        body: body.end(),
        authorization: Some(["Client ", secret.expose()].concat().into()),
        secrets: &[access_token],
    };
    let mut exchange = Exchange::new(setup, Call::RevokeToken, Repeat::Freely, parts, read);
    exchange.already_done = Some((code::TOKEN_NOT_FOUND, || ()));
    Ok(exchange)
}

fn read(
    exchange: &Exchange<()>,
    fields: &Fields<'_>,
    response: &HttpResponse,
) -> Result<(), OAuthError> {
    let unusable = |code| exchange.question().unusable(code, "success", response);
    match fields.bool("success") {
        Some(true) => Ok(()),
        Some(false) => Err(unusable(code::REQUEST_REJECTED).with_text("is false in the answer")),
        // Something else than Square may have answered; asking again does no harm.
        None => Err(unusable(code::ANSWER_INCOMPLETE)),
    }
}
