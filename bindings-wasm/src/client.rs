//! The client: one method for each of the core's.

use square_oauth::{
    Application, AuthorizationCode, Authorize, ClientOptions, OAuthClient, OAuthError, ObtainToken,
    RefreshToken, RevokeToken, Secret, binding::Given, protocol, scopes,
};
use wasm_bindgen::prelude::*;

use crate::{call, callback, environment, error::thrown, host, records};

/// The core's client over the host's ports. Requests and options come in one piece, as JSON.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Client(pub(crate) OAuthClient);

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

#[wasm_bindgen]
impl Client {
    /// Checks everything that can be checked without sending.
    ///
    /// # Errors
    /// The core's own.
    #[wasm_bindgen(constructor)]
    pub fn new(given: String) -> Result<Self, JsValue> {
        let given = Secret::from(given);
        let given = Given::read(&given);
        environment::read(&given)
            .and_then(|environment| {
                let (application, options) = (application(&given), options(&given));
                OAuthClient::with_host(environment, application, &options, host::host())
            })
            .map(Self)
            .map_err(thrown)
    }

    /// `authorize`.
    ///
    /// # Errors
    /// The core's own.
    pub fn authorize(&self, given: String) -> Result<JsValue, JsValue> {
        let given = Secret::from(given);
        let options = authorize(&Given::read(&given));
        let authorization = self.0.authorize(options).map_err(thrown)?;
        Ok(records::authorization(&authorization))
    }

    /// `check_callback`.
    ///
    /// # Errors
    /// The core's own.
    pub fn check(&self, callback: &str, pending: &str) -> Result<JsValue, JsValue> {
        let checked = self.0.check_callback(callback, pending).map_err(thrown)?;
        Ok(callback::kept(&checked))
    }

    /// `obtain_token`, of a token, or of a callback that is among the rest; like all that follow, it
    /// yields the number of a call.
    #[must_use]
    pub fn obtain(
        &self,
        given: String,
        refresh_token: Option<String>,
        migration_token: Option<String>,
    ) -> usize {
        let given = Secret::from(given);
        let given = Given::read(&given);
        let (short_lived, use_jwt) = (given.flag("shortLived"), given.flag("useJwt"));
        let request = match (refresh_token, migration_token) {
            (Some(refresh_token), _) => ObtainToken::RefreshToken(RefreshToken {
                refresh_token: refresh_token.into(),
                scopes: scopes(given.texts("scopes")),
                short_lived,
                use_jwt,
            }),
            (None, Some(token)) => ObtainToken::migration_token(token),
            (None, None) => ObtainToken::AuthorizationCode(AuthorizationCode {
                callback: callback::read(&given),
                short_lived,
                use_jwt,
            }),
        };
        let exchange = protocol::obtain_token(self.0.setup(), &request);
        call::begin(&self.0, exchange, |tokens| Ok(records::tokens(&tokens?)))
    }

    /// `revoke_token`, of what the name of its option says.
    #[must_use]
    pub fn revoke(&self, which: &str, value: String) -> usize {
        let request = match which {
            "all" => RevokeToken::all(value),
            "only" => RevokeToken::only(value),
            _ => RevokeToken::all_by_token(value),
        };
        let exchange = protocol::revoke_token(self.0.setup(), &request);
        call::begin(&self.0, exchange, done)
    }

    /// `retrieve_token_status`.
    #[must_use]
    pub fn status(&self, access_token: String) -> usize {
        let exchange = protocol::retrieve_token_status(self.0.setup(), &access_token.into());
        call::begin(&self.0, exchange, |status| Ok(records::status(&status?)))
    }

    /// `check_application`.
    #[must_use]
    pub fn check_application(&self) -> usize {
        let exchange = protocol::check_application(self.0.setup());
        call::begin(&self.0, exchange, |answer| done(protocol::checked(answer)))
    }
}

/// What a seller is asked for.
pub(crate) fn authorize(given: &Given<'_>) -> Authorize {
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
