//! Replies as plain values.

use bytes::Bytes;
use hyper::{
    Response, StatusCode,
    header::{CONTENT_TYPE, HeaderName, HeaderValue, LOCATION},
};
use maud::Markup;
use serde::Serialize;

pub(crate) type Reply = Response<Bytes>;

pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Reply {
    typed(
        status,
        "application/json",
        serde_json::to_vec(value).unwrap_or_default(),
    )
}

/// A page of ours: no script, nothing from elsewhere, in no frame.
pub(crate) fn html(status: StatusCode, page: &Markup) -> Reply {
    let reply = typed(status, "text/html; charset=utf-8", page.0.clone());
    // A form's answer may redirect to the application, wherever that is, and browsers count that as
    // form action.
    let policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http: https:; \
                  frame-ancestors 'none'; base-uri 'none'";
    let reply = with_header(reply, "content-security-policy", policy);
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    let reply = with_header(reply, "referrer-policy", "same-origin");
    with_header(reply, "cache-control", "no-store")
}

pub(crate) fn redirect(status: StatusCode, url: &str) -> Reply {
    with_header(
        typed(status, "text/html; charset=utf-8", ""),
        LOCATION.as_str(),
        url,
    )
}

pub(crate) fn typed(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Reply {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = status;
    reply
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    reply
}

/// Add a header; one that HTTP does not allow is left out.
pub(crate) fn with_header(mut reply: Reply, name: &str, value: &str) -> Reply {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        reply.headers_mut().append(name, value);
    }
    reply
}
