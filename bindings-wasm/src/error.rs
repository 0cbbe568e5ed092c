//! Errors on their way out.

use core::time::Duration;

use serde::Serialize;
use square_oauth::{OAuthError, SquareError, binding, error::code};
use wasm_bindgen::prelude::*;

use crate::records::{milliseconds, record};

/// What `OAuthError` in JavaScript is made from.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    kind: &'a str,
    code: &'a str,
    message: &'a str,
    field: Option<&'a str>,
    http_status: Option<u16>,
    errors: Vec<Said<'a>>,
    retry_after: Option<f64>,
    retryable: bool,
    request_may_have_arrived: bool,
}

#[derive(Serialize)]
struct Said<'a> {
    category: Option<&'a str>,
    code: Option<&'a str>,
    detail: Option<&'a str>,
    field: Option<&'a str>,
}

impl<'a> From<&'a SquareError> for Said<'a> {
    fn from(error: &'a SquareError) -> Self {
        // Every field by name, so that a new one cannot be forgotten here.
        let SquareError {
            category,
            code,
            detail,
            field,
        } = error;
        Self {
            category: category.as_deref(),
            code: code.as_deref(),
            detail: detail.as_deref(),
            field: field.as_deref(),
        }
    }
}

/// The record that stands for an error on the other side.
pub(crate) fn failure(error: &OAuthError) -> JsValue {
    record(&Failure {
        kind: error.kind().name(),
        code: error.code(),
        message: &error.to_string(),
        field: error.field(),
        http_status: error.http_status(),
        errors: error.errors().iter().map(Said::from).collect(),
        retry_after: error.retry_after().map(|wait: Duration| milliseconds(wait)),
        retryable: error.retryable(),
        request_may_have_arrived: error.request_may_have_arrived(),
    })
}

pub(crate) fn thrown(error: OAuthError) -> JsValue {
    failure(&error)
}

/// A key that is no option.
#[wasm_bindgen]
pub fn unknown_option(given: &str, known: Vec<String>) -> JsValue {
    failure(&binding::unknown_option(
        given,
        known.iter().map(String::as_str),
    ))
}

/// A value of a type that its field does not take; `text` completes the sentence that the field's
/// name begins, and never repeats the value.
#[wasm_bindgen]
pub fn wrong_value(field: String, text: String, is_unexpected: bool) -> JsValue {
    let code = if is_unexpected {
        code::VALUE_UNEXPECTED
    } else {
        code::VALUE_MALFORMED
    };
    failure(&binding::error(code, Some(field), Some(text)))
}

/// A call that its caller's signal ended.
#[wasm_bindgen]
pub fn aborted(may_have_arrived: bool) -> JsValue {
    failure(&binding::aborted(may_have_arrived))
}
