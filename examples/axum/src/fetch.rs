//! Who is asking, and whether they mean it: what browsers say of a request.

use axum::{
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Whether a click on "Connect Square" may start an attempt at once. From another site, or from
/// something that says it is neither, the seller is asked first.
pub(crate) fn may_start(headers: &HeaderMap) -> bool {
    let site = text(headers, "sec-fetch-site");
    matches!(site, None | Some("none" | "same-origin" | "same-site"))
}

/// Whether a request that changes something comes from one of our own pages. One that says nothing
/// about itself does not: every browser sends one of these two headers with a form.
pub(crate) fn is_from_own_page(headers: &HeaderMap, origin: &str) -> bool {
    match text(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text(headers, header::ORIGIN.as_str()) == Some(origin),
    }
}

/// Whether a request only looks: link checkers send `HEAD`, browsers fetch pages ahead of a click.
pub(crate) fn only_looks(method: &Method, headers: &HeaderMap) -> bool {
    let is_ahead = |name| {
        text(headers, name).is_some_and(|purpose| purpose.to_ascii_lowercase().contains("prefetch"))
    };
    method == Method::HEAD || is_ahead("sec-purpose") || is_ahead("purpose")
}

/// The answer to those: nothing to keep, and nothing has changed.
pub(crate) fn nothing_to_see() -> Response {
    (StatusCode::NO_CONTENT, NO_STORE).into_response()
}

pub(crate) const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// A header's text. One that is there but no text is not absent.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(name)?;
    Some(value.to_str().unwrap_or("?"))
}
