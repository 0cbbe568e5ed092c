//! `POST /oauth2/token`: three grants, one answer.
//!
//! Order of the checks: the request itself, then the application, then the grant. That the
//! application comes before the code was seen in the field; that the request comes before both is
//! our convention.

mod answer;
mod authorization_code;
mod broken;
mod migration_token;
mod new_authorization;
mod refresh_token;

use super::{Fields, Refusal, square_version};
use crate::{
    config::{ErrorShape, RateLimit},
    http::{call::Call, reply::Reply},
    state::State,
};

pub(crate) fn answer(state: &mut State, call: &Call) -> Reply {
    if let Some(page) = broken::instead(state.switches.broken_answers) {
        return page;
    }
    match obtain(state, call) {
        Ok(reply) => broken::after(state.switches.broken_answers, reply),
        Err(refusal) => refusal.into_reply(),
    }
}

fn obtain(state: &mut State, call: &Call) -> Result<Reply, Refusal> {
    rate_limit(state)?;
    let version = square_version::requested(call)?;
    let fields = Fields::read(call, &state.switches)?;
    let client_id = fields.required("client_id", 1, 191)?;
    let grant_type = fields.required("grant_type", 10, 20)?;

    let options = Options {
        short_lived: fields.flag("short_lived")?,
        use_jwt: fields.flag("use_jwt")?,
    };
    let tokens = match grant_type {
        "authorization_code" => {
            authorization_code::exchange(state, &fields, client_id, options, call.now)
        }
        "refresh_token" => refresh_token::refresh(state, &fields, client_id, options, call.now),
        "migration_token" => migration_token::migrate(state, &fields, client_id, options, call.now),
        _ => Err(Refusal::of_kind(
            state.switches.unknown_grant,
            "grant_type",
            "parameter 'grant_type' must be authorization_code, refresh_token or migration_token",
        )),
    }?;

    Ok(square_version::stamp(
        tokens.into_reply(),
        version,
        state,
        client_id,
    ))
}

/// What any grant may ask for.
#[derive(Clone, Copy)]
struct Options {
    short_lived: bool,
    use_jwt: bool,
}

fn rate_limit(state: &State) -> Result<(), Refusal> {
    let shape = match state.switches.rate_limit {
        RateLimit::Off => return Ok(()),
        RateLimit::Errors => ErrorShape::Errors,
        RateLimit::Message => ErrorShape::Message,
    };
    Err(Refusal::rate_limited(shape).retry_after(state.switches.retry_after_s))
}
