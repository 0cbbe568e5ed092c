//! `GET /oauth2/authorize`: the page where a seller decides, and the form it posts.

use std::sync::Arc;

use hyper::{StatusCode, header};

use super::{
    AuthorizationRequest,
    consent::{self, Decision},
};
use crate::{
    http::{
        call::Call,
        reply::{self, Reply},
    },
    pages,
    state::State,
};

/// Show the page, or send the seller straight back where there is nothing to ask.
pub(crate) fn show(state: &mut State, call: &Call) -> Reply {
    if !state.switches.dashboard_session {
        // Seen in the field: no words, no form.
        return reply::html(StatusCode::BAD_REQUEST, &pages::blank());
    }
    let query = call.query();
    let request = match AuthorizationRequest::read(state, query) {
        Ok(request) => request,
        Err(why) => return reply::html(StatusCode::BAD_REQUEST, &pages::no_consent(&why)),
    };
    let straight_back = if state.switches.auto_approve {
        state
            .find_seller(None)
            .map(|seller| Arc::clone(&seller.merchant_id))
    } else {
        remembered_seller(state, &request, call)
    };
    if let Some(merchant_id) = straight_back {
        let url = consent::decide(state, &request, &merchant_id, Decision::Allow, call.now);
        return reply::redirect(StatusCode::FOUND, &url);
    }
    reply::html(StatusCode::OK, &pages::consent(state, &request, query))
}

/// Take the decision that the page's form posts.
pub(crate) fn decide(state: &mut State, call: &Call) -> Reply {
    let form = String::from_utf8_lossy(&call.body);
    let field = |name: &str| {
        form_urlencoded::parse(form.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let request = match AuthorizationRequest::read(state, &form) {
        Ok(request) => request,
        Err(why) => return reply::html(StatusCode::BAD_REQUEST, &pages::no_consent(&why)),
    };
    let seller = field("seller").and_then(|who| {
        state
            .find_seller(Some(&who))
            .map(|seller| Arc::clone(&seller.merchant_id))
    });
    let decision = match field("decision").as_deref() {
        Some("allow") => Some(Decision::Allow),
        Some("deny") => Some(Decision::Deny),
        _ => None,
    };
    let (Some(merchant_id), Some(decision)) = (seller, decision) else {
        return reply::html(StatusCode::BAD_REQUEST, &pages::no_decision());
    };
    let url = consent::decide(state, &request, &merchant_id, decision, call.now);
    let reply = reply::redirect(StatusCode::SEE_OTHER, &url);
    if decision == Decision::Deny {
        return reply;
    }
    let cookie =
        format!("{SELLER_COOKIE}={merchant_id}; Path=/oauth2/authorize; HttpOnly; SameSite=Lax");
    reply::with_header(reply, "set-cookie", &cookie)
}

/// The seller who allowed in this browser before, if nothing new is asked of them.
fn remembered_seller(
    state: &State,
    request: &AuthorizationRequest,
    call: &Call,
) -> Option<Arc<str>> {
    if !state.switches.skip_consent {
        return None;
    }
    let cookies = call.header(header::COOKIE)?;
    let merchant_id = cookies
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == SELLER_COOKIE).then_some(value))?;
    let seller = state.seller(merchant_id)?;
    consent::is_already_given(state, request, merchant_id, call.now)
        .then(|| Arc::clone(&seller.merchant_id))
}

const SELLER_COOKIE: &str = "square_oauth_emulator_seller";
