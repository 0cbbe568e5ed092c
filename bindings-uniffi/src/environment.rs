//! Where Square is.

use core::fmt;
use std::sync::Arc;

use crate::{error::OAuthError, live::Live};

/// Production, the sandbox, or a base URL of your own (an emulator, a recording proxy).
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display, Eq)]
pub struct Environment {
    pub(crate) inner: square_oauth::Environment,
    _live: Live,
}

#[uniffi::export]
impl Environment {
    /// Read the words `production` and `sandbox`, or a base URL: https, or http on loopback.
    /// Square's own two addresses, in any spelling, are production and sandbox.
    #[uniffi::constructor]
    pub fn parse(text: &str) -> Result<Self, OAuthError> {
        Ok(text.parse::<square_oauth::Environment>()?.into())
    }

    /// Take a plain-http base URL on another host than loopback, e.g. `http://emulator:8080`
    /// between containers. Only application IDs that start with `sandbox-` are taken with it.
    #[uniffi::constructor]
    pub fn insecure_for_emulator(url: &str) -> Result<Self, OAuthError> {
        Ok(square_oauth::Environment::insecure_for_emulator(url)?.into())
    }

    /// Give the seller's browser another address: an emulator in a container has one name for your
    /// server and another for the browser.
    pub fn authorize_at(&self, url: &str) -> Result<Arc<Self>, OAuthError> {
        Ok(Arc::new(self.inner.clone().authorize_at(url)?.into()))
    }

    /// Tell the base URL that calls go to, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.inner.base_url().to_owned()
    }

    /// Tell the base URL that the seller's browser goes to.
    #[must_use]
    pub fn authorize_base_url(&self) -> String {
        self.inner.authorize_base_url().to_owned()
    }
}

impl From<square_oauth::Environment> for Environment {
    fn from(inner: square_oauth::Environment) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl PartialEq for Environment {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl Eq for Environment {}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.inner, f)
    }
}
