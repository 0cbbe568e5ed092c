//! Cookies, as browsers keep them: by host whatever the port, oldest first, until they are taken
//! back. Their age is left out; a test that wants one gone takes it out.

use hyper::{HeaderMap, Uri, header::SET_COOKIE};

#[derive(Clone, Debug, Default)]
pub(crate) struct Jar {
    cookies: Vec<Cookie>,
}

#[derive(Clone, Debug)]
struct Cookie {
    host: String,
    path: String,
    name: String,
    value: String,
}

impl Jar {
    /// The `Cookie` header for an address; empty where there are none.
    pub(crate) fn header_for(&self, uri: &Uri) -> String {
        let host = uri.host().unwrap_or_default();
        let pairs = self.cookies.iter().filter(|cookie| {
            cookie.host == host && uri.path().starts_with(cookie.path.trim_end_matches('/'))
        });
        let pairs: Vec<_> = pairs
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        pairs.join("; ")
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.cookies.iter().map(|cookie| cookie.name.as_str())
    }

    pub(crate) fn take_in(&mut self, uri: &Uri, headers: &HeaderMap) {
        for line in headers.get_all(SET_COOKIE) {
            self.take_in_one(uri, line.to_str().unwrap_or_default());
        }
    }

    fn take_in_one(&mut self, uri: &Uri, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let attributes: Vec<_> = parts.collect();
        let attribute = |wanted: &str| {
            let pairs = attributes.iter().filter_map(|part| part.split_once('='));
            let mut pairs = pairs.filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
            pairs.next().map(|(_, value)| value)
        };
        let host = uri.host().unwrap_or_default();
        let path = attribute("path").unwrap_or("/");
        let is_same =
            |cookie: &Cookie| cookie.host == host && cookie.path == path && cookie.name == name;
        self.cookies.retain(|cookie| !is_same(cookie));
        if attribute("max-age") != Some("0") {
            self.cookies.push(Cookie {
                host: host.to_owned(),
                path: path.to_owned(),
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
    }
}
