//! What Square says of an access token.

pub use square_oauth::TokenStatus;
use square_oauth::{Scope, Timestamp};

/// What Square says of a live access token. Free of secrets.
#[uniffi::remote(Record)]
pub struct TokenStatus {
    /// What the seller granted. The only way to learn it: tokens come without their scopes.
    pub scopes: Vec<Scope>,
    /// When the token ends; none means never, as personal tokens do.
    pub expires_at: Option<Timestamp>,
    /// The application the token was made for.
    pub client_id: String,
    /// The seller.
    pub merchant_id: String,
}
