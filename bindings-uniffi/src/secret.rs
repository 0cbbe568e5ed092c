//! The one holder of everything that must not be printed.

use core::fmt;
use std::sync::Arc;

use crate::live::Live;

/// A text that must not be printed: an application secret, a token, a code, a verifier, a key.
///
/// It prints as `[redacted]`, compares in constant time, and its memory is zeroed when it is freed.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display, Eq)]
pub struct Secret {
    pub(crate) inner: square_oauth::Secret,
    _live: Live,
}

#[uniffi::export]
impl Secret {
    /// Hold a text.
    #[uniffi::constructor]
    #[must_use]
    pub fn new(text: String) -> Self {
        square_oauth::Secret::from(text).into()
    }

    /// Open it: the text itself. Where it goes from here is the caller's care.
    #[must_use]
    pub fn expose(&self) -> String {
        self.inner.expose().to_owned()
    }
}

impl Secret {
    pub(crate) fn shared(inner: &square_oauth::Secret) -> Arc<Self> {
        Arc::new(inner.clone().into())
    }
}

impl From<square_oauth::Secret> for Secret {
    fn from(inner: square_oauth::Secret) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
