//! What the server is started with.

use std::{env, error::Error, fmt};

use axum::http::Uri;
use square_oauth::{Application, Environment, OAuthError, Secret};

/// The callback's path: register it, behind the public URL, as the redirect URL at Square.
pub const CALLBACK: &str = "/callback";
/// The webhook's path: register it, behind the public URL, as the notification URL at Square.
pub const WEBHOOK: &str = "/webhooks/square";

/// What the server is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where Square is.
    pub environment: Environment,
    /// The application's credentials.
    pub application: Application,
    /// How browsers and Square reach this server: `https://` and a host, or `http://` on loopback.
    /// No slash at the end.
    pub public_url: String,
    /// The key of the webhook subscription; none, and deliveries are answered with 404.
    pub signature_key: Option<Secret>,
}

impl Config {
    /// Reads `SQUARE_ENVIRONMENT`, `SQUARE_APPLICATION_ID`, `SQUARE_APPLICATION_SECRET`,
    /// `SQUARE_WEBHOOK_SIGNATURE_KEY` and `PUBLIC_URL`.
    ///
    /// # Errors
    /// If the environment is no word or URL that Square goes by.
    pub fn from_env(default_public_url: &str) -> Result<Self, SetupError> {
        // What is missing is an empty text here, and the library says which field that is.
        let read = |name| env::var(name).unwrap_or_default();
        Ok(Self {
            environment: read("SQUARE_ENVIRONMENT").parse()?,
            application: Application::confidential(
                read("SQUARE_APPLICATION_ID"),
                read("SQUARE_APPLICATION_SECRET"),
            ),
            public_url: env::var("PUBLIC_URL").unwrap_or_else(|_| default_public_url.to_owned()),
            signature_key: env::var("SQUARE_WEBHOOK_SIGNATURE_KEY")
                .ok()
                .map(Secret::from),
        })
    }

    /// Whether browsers come by https. Plain http is for this machine alone: what goes over it can
    /// be read, and `Secure` cookies would not be kept.
    pub(crate) fn is_https(&self) -> Result<bool, SetupError> {
        let uri: Uri = self.public_url.parse().map_err(|_| SetupError::PublicUrl)?;
        let is_origin =
            uri.path() == "/" && !self.public_url.ends_with('/') && uri.query().is_none();
        match (uri.scheme_str(), uri.host()) {
            (Some("https"), Some(_)) if is_origin => Ok(true),
            (Some("http"), Some("localhost" | "127.0.0.1" | "[::1]")) if is_origin => Ok(false),
            _ => Err(SetupError::PublicUrl),
        }
    }
}

/// Why the server did not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupError {
    /// The public URL is none that sellers could be sent to.
    PublicUrl,
    /// The library does not take the credentials or the environment.
    Square(OAuthError),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PublicUrl => f.write_str(
                "PUBLIC_URL has to be https:// and a host, or http:// on loopback, without a slash at the end",
            ),
            Self::Square(error) => error.fmt(f),
        }
    }
}

impl Error for SetupError {}

impl From<OAuthError> for SetupError {
    fn from(error: OAuthError) -> Self {
        Self::Square(error)
    }
}
