//! What can be revoked.

use core::fmt;

use crate::{live::Live, secret::Secret};

/// What to revoke. Naming both a seller and a token cannot be said.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display)]
pub struct RevokeToken {
    pub(crate) inner: square_oauth::RevokeToken,
    _live: Live,
}

#[uniffi::export]
impl RevokeToken {
    /// Name every token this application holds for a seller: what "Disconnect" means.
    #[uniffi::constructor]
    #[must_use]
    pub fn all(merchant_id: String) -> Self {
        square_oauth::RevokeToken::all(merchant_id).into()
    }

    /// Name the same by any access token of the seller's.
    #[uniffi::constructor]
    #[must_use]
    pub fn all_by_token(access_token: &Secret) -> Self {
        square_oauth::RevokeToken::all_by_token(&access_token.inner).into()
    }

    /// Name one access token alone; the authorization and its refresh token stay.
    #[uniffi::constructor]
    #[must_use]
    pub fn only(access_token: &Secret) -> Self {
        square_oauth::RevokeToken::only(&access_token.inner).into()
    }
}

impl From<square_oauth::RevokeToken> for RevokeToken {
    fn from(inner: square_oauth::RevokeToken) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl fmt::Debug for RevokeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for RevokeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
