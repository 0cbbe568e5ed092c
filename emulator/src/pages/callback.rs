//! Where sellers come back to while no redirect URL of an application is configured: it shows what
//! came back.

use maud::{Markup, html};

use super::layout;

pub(super) fn callback(query: &str) -> Markup {
    let parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let denied = parameters.iter().any(|(name, _)| name == "error");
    let title = if denied {
        "The seller said no"
    } else {
        "The seller is back"
    };
    layout::page(
        title,
        &html! {
            h1 { (title) }
            p {
                "Your application has no redirect URL set in the emulator, so the seller came here. Set it with \
                 --redirect-uri, in the configuration file, or by the control API. Your application would have \
                 been given:"
            }
            @if parameters.is_empty() {
                p { "Nothing at all." }
            } @else {
                dl {
                    @for (name, value) in &parameters {
                        dt { code { (name) } }
                        dd { code { (value) } }
                    }
                }
            }
        },
    )
}
