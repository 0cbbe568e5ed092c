//! Pages for people: plain HTML made here, one stylesheet, no script, nothing from elsewhere.

mod callback;
mod consent;
mod layout;
mod no_consent;

use hyper::{Method, StatusCode};

pub(crate) use self::{
    consent::consent,
    no_consent::{blank, no_consent, no_decision},
};
use crate::http::{
    call::Call,
    reply::{self, Reply},
};

/// What is under `/_emulator/`, but for the control API.
pub(crate) fn answer(call: &Call) -> Reply {
    match call.path() {
        "/_emulator/style.css" if call.method == Method::GET => reply::typed(
            StatusCode::OK,
            "text/css; charset=utf-8",
            include_str!("style.css"),
        ),
        "/_emulator/callback" if call.method == Method::GET => {
            reply::html(StatusCode::OK, &callback::callback(call.query()))
        }
        _ => reply::html(StatusCode::NOT_FOUND, &no_consent::nothing_here()),
    }
}
