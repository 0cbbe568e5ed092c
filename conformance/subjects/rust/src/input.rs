//! What each op takes, and the library's values made from it.
#![allow(
    missing_docs,
    reason = "`conformance/SUBJECTS.md` describes each field"
)]

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;
use square_oauth::{
    Application, AuthorizationCode, Authorize, Callback, ClientOptions, Environment, OAuthError,
    ObtainToken, RefreshToken, RevokeToken, Secret, scopes,
};

/// What a client, or a webhook check, is made from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub environment: Option<String>,
    pub insecure_environment: Option<String>,
    pub authorize_url: Option<String>,
    pub application_id: Option<String>,
    pub application_secret: Option<String>,
    pub previous_application_secret: Option<String>,
    pub public: bool,
    pub timeout_ms: Option<u64>,
    pub pending_lifetime_ms: Option<u64>,
    /// Absent is the library's default; `null` is no header.
    #[serde(deserialize_with = "given")]
    pub square_version: Option<Option<String>>,
    pub subscriptions: Option<Vec<Subscribed>>,
}

/// One webhook subscription.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscribed {
    pub notification_url: String,
    pub signature_key: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AuthorizeInput {
    scopes: Vec<String>,
    session: bool,
    locale: Option<String>,
    redirect_uri: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentInput {
    environment: Option<String>,
    insecure_environment: Option<String>,
    authorize_url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptInput {
    pub callback: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackInput {
    pub callback: String,
    pub pending: String,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "grant", rename_all = "snake_case", deny_unknown_fields)]
pub enum ObtainInput {
    Callback {
        callback: String,
        pending: String,
        #[serde(default)]
        short_lived: bool,
        #[serde(default)]
        use_jwt: bool,
    },
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusInput {
    pub access_token: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookInput {
    pub body: Option<String>,
    pub body_base64: Option<String>,
    pub signature: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoInput {}

/// Reads an input; the error names what is not known.
pub(crate) fn read<T: DeserializeOwned>(input: Value) -> Result<T, String> {
    serde_json::from_value(input).map_err(|why| why.to_string())
}

impl From<AuthorizeInput> for Authorize {
    fn from(input: AuthorizeInput) -> Self {
        Self {
            scopes: scopes(input.scopes),
            session: input.session,
            locale: input.locale,
            redirect_uri: input.redirect_uri,
        }
    }
}

impl EnvironmentInput {
    pub fn environment(&self) -> Result<Result<Environment, OAuthError>, String> {
        environment(
            self.environment.as_deref(),
            self.insecure_environment.as_deref(),
            self.authorize_url.as_deref(),
        )
    }
}

impl ObtainInput {
    /// The request, where no callback has to be checked first.
    ///
    /// # Errors
    /// A text, where one has to be.
    pub fn unchecked(self) -> Result<ObtainToken, String> {
        Ok(match self {
            Self::Callback { .. } => return Err("a callback is checked by a client".to_owned()),
            Self::AuthorizationCode {
                code,
                redirect_uri,
                code_verifier,
                short_lived,
                use_jwt,
            } => ObtainToken::from(AuthorizationCode {
                callback: Callback::unchecked(code, redirect_uri, code_verifier.map(Secret::from)),
                short_lived,
                use_jwt,
            }),
            Self::RefreshToken {
                refresh_token,
                scopes: names,
                short_lived,
                use_jwt,
            } => ObtainToken::from(RefreshToken {
                refresh_token: refresh_token.into(),
                scopes: scopes(names),
                short_lived,
                use_jwt,
            }),
            Self::MigrationToken { migration_token } => {
                ObtainToken::migration_token(migration_token)
            }
        })
    }
}

impl WebhookInput {
    /// The bytes that were delivered.
    ///
    /// # Errors
    /// A text, where there is no body or there are two.
    pub fn body(&self) -> Result<Vec<u8>, String> {
        match (&self.body, &self.body_base64) {
            (Some(text), None) => Ok(text.clone().into_bytes()),
            (None, Some(base64)) => STANDARD.decode(base64).map_err(|why| why.to_string()),
            _ => Err("exactly one of body and body_base64 is needed".to_owned()),
        }
    }
}

/// What is to be revoked: exactly one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    all: Option<String>,
    all_by_token: Option<String>,
    only: Option<String>,
}

impl Revocation {
    /// The request.
    ///
    /// # Errors
    /// A text, where nothing is to be revoked, or more than one thing.
    pub fn request(self) -> Result<RevokeToken, String> {
        match (self.all, self.all_by_token, self.only) {
            (Some(merchant_id), None, None) => Ok(RevokeToken::all(merchant_id)),
            (None, Some(access_token), None) => Ok(RevokeToken::all_by_token(access_token)),
            (None, None, Some(access_token)) => Ok(RevokeToken::only(access_token)),
            _ => Err("exactly one of all, all_by_token and only is needed".to_owned()),
        }
    }
}

impl Config {
    pub fn environment(&self) -> Result<Result<Environment, OAuthError>, String> {
        environment(
            self.environment.as_deref(),
            self.insecure_environment.as_deref(),
            self.authorize_url.as_deref(),
        )
    }

    pub fn application(&self) -> Result<Application, String> {
        let id = self
            .application_id
            .as_deref()
            .ok_or("a client needs an application_id")?;
        Ok(
            match (&self.application_secret, &self.previous_application_secret) {
                (None, None) if self.public => Application::public(id),
                (Some(secret), None) if !self.public => Application::confidential(id, secret),
                (Some(secret), Some(previous)) if !self.public => {
                    Application::confidential_rotating(id, secret, previous)
                }
                _ => {
                    return Err(
                        "the config is neither a public nor a confidential application".to_owned(),
                    );
                }
            },
        )
    }

    pub fn options(&self) -> ClientOptions {
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
) -> Result<Result<Environment, OAuthError>, String> {
    let environment = match (named, insecure) {
        (Some(text), None) => text.parse(),
        (None, Some(url)) => Environment::insecure_for_emulator(url),
        _ => {
            return Err("exactly one of environment and insecure_environment is needed".to_owned());
        }
    };
    Ok(match authorize_url {
        Some(url) => environment.and_then(|environment: Environment| environment.authorize_at(url)),
        None => environment,
    })
}

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}
