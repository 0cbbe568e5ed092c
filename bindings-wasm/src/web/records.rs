//! Requests on their way in, answers on their way out.

use square_oauth::{
    OAuthError,
    web::{Answer, WebRequest},
};
use wasm_bindgen::prelude::*;

use crate::{
    error::fields,
    records::{
        self,
        Field::{MaybeNumber, MaybeText, Text, Texts},
    },
};

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
    let headers = response.headers.iter();
    let headers = headers.flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    let message = error.as_ref().map(OAuthError::message);
    let mut record = vec![
        ("status", MaybeNumber(Some(response.status.into()))),
        ("headers", Texts(headers.collect())),
        ("body", Text(&response.body)),
        ("outcome", MaybeText(outcome.map(|outcome| outcome.name()))),
    ];
    if let (Some(error), Some(message)) = (error, &message) {
        record.extend(fields(error, message));
    }
    records::record(&record)
}
