//! Where Square is, out of the words that JavaScript keeps for it.

use square_oauth::{Environment, OAuthError};
use wasm_bindgen::prelude::*;

use crate::{
    error::thrown,
    records::{Field::Text, record},
};

pub(crate) fn read(
    text: &str,
    is_insecure: bool,
    authorize_url: Option<&str>,
) -> Result<Environment, OAuthError> {
    let environment = match is_insecure {
        true => Environment::insecure_for_emulator(text),
        false => text.parse(),
    }?;
    match authorize_url {
        Some(url) => environment.authorize_at(url),
        None => Ok(environment),
    }
}

/// What an environment is called and where its addresses lead.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn environment(
    text: &str,
    is_insecure: bool,
    authorize_url: Option<String>,
) -> Result<JsValue, JsValue> {
    let environment = read(text, is_insecure, authorize_url.as_deref()).map_err(thrown)?;
    Ok(record(&[
        ("name", Text(environment.name())),
        ("baseUrl", Text(environment.base_url())),
        ("authorizeBaseUrl", Text(environment.authorize_base_url())),
    ]))
}
