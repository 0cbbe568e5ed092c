//! Addresses on this server and nowhere else, or anybody could use ours to send sellers to theirs.

use crate::error::{OAuthError, code};

/// It is kept in a cookie, beside `pending`.
const LONGEST: usize = 512;

/// Whether a text is a path on this server: one slash and no second, nothing that a browser leaves
/// out or reads as something else.
pub(super) fn is_local(text: &str) -> bool {
    let is_path = text.starts_with('/') && !text.starts_with("//");
    // Browsers read a backslash as a slash, and leave out tabs and line breaks.
    let is_plain = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    is_path && is_plain && text.len() <= LONGEST
}

/// Checks a path of the application's own; `without` are characters it must not have.
pub(super) fn check(field: &'static str, path: &str, without: &[char]) -> Result<(), OAuthError> {
    let text = if path.is_empty() {
        return Err(OAuthError::about(
            code::VALUE_MISSING,
            field,
            "is missing or empty",
        ));
    } else if !is_local(path) {
        "has to be a path on this server: one slash, then visible ASCII, at most 512 characters"
    } else if path.contains(without) {
        "must not have a query or fragment"
    } else {
        return Ok(());
    };
    Err(OAuthError::about(code::VALUE_MALFORMED, field, text))
}
