//! Reading the body of a token request: JSON, or a form where that is allowed, into named fields
//! with rules.

use hyper::{StatusCode, header::CONTENT_TYPE};
use serde_json::{Map, Value};

use super::{Refusal, refusal::INVALID_REQUEST};
use crate::{
    config::{ErrorShape, Switches},
    http::call::Call,
};

/// The fields of a request. `null` counts as absent: Square's specification marks almost every
/// field nullable.
pub(crate) struct Fields {
    values: Map<String, Value>,
    missing: ErrorShape,
    /// A form has text only: "true" is a boolean there.
    form: bool,
}

impl Fields {
    /// Read a body. Unknown fields are taken and left alone (seen in the field: every SDK sends
    /// some).
    pub(crate) fn read(call: &Call, switches: &Switches) -> Result<Self, Refusal> {
        let form = is_form(call, switches)?;
        let values = if form {
            form_fields(&call.body)
        } else {
            json_fields(&call.body)?
        };
        Ok(Self {
            values,
            missing: switches.missing_parameter_errors,
            form,
        })
    }

    /// A text that must be there and must have `min` to `max` characters.
    pub(crate) fn required(&self, name: &str, min: usize, max: usize) -> Result<&str, Refusal> {
        self.optional(name, min, max)?
            .ok_or_else(|| Refusal::missing(self.missing, name))
    }

    /// A text that may be there and must then have `min` to `max` characters.
    pub(crate) fn optional(
        &self,
        name: &str,
        min: usize,
        max: usize,
    ) -> Result<Option<&str>, Refusal> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let text = value
            .as_str()
            .ok_or_else(|| wrong_type(name, "EXPECTED_STRING", "a string"))?;
        let length = text.chars().count();
        let complaint = if text.is_empty() {
            Some(("VALUE_EMPTY", "must not be empty".to_owned()))
        } else if length < min {
            Some((
                "VALUE_TOO_SHORT",
                format!("must have at least {min} characters"),
            ))
        } else if length > max {
            Some((
                "VALUE_TOO_LONG",
                format!("must have at most {max} characters"),
            ))
        } else {
            None
        };
        match complaint {
            Some((code, what)) => {
                Err(Refusal::invalid(code, format!("parameter '{name}' {what}")).field(name))
            }
            None => Ok(Some(text)),
        }
    }

    /// A boolean, false when absent.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(Value::String(text)) if self.form && text == "true" => Ok(true),
            Some(Value::String(text)) if self.form && text == "false" => Ok(false),
            Some(_) => Err(wrong_type(name, "EXPECTED_BOOLEAN", "a boolean")),
        }
    }

    /// A list of texts.
    pub(crate) fn list(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let text = |value: &Value| {
            let text = value.as_str().map(str::to_owned);
            text.ok_or_else(|| wrong_type(name, "EXPECTED_STRING", "an array of strings"))
        };
        match self.value(name) {
            None => Ok(None),
            Some(Value::Array(values)) => {
                values.iter().map(text).collect::<Result<_, _>>().map(Some)
            }
            Some(Value::String(text)) if self.form => {
                Ok(Some(text.split_whitespace().map(str::to_owned).collect()))
            }
            Some(_) => Err(wrong_type(name, "EXPECTED_ARRAY", "an array")),
        }
    }

    pub(crate) fn missing(&self, name: &str) -> Refusal {
        Refusal::missing(self.missing, name)
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }
}

/// A text field of a body, read without any rule: for telling requests apart, not for answering
/// them.
pub(crate) fn peek(call: &Call, name: &str) -> Option<String> {
    let json = || serde_json::from_slice::<Map<String, Value>>(&call.body).ok();
    let values = if call.header(CONTENT_TYPE).is_some_and(is_form_type) {
        form_fields(&call.body)
    } else {
        json()?
    };
    values.get(name)?.as_str().map(str::to_owned)
}

/// JSON is what is documented; a body without a type is read as JSON (our convention).
fn is_form(call: &Call, switches: &Switches) -> Result<bool, Refusal> {
    let Some(content_type) = call.header(CONTENT_TYPE) else {
        return Ok(false);
    };
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(false);
    }
    if switches.form_bodies && is_form_type(content_type) {
        return Ok(true);
    }
    let text = "The content type must be application/json";
    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    Err(Refusal::errors(
        status,
        INVALID_REQUEST,
        "UNSUPPORTED_MEDIA_TYPE",
        text,
    ))
}

fn is_form_type(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

fn form_fields(body: &[u8]) -> Map<String, Value> {
    form_urlencoded::parse(body)
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect()
}

fn json_fields(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(values)) => Ok(values),
        Ok(_) => Err(Refusal::invalid(
            "EXPECTED_OBJECT",
            "The request body must be a JSON object",
        )),
        Err(_) => Err(Refusal::invalid(
            "EXPECTED_JSON_BODY",
            "The request body is not JSON",
        )),
    }
}

fn wrong_type(name: &str, code: &str, expected: &str) -> Refusal {
    Refusal::invalid(code, format!("parameter '{name}' must be {expected}")).field(name)
}
