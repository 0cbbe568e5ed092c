//! What a `do` is given, method by method; anything not listed is refused.

#[path = "../support_values/revocation.rs"]
mod revocation;

pub(crate) use revocation::Revocation;
use serde::Deserialize;
use square_oauth::{
    Application, AuthorizationCode, Authorize, ClientOptions, OAuthClient, OAuthError, ObtainToken,
    RefreshToken, Subscription, scopes,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewClient {
    /// The emulator where it is not given.
    pub(crate) environment: Option<String>,
    application_id: String,
    /// A public application has none.
    application_secret: Option<String>,
    previous_application_secret: Option<String>,
    pending_lifetime_s: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Way {
    scopes: Vec<String>,
    #[serde(default)]
    session: bool,
    locale: Option<String>,
    redirect_uri: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Back {
    pub(crate) callback: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Return {
    pub(crate) callback: String,
    pub(crate) pending: String,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Grant {
    Callback {
        callback: String,
        pending: String,
        #[serde(default)]
        short_lived: bool,
        #[serde(default)]
        use_jwt: bool,
    },
    Code {
        code: String,
        redirect_uri: Option<String>,
        code_verifier: Option<String>,
    },
    Refresh {
        refresh_token: String,
        #[serde(default)]
        scopes: Vec<String>,
        #[serde(default)]
        short_lived: bool,
        #[serde(default)]
        use_jwt: bool,
    },
    Migration {
        migration_token: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Token {
    pub(crate) access_token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Delivery {
    subscriptions: Vec<Subscribed>,
    pub(crate) body: String,
    pub(crate) signature: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subscribed {
    notification_url: String,
    signature_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

impl NewClient {
    pub(crate) fn application(&self) -> Application {
        let id = &self.application_id;
        match (&self.application_secret, &self.previous_application_secret) {
            (Some(secret), Some(previous)) => {
                Application::confidential_rotating(id, secret, previous)
            }
            (Some(secret), None) => Application::confidential(id, secret),
            (None, _) => Application::public(id),
        }
    }

    pub(crate) fn options(&self) -> ClientOptions {
        let mut options = ClientOptions::default();
        if let Some(seconds) = self.pending_lifetime_s {
            options.pending_lifetime = core::time::Duration::from_secs(seconds);
        }
        options
    }
}

impl From<Way> for Authorize {
    fn from(way: Way) -> Self {
        Self {
            scopes: scopes(way.scopes),
            session: way.session,
            locale: way.locale,
            redirect_uri: way.redirect_uri,
        }
    }
}

impl Grant {
    pub(crate) fn request(self, client: &OAuthClient) -> Result<ObtainToken, OAuthError> {
        Ok(match self {
            Self::Callback {
                callback,
                pending,
                short_lived,
                use_jwt,
            } => ObtainToken::from(AuthorizationCode {
                short_lived,
                use_jwt,
                ..AuthorizationCode::new(client.check_callback(&callback, &pending)?)
            }),
            Self::Code {
                code,
                redirect_uri,
                code_verifier,
            } => ObtainToken::authorization_code_unchecked(
                code,
                redirect_uri,
                code_verifier.map(Into::into),
            ),
            Self::Refresh {
                refresh_token,
                scopes: names,
                short_lived,
                use_jwt,
            } => ObtainToken::from(RefreshToken {
                scopes: scopes(names),
                short_lived,
                use_jwt,
                ..RefreshToken::new(refresh_token)
            }),
            Self::Migration { migration_token } => ObtainToken::migration_token(migration_token),
        })
    }
}

impl Delivery {
    pub(crate) fn subscriptions(&self) -> impl Iterator<Item = Subscription> {
        let all = self.subscriptions.iter();
        all.map(|one| Subscription::new(&one.notification_url, one.signature_key.as_str()))
    }
}
