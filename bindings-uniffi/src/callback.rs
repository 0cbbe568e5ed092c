//! The way back: a callback that was checked.

use core::fmt;

use crate::{error::OAuthError, live::Live, secret::Secret};

/// A callback whose every part was checked against its pending value. It holds the authorization
/// code, which is good for one exchange within 5 minutes.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display)]
pub struct Callback {
    pub(crate) inner: square_oauth::Callback,
    _live: Live,
}

#[uniffi::export]
impl Callback {
    /// Make one of a bare code. This skips what protects the seller: nobody has checked that the
    /// state matches, that the same browser started the attempt, or how long ago.
    #[uniffi::constructor(default(redirect_uri = None, code_verifier = None))]
    #[must_use]
    pub fn unchecked(
        code: &Secret,
        redirect_uri: Option<String>,
        code_verifier: Option<std::sync::Arc<Secret>>,
    ) -> Self {
        let verifier = code_verifier.map(|verifier| verifier.inner.clone());
        square_oauth::Callback::unchecked(&code.inner, redirect_uri, verifier).into()
    }
}

/// Read the attempt's key out of a callback: the one that `Authorization.attempt` named on the way
/// out. Nothing is checked yet. `callback` is a URL, a path with a query, or a query string.
#[uniffi::export]
pub fn attempt(callback: &str) -> Result<String, OAuthError> {
    Ok(square_oauth::attempt(callback)?)
}

impl From<square_oauth::Callback> for Callback {
    fn from(inner: square_oauth::Callback) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback([redacted])")
    }
}
