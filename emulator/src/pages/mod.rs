//! Pages for people: plain HTML made here, one stylesheet, no script, nothing from elsewhere.

mod callback;
mod consent;
mod control;
mod layout;
mod no_consent;

use std::sync::Arc;

use hyper::{Method, StatusCode};

pub(crate) use self::{
    consent::consent,
    no_consent::{blank, no_consent, no_decision},
};
use crate::http::{
    Shared,
    call::Call,
    reply::{self, Reply},
};

/// What is under `/_emulator/`, but for the control API.
pub(crate) async fn answer(shared: &Arc<Shared>, call: &Call) -> Reply {
    let (get, post) = (call.method == Method::GET, call.method == Method::POST);
    match call.path() {
        "/_emulator/" if get => {
            reply::html(StatusCode::OK, &control::page(&shared.state(), call.now))
        }
        "/_emulator/" if post => control::act(shared, call).await,
        "/_emulator" if get => reply::redirect(StatusCode::FOUND, "/_emulator/"),
        "/_emulator/style.css" if get => reply::typed(
            StatusCode::OK,
            "text/css; charset=utf-8",
            include_str!("style.css"),
        ),
        "/_emulator/callback" if get => {
            reply::html(StatusCode::OK, &callback::callback(call.query()))
        }
        _ => reply::html(StatusCode::NOT_FOUND, &no_consent::nothing_here()),
    }
}
