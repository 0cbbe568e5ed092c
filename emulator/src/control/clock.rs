//! `PUT clock {now | advance_s | running}`: set, move, stop or run the clock.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, input};
use crate::{clock::Clock, http::call::Call, state::State, timestamp::Timestamp};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    /// Stand still at this time.
    now: Option<Timestamp>,
    /// Go so many seconds forward; backward when negative.
    advance_s: Option<i64>,
    /// Run on, or stand still.
    running: Option<bool>,
}

pub(super) fn show(state: &State) -> Value {
    let now = state.clock.now();
    json!({"now": now, "now_ms": now.millis(), "running": state.clock.is_running()})
}

pub(super) fn set(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let input: Input = input::read(call)?;
    if let Some(now) = input.now {
        state.clock = Clock::fixed(now);
    }
    if let Some(seconds) = input.advance_s {
        state.clock.advance(seconds);
    }
    match input.running {
        Some(true) => state.clock.run(),
        Some(false) => state.clock.stop(),
        None => {}
    }
    Ok(show(state))
}
