//! The key that one trip's pending value is kept under.

use super::{callback::Parameters, digest::sha256};
use crate::{base64url, error::OAuthError};

/// Reads the attempt's key out of a callback: the one that
/// [`Authorization::attempt`](crate::Authorization::attempt) named on the way out. Nothing is
/// checked yet.
///
/// `callback` is a URL, a path with a query, or a query string.
///
/// # Errors
/// `InvalidCallback` if there is no state to tell attempts apart by; `Denied` with code
/// `denied_unverified` if a refusal came without one.
///
/// ```
/// let key = square_oauth::attempt("/callback?code=sq0cgb-1&state=abc")?;
/// assert_eq!(key, square_oauth::attempt("https://example.com/?state=abc")?);
/// # Ok::<(), square_oauth::OAuthError>(())
/// ```
pub fn attempt(callback: &str) -> Result<String, OAuthError> {
    let parameters = Parameters::read(callback)?;
    Ok(attempt_of_state(parameters.state()?.expose()))
}

/// How every attempt's key begins.
pub(crate) const ATTEMPT_PREFIX: &str = "sqa_";

/// A hash, so that a key in a cookie's name or in a log is of no use; 72 bits tell attempts apart.
pub(crate) fn attempt_of_state(state: &str) -> String {
    let hash = sha256(&[b"square-oauth attempt ", state.as_bytes()]);
    let (head, _) = hash.split_at(9);
    [ATTEMPT_PREFIX, &base64url::encode(head)].concat()
}
