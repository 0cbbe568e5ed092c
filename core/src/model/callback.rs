//! The way back: a callback that was checked.

use super::Secret;

/// A callback whose every part was checked against its [`Pending`](super::Pending): whoever has
/// one has proof that this browser started this attempt. It holds the authorization code, which is
/// good for one exchange within 5 minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    pub(crate) code: Secret,
    pub(crate) redirect_uri: Option<String>,
    pub(crate) code_verifier: Option<Secret>,
}

impl Callback {
    /// A callback made of a bare code.
    ///
    /// This skips what protects the seller: nobody has checked that the state matches, that the
    /// same browser started the attempt, or how long ago. `redirect_uri` is needed if one was
    /// sent to the authorization page; `code_verifier` exactly by public applications.
    pub fn unchecked(
        code: impl Into<Secret>,
        redirect_uri: Option<String>,
        code_verifier: Option<Secret>,
    ) -> Self {
        Self {
            code: code.into(),
            redirect_uri,
            code_verifier,
        }
    }
}
