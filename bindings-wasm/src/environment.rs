//! Where Square is, out of the words that JavaScript keeps for it.

use square_oauth::{
    Environment, OAuthError, Secret,
    binding::{Given, Object},
};
use wasm_bindgen::prelude::*;

use crate::{error::thrown, records::record};

pub(crate) fn read(given: &Given<'_>) -> Result<Environment, OAuthError> {
    let text = given.text("environment").unwrap_or_default();
    let environment = match given.flag("isInsecure") {
        true => Environment::insecure_for_emulator(&text),
        false => text.parse(),
    }?;
    match given.text("authorizeUrl") {
        Some(url) => environment.authorize_at(&url),
        None => Ok(environment),
    }
}

/// What an environment is called and where its addresses lead.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn environment(given: String) -> Result<JsValue, JsValue> {
    let given = Secret::from(given);
    let environment = read(&Given::read(&given)).map_err(thrown)?;
    let mut object = Object::new();
    object.text("name", environment.name());
    object.text("baseUrl", environment.base_url());
    object.text("authorizeBaseUrl", environment.authorize_base_url());
    Ok(record(object))
}
