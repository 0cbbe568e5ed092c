//! A request as it came.

use core::fmt;
use std::collections::HashMap;

use square_oauth::web;

use crate::live::Live;

/// A request of a browser's or of Square's, before any framework has parsed it.
#[derive(uniffi::Object)]
#[uniffi::export(Debug, Display)]
pub struct WebRequest {
    pub(super) inner: web::WebRequest,
    _live: Live,
}

#[uniffi::export]
impl WebRequest {
    /// Take a request apart. `method` is in capitals; `target` is path and query as they came, unparsed;
    /// `headers` are all values by name, in any case, with U+FFFD in the place of what is no text; `body`
    /// is raw, and may be empty for anything but a `POST`.
    #[uniffi::constructor]
    #[must_use]
    pub fn new(
        method: String,
        target: String,
        headers: HashMap<String, Vec<String>>,
        body: Vec<u8>,
    ) -> Self {
        let headers = headers.into_iter().flat_map(|(name, values)| {
            let of_name = values.into_iter();
            of_name.map(move |value| (name.clone(), value))
        });
        Self {
            inner: web::WebRequest {
                method,
                target,
                headers: headers.collect(),
                body,
            },
            _live: Live::new(),
        }
    }
}

impl fmt::Debug for WebRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Display for WebRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}
