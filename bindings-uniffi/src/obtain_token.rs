//! The three grants that a token can be obtained by.

use core::fmt;

use square_oauth::{AuthorizationCode, MigrationToken, RefreshToken, Scope, scopes};

use crate::{callback::Callback, live::Live, secret::Secret};

/// What to exchange for tokens. Each grant takes the options that Square takes with it.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display)]
pub struct ObtainToken {
    pub(crate) inner: square_oauth::ObtainToken,
    _live: Live,
}

#[uniffi::export]
impl ObtainToken {
    /// Exchange the code of a callback.
    #[uniffi::constructor(default(short_lived = false, use_jwt = false))]
    #[must_use]
    pub fn authorization_code(callback: &Callback, short_lived: bool, use_jwt: bool) -> Self {
        let callback = callback.inner.clone();
        Self::of(AuthorizationCode {
            callback,
            short_lived,
            use_jwt,
        })
    }

    /// Refresh. `scopes` narrows what the new access token may do; none keeps all that was granted.
    #[uniffi::constructor(default(scopes = [], short_lived = false, use_jwt = false))]
    #[must_use]
    pub fn refresh_token(
        refresh_token: &Secret,
        scopes: Vec<Scope>,
        short_lived: bool,
        use_jwt: bool,
    ) -> Self {
        Self::of(RefreshToken {
            refresh_token: refresh_token.inner.clone(),
            scopes: self::scopes(scopes),
            short_lived,
            use_jwt,
        })
    }

    /// Exchange an access token from before 2019-03-13 for today's pair.
    #[uniffi::constructor]
    #[must_use]
    pub fn migration_token(migration_token: &Secret) -> Self {
        Self::of(MigrationToken {
            migration_token: migration_token.inner.clone(),
        })
    }
}

impl ObtainToken {
    fn of(grant: impl Into<square_oauth::ObtainToken>) -> Self {
        Self {
            inner: grant.into(),
            _live: Live::new(),
        }
    }
}

impl fmt::Debug for ObtainToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for ObtainToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.inner.grant_type())
    }
}
