//! What sellers read: plain pages that work without scripts, with a keyboard and a screen reader.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use crate::{
    return_to::ReturnTo,
    status::{Seller, Standing},
};

pub(crate) const STYLE: &str = include_str!("style.css");

/// For whoever comes to connect from another site: one press of this button starts.
pub(crate) fn ask(return_to: &ReturnTo) -> Markup {
    page(
        "Connect Square?",
        &html! {
            p { "You will go to Square, where you see what this application asks for and decide." }
            form method="post" action="/connect" {
                input type="hidden" name="return_to" value=(return_to.as_str());
                button.primary { "Connect Square" }
            }
            p { a href="/status" { "Not now" } }
        },
    )
}

pub(crate) fn outcome(title: &str, text: &str) -> Markup {
    page(
        title,
        &html! {
            p { (text) }
            p { a.button href="/connect" { "Connect Square" } " " a href="/status" { "Your status" } }
        },
    )
}

pub(crate) fn not_from_here() -> Markup {
    page(
        "Please use the button on this site",
        &html! {
            p { "The request came from somewhere else, so nothing was changed." }
            p { a href="/status" { "Your status" } }
        },
    )
}

pub(crate) fn status(sellers: &[Seller]) -> Markup {
    page(
        "Square",
        &html! {
            @if sellers.is_empty() {
                p { "Nobody is connected." }
            }
            @for seller in sellers {
                (row(seller))
            }
            p { a.button href="/connect" { "Connect Square" } }
        },
    )
}

fn row(seller: &Seller) -> Markup {
    html! {
        section aria-labelledby=(seller.merchant_id) {
            h2 id=(seller.merchant_id) { "Seller " (seller.merchant_id) }
            @match &seller.standing {
                Standing::Live(scopes) => {
                    p { "Connected. Permissions: " (scopes.join(", ")) "." }
                }
                Standing::Rejected => {
                    p { "Square does not take the access token any more. Refresh it, or connect again." }
                }
                Standing::Unknown => p { "Square could not be asked just now." },
            }
            dl {
                dt { "Access token good until" } dd { (time(&seller.expires_at)) }
                dt { "Last refreshed" } dd { (time(&seller.refreshed_at)) }
            }
            (button("/refresh", "Refresh now", &seller.merchant_id))
            (button("/disconnect", "Disconnect", &seller.merchant_id))
        }
    }
}

fn time(moment: &str) -> Markup {
    html! { time datetime=(moment) { (moment) } }
}

fn button(action: &str, label: &str, merchant_id: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="merchant_id" value=(merchant_id);
            button aria-describedby=(merchant_id) { (label) }
        }
    }
}

fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
            }
            body { main { h1 { (title) } (content) } }
        }
    }
}

/// On to another page, keeping nothing of this one: not in a cache, and not as the next one's
/// referrer, for this one's address may hold a code.
pub(crate) fn see_other(
    location: &str,
    cookies: impl IntoIterator<Item = HeaderValue>,
) -> Response {
    let Ok(location) = HeaderValue::from_str(location) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::LOCATION, location);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// What every answer has unless it says otherwise.
pub(crate) async fn add_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in EVERYWHERE {
        headers
            .entry(name)
            .or_insert_with(|| HeaderValue::from_static(value));
    }
    response
}

const EVERYWHERE: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    // Not "no-referrer": with that, browsers send "Origin: null" along with our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // No frames: a page around ours could lay its own button over "Connect Square". No form-action:
    // browsers apply it to the redirects that follow, and those go to Square.
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    ),
];
