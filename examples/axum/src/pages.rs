//! What sellers read: plain pages that work without scripts, with a keyboard and a screen reader.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};

use crate::{
    config::{CONNECT, STATUS},
    status::{Seller, Standing},
};

pub(crate) const STYLE_PATH: &str = "/style.css";
pub(crate) const STYLE: &str = include_str!("style.css");

pub(crate) fn outcome(title: &str, text: &str) -> Markup {
    page(
        title,
        &html! {
            p { (text) }
            p { a.button href=(CONNECT) { "Connect Square" } " " a href=(STATUS) { "Your status" } }
        },
    )
}

pub(crate) fn not_from_here() -> Markup {
    page(
        "Please use the button on this site",
        &html! {
            p { "The request came from somewhere else, so nothing was changed." }
            p { a href=(STATUS) { "Your status" } }
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
            p { a.button href=(CONNECT) { "Connect Square" } }
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
                link rel="stylesheet" href=(STYLE_PATH);
                link rel="icon" href="data:,";
            }
            body { main { h1 { (title) } (content) } }
        }
    }
}

/// On to another page.
pub(crate) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
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
    // No frames: a page around ours could lay its own button over "Disconnect".
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    ),
];
