//! What each op takes, and the library's values made from it.

#[path = "../support_values/revocation.rs"]
mod revocation;

pub(crate) use revocation::Revocation;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use square_oauth::{
    Application, Authorize, Callback, ClientOptions, Environment, OAuthError, ObtainToken,
    RefreshToken, Secret, scopes,
};
use std::time::Duration;

use super::format::Config;

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AuthorizeInput {
    scopes: Vec<String>,
    session: bool,
    locale: Option<String>,
    redirect_uri: Option<String>,
    /// 64 bytes in hexadecimal, or the word `fails`.
    pub(crate) random: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnvironmentInput {
    environment: Option<String>,
    insecure_environment: Option<String>,
    authorize_url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttemptInput {
    pub(crate) callback: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallbackInput {
    pub(crate) callback: String,
    pub(crate) pending: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompleteInput {
    pub(crate) callback: String,
    pub(crate) authorize: Option<AuthorizeInput>,
    pub(crate) pending: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "grant", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum ObtainInput {
    AuthorizationCode {
        code: String,
        redirect_uri: Option<String>,
        code_verifier: Option<String>,
        #[serde(default)]
        short_lived: bool,
        #[serde(default)]
        use_jwt: bool,
    },
    RefreshToken {
        refresh_token: String,
        #[serde(default)]
        scopes: Vec<String>,
        #[serde(default)]
        short_lived: bool,
        #[serde(default)]
        use_jwt: bool,
    },
    MigrationToken {
        migration_token: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusInput {
    pub(crate) access_token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookInput {
    pub(crate) body: Option<String>,
    pub(crate) body_base64: Option<String>,
    pub(crate) signature: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoInput {}

pub(crate) fn read<T: DeserializeOwned>(input: &Value) -> T {
    serde_json::from_value(input.clone())
        .unwrap_or_else(|error| panic!("the input is not one of this op: {error}"))
}

impl AuthorizeInput {
    pub(crate) fn options(&self) -> Authorize {
        Authorize {
            scopes: scopes(self.scopes.iter().map(String::as_str)),
            session: self.session,
            locale: self.locale.clone(),
            redirect_uri: self.redirect_uri.clone(),
        }
    }
}

impl EnvironmentInput {
    pub(crate) fn environment(&self) -> Result<Environment, OAuthError> {
        environment(
            self.environment.as_deref(),
            self.insecure_environment.as_deref(),
            self.authorize_url.as_deref(),
        )
    }
}

impl From<ObtainInput> for ObtainToken {
    fn from(input: ObtainInput) -> Self {
        match input {
            ObtainInput::AuthorizationCode {
                code,
                redirect_uri,
                code_verifier,
                short_lived,
                use_jwt,
            } => square_oauth::AuthorizationCode {
                short_lived,
                use_jwt,
                callback: Callback::unchecked(code, redirect_uri, code_verifier.map(Secret::from)),
            }
            .into(),
            ObtainInput::RefreshToken {
                refresh_token,
                scopes: names,
                short_lived,
                use_jwt,
            } => RefreshToken {
                refresh_token: refresh_token.into(),
                scopes: scopes(names),
                short_lived,
                use_jwt,
            }
            .into(),
            ObtainInput::MigrationToken { migration_token } => {
                Self::migration_token(migration_token)
            }
        }
    }
}

impl Config {
    pub(crate) fn environment(&self) -> Result<Environment, OAuthError> {
        environment(
            self.environment.as_deref(),
            self.insecure_environment.as_deref(),
            self.authorize_url.as_deref(),
        )
    }

    pub(crate) fn application(&self) -> Application {
        let id = self.application_id.as_deref().expect("an application_id");
        match (&self.application_secret, &self.previous_application_secret) {
            (None, None) if self.public => Application::public(id),
            (Some(secret), None) if !self.public => Application::confidential(id, secret),
            (Some(secret), Some(previous)) if !self.public => {
                Application::confidential_rotating(id, secret, previous)
            }
            _ => panic!("the config is neither a public nor a confidential application"),
        }
    }

    pub(crate) fn options(&self) -> ClientOptions {
        let usual = ClientOptions::default();
        let ms = |given: Option<u64>, usual| given.map_or(usual, Duration::from_millis);
        ClientOptions {
            timeout: ms(self.timeout_ms, usual.timeout),
            pending_lifetime: ms(self.pending_lifetime_ms, usual.pending_lifetime),
            square_version: self.square_version.clone().unwrap_or(usual.square_version),
        }
    }
}

fn environment(
    named: Option<&str>,
    insecure: Option<&str>,
    authorize_url: Option<&str>,
) -> Result<Environment, OAuthError> {
    let environment = match (named, insecure) {
        (Some(text), None) => text.parse()?,
        (None, Some(url)) => Environment::insecure_for_emulator(url)?,
        _ => panic!("exactly one of environment and insecure_environment is needed"),
    };
    match authorize_url {
        Some(url) => environment.authorize_at(url),
        None => Ok(environment),
    }
}
