//! What a grant yields.

use core::fmt;
use std::sync::Arc;

use square_oauth::Timestamp;

use crate::{live::Live, secret::Secret};

/// The tokens of one seller. Opaque, since it holds secrets: printing it shows none.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display, Eq)]
pub struct Tokens {
    inner: square_oauth::Tokens,
    _live: Live,
}

#[uniffi::export]
impl Tokens {
    /// Give the bearer token for Square's API.
    #[must_use]
    pub fn access_token(&self) -> Arc<Secret> {
        Secret::shared(self.inner.access_token())
    }

    /// Tell the type: always `bearer`.
    #[must_use]
    pub fn token_type(&self) -> String {
        self.inner.token_type().to_owned()
    }

    /// Tell when the access token ends: 30 days after it was made, or 24 hours if short-lived.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.inner.expires_at()
    }

    /// Name the seller.
    #[must_use]
    pub fn merchant_id(&self) -> String {
        self.inner.merchant_id().to_owned()
    }

    /// Give the refresh token. Where Square leaves it out of a refresh, code flow keeps the one that
    /// was used, which stays good; in PKCE that one is spent, so there is none.
    #[must_use]
    pub fn refresh_token(&self) -> Option<Arc<Secret>> {
        self.inner.refresh_token().map(Secret::shared)
    }

    /// Tell when the refresh token ends; only PKCE's do.
    #[must_use]
    pub fn refresh_token_expires_at(&self) -> Option<Timestamp> {
        self.inner.refresh_token_expires_at()
    }

    /// Tell whether the access token lives 24 hours.
    #[must_use]
    pub fn short_lived(&self) -> bool {
        self.inner.short_lived()
    }

    /// Legacy: name the seller's subscription to the application.
    #[must_use]
    pub fn subscription_id(&self) -> Option<String> {
        self.inner.subscription_id().map(str::to_owned)
    }

    /// Legacy: name the plan of that subscription.
    #[must_use]
    pub fn plan_id(&self) -> Option<String> {
        self.inner.plan_id().map(str::to_owned)
    }

    /// Legacy: give the OpenID token, deprecated since 2021-09-15.
    #[must_use]
    pub fn id_token(&self) -> Option<Arc<Secret>> {
        self.inner.id_token().map(Secret::shared)
    }

    /// List the optional fields of the answer that could not be used, and so were left out.
    #[must_use]
    pub fn ignored_fields(&self) -> Vec<String> {
        let fields = self.inner.ignored_fields().iter();
        fields.map(|field| (*field).to_owned()).collect()
    }
}

impl From<square_oauth::Tokens> for Tokens {
    fn from(inner: square_oauth::Tokens) -> Self {
        Self {
            inner,
            _live: Live::new(),
        }
    }
}

impl PartialEq for Tokens {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl Eq for Tokens {}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
