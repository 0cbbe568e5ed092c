//! The sections about applications, sellers, and the tokens between them.

use maud::{Markup, html};

use super::{SHOWN, form, table, tail};
use crate::{
    state::{Seller, State},
    timestamp::Timestamp,
};

pub(super) fn applications(state: &State, _now: Timestamp) -> Markup {
    let rows: Vec<Vec<Markup>> = state
        .applications
        .iter()
        .map(|application| {
            let id = &application.client_id;
            let secret = application.client_secret.as_ref();
            vec![
                html! { (application.name) @if application.disabled { " (disabled)" } },
                html! { code { (id) } },
                secret.map_or_else(|| html! { "none: PKCE" }, |secret| tail(secret.expose())),
                html! { code { (application.redirect_uri) } },
                html! {
                    @if secret.is_some() {
                        a href={ "/oauth2/authorize?client_id=" (id) "&state=by-hand" } { "Be a seller" }
                    }
                },
            ]
        })
        .collect();
    table(
        "Applications",
        &[
            "Name",
            "Application ID",
            "Secret",
            "Redirect URL",
            "Consent page",
        ],
        &rows,
    )
}

pub(super) fn sellers(state: &State, now: Timestamp) -> Markup {
    let rows: Vec<Vec<Markup>> = state
        .sellers()
        .iter()
        .take(SHOWN)
        .map(|seller| {
            vec![
                html! { (seller.name) },
                html! { code { (seller.merchant_id) } },
                integrations(state, seller, now),
            ]
        })
        .collect();
    table(
        "Sellers",
        &["Name", "Merchant ID", "App integrations"],
        &rows,
    )
}

/// The applications a seller is connected to, each with the button that ends it.
fn integrations(state: &State, seller: &Seller, now: Timestamp) -> Markup {
    let merchant_id = &seller.merchant_id;
    html! {
        @for application in &state.applications {
            @if state.is_authorized(&application.client_id, merchant_id, now) {
                (form("sellers", "revoke", &html! {
                    input type="hidden" name="seller" value=(merchant_id);
                    input type="hidden" name="client_id" value=(application.client_id);
                    span { (application.name) }
                    button type="submit" name="revoker" value="MERCHANT" { "Disconnect" }
                    button type="submit" name="revoker" value="SQUARE" { "Disconnect as Square" }
                }))
            }
        }
    }
}

pub(super) fn tokens(state: &State, now: Timestamp) -> Markup {
    let merchants = || state.sellers().iter().map(|seller| &*seller.merchant_id);
    let access: Vec<Vec<Markup>> = state
        .access_tokens
        .of_sellers(merchants())
        .take(SHOWN)
        .map(|(text, token)| {
            vec![
                tail(text),
                html! { code { (token.merchant_id) } },
                html! { (token.standing(now).name()) },
                html! { (until(token.expires_at)) },
                html! { (token.scopes.join(" ")) },
            ]
        })
        .collect();
    let refresh: Vec<Vec<Markup>> = state
        .refresh_tokens
        .of_sellers(merchants())
        .take(SHOWN)
        .map(|(text, token)| {
            vec![
                tail(text),
                html! { code { (token.merchant_id) } },
                html! { @if token.is_pkce() { "PKCE: once" } @else { "code flow: any number of times" } },
                html! { (until(token.expires_at)) },
                html! { (token.scopes.join(" ")) },
            ]
        })
        .collect();
    html! {
        h3 { "Access tokens" }
        (table("Access tokens", &["Token", "Merchant", "Standing", "Until", "Scopes"], &access))
        h3 { "Refresh tokens" }
        (table("Refresh tokens", &["Token", "Merchant", "May be used", "Until", "Scopes"], &refresh))
    }
}

fn until(end: Option<Timestamp>) -> String {
    end.map_or("for ever".to_owned(), Timestamp::to_seconds_text)
}
