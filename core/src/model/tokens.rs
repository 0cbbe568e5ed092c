//! What a grant yields.

use core::fmt;

use super::{Secret, Timestamp};

/// The tokens of one seller.
///
/// Opaque, since it holds secrets: the accessors are the way in, and printing it shows none.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    pub(crate) access_token: Secret,
    pub(crate) token_type: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) merchant_id: String,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) refresh_token_expires_at: Option<Timestamp>,
    pub(crate) short_lived: bool,
    pub(crate) subscription_id: Option<String>,
    pub(crate) plan_id: Option<String>,
    pub(crate) id_token: Option<Secret>,
    pub(crate) ignored_fields: Vec<&'static str>,
}

impl Tokens {
    /// The bearer token for Square's API.
    #[must_use]
    pub const fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// Always `bearer`.
    #[must_use]
    pub fn token_type(&self) -> &str {
        &self.token_type
    }

    /// When the access token ends: 30 days after it was made, or 24 hours if short-lived.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// The seller.
    #[must_use]
    pub fn merchant_id(&self) -> &str {
        &self.merchant_id
    }

    /// The refresh token. Where Square leaves it out of a refresh, code flow keeps the one that
    /// was used, which stays good; in PKCE that one is spent, so there is none.
    #[must_use]
    pub const fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// When the refresh token ends; only PKCE's do.
    #[must_use]
    pub const fn refresh_token_expires_at(&self) -> Option<Timestamp> {
        self.refresh_token_expires_at
    }

    /// Whether the access token lives 24 hours.
    #[must_use]
    pub const fn short_lived(&self) -> bool {
        self.short_lived
    }

    /// Legacy: the seller's subscription to the application.
    #[must_use]
    pub fn subscription_id(&self) -> Option<&str> {
        self.subscription_id.as_deref()
    }

    /// Legacy: the plan of that subscription.
    #[must_use]
    pub fn plan_id(&self) -> Option<&str> {
        self.plan_id.as_deref()
    }

    /// Legacy: an OpenID token, deprecated since 2021-09-15.
    #[must_use]
    pub const fn id_token(&self) -> Option<&Secret> {
        self.id_token.as_ref()
    }

    /// Optional fields of the answer that were there but could not be used, and so were left out:
    /// the grant was spent by then, and losing the tokens over them would be worse.
    #[must_use]
    pub fn ignored_fields(&self) -> &[&'static str] {
        &self.ignored_fields
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("merchant_id", &self.merchant_id)
            .field("access_token", &self.access_token)
            .field("expires_at", &format_args!("{}", self.expires_at))
            .field("refresh_token", &self.refresh_token)
            .field("short_lived", &self.short_lived)
            .finish_non_exhaustive()
    }
}
