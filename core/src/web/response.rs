//! An answer, ready to be sent as it is.

use core::fmt;

use super::request::path;

/// An answer to a browser or to Square.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WebResponse {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case. `set-cookie` may be there more than once: append each.
    pub headers: Vec<(String, String)>,
    /// The body, UTF-8; empty where there is none.
    pub body: String,
}

impl WebResponse {
    /// Nothing but a status, which no cache keeps.
    pub(super) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: headers([("cache-control", "no-store")]),
            body: String::new(),
        }
    }

    /// What the method is not for.
    pub(super) fn not_allowed(methods: &str) -> Self {
        let mut response = Self::empty(405);
        response.headers.extend(headers([("allow", methods)]));
        response
    }

    /// On to another page, keeping nothing of this one: not in a cache, and not as the next one's
    /// referrer, for this one's address may hold a code.
    pub(super) fn see_other(location: &str, cookies: impl IntoIterator<Item = String>) -> Self {
        let mut all = headers([
            ("location", location),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
        ]);
        let cookies = cookies.into_iter();
        all.extend(cookies.map(|cookie| ("set-cookie".to_owned(), cookie)));
        Self {
            status: 303,
            headers: all,
            body: String::new(),
        }
    }

    /// A page for a seller. `style` is what its policy takes styles from.
    pub(super) fn page(body: String, style: &str) -> Self {
        // No frames: a page around ours could lay its own button over "Connect Square". No
        // form-action: browsers apply it to the redirects that follow, and those go to Square.
        let policy = [
            "default-src 'none'; style-src ",
            style,
            "; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        ]
        .concat();
        Self {
            status: 200,
            headers: headers([
                ("content-type", "text/html; charset=utf-8"),
                ("cache-control", "no-store"),
                // Not "no-referrer": with that, browsers send "Origin: null" along with our form.
                ("referrer-policy", "same-origin"),
                ("x-content-type-options", "nosniff"),
                ("content-security-policy", &policy),
            ]),
            body,
        }
    }
}

fn headers<const N: usize>(all: [(&str, &str); N]) -> Vec<(String, String)> {
    let owned = all.map(|(name, value)| (name.to_owned(), value.to_owned()));
    owned.into()
}

/// Without the values of its headers: pending is in a cookie, and the state in a location's query.
impl fmt::Debug for WebResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let location = self.headers.iter().find(|(name, _)| name == "location");
        f.debug_struct("WebResponse")
            .field("status", &self.status)
            .field("location", &location.map(|(_, value)| path(value)))
            .field("headers", &names)
            .field("body_length", &self.body.len())
            .finish()
    }
}
