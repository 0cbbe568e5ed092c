//! The page where a seller decides. All or nothing, as at Square: single scopes cannot be unticked.

use maud::{Markup, html};

use super::layout;
use crate::{
    oauth::{AuthorizationRequest, scope},
    state::State,
};

pub(crate) fn consent(state: &State, request: &AuthorizationRequest, query: &str) -> Markup {
    let application = state.application(&request.client_id);
    let name = application.map_or("An application", |application| &application.name);
    let registered = application.map_or("", |application| &application.redirect_uri);
    let goes_to = request.redirect_uri.as_deref().unwrap_or(registered);
    layout::page(
        &format!("Connect {name}?"),
        &html! {
            h1 { "Connect " em { (name) } "?" }
            p { "This application asks for access to your Square account." }
            form method="post" action="/oauth2/authorize" {
                @for (parameter, value) in form_urlencoded::parse(query.as_bytes()) {
                    @if REPEATED.contains(&&*parameter) {
                        input type="hidden" name=(parameter) value=(value);
                    }
                }
                @if state.sellers().len() <= PICKED_BY_RADIO {
                    fieldset {
                        legend { "You are" }
                        @for (at, seller) in state.sellers().iter().enumerate() {
                            label.choice {
                                input type="radio" name="seller" value=(seller.merchant_id)
                                    checked[at == 0] required;
                                span { (seller.name) " " small { (seller.merchant_id) } }
                            }
                        }
                    }
                } @else {
                    p {
                        label for="seller" { "You are" }
                        select id="seller" name="seller" {
                            @for seller in state.sellers().iter().take(LISTED) {
                                option value=(seller.merchant_id) { (seller.name) }
                            }
                        }
                    }
                }
                h2 id="scopes" { (name) " will be able to" }
                ul.scopes aria-labelledby="scopes" {
                    @for scope in request.scopes.iter() {
                        li { (scope::describe(scope)) " " code { (scope) } }
                    }
                }
                div.decision {
                    button.primary type="submit" name="decision" value="allow" { "Allow" }
                    button type="submit" name="decision" value="deny" { "Deny" }
                }
            }
            p.quiet {
                "You will go back to " code { (goes_to) } ". You can disconnect later under App integrations, on \
                 the emulator's control page."
            }
        },
    )
}

/// The parameters the form repeats.
const REPEATED: [&str; 6] = [
    "client_id",
    "scope",
    "state",
    "redirect_uri",
    "code_challenge",
    "session",
];
const PICKED_BY_RADIO: usize = 8;
const LISTED: usize = 1000;
