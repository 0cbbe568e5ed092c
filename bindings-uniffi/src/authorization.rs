//! The way out: what to ask the seller for, and where to send them.

pub use square_oauth::Authorize;
use square_oauth::Scope;

use crate::live::Live;

/// What to ask the seller for.
#[uniffi::remote(Record)]
pub struct Authorize {
    /// The permissions to ask for; at least one.
    pub scopes: Vec<Scope>,
    /// Whether a seller who is logged in at Square may skip the login. No effect in the sandbox.
    #[uniffi(default = false)]
    pub session: bool,
    /// The page's language, e.g. `en-US`. Default: Square guesses.
    #[uniffi(default = None)]
    pub locale: Option<String>,
    /// The redirect URL, exactly as registered. Default: none, and Square uses the registered one.
    #[uniffi(default = None)]
    pub redirect_uri: Option<String>,
}

/// Where to send the seller, and what to keep until they are back.
///
/// An object, since records print what they hold, and this holds the state and, in PKCE, the verifier.
#[derive(uniffi::Object)]
pub struct Authorization {
    inner: square_oauth::Authorization,
    _live: Live,
}

#[uniffi::export]
impl Authorization {
    /// Tell the address to redirect the seller's browser to. Not for a server to fetch.
    #[must_use]
    pub fn url(&self) -> String {
        self.inner.url.clone()
    }

    /// Tell what to keep in the seller's session until they are back.
    #[must_use]
    pub fn pending(&self) -> String {
        self.inner.pending.as_str().to_owned()
    }

    /// Tell the key to keep it under: one for each attempt, safe as a cookie's name.
    #[must_use]
    pub fn attempt(&self) -> String {
        self.inner.attempt.clone()
    }
}

impl From<square_oauth::Authorization> for Authorization {
    fn from(inner: square_oauth::Authorization) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl core::fmt::Debug for Authorization {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(&self.inner, f)
    }
}
