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

/// Fail with a value that its field does not take: one of a wrong type or, if it is `unexpected`, one
/// beside another that excludes it. `text` completes the sentence that the field's name begins, and
/// never repeats the value.
#[uniffi::export]
pub fn wrong_value(
    field: Option<String>,
    text: String,
    unexpected: bool,
) -> Result<(), OAuthError> {
    let code = match unexpected {
        true => code::VALUE_UNEXPECTED,
        false => code::VALUE_MALFORMED,
    };
    Err(binding::error(code, field, Some(text)).into())
}

/// Fail as a call does in which the library met a bug of its own.
#[uniffi::export]
pub fn panicked() -> Result<(), OAuthError> {
    Err(binding::error(code::PANICKED, None, None).into())
}
