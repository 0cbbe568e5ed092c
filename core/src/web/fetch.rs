//! Who is asking, and whether they mean it: what browsers say of a request.

use super::WebRequest;

const SITE: &str = "sec-fetch-site";

/// Whether a click on "Connect Square" may start an attempt at once. From another site, or from
/// something that says it is neither, the seller is asked first.
pub(super) fn may_start(request: &WebRequest) -> bool {
    let site = request.header(SITE);
    matches!(
        site.as_deref(),
        None | Some("none" | "same-origin" | "same-site")
    )
}

/// Whether a request that changes something comes from one of our own pages. One that says nothing
/// about itself does not: every browser sends one of these two headers with a form.
pub(super) fn is_from_own_page(request: &WebRequest, origin: &str) -> bool {
    match request.header(SITE) {
        Some(site) => site == "same-origin",
        None => request.header("origin").as_deref() == Some(origin),
    }
}

/// Whether a request only looks: link checkers send `HEAD`, browsers fetch pages ahead of a click.
pub(super) fn only_looks(request: &WebRequest) -> bool {
    let is_ahead = |name| {
        let purpose = request.header(name);
        purpose.is_some_and(|purpose| purpose.to_ascii_lowercase().contains("prefetch"))
    };
    // The last is what older versions of Firefox say.
    request.method == "HEAD"
        || ["sec-purpose", "purpose", "x-moz"]
            .into_iter()
            .any(is_ahead)
}
