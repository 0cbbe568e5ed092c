//! `PUT switches {name: position}`: change the named switches, leave the others.

use serde_json::{Map, Value};

use super::{Refusal, input};
use crate::{
    config::{Switches, explain},
    http::call::Call,
    state::State,
};

pub(super) fn show(state: &State) -> Result<Value, Refusal> {
    serde_json::to_value(&state.switches).map_err(|error| Refusal::malformed(error.to_string()))
}

pub(super) fn set(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let changes: Map<String, Value> = input::read(call)?;
    change(state, changes)?;
    show(state)
}

/// Change the named switches: all of them, or none when one is unknown.
pub(crate) fn change(state: &mut State, changes: Map<String, Value>) -> Result<(), Refusal> {
    let mut all = show(state)?;
    if let Some(all) = all.as_object_mut() {
        all.extend(changes);
    }
    let changed: Result<Switches, _> = serde_json::from_value(all);
    state.switches = changed.map_err(|error| Refusal::malformed(explain(&error.to_string())))?;
    Ok(())
}
