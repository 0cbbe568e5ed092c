//! Texts out of random bytes.

use core::fmt;

use zeroize::Zeroizing;

use super::digest::sha256;
use crate::{base64url, model::Secret};

/// The random bytes that one authorization takes: 32 for the state and 32 for the verifier. Zeroed
/// when dropped.
pub struct AuthorizeRandom(Zeroizing<[u8; 64]>);

impl AuthorizeRandom {
    /// Random bytes that were drawn already.
    #[must_use]
    pub fn new(bytes: [u8; 64]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, to be filled.
    pub fn as_mut_bytes(&mut self) -> &mut [u8] {
        &mut *self.0
    }

    /// The halves for the state and for the verifier.
    pub(crate) fn halves(&self) -> (&[u8], &[u8]) {
        self.0.split_at(32)
    }
}

impl fmt::Debug for AuthorizeRandom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizeRandom([redacted])")
    }
}

/// The PKCE challenge of a verifier, RFC 7636 section 4.2, method S256.
pub(crate) fn challenge(verifier: &Secret) -> String {
    base64url::encode(&*sha256(&[verifier.expose().as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let verifier = Secret::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
