//! A request as it came, before any framework has parsed it.

use core::fmt;

/// A request of a browser's or of Square's.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WebRequest {
    /// The method, in capitals.
    pub method: String,
    /// Path and query as they came, unparsed: a framework that has parsed them has decided which
    /// of two `state` parameters counts. A whole URL will do.
    pub target: String,
    /// The headers as they came, names in any case. Where a value is no text, put U+FFFD in the
    /// place of what cannot be read, rather than leaving the header out.
    pub headers: Vec<(String, String)>,
    /// The raw body. May be empty for anything but a `POST`.
    pub body: Vec<u8>,
}

impl WebRequest {
    /// A header's value; of one that came more than once, all of them, which no rule takes for one.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let mut values = self.all(name);
        let mut joined = values.next()?.to_owned();
        for value in values {
            joined.push_str(", ");
            joined.push_str(value);
        }
        Some(joined)
    }

    /// Every value of a header, in order.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let of_name = move |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
        let headers = self.headers.iter().filter(of_name);
        headers.map(|(_, value)| value.as_str())
    }
}

/// Without query, header values and body: there are cookies, codes and states in them.
impl fmt::Debug for WebRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("WebRequest")
            .field("method", &self.method)
            .field("path", &path(&self.target))
            .field("headers", &names)
            .field("body_length", &self.body.len())
            .finish()
    }
}

/// An address up to its query.
pub(super) fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}
