//! Requests on their way in, answers on their way out.

use square_oauth::{
    binding::Object,
    web::{Answer, WebRequest},
};
use wasm_bindgen::prelude::*;

use crate::{error, records};

/// Names and values of headers come a line each: one crossing, and no value of a header has a line
/// break.
pub(super) fn request(method: String, target: String, headers: &str, body: Vec<u8>) -> WebRequest {
    let mut lines = headers.split('\n');
    let mut pairs = Vec::new();
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    WebRequest {
        method,
        target,
        headers: pairs,
        body,
    }
}

/// An answer, and in the same record the error that came of it, if one did.
pub(super) fn answer(answer: &Answer) -> JsValue {
    let Answer {
        response,
        outcome,
        error,
    } = answer;
    let mut object = Object::new();
    object.number("status", response.status.into());
    let headers = response.headers.iter();
    let headers = headers.flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    object.texts("headers", headers);
    object.text("body", &response.body);
    object.maybe("outcome", outcome.map(|outcome| outcome.name()));
    if let Some(error) = error {
        error::write(&mut object, error);
    }
    records::record(object)
}
