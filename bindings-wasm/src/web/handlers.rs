//! The handlers over one client.

use square_oauth::{
    Secret,
    binding::Given,
    web::{self, Arrival, WebHandlers},
};
use wasm_bindgen::prelude::*;

use super::{callback::Exchange, options, records};
use crate::{clients::with, error::thrown};

/// Works with handlers over a client, with options by name; what is not there keeps its default. JavaScript keeps
/// the options: they come with each request, so that nothing is held here.
fn with_handlers(
    client: usize,
    given: String,
    work: &mut dyn FnMut(&WebHandlers) -> JsValue,
) -> Result<JsValue, JsValue> {
    let given = Secret::from(given);
    let options = options::read(&Given::read(&given)).map_err(thrown)?;
    let worked = with(client, |client| {
        Ok(work(&WebHandlers::new(client.clone(), options)?))
    });
    worked.map_err(thrown)
}

/// Checks options.
///
/// # Errors
/// The core's own.
#[wasm_bindgen]
pub fn handlers(client: usize, given: String) -> Result<JsValue, JsValue> {
    with_handlers(client, given, &mut |_| JsValue::UNDEFINED)
}

/// *connect*.
///
/// # Errors
/// The core's own, about the client.
#[wasm_bindgen]
pub fn connect(
    client: usize,
    given: String,
    method: String,
    target: String,
    headers: &str,
    body: Vec<u8>,
) -> Result<JsValue, JsValue> {
    let request = records::request(method, target, headers, body);
    with_handlers(client, given, &mut |handlers| {
        records::answer(&handlers.connect(&request))
    })
}

/// *callback*, up to where a code is to be exchanged: an answer, or an `Exchange`.
///
/// # Errors
/// The core's own, about the client.
#[wasm_bindgen]
pub fn arrive(
    client: usize,
    given: String,
    method: String,
    target: String,
    headers: &str,
) -> Result<JsValue, JsValue> {
    let request = records::request(method, target, headers, Vec::new());
    with_handlers(
        client,
        given,
        &mut |handlers| match handlers.arrive(&request) {
            Arrival::Answer(answer) => records::answer(&answer),
            Arrival::Exchange(exchange) => Exchange::new(exchange).into(),
        },
    )
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
