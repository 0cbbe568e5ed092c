//! A callback that was checked, or one that its caller answers for. JavaScript keeps it, so that it
//! outlives the instance that has checked it, and nobody has to give it back.

use square_oauth::{
    Callback, Secret,
    binding::{self, CallbackParts, Given, Object},
};
use wasm_bindgen::prelude::*;

use crate::{error::thrown, records::record};

/// What an exchange of a code starts from.
pub(crate) fn kept(callback: &Callback) -> JsValue {
    let CallbackParts {
        code,
        redirect_uri,
        code_verifier,
    } = binding::parts(callback);
    let mut object = Object::new();
    object.text("code", code.expose());
    object.maybe("redirectUri", redirect_uri);
    object.maybe("codeVerifier", code_verifier.map(Secret::expose));
    record(object)
}

/// The same on its way back.
pub(crate) fn read(given: &Given<'_>) -> Callback {
    let code = given.secret("code").unwrap_or_else(|| "".into());
    let (redirect_uri, verifier) = (given.text("redirectUri"), given.secret("codeVerifier"));
    Callback::unchecked(code, redirect_uri, verifier)
}

/// The key that an attempt is kept under.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn attempt(callback: String) -> Result<JsValue, JsValue> {
    let callback = Secret::from(callback);
    let attempt = square_oauth::attempt(callback.expose()).map_err(thrown)?;
    let mut object = Object::new();
    object.text("attempt", &attempt);
    Ok(record(object))
}
