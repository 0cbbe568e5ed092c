//! Webhook deliveries.

use square_oauth::Subscription;
use wasm_bindgen::prelude::*;

use crate::{error::thrown, records};

/// The subscriptions that deliveries are checked against.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Webhooks(pub(crate) square_oauth::Webhooks);

#[wasm_bindgen]
impl Webhooks {
    /// Of notification URLs and their signature keys, in the same order.
    ///
    /// # Errors
    /// The core's own.
    #[wasm_bindgen(constructor)]
    pub fn new(urls: Vec<String>, keys: Vec<String>) -> Result<Self, JsValue> {
        let subscriptions = urls.into_iter().zip(keys);
        let subscriptions = subscriptions.map(|(url, key)| Subscription::new(url, key));
        square_oauth::Webhooks::new(subscriptions)
            .map(Self)
            .map_err(thrown)
    }

    /// The event of a delivery.
    ///
    /// # Errors
    /// The core's own.
    pub fn verify(&self, body: &[u8], signature: Option<String>) -> Result<JsValue, JsValue> {
        let event = self.0.verify(body, signature.as_deref());
        event.map(|event| records::event(&event)).map_err(thrown)
    }
}
