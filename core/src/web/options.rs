//! How the handlers are set up, and what of it is checked once.

use super::{Pages, local_path};
use crate::{
    Authorize, OAuthError, Webhooks,
    error::code,
    model::{BaseUrl, input},
};

/// How the handlers behave. `public_url` and the scopes have no default.
///
/// All paths are as browsers see them: with whatever a proxy or a framework puts before yours.
#[derive(Clone, Debug)]
pub struct WebOptions {
    /// How browsers reach this server: `https://` and a host, or `http://` on loopback. Its
    /// callback path is what you register as the redirect URL at Square.
    pub public_url: String,
    /// What to ask each seller for.
    pub authorize: Authorize,
    /// Where *connect* is served, by `GET` and `POST`. Default `/connect`.
    pub connect_path: String,
    /// Where *callback* is served, by `GET`; how an attempt ended is shown there too. Default
    /// `/callback`.
    pub callback_path: String,
    /// Where a seller goes once they are connected, if *connect* was not given a `return_to`; the
    /// pages link there too. Default `/`.
    pub return_to: String,
    /// What sellers read on their way.
    pub pages: Pages,
    /// The webhook subscriptions; none, and deliveries are answered with 404.
    pub webhooks: Option<Webhooks>,
}

impl Default for WebOptions {
    fn default() -> Self {
        Self {
            public_url: String::new(),
            authorize: Authorize::default(),
            connect_path: "/connect".to_owned(),
            callback_path: "/callback".to_owned(),
            return_to: "/".to_owned(),
            pages: Pages::default(),
            webhooks: None,
        }
    }
}

impl WebOptions {
    /// Checks all but what to ask for; yields this server's own origin.
    pub(super) fn check(&self) -> Result<BaseUrl, OAuthError> {
        let origin = origin(&self.public_url)?;
        local_path::check("connect_path", &self.connect_path, &['?', '#'])?;
        local_path::check("callback_path", &self.callback_path, &['?', '#'])?;
        local_path::check("return_to", &self.return_to, &[])?;
        self.pages.check()?;
        Ok(origin)
    }
}

/// This server's own origin.
pub(super) fn origin(public_url: &str) -> Result<BaseUrl, OAuthError> {
    const FIELD: &str = "public_url";
    let wrong = |text| OAuthError::about(code::VALUE_MALFORMED, FIELD, text);
    input::present(FIELD, public_url)?;
    let origin = BaseUrl::read(public_url).map_err(wrong)?;
    // What goes over plain http can be read, and `Secure` cookies would not be kept.
    if !origin.is_https && !origin.is_loopback {
        return Err(wrong("has to be https, or http on loopback"));
    }
    Ok(origin)
}
