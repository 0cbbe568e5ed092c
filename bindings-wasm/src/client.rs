//! The client: one method for each of the core's.

use core::time::Duration;

use square_oauth::{
    Application, AuthorizationCode, Authorize, ClientOptions, OAuthClient, OAuthError, ObtainToken,
    RefreshToken, RevokeToken, protocol, scopes,
};
use wasm_bindgen::prelude::*;

use crate::{call, callback::Callback, environment, error::thrown, host, records};

/// The core's client over the host's ports.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Client(pub(crate) OAuthClient);

/// What `Square-Version` is asked for: absent means the default, and an empty text none at all.
fn options(
    timeout: Option<f64>,
    pending_lifetime: Option<f64>,
    square_version: Option<String>,
    no_version: bool,
) -> ClientOptions {
    let default = ClientOptions::default();
    ClientOptions {
        timeout: timeout.map_or(default.timeout, milliseconds),
        pending_lifetime: pending_lifetime.map_or(default.pending_lifetime, milliseconds),
        square_version: match no_version {
            true => None,
            false => square_version.or(default.square_version),
        },
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast that saturates: what is out of range stays so"
)]
fn milliseconds(number: f64) -> Duration {
    Duration::from_millis(number as u64)
}

#[wasm_bindgen]
impl Client {
    /// Checks everything that can be checked without sending. Without a secret the application is
    /// a public one.
    ///
    /// # Errors
    /// The core's own.
    #[wasm_bindgen(constructor)]
    #[allow(
        clippy::too_many_arguments,
        reason = "called at one place, from a record with names"
    )]
    pub fn new(
        environment: &str,
        is_insecure: bool,
        authorize_url: Option<String>,
        id: String,
        secret: Option<String>,
        previous_secret: Option<String>,
        timeout: Option<f64>,
        pending_lifetime: Option<f64>,
        square_version: Option<String>,
        no_version: bool,
    ) -> Result<Self, JsValue> {
        let application = match (secret, previous_secret) {
            (Some(secret), Some(previous)) => {
                Application::confidential_rotating(id, secret, previous)
            }
            (Some(secret), None) => Application::confidential(id, secret),
            (None, _) => Application::public(id),
        };
        let options = options(timeout, pending_lifetime, square_version, no_version);
        environment::read(environment, is_insecure, authorize_url.as_deref())
            .and_then(|environment| {
                OAuthClient::with_host(environment, application, &options, host::host())
            })
            .map(Self)
            .map_err(thrown)
    }

    /// `authorize`.
    ///
    /// # Errors
    /// The core's own.
    pub fn authorize(
        &self,
        names: Vec<String>,
        session: bool,
        locale: Option<String>,
        redirect_uri: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let options = Authorize {
            scopes: scopes(names),
            session,
            locale,
            redirect_uri,
        };
        let authorization = self.0.authorize(options).map_err(thrown)?;
        Ok(records::authorization(&authorization))
    }

    /// `check_callback`.
    ///
    /// # Errors
    /// The core's own.
    pub fn check(&self, callback: &str, pending: &str) -> Result<Callback, JsValue> {
        let checked = self.0.check_callback(callback, pending);
        checked.map(Callback).map_err(thrown)
    }

    /// `obtain_token` with a code; like all that follow, it yields the number of a call.
    #[must_use]
    pub fn exchange(&self, callback: &Callback, short_lived: bool, use_jwt: bool) -> usize {
        self.obtain(&ObtainToken::AuthorizationCode(AuthorizationCode {
            callback: callback.0.clone(),
            short_lived,
            use_jwt,
        }))
    }

    /// `obtain_token` with a refresh token.
    #[must_use]
    pub fn refresh(
        &self,
        refresh_token: String,
        names: Vec<String>,
        short_lived: bool,
        use_jwt: bool,
    ) -> usize {
        self.obtain(&ObtainToken::RefreshToken(RefreshToken {
            refresh_token: refresh_token.into(),
            scopes: scopes(names),
            short_lived,
            use_jwt,
        }))
    }

    /// `obtain_token` with a migration token.
    #[must_use]
    pub fn migrate(&self, migration_token: String) -> usize {
        self.obtain(&ObtainToken::migration_token(migration_token))
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

impl Client {
    fn obtain(&self, request: &ObtainToken) -> usize {
        let exchange = protocol::obtain_token(self.0.setup(), request);
        call::begin(&self.0, exchange, |tokens| Ok(records::tokens(&tokens?)))
    }
}

/// Undefined means that a call still waits, so nothing is `null`.
fn done(result: Result<(), OAuthError>) -> Result<JsValue, OAuthError> {
    result.map(|()| JsValue::NULL)
}
