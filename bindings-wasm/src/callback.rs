//! A callback that was checked, or one that its caller answers for.

use square_oauth::Secret;
use wasm_bindgen::prelude::*;

use crate::error::thrown;

/// What an exchange of a code starts from.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Callback(pub(crate) square_oauth::Callback);

#[wasm_bindgen]
impl Callback {
    /// Of a bare code.
    #[must_use]
    pub fn unchecked(
        code: String,
        redirect_uri: Option<String>,
        code_verifier: Option<String>,
    ) -> Self {
        let verifier = code_verifier.map(Secret::from);
        Self(square_oauth::Callback::unchecked(
            code,
            redirect_uri,
            verifier,
        ))
    }
}

/// The key that an attempt is kept under.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn attempt(callback: &str) -> Result<String, JsValue> {
    square_oauth::attempt(callback).map_err(thrown)
}
