//! Errors on their way out.

use square_oauth::{OAuthError, SquareError, binding, error::code};
use wasm_bindgen::prelude::*;

use crate::records::{
    Field::{self, Flag, MaybeNumber, MaybeText, Records, Text},
    milliseconds, record,
};

fn said(error: &SquareError) -> [(&'static str, Field<'_>); 4] {
    // Every field by name, so that a new one cannot be forgotten here.
    let SquareError {
        category,
        code,
        detail,
        field,
    } = error;
    [
        ("category", MaybeText(category.as_deref())),
        ("code", MaybeText(code.as_deref())),
        ("detail", MaybeText(detail.as_deref())),
        ("field", MaybeText(field.as_deref())),
    ]
}

/// The record that stands for an error on the other side.
pub(crate) fn failure(error: &OAuthError) -> JsValue {
    record(&fields(error, &error.message()))
}

/// Its fields; the message is the error's own, which somebody has to keep.
pub(crate) fn fields<'a>(
    error: &'a OAuthError,
    message: &'a str,
) -> [(&'static str, Field<'a>); 9] {
    [
        ("kind", Text(error.kind().name())),
        ("code", Text(error.code())),
        ("message", Text(message)),
        ("field", MaybeText(error.field())),
        (
            "httpStatus",
            MaybeNumber(error.http_status().map(f64::from)),
        ),
        ("errors", Records(error.errors().iter().map(said).collect())),
        (
            "retryAfter",
            MaybeNumber(error.retry_after().map(milliseconds)),
        ),
        ("retryable", Flag(error.retryable())),
        (
            "requestMayHaveArrived",
            Flag(error.request_may_have_arrived()),
        ),
    ]
}

pub(crate) fn thrown(error: OAuthError) -> JsValue {
    failure(&error)
}

/// A key that is no option; those that are have a space between them.
#[wasm_bindgen]
pub fn unknown_option(given: &str, known: &str) -> JsValue {
    let known = known.split(' ').filter(|name| !name.is_empty());
    failure(&binding::unknown_option(given, known))
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
