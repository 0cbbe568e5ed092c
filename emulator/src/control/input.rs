//! Reading what a control call is given.

use serde::de::DeserializeOwned;

use super::Refusal;
use crate::{config::explain, http::call::Call};

/// The JSON object of a call; no body is an empty object.
pub(super) fn read<T: DeserializeOwned>(call: &Call) -> Result<T, Refusal> {
    let body: &[u8] = if call.body.is_empty() {
        b"{}"
    } else {
        &call.body
    };
    serde_json::from_slice(body).map_err(|error| Refusal::malformed(explain(&error.to_string())))
}
