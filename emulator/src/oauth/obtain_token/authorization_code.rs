//! The grant `authorization_code`, of both flows: a code asked for with a `code_challenge` is
//! PKCE's and wants the verifier in place of the secret (documented).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{
    Options,
    answer::Tokens,
    new_authorization::{self, Authorization},
};
use crate::{
    config::ExpiredCode,
    oauth::{Fields, Refusal, client},
    state::{Code, State},
    timestamp::Timestamp,
};

pub(super) fn exchange(
    state: &mut State,
    fields: &Fields,
    client_id: &str,
    options: Options,
    now: Timestamp,
) -> Result<Tokens, Refusal> {
    let secret = fields.optional("client_secret", 2, 1024)?;
    let verifier = fields.optional("code_verifier", 1, 1024)?;
    let redirect_uri = fields.optional("redirect_uri", 1, 2048)?;
    if secret.is_none() && verifier.is_none() {
        return Err(fields.missing("client_secret"));
    }
    let text = fields.required("code", 1, 191)?;
    if secret.is_some() && verifier.is_some() && !state.switches.secret_with_pkce {
        return Err(secret_beside_pkce("code_verifier"));
    }
    client::authenticate(state, client_id, secret)?;

    let code = live_code(state, client_id, text, now)?;
    check_redirect_uri(state, code, redirect_uri)?;
    match (&code.code_challenge, verifier) {
        (Some(_), None) => return Err(fields.missing("code_verifier")),
        (None, _) if secret.is_none() => return Err(fields.missing("client_secret")),
        (Some(challenge), Some(verifier)) if *challenge != s256(verifier) => {
            let text = "parameter 'code_verifier' does not match the code challenge";
            let kind = state.switches.wrong_verifier;
            return Err(Refusal::of_kind(kind, "code_verifier", text));
        }
        _ => {}
    }
    let new = Authorization {
        client_id: code.client_id.clone(),
        merchant_id: code.merchant_id.clone(),
        scopes: code.scopes.clone(),
        pkce: code.code_challenge.is_some(),
    };
    let tokens = new_authorization::issue(state, new, options, now)?;
    state.codes.use_up(text);
    Ok(tokens)
}

/// Our convention: two ways to prove oneself at once are refused, as the documentation asks to
/// leave one out.
pub(super) fn secret_beside_pkce(other: &str) -> Refusal {
    let text = format!("parameter 'client_secret' must be left out in PKCE, beside '{other}'");
    Refusal::invalid("CONFLICTING_PARAMETERS", text).field("client_secret")
}

fn live_code<'a>(
    state: &'a State,
    client_id: &str,
    text: &str,
    now: Timestamp,
) -> Result<&'a Code, Refusal> {
    let shape = state.switches.code_errors;
    let not_found = || {
        Refusal::dead_grant(
            shape,
            format!("Authorization code not found for app {client_id}"),
        )
    };
    // A code belongs to the application that asked for it: another one's is not found (seen in the
    // field).
    let code = state
        .codes
        .get(text)
        .filter(|code| &*code.client_id == client_id);
    let code = code.ok_or_else(not_found)?;
    if code.used {
        return Err(Refusal::dead_grant(
            shape,
            "Authorization code is already claimed",
        ));
    }
    if code.expires_at > now {
        return Ok(code);
    }
    match state.switches.expired_code {
        ExpiredCode::NotFound => Err(not_found()),
        ExpiredCode::Expired => Err(Refusal::dead_grant(shape, "Authorization code is expired")),
    }
}

/// Sent to the authorization page it must be repeated (documented); sent here alone it must be the
/// registered one (our convention).
fn check_redirect_uri(state: &State, code: &Code, given: Option<&str>) -> Result<(), Refusal> {
    let fits = match (&code.redirect_uri, given) {
        (Some(expected), given) => given == Some(expected),
        (None, Some(given)) => state
            .application(&code.client_id)
            .is_some_and(|application| {
                application.takes_redirect_uri(given, code.code_challenge.is_some())
            }),
        (None, None) => true,
    };
    if fits {
        return Ok(());
    }
    let text = "parameter 'redirect_uri' does not match the one of the authorization";
    Err(Refusal::of_kind(
        state.switches.redirect_mismatch,
        "redirect_uri",
        text,
    ))
}

/// RFC 7636 section 4.2. No other method is known to work at Square.
fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::s256;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        assert_eq!(
            s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
