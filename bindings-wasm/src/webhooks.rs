//! Webhook deliveries. JavaScript keeps the subscriptions: they come with each delivery, so that
//! nothing is held here.

use square_oauth::{OAuthError, Secret, Subscription, Webhooks, binding::Given};
use wasm_bindgen::prelude::*;

use crate::{error::thrown, records};

/// Of notification URLs and their signature keys, in the same order.
pub(crate) fn read(given: String) -> Result<Webhooks, OAuthError> {
    let given = Secret::from(given);
    let given = Given::read(&given);
    let urls = given.texts("notificationUrls").into_iter();
    let subscriptions = urls.zip(given.texts("signatureKeys"));
    Webhooks::new(subscriptions.map(|(url, key)| Subscription::new(url, key)))
}

/// Checks subscriptions.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn webhooks(given: String) -> Result<(), JsValue> {
    read(given).map(drop).map_err(thrown)
}

/// The event of a delivery; an empty signature is none.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn verify(given: String, body: &[u8], signature: &str) -> Result<JsValue, JsValue> {
    let event = read(given).and_then(|webhooks| webhooks.verify(body, signature));
    event.map(|event| records::event(&event)).map_err(thrown)
}
