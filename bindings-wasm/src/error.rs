//! Errors on their way out.

use square_oauth::{
    OAuthError, SquareError,
    binding::{self, Object},
    error::code,
};
use wasm_bindgen::prelude::*;

use crate::records::record;

fn said(error: &SquareError) -> Object {
    // Every field by name, so that a new one cannot be forgotten here.
    let SquareError {
        category,
        code,
        detail,
        field,
    } = error;
    let mut object = Object::new();
    object.maybe("category", category.as_deref());
    object.maybe("code", code.as_deref());
    object.maybe("detail", detail.as_deref());
    object.maybe("field", field.as_deref());
    object
}

/// The record that stands for an error on the other side.
pub(crate) fn failure(error: &OAuthError) -> JsValue {
    let mut object = Object::new();
    write(&mut object, error);
    record(object)
}

/// Its fields.
pub(crate) fn write(object: &mut Object, error: &OAuthError) {
    object.text("kind", error.kind().name());
    object.text("code", error.code());
    object.text("message", &error.message());
    object.maybe("field", error.field());
    if let Some(status) = error.http_status() {
        object.number("httpStatus", status.into());
    }
    object.objects("errors", error.errors().iter().map(said));
    if let Some(wait) = error.retry_after() {
        object.duration("retryAfter", wait);
    }
    object.truth("retryable", error.retryable());
    object.truth("requestMayHaveArrived", error.request_may_have_arrived());
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
