//! The client: one function for each of the core's. Requests and options come in one piece, as JSON.

use square_oauth::{
    Application, AuthorizationCode, Authorize, ClientOptions, OAuthClient, OAuthError, ObtainToken,
    RefreshToken, RevokeToken, Secret,
    binding::Given,
    protocol::{self, Exchange, Setup},
    scopes,
};
use wasm_bindgen::prelude::*;

use crate::{call, callback, clients, clients::with, environment, error::thrown, host, records};

/// Without a secret it is a public one.
fn application(given: &Given<'_>) -> Application {
    let id = given.text("applicationId").unwrap_or_default();
    let previous = given.secret("previousApplicationSecret");
    match (given.secret("applicationSecret"), previous) {
        (Some(secret), Some(previous)) => Application::confidential_rotating(id, secret, previous),
        (Some(secret), None) => Application::confidential(id, secret),
        (None, _) => Application::public(id),
    }
}

fn options(given: &Given<'_>) -> ClientOptions {
    let default = ClientOptions::default();
    ClientOptions {
        timeout: given.duration("timeout").unwrap_or(default.timeout),
        pending_lifetime: given
            .duration("pendingLifetime")
            .unwrap_or(default.pending_lifetime),
        square_version: match given.is_null("squareVersion") {
            true => None,
            false => given.text("squareVersion").or(default.square_version),
        },
    }
}

/// Checks everything that can be checked without sending.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn client(given: String) -> Result<usize, JsValue> {
    let given = Secret::from(given);
    let given = Given::read(&given);
    let client = environment::read(&given).and_then(|environment| {
        let (application, options) = (application(&given), options(&given));
        OAuthClient::with_host(environment, application, &options, host::host())
    });
    client.map(clients::add).map_err(thrown)
}

/// `authorize`.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn authorize(client: usize, given: String) -> Result<JsValue, JsValue> {
    let given = Secret::from(given);
    let options = asked(&Given::read(&given));
    let authorized = with(client, |client| {
        Ok(records::authorization(&client.authorize(options)?))
    });
    authorized.map_err(thrown)
}

/// `check_callback`.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn check(client: usize, callback: String, pending: String) -> Result<JsValue, JsValue> {
    // A code is in the one and, of a public application, its verifier in the other.
    let [callback, pending] = [callback, pending].map(Secret::from);
    let checked = with(client, |client| {
        let callback = client.check_callback(callback.expose(), pending.expose())?;
        Ok(callback::kept(&callback))
    });
    checked.map_err(thrown)
}

/// `obtain_token` with a token, or else with a callback, which is among the rest; like all that
/// follow, it yields the number of a call.
#[wasm_bindgen]
#[must_use]
pub fn obtain(client: usize, given: String, token: Option<String>, is_migration: bool) -> usize {
    let given = Secret::from(given);
    let given = Given::read(&given);
    let (short_lived, use_jwt) = (given.flag("shortLived"), given.flag("useJwt"));
    let request = match token {
        Some(token) if is_migration => ObtainToken::migration_token(token),
        Some(token) => ObtainToken::RefreshToken(RefreshToken {
            refresh_token: token.into(),
            scopes: scopes(given.texts("scopes")),
            short_lived,
            use_jwt,
        }),
        None => ObtainToken::AuthorizationCode(AuthorizationCode {
            callback: callback::read(&given),
            short_lived,
            use_jwt,
        }),
    };
    let exchange = |setup: &_| protocol::obtain_token(setup, &request);
    begin(client, exchange, |tokens| Ok(records::tokens(&tokens?)))
}

/// `revoke_token`, of what the name of its option says.
#[wasm_bindgen]
#[must_use]
pub fn revoke(client: usize, which: &str, value: String) -> usize {
    let request = match which {
        "all" => RevokeToken::all(value),
        "only" => RevokeToken::only(value),
        _ => RevokeToken::all_by_token(value),
    };
    let exchange = |setup: &_| protocol::revoke_token(setup, &request);
    begin(client, exchange, done)
}

/// `retrieve_token_status`.
#[wasm_bindgen]
#[must_use]
pub fn status(client: usize, access_token: String) -> usize {
    let access_token = access_token.into();
    let exchange = |setup: &_| protocol::retrieve_token_status(setup, &access_token);
    begin(client, exchange, |status| Ok(records::status(&status?)))
}

/// `check_application`.
#[wasm_bindgen]
#[must_use]
pub fn check_application(client: usize) -> usize {
    begin(client, protocol::check_application, |answer| {
        done(protocol::checked(answer))
    })
}

/// Begins a call of a client's.
pub(crate) fn begin<T: 'static>(
    client: usize,
    exchange: impl FnOnce(&Setup) -> Result<Exchange<T>, OAuthError>,
    finish: impl FnOnce(Result<T, OAuthError>) -> Result<JsValue, OAuthError> + 'static,
) -> usize {
    with(client, |client| {
        Ok(call::begin(client, exchange(client.setup()), finish))
    })
    .unwrap_or_else(|error| call::ended(Err(error)))
}

/// What a seller is asked for.
pub(crate) fn asked(given: &Given<'_>) -> Authorize {
    Authorize {
        scopes: scopes(given.texts("scopes")),
        session: given.flag("session"),
        locale: given.text("locale"),
        redirect_uri: given.text("redirectUri"),
    }
}

/// Undefined means that a call still waits, so nothing is `null`.
fn done(result: Result<(), OAuthError>) -> Result<JsValue, OAuthError> {
    result.map(|()| JsValue::NULL)
}
