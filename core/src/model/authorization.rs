//! The way out: what to ask the seller for, and where to send them.

use core::fmt;

use super::{Pending, Scope};

/// What to ask the seller for.
///
/// ```
/// use square_oauth::{Authorize, Scope};
///
/// let options = Authorize { scopes: vec![Scope::PAYMENTS_READ], ..Authorize::default() };
/// assert!(!options.session);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorize {
    /// The permissions to ask for; at least one. Square's own default when none are named is
    /// wider than most applications need, so none is an error here.
    pub scopes: Vec<Scope>,
    /// Whether a seller who is logged in at Square may skip the login. Default `false`: on a
    /// shared computer the wrong seller would be connected. No effect in the sandbox.
    pub session: bool,
    /// The page's language, e.g. `en-US`, `fr-CA`, `ja-JP`. Default: Square guesses.
    pub locale: Option<String>,
    /// The redirect URL, at most 2,048 characters, exactly as registered. Default: none, and
    /// Square uses the registered one. Needed only for PKCE on a dynamic port.
    pub redirect_uri: Option<String>,
}

/// Where to send the seller, and what to keep until they are back.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The address to redirect the seller's browser to. Not for a server to fetch.
    pub url: String,
    /// What to keep in the seller's session until they are back.
    pub pending: Pending,
    /// The key to keep it under: one for each attempt, safe as a cookie's name. The callback
    /// yields the same one by [`attempt`](crate::attempt).
    pub attempt: String,
}

/// Without the URL's query, which holds the state.
impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("url", &self.url.split('?').next().unwrap_or_default())
            .field("pending", &self.pending)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}
