//! Square's deliveries.

use square_oauth::web::{Delivery, webhook};
use wasm_bindgen::prelude::*;

use super::records;
use crate::{records::event, webhooks::Webhooks};

#[wasm_bindgen]
impl Webhooks {
    /// *webhook*: the answer, and the event if it is one of Square's.
    #[must_use]
    pub fn deliver(&self, method: String, headers: &str, body: Vec<u8>) -> Vec<JsValue> {
        let request = records::request(method, String::new(), headers, body);
        match webhook(&self.0, &request) {
            Delivery::Verified {
                event: found,
                response,
            } => {
                vec![records::answer(&response.into()), event(&found)]
            }
            Delivery::Refused(answer) => vec![records::answer(&answer)],
        }
    }
}
