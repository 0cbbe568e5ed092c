//! Which path leads where, on Square's side of the emulator.

use hyper::{Method, StatusCode};

use super::{
    call::Call,
    reply::{self, Reply},
};
use crate::{
    oauth::{self, Refusal},
    resources,
    state::State,
};

pub(super) fn answer(state: &mut State, call: &Call) -> Reply {
    let (get, post) = (call.method == Method::GET, call.method == Method::POST);
    match call.path() {
        "/oauth2/authorize" if get => oauth::authorize::show(state, call),
        "/oauth2/authorize" if post => oauth::authorize::decide(state, call),
        "/oauth2/token" if post => oauth::obtain_token::answer(state, call),
        "/oauth2/revoke" if post => oauth::revoke::answer(state, call),
        "/oauth2/token/status" if post => oauth::token_status::answer(state, call),
        "/v2/locations" if get => resources::locations::answer(state, call),
        "/v2/merchants/me" if get => resources::merchant::answer(state, call),
        "/oauth2/authorize" => wrong_method("GET, POST"),
        "/oauth2/token" | "/oauth2/revoke" | "/oauth2/token/status" => wrong_method("POST"),
        "/v2/locations" | "/v2/merchants/me" => wrong_method("GET"),
        "/" if get => reply::redirect(StatusCode::FOUND, "/_emulator/"),
        path if is_renew(path) => gone(),
        path => not_found(path),
    }
}

/// `RenewToken` was retired on 2024-04-17 (documented); what it answers since is not known, so this
/// is our convention.
fn is_renew(path: &str) -> bool {
    path.starts_with("/oauth2/clients/") && path.ends_with("/access-token/renew")
}

fn gone() -> Reply {
    let text = "RenewToken is retired; use the refresh_token grant of ObtainToken";
    invalid(StatusCode::GONE, "GONE", text)
}

fn not_found(path: &str) -> Reply {
    let text = format!("The emulator has nothing at {path}");
    invalid(StatusCode::NOT_FOUND, "NOT_FOUND", &text)
}

fn wrong_method(allowed: &str) -> Reply {
    let text = format!("Use {allowed} here");
    let reply = invalid(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", &text);
    reply::with_header(reply, "allow", allowed)
}

pub(super) fn too_large() -> Reply {
    let text = "The request body is larger than 64 KiB";
    invalid(
        StatusCode::PAYLOAD_TOO_LARGE,
        "REQUEST_ENTITY_TOO_LARGE",
        text,
    )
}

fn invalid(status: StatusCode, code: &str, text: &str) -> Reply {
    Refusal::errors(status, "INVALID_REQUEST_ERROR", code, text).into_reply()
}
