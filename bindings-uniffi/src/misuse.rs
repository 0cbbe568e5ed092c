//! Errors for what other languages let people write, and Rust does not.

use square_oauth::{binding, error::code};

use crate::error::OAuthError;

/// Fail with the nearest real option in place of a name that is none of them.
#[uniffi::export]
pub fn check_option(name: &str, known: Vec<String>) -> Result<(), OAuthError> {
    match known.iter().any(|known| known == name) {
        true => Ok(()),
        false => Err(binding::unknown_option(name, known.iter().map(String::as_str)).into()),
    }
}

/// Fail as a call does in which the library met a bug of its own.
#[uniffi::export]
pub fn panicked() -> Result<(), OAuthError> {
    Err(binding::error(code::PANICKED, None, None).into())
}
