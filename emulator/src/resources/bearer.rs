//! `Authorization: Bearer TOKEN`: what a token opens, and how it is refused (codes documented,
//! texts seen in the field).

use hyper::{StatusCode, header::AUTHORIZATION};

use crate::{
    http::call::Call,
    oauth::Refusal,
    state::{AccessToken, Seller, Standing, State},
};

/// The token of the header, if it is one.
pub(crate) fn token(call: &Call) -> Option<&str> {
    let header = call.header(AUTHORIZATION)?;
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The seller whose data the call may see, given that its token holds `scope`.
pub(super) fn authorize<'a>(
    state: &'a State,
    call: &Call,
    scope: &str,
) -> Result<(&'a AccessToken, &'a Seller), Refusal> {
    let Some(text) = token(call) else {
        let text = "The `Authorization` http header of your request was malformed. The header value is \
                    expected to be of the format \"Bearer TOKEN\" (without quotation marks).";
        return Err(Refusal::unauthorized(text));
    };
    let unknown = || Refusal::unauthorized("This request could not be authorized.");
    let token = state.access_token(text).ok_or_else(unknown)?;
    match token.standing(call.now) {
        Standing::Live => {}
        Standing::Expired => {
            return Err(dead(
                "ACCESS_TOKEN_EXPIRED",
                "The access token has expired.",
            ));
        }
        Standing::Revoked => {
            return Err(dead(
                "ACCESS_TOKEN_REVOKED",
                "The access token has been revoked.",
            ));
        }
    }
    if !token.scopes.iter().any(|held| held == scope) {
        let text = format!(
            "The merchant has not given your application sufficient permissions to do that. The \
             merchant must authorize your application for the following scopes: {scope}"
        );
        let status = StatusCode::FORBIDDEN;
        return Err(Refusal::errors(
            status,
            "AUTHENTICATION_ERROR",
            "INSUFFICIENT_SCOPES",
            text,
        ));
    }
    let seller = state.seller(&token.merchant_id).ok_or_else(unknown)?;
    Ok((token, seller))
}

fn dead(code: &str, text: &str) -> Refusal {
    Refusal::errors(StatusCode::UNAUTHORIZED, "AUTHENTICATION_ERROR", code, text)
}
