//! The handlers over one client.

use square_oauth::{
    Secret,
    binding::Given,
    web::{self, Arrival, WebHandlers},
};
use wasm_bindgen::prelude::*;

use super::{callback::Exchange, options, records};
use crate::{client::Client, error::thrown};

/// The core's handlers.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handlers(WebHandlers);

#[wasm_bindgen]
impl Handlers {
    /// Handlers over a client, with options by name; what is not there keeps its default.
    ///
    /// # Errors
    /// The core's own.
    #[wasm_bindgen(constructor)]
    pub fn new(client: &Client, given: String) -> Result<Self, JsValue> {
        let given = Secret::from(given);
        let options = options::read(&Given::read(&given));
        let handlers = options.and_then(|options| WebHandlers::new(client.0.clone(), options));
        handlers.map(Self).map_err(thrown)
    }

    /// *connect*.
    #[must_use]
    pub fn connect(&self, method: String, target: String, headers: &str, body: Vec<u8>) -> JsValue {
        let request = records::request(method, target, headers, body);
        records::answer(&self.0.connect(&request))
    }

    /// *callback*, up to where a code is to be exchanged: an answer, or an `Exchange`.
    #[must_use]
    pub fn arrive(&self, method: String, target: String, headers: &str) -> JsValue {
        let request = records::request(method, target, headers, Vec::new());
        match self.0.arrive(&request) {
            Arrival::Answer(answer) => records::answer(&answer),
            Arrival::Exchange(exchange) => Exchange::new(exchange).into(),
        }
    }
}

/// Whether a request that changes something comes from one of the application's own pages.
///
/// # Errors
/// The core's own, about the address.
#[wasm_bindgen]
pub fn is_from_own_page(public_url: &str, headers: &str) -> Result<bool, JsValue> {
    let request = records::request(String::new(), String::new(), headers, Vec::new());
    web::is_from_own_page(&request, public_url).map_err(thrown)
}
