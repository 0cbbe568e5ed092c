//! What the return trip must match.

use core::fmt;

use super::Secret;

/// What the seller's return must match: state, redirect URI, time, and in PKCE the verifier.
///
/// One opaque text, the same in every language. A confidential application's is authenticated
/// under its secret and may live in a cookie; a public application's holds the verifier in the
/// clear and must stay on the server. Under 600 characters beside the redirect URI.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending(Secret);

impl Pending {
    /// The text to store in the seller's session, under the key `attempt`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.expose()
    }

    /// The same as an owned text; the caller's copy is not zeroed.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.expose().to_owned()
    }

    pub(crate) fn new(text: impl Into<Secret>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending([redacted])")
    }
}
