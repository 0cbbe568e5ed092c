//! The three grants that a token can be obtained by.

use super::{Callback, Scope, Secret};

/// What to exchange for tokens. Each grant takes the options that Square takes with it, so there
/// is no wrong combination.
///
/// ```
/// use square_oauth::{ObtainToken, RefreshToken, scopes};
///
/// let plain = ObtainToken::refresh_token("EQAA-example");
/// let narrowed = ObtainToken::from(RefreshToken {
///     scopes: scopes(["ITEMS_READ"]),
///     short_lived: true,
///     ..RefreshToken::new("EQAA-example")
/// });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObtainToken {
    /// The code a seller came back with.
    AuthorizationCode(AuthorizationCode),
    /// A refresh token.
    RefreshToken(RefreshToken),
    /// A still valid access token from before 2019-03-13.
    MigrationToken(MigrationToken),
}

impl ObtainToken {
    /// Exchanges the code of a checked callback.
    #[must_use]
    pub fn authorization_code(callback: Callback) -> Self {
        Self::AuthorizationCode(AuthorizationCode::new(callback))
    }

    /// Exchanges a bare code; see [`Callback::unchecked`] for what that skips.
    pub fn authorization_code_unchecked(
        code: impl Into<Secret>,
        redirect_uri: Option<String>,
        code_verifier: Option<Secret>,
    ) -> Self {
        Self::authorization_code(Callback::unchecked(code, redirect_uri, code_verifier))
    }

    /// Refreshes. In the code flow a refresh token is good for many uses and does not expire; in
    /// PKCE it is good for one use and 90 days.
    pub fn refresh_token(refresh_token: impl Into<Secret>) -> Self {
        Self::RefreshToken(RefreshToken::new(refresh_token))
    }

    /// Exchanges an access token from before 2019-03-13 for today's pair.
    pub fn migration_token(migration_token: impl Into<Secret>) -> Self {
        Self::MigrationToken(MigrationToken {
            migration_token: migration_token.into(),
        })
    }

    /// The grant's name in RFC 6749 and at Square.
    #[must_use]
    pub const fn grant_type(&self) -> &'static str {
        match self {
            Self::AuthorizationCode(_) => "authorization_code",
            Self::RefreshToken(_) => "refresh_token",
            Self::MigrationToken(_) => "migration_token",
        }
    }
}

/// The options of an exchange of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationCode {
    /// The checked callback.
    pub callback: Callback,
    /// Whether the access token should live 24 hours instead of 30 days. Default `false`.
    pub short_lived: bool,
    /// Whether the access token should be a JWT, which is used like any other. Default `false`.
    pub use_jwt: bool,
}

impl AuthorizationCode {
    /// The exchange with every option at its default.
    #[must_use]
    pub const fn new(callback: Callback) -> Self {
        Self {
            callback,
            short_lived: false,
            use_jwt: false,
        }
    }
}

/// The options of a refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The refresh token.
    pub refresh_token: Secret,
    /// The permissions the new access token should have, out of those the seller granted.
    /// Default: all of them. To widen, the seller has to connect again.
    pub scopes: Vec<Scope>,
    /// Whether the access token should live 24 hours instead of 30 days. Default `false`.
    pub short_lived: bool,
    /// Whether the access token should be a JWT, which is used like any other. Default `false`.
    pub use_jwt: bool,
}

impl RefreshToken {
    /// The refresh with every option at its default.
    pub fn new(refresh_token: impl Into<Secret>) -> Self {
        Self {
            refresh_token: refresh_token.into(),
            scopes: Vec::new(),
            short_lived: false,
            use_jwt: false,
        }
    }
}

/// A migration; Square documents no options for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationToken {
    /// The old access token.
    pub migration_token: Secret,
}

impl From<AuthorizationCode> for ObtainToken {
    fn from(grant: AuthorizationCode) -> Self {
        Self::AuthorizationCode(grant)
    }
}

impl From<RefreshToken> for ObtainToken {
    fn from(grant: RefreshToken) -> Self {
        Self::RefreshToken(grant)
    }
}

impl From<MigrationToken> for ObtainToken {
    fn from(grant: MigrationToken) -> Self {
        Self::MigrationToken(grant)
    }
}
