//! What the server is started with.

use std::env;

use square_oauth::{Application, Environment, OAuthError, Secret};

/// "Connect Square" leads here.
pub(crate) const CONNECT: &str = "/connect";
/// The callback's path: register it, behind the public URL, as the redirect URL at Square.
pub const CALLBACK: &str = "/callback";
/// The webhook's path: register it, behind the public URL, as the notification URL at Square.
pub const WEBHOOK: &str = "/webhooks/square";
/// What is connected; sellers end up here.
pub(crate) const STATUS: &str = "/status";

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
    pub fn from_env(default_public_url: &str) -> Result<Self, OAuthError> {
        // What is missing is an empty text here, and the library says which field that is.
        let read = |name| env::var(name).unwrap_or_default();
        let public_url = env::var("PUBLIC_URL").unwrap_or_else(|_| default_public_url.to_owned());
        Ok(Self {
            environment: read("SQUARE_ENVIRONMENT").parse()?,
            application: Application::confidential(
                read("SQUARE_APPLICATION_ID"),
                read("SQUARE_APPLICATION_SECRET"),
            ),
            public_url: public_url.trim_end_matches('/').to_owned(),
            signature_key: env::var("SQUARE_WEBHOOK_SIGNATURE_KEY")
                .ok()
                .map(Secret::from),
        })
    }
}
