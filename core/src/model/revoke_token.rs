//! What can be revoked.

use super::Secret;

/// What to revoke. Naming both a seller and a token cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevokeToken {
    /// Every token this application holds for a seller.
    All {
        /// The seller, 8 to 191 characters.
        merchant_id: String,
    },
    /// Every token this application holds for the seller of this access token.
    AllByToken {
        /// Any access token of the seller's.
        access_token: Secret,
    },
    /// This access token alone; the authorization and its refresh token stay.
    Only {
        /// The access token to end.
        access_token: Secret,
    },
}

impl RevokeToken {
    /// Every token this application holds for a seller: what "Disconnect" means.
    pub fn all(merchant_id: impl Into<String>) -> Self {
        Self::All {
            merchant_id: merchant_id.into(),
        }
    }

    /// The same, naming the seller by any of their access tokens.
    pub fn all_by_token(access_token: impl Into<Secret>) -> Self {
        Self::AllByToken {
            access_token: access_token.into(),
        }
    }

    /// One access token alone.
    pub fn only(access_token: impl Into<Secret>) -> Self {
        Self::Only {
            access_token: access_token.into(),
        }
    }
}
