//! A browser: requests with the headers it would send, and a jar for cookies.

use square_oauth::web::{WebRequest, WebResponse};

pub(crate) type Headers<'a> = &'a [(&'a str, &'a str)];

/// How browsers say that a seller came from somewhere else.
pub(crate) const FOREIGN: Headers<'static> = &[("sec-fetch-site", "cross-site")];
pub(crate) const OWN: Headers<'static> = &[("sec-fetch-site", "same-origin")];

pub(crate) fn request(method: &str, target: &str, headers: Headers<'_>, body: &str) -> WebRequest {
    let headers = headers.iter();
    WebRequest {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    }
}

pub(crate) fn get(target: &str, headers: Headers<'_>) -> WebRequest {
    request("GET", target, headers, "")
}

/// All values of a header.
pub(crate) fn all<'a>(response: &'a WebResponse, name: &str) -> Vec<&'a str> {
    let headers = response.headers.iter();
    let named = headers.filter(|(found, _)| found == name);
    named.map(|(_, value)| value.as_str()).collect()
}

/// The one value of a header.
pub(crate) fn one<'a>(response: &'a WebResponse, name: &str) -> &'a str {
    let all = all(response, name);
    assert_eq!(all.len(), 1, "{name}: {all:?}");
    all[0]
}

/// Asserts what no redirect on this way may lack; yields where it leads.
pub(crate) fn clean(response: &WebResponse) -> &str {
    assert_eq!(response.status, 303);
    assert_eq!(one(response, "cache-control"), "no-store");
    assert_eq!(one(response, "referrer-policy"), "no-referrer");
    let location = one(response, "location");
    for secret in ["code=", "state=", "error="] {
        assert!(!location.contains(secret), "{location}");
    }
    location
}

/// The names of the cookies that an answer takes back.
pub(crate) fn cleared(response: &WebResponse) -> Vec<&str> {
    let gone = all(response, "set-cookie").into_iter();
    gone.filter(|line| line.ends_with("Max-Age=0"))
        .map(|line| line.split('=').next().unwrap())
        .collect()
}

/// Cookies, the oldest first, as browsers send them.
#[derive(Clone, Default)]
pub(crate) struct Jar(pub(crate) Vec<(String, String)>);

impl Jar {
    pub(crate) fn take(&mut self, response: &WebResponse) {
        for line in all(response, "set-cookie") {
            let (pair, attributes) = line.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.0.retain(|(kept, _)| kept != name);
            if !attributes.ends_with("Max-Age=0") {
                self.0.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Adds the cookies to a request.
    pub(crate) fn on(&self, mut request: WebRequest) -> WebRequest {
        let pairs = self.0.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !pairs.is_empty() {
            request
                .headers
                .push(("Cookie".to_owned(), pairs.join("; ")));
        }
        request
    }
}

/// A parameter of an address.
pub(crate) fn parameter(address: &str, name: &str) -> String {
    let query = address.split_once('?').unwrap().1;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (_, value) = pairs.find(|(found, _)| found == name).unwrap();
    value.into_owned()
}
