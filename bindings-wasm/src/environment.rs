//! Where Square is, out of the words that JavaScript keeps for it.

use serde::Serialize;
use square_oauth::{Environment, OAuthError};
use wasm_bindgen::prelude::*;

use crate::{error::thrown, records::record};

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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EnvironmentRecord<'a> {
    name: String,
    base_url: &'a str,
    authorize_base_url: &'a str,
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
    Ok(record(&EnvironmentRecord {
        name: environment.to_string(),
        base_url: environment.base_url(),
        authorize_base_url: environment.authorize_base_url(),
    }))
}
