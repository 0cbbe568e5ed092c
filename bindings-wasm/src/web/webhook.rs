//! Square's deliveries.

use square_oauth::web::{Delivery, webhook};
use wasm_bindgen::prelude::*;

use super::records;
use crate::{error::thrown, records::event, webhooks};

/// *webhook*: the answer, and the event if it is one of Square's.
///
/// # Errors
/// The core's own, about the subscriptions.
#[wasm_bindgen]
pub fn deliver(
    given: String,
    method: String,
    headers: &str,
    body: Vec<u8>,
) -> Result<Vec<JsValue>, JsValue> {
    let webhooks = webhooks::read(given).map_err(thrown)?;
    let request = records::request(method, String::new(), headers, body);
    Ok(match webhook(&webhooks, &request) {
        Delivery::Verified {
            event: found,
            response,
        } => {
            vec![records::answer(&response.into()), event(&found)]
        }
        Delivery::Refused(answer) => vec![records::answer(&answer)],
    })
}
